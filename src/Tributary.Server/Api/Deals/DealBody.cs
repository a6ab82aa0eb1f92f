using Tributary.Core.Catalog;
using Tributary.Core.Deals;
using Tributary.Core.Kernel;
using Tributary.Server.Hosting;

namespace Tributary.Server.Api.Deals;

/// <summary>What our own API reads of a deal. Members left out keep their value; null clears.</summary>
internal static class DealBody
{
    private static readonly Member<string> Title = Members.Name("title", "1 to 255 characters.");
    private static readonly Member<decimal> Value = Members.Number("value", "Up to four decimals.").Nullable();
    private static readonly Member<string> Currency = Members.Text("currency", "One of the workspace's currencies, ISO 4217.", 3);
    private static readonly Member<long> PipelineId = Members.Id("pipeline_id", "Left out: the stage's, else the default pipeline.");
    private static readonly Member<long> StageId =
        Members.Id("stage_id", "Decides the pipeline. A stage of kind won or lost closes the deal and leaves its stage.");
    private static readonly Member<DealStatus> Status = Members.Word("status", "Open, won or lost.", Words.Statuses);
    private static readonly Member<decimal> Probability = Members.Number("probability", "Percent, 0 to 100.").Nullable();
    private static readonly Member<DealPriority> Priority = Members.Word("priority", "", Words.Priorities);
    private static readonly Member<decimal> Position = Members.Number("position", "Order within the stage.");
    private static readonly Member<long> AssigneeId = Members.Id("assignee_id", "A user.").Nullable();
    private static readonly Member<DateOnly> ExpectedClose = Members.Day("expected_close", "").Nullable();
    private static readonly Member<DateTimeOffset> NextFollowupAt = Members.Instant("next_followup_at", "").Nullable();
    private static readonly Member<DateTimeOffset> WonAt = Members.Instant("won_at", "Only on a won deal; left out: now.").Nullable();
    private static readonly Member<DateTimeOffset> LostAt = Members.Instant("lost_at", "Only on a lost deal; left out: now.").Nullable();
    private static readonly Member<DateTimeOffset> ClosedAt = Members.Instant("closed_at", "Only on a closed deal.").Nullable();
    private static readonly Member<string> WonReason = Members.LongText("won_reason", "Only on a won deal.").Nullable();
    private static readonly Member<string> LostReason = Members.LongText("lost_reason", "Only on a lost deal.").Nullable();
    private static readonly Member<string> LossCategory = Members.LongText("loss_category", "Only on a lost deal.").Nullable();
    private static readonly Member<string> ClosureNotes = Members.LongText("closure_notes", "").Nullable();
    private static readonly Member<Seq<string>> Competitors = Members.List("competitors", "", Members.Text("", ""));
    private static readonly Member<string> Source = Members.Text("source", "How the deal was found: Referral, Cold call, …").Nullable();
    private static readonly Member<string> DealType = Members.Text("deal_type", "").Nullable();
    private static readonly Member<string> ForecastCategory = Members.Text("forecast_category", "").Nullable();
    private static readonly Member<string> Description = Members.LongText("description", "").Nullable();
    private static readonly Member<string> RfpId = Members.Text("rfp_id", "").Nullable();
    private static readonly Member<Seq<string>> Quotes = Members.List("quotes", "", Members.Text("", ""));
    private static readonly Member<Seq<string>> Proposals = Members.List("proposals", "", Members.Text("", ""));
    private static readonly Member<Seq<string>> Tasks = Members.List("tasks", "", Members.Text("", ""));
    private static readonly Member<Seq<string>> Attachments = Members.List("attachments", "", Members.Text("", ""));
    private static readonly Member<DealLinksPatch> Links =
        Members.Object("links", "References to records of other systems.", new("DealLinksPatch", Quotes, Proposals, Tasks, Attachments),
        body => new DealLinksPatch(body.ClearableList(Quotes), body.ClearableList(Proposals), body.ClearableList(Tasks),
            body.ClearableList(Attachments)));
    private static readonly Member<DateTimeOffset> StageChangedAt =
        Members.Instant("stage_changed_at", "For imports; left out: now, with a move.").Nullable();
    private static readonly Member<DateTimeOffset> ArchivedAt = Members.Instant("archived_at", "With archived; left out: now.");
    private static readonly Member<Guid> SourceLeadUid =
        Members.Uid("source_lead_uid", "For imports: the lead it was made from.").Nullable();
    private static readonly Member<string> Provenance =
        Members.Text("provenance", "Through what it was first written; left out: native.", 255);
    private static readonly Member<string> SourceType = Members.Text("source_type", "frontend, backend, server, system or api.", 20);
    private static readonly Member<string> Number = Members.Text("number", "Left out: the next one of the year.", 40);

    private static readonly Member[] Both =
    [
        Value, Currency, PipelineId, StageId, Status, Probability, Priority, Position, RecordMembers.OwnerId, AssigneeId,
        RecordMembers.PersonId, RecordMembers.OrgId, ExpectedClose, NextFollowupAt,
        WonAt, LostAt, ClosedAt, StageChangedAt, WonReason, LostReason, LossCategory, ClosureNotes, Competitors, Source, DealType,
        ForecastCategory, Description, RecordMembers.LabelIds, RecordMembers.Tags,
        RecordMembers.TagIds, RecordMembers.VisibleTo, CustomJson.Member, RfpId, Links, RecordMembers.Channel, RecordMembers.ChannelId,
        RecordMembers.Archived, ArchivedAt, Number, RecordMembers.Note,
    ];

    private static readonly Member[] Imported =
        [RecordMembers.Origin, RecordMembers.OriginId, SourceLeadUid, Provenance, SourceType, RecordMembers.CreatorId,
            .. RecordMembers.Imported];

    public static readonly Shape New = new("NewDeal", [Title.Required(), .. Both, .. Imported]);
    public static readonly Shape Patch = new("DealPatch", [Title, .. Both, Versions.Member]);

    /// <summary>What may change together with a move: everything but where the deal stands.</summary>
    public static readonly Shape With =
        new("DealMoveChanges",
            [Title, .. Both.Except([PipelineId, StageId, Position, RecordMembers.Archived, ArchivedAt, RecordMembers.Note])]);

    public static DealPatch Read(Body body, WorkspaceCatalog catalog, long? ifMatch)
    {
        var links = body.Get(Links);
        return new()
        {
            Title = body.Get(Title),
            Value = body.Clearable(Value),
            Currency = body.Get(Currency),
            PipelineId = body.Get(PipelineId),
            StageId = body.Get(StageId),
            Status = body.Get(Status),
            Probability = body.Clearable(Probability),
            Priority = body.Get(Priority),
            Position = body.Get(Position),
            OwnerId = body.Clearable(RecordMembers.OwnerId),
            AssigneeId = body.Clearable(AssigneeId),
            PersonId = body.Clearable(RecordMembers.PersonId),
            OrgId = body.Clearable(RecordMembers.OrgId),
            ExpectedClose = body.Clearable(ExpectedClose),
            NextFollowupAt = body.Clearable(NextFollowupAt),
            WonAt = body.Clearable(WonAt),
            LostAt = body.Clearable(LostAt),
            ClosedAt = body.Clearable(ClosedAt),
            WonReason = body.ClearableText(WonReason),
            LostReason = body.ClearableText(LostReason),
            LossCategory = body.ClearableText(LossCategory),
            ClosureNotes = body.ClearableText(ClosureNotes),
            Competitors = body.ClearableList(Competitors),
            Source = body.ClearableText(Source),
            DealType = body.ClearableText(DealType),
            ForecastCategory = body.ClearableText(ForecastCategory),
            Description = body.ClearableText(Description),
            LabelIds = body.ClearableList(RecordMembers.LabelIds),
            Tags = body.ClearableList(RecordMembers.Tags),
            TagIds = body.ClearableList(RecordMembers.TagIds),
            VisibleTo = RecordMembers.ReadVisibleTo(body),
            Custom = CustomJson.Read(body, catalog, "deal"),
            RfpId = body.ClearableText(RfpId),
            Quotes = links.IsSet ? links.Value.Quotes : default,
            Proposals = links.IsSet ? links.Value.Proposals : default,
            Tasks = links.IsSet ? links.Value.Tasks : default,
            Attachments = links.IsSet ? links.Value.Attachments : default,
            Channel = body.Clearable(RecordMembers.Channel),
            ChannelId = body.ClearableText(RecordMembers.ChannelId),
            Archived = body.Get(RecordMembers.Archived),
            Number = body.Get(Number),
            Note = body.Get(RecordMembers.Note).Or(null!),
            ExpectedVersion = RecordMembers.Expected(body, ifMatch),
            Origin = body.Get(RecordMembers.Origin),
            OriginId = body.ClearableText(RecordMembers.OriginId),
            AddedAt = body.Get(RecordMembers.AddedAt),
            Id = body.Get(RecordMembers.Id),
            Uid = body.Get(RecordMembers.Uid),
            UpdatedAt = body.Get(RecordMembers.UpdatedAt),
            CreatorId = body.Clearable(RecordMembers.CreatorId),
            SourceLeadId = body.Clearable(SourceLeadUid),
            Provenance = body.Get(Provenance),
            SourceType = body.Get(SourceType),
            StageChangedAt = body.Clearable(StageChangedAt),
            ArchivedAt = body.Get(ArchivedAt),
        };
    }

    private sealed record DealLinksPatch(Field<Seq<string>> Quotes, Field<Seq<string>> Proposals, Field<Seq<string>> Tasks,
        Field<Seq<string>> Attachments);
}
