using System.Collections.Frozen;
using Tributary.Core.Activities;
using Tributary.Core.Catalog;
using Tributary.Core.Contacts;
using Tributary.Core.Kernel;
using Tributary.Core.Log;
using Tributary.Core.Notes;
using Tributary.Core.Products;
using Tributary.Core.Storage;

namespace Tributary.Core.Deals;

/// <summary>What can be read together with deals.</summary>
[Flags]
public enum DealParts
{
    None = 0,

    /// <summary>Person and organization.</summary>
    Names = 1,
    Contacts = 2,
    Followers = 4,
    Products = 8,
    Activities = 16,
    Notes = 32,

    /// <summary>Every change of where it stood.</summary>
    Moves = 64,

    /// <summary>How long it was in which stage.</summary>
    Stays = 128,

    /// <summary>Instead of whole persons, what lists show of them.</summary>
    PersonCards = 256,

    /// <summary>Instead of whole persons and organizations, what lists show of them.</summary>
    Cards = 512 | PersonCards,

    /// <summary>Instead of whole persons and organizations, their uids.</summary>
    Uids = 1024,
}

/// <summary>What hangs on some deals, by deal; parts that were not asked for are empty.</summary>
public sealed record DealRelated
{
    /// <summary>How many activities, and how many notes, are read of each deal: the newest.</summary>
    public const int Newest = 20;

    public static readonly DealRelated None = new();

    public IReadOnlyDictionary<long, Person> Persons { get; init; } = FrozenDictionary<long, Person>.Empty;
    public IReadOnlyDictionary<long, Organization> Organizations { get; init; } = FrozenDictionary<long, Organization>.Empty;
    public ContactsOfDeals Cards { get; init; } = ContactsOfDeals.None;
    public UidsOfDeals Uids { get; init; } = UidsOfDeals.None;
    public ILookup<long, DealContact> Contacts { get; init; } = Empty<DealContact>();
    public ILookup<long, DealFollower> Followers { get; init; } = Empty<DealFollower>();
    public ILookup<long, DealProduct> Products { get; init; } = Empty<DealProduct>();
    public ILookup<long, Activity> Activities { get; init; } = Empty<Activity>();
    public ILookup<long, Note> Notes { get; init; } = Empty<Note>();

    /// <summary>Every move, closing and reopening, oldest first.</summary>
    public ILookup<long, DealMove> Moves { get; init; } = Empty<DealMove>();

    /// <summary>The stages a deal has been in, oldest first.</summary>
    public ILookup<long, StageStay> Stays { get; init; } = Empty<StageStay>();

    /// <summary>By deal; what is not there takes no room.</summary>
    internal static ILookup<long, T> By<T>(IReadOnlyCollection<T> rows, Func<T, long> deal) =>
        rows.Count == 0 ? Empty<T>() : rows.ToLookup(deal);

    private static ILookup<long, T> Empty<T>() => Nothing<T>.Lookup;

    private static class Nothing<T>
    {
        public static readonly ILookup<long, T> Lookup = Array.Empty<T>().ToLookup(_ => 0L);
    }
}

public sealed partial class DealService
{
    /// <summary>
    /// What hangs on deals, in a fixed number of statements however many deals there are. Deals that the caller does not see
    /// have nothing; neither have kinds of records that the credential may not read.
    /// </summary>
    public async Task<DealRelated> Related(Caller caller, IReadOnlyCollection<long> ids, DealParts parts, CancellationToken ct)
    {
        caller.MustRead("deals");
        if (ids.Count == 0 || parts is DealParts.None) return DealRelated.None;
        await using var tx = await db.Read(caller.Workspace, ct);
        return await Related(tx, caller, ids, parts);
    }

    /// <summary>The same for deals that have just been read for this caller.</summary>
    public async Task<DealRelated> Related(Caller caller, IReadOnlyList<Deal> deals, DealParts parts, CancellationToken ct)
    {
        caller.MustRead("deals");
        if (deals.Count == 0 || parts is DealParts.None) return DealRelated.None;
        await using var tx = await db.Read(caller.Workspace, ct);
        return await Related(tx, caller, deals, parts);
    }

    internal static async Task<DealRelated> Related(Tx tx, Caller caller, IReadOnlyCollection<long> ids, DealParts parts) =>
        await Related(tx, caller, await VisibleOnes(tx, caller, ids), parts);

    private static async Task<DealRelated> Related(Tx tx, Caller caller, IReadOnlyList<Deal> deals, DealParts parts)
    {
        var seen = deals.Select(deal => deal.Id).ToArray();
        if (seen.Length == 0) return DealRelated.None;

        var (contacts, moves) = await tx.Both<DealContact, LogEvent>(
            Wants(DealParts.Contacts) ? DealPeopleStore.ContactsOf(tx, seen) : null,
            Wants(DealParts.Moves) || Wants(DealParts.Stays) ? EventStore.MovesOf(tx, seen) : null);
        (contacts, moves) = (PrimaryFirst(deals, contacts), EventStore.InOrder(moves));
        var others = contacts.Select(contact => contact.PersonId);
        var (persons, organizations) = Wants(DealParts.Names)
            || contacts.Count > 0 && !Wants(DealParts.PersonCards) && !Wants(DealParts.Uids)
            ? await Whole(tx, caller, Wants(DealParts.Names) ? deals : [], others) : ([], []);
        var past = DealRelated.By(moves, line => line.SubjectId);
        var catalog = await tx.Catalog();
        return new()
        {
            Persons = persons.ToDictionary(person => person.Id),
            Organizations = organizations.ToDictionary(organization => organization.Id),
            Cards = Wants(DealParts.PersonCards) ? await ContactService.OfDeals(tx, caller, deals, others, Wants(DealParts.Cards))
                : ContactsOfDeals.None,
            Uids = Wants(DealParts.Uids) ? await ContactService.UidsOfDeals(tx, caller, deals, others) : UidsOfDeals.None,
            Contacts = DealRelated.By(contacts, contact => contact.DealId),
            Followers = DealRelated.By(Wants(DealParts.Followers) ? await DealPeopleStore.Followers(tx, seen) : [],
                follower => follower.DealId),
            Products = DealRelated.By(Wants(DealParts.Products) ? await DealProductStore.OfDeals(tx, seen) : [], line => line.DealId),
            Activities = DealRelated.By(Wants(DealParts.Activities) && caller.MayRead("activities")
                ? await ActivityStore.NewestOfDeals(tx, seen, DealRelated.Newest) : [], activity => activity.DealId!.Value),
            Moves = DealRelated.By<DealMove>(Wants(DealParts.Moves) ? [.. deals.SelectMany(deal => DealPast.Moves(past[deal.Id]))] : [],
                move => move.DealId),
            Stays = DealRelated.By<StageStay>(Wants(DealParts.Stays)
                ? [.. deals.SelectMany(deal => Stays(deal, past[deal.Id], catalog, tx.Now))] : [], stay => stay.DealId),
            Notes = DealRelated.By(Wants(DealParts.Notes) && caller.MayRead("notes")
                ? await NoteStore.NewestOfDeals(tx, seen, DealRelated.Newest) : [], note => note.DealId!.Value),
        };

        bool Wants(DealParts part) => (parts & part) == part;
    }

    /// <summary>Whom deals name, with all that is kept of them, and the organizations of those persons.</summary>
    private static async Task<(IReadOnlyList<Person> Persons, IReadOnlyList<Organization> Organizations)> Whole(Tx tx, Caller caller,
        IReadOnlyList<Deal> deals, IEnumerable<long> others)
    {
        var named = deals.Select(deal => deal.PersonId).OfType<long>().Concat(others).Distinct().ToList();
        var persons = named.Count == 0 ? [] : await PersonService.Visible(tx, caller, await PersonStore.FindMany(tx, named));
        var wanted = deals.Select(deal => deal.OrgId).Concat(persons.Select(person => person.OrgId)).OfType<long>().Distinct().ToList();
        return (persons, wanted.Count == 0
            ? [] : await OrganizationService.Visible(tx, caller, await OrganizationStore.FindMany(tx, wanted)));
    }
}
