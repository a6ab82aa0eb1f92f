using Tributary.Core.Kernel;
using Tributary.Core.Storage;

namespace Tributary.Core.Contacts;

/// <summary>The SQL of persons. Each method is one statement; rules and transactions live elsewhere.</summary>
internal static class PersonStore
{
    private static readonly string[] Names =
    [
        "id", "uid", "name", "name_folded", "first_name", "last_name", "org_id", "owner_id", "visible_to", "emails", "phones", "im",
        "email_folded", "address", "birthday", "job_title", "notes", "status", "source", "tax_number", "marketing_status",
        "engagement_score", "decision_role", "label_ids", "tag_ids", "custom", "added_at", "added_by", "updated_at", "updated_by",
        "deleted_at", "deleted_by", "version",
    ];

    private static readonly RowTexts Texts = new("persons", Names, ["emails", "phones", "im", "address", "label_ids", "tag_ids", "custom"]);

    /// <summary>What every query that fills a <see cref="Person"/> selects.</summary>
    public static readonly string Columns = string.Join(", ", Names.Where(name => !name.EndsWith("_folded", StringComparison.Ordinal)));

    private static readonly string ById = $"""
        SELECT {Columns}
        FROM persons
        WHERE workspace_id = @Workspace AND id = @id
        """;

    public static Task<Person?> Find(Tx tx, long id) => tx.One<Person?>(ById, ContactRows.Person, ("Workspace", tx.Workspace), ("id", id));

    public static Task<Person?> Find(Tx tx, Guid uid) => tx.One<Person>($"""
        SELECT {Columns}
        FROM persons
        WHERE workspace_id = @Workspace AND uid = @uid
        """, new { tx.Workspace, uid });

    public static Task<Person?> FindForUpdate(Tx tx, long id) => tx.One<Person>($"""
        SELECT {Columns}
        FROM persons
        WHERE workspace_id = @Workspace AND id = @id
        {tx.Sql.ForUpdate}
        """, new { tx.Workspace, id });

    /// <summary>One is looked up by its key; a list costs SQLite a table made of JSON.</summary>
    public static Task<IReadOnlyList<Person>> FindMany(Tx tx, IReadOnlyCollection<long> ids) => ids.Count == 1
        ? tx.Many<Person>(ById, ContactRows.Person, ("Workspace", tx.Workspace), ("id", ids.First()))
        : tx.Many<Person>($"""
        SELECT {Columns}
        FROM persons
        WHERE workspace_id = @Workspace AND {tx.Sql.In("id", "ids")}
        ORDER BY id
        """, ContactRows.Person, ("Workspace", tx.Workspace), ("ids", tx.Sql.List(ids)));

    /// <summary>Everyone on the buying side of a deal, the deal's own person first.</summary>
    public static Task<IReadOnlyList<Person>> OfDeal(Tx tx, long dealId) => tx.Many<Person>($"""
        SELECT {Columns}
        FROM persons
        WHERE workspace_id = @Workspace AND id IN (SELECT c.person_id FROM deal_contacts c
            WHERE c.workspace_id = @Workspace AND c.deal_id = @dealId)
        ORDER BY CASE WHEN id = (SELECT d.person_id FROM deals d WHERE d.workspace_id = @Workspace AND d.id = @dealId) THEN 0 ELSE 1 END, id
        """, new { tx.Workspace, dealId });

    public static Task Insert(Tx tx, Person person) => tx.Put(Texts.Insert(tx.Sql), Values(tx, person));

    /// <summary>Refuses as stale when someone else was faster.</summary>
    public static async Task Update(Tx tx, Person person)
    {
        if (await tx.Run(Texts.Update(tx.Sql), Values(tx, person)) == 0) throw Problem.Stale("person", person.Id);
    }

    // Member names are column names, so that the texts above can be built from one list.
    private static object Values(Tx tx, Person person) => new
    {
        workspace_id = tx.Workspace,
        id = person.Id,
        uid = person.Uid,
        name = person.Name,
        name_folded = Folding.Fold(person.Name),
        first_name = person.FirstName,
        last_name = person.LastName,
        org_id = person.OrgId,
        owner_id = person.OwnerId,
        visible_to = person.VisibleTo,
        emails = person.Emails,
        phones = person.Phones,
        im = person.Im,
        email_folded = person.Email is { } email ? Folding.Fold(email) : null,
        address = person.Address,
        birthday = person.Birthday,
        job_title = person.JobTitle,
        notes = person.Notes,
        status = person.Status,
        source = person.Source,
        tax_number = person.TaxNumber,
        marketing_status = person.MarketingStatus,
        engagement_score = person.EngagementScore,
        decision_role = person.DecisionRole,
        label_ids = person.LabelIds,
        tag_ids = person.TagIds,
        custom = person.Custom,
        added_at = person.AddedAt,
        added_by = person.AddedBy,
        updated_at = person.UpdatedAt,
        updated_by = person.UpdatedBy,
        deleted_at = person.DeletedAt,
        deleted_by = person.DeletedBy,
        version = person.Version,
    };
}
