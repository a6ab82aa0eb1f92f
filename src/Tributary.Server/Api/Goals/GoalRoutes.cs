using Tributary.Core.Goals;
using Tributary.Server.Hosting;

namespace Tributary.Server.Api.Goals;

internal static class GoalRoutes
{
    private static readonly Member<long> Id = Members.Id("id", "The goal.").InPath();

    private static readonly ShortListing<Goal> Goals = new(GoalWire.Goal, goal => goal.Id)
    {
        Filters =
        [
            ShortFilter<Goal>.Of(Members.Id("owner_id", "Goals of this owner."), (goal, owner) => goal.OwnerId == owner),
            ShortFilter<Goal>.Of(Members.Id("pipeline_id", "Goals of this pipeline."), (goal, pipeline) => goal.PipelineId == pipeline),
        ],
        Sorts = new Dictionary<string, Func<Goal, IComparable?>> { ["id"] = g => g.Id, ["from"] = g => g.From, ["value"] = g => g.Value },
    };

    public static readonly IReadOnlyList<Operation> All =
    [
        new("GET", "/goals", "listGoals", List)
        {
            Tag = "Goals", Summary = "List what is meant to be won", Parameters = Goals.Parameters, Answer = Goals,
        },
        new("POST", "/goals", "createGoal", Create)
        {
            Tag = "Goals", Summary = "Set a goal", Body = GoalWire.New, Status = 201, Answer = GoalWire.Goal,
            Description = "For one owner and pipeline, or for all of them, at most one goal holds on any day.",
        },
        new("GET", "/goals/{id}", "getGoal", Get)
        {
            Tag = "Goals", Summary = "Get a goal", Parameters = [Id, Selection.Fields], Answer = GoalWire.Goal,
        },
        new("PATCH", "/goals/{id}", "updateGoal", Update)
        {
            Tag = "Goals", Summary = "Change or end a goal", Parameters = [Id], Body = GoalWire.Patch, Answer = GoalWire.Goal,
        },
        new("DELETE", "/goals/{id}", "deleteGoal", Delete) { Tag = "Goals", Summary = "Delete a goal", Parameters = [Id], Status = 204 },
    ];

    private static Task<Reply> List(Call call) => Goals.Answer(call, () => call.Service<GoalService>().List(call.Caller, call.Ct));

    private static async Task<Reply> Create(Call call)
    {
        call.Caller.MustManage("goals");
        return Shown(await call.Service<GoalService>().Create(call.Caller, await call.Read(GoalWire.Read), call.Ct), 201);
    }

    private static async Task<Reply> Get(Call call)
    {
        var id = call.Path(Id, "goal");
        var only = Selection.Read(call, GoalWire.Goal);
        call.Checked();
        return Shown(await call.Service<GoalService>().Get(call.Caller, id, call.Ct), only: only);
    }

    private static async Task<Reply> Update(Call call)
    {
        call.Caller.MustManage("goals");
        var id = call.Path(Id, "goal");
        var patch = await call.Read(GoalWire.Read);
        return Shown(await call.Service<GoalService>()
            .Update(call.Caller, id, patch with { ExpectedVersion = call.ExpectedVersion() ?? patch.ExpectedVersion }, call.Ct));
    }

    private static async Task<Reply> Delete(Call call)
    {
        call.Caller.MustManage("goals");
        await call.Service<GoalService>().Delete(call.Caller, call.Path(Id, "goal"), call.ExpectedVersion(), call.Ct);
        return Reply.Empty();
    }

    private static Reply Shown(Goal goal, int status = 200, IReadOnlySet<string>? only = null) =>
        Reply.Json(GoalWire.Goal, goal, goal.Version, status, only);
}
