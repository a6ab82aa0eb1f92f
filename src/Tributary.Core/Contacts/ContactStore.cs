using Tributary.Core.Catalog;
using Tributary.Core.Deals;
using Tributary.Core.Kernel;
using Tributary.Core.Lists;
using Tributary.Core.Storage;

namespace Tributary.Core.Contacts;

/// <summary>The SQL of what persons and organizations do as one list: they share a space of ids.</summary>
internal static class ContactStore
{
    /// <summary>"person" or "organization", deleted ones included; none when no contact has the id.</summary>
    public static Task<string?> KindOf(Tx tx, long id) => tx.One<string>("""
        SELECT 'person' FROM persons WHERE workspace_id = @Workspace AND id = @id
        UNION ALL
        SELECT 'organization' FROM organizations WHERE workspace_id = @Workspace AND id = @id
        """, new { tx.Workspace, id });

    /// <summary>The ids of live contacts the caller sees, both kinds merged in order of id.</summary>
    public static async Task<IReadOnlyList<long>> Ids(Tx tx, Caller caller, ContactQuery query)
    {
        // Each kind gives what could be on the page, from its own key, so that no database puts all of both in order first.
        var (parts, parameters) = await Parts(tx, caller, query, "id", $"ORDER BY id {(query.NewestFirst ? "DESC" : "ASC")} LIMIT @reach");
        parameters.Add("reach", query.Offset + query.Limit);
        parameters.Add("limit", query.Limit);
        parameters.Add("offset", query.Offset);
        return await tx.Many<long>($"""
            {parts}
            ORDER BY id {(query.NewestFirst ? "DESC" : "ASC")}
            LIMIT @limit OFFSET @offset
            """, parameters);
    }

    public static async Task<long> Count(Tx tx, Caller caller, ContactQuery query)
    {
        var (parts, parameters) = await Parts(tx, caller, query with { After = null }, "COUNT(*)");
        return (await tx.Many<long>(parts, parameters)).Sum();
    }

    private static async Task<(string Sql, SqlValues Parameters)> Parts(Tx tx, Caller caller, ContactQuery query, string what,
        string cut = "")
    {
        var parameters = new SqlValues();
        parameters.Add("Workspace", tx.Workspace);
        parameters.Add("after", query.After ?? (query.NewestFirst ? long.MaxValue : 0));
        var visible = Visibility.ByOwner(caller, await tx.Catalog(), tx.Sql, parameters);
        var term = Folding.Fold(query.Search ?? "");
        if (term.Length > 0) parameters.Add("term", tx.Sql.SearchTerm(term));

        var parts = new List<string>();
        if (query.Kind is null or ContactKind.Person) parts.Add(Part("person", "persons"));
        if (query.Kind is null or ContactKind.Organization) parts.Add(Part("organization", "organizations"));
        return (string.Join(" UNION ALL ", parts), parameters);

        string Part(string subject, string table) => $"""
            SELECT {what}
            FROM (SELECT id
                  FROM {table}
                  WHERE workspace_id = @Workspace AND deleted_at IS NULL AND id {(query.NewestFirst ? "<" : ">")} @after
                      AND {visible} {Found(subject)}
                  {cut}) found
            """;

        string Found(string subject) => term.Length == 0 ? "" : $"""
            AND id IN (SELECT subject_id FROM search_docs
                       WHERE workspace_id = @Workspace AND subject = '{subject}' AND field IN ('name', 'email', 'phone')
                         AND {tx.Sql.Finds(term, "term")})
            """;
    }
}
