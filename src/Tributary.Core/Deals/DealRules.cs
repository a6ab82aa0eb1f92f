using Tributary.Core.Catalog;
using Tributary.Core.Kernel;
using Tributary.Core.Pipelines;

namespace Tributary.Core.Deals;

/// <summary>What the rules must know beside the patch; the verb looks it up.</summary>
internal sealed record DealContext
{
    public required WorkspaceCatalog Catalog { get; init; }
    public required Caller Caller { get; init; }
    public required DateTimeOffset Now { get; init; }

    /// <summary>Whether the person and organization that the patch names are there and visible to the caller.</summary>
    public bool PersonExists { get; init; } = true;
    public bool OrgExists { get; init; } = true;

    /// <summary>The tags that the patch names, created where needed.</summary>
    public Seq<long> Tags { get; init; } = [];

    /// <summary>The custom values after the patch, already validated.</summary>
    public required Fields.CustomValues Custom { get; init; }
}

/// <summary>What may happen to a deal. Pure: everything it needs to know is passed in, everything it decides is returned.</summary>
internal static class DealRules
{
    public const int MaxTitle = 255;
    public const int MaxText = 255;
    public const int MaxLongText = 65_535;
    public const int MaxItems = 100;

    /// <summary>A new deal, without ids, number and position, which storage gives.</summary>
    public static Deal Create(DealPatch patch, DealContext context)
    {
        var (catalog, caller, now) = (context.Catalog, context.Caller, context.Now);
        var checks = new Checks();
        var (pipelineId, stageId, outcome) = FirstStage(patch, catalog, checks);
        checks.Done();

        var added = patch.AddedAt.Or(now);
        var blank = new Deal
        {
            Id = 0,
            Uid = default,
            Number = "",
            Title = "",
            Currency = catalog.User(caller.UserId)?.DefaultCurrency ?? catalog.Workspace.BaseCurrency,
            PipelineId = pipelineId,
            StageId = stageId,
            Status = DealStatus.Open,
            Priority = DealPriority.Medium,
            OwnerId = caller.UserId,
            CreatorId = patch.CreatorId.Or(caller.UserId),
            VisibleTo = 7,
            Origin = patch.Origin.Or("API"),
            OriginId = patch.OriginId.Or(null),
            SourceLeadId = patch.SourceLeadId.Or(null),
            Provenance = checks.Text("source", patch.Provenance.Or(caller.Dialect), MaxText),
            SourceType = patch.SourceType.Or("api"),
            AppId = caller.AppId,
            AddedAt = added,
            UpdatedAt = patch.UpdatedAt.Or(added),
            TouchedAt = patch.UpdatedAt.Or(added),
            Version = 1,
        };
        var stated = patch with { StageId = default, PipelineId = default, Status = patch.Status.IsSet ? patch.Status : outcome };
        var deal = Fill(blank, stated with { Title = patch.Title.Or("") }, stated.Status.Or(DealStatus.Open), context, checks);
        checks.Done();
        return deal with { StageChangedAt = patch.StageChangedAt.Or(null), UpdatedAt = blank.UpdatedAt, UpdatedBy = null, Version = 1 };
    }

    /// <summary>The deal after the patch; the same instance when nothing changes.</summary>
    public static Deal Apply(Deal deal, DealPatch patch, DealContext context)
    {
        if (patch.ExpectedVersion is { } expected && expected != deal.Version) throw Problem.Stale("deal", deal.Id);
        if (deal.IsArchived && !patch.Archived.IsSet) throw Problem.Conflict("An archived deal cannot be changed. Take it out of the archive first.", "deal");

        var checks = new Checks();
        var moved = Move(deal, patch, context.Catalog, checks, out var outcome);
        var after = Fill(moved, patch, patch.Status.Or(outcome.Or(deal.Status)), context, checks);
        checks.Done();

        if (after.StageId != deal.StageId) after = after with { StageChangedAt = patch.StageChangedAt.Or(null) ?? context.Now };
        else if (patch.StageChangedAt is { IsSet: true, Value: { } stated }) after = after with { StageChangedAt = stated };
        return after == deal ? deal : after with { UpdatedAt = patch.UpdatedAt.Or(context.Now), UpdatedBy = context.Caller.UserId, TouchedAt = context.Now, Version = deal.Version + 1 };
    }

    /// <summary>
    /// Where a new deal starts: the stage named; else the first open stage of the pipeline named, else of the default
    /// pipeline. A stage of kind won or lost means: closed that way, at the first stage.
    /// </summary>
    private static (long PipelineId, long StageId, Field<DealStatus> Outcome) FirstStage(DealPatch patch, WorkspaceCatalog catalog, Checks checks)
    {
        var pipeline = patch.PipelineId.IsSet ? LivePipeline(catalog, patch.PipelineId.Value) : catalog.DefaultPipeline;
        Field<DealStatus> outcome = default;
        if (patch.StageId.IsSet)
        {
            if (LiveStage(catalog, patch.StageId.Value) is not { } stage)
            {
                checks.Fail("stage_id", $"No stage with id {patch.StageId.Value}.");
                return default;
            }
            if (patch is { StagePolicy: StagePolicy.SamePipeline, PipelineId.IsSet: true } && stage.PipelineId != patch.PipelineId.Value)
            {
                checks.Fail("stage_id", "The stage must belong to the deal's pipeline.");
                return default;
            }
            if (stage.Kind is StageKind.Open) return (stage.PipelineId, stage.Id, default);
            outcome = Outcome(stage);
            pipeline = catalog.Pipeline(stage.PipelineId);
        }

        if (pipeline is null)
        {
            checks.Fail("pipeline_id", patch.PipelineId.IsSet ? $"No pipeline with id {patch.PipelineId.Value}." : "This workspace has no pipeline yet.");
            return default;
        }
        if (catalog.StagesOf(pipeline.Id).FirstOrDefault() is { } first) return (pipeline.Id, first.Id, outcome);
        checks.Fail("pipeline_id", "This pipeline has no open stage to put a deal in.");
        return default;
    }

    private static Deal Move(Deal deal, DealPatch patch, WorkspaceCatalog catalog, Checks checks, out Field<DealStatus> outcome)
    {
        outcome = default;
        var leavesPipeline = patch.PipelineId.IsSet && patch.PipelineId.Value != deal.PipelineId;
        if (leavesPipeline && LivePipeline(catalog, patch.PipelineId.Value) is null)
        {
            checks.Fail("pipeline_id", $"No pipeline with id {patch.PipelineId.Value}.");
            return deal;
        }

        if (patch.StageId.IsSet)
        {
            if (LiveStage(catalog, patch.StageId.Value) is not { } target)
            {
                checks.Fail("stage_id", $"No stage with id {patch.StageId.Value}.");
                return deal;
            }
            var pipelineId = leavesPipeline ? patch.PipelineId.Value : deal.PipelineId;
            if (patch.StagePolicy is StagePolicy.SamePipeline && target.PipelineId != pipelineId)
            {
                checks.Fail("stage_id", "The stage must belong to the deal's pipeline. Change the pipeline first.");
                return deal;
            }
            if (target.Kind is StageKind.Open) return deal with { PipelineId = target.PipelineId, StageId = target.Id };
            outcome = Outcome(target);
            if (target.PipelineId == deal.PipelineId) return deal;
        }
        if (!leavesPipeline && !outcome.IsSet) return deal;

        var destination = outcome.IsSet ? LiveStage(catalog, patch.StageId.Value)!.PipelineId : patch.PipelineId.Value;
        if (catalog.StagesOf(destination).FirstOrDefault() is { } first) return deal with { PipelineId = destination, StageId = first.Id };
        checks.Fail("pipeline_id", "This pipeline has no open stage to put a deal in.");
        return deal;
    }

    private static Deal Fill(Deal deal, DealPatch patch, DealStatus status, DealContext context, Checks checks)
    {
        var (catalog, now) = (context.Catalog, context.Now);

        var currency = patch.Currency.IsSet ? checks.Currency("currency", patch.Currency.Value) : deal.Currency;
        if (patch.Currency.IsSet && catalog.Currency(currency) is null) checks.Fail("currency", $"This workspace has no currency {currency}. Add it in the settings, or use one of its own.");
        if (patch.Value is { IsSet: true, Value: { } amount }) checks.Amount("value", amount);
        if (patch.Position.IsSet) checks.Amount("position", patch.Position.Value);
        if (patch.VisibleTo.IsSet) checks.Require(patch.VisibleTo.Value is 1 or 3 or 5 or 7, "visible_to", "visible_to is one of 1 (owner and followers), 3 (the owner's group), 5 (that group and those below), 7 (everyone).");
        User(checks, catalog, "owner_id", patch.OwnerId);
        User(checks, catalog, "assignee_id", patch.AssigneeId);
        checks.Require(context.PersonExists, "person_id", $"No person with id {patch.PersonId.Or(null)}.");
        checks.Require(context.OrgExists, "org_id", $"No organization with id {patch.OrgId.Or(null)}.");
        foreach (var id in patch.LabelIds.Or([])) checks.Require(catalog.Label(id) is { DeletedAt: null, Subject: "deal" }, "label_ids", $"No deal label with id {id}.");
        foreach (var id in patch.TagIds.Or([])) checks.Require(catalog.Tag(id) is not null, "tag_ids", $"No tag with id {id}.");
        if (patch.Number.IsSet) checks.Text("deal_number", patch.Number.Value, 40);

        var after = deal with
        {
            Title = patch.Title.IsSet ? checks.Text("title", patch.Title.Value, MaxTitle) : deal.Title,
            Value = checks.AllGood ? patch.Value.Or(deal.Value) : deal.Value,
            Currency = currency,
            Probability = checks.Percentage("probability", patch.Probability.Or(deal.Probability)),
            Priority = patch.Priority.Or(deal.Priority),
            Position = checks.AllGood ? patch.Position.Or(deal.Position) : deal.Position,
            OwnerId = patch.OwnerId.Or(deal.OwnerId),
            AssigneeId = patch.AssigneeId.Or(deal.AssigneeId),
            PersonId = patch.PersonId.Or(deal.PersonId),
            OrgId = patch.OrgId.Or(deal.OrgId),
            ExpectedClose = patch.ExpectedClose.Or(deal.ExpectedClose),
            NextFollowupAt = patch.NextFollowupAt.Or(deal.NextFollowupAt),
            ClosureNotes = Text(checks, "closure_notes", patch.ClosureNotes, deal.ClosureNotes, MaxLongText),
            Competitors = Texts(checks, "competitors", patch.Competitors, deal.Competitors),
            Source = Text(checks, "deal_source", patch.Source, deal.Source, MaxText),
            DealType = Text(checks, "deal_type", patch.DealType, deal.DealType, MaxText),
            ForecastCategory = Text(checks, "forecast_category", patch.ForecastCategory, deal.ForecastCategory, MaxText),
            Description = Text(checks, "description", patch.Description, deal.Description, MaxLongText),
            LabelIds = patch.LabelIds.IsSet ? [.. patch.LabelIds.Value.Distinct()] : deal.LabelIds,
            TagIds = patch.Tags.IsSet ? context.Tags : patch.TagIds.IsSet ? [.. patch.TagIds.Value.Distinct()] : deal.TagIds,
            VisibleTo = patch.VisibleTo.Or(deal.VisibleTo),
            Custom = context.Custom,
            RfpId = Text(checks, "rfp_id", patch.RfpId, deal.RfpId, MaxText),
            Links = deal.Links with
            {
                Quotes = Texts(checks, "quote_ids", patch.Quotes, deal.Links.Quotes),
                Proposals = Texts(checks, "proposal_ids", patch.Proposals, deal.Links.Proposals),
                Tasks = Texts(checks, "linked_task_ids", patch.Tasks, deal.Links.Tasks),
                Attachments = Texts(checks, "attachment_refs", patch.Attachments, deal.Links.Attachments),
            },
            Channel = patch.Channel.Or(deal.Channel),
            ChannelId = Text(checks, "channel_id", patch.ChannelId, deal.ChannelId, MaxText),
            Number = patch.Number.IsSet ? patch.Number.Value.Trim() : deal.Number,
            ArchivedAt = Archived(deal, patch, now),
            DeletedAt = patch.Deleted.IsSet ? patch.Deleted.Value ? deal.DeletedAt ?? now : null : deal.DeletedAt,
            DeletedBy = patch.Deleted.IsSet ? patch.Deleted.Value ? deal.DeletedBy ?? context.Caller.UserId : null : deal.DeletedBy,
        };
        return DealStatusRules.Close(after, patch, status, now, checks);
    }

    private static DateTimeOffset? Archived(Deal deal, DealPatch patch, DateTimeOffset now)
    {
        if (!patch.Archived.IsSet) return deal.ArchivedAt;
        if (!patch.Archived.Value) return null;
        return patch.ArchivedAt.IsSet ? patch.ArchivedAt.Value : deal.ArchivedAt ?? now;
    }

    private static Field<DealStatus> Outcome(Stage stage) => stage.Kind is StageKind.Won ? DealStatus.Won : DealStatus.Lost;

    private static Pipeline? LivePipeline(WorkspaceCatalog catalog, long id) => catalog.Pipeline(id) is { DeletedAt: null } pipeline ? pipeline : null;

    private static Stage? LiveStage(WorkspaceCatalog catalog, long id) =>
        catalog.Stage(id) is { DeletedAt: null } stage && LivePipeline(catalog, stage.PipelineId) is not null ? stage : null;

    private static void User(Checks checks, WorkspaceCatalog catalog, string field, Field<long?> id)
    {
        if (id is { IsSet: true, Value: { } known }) checks.Require(catalog.User(known) is { IsActive: true }, field, $"No active user with id {known}.");
    }

    private static string? Text(Checks checks, string field, Field<string?> sent, string? current, int max) =>
        sent.IsSet ? checks.OptionalText(field, sent.Value, max) : current;

    private static Seq<string> Texts(Checks checks, string field, Field<Seq<string>> sent, Seq<string> current)
    {
        if (!sent.IsSet) return current;
        checks.Require(sent.Value.Count <= MaxItems, field, $"{field} holds at most {MaxItems} texts.");
        return [.. sent.Value.Take(MaxItems).Select(text => checks.Text(field, text, MaxText))];
    }
}
