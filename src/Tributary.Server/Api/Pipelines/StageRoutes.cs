using Tributary.Core.Pipelines;
using Tributary.Server.Hosting;

namespace Tributary.Server.Api.Pipelines;

internal static class StageRoutes
{
    private static readonly Member<long> Id = Members.Id("id", "The stage.").InPath();
    private static readonly Member<long> PipelineId = Members.Id("id", "The pipeline.").InPath();
    private static readonly Member<long> MoveTo =
        Members.Id("move_to", "The open stage that takes the deals; without it, deals keep the stage from going.");

    private static readonly ShortListing<Stage> Stages = new(PipelineWire.Stage, stage => stage.Id)
    {
        Filters =
        [
            ShortFilter<Stage>.Of(Members.Id("pipeline_id", "Stages of this pipeline."), (stage, pipeline) => stage.PipelineId == pipeline),
            ShortFilter<Stage>.Of(Members.Word("kind", "Stages of this kind.", PipelineWire.Kinds), (stage, kind) => stage.Kind == kind),
        ],
        Sorts = new Dictionary<string, Func<Stage, IComparable?>>
        {
            ["id"] = s => s.Id,
            ["name"] = s => s.Name,
            ["position"] = s => s.Position,
            ["pipeline_id"] = s => s.PipelineId,
            ["probability"] = s => s.Probability,
            ["added_at"] = s => s.AddedAt,
        },
    };

    public static readonly IReadOnlyList<Operation> All =
    [
        new("GET", "/stages", "listStages", List)
        {
            Tag = "Pipelines", Summary = "List stages", Parameters = Stages.Parameters, Answer = Stages,
        },
        new("POST", "/stages", "createStage", Create)
        {
            Tag = "Pipelines", Summary = "Add a stage", Body = PipelineBody.NewStage, Status = 201, Answer = PipelineWire.Stage,
        },
        new("GET", "/stages/{id}", "getStage", Get)
        {
            Tag = "Pipelines", Summary = "Get a stage", Parameters = [Id, Selection.Fields], Answer = PipelineWire.Stage,
        },
        new("PATCH", "/stages/{id}", "updateStage", Update)
        {
            Tag = "Pipelines", Summary = "Change a stage, or move it to another pipeline", Parameters = [Id],
            Body = PipelineBody.StagePatch, Answer = PipelineWire.Stage,
        },
        new("DELETE", "/stages/{id}", "deleteStage", Delete)
        {
            Tag = "Pipelines", Summary = "Delete a stage", Parameters = [Id, MoveTo], Status = 204,
        },
        new("POST", "/pipelines/{id}/stages/reorder", "reorderStages", Reorder)
        {
            Tag = "Pipelines", Summary = "Put the stages of a pipeline in another order", Parameters = [PipelineId], Body = Ordering.Shape,
            Answer = PipelineWire.Stages,
        },
    ];

    private static Task<Reply> List(Call call) =>
        Stages.Answer(call, () => call.Service<PipelineService>().ListStages(call.Caller, null, call.Ct));

    private static async Task<Reply> Create(Call call)
    {
        call.Caller.MustManage("pipelines");
        return Shown(await call.Service<PipelineService>().CreateStage(call.Caller, await call.Read(PipelineBody.ReadStage), call.Ct), 201);
    }

    private static async Task<Reply> Get(Call call)
    {
        var id = call.Path(Id, "stage");
        var only = Selection.Read(call, PipelineWire.Stage);
        call.Checked();
        return Shown(await call.Service<PipelineService>().GetStage(call.Caller, id, call.Ct), only: only);
    }

    private static async Task<Reply> Update(Call call)
    {
        call.Caller.MustManage("pipelines");
        var id = call.Path(Id, "stage");
        var patch = await call.Read(PipelineBody.ReadStage);
        return Shown(await call.Service<PipelineService>()
            .UpdateStage(call.Caller, id, patch with { ExpectedVersion = call.ExpectedVersion() ?? patch.ExpectedVersion }, call.Ct));
    }

    private static async Task<Reply> Delete(Call call)
    {
        call.Caller.MustManage("pipelines");
        var (id, heir) = (call.Path(Id, "stage"), call.Query(MoveTo));
        call.Checked();
        await call.Service<PipelineService>().DeleteStage(call.Caller, id, heir.IsSet ? heir.Value : null, call.ExpectedVersion(), call.Ct);
        return Reply.Empty();
    }

    private static async Task<Reply> Reorder(Call call)
    {
        call.Caller.MustManage("pipelines");
        var id = call.Path(PipelineId, "pipeline");
        return ListOf.Reply(PipelineWire.Stage, await call.Service<PipelineService>()
            .ReorderStages(call.Caller, id, await call.Read(Ordering.Read), call.Ct));
    }

    private static Reply Shown(Stage stage, int status = 200, IReadOnlySet<string>? only = null) =>
        Reply.Json(PipelineWire.Stage, stage, stage.Version, status, only);
}
