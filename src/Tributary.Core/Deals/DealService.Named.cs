using Tributary.Core.Contacts;
using Tributary.Core.Followers;
using Tributary.Core.Kernel;
using Tributary.Core.Storage;

namespace Tributary.Core.Deals;

/// <summary>A deal and the names of its person and its organization; none of a contact that the caller does not see.</summary>
public sealed record NamedDeal(Deal Deal, string? Person, string? Organization);

/// <summary>
/// A deal and its customer: its person, and the organization of that person, or the deal's own where there is none. Neither is one that the
/// caller does not see: then the deal's own organization stands there.
/// </summary>
public sealed record DealOfCustomer(Deal Deal, ContactCard? Person, ContactCard? Organization);

/// <summary>One deal and whom it names, in one question. Deleted contacts are included, since the deal still names them.</summary>
public sealed partial class DealService
{
    /// <summary>A deal the caller sees, deleted ones included for as long as they can be restored, and the names of its contacts.</summary>
    public async Task<NamedDeal> GetNamed(Caller caller, long id, DealMembers members, CancellationToken ct)
    {
        caller.MustRead("deals");
        await using var tx = await db.Read(caller.Workspace, ct);
        var found = await DealStore.FindNamed(tx, id, members);
        if (await Visible(tx, caller, found?.Deal) is not { } deal) throw Problem.NotFound("deal", id);
        return new(deal, await Name(tx, caller, "person", deal.PersonId, found!.Person),
            await Name(tx, caller, "organization", deal.OrgId, found.Organization));
    }

    /// <summary>The deal, deleted ones included, and its customer; none when there is no deal that the caller sees.</summary>
    public async Task<DealOfCustomer?> FindOfCustomer(Caller caller, Guid uid, DealMembers members, CancellationToken ct)
    {
        caller.MustRead("deals");
        await using var tx = await db.Read(caller.Workspace, ct);
        var found = await DealStore.FindWithCustomer(tx, uid, members);
        if (await Visible(tx, caller, found?.Deal) is not { } deal) return null;

        var (person, organization) = (found!.Person, found.Organization);
        if (person is not null && !await Sees(tx, caller, "person", person))
        {
            // Whose organization it is, is not told either.
            person = null;
            if (organization?.Id != deal.OrgId)
            {
                organization = deal.OrgId is { } own && await ContactCardStore.Organizations(tx, [own]) is [var card] ? card : null;
            }
        }
        return new(deal, person,
            organization is not null && await Sees(tx, caller, "organization", organization) ? organization : null);
    }

    private static async ValueTask<string?> Name(Tx tx, Caller caller, string kind, long? id, NamedContact contact) =>
        contact.Name is not null && await FollowerSight.Sees(tx, caller, kind, id!.Value, contact.OwnerId, contact.VisibleTo)
            ? contact.Name : null;

    private static ValueTask<bool> Sees(Tx tx, Caller caller, string kind, ContactCard card) =>
        FollowerSight.Sees(tx, caller, kind, card.Id, card.OwnerId, card.VisibleTo);
}
