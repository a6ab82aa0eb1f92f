using Tributary.Core.Kernel;
using Tributary.Core.Storage;

namespace Tributary.Core.Contacts;

/// <summary>The SQL of organizations. Each method is one statement; rules and transactions live elsewhere.</summary>
internal static class OrganizationStore
{
    private static readonly string[] Names =
    [
        "id", "uid", "name", "name_folded", "owner_id", "visible_to", "email", "phone", "website", "linkedin", "industry",
        "annual_revenue_units", "employee_count", "tax_number", "address", "notes", "label_ids", "tag_ids", "custom", "added_at",
        "added_by", "updated_at", "updated_by", "deleted_at", "deleted_by", "version",
    ];

    private static readonly RowTexts Texts = new("organizations", Names, ["address", "label_ids", "tag_ids", "custom"]);

    /// <summary>What every query that fills a <see cref="Organization"/> selects.</summary>
    public static readonly string Columns = string.Join(", ", Names.Where(name => !name.EndsWith("_folded", StringComparison.Ordinal)));

    private static readonly string ById = $"""
        SELECT {Columns}
        FROM organizations
        WHERE workspace_id = @Workspace AND id = @id
        """;

    public static Task<Organization?> Find(Tx tx, long id) =>
        tx.One<Organization?>(ById, ContactRows.Organization, ("Workspace", tx.Workspace), ("id", id));

    public static Task<Organization?> Find(Tx tx, Guid uid) => tx.One<Organization>($"""
        SELECT {Columns}
        FROM organizations
        WHERE workspace_id = @Workspace AND uid = @uid
        """, new { tx.Workspace, uid });

    public static Task<Organization?> FindForUpdate(Tx tx, long id) => tx.One<Organization>($"""
        SELECT {Columns}
        FROM organizations
        WHERE workspace_id = @Workspace AND id = @id
        {tx.Sql.ForUpdate}
        """, new { tx.Workspace, id });

    /// <summary>One is looked up by its key; a list costs SQLite a table made of JSON.</summary>
    public static Task<IReadOnlyList<Organization>> FindMany(Tx tx, IReadOnlyCollection<long> ids) => ids.Count == 1
        ? tx.Many<Organization>(ById, ContactRows.Organization, ("Workspace", tx.Workspace), ("id", ids.First()))
        : tx.Many<Organization>($"""
        SELECT {Columns}
        FROM organizations
        WHERE workspace_id = @Workspace AND {tx.Sql.In("id", "ids")}
        ORDER BY id
        """, ContactRows.Organization, ("Workspace", tx.Workspace), ("ids", tx.Sql.List(ids)));

    public static Task Insert(Tx tx, Organization organization) => tx.Put(Texts.Insert(tx.Sql), Values(tx, organization));

    /// <summary>Refuses as stale when someone else was faster.</summary>
    public static async Task Update(Tx tx, Organization organization)
    {
        if (await tx.Run(Texts.Update(tx.Sql), Values(tx, organization)) == 0) throw Problem.Stale("organization", organization.Id);
    }

    // Member names are column names, so that the texts above can be built from one list.
    private static object Values(Tx tx, Organization organization) => new
    {
        workspace_id = tx.Workspace,
        id = organization.Id,
        uid = organization.Uid,
        name = organization.Name,
        name_folded = Folding.Fold(organization.Name),
        owner_id = organization.OwnerId,
        visible_to = organization.VisibleTo,
        email = organization.Email,
        phone = organization.Phone,
        website = organization.Website,
        linkedin = organization.Linkedin,
        industry = organization.Industry,
        annual_revenue_units = organization.AnnualRevenueUnits,
        employee_count = organization.EmployeeCount,
        tax_number = organization.TaxNumber,
        address = organization.Address,
        notes = organization.Notes,
        label_ids = organization.LabelIds,
        tag_ids = organization.TagIds,
        custom = organization.Custom,
        added_at = organization.AddedAt,
        added_by = organization.AddedBy,
        updated_at = organization.UpdatedAt,
        updated_by = organization.UpdatedBy,
        deleted_at = organization.DeletedAt,
        deleted_by = organization.DeletedBy,
        version = organization.Version,
    };
}
