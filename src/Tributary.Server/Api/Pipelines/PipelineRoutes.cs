using Tributary.Core.Catalog;
using Tributary.Core.Kernel;
using Tributary.Core.Pipelines;
using Tributary.Server.Hosting;

namespace Tributary.Server.Api.Pipelines;

internal static class PipelineRoutes
{
    private static readonly Member<long> Id = Members.Id("id", "The pipeline.").InPath();
    private static readonly Member<long> MoveTo =
        Members.Id("move_to", "The open stage that takes the deals; without it, deals keep the pipeline from going.");
    private static readonly Member<Seq<string>> Include = ListMembers.Include(["stages"]);

    private static readonly ShortListing<PipelineView> Pipelines = new(PipelineWire.Pipeline, view => view.Pipeline.Id)
    {
        Filters =
            [ShortFilter<PipelineView>.Of(Members.Flag("is_default", "The default pipeline, or the others."),
                (view, isDefault) => view.Pipeline.IsDefault == isDefault)],
        Sorts = new Dictionary<string, Func<PipelineView, IComparable?>>
        {
            ["id"] = v => v.Pipeline.Id,
            ["name"] = v => v.Pipeline.Name,
            ["position"] = v => v.Pipeline.Position,
            ["added_at"] = v => v.Pipeline.AddedAt,
        },
    };

    public static readonly IReadOnlyList<Operation> All =
    [
        new("GET", "/pipelines", "listPipelines", List)
        {
            Tag = "Pipelines", Summary = "List pipelines", Parameters = [.. Pipelines.Parameters, Include], Answer = Pipelines,
        },
        new("POST", "/pipelines", "createPipeline", Create)
        {
            Tag = "Pipelines", Summary = "Add a pipeline with its stages", Body = PipelineBody.New, Status = 201,
            Answer = PipelineWire.Pipeline,
        },
        new("POST", "/pipelines/reorder", "reorderPipelines", Reorder)
        {
            Tag = "Pipelines", Summary = "Put the pipelines in another order", Body = Ordering.Shape, Answer = PipelineWire.Pipelines,
        },
        new("GET", "/pipelines/{id}", "getPipeline", Get)
        {
            Tag = "Pipelines", Summary = "Get a pipeline with its stages", Parameters = [Id, Selection.Fields],
            Answer = PipelineWire.Pipeline,
        },
        new("PATCH", "/pipelines/{id}", "updatePipeline", Update)
        {
            Tag = "Pipelines", Summary = "Change a pipeline", Parameters = [Id], Body = PipelineBody.Patch, Answer = PipelineWire.Pipeline,
        },
        new("DELETE", "/pipelines/{id}", "deletePipeline", Delete)
        {
            Tag = "Pipelines", Summary = "Delete a pipeline and its stages", Parameters = [Id, MoveTo], Status = 204,
        },
    ];

    private static async Task<Reply> List(Call call)
    {
        var withStages = call.Query(Include, []).Count > 0;
        return await Pipelines.Answer(call, async () =>
        {
            var pipelines = await call.Service<PipelineService>().List(call.Caller, call.Ct);
            var catalog = await call.Service<CatalogService>().Latest(call.Caller, call.Ct);
            return [.. pipelines.Select(pipeline => withStages ? PipelineView.Of(pipeline, catalog) : new(pipeline, null))];
        });
    }

    private static async Task<Reply> Create(Call call)
    {
        call.Caller.MustManage("pipelines");
        var (pipeline, stages) = await call.Read(PipelineBody.ReadNew);
        return await Shown(call, await call.Service<PipelineService>().Create(call.Caller, pipeline, stages, call.Ct), 201);
    }

    private static async Task<Reply> Get(Call call)
    {
        var id = call.Path(Id, "pipeline");
        var only = Selection.Read(call, PipelineWire.Pipeline);
        call.Checked();
        return await Shown(call, await call.Service<PipelineService>().Get(call.Caller, id, call.Ct), only: only);
    }

    private static async Task<Reply> Update(Call call)
    {
        call.Caller.MustManage("pipelines");
        var id = call.Path(Id, "pipeline");
        var patch = await call.Read(PipelineBody.Read);
        return await Shown(call, await call.Service<PipelineService>()
            .Update(call.Caller, id, patch with { ExpectedVersion = call.ExpectedVersion() ?? patch.ExpectedVersion }, call.Ct));
    }

    private static async Task<Reply> Reorder(Call call)
    {
        call.Caller.MustManage("pipelines");
        var pipelines = await call.Service<PipelineService>().Reorder(call.Caller, await call.Read(Ordering.Read), call.Ct);
        return ListOf.Reply(PipelineWire.Pipeline, [.. pipelines.Select(pipeline => new PipelineView(pipeline, null))]);
    }

    private static async Task<Reply> Delete(Call call)
    {
        call.Caller.MustManage("pipelines");
        var (id, heir) = (call.Path(Id, "pipeline"), call.Query(MoveTo));
        call.Checked();
        await call.Service<PipelineService>().Delete(call.Caller, id, heir.IsSet ? heir.Value : null, call.ExpectedVersion(), call.Ct);
        return Reply.Empty();
    }

    private static async Task<Reply> Shown(Call call, Pipeline pipeline, int status = 200, IReadOnlySet<string>? only = null) =>
        Reply.Json(PipelineWire.Pipeline, PipelineView.Of(pipeline, await call.Service<CatalogService>().Latest(call.Caller, call.Ct)),
            pipeline.Version, status, only);
}
