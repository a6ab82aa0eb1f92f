using Tributary.Core.Catalog;
using Tributary.Core.Deals;
using Tributary.Core.Kernel;
using Tributary.Core.Storage;

namespace Tributary.Core.Followers;

/// <summary>Which of some records the caller sees: those whose owner and visibility let them, and those they follow. Lists ask the same in SQL.</summary>
internal static class FollowerSight
{
    public static async Task<IReadOnlyList<T>> Visible<T>(Tx tx, Caller caller, string subject, IReadOnlyList<T> records, Func<T, (long Id, long? OwnerId, int VisibleTo)> guard)
    {
        var catalog = await tx.Catalog();
        var others = records.Select(guard).Where(one => !DealVisibility.SeesByOwner(caller, one.OwnerId, one.VisibleTo, catalog)).Select(one => one.Id).ToHashSet();
        if (others.Count == 0) return records;
        if (caller.UserId is { } user) others.ExceptWith(await FollowerStore.Followed(tx, subject, others, user));
        return [.. records.Where(record => !others.Contains(guard(record).Id))];
    }
}
