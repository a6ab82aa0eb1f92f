using Tributary.Core.Catalog;
using Tributary.Core.Kernel;
using Tributary.Core.Lists;

namespace Tributary.Core.Insights;

// What people did and mean to do. Everyone counts what they see.
public sealed partial class InsightsService
{
    /// <summary>Those with the most done first.</summary>
    public async Task<IReadOnlyList<ActivityCount>> Activities(Caller caller, ActivityCountQuery query, CancellationToken ct)
    {
        caller.MustRead("activities");
        if (query.From > query.To) throw Problem.Invalid("to", "to must not be before from.");
        await using var tx = await db.Read(caller.Workspace, ct);
        var catalog = await tx.CatalogFor(caller);
        var today = Calendar.At(tx.Now, catalog.Workspace.TimeZone).Today;

        var done = await InsightStore.Activities(tx, caller, catalog, Meaning("done_at", isDone: true));
        var planned = await InsightStore.Activities(tx, caller, catalog,
            Condition.AllOf([Meaning("due_on", isDone: false), NotBefore(today)]));
        var overdue = await InsightStore.Activities(tx, caller, catalog,
            Condition.AllOf([Meaning("due_on", isDone: false), Condition.Test("due_on", Operator.Less, today)]));
        return [.. done.Keys.Union(planned.Keys).Union(overdue.Keys)
            .Select(owner => new ActivityCount(owner == 0 ? null : owner, done.GetValueOrDefault(owner), planned.GetValueOrDefault(owner),
                overdue.GetValueOrDefault(owner)))
            .OrderByDescending(count => count.Done).ThenByDescending(count => count.Planned).ThenBy(count => count.OwnerId)];

        Condition Meaning(string date, bool isDone)
        {
            var conditions = new List<Condition> { Condition.Equal("done", isDone) };
            if (query.OwnerId is { } owner) conditions.Add(Condition.Equal("owner_id", owner));
            if (query.Type is { } type) conditions.Add(Condition.Equal("type", type));
            if (query.From is { } from) conditions.Add(InPeriod(date, Operator.AtLeast, from));
            if (query.To is { } to) conditions.Add(InPeriod(date, Operator.AtMost, to));
            return Condition.AllOf([.. conditions]);
        }
    }

    private static Condition NotBefore(DateOnly today) =>
        Condition.AnyOf(Condition.Test("due_on", Operator.AtLeast, today), Condition.Test("due_on", Operator.IsEmpty));

    // What is due on no day is planned for any.
    private static Condition InPeriod(string date, Operator side, DateOnly day) =>
        date is "due_on" ? Condition.AnyOf(Condition.Test(date, side, day), Condition.Test(date, Operator.IsEmpty))
        : Condition.Test(date, side, day);
}
