using System.Collections.Concurrent;
using System.Diagnostics;
using Npgsql;

namespace Tributary.Bench.Scale;

/// <summary>
/// A pgbouncer in transaction mode before one database of PostgreSQL: many clients' connections over few of the server's. It listens on
/// 127.0.0.1 only, and asks nobody who they are.
/// </summary>
internal sealed class Pooler : IAsyncDisposable
{
    private readonly Process process;
    private readonly string folder;

    private Pooler(Process process, string folder)
    {
        this.process = process;
        this.folder = folder;
    }

    public static string Program => Environment.GetEnvironmentVariable("TRIBUTARY_PGBOUNCER") ?? "/usr/sbin/pgbouncer";

    /// <summary>Why there can be none here; nothing when there can.</summary>
    public static string? Missing =>
        File.Exists(Program) ? null : $"There is no pgbouncer at {Program} (apt-get install pgbouncer, or set TRIBUTARY_PGBOUNCER).";

    /// <param name="folder">Of its own; it is gone when the pooler is.</param>
    /// <param name="port">Where it listens.</param>
    /// <param name="server">The database, and as whom every client asks it.</param>
    /// <param name="connections">How many of the server's it has at most.</param>
    /// <param name="ct">Stops waiting for it to listen.</param>
    public static async Task<Pooler> Start(string folder, int port, NpgsqlConnectionStringBuilder server, int connections,
        CancellationToken ct)
    {
        Directory.CreateDirectory(folder);
        var settings = Path.Combine(folder, "pgbouncer.ini");
        await File.WriteAllTextAsync(settings, $"""
            [databases]
            {server.Database} = host={server.Host} port={server.Port} dbname={server.Database} user={server.Username} {Password(server)}
            [pgbouncer]
            listen_addr = 127.0.0.1
            listen_port = {port}
            unix_socket_dir =
            {(Environment.UserName == "root" ? "user = nobody" : "")}
            auth_type = any
            pool_mode = transaction
            max_client_conn = 500
            default_pool_size = {connections}
            ignore_startup_parameters = extra_float_digits
            log_connections = 0
            log_disconnections = 0
            log_stats = 0
            """, ct);
        var process = Process.Start(new ProcessStartInfo(Program, [settings]) { RedirectStandardError = true, WorkingDirectory = "/" })
            ?? throw new InvalidOperationException("pgbouncer did not start.");
        var pooler = new Pooler(process, folder);
        try
        {
            await Listens(process).WaitAsync(ct);
            return pooler;
        }
        catch
        {
            await pooler.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        process.Kill();
        await process.WaitForExitAsync();
        process.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    private static string Password(NpgsqlConnectionStringBuilder server) => string.IsNullOrEmpty(server.Password) ? ""
        : $"password='{server.Password.Replace("'", "''", StringComparison.Ordinal)}'";

    // It says so once it has begun; and its words are read to the end, so that it never waits for a reader.
    private static Task Listens(Process process)
    {
        var begun = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var said = new ConcurrentQueue<string>();
        process.ErrorDataReceived += (_, line) =>
        {
            if (line.Data is not { } text)
            {
                begun.TrySetException(new InvalidOperationException($"{Program} ended: {string.Join('\n', said)}"));
            }
            else if (text.Contains("process up", StringComparison.Ordinal)) begun.TrySetResult();
            else if (!begun.Task.IsCompleted) said.Enqueue(text);
        };
        process.BeginErrorReadLine();
        return begun.Task;
    }
}
