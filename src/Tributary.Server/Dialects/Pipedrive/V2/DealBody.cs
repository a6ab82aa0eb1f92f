using System.Text.Json;
using Tributary.Core.Catalog;
using Tributary.Core.Deals;
using Tributary.Core.Kernel;
using Tributary.Server.Hosting;

namespace Tributary.Server.Dialects.Pipedrive.V2;

/// <summary>
/// What v2 reads of a deal, pages "Add a deal" and "Update a deal". Null clears what the deal shows as nullable; add_time,
/// update_time and stage_change_time are of the older page and still read.
/// </summary>
internal static class DealBody
{
    private static readonly Member<string> Title = Members.Text("title", "", 255);
    private static readonly Member<long> OwnerId = Members.Id("owner_id", "The caller when left out.");
    private static readonly Member<long> PersonId = Members.Id("person_id", "").Nullable();
    private static readonly Member<long> OrgId = Members.Id("org_id", "").Nullable();
    private static readonly Member<long> PipelineId =
        Members.Id("pipeline_id", "Not looked at when stage_id is sent. Alone it puts the deal into the pipeline's first stage.");
    private static readonly Member<long> StageId = Members.Id("stage_id", "Decides the pipeline.");
    private static readonly Member<decimal> Value = Members.Number("value", "0 when left out.").Nullable();
    private static readonly Member<string> Currency = Members.Text("currency", "The user's when left out.", 3);
    private static readonly Member<DateTimeOffset> AddTime = Moments.Member("add_time", "");
    private static readonly Member<DateTimeOffset> UpdateTime = Moments.Member("update_time", "");
    private static readonly Member<DateTimeOffset> StageChangeTime = Moments.Member("stage_change_time", "").Nullable();
    private static readonly Member<bool> IsDeleted = Members.Flag("is_deleted", "");
    private static readonly Member<bool> IsArchived = Members.Flag("is_archived", "");
    private static readonly Member<DateTimeOffset> ArchiveTime =
        Moments.Member("archive_time", "UTC, YYYY-MM-DD HH:MM:SS; now when is_archived alone is sent.").Nullable();
    private static readonly Member<DealStatus> Status = Members.Word("status", "", Spell.Statuses);
    private static readonly Member<decimal> Probability = Members.Number("probability", "Percent.", 0, 100).Nullable();
    private static readonly Member<string> LostReason = Members.LongText("lost_reason", "Only of a lost deal.").Nullable();
    private static readonly Member<long> VisibleTo =
        Members.Whole("visible_to", "1 owner and followers, 3 the owner's group, 5 that group and those below it, 7 everyone.");
    private static readonly Member<DateTimeOffset> CloseTime = Moments.Member("close_time", "Only of a won or lost deal.").Nullable();
    private static readonly Member<DateTimeOffset> WonTime = Moments.Member("won_time", "Only of a won deal.").Nullable();
    private static readonly Member<DateTimeOffset> LostTime = Moments.Member("lost_time", "Only of a lost deal.").Nullable();
    private static readonly Member<DateOnly> ExpectedCloseDate = Members.Day("expected_close_date", "").Nullable();
    private static readonly Member<Seq<long>> LabelIds = Members.List("label_ids", "", Members.Id("", "")).Nullable();

    private static readonly Member[] Rest =
    [
        OwnerId, PersonId, OrgId, PipelineId, StageId, Value, Currency, AddTime, UpdateTime, StageChangeTime, IsDeleted, IsArchived,
        ArchiveTime, Status, Probability, LostReason, VisibleTo,
        CloseTime, WonTime, LostTime, ExpectedCloseDate, LabelIds, CustomFields.Member,
    ];

    public static readonly Shape New = new("NewDeal", [Title.Required(), .. Rest]);
    public static readonly Shape Changes = new("DealChanges", [Title, .. Rest]);

    /// <summary>"value 0" is the default of a new deal, where the engine would leave it without one.</summary>
    public static DealPatch ReadNew(Body body, WorkspaceCatalog catalog)
    {
        var patch = Read(body, catalog);
        return patch with { Value = patch.Value.Or(0) };
    }

    public static DealPatch Read(Body body, WorkspaceCatalog catalog)
    {
        var archived = body.Get(IsArchived);
        return new()
        {
            Title = body.Get(Title),
            OwnerId = body.Get(OwnerId).As(id => (long?)id),
            PersonId = body.Clearable(PersonId),
            OrgId = body.Clearable(OrgId),
            PipelineId = body.Get(PipelineId),
            StageId = body.Get(StageId),
            Value = body.Clearable(Value).As(value => (decimal?)(value ?? 0)),
            Currency = body.Get(Currency),
            AddedAt = body.Get(AddTime),
            UpdatedAt = body.Get(UpdateTime),
            StageChangedAt = body.Clearable(StageChangeTime),
            Deleted = body.Get(IsDeleted),
            Archived = archived,
            ArchivedAt = body.Clearable(ArchiveTime) is { IsSet: true, Value: { } at } ? at : default(Field<DateTimeOffset>),
            Status = body.Get(Status),
            Probability = body.Clearable(Probability),
            LostReason = body.ClearableText(LostReason),
            VisibleTo = body.Get(VisibleTo).As(Spell.Visibility),
            ClosedAt = body.Clearable(CloseTime),
            WonAt = body.Clearable(WonTime),
            LostAt = body.Clearable(LostTime),
            ExpectedClose = body.Clearable(ExpectedCloseDate),
            LabelIds = body.ClearableList(LabelIds),
            Custom = CustomFields.Read(body, catalog, "deal"),
        };
    }
}

/// <summary>
/// Moments as v2 reads them: RFC 3339 in whole seconds ("fractional seconds are refused"), and archive_time's "YYYY-MM-DD
/// HH:MM:SS".
/// </summary>
internal static class Moments
{
    public static Member<DateTimeOffset> Member(string name, string description) => new(name, description)
    {
        Accepts = "is not a valid datetime; an example of one is 2025-01-01T10:20:00Z",
        Schema = () => new() { ["type"] = "string", ["format"] = "date-time" },
        FromJson = (JsonElement json, ReadingPolicy policy, out DateTimeOffset value) =>
            TryRead(Members.TryText(json, out var text) ? text : "", out value),
        FromText = (string text, ReadingPolicy policy, out DateTimeOffset value) => TryRead(text, out value),
    };

    private static bool TryRead(string text, out DateTimeOffset value)
    {
        value = default;
        return !text.Contains('.', StringComparison.Ordinal) && (Times.TryInstant(text, out value) || Times.TrySql(text, out value));
    }
}
