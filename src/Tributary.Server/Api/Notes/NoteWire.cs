using Tributary.Core.Notes;
using Tributary.Server.Hosting;

namespace Tributary.Server.Api.Notes;

/// <summary>How our own API spells a note.</summary>
internal static class NoteWire
{
    public static readonly Wire<Note> Note = new Wire<Note>("Note", "Something written down about a deal, lead, person or organization.")
        .Whole("id", n => n.Id)
        .Uid("uid", n => n.Uid)
        .Text("content", n => n.Content, "HTML as it was given; whoever shows it must sanitise it.", nullable: false)
        .Whole("deal_id", n => n.DealId)
        .Whole("lead_id", n => n.LeadId)
        .Whole("person_id", n => n.PersonId)
        .Whole("org_id", n => n.OrgId)
        .Whole("user_id", n => n.UserId, "Its author.")
        .Flag("pinned_to_deal", n => n.PinnedToDeal)
        .Flag("pinned_to_lead", n => n.PinnedToLead)
        .Flag("pinned_to_person", n => n.PinnedToPerson)
        .Flag("pinned_to_org", n => n.PinnedToOrg)
        .Instant("added_at", n => n.AddedAt, TimeStyle.IsoMilliseconds)
        .Instant("updated_at", n => n.UpdatedAt, TimeStyle.IsoMilliseconds)
        .Whole("updated_by", n => n.UpdatedBy)
        .Instant("deleted_at", n => n.DeletedAt, TimeStyle.IsoMilliseconds)
        .Whole("version", n => n.Version, "Also the ETag.");
}
