using Tributary.Core.Kernel;
using Tributary.Core.Storage;

namespace Tributary.Core.Visibility;

/// <summary>
/// Who sees what, asked for many records at once. The rule is that of <see cref="Deals.DealVisibility"/>; a test holds the
/// two together.
/// </summary>
internal static class Sight
{
    /// <summary>The records that the caller sees; the others of a page are not told apart from absent ones.</summary>
    public static async Task<IReadOnlyList<T>> Visible<T>(Tx tx, Caller caller, IReadOnlyList<T> records, Func<T, Anchors> anchors)
    {
        if (SeesAll(caller)) return records;

        var seen = new HashSet<(Anchor, long)>();
        foreach (var kind in records.Select(record => anchors(record).Deciding).OfType<(Anchor Kind, long Id)>().Distinct().GroupBy(anchor => anchor.Kind, anchor => anchor.Id))
        {
            foreach (var id in await Seen(tx, caller, kind.Key, [.. kind])) seen.Add((kind.Key, id));
        }
        return [.. records.Where(record => anchors(record).Deciding is not { } anchor || seen.Contains(anchor))];
    }

    public static async Task<T?> Visible<T>(Tx tx, Caller caller, T? record, Func<T, Anchors> anchors) where T : class =>
        record is null || (await Visible(tx, caller, [record], anchors)).Count == 0 ? null : record;

    /// <summary>A refusal for each named record that is absent, deleted or hidden: the three read alike.</summary>
    public static async Task<Seq<FieldError>> Missing(Tx tx, Caller caller, params IEnumerable<(string Field, Anchor Kind, Field<long?> Id)> named)
    {
        var asked = named.Where(link => link.Id is { IsSet: true, Value: not null }).Select(link => (link.Field, link.Kind, Id: link.Id.Value!.Value)).ToList();
        var errors = new List<FieldError>();
        foreach (var kind in asked.GroupBy(link => link.Kind))
        {
            var live = (await Live(tx, caller, kind.Key, [.. kind.Select(link => link.Id).Distinct()])).ToHashSet();
            errors.AddRange(kind.Where(link => !live.Contains(link.Id)).Select(link => new FieldError(link.Field, $"No {link.Kind.Noun} with id {link.Id}.")));
        }
        return [.. errors];
    }

    /// <summary>A predicate over a table of hanging records; its parameters are those of <see cref="Parameters"/>.</summary>
    public static string Predicate(SqlFlavor sql, Caller caller, params IReadOnlyList<Anchor> kinds)
    {
        if (SeesAll(caller)) return "TRUE";
        var cases = kinds.Select(kind => $"WHEN {kind.Column} IS NOT NULL THEN {kind.Column} IN (SELECT s.id FROM {kind.Table} s WHERE s.workspace_id = @Workspace AND {Guard(sql, caller, kind)})");
        return $"CASE {string.Join(" ", cases)} ELSE TRUE END";
    }

    /// <summary>Ids are never 0, so 0 stands for "none" and matches nothing.</summary>
    public static object Parameters(Tx tx, Caller caller) => new
    {
        tx.Workspace,
        me = caller.UserId ?? 0,
        myGroup = caller.GroupId ?? 0,
        above = tx.Sql.List(caller.GroupsAbove),
        myApp = caller.AppId ?? 0,
    };

    /// <summary>Whether a record of the kind, called s in the statement, is for the caller.</summary>
    public static string Guard(SqlFlavor sql, Caller caller, Anchor kind)
    {
        var app = caller.AppId is null || kind != Anchor.Deal ? "TRUE" : "(s.app_id IS NULL OR s.app_id = @myApp)";
        if (caller.IsAdmin) return app;

        var follows = kind == Anchor.Deal ? "OR EXISTS (SELECT 1 FROM deal_followers f WHERE f.workspace_id = @Workspace AND f.deal_id = s.id AND f.user_id = @me)" : "";
        return $"""
            {app} AND (s.visible_to = 7 OR s.owner_id = @me
                OR (s.visible_to IN (3, 5) AND s.owner_id IN (SELECT u.id FROM users u WHERE u.workspace_id = @Workspace AND u.group_id = @myGroup))
                OR (s.visible_to = 5 AND s.owner_id IN (SELECT u.id FROM users u WHERE u.workspace_id = @Workspace AND {sql.In("u.group_id", "above")}))
                {follows})
            """;
    }

    private static bool SeesAll(Caller caller) => caller is { IsAdmin: true, AppId: null };

    private static Task<IReadOnlyList<long>> Seen(Tx tx, Caller caller, Anchor kind, IReadOnlyCollection<long> ids) => tx.Many<long>($"""
        SELECT s.id
        FROM {kind.Table} s
        WHERE s.workspace_id = @Workspace AND {tx.Sql.In("s.id", "ids")} AND {Guard(tx.Sql, caller, kind)}
        """, With(tx, caller, ids));

    private static Task<IReadOnlyList<long>> Live(Tx tx, Caller caller, Anchor kind, IReadOnlyCollection<long> ids) => tx.Many<long>($"""
        SELECT s.id
        FROM {kind.Table} s
        WHERE s.workspace_id = @Workspace AND {tx.Sql.In("s.id", "ids")} AND s.deleted_at IS NULL AND {Guard(tx.Sql, caller, kind)}
        """, With(tx, caller, ids));

    private static Dapper.DynamicParameters With(Tx tx, Caller caller, IReadOnlyCollection<long> ids)
    {
        var parameters = new Dapper.DynamicParameters(Parameters(tx, caller));
        parameters.Add("ids", tx.Sql.List(ids));
        return parameters;
    }
}
