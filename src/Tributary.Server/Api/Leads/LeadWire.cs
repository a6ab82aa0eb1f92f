using Tributary.Core.Leads;
using Tributary.Server.Hosting;

namespace Tributary.Server.Api.Leads;

/// <summary>How our own API spells a lead and the conversions between leads and deals.</summary>
internal static class LeadWire
{
    public static readonly Wire<View<Lead>> Lead = new Wire<View<Lead>>("Lead", "Interest that is not a deal yet.")
        .Whole("id", l => l.Record.Id)
        .Uid("uid", l => l.Record.Uid)
        .Text("title", l => l.Record.Title, nullable: false)
        .Number("value", l => l.Record.Value, "Exact to four decimals; null is not zero.")
        .Text("currency", l => l.Record.Currency, "ISO 4217.", nullable: false)
        .Whole("owner_id", l => l.Record.OwnerId)
        .Whole("creator_id", l => l.Record.CreatorId)
        .Whole("person_id", l => l.Record.PersonId)
        .Whole("org_id", l => l.Record.OrgId)
        .Day("expected_close", l => l.Record.ExpectedClose)
        .Wholes("label_ids", l => l.Record.LabelIds)
        .Whole("visible_to", l => l.Record.VisibleTo, "1 the owner, 3 the owner's group, 5 that group and those below it, 7 everyone.")
        .Flag("was_seen", l => l.Record.WasSeen)
        .Text("origin", l => l.Record.Origin, nullable: false)
        .Text("origin_id", l => l.Record.OriginId)
        .Whole("channel", l => l.Record.Channel)
        .Text("channel_id", l => l.Record.ChannelId)
        .Whole("source_deal_id", l => l.Record.SourceDealId, "The deal it was made from.")
        .Custom("deal", l => l.Catalog, l => l.Record.Custom, "Values of the custom fields of deals, by slug.")
        .Instant("added_at", l => l.Record.AddedAt, TimeStyle.IsoMilliseconds)
        .Instant("updated_at", l => l.Record.UpdatedAt, TimeStyle.IsoMilliseconds)
        .Whole("updated_by", l => l.Record.UpdatedBy)
        .Instant("archived_at", l => l.Record.ArchivedAt, TimeStyle.IsoMilliseconds)
        .Instant("deleted_at", l => l.Record.DeletedAt, TimeStyle.IsoMilliseconds)
        .Whole("deleted_by", l => l.Record.DeletedBy)
        .Whole("version", l => l.Record.Version, "Also the ETag.");

    public static readonly Wire<Conversion> Conversion =
        new Wire<Conversion>("LeadDealConversion", "How a conversion between lead and deal stands; it is done in the background.")
        .Uid("uid", c => c.Uid)
        .Word("state", c => Words.Spell(Words.States, c.State), Words.Spellings(Words.States))
        .Whole("lead_id", c => c.LeadId, "The lead that came of it.")
        .Uid("lead_uid", c => c.LeadUid)
        .Whole("deal_id", c => c.DealId, "The deal that came of it.")
        .Text("error", c => c.Error, "Why it failed or was rejected.");
}
