using Npgsql;

namespace Tributary.Core.Storage;

/// <summary>
/// A connection that begins a unit of work in the message of its first question, and ends a reading one in the first message of the
/// next: a unit that asks once costs one round trip instead of four. Used by one unit of work at a time.
/// </summary>
internal sealed partial class PostgresSession(PostgresSessions home, NpgsqlConnection connection) : Session, IAsyncDisposable
{
    private readonly NpgsqlBatch batch = new(connection);
    private readonly List<NpgsqlBatchCommand> waiting = [];
    private long workspace;
    private int shard;
    private bool writes;
    private bool hasBegun;
    private bool hasAskedOnce;
    private bool plansOnce;
    private long? catalogVersion;

    public NpgsqlConnection Connection => connection;

    /// <summary>When it was taken from the provider, and when it was last given back.</summary>
    public long OpenedAt { get; } = Environment.TickCount64;

    public long IdleSince { get; set; }

    /// <summary>The transaction of a unit of work that only read is still to be ended.</summary>
    public bool Lingers { get; private set; }

    /// <summary>The last unit of work read and nothing else.</summary>
    public bool OnlyRead { get; private set; }

    /// <summary>One of the total's rows that no other open unit of work of the workspace adds to.</summary>
    public override int Shard => shard;

    /// <summary>A question was asked and its answer not read to the end: nobody else is given such a session.</summary>
    public bool IsInDoubt { get; set; }

    public override bool HasBegun => hasBegun;

    public override async ValueTask<Rows> Ask(string text, object parameters, CancellationToken ct)
    {
        var statement = PostgresStatement.Of(text);
        return new PostgresRows(this, [statement], await Send(ct, new Sent(statement.Command(parameters), HasOnePlan(parameters))), ct);
    }

    /// <summary>Questions of which each is a transaction's worth by itself, in one message.</summary>
    public async Task AskAll(IReadOnlyList<PostgresAsked> questions)
    {
        IsInDoubt = hasAskedOnce = true;
        var commands = Message();
        foreach (var asked in questions) commands.Add(asked.Command);
        await using (var rows = await batch.ExecuteReaderAsync())
        {
            Lingers = false;
            foreach (var asked in questions)
            {
                await asked.Take(rows);
                await rows.NextResultAsync();
            }
        }
        IsInDoubt = false;
    }

    /// <summary>In one message.</summary>
    public override async ValueTask<Rows> AskTogether(IReadOnlyList<(string Text, object Parameters)> questions, CancellationToken ct)
    {
        var statements = new PostgresStatement[questions.Count];
        var commands = new Sent[questions.Count];
        for (var i = 0; i < questions.Count; i++)
        {
            statements[i] = PostgresStatement.Of(questions[i].Text);
            commands[i] = new(statements[i].Command(questions[i].Parameters), HasOnePlan(questions[i].Parameters));
        }
        return new PostgresRows(this, statements, await Send(ct, commands), ct);
    }

    public override async ValueTask<int> Run(string text, object parameters, CancellationToken ct)
    {
        var statement = PostgresStatement.Of(text).Command(parameters);
        await ToTheEnd(await Send(ct, new Sent(statement)), ct);
        return Math.Max(0, statement.RecordsAffected);
    }

    /// <summary>It goes with the next message.</summary>
    public override ValueTask Put(string text, object parameters, CancellationToken ct)
    {
        waiting.Add(PostgresStatement.Of(text).Command(parameters));
        return default;
    }

    public override void Forget(int mark) => waiting.Clear();

    public override async ValueTask<PutQueue> Queue(CancellationToken ct)
    {
        await Settle(ct);
        return new([new PostgresLot(connection, ct), new PostgresLot(connection, ct)], most: 2_000);
    }

    public override async ValueTask RunScript(string text, CancellationToken ct)
    {
        await Settle(ct);
        IsInDoubt = true;
        await using (var command = new NpgsqlCommand(text, connection) { CommandTimeout = batch.Timeout })
        {
            await command.ExecuteNonQueryAsync(ct);
        }
        IsInDoubt = false;
    }

    /// <summary>In one message.</summary>
    public override async ValueTask<IReadOnlyList<long?>> Wholes(IReadOnlyList<(string Text, object Parameters)> questions,
        CancellationToken ct)
    {
        var answers = new List<long?>(questions.Count);
        Sent[] commands = [.. questions.Select(question => new Sent(PostgresStatement.Of(question.Text).Command(question.Parameters)))];
        await using (var rows = await Send(ct, commands))
        {
            do answers.Add(await rows.ReadAsync(ct) && !rows.IsDBNull(0) ? rows.GetInt64(0) : null);
            while (await rows.NextResultAsync(ct));
        }
        IsInDoubt = false;
        return answers;
    }

    /// <summary>
    /// It comes with the beginning. None where a statement of a unit of work that writes may have waited since for what others changed.
    /// </summary>
    public override async ValueTask<long?> CatalogVersion(long workspace, bool hasAsked, CancellationToken ct)
    {
        if (writes && hasAsked) return null;
        if (!HasBegun) await Settle(ct);
        return catalogVersion;
    }

    /// <summary>
    /// The rows of questions, which go in one message; the reader must be disposed before the next. A unit of work that reads begins with
    /// its first: everything read through it is of that moment.
    /// </summary>
    private async ValueTask<NpgsqlDataReader> Send(CancellationToken ct, params IReadOnlyList<Sent> questions)
    {
        IsInDoubt = true;
        var begins = !hasBegun;
        var commands = begins ? Beginning(byOnePlan: questions is [{ HasOnePlan: true }, ..]) : Message();
        AddWaiting(commands);
        foreach (var question in questions)
        {
            if (question.HasOnePlan != plansOnce) commands.Add(Planning(question.HasOnePlan));
            commands.Add(question.Command);
        }
        var rows = await batch.ExecuteReaderAsync(ct);
        if (!begins) return rows;
        try
        {
            await Begun(rows, ct);
            await rows.NextResultAsync(ct);
            return rows;
        }
        catch
        {
            await rows.DisposeAsync();
            throw;
        }
    }

    // Begins if need be and sends what waits, so that the connection can be used past this.
    private async Task Settle(CancellationToken ct)
    {
        if (!hasBegun || waiting.Count > 0) await ToTheEnd(await Send(ct), ct);
    }

    private async Task ToTheEnd(NpgsqlDataReader rows, CancellationToken ct)
    {
        await using (rows)
        {
            while (await rows.NextResultAsync(ct))
            {
                // What is wrong with one of them is said here.
            }
        }
        IsInDoubt = false;
    }

    private void AddWaiting(NpgsqlBatchCommandCollection commands)
    {
        foreach (var put in waiting) commands.Add(put);
        waiting.Clear();
    }

    /// <summary>Whether its question is planned once, which only a transaction can say.</summary>
    public static bool HasOnePlan(object parameters) => parameters is SqlValues { HasOnePlan: true };

    /// <summary>A question, and whether it is planned once (<see cref="SqlValues.HasOnePlan"/>).</summary>
    private readonly record struct Sent(NpgsqlBatchCommand Command, bool HasOnePlan = false);
}
