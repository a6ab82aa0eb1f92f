using System.Collections.Concurrent;
using System.Data.Common;
using System.Security.Cryptography;
using Microsoft.Data.Sqlite;
using Npgsql;
using Tributary.Core.Catalog;
using Tributary.Core.Kernel;
using Tributary.Core.Keys;

namespace Tributary.Core.Storage;

/// <summary>Opens units of work. The only class that knows which backend is running.</summary>
public sealed class Db : IAsyncDisposable
{
    /// <summary>Connections for <see cref="Alone"/>, beside the others: who waits for one holds one of those.</summary>
    private const int Apart = 4;

    /// <summary>The "workspace" of work that spans workspaces: sign-in, migrations, background jobs.</summary>
    internal const long Everywhere = 0;

    private readonly TimeProvider clock;
    private readonly SqliteWriter? writer;
    private readonly SqliteReaders? readers;
    private readonly PostgresSessions? postgres;
    private readonly PostgresSessions? apart;
    private readonly Standby? standby;
    private readonly AsyncLocal<SharedRead?> together = new();
    private readonly Func<long, CancellationToken, Task<Tx>> beginRead;
    private long statements;

    private Db(SqlFlavor sql, TimeProvider clock, UidSource uids, SqliteFile? sqlite, PostgresSessions? postgres,
        PostgresSessions? apart = null, Standby? standby = null)
    {
        Sql = sql;
        Uids = uids;
        this.clock = clock;
        this.postgres = postgres;
        this.apart = apart;
        this.standby = standby;
        beginRead = BeginRead;
        if (sqlite is null) return;
        writer = new(sqlite.OpenFirst(), Forget);
        readers = new(sqlite);
    }

    internal SqlFlavor Sql { get; }
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
    internal int Commits => writer!.Commits;

    /// <summary>The credentials found lately.</summary>
    internal CallerCache Callers { get; private set; } = new();

    /// <summary>"sqlite" or "postgres", for messages.</summary>
    public string Backend => Sql.Name;

    /// <summary>An acknowledged write survives power loss unless <paramref name="durable"/> is false (throw-away databases).</summary>
    /// <exception cref="StartupException">The file cannot be used, or the system's SQLite is missing or too old.</exception>
    public static Db Sqlite(string path, TimeProvider clock, UidSource uids, bool durable = true)
    {
        NativeSqlite.Load();
        return new(SqlFlavor.Sqlite, clock, uids, new(path, durable), null);
    }

    /// <summary>Any connection string Npgsql understands, several hosts included ("Host=a,b;Target Session Attributes=primary").</summary>
    /// <param name="connectionString">Where everything is written, and read unless it may be a moment old.</param>
    /// <param name="clock">The time of units of work.</param>
    /// <param name="uids">Where uids come from.</param>
    /// <param name="readConnection">Replicas for what may be a moment old (<see cref="MayBeStale"/>): "Host=a,b;Target Session
    /// Attributes=prefer-standby".</param>
    /// <exception cref="StartupException">A text is no connection string.</exception>
    public static Db Postgres(string connectionString, TimeProvider clock, UidSource uids, string? readConnection = null)
    {
        return new(SqlFlavor.Postgres, clock, uids, null, Sessions(connectionString), Sessions(connectionString, Apart),
            string.IsNullOrEmpty(readConnection) ? null : new(Sessions(readConnection)));
    }

    /// <summary>
    /// What this flow of work reads from now on may lack the last moment of other servers' commits, so that a replica can be asked.
    /// It never lacks what was committed through this object.
    /// </summary>
    public void MayBeStale() => standby?.Allow();

    /// <summary>
    /// Until this is disposed, what the flow of work that called it reads of a workspace is read in one unit of work, whichever verbs read:
    /// one snapshot, begun and ended once. Not for flows that wait for something to be written.
    /// </summary>
    public IAsyncDisposable ReadTogether() => together.Value = new SharedRead(beginRead);

    private static PostgresSessions Sessions(string connectionString, int? most = null)
    {
        var text = Parse(connectionString);
        if (most is { } few) (text.MinPoolSize, text.MaxPoolSize) = (0, few);
        // Whoever does not reset connections has a pooler in between, which gives each transaction another of the server's: what one
        // prepared the next has not.
        var hasPooler = text.NoResetOnClose;
        if (!hasPooler)
        {
            if (text.MaxAutoPrepare == 0) text.MaxAutoPrepare = 200;
            if (text.AutoPrepareMinUsages == 5) text.AutoPrepareMinUsages = 2;
        }
        // A unit of work leaves nothing behind on its connection: what it sets and locks ends with its transaction.
        text.NoResetOnClose = true;
        // Of several hosts, which one is the primary is asked again so often: after a failover nobody can write for longer than this.
        if (text.HostRecheckSeconds == 10) text.HostRecheckSeconds = 1;
        return new(NpgsqlDataSource.Create(text.ToString()), text.MaxPoolSize, mayLinger: !hasPooler);
    }

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
    public DateTimeOffset Now() => DateTimeOffset.FromUnixTimeMilliseconds(clock.GetUtcNow().ToUnixTimeMilliseconds());

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
    /// <param name="isApart">SQLite: work in the background, after which no other follows at once, so that no commit need wait for it.</param>
    internal Task<Tx> Write(long workspace, CancellationToken ct, bool mayTakeLong = false, bool isApart = false) =>
        together.Value is { IsOver: false } shared ? WriteAfter(shared, workspace, mayTakeLong, isApart, ct)
        : BeginWrite(workspace, mayTakeLong, isApart, ct);

    private async Task<Tx> WriteAfter(SharedRead shared, long workspace, bool mayTakeLong, bool isApart, CancellationToken ct)
    {
        await shared.DisposeAsync();
        return await BeginWrite(workspace, mayTakeLong, isApart, ct);
    }

    private Task<Tx> BeginWrite(long workspace, bool mayTakeLong, bool isApart, CancellationToken ct) =>
        Translated(() => writer is null ? PostgresWrite(workspace, mayTakeLong, ct) : SqliteWrite(workspace, isApart, ct));

    /// <summary>One consistent snapshot: everything read through it was true at the same moment.</summary>
    internal Task<Tx> Read(long workspace, CancellationToken ct) =>
        together.Value is { IsOver: false } shared ? shared.Take(workspace, ct) : BeginRead(workspace, ct);

    private Task<Tx> BeginRead(long workspace, CancellationToken ct)
    {
        var begun = readers is null ? PostgresRead(workspace, ct) : SqliteRead(workspace, ct);
        return begun.IsCompletedSuccessfully ? begun : Translated(() => begun);
    }

    /// <summary>
    /// PostgreSQL only: a statement of one whole number that is committed at once, whatever becomes of the unit of work that asks. It must
    /// not wait for that unit of work.
    /// </summary>
    internal async Task<long> Alone(long workspace, string text, object parameters, CancellationToken ct)
    {
        try
        {
            var session = await apart!.Take(ct);
            try
            {
                return await session.For(workspace, mayTakeLong: false).Alone(PostgresStatement.Of(text).Command(parameters), ct);
            }
            finally
            {
                await apart.Return(session, !session.IsInDoubt);
            }
        }
        catch (DbException error) when (DbErrors.Translate(error) is { } problem)
        {
            throw problem;
        }
    }

    internal Task<Tx> WriteEverywhere(CancellationToken ct, bool mayTakeLong = false) => Write(Everywhere, ct, mayTakeLong);

    internal Task<Tx> ReadEverywhere(CancellationToken ct) => Read(Everywhere, ct);

    /// <summary>SQLite only: runs work on the writing connection while no change is under way.</summary>
    internal Task Alone(Action<SqliteSession> work, CancellationToken ct) => writer!.Alone(work, ct);

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
    public async ValueTask DisposeAsync()
    {
        if (readers is not null) await readers.DisposeAsync();
        if (writer is not null) await writer.DisposeAsync();
        if (postgres is not null) await postgres.DisposeAsync();
        if (apart is not null) await apart.DisposeAsync();
        if (standby is not null) await standby.DisposeAsync();
    }

    // New sets, not empty ones: whoever still reads the past keeps what it finds out of the present (Tx.Catalogs).
    private void Forget()
    {
        Catalogs = new();
        Callers = new();
    }

    private static NpgsqlConnectionStringBuilder Parse(string connectionString)
    {
        try
        {
            return new(connectionString);
        }
        catch (ArgumentException e)
        {
            throw new StartupException(
                """The connection string of the database cannot be read. It looks like "Host=db;Username=tributary;Password=…;Database=tributary".""", e);
        }
    }

    private static async Task<Tx> Translated(Func<Task<Tx>> begin)
    {
        try
        {
            return await begin();
        }
        catch (DbException error) when (DbErrors.Translate(error) is { } problem)
        {
            throw problem;
        }
    }

    private async Task<Tx> SqliteWrite(long workspace, bool isApart, CancellationToken ct)
    {
        var measure = StorageMeter.Begin("write");
        await writer!.Begin(ct);
        Tx? tx = null;
        return tx = new(this, writer.Session, workspace, End, measure, ct);

        async ValueTask End(bool commit)
        {
            if (commit) await writer.Commit(tx!.HasTexts, isApart);
            else writer.Rollback();
        }
    }

    private async Task<Tx> SqliteRead(long workspace, CancellationToken ct)
    {
        // The snapshot begins with the first statement, after the unit of work has noted which catalogs are current.
        var session = await readers!.Take(ct);
        try
        {
            session.Execute("BEGIN");
        }
        catch
        {
            readers.Return(session, false);
            throw;
        }
        var stop = ct.UnsafeRegister(static session => ((SqliteSession)session!).Interrupt(), session);
        return new(this, session, workspace, End, StorageMeter.Begin("read"), ct);

        async ValueTask End(bool commit)
        {
            await stop.DisposeAsync();
            var isSound = false;
            try
            {
                session.Execute("COMMIT");
                isSound = true;
            }
            catch (SqliteException)
            {
                // What was read was read; only this connection is finished.
            }
            finally
            {
                readers.Return(session, isSound);
            }
        }
    }

    private async Task<Tx> PostgresWrite(long workspace, bool mayTakeLong, CancellationToken ct)
    {
        var measure = StorageMeter.Begin("write");
        var session = await postgres!.Take(ct);
        try
        {
            await session.For(workspace, mayTakeLong).BeginWriting(ct);
        }
        catch
        {
            await postgres.Return(session, isSound: false);
            throw;
        }
        return new(this, session, workspace, End, measure, ct);

        async ValueTask End(bool commit)
        {
            var isSound = false;
            try
            {
                if (!commit) return;
                await session.Commit();
                if (standby is not null) await standby.Note(session.Connection, workspace);
                isSound = true;
            }
            finally
            {
                // Closing the connection undoes what was not committed, also when the server no longer answers.
                await postgres.Return(session, isSound);
            }
        }
    }

    private async Task<Tx> PostgresRead(long workspace, CancellationToken ct)
    {
        // The snapshot is that of the first question, after the unit of work has noted which catalogs are current.
        var measure = StorageMeter.Begin("read");
        var replica = standby is null ? null : await standby.Take(workspace, ct);
        var session = replica ?? await postgres!.Take(ct);
        return new(this, session.For(workspace, mayTakeLong: false), workspace, End, measure, ct);

        ValueTask End(bool commit) => replica is null ? postgres!.Return(session, !session.IsInDoubt) : standby!.Return(session);
    }
}
