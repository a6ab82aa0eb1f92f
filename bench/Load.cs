using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using static System.FormattableString;

namespace Tributary.Bench;

/// <summary>What to ask, over and over, each connection starting at another place.</summary>
/// <param name="Method">GET or POST.</param>
/// <param name="Paths">With their query; taken in turn.</param>
internal sealed record Asking(string Url, string Method, IReadOnlyList<string> Paths, string? Token, string? Body = null)
{
    /// <summary>The header that the token stands in.</summary>
    public string Header { get; init; } = "Authorization: Bearer";

    public string Credential => $"{Header} {Token}";

    /// <summary>A body for each of the paths, where they want different ones.</summary>
    public IReadOnlyList<string> Bodies { get; init; } = [];

    /// <summary>For paths of many workspaces: their keys, in the order of the paths; otherwise all use the one.</summary>
    public IReadOnlyList<string> Tokens { get; init; } = [];

    /// <summary>Headers beside the token's.</summary>
    public IReadOnlyList<(string Name, string Value)> More { get; init; } = [];

    /// <summary>The header of each path.</summary>
    public IReadOnlyList<(string Name, string Value)> Credentials =>
        [.. (Tokens.Count == 0 ? [Token ?? ""] : Tokens).Select(token => $"{Header} {token}".Split(": ", 2))
            .Select(parts => (parts[0], parts[1]))];
}

internal sealed record Answered(double PerSecond, double P50, double P99)
{
    /// <summary>How many answers there were.</summary>
    public long Count { get; init; }

    /// <summary>The round in the middle, by speed.</summary>
    public static Answered Median(IEnumerable<Answered> rounds) => rounds.OrderBy(round => round.PerSecond).ToList() is var all
        ? all[all.Count / 2] : throw new UnreachableException();

    public override string ToString() => Invariant($"{PerSecond:N0}/s, p50 {P50:0.00} ms, p99 {P99:0.00} ms");
}

/// <summary>
/// Asks as fast as it is answered, over connections that stay open: with wrk where it is installed, else with plain sockets.
/// </summary>
internal static class Load
{
    private static readonly bool HasWrk = File.Exists("/usr/bin/wrk");

    public static Task<Answered> Run(Asking asking, int connections, TimeSpan time, bool ownDriver, CancellationToken ct) =>
        HasWrk && !ownDriver && asking.Method == "GET" ? Wrk(asking, connections, time, ct) : Sockets(asking, connections, time, ct);

    /// <summary>
    /// Asks so many times a second, however long answers take, over as many connections as that needs up to the number given.
    /// </summary>
    public static Task<Answered> Paced(Asking asking, int connections, double perSecond, TimeSpan time, CancellationToken ct) =>
        Sockets(asking, connections, time, ct, new(perSecond, time));

    public static string Driver(bool ownDriver) => HasWrk && !ownDriver ? "wrk" : "own driver";

    private static async Task<Answered> Wrk(Asking asking, int connections, TimeSpan time, CancellationToken ct)
    {
        var script = Path.Combine(Path.GetTempPath(), $"tributary-bench-{Environment.ProcessId}.lua");
        await File.WriteAllTextAsync(script, Script(asking), ct);
        var start = new ProcessStartInfo("wrk") { RedirectStandardOutput = true, RedirectStandardError = true };
        string[] arguments = ["-t1", $"-c{connections}", $"-d{Math.Max(1, time.TotalSeconds):0}s", "--timeout", "20s", "--latency", "-s",
            script, asking.Url];
        foreach (var argument in arguments) start.ArgumentList.Add(argument);
        using var process = Process.Start(start)!;
        try
        {
            var (output, errors) = (process.StandardOutput.ReadToEndAsync(ct), process.StandardError.ReadToEndAsync(ct));
            await process.WaitForExitAsync(ct);
            return WrkOutput.Parse(await output + await errors);
        }
        catch (InvalidOperationException error)
        {
            throw new InvalidOperationException($"{asking.Url}{asking.Paths[0]}: {error.Message}", error);
        }
        finally
        {
            if (!process.HasExited) process.Kill();
            File.Delete(script);
        }
    }

    private static string Script(Asking asking)
    {
        var text = new StringBuilder("local paths = {").AppendJoin(',', asking.Paths.Select(path => $"\"{path}\""))
            .Append("}\nlocal tokens = {");
        text.AppendJoin(',', asking.Credentials.Select(credential => $"\"{credential.Value}\"")).Append("}\n");
        var more = string.Concat(asking.More.Select(header => $", [\"{header.Name}\"] = \"{header.Value}\""));
        text.Append(CultureInfo.InvariantCulture, $$"""
            local requests = {}
            local next = 0
            init = function(args)
                for i = 1, #paths do
                    requests[i] = wrk.format('GET', paths[i], {["{{asking.Credentials[0].Name}}"] = tokens[(i - 1) % #tokens + 1]{{more}}})
                end
            end
            request = function() next = next % #requests + 1; return requests[next] end

            """);
        return text.ToString();
    }

    private static async Task<Answered> Sockets(Asking asking, int connections, TimeSpan time, CancellationToken ct, Pace? pace = null)
    {
        var address = new Uri(asking.Url);
        var requests = asking.Paths.Select((path, n) => Request(asking, address, path, asking.Credentials[n % asking.Credentials.Count],
            asking.Bodies.Count > 0 ? asking.Bodies[n] : asking.Body))
            .ToList();
        var started = Stopwatch.GetTimestamp();
        var waits = await Task.WhenAll(Enumerable.Range(0, connections)
            .Select(n => Connection(address, requests, n * requests.Count / connections, started, time, pace, ct)));
        var elapsed = Stopwatch.GetElapsedTime(started);
        var all = waits.SelectMany(wait => wait).Order().ToList();
        if (all.Count == 0)
        {
            throw new InvalidOperationException($"{asking.Url}{asking.Paths[0]}: nothing was answered within {elapsed.TotalSeconds:0} s.");
        }
        return new(all.Count / elapsed.TotalSeconds, all[all.Count / 2], all[all.Count * 99 / 100]) { Count = all.Count };
    }

    private static async Task<List<double>> Connection(Uri address, List<byte[]> requests, int at, long started, TimeSpan time,
        Pace? pace, CancellationToken ct)
    {
        await Task.Yield();
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(IPAddress.Loopback, address.Port, ct);
        var buffer = new byte[1 << 20];
        var waits = new List<double>(100_000);
        while (await Next() is var (number, asked))
        {
            await socket.SendAsync(requests[(int)(number % requests.Count)], ct);
            var (filled, wanted) = (0, int.MaxValue);
            while (filled < wanted)
            {
                var read = await socket.ReceiveAsync(buffer.AsMemory(filled), ct);
                if (read == 0) throw new InvalidOperationException("The server closed the connection.");
                filled += read;
                if (wanted == int.MaxValue && buffer.AsSpan(0, filled).IndexOf("\r\n\r\n"u8) is > 0 and var head) wanted = head + 4
                    + BodyLength(buffer.AsSpan(0, head));
            }
            if (buffer[9] != '2') throw new InvalidOperationException(Encoding.UTF8.GetString(buffer, 0, Math.Min(filled, 400)));
            waits.Add(Stopwatch.GetElapsedTime(asked).TotalMilliseconds);
        }
        return waits;

        ValueTask<(long Number, long Since)?> Next() => pace is not null ? pace.Next(ct)
            : new(Stopwatch.GetElapsedTime(started) < time ? (at++, Stopwatch.GetTimestamp()) : null);
    }

    private static int BodyLength(ReadOnlySpan<byte> head)
    {
        var at = head.IndexOf("Content-Length: "u8);
        if (at < 0) throw new InvalidOperationException("The answer has no Content-Length.");
        var rest = head[(at + 16)..];
        var end = rest.IndexOf((byte)'\r');
        return int.Parse(end < 0 ? rest : rest[..end], CultureInfo.InvariantCulture);
    }

    private static byte[] Request(Asking asking, Uri address, string path, (string Name, string Value) credential, string? body)
    {
        var head =
            $"{asking.Method} {path} HTTP/1.1\r\nHost: {address.Authority}\r\n{credential.Name}: {credential.Value}\r\n{string.Concat(asking.More.Select(header => $"{header.Name}: {header.Value}\r\n"))}";
        if (body is not null) head += $"Content-Type: application/json\r\nContent-Length: {Encoding.UTF8.GetByteCount(body)}\r\n";
        return Encoding.UTF8.GetBytes(head + "\r\n" + body);
    }
}
