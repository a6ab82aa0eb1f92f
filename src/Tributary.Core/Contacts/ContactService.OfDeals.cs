using Tributary.Core.Catalog;
using Tributary.Core.Deals;
using Tributary.Core.Followers;
using Tributary.Core.Kernel;
using Tributary.Core.Storage;

namespace Tributary.Core.Contacts;

/// <summary>The persons and organizations that some deals name, and the organizations of those persons, by id.</summary>
public sealed record ContactsOfDeals(IReadOnlyDictionary<long, ContactCard> Persons, IReadOnlyDictionary<long, ContactCard> Organizations)
{
    public static readonly ContactsOfDeals None = new(new Dictionary<long, ContactCard>(), new Dictionary<long, ContactCard>());
}

/// <summary>The uids of persons and organizations that some deals name, by id.</summary>
public sealed record UidsOfDeals(IReadOnlyDictionary<long, Guid> Persons, IReadOnlyDictionary<long, Guid> Organizations)
{
    public static readonly UidsOfDeals None = new(new Dictionary<long, Guid>(), new Dictionary<long, Guid>());

    public Guid? Person(long? id) => Uid(Persons, id);

    public Guid? Organization(long? id) => Uid(Organizations, id);

    private static Guid? Uid(IReadOnlyDictionary<long, Guid> uids, long? id) =>
        id is { } known && uids.TryGetValue(known, out var uid) ? uid : null;
}

public sealed partial class ContactService
{
    /// <summary>
    /// Whom deals name, in two statements however many deals there are. Deleted contacts are included, since the deals
    /// still name them; those that the caller does not see are left out.
    /// </summary>
    public async Task<ContactsOfDeals> OfDeals(Caller caller, IReadOnlyCollection<Deal> deals, CancellationToken ct)
    {
        MustReadNames(caller, "persons");
        await using var tx = await db.Read(caller.Workspace, ct);
        return await OfDeals(tx, caller, deals, []);
    }

    /// <summary>The same for who shows their uids and nothing else; persons' organizations are not among them.</summary>
    public async Task<UidsOfDeals> UidsOfDeals(Caller caller, IReadOnlyCollection<Deal> deals, CancellationToken ct)
    {
        MustReadNames(caller, "persons");
        await using var tx = await db.Read(caller.Workspace, ct);
        return await UidsOfDeals(tx, caller, deals, []);
    }

    /// <param name="others">Persons beside those of the deals.</param>
    internal static async Task<UidsOfDeals> UidsOfDeals(Tx tx, Caller caller, IReadOnlyCollection<Deal> deals, IEnumerable<long> others)
    {
        var (persons, organizations) = (new HashSet<long>(others), new HashSet<long>());
        foreach (var deal in deals)
        {
            if (deal.PersonId is { } person) persons.Add(person);
            if (deal.OrgId is { } organization) organizations.Add(organization);
        }
        var found = await ContactCardStore.Uids(tx, persons, organizations);
        return new(await Visible("person", found.Persons), await Visible("organization", found.Organizations));

        async Task<IReadOnlyDictionary<long, Guid>> Visible(string kind, IReadOnlyList<ContactUid> uids) =>
            (await FollowerSight.Visible(tx, caller, kind, uids, uid => (uid.Id, uid.OwnerId, uid.VisibleTo)))
            .ToDictionary(uid => uid.Id, uid => uid.Uid);
    }

    /// <param name="tx">Where it is read.</param>
    /// <param name="caller">Who asks.</param>
    /// <param name="deals">That name them.</param>
    /// <param name="others">Persons beside those of the deals.</param>
    /// <param name="withOrganizations">False leaves the organizations unread.</param>
    internal static async Task<ContactsOfDeals> OfDeals(Tx tx, Caller caller, IReadOnlyCollection<Deal> deals, IEnumerable<long> others,
        bool withOrganizations = true)
    {
        var wanted = new HashSet<long>(others);
        foreach (var deal in deals) Add(deal.PersonId);
        var persons = await Visible("person", await ContactCardStore.Persons(tx, wanted));
        if (!withOrganizations) return new(persons.ToDictionary(person => person.Id), ContactsOfDeals.None.Organizations);
        wanted.Clear();
        foreach (var deal in deals) Add(deal.OrgId);
        foreach (var person in persons) Add(person.OrgId);
        var organizations = await Visible("organization", await ContactCardStore.Organizations(tx, wanted));
        return new(persons.ToDictionary(person => person.Id), organizations.ToDictionary(organization => organization.Id));

        void Add(long? id)
        {
            if (id is { } known) wanted.Add(known);
        }

        Task<IReadOnlyList<ContactCard>> Visible(string kind, IReadOnlyList<ContactCard> cards) =>
            FollowerSight.Visible(tx, caller, kind, cards, card => (card.Id, card.OwnerId, card.VisibleTo));
    }
}
