using Tributary.Core.Catalog;
using Tributary.Core.Deals;
using Tributary.Core.Kernel;
using Tributary.Core.Pipelines;
using Tributary.Server.Hosting;

namespace Tributary.Server.Dialects.CPod;

/// <summary>
/// What cPod reads of a deal: a closed schema in which no member is required. Null clears; at creation it is the same as
/// leaving out. Blank texts count as none.
/// </summary>
internal static class DealBody
{
    private static readonly Member<string> Name = Text("name", "Not required: any deal may be drafted.");
    private static readonly Member<string> Number =
        Text("deal_number", "Unique in the tenant; DEAL-2026-00417 and so on when left out.", 40);
    private static readonly Member<string> PipelineId =
        Text("pipeline_id", "The pipeline's id as shown, its number, or its name as one word.");
    private static readonly Member<string> Stage =
        Text("stage", "closed_won, closed_lost, or any word; a word nobody used yet makes a stage at the end of the pipeline.");
    private static readonly Member<decimal> Value = Members.Number("value", "").Nullable();
    private static readonly Member<string> Currency = Text("currency", "ISO 4217; the tenant's own when left out.", 3);
    private static readonly Member<decimal> Probability =
        Members.Number("probability", "100 and 0 when left out of a call that closes the deal.", 0, 100).Nullable();
    private static readonly Member<string> ForecastCategory =
        Text("forecast_category", "Suggested: pipeline, best_case, commit, closed, omitted.");
    private static readonly Member<DateTimeOffset> ExpectedClose = Dates.Member("expected_close_date", "The day is kept.").Nullable();
    private static readonly Member<DateTimeOffset> ActualClose =
        Dates.Member("actual_close_date", "Of closed deals; now when left out.").Nullable();
    private static readonly Member<DateTimeOffset> NextFollowup = Dates.Member("next_followup_date").Nullable();
    private static readonly Member<string> DealType = Text("deal_type", "Suggested: new_business, renewal, upsell, cross_sell, expansion.");
    private static readonly Member<string> DealSource = Text("deal_source", "Suggested: inbound, outbound, referral, rfp, event, partner.");
    private static readonly Member<Seq<string>> Competitors = Texts("competitors", "Names of competing vendors.");
    private static readonly Member<string> LossReason = Text("loss_reason", "Required when stage is closed_lost.", 65_535);
    private static readonly Member<string> LossCategory =
        Text("loss_category",
            "Required when stage is closed_lost. Suggested: price, competitor, no_budget, no_decision, timing, product_fit, other.");
    private static readonly Member<string> ClosureNotes = Text("closure_notes", "", 65_535);
    private static readonly Member<Guid> AccountId = Ids.Member("account_id", "acc", "The account.").Nullable();
    private static readonly Member<Guid> OwnerId = Ids.Member("owner_id", "usr", "A user of the tenant.").Nullable();
    private static readonly Member<Guid> PrimaryContactId =
        Ids.Member("primary_contact_id", "con", "A contact; takes part in the deal.").Nullable();
    private static readonly Member<Seq<Guid>> ContactIds =
        Members.List("contact_ids", "All who take part, instead of those who do; the primary contact stays.", Ids.Member("", "con", ""))
        .Nullable();
    private static readonly Member<string> RfpRecordId = Text("rfp_record_id", "Kept as given.");
    private static readonly Member<Seq<string>> QuoteIds = Texts("quote_ids", "Kept as given.");
    private static readonly Member<Seq<string>> ProposalIds = Texts("proposal_ids", "Kept as given.");
    private static readonly Member<Seq<string>> AttachmentRefs = Texts("attachment_refs", "Object keys, kept as given.");
    private static readonly Member<Seq<string>> LinkedTaskIds = Texts("linked_task_ids", "Kept as given.");
    private static readonly Member<Seq<string>> Tags = Members.List("tags", "", Members.Text("", "", 100)).Nullable();
    private static readonly Member<long> Version =
        Members.Whole("version", "When sent with a change, it is refused unless the deal has this version (as If-Match).", 0).Nullable();

    private static readonly Member[] Business =
    [
        AccountId, OwnerId, Name, Number, PipelineId, Stage, Value, Currency, Probability, ForecastCategory, ExpectedClose, ActualClose,
        NextFollowup, DealType, DealSource, Competitors,
        LossReason, LossCategory, ClosureNotes, PrimaryContactId, ContactIds, RfpRecordId, QuoteIds, ProposalIds, AttachmentRefs,
        LinkedTaskIds,
        Members.Json("audit_log", "Managed by the server; ignored."), CustomJson.Member, Tags,
    ];

    public static readonly Shape New = new("NewDeal", [.. Business, Entities.IgnoredVersion, .. Entities.Managed]);
    public static readonly Shape Patch = new("DealPatch", [.. Business, Version, .. Entities.Managed]);

    public static SentDeal ReadNew(Body body, WorkspaceCatalog catalog)
    {
        var sent = Read(body, catalog, isNew: true);
        return sent with { Patch = sent.Patch with { OwnerId = sent.Patch.OwnerId.Or(null), Provenance = "edm" } };
    }

    public static SentDeal ReadPatch(Body body, WorkspaceCatalog catalog) =>
        Read(body, catalog, isNew: false) with { Version = body.Clearable(Version).Or(null) };

    private static SentDeal Read(Body body, WorkspaceCatalog catalog, bool isNew) => new()
    {
        Stage = Stated(body, Stage, isNew),
        Account = body.Clearable(AccountId),
        PrimaryContact = body.Clearable(PrimaryContactId),
        Contacts = body.ClearableList(ContactIds),
        Patch = new()
        {
            StagePolicy = StagePolicy.SamePipeline,
            ProbabilityPolicy = ProbabilityPolicy.FollowsOutcome,
            ClosingPolicy = ClosingPolicy.LossIsExplained,
            TitlePolicy = TitlePolicy.NumberStandsIn,
            Title = isNew ? body.ClearableText(Name).Or(null) ?? "" : body.ClearableText(Name).As(name => name ?? ""),
            Number = Stated(body, Number, isNew),
            PipelineId = Pipeline(body, catalog, isNew),
            Value = body.Clearable(Value),
            Currency = Stated(body, Currency, isNew),
            Probability = Probable(body, isNew),
            ForecastCategory = body.ClearableText(ForecastCategory),
            ExpectedClose = body.Clearable(ExpectedClose)
                .As(instant => instant is { } known ? DateOnly.FromDateTime(known.UtcDateTime) : (DateOnly?)null),
            ClosedAt = body.Clearable(ActualClose),
            NextFollowupAt = body.Clearable(NextFollowup),
            DealType = body.ClearableText(DealType),
            Source = body.ClearableText(DealSource),
            Competitors = body.ClearableList(Competitors),
            LostReason = body.ClearableText(LossReason).As(Said),
            LossCategory = body.ClearableText(LossCategory).As(Said),
            ClosureNotes = body.ClearableText(ClosureNotes),
            OwnerId = Owners.Read(body, OwnerId, catalog),
            RfpId = body.ClearableText(RfpRecordId),
            Quotes = body.ClearableList(QuoteIds),
            Proposals = body.ClearableList(ProposalIds),
            Attachments = body.ClearableList(AttachmentRefs),
            Tasks = body.ClearableList(LinkedTaskIds),
            Custom = CustomJson.Read(body),
            Tags = body.ClearableList(Tags),
        },
    };

    /// <summary>What a deal always has: null leaves it out of a new deal, and is refused in a change.</summary>
    private static Field<string> Stated(Body body, Member<string> member, bool isNew)
    {
        var sent = body.ClearableText(member);
        if (sent is not { IsSet: true, Value: null }) return sent.As(text => text!);
        if (!isNew) body.Fail(member.Name, $"{member.Name} cannot be null: every deal has one.");
        return default;
    }

    private static Field<decimal?> Probable(Body body, bool isNew) =>
        body.Clearable(Probability) is var sent && isNew && sent is { IsSet: true, Value: null } ? default : sent;

    private static Field<long> Pipeline(Body body, WorkspaceCatalog catalog, bool isNew)
    {
        var sent = Stated(body, PipelineId, isNew);
        if (!sent.IsSet) return default;
        if (Pipelines.Find(catalog, sent.Value) is { } found) return found.Id;
        body.Fail("pipeline_id", "pipeline_id must be a pipeline of your tenant.");
        return default;
    }

    private static string? Said(string? text) => string.IsNullOrWhiteSpace(text) ? null : text;

    private static Member<string> Text(string name, string description, int max = 255) => Members.Text(name, description, max).Nullable();

    private static Member<Seq<string>> Texts(string name, string description) =>
        Members.List(name, description, Members.Text("", "", 255)).Nullable();
}

/// <summary>A patch whose references and stage are still to be looked up.</summary>
internal sealed record SentDeal
{
    public required DealPatch Patch { get; init; }
    public long? Version { get; init; }
    public Field<string> Stage { get; init; }
    public Field<Guid?> Account { get; init; }
    public Field<Guid?> PrimaryContact { get; init; }
    public Field<Seq<Guid>> Contacts { get; init; }
}

/// <summary>A pipeline is shown by its uid; its number and its name as one word are taken too.</summary>
internal static class Pipelines
{
    public static Pipeline? Find(WorkspaceCatalog catalog, string text) =>
        catalog.Pipelines.FirstOrDefault(pipeline => pipeline.Uid.ToString("D").Equals(text, StringComparison.OrdinalIgnoreCase))
        ?? catalog.Pipelines.FirstOrDefault(pipeline => pipeline.Id.ToString(System.Globalization.CultureInfo.InvariantCulture) == text)
        ?? catalog.Pipelines.FirstOrDefault(pipeline => pipeline.Name == text
            || Slug.Of(pipeline.Name, 255) is { Length: > 0 } slug && slug == Slug.Of(text, 255));
}
