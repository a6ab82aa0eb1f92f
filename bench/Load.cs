using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.RegularExpressions;

namespace Tributary.Bench;

/// <summary>What to ask, over and over, each connection starting at another place.</summary>
/// <param name="Method">GET or POST.</param>
/// <param name="Paths">With their query; taken in turn.</param>
internal sealed record Asking(string Url, string Method, IReadOnlyList<string> Paths, string? Token, string? Body = null)
{
    /// <summary>The header that the token stands in.</summary>
    public string Header { get; init; } = "Authorization: Bearer";

    public string Credential => $"{Header} {Token}";
}

internal sealed record Answered(double PerSecond, double P50, double P99)
{
    /// <summary>The round in the middle, by speed.</summary>
    public static Answered Median(IEnumerable<Answered> rounds) => rounds.OrderBy(round => round.PerSecond).ToList() is var all ? all[all.Count / 2] : throw new UnreachableException();

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{PerSecond:N0}/s, p50 {P50:0.00} ms, p99 {P99:0.00} ms");
}

/// <summary>Asks as fast as it is answered, over connections that stay open: with wrk where it is installed, else with plain sockets.</summary>
internal static partial class Load
{
    private static readonly bool HasWrk = File.Exists("/usr/bin/wrk");

    public static Task<Answered> Run(Asking asking, int connections, TimeSpan time, bool ownDriver, CancellationToken ct) =>
        HasWrk && !ownDriver && asking.Method == "GET" ? Wrk(asking, connections, time, ct) : Sockets(asking, connections, time, ct);

    public static string Driver(bool ownDriver) => HasWrk && !ownDriver ? "wrk" : "own driver";

    private static async Task<Answered> Wrk(Asking asking, int connections, TimeSpan time, CancellationToken ct)
    {
        var script = Path.Combine(Path.GetTempPath(), $"tributary-bench-{Environment.ProcessId}.lua");
        var text = new StringBuilder("local paths = {").AppendJoin(',', asking.Paths.Select(path => $"\"{path}\"")).Append("}\nlocal requests = {}\nlocal next = 0\n");
        text.Append("init = function(args) for i = 1, #paths do requests[i] = wrk.format('GET', paths[i]) end end\nrequest = function() next = next % #requests + 1; return requests[next] end\n");
        await File.WriteAllTextAsync(script, text.ToString(), ct);
        var start = new ProcessStartInfo("wrk") { RedirectStandardOutput = true };
        string[] arguments = ["-t1", $"-c{connections}", $"-d{time.TotalSeconds:0}s", "--latency", "-s", script, "-H", asking.Credential, asking.Url];
        foreach (var argument in arguments) start.ArgumentList.Add(argument);
        using var process = Process.Start(start)!;
        var output = await process.StandardOutput.ReadToEndAsync(ct);
        File.Delete(script);
        if (output.Contains("Non-2xx", StringComparison.Ordinal)) throw new InvalidOperationException($"{asking.Url}{asking.Paths[0]}: {NotGood().Match(output).Value}");
        return new(double.Parse(PerSecond().Match(output).Groups[1].Value, CultureInfo.InvariantCulture), Milliseconds(output, "50%"), Milliseconds(output, "99%"));
    }

    [GeneratedRegex(@"Requests/sec:\s+([\d.]+)")]
    private static partial Regex PerSecond();

    [GeneratedRegex(@"Non-2xx.*")]
    private static partial Regex NotGood();

    private static double Milliseconds(string output, string percentile)
    {
        var match = Regex.Match(output, percentile + @"\s+([\d.]+)(us|ms|s)");
        var value = double.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture);
        return match.Groups[2].Value switch { "us" => value / 1000, "s" => value * 1000, _ => value };
    }

    private static async Task<Answered> Sockets(Asking asking, int connections, TimeSpan time, CancellationToken ct)
    {
        var address = new Uri(asking.Url);
        var requests = asking.Paths.Select(path => Request(asking, address, path)).ToList();
        var started = Stopwatch.GetTimestamp();
        var waits = await Task.WhenAll(Enumerable.Range(0, connections).Select(n => Connection(address, requests, n * requests.Count / connections, started, time, ct)));
        var elapsed = Stopwatch.GetElapsedTime(started);
        var all = waits.SelectMany(wait => wait).Order().ToList();
        return new(all.Count / elapsed.TotalSeconds, all[all.Count / 2], all[all.Count * 99 / 100]);
    }

    private static async Task<List<double>> Connection(Uri address, List<byte[]> requests, int at, long started, TimeSpan time, CancellationToken ct)
    {
        await Task.Yield();
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(IPAddress.Loopback, address.Port, ct);
        var buffer = new byte[1 << 20];
        var waits = new List<double>(100_000);
        while (Stopwatch.GetElapsedTime(started) < time)
        {
            var asked = Stopwatch.GetTimestamp();
            await socket.SendAsync(requests[at++ % requests.Count], ct);
            var (filled, wanted) = (0, int.MaxValue);
            while (filled < wanted)
            {
                var read = await socket.ReceiveAsync(buffer.AsMemory(filled), ct);
                if (read == 0) throw new InvalidOperationException("The server closed the connection.");
                filled += read;
                if (wanted == int.MaxValue && buffer.AsSpan(0, filled).IndexOf("\r\n\r\n"u8) is > 0 and var head) wanted = head + 4 + BodyLength(buffer.AsSpan(0, head));
            }
            if (buffer[9] != '2') throw new InvalidOperationException(Encoding.UTF8.GetString(buffer, 0, Math.Min(filled, 400)));
            waits.Add(Stopwatch.GetElapsedTime(asked).TotalMilliseconds);
        }
        return waits;
    }

    private static int BodyLength(ReadOnlySpan<byte> head)
    {
        var at = head.IndexOf("Content-Length: "u8);
        if (at < 0) throw new InvalidOperationException("The answer has no Content-Length.");
        var rest = head[(at + 16)..];
        var end = rest.IndexOf((byte)'\r');
        return int.Parse(end < 0 ? rest : rest[..end], CultureInfo.InvariantCulture);
    }

    private static byte[] Request(Asking asking, Uri address, string path)
    {
        var head = $"{asking.Method} {path} HTTP/1.1\r\nHost: {address.Authority}\r\n{asking.Credential}\r\n";
        if (asking.Body is { } body) head += $"Content-Type: application/json\r\nContent-Length: {Encoding.UTF8.GetByteCount(body)}\r\n";
        return Encoding.UTF8.GetBytes(head + "\r\n" + asking.Body);
    }
}
