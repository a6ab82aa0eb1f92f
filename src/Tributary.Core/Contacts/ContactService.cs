using Tributary.Core.Catalog;
using Tributary.Core.Kernel;
using Tributary.Core.Lists;
using Tributary.Core.Storage;

namespace Tributary.Core.Contacts;

/// <summary>A person or an organization: one of the two is there.</summary>
public sealed record Contact(Person? Person, Organization? Organization)
{
    public ContactKind Kind => Person is null ? ContactKind.Organization : ContactKind.Person;
    public long Id => Person?.Id ?? Organization!.Id;
    public Guid Uid => Person?.Uid ?? Organization!.Uid;
    public string Name => Person?.Name ?? Organization!.Name;
    public string? Email => Person is null ? Organization!.Email : Person.Email;
    public string? Phone => Person is null ? Organization!.Phone : Person.Phone;
    public bool IsDeleted => Person?.IsDeleted ?? Organization!.IsDeleted;
}

/// <summary>A page of the combined list, in order of id.</summary>
public sealed record ContactQuery
{
    /// <summary>Occurs in a name, e-mail address or phone number.</summary>
    public string? Search { get; init; }
    public ContactKind? Kind { get; init; }
    public bool NewestFirst { get; init; }

    /// <summary>The last id of the page before.</summary>
    public long? After { get; init; }

    /// <summary>For dialects whose contract has page numbers.</summary>
    public long Offset { get; init; }
    public int Limit { get; init; } = 100;
}

/// <summary>The verbs of contacts of either kind, for dialects that keep both in one list.</summary>
public sealed partial class ContactService(Db db)
{
    private const int MaxPage = 1000;

    /// <summary>The contact with an id, deleted ones included; none when there is none that the caller sees.</summary>
    public async Task<Contact?> Find(Caller caller, long id, CancellationToken ct) =>
        (await FindMany(caller, [id], ct)).GetValueOrDefault(id);

    /// <summary>The same by uid.</summary>
    public async Task<Contact?> Find(Caller caller, Guid uid, CancellationToken ct)
    {
        MustReadNames(caller, "persons");
        await using var tx = await db.Read(caller.Workspace, ct);
        if (await PersonService.Visible(tx, caller, await PersonStore.Find(tx, uid)) is { } person) return new(person, null);
        return await OrganizationService.Visible(tx, caller, await OrganizationStore.Find(tx, uid))
            is { } organization ? new(null, organization) : null;
    }

    /// <summary>The contacts of the ids that are there and visible, by id.</summary>
    public async Task<IReadOnlyDictionary<long, Contact>> FindMany(Caller caller, IReadOnlyCollection<long> ids, CancellationToken ct)
    {
        MustReadNames(caller, "persons");
        await using var tx = await db.Read(caller.Workspace, ct);
        return await FindMany(tx, caller, ids);
    }

    /// <summary>The same by uid, in four statements however many there are.</summary>
    public async Task<IReadOnlyDictionary<Guid, Contact>> FindMany(Caller caller, IReadOnlyCollection<Guid> uids, CancellationToken ct)
    {
        MustReadNames(caller, "persons");
        if (uids.Count == 0) return new Dictionary<Guid, Contact>();
        await using var tx = await db.Read(caller.Workspace, ct);
        var query = new ListQuery
        {
            Condition = Condition.Test("uid", Operator.In, [.. uids.Select(uid => (Operand)uid)]),
            Scope = Scope.Any,
            Limit = MaxPage,
        };
        var persons = await ListStore.Ids(tx, caller, ListSources.Persons, query);
        var organizations = await ListStore.Ids(tx, caller, ListSources.Organizations, query);
        return (await FindMany(tx, caller, [.. persons.Items, .. organizations.Items])).Values.ToDictionary(contact => contact.Uid);
    }

    /// <summary>Live persons and organizations as one list.</summary>
    public async Task<IReadOnlyList<Contact>> List(Caller caller, ContactQuery query, CancellationToken ct)
    {
        MustReadBoth(caller);
        if (query.Limit is < 1 or > MaxPage) throw Problem.Invalid("limit", $"limit must be a whole number from 1 to {MaxPage}.");
        if (query.Offset < 0) throw Problem.Invalid("offset", "offset must be 0 or more.");
        await using var tx = await db.Read(caller.Workspace, ct);
        var ids = await ContactStore.Ids(tx, caller, query);
        var contacts = await FindMany(tx, caller, ids);
        return [.. ids.Select(id => contacts[id])];
    }

    /// <summary>How many contacts the query finds on all its pages.</summary>
    public async Task<long> Count(Caller caller, ContactQuery query, CancellationToken ct)
    {
        MustReadBoth(caller);
        await using var tx = await db.Read(caller.Workspace, ct);
        return await ContactStore.Count(tx, caller, query);
    }

    /// <summary>Who reads deals reads the names of whom they are with.</summary>
    internal static void MustReadNames(Caller caller, string noun)
    {
        if (!caller.MayRead("deals")) caller.MustRead(noun);
    }

    private static void MustReadBoth(Caller caller)
    {
        caller.MustRead("persons");
        caller.MustRead("organizations");
    }

    private static async Task<IReadOnlyDictionary<long, Contact>> FindMany(Tx tx, Caller caller, IReadOnlyCollection<long> ids)
    {
        var found = new Dictionary<long, Contact>();
        if (ids.Count == 0) return found;

        foreach (var person in await PersonService.Visible(tx, caller, await PersonStore.FindMany(tx, ids)))
        {
            found[person.Id] = new(person, null);
        }
        foreach (var organization in await OrganizationService.Visible(tx, caller, await OrganizationStore.FindMany(tx, ids)))
        {
            found[organization.Id] = new(null, organization);
        }
        return found;
    }
}
