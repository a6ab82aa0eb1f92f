using Tributary.Core.Catalog;
using Tributary.Core.Insights;
using Tributary.Core.Kernel;
using Tributary.Core.Lists;
using Tributary.Core.Log;
using Tributary.Core.Storage;
using Tributary.Core.Users;

namespace Tributary.Core.Goals;

/// <summary>
/// The verbs of goals. Everyone sees them, admins and managers set them; changes queue per workspace, or two goals could hold at once.
/// </summary>
public sealed class GoalService(Db db)
{
    private const string Noun = "goals";

    /// <summary>Oldest first.</summary>
    public async Task<IReadOnlyList<Goal>> List(Caller caller, CancellationToken ct)
    {
        caller.MustRead(Noun);
        await using var tx = await db.Read(caller.Workspace, ct);
        return await GoalStore.All(tx);
    }

    /// <summary>One of <see cref="List"/>.</summary>
    public async Task<Goal> Get(Caller caller, long id, CancellationToken ct) =>
        (await List(caller, ct)).FirstOrDefault(goal => goal.Id == id) ?? throw Problem.NotFound("goal", id);

    /// <summary>A goal in the base currency from today on, where the patch says nothing else.</summary>
    public async Task<Goal> Create(Caller caller, GoalPatch patch, CancellationToken ct)
    {
        caller.MustManage(Noun);
        await using var tx = await db.Write(caller.Workspace, ct);
        await UserStore.LockWorkspace(tx);
        var others = await GoalStore.All(tx);
        if (others.Count >= GoalRules.MaxPerWorkspace)
        {
            throw Problem.TooLarge($"A workspace may have at most {GoalRules.MaxPerWorkspace} goals.");
        }

        var catalog = await tx.CatalogFor(caller);
        var given = new Goal
        {
            Id = await tx.NextId("goal_ids"),
            Uid = tx.NextUid(),
            Period = Interval.Month,
            Value = 0,
            Currency = catalog.Workspace.BaseCurrency,
            From = Calendar.At(tx.Now, catalog.Workspace.TimeZone).Today,
            AddedAt = tx.Now,
            UpdatedAt = tx.Now,
            Version = 1,
        };
        var goal = GoalRules.Check(GoalRules.Apply(given, patch), catalog, others);

        await GoalStore.Insert(tx, goal);
        await Append(tx, caller, "created", null, goal);
        await tx.Commit();
        return goal;
    }

    public async Task<Goal> Update(Caller caller, long id, GoalPatch patch, CancellationToken ct)
    {
        caller.MustManage(Noun);
        await using var tx = await db.Write(caller.Workspace, ct);
        await UserStore.LockWorkspace(tx);
        var all = await GoalStore.All(tx);
        var before = all.FirstOrDefault(goal => goal.Id == id) ?? throw Problem.NotFound("goal", id);
        Problem.MustBeAt(patch.ExpectedVersion, before.Version, "goal", id);
        var after = GoalRules.Check(GoalRules.Apply(before, patch), await tx.CatalogFor(caller), all);
        if (after == before) return before;

        after = after with { UpdatedAt = tx.Now, Version = before.Version + 1 };
        if (!await GoalStore.Update(tx, after)) throw Problem.Stale("goal", id);
        await Append(tx, caller, "updated", before, after);
        await tx.Commit();
        return after;
    }

    public async Task Delete(Caller caller, long id, long? expected, CancellationToken ct)
    {
        caller.MustManage(Noun);
        await using var tx = await db.Write(caller.Workspace, ct);
        await UserStore.LockWorkspace(tx);
        var before = (await GoalStore.All(tx)).FirstOrDefault(goal => goal.Id == id) ?? throw Problem.NotFound("goal", id);
        Problem.MustBeAt(expected, before.Version, "goal", id);
        await GoalStore.Delete(tx, id);
        await Append(tx, caller, "deleted", before, null);
        await tx.Commit();
    }

    private static Task Append(Tx tx, Caller caller, string action, Goal? before, Goal? after) => EventStore.Append(tx, caller, new()
    {
        Subject = "goal",
        SubjectId = (after ?? before)!.Id,
        Action = action,
        Changes = Tracked.Between(GoalRules.Tracks, before, after),
    });
}
