using Tributary.Core.Catalog;
using Tributary.Core.Contacts;
using Tributary.Core.Keys;
using Tributary.Core.Kernel;
using Tributary.Core.Log;
using Tributary.Core.Storage;

namespace Tributary.Core.Deals;

// Who follows a deal and who takes part in it. Each change is one line of the deal's log; the deal's version stays.
public sealed partial class DealService
{
    /// <summary>The parts a person may play (AutomateNexus' list, which holds the others').</summary>
    public static readonly Seq<string> Roles = ["decision_maker", "influencer", "champion", "blocker", "end_user", "other"];

    /// <summary>Who follows a deal that the caller sees, since when.</summary>
    public async Task<IReadOnlyList<DealFollower>> Followers(Caller caller, long dealId, CancellationToken ct)
    {
        caller.MustRead("deals");
        await using var tx = await db.Read(caller.Workspace, ct);
        await Live(tx, caller, dealId);
        return await DealPeopleStore.Followers(tx, [dealId]);
    }

    /// <summary>The followers of many deals in one statement; deals that the caller does not see have none.</summary>
    public async Task<ILookup<long, DealFollower>> Followers(Caller caller, IReadOnlyCollection<long> dealIds, CancellationToken ct)
    {
        caller.MustRead("deals");
        await using var tx = await db.Read(caller.Workspace, ct);
        var visible = (await VisibleOnes(tx, caller, dealIds)).Select(deal => deal.Id).ToList();
        return (await DealPeopleStore.Followers(tx, visible)).ToLookup(follower => follower.DealId);
    }

    /// <summary>Following twice is following once.</summary>
    public async Task<DealFollower> Follow(Caller caller, long dealId, long userId, CancellationToken ct)
    {
        caller.MustWrite("deals");
        await using var tx = await db.Write(caller.Workspace, ct);
        await Changeable(tx, caller, dealId);
        await Follow(tx, caller, dealId, userId);
        var follower = await DealPeopleStore.Follower(tx, dealId, userId);
        await tx.Commit();
        return follower!;
    }

    /// <summary>The same inside a unit of work that does more. False when the user followed already.</summary>
    internal static async Task<bool> Follow(Tx tx, Caller caller, long dealId, long userId)
    {
        if ((await tx.Catalog()).User(userId) is not { IsActive: true })
        {
            throw Problem.Invalid("user_id", $"No active user with id {userId}.");
        }
        var changes = (await DealPeopleStore.AddFollower(tx, caller, dealId, userId)).ToList();
        await Record(tx, caller, dealId, changes);
        return changes.Count > 0;
    }

    public async Task Unfollow(Caller caller, long dealId, long userId, CancellationToken ct)
    {
        caller.MustWrite("deals");
        await using var tx = await db.Write(caller.Workspace, ct);
        await Changeable(tx, caller, dealId);
        var changes = (await DealPeopleStore.RemoveFollower(tx, dealId, userId)).ToList();
        if (changes.Count == 0) throw Problem.NotFound("follower", userId);
        await Record(tx, caller, dealId, changes);
        await tx.Commit();
    }

    /// <summary>Everyone on the buying side, the deal's own person first.</summary>
    public async Task<IReadOnlyList<DealContact>> Contacts(Caller caller, long dealId, CancellationToken ct)
    {
        caller.MustRead("deals");
        await using var tx = await db.Read(caller.Workspace, ct);
        return PrimaryFirst([await Live(tx, caller, dealId)], await tx.Many(DealPeopleStore.ContactsOf(tx, [dealId])));
    }

    /// <summary>The contacts of many deals in one statement; deals that the caller does not see have none.</summary>
    public async Task<ILookup<long, DealContact>> Contacts(Caller caller, IReadOnlyCollection<long> dealIds, CancellationToken ct)
    {
        caller.MustRead("deals");
        await using var tx = await db.Read(caller.Workspace, ct);
        var visible = await VisibleOnes(tx, caller, dealIds);
        var contacts = await tx.Many(DealPeopleStore.ContactsOf(tx, [.. visible.Select(deal => deal.Id)]));
        return PrimaryFirst(visible, contacts).ToLookup(contact => contact.DealId);
    }

    /// <summary>
    /// Takes a person into the deal. Someone who is there already keeps their place and gets the role, when one is named.
    /// </summary>
    public async Task<DealContact> AddContact(Caller caller, long dealId, long personId, string? role, CancellationToken ct)
    {
        caller.MustWrite("deals");
        MustBeRole(role);
        await using var tx = await db.Write(caller.Workspace, ct);
        await Changeable(tx, caller, dealId);
        if (!await PersonService.IsThere(tx, caller, personId)) throw Problem.Invalid("person_id", $"No person with id {personId}.");

        var changes = await DealPeopleStore.AddContact(tx, caller, dealId, personId, role);
        var contact = await ContactOf(tx, dealId, personId);
        if (role is not null && contact.Role != role)
        {
            (changes, contact) = (await DealPeopleStore.SetRole(tx, contact, role), contact with { Role = role });
        }
        await Record(tx, caller, dealId, changes);
        await tx.Commit();
        return contact;
    }

    /// <summary>Gives a person of the deal another part to play; none takes it away.</summary>
    public async Task<DealContact> SetRole(Caller caller, long dealId, long personId, string? role, CancellationToken ct)
    {
        caller.MustWrite("deals");
        MustBeRole(role);
        await using var tx = await db.Write(caller.Workspace, ct);
        await Changeable(tx, caller, dealId);
        var contact = await ContactOf(tx, dealId, personId);
        await Record(tx, caller, dealId, await DealPeopleStore.SetRole(tx, contact, role));
        await tx.Commit();
        return contact with { Role = role };
    }

    public Task<DealContact> RemoveContact(Caller caller, long dealId, long personId, CancellationToken ct) =>
        Remove(caller, dealId, contact => contact.PersonId == personId, personId, ct);

    /// <summary>The same by the id of the contact's row, which is what Pipedrive calls a participant id.</summary>
    public Task<DealContact> RemoveContactRow(Caller caller, long dealId, long contactId, CancellationToken ct) =>
        Remove(caller, dealId, contact => contact.Id == contactId, contactId, ct);

    /// <summary>The users who see the deal, by id (Pipedrive's "permitted users").</summary>
    public async Task<IReadOnlyList<long>> PermittedUsers(Caller caller, long dealId, CancellationToken ct)
    {
        caller.MustRead("deals");
        await using var tx = await db.Read(caller.Workspace, ct);
        var deal = await Live(tx, caller, dealId);
        var followers = (await DealPeopleStore.Followers(tx, [dealId])).Select(follower => follower.UserId).ToHashSet();
        var catalog = await tx.Catalog();

        var permitted = new List<long>();
        foreach (var user in catalog.Users)
        {
            if (CallerRules.Of(catalog, user.Id, caller.Dialect, caller.Scopes) is not { } other) continue;
            if (await DealVisibility.Sees(other, deal, catalog, () => Task.FromResult(followers.Contains(user.Id)))) permitted.Add(user.Id);
        }
        return permitted;
    }

    private async Task<DealContact> Remove(Caller caller, long dealId, Func<DealContact, bool> which, long named, CancellationToken ct)
    {
        caller.MustWrite("deals");
        await using var tx = await db.Write(caller.Workspace, ct);
        var deal = await Changeable(tx, caller, dealId);
        var contact = (await DealPeopleStore.Contacts(tx, [dealId])).FirstOrDefault(which) ?? throw Problem.NotFound("participant", named);

        // The deal's own person is one of its contacts, so who leaves the contacts is no longer the deal's person either.
        var removed = await DealPeopleStore.RemoveContact(tx, dealId, contact.PersonId);
        if (deal.PersonId == contact.PersonId)
        {
            await DealSaving.Change(tx, caller, deal, DealRules.WithoutPerson(deal, caller, tx.Now), more: removed);
        }
        else await Record(tx, caller, dealId, removed);
        await tx.Commit();
        return contact;
    }

    private static async Task Record(Tx tx, Caller caller, long dealId, IEnumerable<Change> changes)
    {
        if (!changes.Any()) return;
        await EventStore.Append(tx, caller, DealHistory.People(dealId, changes));
        await DealSaving.Touch(tx, dealId);
    }

    /// <summary>For reading what hangs on a deal: visible and not deleted; archived ones too.</summary>
    private static async Task<Deal> Live(Tx tx, Caller caller, long id) =>
        await Visible(tx, caller, await DealStore.Find(tx, id)) is { IsDeleted: false } deal ? deal : throw Problem.NotFound("deal", id);

    private static async Task<DealContact> ContactOf(Tx tx, long dealId, long personId) =>
        (await DealPeopleStore.Contacts(tx, [dealId]))
        .FirstOrDefault(contact => contact.PersonId == personId) ?? throw Problem.NotFound("participant", personId);

    /// <summary>Each deal's primary contact before its others, which come as they were taken in.</summary>
    private static IReadOnlyList<DealContact> PrimaryFirst(IReadOnlyList<Deal> deals, IReadOnlyList<DealContact> contacts)
    {
        if (contacts.Count < 2) return contacts;
        var primary = deals.ToDictionary(deal => deal.Id, deal => deal.PersonId);
        return [.. contacts.OrderBy(contact => primary[contact.DealId] == contact.PersonId ? 0 : 1).ThenBy(contact => contact.Id)];
    }

    private static void MustBeRole(string? role)
    {
        if (role is not null && !Roles.Contains(role))
        {
            throw Problem.Invalid("role", $"role is one of {string.Join(", ", Roles)}, or none.");
        }
    }
}
