using System.Collections.Concurrent;
using System.Globalization;
using Tributary.Core.Kernel;

namespace Tributary.Server.Hosting;

/// <summary>Counts requests per credential in fixed windows and refuses the one too many. In memory: each server counts its own.</summary>
internal sealed class RateLimits(TributaryOptions options, TimeProvider clock) : ILimits
{
    private readonly ConcurrentDictionary<(long Workspace, (string, long) Credential), Window> windows = new();

    /// <summary>Counts the request; refuses as too many when nothing is left.</summary>
    public ValueTask Take(HttpContext http, IDialect dialect, Operation route, Caller caller)
    {
        var now = clock.GetUtcNow().ToUnixTimeSeconds();
        var start = now - now % options.Limits.WindowSeconds;
        var count = windows.GetOrAdd((caller.Workspace, caller.Credential), static _ => new()).Take(start);
        if (dialect.TellsLimits) Tell(http, start, count);
        if (count <= options.Limits.RequestsPerWindow) return ValueTask.CompletedTask;

        throw new ProblemException(new(ProblemCode.TooMany,
            $"At most {options.Limits.RequestsPerWindow} requests in {options.Limits.WindowSeconds} seconds. Try again later.", []));
    }

    /// <summary>Where the caller's present window stands.</summary>
    public RequestWindow Of(Caller caller) =>
        new(windows.TryGetValue((caller.Workspace, caller.Credential), out var window) ? window.Now.Count : 0,
            options.Limits.RequestsPerWindow, options.Limits.WindowSeconds);

    /// <summary>Says in the headers of a refusal how long to wait.</summary>
    public void Describe(HttpContext http, IDialect dialect, Caller? caller)
    {
        if (caller is null || !windows.TryGetValue((caller.Workspace, caller.Credential), out var window)) return;
        var (start, count) = window.Now;
        var isOver = count > options.Limits.RequestsPerWindow;
        if (!isOver && !dialect.TellsLimits) return;

        Tell(http, start, count);
        if (isOver) http.Response.Headers.RetryAfter = http.Response.Headers["X-RateLimit-Reset"];
    }

    private void Tell(HttpContext http, long start, int count)
    {
        var wait = Math.Max(1, start + options.Limits.WindowSeconds - clock.GetUtcNow().ToUnixTimeSeconds());
        http.Response.Headers["X-RateLimit-Limit"] = options.Limits.RequestsPerWindow.ToString(CultureInfo.InvariantCulture);
        http.Response.Headers["X-RateLimit-Remaining"] = Math.Max(0, options.Limits.RequestsPerWindow - count)
            .ToString(CultureInfo.InvariantCulture);
        http.Response.Headers["X-RateLimit-Reset"] = wait.ToString(CultureInfo.InvariantCulture);
    }

    /// <summary>The present window of one credential.</summary>
    private sealed class Window
    {
        private readonly Lock gate = new();
        private (long Start, int Count) now;

        public (long Start, int Count) Now
        {
            get
            {
                lock (gate) return now;
            }
        }

        /// <summary>How many requests there were in the window that starts then, with this one.</summary>
        public int Take(long start)
        {
            lock (gate)
            {
                now = (start, now.Start == start ? now.Count + 1 : 1);
                return now.Count;
            }
        }
    }
}

/// <summary>How many requests a credential has made in the present window, and how many it may make.</summary>
internal sealed record RequestWindow(int Used, int Limit, int WindowSeconds);
