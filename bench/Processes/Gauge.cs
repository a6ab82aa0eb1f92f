using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace Tributary.Bench.Processes;

/// <summary>The other end of <see cref="StartupHook"/>.</summary>
internal sealed class Gauge : IAsyncDisposable
{
    private readonly Socket listener = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
    private readonly string path =
        Path.Combine(Path.GetTempPath(), $"tributary-bench-{Environment.ProcessId}-{Interlocked.Increment(ref count)}.sock");
    private Socket? connection;
    private static int count;

    public Gauge()
    {
        listener.Bind(new UnixDomainSocketEndPoint(path));
        listener.Listen(1);
    }

    /// <summary>What makes a process of .NET connect.</summary>
    public IReadOnlyDictionary<string, string> Settings => new Dictionary<string, string>
    {
        ["DOTNET_STARTUP_HOOKS"] = typeof(StartupHook).Assembly.Location,
        [StartupHook.Variable] = path,
    };

    public async Task<long> Allocated(CancellationToken ct)
    {
        connection ??= await listener.AcceptAsync(ct);
        await connection.SendAsync(new byte[1], ct);
        var answer = new byte[32];
        var length = await connection.ReceiveAsync(answer, ct);
        return long.Parse(Encoding.ASCII.GetString(answer, 0, length), CultureInfo.InvariantCulture);
    }

    public ValueTask DisposeAsync()
    {
        connection?.Dispose();
        listener.Dispose();
        File.Delete(path);
        return ValueTask.CompletedTask;
    }
}
