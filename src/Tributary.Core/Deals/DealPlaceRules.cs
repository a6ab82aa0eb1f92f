using Tributary.Core.Catalog;
using Tributary.Core.Kernel;
using Tributary.Core.Pipelines;

namespace Tributary.Core.Deals;

/// <summary>Where a deal stands: its pipeline and stage, and what a stage of kind won or lost means for it. Pure.</summary>
internal static class DealPlaceRules
{
    /// <summary>
    /// Where a new deal starts: the stage named; else the first open stage of the pipeline named, else of the default
    /// pipeline. A stage of kind won or lost means: closed that way, at the first stage.
    /// </summary>
    public static (long PipelineId, long StageId, Field<DealStatus> Outcome) First(DealPatch patch, WorkspaceCatalog catalog, Checks checks)
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
            checks.Fail("pipeline_id", patch.PipelineId.IsSet
                ? $"No pipeline with id {patch.PipelineId.Value}." : "This workspace has no pipeline yet.");
            return default;
        }
        if (catalog.StagesOf(pipeline.Id).FirstOrDefault() is { } first) return (pipeline.Id, first.Id, outcome);
        checks.Fail("pipeline_id", "This pipeline has no open stage to put a deal in.");
        return default;
    }

    /// <summary>The deal where the patch wants it; <paramref name="outcome"/> is set when the stage named says how it closed.</summary>
    public static Deal Move(Deal deal, DealPatch patch, WorkspaceCatalog catalog, Checks checks, out Field<DealStatus> outcome)
    {
        outcome = default;
        var leavesPipeline = patch.PipelineId.IsSet && patch.PipelineId.Value != deal.PipelineId;
        if (!patch.StageId.IsSet) return leavesPipeline ? ToFirstStage(deal, patch.PipelineId.Value, catalog, checks) : deal;

        if (patch.StageId.Value == deal.StageId && !leavesPipeline) return deal;
        if (LiveStage(catalog, patch.StageId.Value) is not { } target)
        {
            checks.Fail("stage_id", $"No stage with id {patch.StageId.Value}.");
            return deal;
        }
        if (patch.StagePolicy is StagePolicy.SamePipeline && target.PipelineId != patch.PipelineId.Or(deal.PipelineId))
        {
            checks.Fail("stage_id", "The stage must belong to the deal's pipeline. Change the pipeline first.");
            return deal;
        }
        if (target.Kind is StageKind.Open) return deal with { PipelineId = target.PipelineId, StageId = target.Id };
        outcome = Outcome(target);
        return target.PipelineId == deal.PipelineId ? deal : ToFirstStage(deal, target.PipelineId, catalog, checks);
    }

    /// <summary>A deal that comes back from the bin or the archive may find its stage gone; then it starts at the first one.</summary>
    public static Deal Return(Deal deal, WorkspaceCatalog catalog, Checks checks)
    {
        if (LiveStage(catalog, deal.StageId) is not null) return deal;
        var pipeline = LivePipeline(catalog, deal.PipelineId) ?? catalog.DefaultPipeline;
        return pipeline is null ? deal : ToFirstStage(deal, pipeline.Id, catalog, checks);
    }

    private static Deal ToFirstStage(Deal deal, long pipelineId, WorkspaceCatalog catalog, Checks checks)
    {
        if (LivePipeline(catalog, pipelineId) is null) checks.Fail("pipeline_id", $"No pipeline with id {pipelineId}.");
        else if (catalog.StagesOf(pipelineId).FirstOrDefault() is { } first)
            return deal with { PipelineId = pipelineId, StageId = first.Id };
        else checks.Fail("pipeline_id", "This pipeline has no open stage to put a deal in.");
        return deal;
    }

    private static Field<DealStatus> Outcome(Stage stage) => stage.Kind is StageKind.Won ? DealStatus.Won : DealStatus.Lost;

    private static Pipeline? LivePipeline(WorkspaceCatalog catalog, long id) =>
        catalog.Pipeline(id) is { DeletedAt: null } pipeline ? pipeline : null;

    private static Stage? LiveStage(WorkspaceCatalog catalog, long id) =>
        catalog.Stage(id) is { DeletedAt: null } stage && LivePipeline(catalog, stage.PipelineId) is not null ? stage : null;
}
