using Tributary.Core.Catalog;
using Tributary.Core.Deals;
using Tributary.Core.Kernel;
using Tributary.Core.Lists;
using Tributary.Core.Log;
using Tributary.Core.Storage;

namespace Tributary.Core.Activities;

/// <summary>The verbs of activities. A deal's next and last activity, its counts and its day totals follow each write.</summary>
public sealed class ActivityService(Db db)
{
    /// <summary>Deleted ones included for as long as they can be restored; one that the caller does not see is not found.</summary>
    public async Task<Activity> Get(Caller caller, long id, CancellationToken ct)
    {
        caller.MustRead("activities");
        await using var tx = await db.Read(caller.Workspace, ct);
        return await Visible(tx, caller, await ActivityStore.Find(tx, id)) ?? throw Problem.NotFound("activity", id);
    }

    /// <summary>The same by its uid.</summary>
    public async Task<Activity> Get(Caller caller, Guid uid, CancellationToken ct)
    {
        caller.MustRead("activities");
        await using var tx = await db.Read(caller.Workspace, ct);
        return await Visible(tx, caller, await ActivityStore.Find(tx, uid)) ?? throw Problem.NotFound("activity", uid);
    }

    /// <summary>Those of the ids that are there for the caller, by id; deleted ones included.</summary>
    public async Task<IReadOnlyList<Activity>> FindMany(Caller caller, IReadOnlyCollection<long> ids, CancellationToken ct)
    {
        caller.MustRead("activities");
        if (ids.Count == 0) return [];
        await using var tx = await db.Read(caller.Workspace, ct);
        return await Sight.Visible(tx, caller, await ActivityStore.FindMany(tx, ids), activity => activity.Anchors);
    }

    /// <summary>One page of those that match and that hang on something the caller sees.</summary>
    public async Task<Page<Activity>> List(Caller caller, ListQuery query, CancellationToken ct)
    {
        caller.MustRead("activities");
        await using var tx = await db.Read(caller.Workspace, ct);
        return await ListStore.Rows<Activity>(tx, caller, ListSources.Activities, ActivityStore.Columns, query);
    }

    /// <summary>Stores it and says so in the log; a refusal names everything that is wrong at once.</summary>
    public async Task<Activity> Create(Caller caller, ActivityPatch patch, CancellationToken ct)
    {
        caller.MustWrite("activities");
        await using var tx = await db.Write(caller.Workspace, ct);
        var created = await Create(tx, caller, patch);
        await tx.Commit();
        return created;
    }

    /// <summary>Changes what the patch names. Nothing is written, and no event appended, when nothing would change.</summary>
    public async Task<Activity> Update(Caller caller, long id, ActivityPatch patch, CancellationToken ct)
    {
        caller.MustWrite("activities");
        await using var tx = await db.Write(caller.Workspace, ct);
        var before = await Visible(tx, caller, await ActivityStore.FindForUpdate(tx, id)) ?? throw Problem.NotFound("activity", id);

        var after = await Update(tx, caller, before, patch);
        await tx.Commit();
        return after;
    }

    /// <summary>All of those that are there for the caller, at once; answers their ids.</summary>
    public async Task<IReadOnlyList<long>> Delete(Caller caller, IReadOnlyList<long> ids, CancellationToken ct)
    {
        caller.MustWrite("activities");
        await using var tx = await db.Write(caller.Workspace, ct);
        var deleted = new List<long>();
        foreach (var id in ids.Distinct())
        {
            if (await Visible(tx, caller, await ActivityStore.FindForUpdate(tx, id)) is not { IsDeleted: false } activity) continue;
            await Update(tx, caller, activity, new() { Deleted = true });
            deleted.Add(id);
        }
        await tx.Commit();
        return deleted;
    }

    /// <summary>Marks as deleted; until it is purged it can be restored.</summary>
    public Task<Activity> Delete(Caller caller, long id, CancellationToken ct) => Update(caller, id, new() { Deleted = true }, ct);

    /// <summary>Takes it out of the bin, unless it was purged; what is not in the bin stays as it is.</summary>
    public Task<Activity> Restore(Caller caller, long id, CancellationToken ct) => Update(caller, id, new() { Deleted = false }, ct);

    internal static async Task<Activity> Update(Tx tx, Caller caller, Activity before, ActivityPatch patch)
    {
        var after = ActivityRules.Apply(before, patch, await Context(tx, caller, patch));
        if (ReferenceEquals(after, before)) return before;

        await ActivityStore.Update(tx, after);
        await EventStore.Append(tx, caller, ActivityHistory.Changed(before, after));
        await DealSaving.Touch(tx, before.DealId, after.DealId);
        return after;
    }

    /// <summary>Creation inside a unit of work that does more (imports, automations, batches).</summary>
    internal static async Task<Activity> Create(Tx tx, Caller caller, ActivityPatch patch)
    {
        var created = ActivityRules.Create(patch, await Context(tx, caller, patch)) with
        {
            Id = await tx.IdOf("activity_ids", "activity", patch.Id, ActivityStore.Find),
            Uid = patch.Uid.IsSet ? patch.Uid.Value : tx.NextUid(),
        };
        await ActivityStore.Insert(tx, created);
        await EventStore.Append(tx, caller, ActivityHistory.Changed(null, created));
        await DealSaving.Touch(tx, null, created.DealId);
        return created;
    }

    private static Task<Activity?> Visible(Tx tx, Caller caller, Activity? activity) =>
        Sight.Visible(tx, caller, activity, found => found.Anchors);

    private static async Task<ActivityContext> Context(Tx tx, Caller caller, ActivityPatch patch) => new()
    {
        Catalog = await tx.Catalog(),
        Caller = caller,
        Now = tx.Now,
        Missing = await Sight.Missing(tx, caller,
        [
            .. Sight.Named(patch.DealId, patch.LeadId, patch.PersonId, patch.OrgId),
            .. patch.Participants.Or([]).Take(ActivityRules.MaxPeople)
                .Select(participant => ("participants", ListSources.Persons, (Field<long?>)participant.PersonId)),
        ]),
    };
}
