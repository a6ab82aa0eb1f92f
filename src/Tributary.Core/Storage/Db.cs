using System.Collections.Concurrent;
using System.Data;
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

    private readonly TimeProvider clock;
    private readonly string? sqlite;
    private readonly SqliteWriter? writer;
    private readonly ConcurrentBag<SqliteSession> readers = [];
    private readonly NpgsqlDataSource? postgres;

    private Db(SqlFlavor sql, TimeProvider clock, UidSource uids, string? sqlite, NpgsqlDataSource? postgres)
    {
        TypeHandlers.Register();
        Sql = sql;
        Uids = uids;
        this.clock = clock;
        this.sqlite = sqlite;
        this.postgres = postgres;
        if (sqlite is not null) writer = new(Open(sqlite));
    }

    internal SqlFlavor Sql { get; }
    internal UidSource Uids { get; }

    /// <summary>Seals page cursors. Until the instance's own secret is set, cursors end with the process.</summary>
    internal CursorSigner Cursors { get; set; } = new(RandomNumberGenerator.GetBytes(32));

    /// <summary>Raised in this process after a commit that appended to the log; live readers wait on it. Other servers' commits do not raise it.</summary>
    public event Action? LogAppended;

    internal void LogGrew() => LogAppended?.Invoke();

    /// <summary>One catalog per workspace, replaced when its version has moved on.</summary>
    internal ConcurrentDictionary<long, WorkspaceCatalog> Catalogs { get; } = new();

    /// <summary>Keeps a catalog unless a newer one is there already; none means that what is kept is no longer true.</summary>
    internal void Keep(long workspace, WorkspaceCatalog? catalog)
    {
        if (catalog is null) Catalogs.TryRemove(workspace, out _);
        else Catalogs.AddOrUpdate(workspace, catalog, (_, kept) => kept.Version >= catalog.Version ? kept : catalog);
    }

    /// <summary>The credentials found lately.</summary>
    internal CallerCache Callers { get; } = new();

    /// <summary>"sqlite" or "postgres", for messages.</summary>
    public string Backend => Sql.Name;

    /// <summary>An acknowledged write survives power loss unless <paramref name="durable"/> is false (throw-away databases).</summary>
    public static Db Sqlite(string path, TimeProvider clock, UidSource uids, bool durable = true)
    {
        NativeSqlite.Load();
        var text = new SqliteConnectionStringBuilder { DataSource = path, Pooling = false, ForeignKeys = true, DefaultTimeout = 10 }.ToString();
        return new(SqlFlavor.Sqlite, clock, uids, text + (durable ? ";#FULL" : ";#OFF"), null);
    }

    /// <summary>Any connection string Npgsql understands, several hosts included ("Host=a,b;Target Session Attributes=primary").</summary>
    public static Db Postgres(string connectionString, TimeProvider clock, UidSource uids)
    {
        var text = new NpgsqlConnectionStringBuilder(connectionString);
        if (text.MaxAutoPrepare == 0) text.MaxAutoPrepare = 200;
        if (text.AutoPrepareMinUsages == 5) text.AutoPrepareMinUsages = 2;
        return new(SqlFlavor.Postgres, clock, uids, null, NpgsqlDataSource.Create(text.ToString()));
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

    internal Task<Tx> Write(long workspace, CancellationToken ct) => writer is null ? PostgresWrite(workspace, ct) : SqliteWrite(workspace, ct);

    /// <summary>One consistent snapshot: everything read through it was true at the same moment.</summary>
    internal Task<Tx> Read(long workspace, CancellationToken ct) => sqlite is null ? PostgresRead(workspace, ct) : Task.FromResult(SqliteRead(workspace, ct));

    internal Task<Tx> WriteEverywhere(CancellationToken ct) => Write(Everywhere, ct);

    internal Task<Tx> ReadEverywhere(CancellationToken ct) => Read(Everywhere, ct);

    /// <summary>SQLite only: runs work on the writing connection while no change is under way.</summary>
    internal Task Alone(Action<SqliteSession> work, CancellationToken ct) => writer!.Alone(work, ct);

    public async ValueTask DisposeAsync()
    {
        writer?.Dispose();
        while (readers.TryTake(out var session)) session.Dispose();
        if (postgres is not null) await postgres.DisposeAsync();
    }

    private async Task<Tx> SqliteWrite(long workspace, CancellationToken ct)
    {
        await writer!.Begin(ct);
        return new(this, writer.Session, null, workspace, End, ct);

        async ValueTask End(bool commit)
        {
            if (commit) await writer.Commit();
            else writer.Rollback();
        }
    }

    private Tx SqliteRead(long workspace, CancellationToken ct)
    {
        var session = readers.TryTake(out var idle) ? idle : Open(sqlite!);
        session.Execute("BEGIN");
        return new(this, session, null, workspace, End, ct);

        ValueTask End(bool commit)
        {
            session.Execute("COMMIT");
            readers.Add(session);
            return ValueTask.CompletedTask;
        }
    }

    private async Task<Tx> PostgresWrite(long workspace, CancellationToken ct) => await PostgresBegin(workspace, IsolationLevel.ReadCommitted, ct);

    private async Task<Tx> PostgresRead(long workspace, CancellationToken ct) => await PostgresBegin(workspace, IsolationLevel.RepeatableRead, ct);

    private async Task<Tx> PostgresBegin(long workspace, IsolationLevel isolation, CancellationToken ct)
    {
        var connection = postgres!.CreateConnection();
        try
        {
            await connection.OpenAsync(ct);
            var transaction = await connection.BeginTransactionAsync(isolation, ct);
            var name = workspace == Everywhere ? "*" : workspace.ToString(CultureInfo.InvariantCulture);
            await connection.ExecuteAsync(new("SELECT set_config('tributary.workspace', @name, TRUE)", new { name }, transaction, cancellationToken: ct));
            return new(this, connection, transaction, workspace, End, ct);

            async ValueTask End(bool commit)
            {
                try
                {
                    if (commit) await transaction.CommitAsync(CancellationToken.None);
                    await transaction.DisposeAsync();
                }
                finally
                {
                    await connection.DisposeAsync();
                }
            }
        }
        catch (NpgsqlException error) when (DbErrors.Translate(error) is { } problem)
        {
            await connection.DisposeAsync();
            throw problem;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    private static SqliteSession Open(string marked)
    {
        var at = marked.LastIndexOf(";#", StringComparison.Ordinal);
        var session = new SqliteSession(marked[..at]);
        session.Open();
        session.Execute("PRAGMA journal_mode = WAL");
        session.Execute($"PRAGMA synchronous = {marked[(at + 2)..]}");
        session.Execute("PRAGMA busy_timeout = 10000");
        session.Execute("PRAGMA cache_size = -32000");
        session.Execute("PRAGMA temp_store = MEMORY");
        return session;
    }
}
