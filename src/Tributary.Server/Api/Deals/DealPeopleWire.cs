using Tributary.Core.Contacts;
using Tributary.Core.Deals;
using Tributary.Server.Hosting;

namespace Tributary.Server.Api.Deals;

/// <summary>A contact of a deal, and the person behind it where the caller sees them.</summary>
internal sealed record DealContactView(DealContact Contact, bool IsPrimary, Person? Person);

/// <summary>How our own API spells who takes part in a deal and who follows it.</summary>
internal static class DealPeopleWire
{
    public static readonly Wire<DealContactView> Contact =
        new Wire<DealContactView>("DealContact", "A person on the buying side of a deal.")
        .Whole("id", c => c.Contact.Id)
        .Whole("person_id", c => c.Contact.PersonId)
        .Text("role", c => c.Contact.Role, string.Join(", ", DealService.Roles))
        .Flag("primary", c => c.IsPrimary, "The deal's own person.")
        .Text("name", c => c.Person?.Name)
        .Text("email", c => c.Person?.Email)
        .Text("phone", c => c.Person?.Phone)
        .Whole("org_id", c => c.Person?.OrgId)
        .Instant("added_at", c => c.Contact.AddedAt, TimeStyle.IsoMilliseconds)
        .Whole("added_by", c => c.Contact.AddedBy);

    public static readonly Wire<DealFollower> Follower = new Wire<DealFollower>("DealFollower", "A user who wants to hear of a deal.")
        .Whole("user_id", f => f.UserId)
        .Instant("added_at", f => f.AddedAt, TimeStyle.IsoMilliseconds)
        .Whole("added_by", f => f.AddedBy);
}
