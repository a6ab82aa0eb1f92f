using System.Diagnostics;
using Npgsql;

namespace Tributary.Bench.Scale;

/// <summary>A PostgreSQL of the bench's own: a folder, a port on 127.0.0.1, and nothing left of it when it is disposed.</summary>
internal sealed class Cluster : IAsyncDisposable
{
    private static readonly string Programs = Directory.GetDirectories("/usr/lib/postgresql").Order(StringComparer.Ordinal)
        .LastOrDefault() is { } version ? Path.Combine(version, "bin") : "";

    private readonly string folder;
    private bool runs;

    private Cluster(string folder, int port)
    {
        this.folder = folder;
        Port = port;
    }

    public int Port { get; }

    public string Connection(string database = "postgres", string user = "postgres") =>
        $"Host=127.0.0.1;Port={Port};Username={user};Database={database};Pooling=false";

    public static async Task<Cluster> Primary(string folder, int port, CancellationToken ct)
    {
        await Shell.Run(Path.Combine(Programs, "initdb"),
            ["-D", folder, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--no-sync", "--no-instructions"], ct);
        var cluster = new Cluster(folder, port);
        await cluster.Start(ct);
        return cluster;
    }

    /// <summary>Follows a primary by streaming, under the name that synchronous_standby_names may name.</summary>
    public static async Task<Cluster> Replica(Cluster primary, string folder, int port, string name, CancellationToken ct)
    {
        await Shell.Run(Path.Combine(Programs, "pg_basebackup"),
            ["-D", folder, "-d", $"host=127.0.0.1 port={primary.Port} user=postgres application_name={name}", "-X", "stream", "-R",
                "--checkpoint=fast", "--no-sync"], ct);
        var cluster = new Cluster(folder, port);
        await cluster.Start(ct);
        return cluster;
    }

    /// <summary>As if the machine had lost its power, but for what the disk has.</summary>
    public async Task Kill(CancellationToken ct)
    {
        runs = false;
        await Shell.Run(Path.Combine(Programs, "pg_ctl"), ["stop", "-D", folder, "-m", "immediate"], ct);
    }

    public Task Promote(CancellationToken ct) => Shell.Run(Path.Combine(Programs, "pg_ctl"), ["promote", "-D", folder, "-w"], ct);

    public async Task<object?> Ask(string sql, CancellationToken ct, string database = "postgres")
    {
        await using var connection = new NpgsqlConnection(Connection(database));
        await connection.OpenAsync(ct);
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync(ct);
    }

    private async Task Start(CancellationToken ct)
    {
        var options =
            $"-p {Port} -c listen_addresses=127.0.0.1 -c unix_socket_directories= -c max_connections=200 -c shared_buffers=128MB -c hot_standby_feedback=on";
        await Shell.Run(Path.Combine(Programs, "pg_ctl"), ["start", "-D", folder, "-w", "-l", Path.Combine(folder, "log"), "-o", options],
            ct);
        runs = true;
    }

    public async ValueTask DisposeAsync()
    {
        if (runs) await Kill(CancellationToken.None);
        Directory.Delete(folder, recursive: true);
    }
}

/// <summary>Runs programs that refuse to be root's as the user postgres, when the bench is root's.</summary>
internal static class Shell
{
    public static Process Begin(string program, params IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(Environment.UserName == "root" ? "setpriv" : program) { WorkingDirectory = "/" };
        if (Environment.UserName == "root")
        {
            foreach (var argument in (string[])["--reuid=postgres", "--regid=postgres", "--init-groups", program])
            {
                start.ArgumentList.Add(argument);
            }
        }
        foreach (var argument in arguments) start.ArgumentList.Add(argument);
        return Process.Start(start) ?? throw new InvalidOperationException($"{program} did not start.");
    }

    public static async Task Run(string program, IReadOnlyList<string> arguments, CancellationToken ct)
    {
        using var process = Begin(program, arguments);
        await process.WaitForExitAsync(ct);
        if (process.ExitCode != 0) throw new InvalidOperationException($"{program} ended with {process.ExitCode}.");
    }

    /// <summary>A new folder that the databases' user may write to.</summary>
    public static async Task<string> Folder(CancellationToken ct)
    {
        var folder = Directory.CreateTempSubdirectory("tributary-scale-").FullName;
        if (Environment.UserName != "root") return folder;
        using var process = Process.Start("chown", ["postgres", folder]);
        await process.WaitForExitAsync(ct);
        return folder;
    }
}
