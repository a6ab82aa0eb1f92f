using System.Collections.Concurrent;
using System.Data;
using System.Data.Common;
using System.Globalization;
using System.Security.Cryptography;
using Dapper;
using Microsoft.Data.Sqlite;
using Npgsql;
using Tributary.Core.Catalog;
using Tributary.Core.Kernel;
using Tributary.Core.Keys;

namespace Tributary.Core.Storage;

/// <summary>Opens units of work. The only class that knows which backend is running.</summary>
public sealed class Db : IAsyncDisposable
{
    /// <summary>The "workspace" of work that spans workspaces: sign-in, migrations, background jobs.</summary>
    private const long Everywhere = 0;

    /// <summary>How many units of work of one workspace may write totals without ever waiting for one another; beyond that some may.</summary>
    private const int Shards = 64;

    /// <summary>
    /// Names the workspace and takes the lowest shard of its totals that nobody holds, until the unit of work ends: a row of totals
    /// stays locked until the commit, and whoever had to add to the same row would wait for it. The lowest, so that a workspace
    /// whose writers come one by one has one row per total to read.
    /// </summary>
    private static readonly string BeginWriting = $"""
        SELECT (SELECT shard FROM generate_series(0, {Shards - 1}) AS shard WHERE pg_try_advisory_xact_lock(@lane, shard) LIMIT 1), set_config('tributary.workspace', @name, TRUE)
        """;

    private readonly TimeProvider clock;
    private readonly SqliteWriter? writer;
    private readonly SqliteReaders? readers;
    private readonly NpgsqlDataSource? postgres;
    private readonly Standby? standby;
    private readonly AsyncLocal<SharedRead?> together = new();
    private long statements;

    private Db(SqlFlavor sql, TimeProvider clock, UidSource uids, SqliteFile? sqlite, NpgsqlDataSource? postgres, Standby? standby = null)
    {
        TypeHandlers.Register();
        Sql = sql;
        Uids = uids;
        this.clock = clock;
        this.postgres = postgres;
        this.standby = standby;
        if (sqlite is null) return;
        writer = new(sqlite.OpenFirst(), Forget);
        readers = new(sqlite);
    }

    internal SqlFlavor Sql { get; }
    internal UidSource Uids { get; }

    /// <summary>Seals page cursors. Until the instance's own secret is set, cursors end with the process.</summary>
    public CursorSigner Cursors { internal get; set; } = new(RandomNumberGenerator.GetBytes(32));

    /// <summary>Raised in this process, with the workspace, after a commit that appended to its log; live readers wait on it. Other servers' commits do not raise it.</summary>
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
    /// <param name="readConnection">Replicas for what may be a moment old (<see cref="MayBeStale"/>): "Host=a,b;Target Session Attributes=prefer-standby".</param>
    /// <exception cref="StartupException">A text is no connection string.</exception>
    public static Db Postgres(string connectionString, TimeProvider clock, UidSource uids, string? readConnection = null)
    {
        TypeHandlers.Register();
        return new(SqlFlavor.Postgres, clock, uids, null, Source(connectionString), string.IsNullOrEmpty(readConnection) ? null : new(Source(readConnection)));
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
    public IAsyncDisposable ReadTogether() => together.Value = new SharedRead(BeginRead);

    private static NpgsqlDataSource Source(string connectionString)
    {
        var text = Parse(connectionString);
        // Whoever does not reset connections has a pooler in between, which gives each transaction another of the server's: what one prepared the next has not.
        if (!text.NoResetOnClose)
        {
            if (text.MaxAutoPrepare == 0) text.MaxAutoPrepare = 200;
            if (text.AutoPrepareMinUsages == 5) text.AutoPrepareMinUsages = 2;
        }
        // Of several hosts, which one is the primary is asked again so often: after a failover nobody can write for longer than this.
        if (text.HostRecheckSeconds == 10) text.HostRecheckSeconds = 1;
        return NpgsqlDataSource.Create(text.ToString());
    }

    /// <summary>How many statements all units of work have run so far: what a request costs, for tests and measurements.</summary>
    internal long Statements => Interlocked.Read(ref statements);

    /// <summary>Told of every statement with its parameters, before it runs: so that a test can ask how the database would answer it.</summary>
    internal Action<Tx, string, object>? Asked { get; set; }

    internal void Ran() => Interlocked.Increment(ref statements);

    /// <summary>The clock of the engine, cut to milliseconds: what both backends keep.</summary>
    public DateTimeOffset Now() => DateTimeOffset.FromUnixTimeMilliseconds(clock.GetUtcNow().ToUnixTimeMilliseconds());

    public DateOnly Today() => DateOnly.FromDateTime(Now().UtcDateTime);

    /// <summary>Returns when the database answers; refuses as unavailable when it does not.</summary>
    public async Task Ping(CancellationToken ct)
    {
        await using var tx = await ReadEverywhere(ct);
        await tx.One<long>("SELECT COUNT(*) FROM migrations", new { });
    }

    internal Task<Tx> Write(long workspace, CancellationToken ct, bool mayTakeLong = false) =>
        together.Value is { IsOver: false } shared ? WriteAfter(shared, workspace, mayTakeLong, ct) : BeginWrite(workspace, mayTakeLong, ct);

    private async Task<Tx> WriteAfter(SharedRead shared, long workspace, bool mayTakeLong, CancellationToken ct)
    {
        await shared.DisposeAsync();
        return await BeginWrite(workspace, mayTakeLong, ct);
    }

    private Task<Tx> BeginWrite(long workspace, bool mayTakeLong, CancellationToken ct) =>
        Translated(() => writer is null ? PostgresBegin(workspace, IsolationLevel.ReadCommitted, mayTakeLong, ct) : SqliteWrite(workspace, mayTakeLong, ct));

    /// <summary>One consistent snapshot: everything read through it was true at the same moment.</summary>
    internal Task<Tx> Read(long workspace, CancellationToken ct) =>
        together.Value is { IsOver: false } shared ? shared.Take(workspace, ct) : BeginRead(workspace, ct);

    private Task<Tx> BeginRead(long workspace, CancellationToken ct)
    {
        if (readers is null) return Translated(() => PostgresBegin(workspace, IsolationLevel.RepeatableRead, false, ct));
        var begun = SqliteRead(workspace, ct);
        return begun.IsCompletedSuccessfully ? begun : Translated(() => begun);
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
            throw new StartupException("""The connection string of the database cannot be read. It looks like "Host=db;Username=tributary;Password=…;Database=tributary".""", e);
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

    private async Task<Tx> SqliteWrite(long workspace, bool mayTakeLong, CancellationToken ct)
    {
        var measure = StorageMeter.Begin("write");
        await writer!.Begin(ct);
        Tx? tx = null;
        return tx = new(this, writer.Session, null, workspace, End, measure, ct) { MayTakeLong = mayTakeLong };

        async ValueTask End(bool commit)
        {
            if (commit) await writer.Commit(tx!.HasTexts);
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
        return new(this, session, null, workspace, End, StorageMeter.Begin("read"), ct);

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

    private async Task<Tx> PostgresBegin(long workspace, IsolationLevel isolation, bool mayTakeLong, CancellationToken ct)
    {
        var writes = isolation is IsolationLevel.ReadCommitted;
        var measure = StorageMeter.Begin(writes ? "write" : "read");
        var connection = standby is null || writes ? null : await standby.Open(workspace, ct);
        connection ??= await postgres!.OpenConnectionAsync(ct);
        try
        {
            var transaction = await connection.BeginTransactionAsync(isolation, ct);
            var name = workspace == Everywhere ? "*" : workspace.ToString(CultureInfo.InvariantCulture);
            var shard = 0;
            if (writes)
            {
                shard = await connection.ExecuteScalarAsync<int?>(new(BeginWriting, new { name, lane = unchecked((int)workspace) }, transaction, cancellationToken: ct)) ?? connection.ProcessID % Shards;
            }
            else
            {
                await connection.ExecuteAsync(new("SELECT set_config('tributary.workspace', @name, TRUE)", new { name }, transaction, cancellationToken: ct));
            }
            return new(this, connection, transaction, workspace, End, measure, ct) { MayTakeLong = mayTakeLong, Shard = shard };

            async ValueTask End(bool commit)
            {
                // Closing the connection undoes what was not committed, also when the server no longer answers.
                await using (connection)
                {
                    if (!commit) return;
                    await transaction.CommitAsync(CancellationToken.None);
                    if (writes && standby is not null) await standby.Note(connection, workspace);
                }
            }
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }
}
