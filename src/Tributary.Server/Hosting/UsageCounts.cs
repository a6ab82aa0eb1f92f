using System.Collections.Concurrent;
using Tributary.Core.Kernel;

namespace Tributary.Server.Hosting;

/// <summary>What one credential did with one operation today.</summary>
internal sealed record OperationUse(string Operation, long Requests, long Cost);

/// <summary>
/// Which credential called what how often today, and what that cost by the dialect's prices. In memory: each server counts
/// its own, from its start or from midnight UTC.
/// </summary>
internal sealed class UsageCounts(TimeProvider clock)
{
    private readonly ConcurrentDictionary<(long Workspace, (string, long) Credential), Day> days = new();

    private void Note(Caller caller, Operation route)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        var today = DateOnly.FromDateTime(now);
        var key = (caller.Workspace, caller.Credential);
        var day = days.TryGetValue(key, out var found) && found.Date == today ? found : Begin(key, today);
        var use = day.Operations.GetOrAdd(route.AliasOf ?? route.Id, static _ => new());
        Interlocked.Increment(ref use.Requests);
        Interlocked.Add(ref use.Cost, route.Cost);
        Interlocked.Add(ref day.Hours[now.Hour], route.Cost);
    }

    private long CostToday(Caller caller) => Hours(caller.Workspace, caller.Credential).Sum();

    /// <summary>Refuses what would cost a key more than its budget of the day has left; counts it otherwise.</summary>
    public void Take(HttpContext http, Caller caller, Operation route)
    {
        if (caller.DailyBudget is { } budget && CostToday(caller) + route.Cost > budget)
        {
            var now = clock.GetUtcNow().UtcDateTime;
            http.Items[typeof(UsageCounts)] = (long)Math.Ceiling((now.Date.AddDays(1) - now).TotalSeconds);
            throw new ProblemException(new(ProblemCode.TooMany,
                $"This key's budget of {budget} a day is used up. It is filled again at midnight UTC.", []));
        }
        Note(caller, route);
    }

    /// <summary>With such a refusal: when to come again.</summary>
    public static void Describe(HttpContext http)
    {
        if (http.Items.TryGetValue(typeof(UsageCounts), out var seconds)) http.Response.Headers.RetryAfter = ((long)seconds!)
            .ToString(System.Globalization.CultureInfo.InvariantCulture);
    }

    /// <summary>What the hours of today cost, from midnight UTC on.</summary>
    public IReadOnlyList<long> Hours(long workspace, (string Kind, long Id) credential) =>
        days.TryGetValue((workspace, credential), out var day) && day.Date == Today()
        ? [.. day.Hours.Select((_, hour) => Interlocked.Read(ref day.Hours[hour]))] : new long[24];

    /// <summary>Dearest first.</summary>
    public IReadOnlyList<OperationUse> Of(long workspace, (string Kind, long Id) credential) =>
        days.TryGetValue((workspace, credential), out var day) && day.Date == Today()
            ? [.. day.Operations.Select(one => new OperationUse(one.Key, Interlocked.Read(ref one.Value.Requests),
                Interlocked.Read(ref one.Value.Cost))).OrderByDescending(one => one.Cost)
                    .ThenBy(one => one.Operation, StringComparer.Ordinal)]
            : [];

    public DateOnly Today() => DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime);

    private Day Begin((long, (string, long)) key, DateOnly today) =>
        days.AddOrUpdate(key, static (_, today) => new(today), static (_, old, today) => old.Date == today ? old : new(today), today);

    private sealed record Day(DateOnly Date)
    {
        public ConcurrentDictionary<string, Use> Operations { get; } = new(StringComparer.Ordinal);
        public long[] Hours { get; } = new long[24];
    }

    private sealed class Use
    {
        public long Requests;
        public long Cost;
    }
}
