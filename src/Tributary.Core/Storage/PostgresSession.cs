using System.Globalization;
using Npgsql;

namespace Tributary.Core.Storage;

/// <summary>
/// A connection that begins a unit of work in the message of its first question, and ends a reading one in the first message of the
/// next: a unit that asks once costs one round trip instead of four. Used by one unit of work at a time.
/// </summary>
internal sealed class PostgresSession(NpgsqlConnection connection) : Session, IAsyncDisposable
{
    private const string Version = "SELECT catalog_version FROM workspaces WHERE id = $1";

    // Not all tables are there yet when a migration begins, and no totals are written.
    private const string Everywhere = "SELECT set_config('tributary.workspace', '*', TRUE), CAST(NULL AS BIGINT)";

    private const string Reading =
        "SELECT set_config('tributary.workspace', $1, TRUE), (SELECT catalog_version FROM workspaces WHERE id = $2)";

    private const string ReadingByOnePlan =
        "SELECT set_config('tributary.workspace', $1, TRUE), (SELECT catalog_version FROM workspaces WHERE id = $2), "
        + "set_config('plan_cache_mode', 'force_generic_plan', TRUE)";

    private readonly NpgsqlBatch batch = new(connection);
    private readonly List<NpgsqlBatchCommand> waiting = [];
    private long workspace;
    private int shard;
    private bool writes;
    private bool hasBegun;
    private bool plansOnce;
    private long? catalogVersion;

    public NpgsqlConnection Connection => connection;

    /// <summary>When it was taken from the provider, and when it was last given back.</summary>
    public long OpenedAt { get; } = Environment.TickCount64;

    public long IdleSince { get; set; }

    /// <summary>The last unit of work only read and its transaction is still to be ended.</summary>
    public bool Lingers { get; private set; }

    /// <summary>One of the total's rows that no other open unit of work of the workspace adds to.</summary>
    public override int Shard => shard;

    /// <summary>A question was asked and its answer not read to the end: nobody else is given such a session.</summary>
    public bool IsInDoubt { get; set; }

    public override bool HasBegun => hasBegun;

    /// <summary>Makes it the session of a unit of work, which has not begun yet.</summary>
    public PostgresSession For(long workspace, bool mayTakeLong)
    {
        this.workspace = workspace;
        batch.Timeout = mayTakeLong ? 0 : connection.CommandTimeout;
        return this;
    }

    public override async ValueTask<Rows> Ask(string text, object parameters, CancellationToken ct)
    {
        var statement = PostgresStatement.Of(text);
        return new PostgresRows(this, [statement], await Send(ct, new Sent(statement.Command(parameters), HasOnePlan(parameters))), ct);
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

    public override void Forget() => waiting.Clear();

    public override async ValueTask<PutQueue> Queue(CancellationToken ct)
    {
        await Settle(ct);
        return new(new PostgresLot(connection, ct), new PostgresLot(connection, ct), most: 2_000);
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
        if (!hasBegun) await Settle(ct);
        return catalogVersion;
    }

    /// <summary>Begins a unit of work that writes.</summary>
    /// <param name="isAlone">None of the same workspace that writes is open beside it, from before its beginning to its end.</param>
    /// <param name="ct">Stops waiting.</param>
    public async Task BeginWriting(bool isAlone, CancellationToken ct)
    {
        var commands = Message();
        commands.Add(new("BEGIN ISOLATION LEVEL READ COMMITTED"));
        var locks = isAlone ? PostgresShards.TakeAll : [];
        foreach (var text in locks) commands.Add(Locking(text));
        var takesShard = workspace != Db.Everywhere;
        commands.Add(takesShard ? new(PostgresShards.Take) { Parameters = { WorkspaceName(), WorkspaceKey() } } : new(Everywhere));
        if (takesShard) commands.Add(VersionNow());
        await using (var rows = await batch.ExecuteReaderAsync(ct))
        {
            foreach (var _ in locks) await rows.NextResultAsync(ct);
            await rows.ReadAsync(ct);
            (Lingers, hasBegun, writes) = (false, true, true);
            shard = !takesShard ? 0 : rows.IsDBNull(1) ? -1 : rows.GetInt32(1);
            if (takesShard) await ReadVersion(rows, ct);
        }
        if (shard < 0) await PassTheGate(ct);
    }

    // The catalog is asked for anew: whoever held the gate may have changed it.
    private async Task PassTheGate(CancellationToken ct)
    {
        shard = connection.ProcessID % PostgresShards.Count;
        var commands = Message();
        commands.Add(Locking(PostgresShards.PassTheGate));
        commands.Add(VersionNow());
        await using var rows = await batch.ExecuteReaderAsync(ct);
        await ReadVersion(rows, ct);
    }

    private async Task ReadVersion(NpgsqlDataReader rows, CancellationToken ct)
    {
        await rows.NextResultAsync(ct);
        catalogVersion = await rows.ReadAsync(ct) ? rows.GetInt64(0) : null;
    }

    /// <summary>
    /// A statement of one whole number as a unit of work of its own, in one message. It does not wait for the disk: whatever is committed
    /// later and answered is behind it in the log, and takes it along.
    /// </summary>
    public async Task<long> Alone(NpgsqlBatchCommand statement, CancellationToken ct)
    {
        IsInDoubt = true;
        var commands = Message();
        commands.Add(new("BEGIN ISOLATION LEVEL READ COMMITTED"));
        commands.Add(new("SET LOCAL synchronous_commit = off"));
        commands.Add(Naming());
        commands.Add(statement);
        commands.Add(new("COMMIT"));
        long answer;
        await using (var rows = await batch.ExecuteReaderAsync(ct))
        {
            await rows.NextResultAsync(ct);
            await rows.ReadAsync(ct);
            answer = rows.GetInt64(0);
            await rows.NextResultAsync(ct);
        }
        IsInDoubt = false;
        return answer;
    }

    /// <summary>
    /// The rows of questions, which go in one message; the reader must be disposed before the next. A unit of work that reads begins with
    /// its first: everything read through it is of that moment.
    /// </summary>
    private async ValueTask<NpgsqlDataReader> Send(CancellationToken ct, params IReadOnlyList<Sent> questions)
    {
        IsInDoubt = true;
        var commands = Message();
        var begins = !hasBegun;
        if (begins)
        {
            commands.Add(new("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"));
            commands.Add(Naming(questions is [{ HasOnePlan: true }, ..]));
        }
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

    /// <summary>Sends what waits and commits, in one message.</summary>
    public async Task Commit()
    {
        var commands = Message();
        AddWaiting(commands);
        commands.Add(new("COMMIT"));
        await batch.ExecuteNonQueryAsync(CancellationToken.None);
        hasBegun = false;
    }

    /// <summary>Makes it nobody's. The transaction of a unit of work that only read ends with the next message.</summary>
    public void End()
    {
        Lingers |= hasBegun;
        hasBegun = writes = plansOnce = IsInDoubt = false;
        catalogVersion = null;
        waiting.Clear();
    }

    /// <summary>The provider undoes what was not committed.</summary>
    public async ValueTask DisposeAsync()
    {
        await batch.DisposeAsync();
        await connection.DisposeAsync();
    }

    private NpgsqlBatchCommandCollection Message()
    {
        batch.BatchCommands.Clear();
        if (Lingers) batch.BatchCommands.Add(new("COMMIT"));
        return batch.BatchCommands;
    }

    private void AddWaiting(NpgsqlBatchCommandCollection commands)
    {
        foreach (var put in waiting) commands.Add(put);
        waiting.Clear();
    }

    private NpgsqlBatchCommand Naming(bool byOnePlan = false)
    {
        if (workspace == Db.Everywhere) return new(Everywhere);
        plansOnce = byOnePlan;
        return new(byOnePlan ? ReadingByOnePlan : Reading) { Parameters = { WorkspaceName(), WorkspaceId() } };
    }

    // Until the unit of work ends.
    private NpgsqlBatchCommand Planning(bool once)
    {
        plansOnce = once;
        return new(once ? "SET LOCAL plan_cache_mode = force_generic_plan" : "SET LOCAL plan_cache_mode = auto");
    }

    private static bool HasOnePlan(object parameters) => parameters is SqlValues { HasOnePlan: true };

    private NpgsqlBatchCommand VersionNow() => new(Version) { Parameters = { WorkspaceId() } };

    private NpgsqlBatchCommand Locking(string text) => new(text) { Parameters = { WorkspaceKey() } };

    private NpgsqlParameter<string> WorkspaceName() => new() { TypedValue = workspace.ToString(CultureInfo.InvariantCulture) };

    private NpgsqlParameter<long> WorkspaceId() => new() { TypedValue = workspace };

    private NpgsqlParameter<int> WorkspaceKey() => new() { TypedValue = unchecked((int)workspace) };

    private async ValueTask Begun(NpgsqlDataReader rows, CancellationToken ct)
    {
        await rows.ReadAsync(ct);
        (Lingers, hasBegun) = (false, true);
        catalogVersion = rows.IsDBNull(1) ? null : rows.GetInt64(1);
    }

    /// <summary>A question, and whether it is planned once (<see cref="SqlValues.HasOnePlan"/>).</summary>
    private readonly record struct Sent(NpgsqlBatchCommand Command, bool HasOnePlan = false);
}
