using Tributary.Core.Catalog;
using Tributary.Core.Kernel;
using Tributary.Core.Storage;

namespace Tributary.Core.Lists;

/// <summary>Who sees which records, as SQL. Admins see everything; an app, besides, only its own records and those of no app.</summary>
internal static class Visibility
{
    public static ListSql AndVisible(this ListSql sql, ListSource source, Caller caller, WorkspaceCatalog catalog, SqlFlavor flavor)
    {
        if (source.HangsOn.Count > 0) return AndAnchored(sql, source, caller, catalog, flavor);
        if (source.HasApp && caller.AppId is { } app) sql.Add($" AND (app_id IS NULL OR app_id = {sql.Parameter(app)})");
        if (!source.IsGuarded || caller.IsAdmin) return sql;

        sql.Add(" AND (").Add(ByOwner(caller, catalog, flavor, sql.Parameters));
        if (source.Followed is { } followed) sql.Add($" OR id IN ({followed})");
        return sql.Add(")");
    }

    /// <summary>
    /// What owner and visibility alone let the caller see, over any table with owner_id and visible_to; TRUE for admins. The
    /// owners of a group are looked up in the catalog, and the parameters (@me, @peers, @above) have one name each, so that
    /// the text is the same for everybody of one standing, however often it stands in a statement.
    /// </summary>
    public static string ByOwner(Caller caller, WorkspaceCatalog catalog, SqlFlavor flavor, SqlValues parameters)
    {
        if (caller.IsAdmin) return "TRUE";
        parameters.Add("me", caller.UserId ?? 0);
        var text = "(visible_to = 7 OR owner_id = @me";
        if (caller.GroupId is { } group) text += $" OR visible_to IN (3, 5) AND {OwnerIn("peers", [group])}";
        if (caller.GroupsAbove.Count > 0) text += $" OR visible_to = 5 AND {OwnerIn("above", [.. caller.GroupsAbove])}";
        return text + ")";

        string OwnerIn(string parameter, HashSet<long> groups)
        {
            parameters.Add(parameter,
                flavor.List(catalog.Users.Where(user => user.GroupId is { } of && groups.Contains(of)).Select(user => user.Id).ToArray()));
            return flavor.In("owner_id", parameter);
        }
    }

    // Asked row by row (EXISTS, not IN): a page of activities must not first gather every deal that the caller sees.
    private static ListSql AndAnchored(ListSql sql, ListSource source, Caller caller, WorkspaceCatalog catalog, SqlFlavor flavor)
    {
        if (caller is { IsAdmin: true, AppId: null }) return sql;

        sql.Add(" AND CASE");
        foreach (var (column, anchor) in source.HangsOn)
        {
            sql.Add($" WHEN {source.Table}.{column} IS NOT NULL THEN EXISTS (SELECT 1 FROM {anchor.Table} WHERE workspace_id = @Workspace AND id = {source.Table}.{column}");
            sql.AndVisible(anchor, caller, catalog, flavor).Add(")");
        }
        return sql.Add(" ELSE TRUE END");
    }
}
