using Microsoft.Data.Sqlite;

namespace Tributary.Core.Storage;

/// <summary>
/// A SQLite connection that compiles each SQL text once: preparing a wide SELECT costs more than running it. SQLite answers on the thread
/// that asks, so nothing here waits.
/// </summary>
internal sealed class SqliteSession : Session, IDisposable
{
    // Texts are built from a closed set of fragments; the bound only guards against a filter that varies without end.
    private const int MaxPrepared = 500;

    private const int MaxNoted = 10_000;

    // One runs, one waits, so that there is always a next one, and one gathers.
    private const int LotsAtOnce = 3;

    private readonly SqliteConnection connection;
    private readonly bool isReader;
    private readonly Dictionary<string, SqliteStatement> prepared = new(SqlTexts.Same);
    private readonly Dictionary<long, long> noted = [];
    private readonly Lazy<SqliteStatement> begin;
    private readonly Lazy<SqliteStatement> commit;
    private readonly Lazy<SqliteThread> thread = new(() => new());
    private readonly Lazy<SqliteGiven> given;
    private uint notedAt;

    /// <param name="connectionString">Which file, and how it is opened.</param>
    /// <param name="isReader">Nobody writes through it, so that what it sees changes only with others' commits.</param>
    public SqliteSession(string connectionString, bool isReader)
    {
        connection = new(connectionString);
        this.isReader = isReader;
        Redo = new(this);
        begin = new(() => new(connection, "BEGIN"), isThreadSafe: false);
        commit = new(() => new(connection, "COMMIT"), isThreadSafe: false);
        given = new(() => new(connection), isThreadSafe: false);
        try
        {
            connection.Open();
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    public SqliteConnection Connection => connection;

    /// <summary>What the changes of a batch have written.</summary>
    public SqliteRedo Redo { get; }

    /// <summary>Whether a transaction is open, which SQLite may have ended by itself.</summary>
    public bool IsInTransaction => SQLitePCL.raw.sqlite3_get_autocommit(connection.Handle) == 0;

    /// <summary>Rows for statements that write many.</summary>
    public SqliteGiven Given => given.Value;

    /// <summary>How many statements are kept compiled.</summary>
    internal int PreparedCount => prepared.Count;

    /// <summary>Begins a transaction that sees nothing yet: its snapshot is that of its first statement.</summary>
    public void Begin() => begin.Value.Run();

    public void Commit() => commit.Value.Run();

    /// <summary>Gathers what SQLite plans by, from some rows of each index, so that it takes no longer where there are very many.</summary>
    /// <param name="statement">ANALYZE, or the pragma that decides for which tables it is worth it.</param>
    public void Analyze(string statement)
    {
        Execute("PRAGMA analysis_limit = 400");
        Execute(statement);
    }

    /// <summary>Runs a statement without parameters, such as a pragma.</summary>
    public void Execute(string text) => Prepared(text).Run();

    /// <summary>The first value a statement without parameters answers, such as a pragma's.</summary>
    public object? Value(string text)
    {
        object? value = null;
        Prepared(text).Read(SqlValues.None, (ref row) =>
        {
            value = row.Any();
            return false;
        });
        return value;
    }

    /// <summary>The compiled statement. Who reads its rows must not run it again meanwhile.</summary>
    public SqliteStatement Prepared(string text)
    {
        if (prepared.TryGetValue(text, out var statement)) return statement;
        if (prepared.Count >= MaxPrepared) Forget(static statement => !statement.IsRead);
        var made = new SqliteStatement(connection, text);
        if (!made.HasMore) return prepared[text] = made;
        made.Dispose();
        throw new InvalidOperationException($"Several statements in one text: {text}");
    }

    public override ValueTask<Rows> Ask(string text, object parameters, CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        return new(Written(Prepared(text), text, parameters).Ask(parameters));
    }

    public override async ValueTask<Rows> AskTogether(IReadOnlyList<(string Text, object Parameters)> questions, CancellationToken ct) =>
        new RowsInTurn(this, questions, await Ask(questions[0].Text, questions[0].Parameters, ct), ct);

    public override ValueTask<int> Run(string text, object parameters, CancellationToken ct) => new(RunNow(text, parameters, ct));

    public override int Mark() => Redo.Count;

    public override void Forget(int mark) => Redo.CutTo(mark);

    public override ValueTask Put(string text, object parameters, CancellationToken ct)
    {
        RunNow(text, parameters, ct);
        return default;
    }

    public override ValueTask<PutQueue> Queue(CancellationToken ct)
    {
        Redo.LoseOwn();
        return new(new PutQueue([.. Enumerable.Range(0, LotsAtOnce).Select(_ => new SqliteLot(this, thread.Value, ct))], most: 4_000));
    }

    /// <summary>Does the work where statements run that are put in bulk, when what was asked there before is done and did not fail.</summary>
    public Task Beside(Task before, Action work) => thread.Value.Run(before, work);

    public override ValueTask RunScript(string text, CancellationToken ct)
    {
        Redo.LoseOwn();
        using var command = connection.CreateCommand();
        command.CommandText = text;
        command.ExecuteNonQuery();
        return default;
    }

    public override async ValueTask<IReadOnlyList<long?>> Wholes(IReadOnlyList<(string Text, object Parameters)> questions,
        CancellationToken ct)
    {
        var answers = new List<long?>(questions.Count);
        foreach (var (text, parameters) in questions)
        {
            await using var rows = await Ask(text, parameters, ct);
            answers.Add(await rows.Next() ? rows.Read(static (ref row) => row.WholeOrNone()) : null);
        }
        return answers;
    }

    /// <summary>
    /// What was noted while the database was as this transaction sees it; none after anybody, be it another process, has
    /// committed anything, and none before the transaction has read something, for until then it sees no state yet.
    /// </summary>
    public override ValueTask<long?> CatalogVersion(long workspace, bool hasAsked, CancellationToken ct) => new(Noted(workspace));

    public override void NoteCatalogVersion(long workspace, long version)
    {
        if (isReader && DataVersion() is not null && Noted(workspace) is null) noted[workspace] = version;
    }

    /// <summary>How many pages this connection has written so far; it begins again at its lowest after the highest number.</summary>
    public int PagesWritten()
    {
        const int written = 9;
        SqliteException.ThrowExceptionForRC(
            SQLitePCL.raw.sqlite3_db_status(connection.Handle, written, out var pages, out _, resetFlg: 0), connection.Handle);
        return pages;
    }

    /// <summary>Stops the statement that runs now, from any thread.</summary>
    public void Interrupt() => SQLitePCL.raw.sqlite3_interrupt(connection.Handle);

    public void Dispose()
    {
        if (thread.IsValueCreated) thread.Value.Dispose();
        Forget(static _ => true);
        if (begin.IsValueCreated) begin.Value.Dispose();
        if (commit.IsValueCreated) commit.Value.Dispose();
        connection.Dispose();
        if (given.IsValueCreated) given.Value.Dispose();
    }

    private int RunNow(string text, object parameters, CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        return Written(Prepared(text), text, parameters).Run(parameters);
    }

    private SqliteStatement Written(SqliteStatement statement, string text, object parameters)
    {
        if (!statement.ChangesNothing) Redo.Add(text, parameters);
        return statement;
    }

    private long? Noted(long workspace)
    {
        if (!isReader || DataVersion() is not { } seen) return null;
        if (seen != notedAt || noted.Count > MaxNoted) noted.Clear();
        notedAt = seen;
        return noted.TryGetValue(workspace, out var number) ? number : null;
    }

    // Another number whenever this connection begins to see what somebody committed.
    private unsafe uint? DataVersion()
    {
        var handle = connection.Handle!.DangerousGetHandle();
        if (SqliteApi.TransactionState(handle, null) == SqliteApi.NoTransaction) return null;
        uint version;
        SqliteException.ThrowExceptionForRC(SqliteApi.FileControl(handle, null, SqliteApi.DataVersion, &version), connection.Handle);
        return version;
    }

    private void Forget(Predicate<SqliteStatement> which)
    {
        foreach (var (text, statement) in prepared.ToList())
        {
            if (!which(statement)) continue;
            statement.Dispose();
            prepared.Remove(text);
        }
    }
}
