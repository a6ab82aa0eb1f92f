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
        var day = days.TryGetValue(key, out var found) && found.Date == today ? found : days.AddOrUpdate(key, _ => new(today), (_, old) => old.Date == today ? old : new(today));
        day.Operations.AddOrUpdate(route.AliasOf ?? route.Id, _ => new(1, route.Cost), (_, old) => new(old.Requests + 1, old.Cost + route.Cost));
    }

    /// <summary>Dearest first.</summary>
    public IReadOnlyList<OperationUse> Of(long workspace, (string Kind, long Id) credential) =>
        days.TryGetValue((workspace, credential), out var day) && day.Date == Today()
            ? [.. day.Operations.Select(one => new OperationUse(one.Key, one.Value.Requests, one.Value.Cost)).OrderByDescending(one => one.Cost).ThenBy(one => one.Operation, StringComparer.Ordinal)]
            : [];

    public DateOnly Today() => DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime);

    private sealed record Day(DateOnly Date)
    {
        public ConcurrentDictionary<string, (long Requests, long Cost)> Operations { get; } = new(StringComparer.Ordinal);
    }
}
