extern alias bench;
using System.Net;
using System.Net.Sockets;
using bench::Tributary.Bench.Scale;
using Npgsql;
using Tributary.Core.Storage;

namespace Tributary.Tests.Support;

/// <summary>
/// A migrated database of one class's own, behind a pgbouncer of its own in transaction mode. Where there is none, its tests are skipped by
/// name on a laptop and fail in CI.
/// </summary>
public sealed class PooledDatabase : IAsyncLifetime
{
    /// <summary>How many connections to the server the pooler has for all.</summary>
    public const int Connections = 4;

    private Pooler? pooler;
    private Db? db;

    /// <summary>Through the pooler.</summary>
    public Db Db
    {
        get
        {
            Assert.SkipUnless(Missing is null, Missing ?? "");
            return db!;
        }
    }

    /// <summary>Through the pooler too, as docs/scaling.md tells to write it.</summary>
    public string Address { get; private set; } = "";

    private static string? Missing =>
        Backends.InCi ? null
        : !Backends.PostgresAnswers ? "No PostgreSQL answers at TRIBUTARY_TEST_POSTGRES (see CONTRIBUTING.md)."
        : Pooler.Missing;

    public async ValueTask InitializeAsync()
    {
        if (Missing is not null) return;
        var direct = await Backends.NewPostgres();
        var port = FreePort();
        pooler = await Pooler.Start(Leftovers.Folder(), port, new(direct), Connections, CancellationToken.None);
        Address = new NpgsqlConnectionStringBuilder(direct) { Host = "127.0.0.1", Port = port, NoResetOnClose = true }.ToString();
        db = Db.Postgres(Address, TestClock.Instance, Backends.Uids());
        await Migrator.Run(db, CancellationToken.None);
    }

    public async ValueTask DisposeAsync()
    {
        if (db is not null) await db.DisposeAsync();
        if (pooler is not null) await pooler.DisposeAsync();
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
