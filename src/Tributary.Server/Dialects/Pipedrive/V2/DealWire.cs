using System.Text.Json.Nodes;
using Tributary.Core.Deals;
using Tributary.Server.Hosting;

namespace Tributary.Server.Dialects.Pipedrive.V2;

/// <summary>A deal and how much of it is asked for.</summary>
internal sealed record DealView(Deal Deal, RecordSelection Asked)
{
    /// <summary>What is shown of a deal unless include_fields names more.</summary>
    public static readonly DealMembers Shown = DealMembers.Of(
        nameof(Deal.Title), nameof(Deal.CreatorId), nameof(Deal.OwnerId), nameof(Deal.Value), nameof(Deal.PersonId), nameof(Deal.OrgId),
        nameof(Deal.StageId), nameof(Deal.PipelineId),
        nameof(Deal.Currency), nameof(Deal.ArchivedAt), nameof(Deal.AddedAt), nameof(Deal.UpdatedAt), nameof(Deal.StageChangedAt),
        nameof(Deal.Status), nameof(Deal.DeletedAt),
        nameof(Deal.Probability), nameof(Deal.LostReason), nameof(Deal.VisibleTo), nameof(Deal.ClosedAt), nameof(Deal.WonAt),
        nameof(Deal.LostAt), nameof(Deal.ExpectedClose),
        nameof(Deal.LabelIds), nameof(Deal.Origin), nameof(Deal.OriginId), nameof(Deal.Channel), nameof(Deal.ChannelId), nameof(Deal.Acv),
        nameof(Deal.Arr), nameof(Deal.Mrr),
        nameof(Deal.Custom));

    /// <summary>Just made: the answer to POST has no update_time yet (recorded from the live API).</summary>
    public bool IsNew { get; init; }

    public DealFacts Facts => Deal.Facts;

    public bool Shows(string extra) => Asked.Extras.Contains(extra);
}

/// <summary>The deal of v2, reference §6.1.</summary>
internal static class DealWire
{
    public static readonly Wire<(long Id, string? Name)> Label = new Wire<(long Id, string? Name)>("DealLabel")
        .Whole("id", l => l.Id)
        .Text("label", l => l.Name);

    public static readonly Wire<DealView> Deal = new Wire<DealView>("Deal")
        .Whole("id", d => d.Deal.Id)
        .Text("title", d => d.Deal.Title, nullable: false)
        .Whole("creator_user_id", d => d.Deal.CreatorId)
        .Whole("owner_id", d => d.Deal.OwnerId)
        .Number("value", d => d.Deal.Value ?? 0)
        .Whole("person_id", d => d.Deal.PersonId)
        .Whole("org_id", d => d.Deal.OrgId)
        .Whole("stage_id", d => d.Deal.StageId)
        .Whole("pipeline_id", d => d.Deal.PipelineId)
        .Text("currency", d => d.Deal.Currency, nullable: false)
        .Instant("archive_time", d => d.Deal.ArchivedAt, Spell.V2Time)
        .Instant("add_time", d => d.Deal.AddedAt, Spell.V2Time)
        .Instant("update_time", d => d.IsNew ? null : d.Deal.UpdatedAt, Spell.V2Time)
        .Instant("stage_change_time", d => d.Deal.StageChangedAt, Spell.V2Time, "null until the first move.")
        .Word("status", d => Spell.Status(d.Deal), ["open", "won", "lost", "deleted"])
        .Flag("is_archived", d => d.Deal.IsArchived)
        .Flag("is_deleted", d => d.Deal.IsDeleted)
        .Number("probability", d => d.Deal.Probability)
        .Text("lost_reason", d => d.Deal.LostReason)
        .Whole("visible_to", d => d.Deal.VisibleTo)
        .Instant("close_time", d => d.Deal.ClosedAt, Spell.V2Time)
        .Instant("won_time", d => d.Deal.WonAt, Spell.V2Time)
        .Instant("lost_time", d => d.Deal.LostAt, Spell.V2Time)
        .Day("local_won_date", d => Spell.LocalDay(d.Deal.WonAt, d.Asked.Catalog), "The day in the company's time zone.")
        .Day("local_lost_date", d => Spell.LocalDay(d.Deal.LostAt, d.Asked.Catalog))
        .Day("local_close_date", d => Spell.LocalDay(d.Deal.ClosedAt, d.Asked.Catalog))
        .Day("expected_close_date", d => d.Deal.ExpectedClose)
        .Wholes("label_ids", d => d.Deal.LabelIds)
        .Text("origin", d => d.Deal.Origin, nullable: false)
        .Text("origin_id", d => d.Deal.OriginId)
        .Whole("channel", d => d.Deal.Channel)
        .Text("channel_id", d => d.Deal.ChannelId)
        .Number("acv", d => d.Deal.Acv)
        .Number("arr", d => d.Deal.Arr)
        .Number("mrr", d => d.Deal.Mrr)
        .Json("custom_fields", CustomFields.Schema(),
            (json, d) => CustomFields.Write(json, d.Asked.Fields, d.Deal.Custom, d.Asked.HasOptionLabels))
        .Objects("labels", d => d.Deal.LabelIds.Select(id => (id, d.Asked.Catalog.Label(id)?.Name)), Label, "Only with include_labels.",
            when: d => d.Asked.HasLabels)
        .Whole("next_activity_id", d => d.Facts.NextActivityId, "This and what follows only when include_fields names it.",
            when: d => d.Shows("next_activity_id"))
        .Whole("last_activity_id", d => d.Facts.LastActivityId, when: d => d.Shows("last_activity_id"))
        .Instant("first_won_time", d => d.Deal.FirstWonAt, Spell.V2Time, when: d => d.Shows("first_won_time"))
        .Whole("products_count", d => d.Facts.Products, when: d => d.Shows("products_count"))
        .Whole("files_count", d => d.Facts.Files, when: d => d.Shows("files_count"))
        .Whole("notes_count", d => d.Facts.Notes, when: d => d.Shows("notes_count"))
        .Whole("followers_count", d => d.Facts.Followers, when: d => d.Shows("followers_count"))
        .Whole("email_messages_count", d => d.Facts.MailMessages, when: d => d.Shows("email_messages_count"))
        .Whole("activities_count", d => d.Facts.Activities, when: d => d.Shows("activities_count"))
        .Whole("done_activities_count", d => d.Facts.DoneActivities, when: d => d.Shows("done_activities_count"))
        .Whole("undone_activities_count", d => d.Facts.Activities - d.Facts.DoneActivities, when: d => d.Shows("undone_activities_count"))
        .Whole("participants_count", d => d.Facts.Participants, when: d => d.Shows("participants_count"))
        .Instant("last_incoming_mail_time", d => d.Facts.LastIncomingMailAt, Spell.V2Time, when: d => d.Shows("last_incoming_mail_time"))
        .Instant("last_outgoing_mail_time", d => d.Facts.LastOutgoingMailAt, Spell.V2Time, when: d => d.Shows("last_outgoing_mail_time"))
        .Text("smart_bcc_email", d => Spell.SmartBcc(d.Asked.Catalog, "deal", d.Deal.Id), when: d => d.Shows("smart_bcc_email"))
        .Uid("source_lead_id", d => d.Deal.SourceLeadId, when: d => d.Shows("source_lead_id"));

    public static readonly Wire<DealView> One = Envelope.One(Deal);
    public static readonly PageOf<DealView> Page = new(Deal);
}
