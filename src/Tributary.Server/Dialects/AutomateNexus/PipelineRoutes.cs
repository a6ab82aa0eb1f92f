using Tributary.Core.Catalog;
using Tributary.Core.Kernel;
using Tributary.Core.Pipelines;
using Tributary.Server.Hosting;

namespace Tributary.Server.Dialects.AutomateNexus;

/// <summary>
/// The page "Deals &amp; Pipeline API": pipelines and their stages. Stages that only name an outcome hold no deals and are left out.
/// </summary>
internal static class PipelineRoutes
{
    private static readonly Member<Guid> Id = Ids.Pipeline.InPath("id", "The pipeline.");

    private static readonly Wire<Stage> Stage = Common(new Wire<Stage>("Stage"), stage => stage);

    private static readonly Wire<(Pipeline Pipeline, WorkspaceCatalog Catalog)> Pipeline =
        new Wire<(Pipeline Pipeline, WorkspaceCatalog Catalog)>("Pipeline")
        .Id("id", p => p.Pipeline.Uid, Ids.Pipeline.Spelled, nullable: false)
        .Text("name", p => p.Pipeline.Name, nullable: false)
        .Objects("stages", p => p.Catalog.StagesOf(p.Pipeline.Id), Stage)
        .Flag("is_default", p => p.Pipeline.IsDefault);

    private static readonly Wire<(Stage Stage, StageDeals Deals)> CountedStage =
        Common(new Wire<(Stage Stage, StageDeals Deals)>("CountedStage"), row => row.Stage)
        .Whole("deal_count", row => row.Deals.Open + row.Deals.Won + row.Deals.Lost,
            "Deals of every status, as the list filtered by this stage finds them.");

    private static readonly Wire<IReadOnlyList<(Pipeline Pipeline, WorkspaceCatalog Catalog)>> Pipelines = Envelope.All(Pipeline);
    private static readonly Wire<IReadOnlyList<(Stage Stage, StageDeals Deals)>> Stages = Envelope.All(CountedStage);

    public static readonly IReadOnlyList<Operation> All =
    [
        new("GET", "/pipelines", "listPipelines", List)
        {
            Tag = "Pipelines", Summary = "List pipelines with their stages", Answer = Pipelines,
        },
        new("GET", "/pipelines/{id}/stages", "listStages", ListStages)
        {
            Tag = "Pipelines", Summary = "List a pipeline's stages with deal counts", Parameters = [Id], Answer = Stages,
            CoverageNote = "The page names no member for the count; it is deal_count.",
        },
    ];

    private static async Task<Reply> List(Call call)
    {
        call.Caller.MustRead("pipelines");
        var catalog = await call.Service<CatalogService>().Current(call.Caller, call.Ct);
        return Reply.Json(Pipelines, [.. catalog.Pipelines.Select(pipeline => (pipeline, catalog))]);
    }

    private static async Task<Reply> ListStages(Call call)
    {
        call.Caller.MustRead("pipelines");
        var uid = call.Path(Id, "pipeline");
        var catalog = await call.Service<CatalogService>().Current(call.Caller, call.Ct);
        var pipeline = catalog.Pipelines.FirstOrDefault(one => one.Uid == uid)
            ?? throw Problem.NotFound("pipeline", Ids.Pipeline.Spell(uid));
        var counts = (await call.Service<PipelineService>().CountDeals(call.Caller, pipeline.Id, call.Ct))
            .ToDictionary(count => count.StageId);
        return Reply.Json(Stages, [.. catalog.StagesOf(pipeline.Id).Select(stage => (stage, counts[stage.Id]))]);
    }

    private static Wire<T> Common<T>(Wire<T> wire, Func<T, Stage> stage) => wire
        .Id("id", row => stage(row).Uid, Ids.Stage.Spelled, nullable: false)
        .Text("name", row => stage(row).Name, nullable: false)
        .Whole("position", row => stage(row).Position)
        .Number("probability", row => stage(row).Probability);
}
