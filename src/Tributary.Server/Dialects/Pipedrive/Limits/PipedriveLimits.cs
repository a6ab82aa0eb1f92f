using System.Collections.Concurrent;
using System.Globalization;
using Tributary.Core.Catalog;
using Tributary.Core.Kernel;
using Tributary.Server.Hosting;

namespace Tributary.Server.Dialects.Pipedrive.Limits;

/// <summary>
/// Pipedrive's two limits: a company's budget of tokens a day, from which each operation takes its published cost, and a
/// burst of requests in any two seconds per credential, with a smaller one for searches (reference §5). In memory: each
/// server counts its own.
/// </summary>
internal sealed class PipedriveLimits(TributaryOptions options, TimeProvider clock, CatalogService catalogs) : ILimits
{
    private readonly ConcurrentDictionary<long, Budget> budgets = new();
    private readonly ConcurrentDictionary<(long Workspace, (string, long) Credential, bool IsSearch), Burst> bursts = new();

    public async ValueTask Take(HttpContext http, IDialect dialect, Operation route, Caller caller)
    {
        var plan = options.Limits.Pipedrive;
        var seats = plan.Plan.Length == 0 ? 0 : (await catalogs.Latest(caller, http.RequestAborted)).Users.Count(user => user.IsActive);
        var allowed = LimitRules.Of(plan, seats);
        var now = clock.GetUtcNow();

        // The smaller window of searches is looked at first, so that a search refused by it uses up neither.
        var limit = caller.GrantId is null ? allowed.Burst : allowed.OAuthBurst;
        var search = LimitRules.IsSearch(route) ? BurstOf(caller, isSearch: true).Take(now, allowed.SearchBurst) : null;
        var burst = search is { IsRefused: true } ? search : BurstOf(caller, isSearch: false).Take(now, limit);
        var shown = search ?? burst;
        var isBurst = burst.IsRefused || shown.IsRefused;
        var (left, isSpent) = budgets.GetOrAdd(caller.Workspace, _ => new()).Take(now, isBurst ? 0 : route.Cost, allowed.DailyTokens);

        var standing = new Standing(shown, allowed.DailyTokens, left, UntilMidnight(now), isBurst, isSpent);
        http.Items[typeof(Standing)] = standing;
        standing.Tell(http);
        if (isBurst) throw TooMany("request over limit");
        if (isSpent) throw TooMany("daily request budget exceeded");
    }

    public void Describe(HttpContext http, IDialect dialect, Caller? caller)
    {
        if (http.Items.TryGetValue(typeof(Standing), out var standing)) ((Standing)standing!).Tell(http);
    }

    /// <summary>Tokens left to the company today, and when it gets new ones.</summary>
    public async ValueTask<(long Limit, long Left, DateTimeOffset Reset)> Of(Caller caller, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var seats = (await catalogs.Latest(caller, ct)).Users.Count(user => user.IsActive);
        var limit = LimitRules.Of(options.Limits.Pipedrive, seats).DailyTokens;
        return (limit, budgets.GetOrAdd(caller.Workspace, _ => new()).Take(now, 0, limit).Left, now.AddSeconds(UntilMidnight(now)));
    }

    private Burst BurstOf(Caller caller, bool isSearch) => bursts.GetOrAdd((caller.Workspace, caller.Credential, isSearch), _ => new());

    /// <summary>"Reset at midnight server time"; ours is UTC.</summary>
    private static long UntilMidnight(DateTimeOffset now) =>
        (long)Math.Ceiling((now.UtcDateTime.Date.AddDays(1) - now.UtcDateTime).TotalSeconds);

    private static ProblemException TooMany(string message) => new(new(ProblemCode.TooMany, message, []));

    /// <summary>Where a window stands after a request; a refused one is not counted in it.</summary>
    private sealed record Taken(int Limit, int Left, long ResetSeconds, bool IsRefused);

    /// <summary>The moments of a credential's requests in the last two seconds.</summary>
    private sealed class Burst
    {
        private readonly Queue<long> moments = new();

        public Taken Take(DateTimeOffset at, int limit)
        {
            var now = at.UtcTicks;
            lock (moments)
            {
                // What lies ahead is of a clock that was set back since (the sandbox's can be).
                while (moments.TryPeek(out var first) && (first <= now - LimitRules.Window.Ticks || first > now)) moments.Dequeue();
                var isRefused = moments.Count >= limit;
                if (!isRefused) moments.Enqueue(now);
                var reset = moments.TryPeek(out var oldest) ? oldest + LimitRules.Window.Ticks - now : LimitRules.Window.Ticks;
                return new(limit, limit - moments.Count, Math.Max(1, (reset + TimeSpan.TicksPerSecond - 1) / TimeSpan.TicksPerSecond),
                    isRefused);
            }
        }
    }

    /// <summary>What a company used today.</summary>
    private sealed class Budget
    {
        private readonly Lock gate = new();
        private DateOnly day;
        private long used;

        /// <summary>Takes the cost if it is there; otherwise takes nothing.</summary>
        public (long Left, bool IsSpent) Take(DateTimeOffset at, int cost, long limit)
        {
            lock (gate)
            {
                var today = DateOnly.FromDateTime(at.UtcDateTime);
                if (today != day) (day, used) = (today, 0);
                var isSpent = used + cost > limit;
                if (!isSpent) used += cost;
                return (Math.Max(0, limit - used), isSpent);
            }
        }
    }

    private sealed record Standing(Taken Burst, long DailyLimit, long DailyLeft, long Midnight, bool IsBurst, bool IsSpent)
    {
        public void Tell(HttpContext http)
        {
            var headers = http.Response.Headers;
            headers["x-ratelimit-limit"] = Text(Burst.Limit);
            headers["x-ratelimit-remaining"] = Text(Burst.Left);
            headers["x-ratelimit-reset"] = Text(Burst.ResetSeconds);
            headers["x-daily-ratelimit-token-limit"] = Text(DailyLimit);
            headers["x-daily-ratelimit-token-remaining"] = Text(DailyLeft);
            // The header of the scheme before tokens; kept for clients that read it.
            if (HttpMethods.IsPost(http.Request.Method) || HttpMethods.IsPut(http.Request.Method))
            {
                headers["x-daily-requests-left"] = Text(DailyLeft);
            }
            if (IsBurst || IsSpent) headers.RetryAfter = Text(IsBurst ? Burst.ResetSeconds : Midnight);
        }

        private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
    }
}
