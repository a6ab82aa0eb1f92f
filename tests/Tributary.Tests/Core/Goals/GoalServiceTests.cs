using Tributary.Core.Goals;
using Tributary.Core.Insights;
using Tributary.Core.Kernel;
using Tributary.Tests.Support;

namespace Tributary.Tests.Core.Goals;

public sealed class GoalServiceTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, OnBothBackends]
    public async Task A_goal_is_set_changed_ended_and_deleted(Backend backend)
    {
        var some = await Some.Workspace(backend);
        var goals = new GoalService(some.Db);

        var set = await goals.Create(some.Admin, new() { Value = 5000m, PipelineId = some.PipelineId }, Ct);
        var raised = await goals.Update(some.Admin, set.Id,
            new() { Value = 7500.5m, Period = Interval.Quarter, Until = new DateOnly(2027, 3, 31) }, Ct);
        var listed = await goals.List(some.Admin, Ct);
        await goals.Delete(some.Admin, set.Id, raised.Version, Ct);

        Assert.Equal((5000m, Interval.Month, new DateOnly(2026, 11, 20), (DateOnly?)null), (set.Value, set.Period, set.From, set.Until));
        Assert.Equal([raised], listed);
        Assert.Equal((7500.5m, 2), (raised.Value, raised.Version));
        Assert.Empty(await goals.List(some.Admin, Ct));
    }

    [Theory, OnBothBackends]
    public async Task Of_one_owner_and_pipeline_one_goal_holds_at_a_time(Backend backend)
    {
        var some = await Some.Workspace(backend);
        var goals = new GoalService(some.Db);
        var first =
            await goals.Create(some.Admin, new() { Value = 1m, From = new DateOnly(2026, 1, 1), Until = new DateOnly(2026, 12, 31) }, Ct);
        await goals.Create(some.Admin, new() { Value = 2m, From = new DateOnly(2026, 1, 1), OwnerId = some.Admin.UserId }, Ct);
        await goals.Create(some.Admin, new() { Value = 3m, From = new DateOnly(2027, 1, 1) }, Ct);

        var overlapping =
            await Refused(
                () => goals.Create(some.Admin, new() { Value = 4m, From = new DateOnly(2026, 12, 31), Until = new DateOnly(2026, 12, 31) },
                    Ct));
        var prolonged = await Refused(() => goals.Update(some.Admin, first.Id, new() { Until = null }, Ct));

        Assert.Equal((ProblemCode.Conflict, ProblemCode.Conflict), (overlapping.Code, prolonged.Code));
    }

    [Theory, OnBothBackends]
    public async Task What_is_wrong_with_a_goal_is_named_all_at_once(Backend backend)
    {
        var some = await Some.Workspace(backend);
        var patch = new GoalPatch
        {
            Value = 0m,
            Currency = "XXQ",
            OwnerId = 999_999_999,
            PipelineId = 999_999_999,
            From = new DateOnly(2027, 1, 1),
            Until = new DateOnly(2026, 1, 1),
        };

        var problem = await Refused(() => new GoalService(some.Db).Create(some.Admin, patch, Ct));

        Assert.Equal(["currency", "owner_id", "pipeline_id", "until", "value"], problem.Fields.Select(field => field.Field).Order());
    }

    private static async Task<Problem> Refused(Func<Task> act) => (await Assert.ThrowsAsync<ProblemException>(act)).Problem;
}
