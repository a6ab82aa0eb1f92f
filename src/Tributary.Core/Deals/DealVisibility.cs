using Tributary.Core.Catalog;
using Tributary.Core.Kernel;

namespace Tributary.Core.Deals;

/// <summary>Who sees a deal. Pure; the same rule as a SQL predicate is in Lists, and a test holds the two together.</summary>
internal static class DealVisibility
{
    /// <param name="follows">Whether the caller follows the deal; only asked when nothing else lets them see it.</param>
    public static async ValueTask<bool> Sees(Caller caller, Deal deal, WorkspaceCatalog catalog, Func<Task<bool>> follows)
    {
        if (caller.AppId is { } app && deal.AppId is { } owner && app != owner) return false;
        if (SeesByOwner(caller, deal.OwnerId, deal.VisibleTo, catalog)) return true;
        return caller.UserId is not null && await follows();
    }

    /// <summary>What the owner and the visibility alone let the caller see; followed deals come on top.</summary>
    public static bool SeesByOwner(Caller caller, long? ownerId, int visibleTo, WorkspaceCatalog catalog)
    {
        if (caller.IsAdmin || visibleTo == 7 || ownerId is { } user && user == caller.UserId) return true;
        if (visibleTo is not (3 or 5) || catalog.User(ownerId)?.GroupId is not { } group) return false;
        return group == caller.GroupId || visibleTo == 5 && caller.GroupsAbove.Contains(group);
    }
}
