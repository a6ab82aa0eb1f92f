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

    public void Note(Caller caller, Operation route)
    {
        var today = Today();
        var key = (caller.Workspace, caller.Credential);
        var day = days.TryGetValue(key, out var found) && found.Date == today ? found : Begin(key, today);
        var use = day.Operations.GetOrAdd(route.AliasOf ?? route.Id, static _ => new());
        Interlocked.Increment(ref use.Requests);
        Interlocked.Add(ref use.Cost, route.Cost);
    }

    /// <summary>Dearest first.</summary>
    public IReadOnlyList<OperationUse> Of(long workspace, (string Kind, long Id) credential) =>
        days.TryGetValue((workspace, credential), out var day) && day.Date == Today()
            ? [.. day.Operations.Select(one => new OperationUse(one.Key, Interlocked.Read(ref one.Value.Requests), Interlocked.Read(ref one.Value.Cost))).OrderByDescending(one => one.Cost).ThenBy(one => one.Operation, StringComparer.Ordinal)]
            : [];

    public DateOnly Today() => DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime);

    private Day Begin((long, (string, long)) key, DateOnly today) => days.AddOrUpdate(key, static (_, today) => new(today), static (_, old, today) => old.Date == today ? old : new(today), today);

    private sealed record Day(DateOnly Date)
    {
        public ConcurrentDictionary<string, Use> Operations { get; } = new(StringComparer.Ordinal);
    }

    private sealed class Use
    {
        public long Requests;
        public long Cost;
    }
}
