using Tributary.Core.Catalog;
using Tributary.Core.Deals;
using Tributary.Core.Kernel;
using Tributary.Server.Hosting;

namespace Tributary.Server.Dialects.Pipedrive.V1;

/// <summary>What v1 reads of a deal (reference §12). Numbers and flags may be texts, unknown members are ignored, null clears.</summary>
internal static class DealBody
{
    private static readonly Member<string> Title = Members.Text("title", "The title of the deal.", 255);
    private static readonly Member<decimal> Value = Members.Number("value", "0 when left out of a new deal.").Nullable();
    private static readonly Member<Seq<long>> Label = Loose.Ids("label", "Ids of labels: a list, or \"2,3\".").Nullable();
    private static readonly Member<string> Currency =
        Members.Text("currency", "A 3-character code; the user's currency when left out of a new deal.", 3);
    private static readonly Member<long> UserId = Members.Id("user_id", "The owner; the caller when left out of a new deal.");
    private static readonly Member<long> PersonId = Loose.Id("person_id", "").Nullable();
    private static readonly Member<long> OrgId = Loose.Id("org_id", "").Nullable();
    private static readonly Member<long> PipelineId = Members.Id("pipeline_id", "Its first stage, unless stage_id is given.");
    private static readonly Member<long> StageId = Members.Id("stage_id", "The pipeline follows the stage.");
    private static readonly Member<bool> IsArchived = Members.Flag("is_archived", "");
    private static readonly Member<DateTimeOffset> ArchiveTime = Loose.Moment("archive_time", "UTC, YYYY-MM-DD HH:MM:SS.").Nullable();
    private static readonly Member<string> Status =
        Members.Word("status", "", ("open", "open"), ("won", "won"), ("lost", "lost"), ("deleted", "deleted"));
    private static readonly Member<string> OriginId = Members.Text("origin_id", "", 255).Nullable();
    private static readonly Member<long> Channel = Members.Whole("channel", "").Nullable();
    private static readonly Member<string> ChannelId = Members.Text("channel_id", "", 255).Nullable();
    private static readonly Member<DateTimeOffset> AddTime = Loose.Moment("add_time", "UTC, YYYY-MM-DD HH:MM:SS.");
    private static readonly Member<DateTimeOffset> WonTime = Loose.Moment("won_time", "Only on a won deal.").Nullable();
    private static readonly Member<DateTimeOffset> LostTime = Loose.Moment("lost_time", "Only on a lost deal.").Nullable();
    private static readonly Member<DateTimeOffset> CloseTime = Loose.Moment("close_time", "Only on a won or lost deal.").Nullable();
    private static readonly Member<DateOnly> ExpectedCloseDate = Loose.Day("expected_close_date", "YYYY-MM-DD.").Nullable();
    private static readonly Member<decimal> Probability = Members.Number("probability", "Percent.", 0, 100).Nullable();
    private static readonly Member<string> LostReason = Members.LongText("lost_reason", "Only on a lost deal.").Nullable();

    private static readonly Member[] Both =
    [
        Value, Label, Currency, UserId, PersonId, OrgId, PipelineId, StageId, IsArchived, ArchiveTime, Status, Channel, ChannelId, WonTime,
        LostTime, CloseTime, ExpectedCloseDate, Probability,
        LostReason, Loose.VisibleTo,
    ];

    public static readonly Shape New = new("NewDealV1", [Title.Required(), .. Both, OriginId, AddTime])
    {
        AlsoTakes = CustomFields.IsMember,
    };
    public static readonly Shape Changes = new("DealChangesV1", [Title, .. Both]) { AlsoTakes = CustomFields.IsMember };

    public static DealPatch Read(Body body, Shape shape, WorkspaceCatalog catalog)
    {
        var status = body.Get(Status);
        return new()
        {
            Title = Titled(body, shape),
            // "If omitted, value will be set to 0."
            Value = body.Clearable(Value) is { IsSet: true } sent ? sent : shape == New ? 0m : default(Field<decimal?>),
            LabelIds = body.ClearableList(Label),
            Currency = body.Get(Currency),
            OwnerId = body.Get(UserId).As(id => (long?)id),
            PersonId = body.Clearable(PersonId).As(Loose.None),
            OrgId = body.Clearable(OrgId).As(Loose.None),
            PipelineId = body.Get(PipelineId),
            StageId = body.Get(StageId),
            Archived = body.Get(IsArchived),
            ArchivedAt = body.Clearable(ArchiveTime) is { IsSet: true, Value: { } archived } ? archived : default(Field<DateTimeOffset>),
            Status = status.IsSet && status.Value != "deleted" ? Words(status.Value) : default(Field<DealStatus>),
            Deleted = status.IsSet && status.Value == "deleted" ? true : default(Field<bool>),
            OriginId = shape == New ? body.ClearableText(OriginId) : default,
            Channel = body.Clearable(Channel),
            ChannelId = body.ClearableText(ChannelId),
            AddedAt = shape == New ? body.Get(AddTime) : default,
            WonAt = body.Clearable(WonTime),
            LostAt = body.Clearable(LostTime),
            ClosedAt = body.Clearable(CloseTime),
            ExpectedClose = body.Clearable(ExpectedCloseDate).As(Loose.None),
            Probability = body.Clearable(Probability),
            LostReason = body.ClearableText(LostReason),
            VisibleTo = Loose.Visibility(body),
            Custom = CustomFields.Read(body, shape, catalog, "deal"),
        };
    }

    /// <summary>A deal has a title; the sentence is recorded from the live API (reference §4).</summary>
    private static Field<string> Titled(Body body, Shape shape)
    {
        var title = body.ClearableText(Title);
        var isMissing = title.IsSet ? string.IsNullOrWhiteSpace(title.Value) : shape == New && !body.Has(Title.Name);
        if (isMissing) body.Fail(Title.Name, "Deal title must be given.");
        return title.As(text => text ?? "");
    }

    private static DealStatus Words(string word) => Spell.Statuses.First(status => status.Item1 == word).Item2;
}
