using System.Text.Json.Nodes;
using Tributary.Core.Catalog;
using Tributary.Core.Deals;
using Tributary.Core.Fields;
using Tributary.Server.Hosting;

namespace Tributary.Server.Dialects.Pipedrive.V2;

/// <summary>What include_fields may name.</summary>
[Flags]
internal enum DealExtras
{
    None = 0,
    NextActivityId = 1 << 0,
    LastActivityId = 1 << 1,
    FirstWonTime = 1 << 2,
    ProductsCount = 1 << 3,
    FilesCount = 1 << 4,
    NotesCount = 1 << 5,
    FollowersCount = 1 << 6,
    EmailMessagesCount = 1 << 7,
    ActivitiesCount = 1 << 8,
    DoneActivitiesCount = 1 << 9,
    UndoneActivitiesCount = 1 << 10,
    ParticipantsCount = 1 << 11,
    LastIncomingMailTime = 1 << 12,
    LastOutgoingMailTime = 1 << 13,
    SmartBccEmail = 1 << 14,
    SourceLeadId = 1 << 15,
}

/// <summary>What an answer shows of its deals beyond what all show; the same for each of them.</summary>
internal sealed record DealSelection(WorkspaceCatalog Catalog)
{
    public DealExtras Extras { get; init; }

    /// <summary>None when the company has no custom fields, which is answered as null.</summary>
    public IReadOnlyList<FieldDefinition>? Fields { get; init; }
    public bool HasOptionLabels { get; init; }
    public bool HasLabels { get; init; }

    /// <summary>Just made: the answer to POST has no update_time yet (recorded from the live API).</summary>
    public bool IsNew { get; init; }
}

internal sealed record DealView(Deal Deal, DealSelection Asked)
{
    public DealFacts Facts => Deal.Facts;

    public bool Shows(DealExtras extra) => (Asked.Extras & extra) != 0;
}

/// <summary>The deal of v2, reference §6.1. What include_fields adds costs nothing: it is kept with the deal.</summary>
internal static class DealWire
{
    public static readonly Wire<(long Id, string? Name)> Label = new Wire<(long Id, string? Name)>("DealLabel").Whole("id", l => l.Id).Text("label", l => l.Name);

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
        .Instant("update_time", d => d.Asked.IsNew ? null : d.Deal.UpdatedAt, Spell.V2Time)
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
        .Json("custom_fields", CustomFields.Schema(), (json, d) => CustomFields.Write(json, d.Asked.Fields, d.Deal.Custom, d.Asked.HasOptionLabels))
        .Objects("labels", d => d.Deal.LabelIds.Select(id => (id, d.Asked.Catalog.Label(id)?.Name)), Label, "Only with include_labels.", when: d => d.Asked.HasLabels)
        .Whole("next_activity_id", d => d.Facts.NextActivityId, "This and what follows only when include_fields names it.", when: d => d.Shows(DealExtras.NextActivityId))
        .Whole("last_activity_id", d => d.Facts.LastActivityId, when: d => d.Shows(DealExtras.LastActivityId))
        .Instant("first_won_time", d => d.Deal.FirstWonAt, Spell.V2Time, when: d => d.Shows(DealExtras.FirstWonTime))
        .Whole("products_count", d => d.Facts.Products, when: d => d.Shows(DealExtras.ProductsCount))
        .Whole("files_count", d => d.Facts.Files, when: d => d.Shows(DealExtras.FilesCount))
        .Whole("notes_count", d => d.Facts.Notes, when: d => d.Shows(DealExtras.NotesCount))
        .Whole("followers_count", d => d.Facts.Followers, when: d => d.Shows(DealExtras.FollowersCount))
        .Whole("email_messages_count", d => d.Facts.MailMessages, when: d => d.Shows(DealExtras.EmailMessagesCount))
        .Whole("activities_count", d => d.Facts.Activities, when: d => d.Shows(DealExtras.ActivitiesCount))
        .Whole("done_activities_count", d => d.Facts.DoneActivities, when: d => d.Shows(DealExtras.DoneActivitiesCount))
        .Whole("undone_activities_count", d => d.Facts.Activities - d.Facts.DoneActivities, when: d => d.Shows(DealExtras.UndoneActivitiesCount))
        .Whole("participants_count", d => d.Facts.Participants, when: d => d.Shows(DealExtras.ParticipantsCount))
        .Instant("last_incoming_mail_time", d => d.Facts.LastIncomingMailAt, Spell.V2Time, when: d => d.Shows(DealExtras.LastIncomingMailTime))
        .Instant("last_outgoing_mail_time", d => d.Facts.LastOutgoingMailAt, Spell.V2Time, when: d => d.Shows(DealExtras.LastOutgoingMailTime))
        .Text("smart_bcc_email", d => Spell.SmartBcc(d.Asked.Catalog, "deal", d.Deal.Id), when: d => d.Shows(DealExtras.SmartBccEmail))
        .Uid("source_lead_id", d => d.Deal.SourceLeadId, when: d => d.Shows(DealExtras.SourceLeadId));

    public static readonly Wire<DealView> One = Envelope.One(Deal);
    public static readonly PageOf<DealView> Page = new(Deal);
}
