using System.Collections.Concurrent;
using System.Globalization;
using Tributary.Core.Kernel;

namespace Tributary.Server.Hosting;

/// <summary>Counts requests per credential in fixed windows and refuses the one too many. In memory: each server counts its own.</summary>
internal sealed class RateLimits(TributaryOptions options, TimeProvider clock) : ILimits
{
    private readonly ConcurrentDictionary<(long Workspace, (string, long) Credential), Window> windows = new();

    public ValueTask Take(HttpContext http, IDialect dialect, Operation route, Caller caller)
    {
        var now = clock.GetUtcNow().ToUnixTimeSeconds();
        var start = now - now % options.Limits.WindowSeconds;
        var key = (caller.Workspace, caller.Credential);
        var window = windows.AddOrUpdate(key, _ => new(start, 1), (_, old) => old.Start == start ? old with { Count = old.Count + 1 } : new(start, 1));
        if (dialect.TellsLimits) Tell(http, window);
        if (window.Count <= options.Limits.RequestsPerWindow) return ValueTask.CompletedTask;

        throw new ProblemException(new(ProblemCode.TooMany, $"At most {options.Limits.RequestsPerWindow} requests in {options.Limits.WindowSeconds} seconds. Try again later.", []));
    }

    /// <summary>Where the caller's present window stands.</summary>
    public RequestWindow Of(Caller caller) =>
        new(windows.TryGetValue((caller.Workspace, caller.Credential), out var window) ? window.Count : 0, options.Limits.RequestsPerWindow, options.Limits.WindowSeconds);

    /// <summary>Says in the headers of a refusal how long to wait.</summary>
    public void Describe(HttpContext http, IDialect dialect, Caller? caller)
    {
        if (caller is null || !windows.TryGetValue((caller.Workspace, caller.Credential), out var window)) return;
        var isOver = window.Count > options.Limits.RequestsPerWindow;
        if (!isOver && !dialect.TellsLimits) return;

        Tell(http, window);
        if (isOver) http.Response.Headers.RetryAfter = http.Response.Headers["X-RateLimit-Reset"];
    }

    private void Tell(HttpContext http, Window window)
    {
        var wait = Math.Max(1, window.Start + options.Limits.WindowSeconds - clock.GetUtcNow().ToUnixTimeSeconds());
        http.Response.Headers["X-RateLimit-Limit"] = options.Limits.RequestsPerWindow.ToString(CultureInfo.InvariantCulture);
        http.Response.Headers["X-RateLimit-Remaining"] = Math.Max(0, options.Limits.RequestsPerWindow - window.Count).ToString(CultureInfo.InvariantCulture);
        http.Response.Headers["X-RateLimit-Reset"] = wait.ToString(CultureInfo.InvariantCulture);
    }

    private sealed record Window(long Start, int Count);
}

/// <summary>How many requests a credential has made in the present window, and how many it may make.</summary>
internal sealed record RequestWindow(int Used, int Limit, int WindowSeconds);
