using Tributary.Core.Catalog;
using Tributary.Core.Kernel;
using Tributary.Core.Keys;
using Tributary.Core.Log;
using Tributary.Core.Storage;

namespace Tributary.Core.Users;

/// <summary>The verbs of visibility groups. Changes queue per workspace, or two of them could close a circle together.</summary>
public sealed class GroupService(Db db)
{
    public async Task<IReadOnlyList<UserGroup>> List(Caller caller, CancellationToken ct)
    {
        caller.MustRead("users");
        await using var tx = await db.Read(caller.Workspace, ct);
        return (await tx.Catalog()).Groups;
    }

    public async Task<UserGroup> Get(Caller caller, long id, CancellationToken ct)
    {
        caller.MustRead("users");
        await using var tx = await db.Read(caller.Workspace, ct);
        return (await tx.Catalog()).Group(id) ?? throw Problem.NotFound("user_group", id);
    }

    public async Task<UserGroup> Create(Caller caller, string name, long? parentId, CancellationToken ct)
    {
        caller.MustAdminister("users");
        await using var tx = await db.Write(caller.Workspace, ct);
        var group = await Create(tx, caller, name, parentId);
        await tx.Commit();
        return group;
    }

    /// <summary>Creation inside a unit of work that does more (imports).</summary>
    internal static async Task<UserGroup> Create(Tx tx, Caller caller, string name, long? parentId)
    {
        await UserStore.LockWorkspace(tx);

        var given = new UserGroup
        {
            Id = await tx.NextId("group_ids"),
            Uid = tx.NextUid(),
            Name = name,
            ParentId = parentId,
            AddedAt = tx.Now,
            UpdatedAt = tx.Now,
            Version = 1,
        };
        var group = GroupRules.Check(given, (await tx.Catalog()).Groups);

        await GroupStore.Insert(tx, group);
        await Record(tx, caller, group.Id, "created", null, group);
        return group;
    }

    public async Task<UserGroup> Update(Caller caller, long id, GroupPatch patch, CancellationToken ct)
    {
        caller.MustAdminister("users");
        await using var tx = await db.Write(caller.Workspace, ct);
        await UserStore.LockWorkspace(tx);

        var catalog = await tx.Catalog();
        var before = catalog.Group(id) ?? throw Problem.NotFound("user_group", id);
        Problem.MustBeAt(patch.ExpectedVersion, before.Version, "user_group", id);
        var after = GroupRules.Check(before with { Name = patch.Name.Or(before.Name), ParentId = patch.ParentId.Or(before.ParentId) },
            catalog.Groups);
        if (after == before) return before;

        after = after with { UpdatedAt = tx.Now, Version = before.Version + 1 };
        if (!await GroupStore.Update(tx, after)) throw Problem.Stale("user_group", id);
        await Record(tx, caller, id, "updated", before, after);
        await tx.Commit();
        return after;
    }

    /// <summary>Only an empty group goes: people must not lose sight of deals by surprise.</summary>
    public async Task Delete(Caller caller, long id, long? expected, CancellationToken ct)
    {
        caller.MustAdminister("users");
        await using var tx = await db.Write(caller.Workspace, ct);
        await UserStore.LockWorkspace(tx);

        var catalog = await tx.Catalog();
        var before = catalog.Group(id) ?? throw Problem.NotFound("user_group", id);
        Problem.MustBeAt(expected, before.Version, "user_group", id);
        GroupRules.MustBeEmpty(before, catalog.Groups, catalog.Users);

        await GroupStore.Delete(tx, id);
        await Record(tx, caller, id, "deleted", before, null);
        await tx.Commit();
    }

    private static async Task Record(Tx tx, Caller caller, long id, string action, UserGroup? before, UserGroup? after)
    {
        await tx.CallersHaveChanged();
        await EventStore.Append(tx, caller, new()
        {
            Subject = "user_group",
            SubjectId = id,
            Action = action,
            Changes = Tracked.Between(UserHistory.GroupTracks, before, after),
        });
    }
}
