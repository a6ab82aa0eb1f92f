using Tributary.Core.Kernel;
using Tributary.Core.Storage;

namespace Tributary.Core.Contacts;

/// <summary>
/// A person or an organization as far as lists of deals show whom they name. A whole contact has thirty columns, six of them JSON;
/// a list of a hundred deals reads a hundred of these instead.
/// </summary>
public sealed record ContactCard
{
    public required long Id { get; init; }
    public required Guid Uid { get; init; }
    public required string Name { get; init; }

    /// <summary>A person's organization.</summary>
    public long? OrgId { get; init; }
    public long? OwnerId { get; init; }
    public required int VisibleTo { get; init; }
    public bool IsDeleted { get; init; }

    /// <summary>The primary address; read out of all of a person's only when it is asked for.</summary>
    public string? Email => addresses is null or "[]" ? address : ContactPoints.Primary(addresses);

    private readonly string? address;
    private readonly string? addresses;

    internal string? OwnAddress { init => address = value; }
    internal string Addresses { init => addresses = value; }
}

/// <summary>A contact where nothing is shown of it but its uid.</summary>
internal sealed record ContactUid(long Id, Guid Uid, long? OwnerId, int VisibleTo);

/// <summary>The SQL of cards. Each method is one statement.</summary>
internal static class ContactCardStore
{
    /// <summary>What a person's card is read of.</summary>
    public static readonly string[] PersonColumns = ["id", "uid", "name", "org_id", "owner_id", "visible_to", "emails", "deleted_at"];

    /// <summary>What an organization's card is read of.</summary>
    public static readonly string[] OrganizationColumns = ["id", "uid", "name", "owner_id", "visible_to", "email", "deleted_at"];

    private static readonly string OfPersons = $"""
        SELECT {string.Join(", ", PersonColumns)}
        FROM persons
        WHERE workspace_id = @Workspace AND
        """;

    private static readonly string OfOrganizations = $"""
        SELECT {string.Join(", ", OrganizationColumns)}
        FROM organizations
        WHERE workspace_id = @Workspace AND
        """;

    private static readonly string OnePerson = $"{OfPersons} id = @id";
    private static readonly string OneOrganization = $"{OfOrganizations} id = @id";

    private const string UidsOfPersons = """
        SELECT id, uid, owner_id, visible_to
        FROM persons
        WHERE workspace_id = @Workspace AND
        """;

    private const string UidsOfOrganizations = """
        SELECT id, uid, owner_id, visible_to
        FROM organizations
        WHERE workspace_id = @Workspace AND
        """;

    public static Task<IReadOnlyList<ContactCard>> Persons(Tx tx, IReadOnlyCollection<long> ids) =>
        Many(tx, OfPersons, OnePerson, Person, ids);

    public static Task<IReadOnlyList<ContactCard>> Organizations(Tx tx, IReadOnlyCollection<long> ids) =>
        Many(tx, OfOrganizations, OneOrganization, Organization, ids);

    public static Task<(IReadOnlyList<ContactUid> Persons, IReadOnlyList<ContactUid> Organizations)> Uids(Tx tx,
        IReadOnlyCollection<long> persons, IReadOnlyCollection<long> organizations) =>
        tx.Both(Asked(tx, UidsOfPersons, $"{UidsOfPersons} id = @id", Uid, persons),
            Asked(tx, UidsOfOrganizations, $"{UidsOfOrganizations} id = @id", Uid, organizations));

    /// <summary>Those that are not deleted.</summary>
    public static Task<IReadOnlyList<ContactUid>> PersonsThere(Tx tx, IReadOnlyCollection<long> ids) =>
        Many(tx, $"{UidsOfPersons} deleted_at IS NULL AND", $"{UidsOfPersons} deleted_at IS NULL AND id = @id", Uid, ids);

    public static Task<IReadOnlyList<ContactUid>> OrganizationsThere(Tx tx, IReadOnlyCollection<long> ids) =>
        Many(tx, $"{UidsOfOrganizations} deleted_at IS NULL AND", $"{UidsOfOrganizations} deleted_at IS NULL AND id = @id", Uid, ids);

    /// <summary>The person whose columns come next in the row, or none where these are empty.</summary>
    public static ContactCard? PersonOrNone(ref Row row) => IsThere(ref row, PersonColumns) ? Person(ref row) : null;

    /// <summary>The same of an organization.</summary>
    public static ContactCard? OrganizationOrNone(ref Row row) => IsThere(ref row, OrganizationColumns) ? Organization(ref row) : null;

    private static bool IsThere(ref Row row, string[] columns)
    {
        if (!row.IsNone()) return true;
        for (var i = 1; i < columns.Length; i++) row.Skip();
        return false;
    }

    private static async Task<IReadOnlyList<T>> Many<T>(Tx tx, string select, string one, ReadRow<T> read, IReadOnlyCollection<long> ids) =>
        Asked(tx, select, one, read, ids) is { } question ? await tx.Many(question) : [];

    /// <summary>One is looked up by its key; a list costs SQLite a table made of JSON.</summary>
    private static Question<T>? Asked<T>(Tx tx, string select, string one, ReadRow<T> read, IReadOnlyCollection<long> ids)
    {
        (string, object?) workspace = ("Workspace", tx.Workspace);
        return ids.Count switch
        {
            0 => null,
            1 => new(one, new[] { workspace, ("id", ids.First()) }, read),
            _ => new($"{select} {tx.Sql.In("id", "ids")}", new[] { workspace, ("ids", tx.Sql.List(ids)) }, read),
        };
    }

    private static ContactUid Uid(ref Row row) => new(row.Whole(), row.Uid(), row.WholeOrNone(), row.Small());

    private static ContactCard Person(ref Row row) => new()
    {
        Id = row.Whole(),
        Uid = row.Uid(),
        Name = row.Text(),
        OrgId = row.WholeOrNone(),
        OwnerId = row.WholeOrNone(),
        VisibleTo = row.Small(),
        Addresses = row.Text(),
        IsDeleted = row.InstantOrNone() is not null,
    };

    private static ContactCard Organization(ref Row row) => new()
    {
        Id = row.Whole(),
        Uid = row.Uid(),
        Name = row.Text(),
        OwnerId = row.WholeOrNone(),
        VisibleTo = row.Small(),
        OwnAddress = row.TextOrNone(),
        IsDeleted = row.InstantOrNone() is not null,
    };
}
