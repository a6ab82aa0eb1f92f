using System.Buffers;
using System.Globalization;
using System.Net;
using System.Text;

namespace Tributary.Bench.Scenarios;

/// <summary>Takes webhooks on this machine: says thanks, counts, and notes how old what it is told of is.</summary>
internal sealed class HookReceiver : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly List<double> ages = [];
    private long count;

    private HookReceiver(WebApplication app, string url) => (this.app, Url) = (app, url);

    public string Url { get; }
    public long Count => Interlocked.Read(ref count);

    /// <summary>The body that came last.</summary>
    public byte[] Last { get; private set; } = [];

    public static async Task<HookReceiver> Start(int port, CancellationToken ct)
    {
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, port));
        var receiver = new HookReceiver(builder.Build(), $"http://127.0.0.1:{port}/hook");
        receiver.app.Run(receiver.Take);
        await receiver.app.StartAsync(ct);
        return receiver;
    }

    /// <summary>Milliseconds from the moment of each event until it was heard, in order of size; since this was last asked.</summary>
    public IReadOnlyList<double> TakeAges()
    {
        lock (ages)
        {
            var taken = ages.Order().ToList();
            ages.Clear();
            return taken;
        }
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();

    private async Task Take(HttpContext http)
    {
        var length = (int)(http.Request.ContentLength ?? 0);
        var buffer = ArrayPool<byte>.Shared.Rent(length);
        var body = buffer.AsMemory(0, length);
        await http.Request.Body.ReadExactlyAsync(body, http.RequestAborted);
        Note(body.Span);
        ArrayPool<byte>.Shared.Return(buffer);
        Interlocked.Increment(ref count);
        http.Response.StatusCode = 204;
    }

    // Without reading the JSON, so that the receiver costs the machine little.
    private void Note(ReadOnlySpan<byte> body)
    {
        var at = body.IndexOf("\"timestamp\":\""u8);
        if (at < 0) return;
        var text = Encoding.ASCII.GetString(body.Slice(at + "\"timestamp\":\"".Length, "2026-11-20T09:00:00.000Z".Length));
        var age = TimeProvider.System.GetUtcNow() - DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);
        lock (ages)
        {
            ages.Add(age.TotalMilliseconds);
            if (ages.Count % 1_000 == 1) Last = body.ToArray();
        }
    }
}
