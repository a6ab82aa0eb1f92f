using Tributary.Core.Catalog;
using Tributary.Core.Insights;
using Tributary.Core.Kernel;
using Tributary.Core.Log;

namespace Tributary.Core.Goals;

/// <summary>Pure: which goals there may be.</summary>
internal static class GoalRules
{
    public const int MaxPerWorkspace = 1000;

    public static readonly IReadOnlyList<Tracked<Goal>> Tracks =
    [
        new("owner_id", goal => goal.OwnerId),
        new("pipeline_id", goal => goal.PipelineId),
        new("period", goal => Word(goal.Period)),
        new("value", goal => goal.Value),
        new("currency", goal => goal.Currency),
        new("from", goal => goal.From),
        new("until", goal => goal.Until),
    ];

    public static string Word(Interval period) => period is Interval.Quarter ? "quarter" : "month";

    public static Goal Apply(Goal goal, GoalPatch patch) => goal with
    {
        OwnerId = patch.OwnerId.Or(goal.OwnerId),
        PipelineId = patch.PipelineId.Or(goal.PipelineId),
        Period = patch.Period.Or(goal.Period),
        Value = patch.Value.Or(goal.Value),
        Currency = patch.Currency.Or(goal.Currency),
        From = patch.From.Or(goal.From),
        Until = patch.Until.Or(goal.Until),
    };

    public static Goal Check(Goal goal, WorkspaceCatalog catalog, IReadOnlyList<Goal> others)
    {
        var checks = new Checks();
        var currency = checks.Currency("currency", goal.Currency);
        if (checks.AllGood)
        {
            checks.Require(catalog.Currency(currency) is not null, "currency", $"This workspace has no currency {currency}.");
        }
        checks.Amount("value", goal.Value, 0.0001m);
        checks.Require(goal.Period is Interval.Month or Interval.Quarter, "period", "period must be month or quarter.");
        checks.Require(goal.OwnerId is not { } owner || catalog.User(owner) is not null, "owner_id", $"No user with id {goal.OwnerId}.");
        checks.Require(goal.PipelineId is not { } pipeline || catalog.Pipeline(pipeline) is { DeletedAt: null }, "pipeline_id",
            $"No pipeline with id {goal.PipelineId}.");
        checks.Require(goal.Until is not { } until || until >= goal.From, "until", "until must not be before from.");
        checks.Done();
        if (others.FirstOrDefault(other => other.Id != goal.Id && Overlap(other, goal)) is { } clash)
        {
            throw Problem.Conflict($"Another goal of the same owner and pipeline holds from {clash.From:yyyy-MM-dd}; end that one first.",
                "goal");
        }
        return goal with { Currency = currency };
    }

    private static bool Overlap(Goal a, Goal b) =>
        a.OwnerId == b.OwnerId && a.PipelineId == b.PipelineId && a.From <= (b.Until ?? DateOnly.MaxValue)
        && b.From <= (a.Until ?? DateOnly.MaxValue);
}
