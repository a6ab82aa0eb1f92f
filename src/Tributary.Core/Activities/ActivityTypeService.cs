using Tributary.Core.Catalog;
using Tributary.Core.Kernel;
using Tributary.Core.Log;
using Tributary.Core.Storage;

namespace Tributary.Core.Activities;

/// <summary>The verbs of activity types. All of them are read from the catalog.</summary>
public sealed class ActivityTypeService(Db db)
{
    private static readonly Tracked<ActivityType>[] Fields =
    [
        new("key", type => type.Key),
        new("name", type => type.Name),
        new("icon", type => type.Icon),
        new("color", type => type.Color),
        new("position", type => type.Position),
        new("is_active", type => type.IsActive),
    ];

    /// <summary>In the workspace's order, inactive ones included.</summary>
    public async Task<IReadOnlyList<ActivityType>> All(Caller caller, CancellationToken ct)
    {
        caller.MustRead("activities");
        await using var tx = await db.Read(caller.Workspace, ct);
        return (await tx.Catalog()).ActivityTypes;
    }

    public async Task<ActivityType> Get(Caller caller, long id, CancellationToken ct) =>
        (await All(caller, ct)).FirstOrDefault(type => type.Id == id) ?? throw Problem.NotFound("activity type", id);

    public async Task<ActivityType> Create(Caller caller, ActivityTypePatch patch, CancellationToken ct)
    {
        caller.MustManage("activity_types");
        await using var tx = await db.Write(caller.Workspace, ct);
        var created = ActivityTypeRules.Create(patch, await tx.Catalog(), tx.Now) with
        {
            Id = await tx.NextId("activity_type_ids"),
            Uid = tx.NextUid(),
        };
        await ActivityTypeStore.Insert(tx, created);
        await Record(tx, caller, null, created, "created");
        await tx.Commit();
        return created;
    }

    public async Task<ActivityType> Update(Caller caller, long id, ActivityTypePatch patch, CancellationToken ct)
    {
        caller.MustManage("activity_types");
        await using var tx = await db.Write(caller.Workspace, ct);
        var before = await Find(tx, id);
        Problem.MustBeAt(patch.ExpectedVersion, before.Version, "activity type", id);
        var after = ActivityTypeRules.Apply(before, patch, tx.Now);
        if (ReferenceEquals(after, before)) return before;

        await ActivityTypeStore.Update(tx, after);
        await Record(tx, caller, before, after, "updated");
        await tx.Commit();
        return after;
    }

    /// <summary>Only a custom type that no activity carries; others can be made inactive.</summary>
    public async Task Delete(Caller caller, long id, long? expected, CancellationToken ct)
    {
        caller.MustManage("activity_types");
        await using var tx = await db.Write(caller.Workspace, ct);
        var type = await Find(tx, id);
        Problem.MustBeAt(expected, type.Version, "activity type", id);
        if (!type.IsCustom)
        {
            throw Problem.Conflict($"{type.Name} is one of the built-in activity types. It can be made inactive.", "activity type");
        }
        if (await ActivityTypeStore.IsUsed(tx, type.Key))
        {
            throw Problem.Conflict($"There are activities of the type {type.Name}. It can be made inactive.", "activity type");
        }

        await ActivityTypeStore.Delete(tx, id);
        await Record(tx, caller, type, null, "deleted");
        await tx.Commit();
    }

    private static async Task<ActivityType> Find(Tx tx, long id) =>
        (await tx.Catalog()).ActivityTypes.FirstOrDefault(type => type.Id == id) ?? throw Problem.NotFound("activity type", id);

    private static async Task Record(Tx tx, Caller caller, ActivityType? before, ActivityType? after, string action)
    {
        await tx.CatalogHasChanged();
        await EventStore.Append(tx, caller, new()
        {
            Subject = "activity_type",
            SubjectId = (after ?? before)!.Id,
            Action = action,
            Changes = Tracked.Between(Fields, before, after),
        });
    }
}
