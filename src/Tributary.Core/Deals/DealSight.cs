using Dapper;
using Tributary.Core.Catalog;
using Tributary.Core.Kernel;
using Tributary.Core.Storage;

namespace Tributary.Core.Deals;

/// <summary>
/// <see cref="DealVisibility"/> as SQL, over any table with owner_id and visible_to, for statements that are not made by Lists. The
/// owners whose deals a caller sees are looked up in the catalog, so that the text stays the same for everybody.
/// </summary>
internal static class DealSight
{
    /// <summary>What owner and visibility alone let the caller see. Adds its parameters; TRUE for admins.</summary>
    public static string ByOwner(Tx tx, Caller caller, WorkspaceCatalog catalog, DynamicParameters parameters)
    {
        if (caller.IsAdmin) return "TRUE";
        parameters.Add("me", caller.UserId ?? -1);
        parameters.Add("peers", tx.Sql.List(OwnersIn(catalog, caller.GroupId is { } group ? [group] : [])));
        parameters.Add("above", tx.Sql.List(OwnersIn(catalog, caller.GroupsAbove)));
        return $"(visible_to = 7 OR owner_id = @me OR visible_to IN (3, 5) AND {tx.Sql.In("owner_id", "peers")} OR visible_to = 5 AND {tx.Sql.In("owner_id", "above")})";
    }

    private static long[] OwnersIn(WorkspaceCatalog catalog, IReadOnlyCollection<long> groups) =>
        [.. catalog.Users.Where(user => user.GroupId is { } group && groups.Contains(group)).Select(user => user.Id)];
}
