using System.Diagnostics;
using Npgsql;

namespace Tributary.Bench.Scale;

/// <summary>A pgbouncer in transaction mode before one PostgreSQL: many clients' connections over few of the server's.</summary>
internal sealed class Pooler : IAsyncDisposable
{
    private readonly Process process;
    private readonly string folder;

    private Pooler(Process process, string folder)
    {
        this.process = process;
        this.folder = folder;
    }

    public static bool IsInstalled => File.Exists("/usr/sbin/pgbouncer");

    public static async Task<Pooler> Start(string folder, int port, int server, string database, int connections, CancellationToken ct)
    {
        Directory.CreateDirectory(folder);
        await File.WriteAllTextAsync(Path.Combine(folder, "users.txt"), "\"tributary\" \"\"\n", ct);
        await File.WriteAllTextAsync(Path.Combine(folder, "pgbouncer.ini"), $"""
            [databases]
            {database} = host=127.0.0.1 port={server} dbname={database} user=tributary
            [pgbouncer]
            listen_addr = 127.0.0.1
            listen_port = {port}
            unix_socket_dir =
            auth_type = trust
            auth_file = {Path.Combine(folder, "users.txt")}
            pool_mode = transaction
            max_client_conn = 500
            default_pool_size = {connections}
            ignore_startup_parameters = extra_float_digits
            log_connections = 0
            log_disconnections = 0
            log_stats = 0
            """, ct);
        var pooler = new Pooler(Shell.Begin("/usr/sbin/pgbouncer", "-q", Path.Combine(folder, "pgbouncer.ini")), folder);
        await Answers($"Host=127.0.0.1;Port={port};Username=tributary;Database={database};Pooling=false", ct);
        return pooler;
    }

    private static async Task Answers(string address, CancellationToken ct)
    {
        for (var tries = 0; ; tries++)
        {
            try
            {
                await using var connection = new NpgsqlConnection(address);
                await connection.OpenAsync(ct);
                return;
            }
            catch (NpgsqlException) when (tries < 100)
            {
                await Task.Delay(50, ct);
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        process.Kill();
        await process.WaitForExitAsync();
        process.Dispose();
        Directory.Delete(folder, recursive: true);
    }
}
