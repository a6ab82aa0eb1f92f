using Tributary.Core.Contacts;
using Tributary.Core.Storage;

namespace Tributary.Core.Deals;

/// <summary>What finds one deal, alone or with whom it names, and what reads the row.</summary>
internal sealed record OneDeal<T>(string ById, string ByUid, ReadRow<T> Read)
{
    /// <param name="select">Up to the WHERE, the deals being d.</param>
    /// <param name="read">What reads the row.</param>
    public static OneDeal<T> Of(string select, ReadRow<T> read)
    {
        var all = $"{select} WHERE d.workspace_id = @Workspace AND";
        return new($"{all} d.id = @id", $"{all} d.uid = @uid", read);
    }
}

internal static class OneDeal
{
    public static OneDeal<Deal> Of(string[] columns) =>
        OneDeal<Deal>.Of($"SELECT {From("d", columns)} FROM deals d", DealMembers.Reader(columns));

    /// <summary>Columns of one of several tables.</summary>
    public static string From(string table, IEnumerable<string> columns) => string.Join(", ", columns.Select(name => $"{table}.{name}"));
}

/// <summary>A contact's name and who sees it; no name where no contact is.</summary>
internal readonly record struct NamedContact(string? Name, long? OwnerId, int VisibleTo);

/// <summary>A row of a deal with its person and its organization, whether or not somebody sees these.</summary>
internal sealed record DealAndNames(Deal Deal, NamedContact Person, NamedContact Organization)
{
    private static readonly string[] Columns = ["name", "owner_id", "visible_to"];

    // CASE, so that PostgreSQL looks a contact up by its key: of a small table it would rather read every row, and row-level security asks
    // of each.
    public static OneDeal<DealAndNames> Of(string[] columns)
    {
        var deal = DealMembers.Reader(columns);
        return OneDeal<DealAndNames>.Of($"""
            SELECT {OneDeal.From("d", columns)}, {OneDeal.From("p", Columns)}, {OneDeal.From("o", Columns)}
            FROM deals d
            LEFT JOIN persons p ON p.workspace_id = @Workspace AND p.id = CASE WHEN d.person_id IS NOT NULL THEN d.person_id END
            LEFT JOIN organizations o ON o.workspace_id = @Workspace AND o.id = CASE WHEN d.org_id IS NOT NULL THEN d.org_id END
            """, (ref row) => new(deal(ref row), Contact(ref row), Contact(ref row)));
    }

    private static NamedContact Contact(ref Row row)
    {
        if (row.TextOrNone() is { } name) return new(name, row.WholeOrNone(), row.Small());
        row.Skip();
        row.Skip();
        return default;
    }
}

/// <summary>
/// A row of a deal with its person and one organization: the person's, or the deal's own where the person has none. Whether or not somebody
/// sees these.
/// </summary>
internal sealed record DealAndCustomer(Deal Deal, ContactCard? Person, ContactCard? Organization)
{
    // CASE, not COALESCE: under row-level security PostgreSQL looks nothing up in an index by a COALESCE.
    public static OneDeal<DealAndCustomer> Of(string[] columns)
    {
        var deal = DealMembers.Reader(columns);
        return OneDeal<DealAndCustomer>.Of($"""
            SELECT {OneDeal.From("d", columns)}, {OneDeal.From("p", ContactCardStore.PersonColumns)},
                   {OneDeal.From("o", ContactCardStore.OrganizationColumns)}
            FROM deals d
            LEFT JOIN persons p ON p.workspace_id = @Workspace AND p.id = CASE WHEN d.person_id IS NOT NULL THEN d.person_id END
            LEFT JOIN organizations o ON o.workspace_id = @Workspace
                AND o.id = CASE WHEN p.org_id IS NULL THEN d.org_id ELSE p.org_id END
            """, (ref row) => new(deal(ref row), ContactCardStore.PersonOrNone(ref row), ContactCardStore.OrganizationOrNone(ref row)));
    }
}
