using Tributary.Core.Catalog;
using Tributary.Core.Deals;
using Tributary.Core.Kernel;
using Tributary.Core.Storage;

namespace Tributary.Core.Followers;

/// <summary>
/// Which of some records the caller sees: those whose owner and visibility let them, and those they follow. Lists ask the same in SQL.
/// </summary>
internal static class FollowerSight
{
    public static async Task<IReadOnlyList<T>> Visible<T>(Tx tx, Caller caller, string subject, IReadOnlyList<T> records,
        Func<T, (long Id, long? OwnerId, int VisibleTo)> guard)
    {
        if (caller.IsAdmin) return records;
        var catalog = await tx.Catalog();
        HashSet<long>? others = null;
        foreach (var record in records)
        {
            var (id, ownerId, visibleTo) = guard(record);
            if (!DealVisibility.SeesByOwner(caller, ownerId, visibleTo, catalog)) (others ??= []).Add(id);
        }
        if (others is null) return records;
        if (caller.UserId is { } user) others.ExceptWith(await FollowerStore.Followed(tx, subject, others, user));
        return [.. records.Where(record => !others.Contains(guard(record).Id))];
    }

    /// <summary>The same of one record.</summary>
    public static async ValueTask<bool> Sees(Tx tx, Caller caller, string subject, long id, long? ownerId, int visibleTo)
    {
        if (caller.IsAdmin || DealVisibility.SeesByOwner(caller, ownerId, visibleTo, await tx.Catalog())) return true;
        return caller.UserId is { } user && (await FollowerStore.Followed(tx, subject, [id], user)).Count > 0;
    }
}
