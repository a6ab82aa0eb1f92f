using Tributary.Core.Catalog;
using Tributary.Core.Kernel;
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
        var order = query.NewestFirst ? "DESC" : "ASC";
        return await tx.Many<long>($"""
            {string.Join(" UNION ALL ", Parts(tx, caller, query, "id"))}
            ORDER BY id {order}
            LIMIT @limit OFFSET @offset
            """, await Parameters(tx, caller, query));
    }

    public static async Task<long> Count(Tx tx, Caller caller, ContactQuery query) =>
        (await tx.Many<long>(string.Join(" UNION ALL ", Parts(tx, caller, query, "COUNT(*)")), await Parameters(tx, caller, query with { After = null }))).Sum();

    private static IEnumerable<string> Parts(Tx tx, Caller caller, ContactQuery query, string what)
    {
        if (query.Kind is null or ContactKind.Person) yield return Part(tx, caller, query, what, "person", "persons");
        if (query.Kind is null or ContactKind.Organization) yield return Part(tx, caller, query, what, "organization", "organizations");
    }

    private static string Part(Tx tx, Caller caller, ContactQuery query, string what, string subject, string table)
    {
        var found = Term(query) is not { } term ? "" : $"""
            AND id IN (SELECT subject_id FROM search_docs
                       WHERE workspace_id = @Workspace AND subject = '{subject}' AND field IN ('name', 'email', 'phone')
                         AND {tx.Sql.Finds(term, "term")})
            """;
        return $"""
            SELECT {what}
            FROM {table}
            WHERE workspace_id = @Workspace AND deleted_at IS NULL AND id {(query.NewestFirst ? "<" : ">")} @after AND {Visibility.Predicate(caller, tx.Sql)} {found}
            """;
    }

    private static async Task<object> Parameters(Tx tx, Caller caller, ContactQuery query)
    {
        var (me, group, above) = Visibility.Owners(caller, await tx.Catalog());
        return new
        {
            tx.Workspace,
            me,
            group = tx.Sql.List(group),
            above = tx.Sql.List(above),
            term = tx.Sql.SearchTerm(Term(query) ?? ""),
            after = query.After ?? (query.NewestFirst ? long.MaxValue : 0),
            limit = query.Limit,
            offset = query.Offset,
        };
    }

    private static string? Term(ContactQuery query) => Folding.Fold(query.Search ?? "") is { Length: > 0 } term ? term : null;
}
