using System.Collections.Concurrent;
using System.Data.Common;
using System.Security.Cryptography;
using Tributary.Core.Catalog;
using Tributary.Core.Kernel;
using Tributary.Core.Keys;

namespace Tributary.Core.Storage;

/// <summary>A database: opens units of work in it, and keeps what is true between them.</summary>
public sealed class Db : IAsyncDisposable
{
    /// <summary>The "workspace" of work that spans workspaces: sign-in, migrations, background jobs.</summary>
    internal const long Everywhere = 0;

    private readonly TimeProvider clock;
    private readonly Units units;
    private readonly AsyncLocal<SharedRead?> together = new();
    private readonly Func<long, CancellationToken, Task<Tx>> beginRead;
    private readonly Func<long, CancellationToken, Task<Tx>> beginQuestion;
    private long statements;

    private Db(SqlFlavor sql, TimeProvider clock, UidSource uids, Func<Db, Units> open)
    {
        Sql = sql;
        Uids = uids;
        this.clock = clock;
        beginRead = (workspace, ct) => BeginRead(workspace, asksOnce: false, ct);
        beginQuestion = (workspace, ct) => BeginRead(workspace, asksOnce: true, ct);
        units = open(this);
    }

    internal SqlFlavor Sql { get; }

    /// <summary>Where the database is; none on PostgreSQL.</summary>
    internal string? SqliteFile { get; private init; }
    internal UidSource Uids { get; }

    /// <summary>Seals page cursors. Until the instance's own secret is set, cursors end with the process.</summary>
    public CursorSigner Cursors { internal get; set; } = new(RandomNumberGenerator.GetBytes(32));

    /// <summary>
    /// Raised in this process, with the workspace, after a commit that appended to its log; live readers wait on it. Other servers' commits
    /// do not raise it.
    /// </summary>
    public event Action<long>? LogAppended;

    internal void LogGrew(long workspace) => LogAppended?.Invoke(workspace);

    /// <summary>One catalog per workspace, replaced when its version has moved on.</summary>
    internal ConcurrentDictionary<long, WorkspaceCatalog> Catalogs { get; private set; } = new();

    /// <summary>How many commits SQLite's writer made; changes that shared one count once.</summary>
    internal int Commits => OnSqlite.Commits;

    /// <summary>The credentials found lately.</summary>
    internal CallerCache Callers { get; private set; } = new();

    /// <summary>"sqlite" or "postgres", for messages.</summary>
    public string Backend => Sql.Name;

    /// <summary>A file, which is made when it is not there.</summary>
    /// <param name="path">The file; its directory must exist.</param>
    /// <param name="clock">The time of units of work.</param>
    /// <param name="uids">Where uids come from.</param>
    /// <param name="use">What of it survives a loss of power.</param>
    /// <exception cref="StartupException">The file cannot be used, or the system's SQLite is missing or too old.</exception>
    public static Db Sqlite(string path, TimeProvider clock, UidSource uids, SqliteUse use = SqliteUse.Serving)
    {
        NativeSqlite.Load();
        return new(SqlFlavor.Sqlite, clock, uids, db => new SqliteUnits(db, new(path, use))) { SqliteFile = path };
    }

    /// <summary>Any connection string Npgsql understands, several hosts included ("Host=a,b;Target Session Attributes=primary").</summary>
    /// <param name="connectionString">Where everything is written, and read unless it may be a moment old.</param>
    /// <param name="clock">The time of units of work.</param>
    /// <param name="uids">Where uids come from.</param>
    /// <param name="readConnection">Replicas for what may be a moment old (<see cref="MayBeStale"/>): "Host=a,b;Target Session
    /// Attributes=prefer-standby".</param>
    /// <exception cref="StartupException">A text is no connection string.</exception>
    public static Db Postgres(string connectionString, TimeProvider clock, UidSource uids, string? readConnection = null) =>
        new(SqlFlavor.Postgres, clock, uids, db => new PostgresUnits(db, connectionString, readConnection));

    /// <summary>
    /// What this flow of work reads from now on may lack the last moment of other servers' commits, so that a replica can be asked.
    /// It never lacks what was committed through this object.
    /// </summary>
    public void MayBeStale() => (units as PostgresUnits)?.MayBeStale();

    /// <summary>
    /// Until this is disposed, what the flow of work that called it reads of a workspace is read in one unit of work, whichever verbs read:
    /// one snapshot, begun and ended once. Not for flows that wait for something to be written.
    /// </summary>
    /// <param name="asksOnce">All of it is one question: on PostgreSQL that is then a transaction by itself, which costs a third less than
    /// to begin one, ask and end it. Should there be another question after all, what it reads may be younger.</param>
    public IAsyncDisposable ReadTogether(bool asksOnce = false) =>
        together.Value = new SharedRead(beginRead, asksOnce ? beginQuestion : beginRead);

    /// <summary>How many statements all units of work have run so far: what a request costs, for tests and measurements.</summary>
    internal long Statements => Interlocked.Read(ref statements);

    /// <summary>
    /// Told of every statement with its parameters, before it runs: so that a test can ask how the database would answer it.
    /// </summary>
    internal Action<Tx, string, object>? Asked { get; set; }

    internal void Runs(Tx tx, string text, object parameters)
    {
        Interlocked.Increment(ref statements);
        Asked?.Invoke(tx, text, parameters);
    }

    /// <summary>The clock of the engine, cut to milliseconds: what both backends keep.</summary>
    public DateTimeOffset Now() => Instants.Cut(clock.GetUtcNow());

    /// <summary>The calendar day of <see cref="Now"/> in UTC.</summary>
    public DateOnly Today() => DateOnly.FromDateTime(Now().UtcDateTime);

    /// <summary>Returns when the database answers; refuses as unavailable when it does not.</summary>
    public async Task Ping(CancellationToken ct)
    {
        await using var tx = await ReadEverywhere(ct);
        await tx.One<long>("SELECT COUNT(*) FROM migrations", new { });
    }

    /// <param name="workspace">What it writes to.</param>
    /// <param name="ct">Stops what has not been committed.</param>
    /// <param name="mayTakeLong">PostgreSQL: no statement of it is given up.</param>
    /// <param name="isApart">SQLite: work in the background, after which no other follows at once, so that no commit waits for it.</param>
    /// <param name="isAlone">Waits until no other open unit of work writes to the workspace, and lets none begin before it has ended. On
    /// SQLite that is true of every one.</param>
    internal Task<Tx> Write(
        long workspace, CancellationToken ct, bool mayTakeLong = false, bool isApart = false, bool isAlone = false) =>
        together.Value is { IsOver: false } shared ? WriteAfter(shared, workspace, mayTakeLong, isApart, isAlone, ct)
        : BeginWrite(workspace, mayTakeLong, isApart, isAlone, ct);

    private async Task<Tx> WriteAfter(
        SharedRead shared, long workspace, bool mayTakeLong, bool isApart, bool isAlone, CancellationToken ct)
    {
        await shared.DisposeAsync();
        return await BeginWrite(workspace, mayTakeLong, isApart, isAlone, ct);
    }

    private Task<Tx> BeginWrite(long workspace, bool mayTakeLong, bool isApart, bool isAlone, CancellationToken ct) =>
        Translated(() => units.Write(workspace, mayTakeLong, isApart, isAlone, ct));

    /// <summary>One consistent snapshot: everything read through it was true at the same moment.</summary>
    internal Task<Tx> Read(long workspace, CancellationToken ct) =>
        together.Value is { IsOver: false } shared ? shared.Take(workspace, ct) : beginRead(workspace, ct);

    private Task<Tx> BeginRead(long workspace, bool asksOnce, CancellationToken ct)
    {
        try
        {
            var begun = units.Read(workspace, asksOnce, ct);
            return begun.IsCompletedSuccessfully ? begun : Translated(() => begun);
        }
        catch (DbException error) when (DbErrors.Translate(error) is { } problem)
        {
            throw problem;
        }
    }

    /// <summary>
    /// PostgreSQL only: a statement of one whole number that is committed at once, whatever becomes of the unit of work that asks. It must
    /// not wait for that unit of work.
    /// </summary>
    internal Task<long> Alone(long workspace, string text, object parameters, CancellationToken ct) =>
        Translated(() => ((PostgresUnits)units).Alone(workspace, text, parameters, ct));

    /// <summary>Whether the same may be asked from within a unit of work.</summary>
    internal bool AsksApart => units is PostgresUnits { AsksApart: true };

    /// <summary>Whether a unit of work can be followed by the next while it is committed (<see cref="Tx.GoOn"/>): SQLite while it is filled.</summary>
    internal bool GoesOn => units is SqliteUnits { GoesOn: true };

    internal Task<(Tx Next, Task Committed)> GoOn(Tx tx, PutQueue queue, CancellationToken ct) => OnSqlite.GoOn(tx, queue, ct);

    internal Task<Tx> WriteEverywhere(CancellationToken ct, bool mayTakeLong = false) => Write(Everywhere, ct, mayTakeLong);

    internal Task<Tx> ReadEverywhere(CancellationToken ct) => Read(Everywhere, ct);

    /// <summary>SQLite only: runs work on the writing connection while no change is under way.</summary>
    internal Task Alone(Action<SqliteSession> work, CancellationToken ct) => OnSqlite.Alone(work, ct);

    /// <summary>SQLite only: copies the whole database into memory, to come back to.</summary>
    public async Task<SqliteSnapshot> Snapshot(CancellationToken ct)
    {
        var snapshot = new SqliteSnapshot();
        await Alone(snapshot.TakeFrom, ct);
        return snapshot;
    }

    /// <summary>
    /// SQLite only: makes the database what it was at the snapshot, sequences included. One transaction to everyone else: who
    /// reads on sees the old state to the end, who begins afterwards the restored one.
    /// </summary>
    public Task Restore(SqliteSnapshot snapshot, CancellationToken ct) => Alone(session =>
    {
        snapshot.PutInto(session);
        Forget();
    }, ct);

    /// <summary>Waits for running work, within reason; what begins meanwhile is refused.</summary>
    public ValueTask DisposeAsync() => units.DisposeAsync();

    /// <summary>
    /// What is kept in memory may not be true any more. New sets, not empty ones: whoever still reads the past keeps what it finds out of
    /// the present (<see cref="Tx.Catalogs"/>).
    /// </summary>
    internal void Forget()
    {
        Catalogs = new();
        Callers = new();
    }

    private SqliteUnits OnSqlite => (SqliteUnits)units;

    private static async Task<T> Translated<T>(Func<Task<T>> work)
    {
        try
        {
            return await work();
        }
        catch (DbException error) when (DbErrors.Translate(error) is { } problem)
        {
            throw problem;
        }
    }
}
