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
        if (caller.IsAdmin || deal.VisibleTo == 7 || deal.OwnerId is { } user && user == caller.UserId) return true;
        if (deal.VisibleTo is 3 or 5 && catalog.User(deal.OwnerId)?.GroupId is { } group)
        {
            if (group == caller.GroupId) return true;
            if (deal.VisibleTo == 5 && caller.GroupsAbove.Contains(group)) return true;
        }
        return caller.UserId is not null && await follows();
    }
}
