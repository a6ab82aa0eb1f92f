using FsCheck;
using FsCheck.Fluent;
using Tributary.Core.Activities;
using Tributary.Core.Deals;
using Tributary.Core.Totals;
using Tributary.Tests.Support;

namespace Tributary.Tests.Core.Activities;

public sealed class ActivityFactsPropertyTests
{
    /// <summary>One write: on which activity (or a new one), for which deal, due when, in which status, deleted or not.</summary>
    private sealed record Write(int Activity, int Deal, int? Due, ActivityStatus Status, bool Deleted);

    [Theory, OnBothBackends]
    public async Task After_any_writes_of_activities_the_facts_of_deals_and_the_totals_equal_a_recount(Backend backend)
    {
        var db = await Backends.Open(backend);
        var writes =
            from activity in Gen.Choose(0, 5)
            from deal in Gen.Choose(-1, 1)
            from due in Gen.OneOf(Gen.Constant((int?)null), Gen.Choose(0, 4).Select(day => (int?)day))
            from status in Gen.Elements(Enum.GetValues<ActivityStatus>())
            from deleted in Gen.Frequency((4, Gen.Constant(false)), (1, Gen.Constant(true)))
            select new Write(activity, deal, due, status, deleted);

        Check.One(
            Config.QuickThrowOnFailure.WithReplay(20261120, 1).WithQuietOnSuccess(true).WithMaxTest(12),
            Prop.ForAll(writes.ListOf(12).ToArbitrary(), sequence => FactsHold(db, [.. sequence]).GetAwaiter().GetResult()));
    }

    private static async Task<bool> FactsHold(Tributary.Core.Storage.Db db, IReadOnlyList<Write> writes)
    {
        var some = await Some.Workspace(db);
        Deal[] deals = [await Around.Deal(some), await Around.Deal(some)];
        var service = new ActivityService(db);
        var activities = new Dictionary<int, Activity>();

        foreach (var write in writes)
        {
            var patch = new ActivityPatch
            {
                DealId = write.Deal < 0 ? null : deals[write.Deal].Id,
                DueOn = write.Due is { } day ? new DateOnly(2026, 11, 20).AddDays(day) : null,
                Status = write.Status,
                Deleted = write.Deleted,
            };
            activities[write.Activity] = activities.TryGetValue(write.Activity, out var known)
                ? known.IsDeleted && write.Deleted ? known : await service.Update(some.Admin, known.Id, patch, CancellationToken.None)
                : await service.Create(some.Admin, patch, CancellationToken.None);
        }

        var due = new Dictionary<DateOnly, long>();
        foreach (var deal in deals)
        {
            var own = activities.Values.Where(activity => activity.DealId == deal.Id && !activity.IsDeleted).ToList();
            var next = own.Where(activity => activity is { Status: ActivityStatus.Open or ActivityStatus.InProgress, DueOn: not null })
                .OrderBy(activity => activity.DueOn).ThenBy(activity => activity.Id).FirstOrDefault();
            var last = own.Where(activity => activity.Done).OrderByDescending(activity => activity.DueOn ?? DateOnly.MinValue)
                .ThenByDescending(activity => activity.Id).FirstOrDefault();
            var found = await Around.Reload(some, deal);
            if ((found.ActivitiesCount, found.DoneActivitiesCount) != (own.Count, own.Count(activity => activity.Done))) return false;
            if ((found.NextActivityId, found.NextActivityOn) != (next?.Id, next?.DueOn)) return false;
            if ((found.LastActivityId, found.LastActivityOn) != (last?.Id, last?.DueOn)) return false;
            due[next?.DueOn ?? TotalsRules.Never] = due.GetValueOrDefault(next?.DueOn ?? TotalsRules.Never) + 1;
        }
        return due.OrderBy(cell => cell.Key).SequenceEqual((await Around.Due(some)).OrderBy(cell => cell.Key));
    }
}
