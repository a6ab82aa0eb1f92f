using System.Collections.Frozen;
using Tributary.Core.Catalog;
using Tributary.Core.Contacts;
using Tributary.Core.Deals;
using Tributary.Server.Api.Activities;
using Tributary.Server.Api.Contacts;
using Tributary.Server.Api.Notes;
using Tributary.Server.Api.Pipelines;
using Tributary.Server.Api.Users;
using Tributary.Server.Hosting;

namespace Tributary.Server.Api.Deals;

/// <summary>A deal and what its spelling needs beside it.</summary>
internal sealed record DealView(Deal Deal, WorkspaceCatalog Catalog)
{
    /// <summary>What the caller asked to see with it, and the records of it.</summary>
    public IReadOnlySet<string> Include { get; init; } = FrozenSet<string>.Empty;
    public DealRelated Related { get; init; } = DealRelated.None;

    public PersonView? Person => Deal.PersonId is { } id && Related.Persons.TryGetValue(id, out var person) ? new(person, Catalog) : null;

    public View<Organization>? Organization => Deal.OrgId is { } id && Related.Organizations.TryGetValue(id, out var organization)
        ? new(organization, Catalog) : null;

    public IEnumerable<DealContactView> Contacts =>
        Related.Contacts[Deal.Id].Select(contact => new DealContactView(contact, Deal.PersonId == contact.PersonId,
            Related.Persons.GetValueOrDefault(contact.PersonId)));

    public PipelineView? Pipeline => Catalog.Pipeline(Deal.PipelineId) is { } pipeline ? new(pipeline, null) : null;

    public bool Includes(string name) => Include.Contains(name);

    public decimal Probability => Catalog.ProbabilityOf(Deal.Probability, Deal.StageId);

    public decimal? WeightedValue => Deal.Value is { } value ? decimal.Round(value * Probability / 100, 4, MidpointRounding.ToEven) : null;
}

/// <summary>How our own API spells a deal.</summary>
internal static class DealWire
{
    public static readonly string[] Statuses = ["open", "won", "lost"];
    public static readonly string[] Priorities = ["low", "medium", "high", "urgent"];

    private static readonly Wire<DealLinks> Links =
        new Wire<DealLinks>("DealLinks", "References to records of other systems, kept as given.")
        .Texts("quotes", l => l.Quotes)
        .Texts("proposals", l => l.Proposals)
        .Texts("tasks", l => l.Tasks)
        .Texts("attachments", l => l.Attachments);

    private static readonly Wire<DealFacts> Facts = new Wire<DealFacts>("DealFacts", "Counts and dates of what hangs on a deal.")
        .Whole("products", f => f.Products)
        .Whole("files", f => f.Files)
        .Whole("notes", f => f.Notes)
        .Whole("followers", f => f.Followers)
        .Whole("participants", f => f.Participants)
        .Whole("activities", f => f.Activities)
        .Whole("done_activities", f => f.DoneActivities)
        .Whole("mail_messages", f => f.MailMessages)
        .Whole("next_activity_id", f => f.NextActivityId)
        .Day("next_activity_on", f => f.NextActivityOn)
        .Text("next_activity_time", f => f.NextActivityTime, "HH:mm, none for all day.")
        .Whole("last_activity_id", f => f.LastActivityId)
        .Day("last_activity_on", f => f.LastActivityOn)
        .Instant("last_incoming_mail_at", f => f.LastIncomingMailAt, TimeStyle.IsoMilliseconds)
        .Instant("last_outgoing_mail_at", f => f.LastOutgoingMailAt, TimeStyle.IsoMilliseconds)
        .Instant("touched_at", f => f.TouchedAt, TimeStyle.IsoMilliseconds,
            "The last change of the deal or of anything on it; rotting counts from here.");

    public static readonly Wire<DealView> Deal = new Wire<DealView>("Deal", "A sale.")
        .Whole("id", d => d.Deal.Id)
        .Uid("uid", d => d.Deal.Uid)
        .Text("number", d => d.Deal.Number, "DEAL-<year>-<number>, unique in the workspace.", nullable: false)
        .Text("title", d => d.Deal.Title, nullable: false)
        .Number("value", d => d.Deal.Value, "Exact to four decimals; null is not zero.")
        .Text("currency", d => d.Deal.Currency, "ISO 4217.", nullable: false)
        .Number("weighted_value", d => d.WeightedValue, "Value × effective probability.")
        .Whole("pipeline_id", d => d.Deal.PipelineId)
        .Whole("stage_id", d => d.Deal.StageId)
        .Word("status", d => Words.Status(d.Deal.Status), Statuses)
        .Number("probability", d => d.Deal.Probability, "Percent; null means as the stage says.")
        .Number("effective_probability", d => d.Probability, "Percent: the deal's own, else its stage's.")
        .Word("priority", d => Words.Priority(d.Deal.Priority), Priorities)
        .Number("position", d => d.Deal.Position, "Order within the stage.")
        .Whole("owner_id", d => d.Deal.OwnerId)
        .Whole("assignee_id", d => d.Deal.AssigneeId)
        .Whole("creator_id", d => d.Deal.CreatorId)
        .Whole("person_id", d => d.Deal.PersonId)
        .Whole("org_id", d => d.Deal.OrgId)
        .Day("expected_close", d => d.Deal.ExpectedClose)
        .Instant("next_followup_at", d => d.Deal.NextFollowupAt, TimeStyle.IsoMilliseconds)
        .Instant("won_at", d => d.Deal.WonAt, TimeStyle.IsoMilliseconds)
        .Instant("lost_at", d => d.Deal.LostAt, TimeStyle.IsoMilliseconds)
        .Instant("closed_at", d => d.Deal.ClosedAt, TimeStyle.IsoMilliseconds)
        .Instant("first_won_at", d => d.Deal.FirstWonAt, TimeStyle.IsoMilliseconds)
        .Instant("stage_changed_at", d => d.Deal.StageChangedAt, TimeStyle.IsoMilliseconds)
        .Text("won_reason", d => d.Deal.WonReason)
        .Text("lost_reason", d => d.Deal.LostReason)
        .Text("loss_category", d => d.Deal.LossCategory)
        .Text("closure_notes", d => d.Deal.ClosureNotes)
        .Texts("competitors", d => d.Deal.Competitors)
        .Text("source", d => d.Deal.Source)
        .Text("deal_type", d => d.Deal.DealType)
        .Text("forecast_category", d => d.Deal.ForecastCategory)
        .Text("description", d => d.Deal.Description)
        .Wholes("label_ids", d => d.Deal.LabelIds)
        .Texts("tags", d => d.Catalog.TagNames(d.Deal.TagIds))
        .Wholes("tag_ids", d => d.Deal.TagIds)
        .Whole("visible_to", d => d.Deal.VisibleTo,
            "1 owner and followers, 3 the owner's group, 5 that group and those below it, 7 everyone.")
        .Custom("deal", d => d.Catalog, d => d.Deal.Custom)
        .Text("rfp_id", d => d.Deal.RfpId)
        .Object("links", d => d.Deal.Links, Links)
        .Text("origin", d => d.Deal.Origin, nullable: false)
        .Text("origin_id", d => d.Deal.OriginId)
        .Whole("channel", d => d.Deal.Channel)
        .Text("channel_id", d => d.Deal.ChannelId)
        .Uid("source_lead_uid", d => d.Deal.SourceLeadId)
        .Text("provenance", d => d.Deal.Provenance, "Through what it was first written.", nullable: false)
        .Text("source_type", d => d.Deal.SourceType, "frontend, backend, server, system or api.", nullable: false)
        .Whole("app_id", d => d.Deal.AppId, "The app that made it; other apps do not see it.")
        .Number("mrr", d => d.Deal.Mrr, "Monthly recurring revenue, null without products.")
        .Number("arr", d => d.Deal.Arr)
        .Number("acv", d => d.Deal.Acv)
        .Object("facts", d => d.Deal.Facts, Facts)
        .Instant("added_at", d => d.Deal.AddedAt, TimeStyle.IsoMilliseconds)
        .Instant("updated_at", d => d.Deal.UpdatedAt, TimeStyle.IsoMilliseconds)
        .Whole("updated_by", d => d.Deal.UpdatedBy)
        .Instant("archived_at", d => d.Deal.ArchivedAt, TimeStyle.IsoMilliseconds)
        .Instant("deleted_at", d => d.Deal.DeletedAt, TimeStyle.IsoMilliseconds)
        .Whole("deleted_by", d => d.Deal.DeletedBy)
        .Whole("schema_version", d => d.Deal.SchemaVersion)
        .Whole("version", d => d.Deal.Version, "Also the ETag.")
        .Object("person", d => d.Person, PersonWire.Person, "With include=person.", d => d.Includes("person"))
        .Object("organization", d => d.Organization, OrganizationWire.Organization, "With include=organization.",
            d => d.Includes("organization"))
        .Objects("contacts", d => d.Contacts, DealPeopleWire.Contact, "With include=contacts.", d => d.Includes("contacts"))
        .Objects("followers", d => d.Related.Followers[d.Deal.Id], DealPeopleWire.Follower, "With include=followers.",
            d => d.Includes("followers"))
        .Objects("products", d => d.Related.Products[d.Deal.Id], SaleWire.Line, "With include=products.", d => d.Includes("products"))
        .Objects("activities", d => d.Related.Activities[d.Deal.Id], ActivityWire.Activity, "With include=activities: the newest 20.",
            d => d.Includes("activities"))
        .Objects("notes", d => d.Related.Notes[d.Deal.Id], NoteWire.Note, "With include=notes: the newest 20.", d => d.Includes("notes"))
        .Object("stage", d => d.Catalog.Stage(d.Deal.StageId), PipelineWire.Stage, "With include=stage.", d => d.Includes("stage"))
        .Object("pipeline", d => d.Pipeline, PipelineWire.Pipeline, "With include=pipeline.", d => d.Includes("pipeline"))
        .Object("owner", d => d.Catalog.User(d.Deal.OwnerId), UserWire.User, "With include=owner.", d => d.Includes("owner"));
}
