using Tributary.Core.Catalog;
using Tributary.Core.Kernel;
using Tributary.Core.Keys;
using Tributary.Core.Log;
using Tributary.Core.Sessions;
using Tributary.Core.Storage;
using Tributary.Core.Workspaces;

namespace Tributary.Core.Users;

/// <summary>The verbs of users.</summary>
public sealed class UserService(Db db)
{
    /// <summary>Every user of the workspace, deactivated ones included, oldest first.</summary>
    public async Task<IReadOnlyList<User>> List(Caller caller, CancellationToken ct)
    {
        caller.MustRead("users");
        await using var tx = await db.Read(caller.Workspace, ct);
        return (await tx.Catalog()).Users;
    }

    public async Task<User> Get(Caller caller, long id, CancellationToken ct)
    {
        caller.MustRead("users");
        await using var tx = await db.Read(caller.Workspace, ct);
        return (await tx.Catalog()).User(id) ?? throw Problem.NotFound("user", id);
    }

    public async Task<User> Create(Caller caller, NewUser given, CancellationToken ct)
    {
        caller.MustAdminister("users");
        await using var tx = await db.Write(caller.Workspace, ct);
        var user = await Create(tx, caller, given);
        await tx.Commit();
        return user;
    }

    /// <summary>Creation inside a unit of work that does more (imports).</summary>
    internal static async Task<User> Create(Tx tx, Caller caller, NewUser given)
    {
        var catalog = await tx.Catalog();
        var user = UserRules.New(given, catalog.Workspace, await tx.NextId("user_ids"), tx.NextUid(), tx.Now);
        UserRules.MustFit(user, catalog);
        if (await UserStore.EmailIsTaken(tx, user.Email, user.Id)) throw EmailTaken();

        await UserStore.Insert(tx, user, given.PasswordHash);
        await DirectoryStore.Insert(tx, DirectoryStore.Email, Folding.Fold(user.Email), user.Id);
        await tx.CallersHaveChanged();
        await EventStore.Append(tx, caller, new()
        {
            Subject = "user",
            SubjectId = user.Id,
            Action = "created",
            Changes = Tracked.Between(UserHistory.Tracks, null, user),
        });
        return user;
    }

    public async Task<User> Update(Caller caller, long id, UserPatch patch, CancellationToken ct)
    {
        UserRules.MustBeAllowed(caller, id, patch);
        await using var tx = await db.Write(caller.Workspace, ct);
        var after = await Update(tx, caller, id, patch);
        await tx.Commit();
        return after;
    }

    internal static async Task<User> Update(Tx tx, Caller caller, long id, UserPatch patch)
    {
        await UserStore.LockWorkspace(tx);

        var catalog = await tx.Catalog();
        var before = catalog.User(id) ?? throw Problem.NotFound("user", id);
        Problem.MustBeAt(patch.ExpectedVersion, before.Version, "user", id);
        var after = UserRules.Apply(before, patch, tx.Now);
        if (after == before) return before;
        UserRules.MustFit(after, catalog);
        UserRules.MustLeaveAnAdmin(after, catalog.Users);

        if (Folding.Fold(after.Email) != Folding.Fold(before.Email))
        {
            if (await UserStore.EmailIsTaken(tx, after.Email, id)) throw EmailTaken();
            await DirectoryStore.Delete(tx, DirectoryStore.Email, Folding.Fold(before.Email));
            await DirectoryStore.Insert(tx, DirectoryStore.Email, Folding.Fold(after.Email), id);
        }
        if (!await UserStore.Update(tx, after)) throw Problem.Stale("user", id);
        await tx.CallersHaveChanged();
        await EventStore.Append(tx, caller, new()
        {
            Subject = "user",
            SubjectId = id,
            Action = "updated",
            Changes = Tracked.Between(UserHistory.Tracks, before, after),
        });
        return after;
    }

    /// <summary>
    /// Keeps what the server's hasher made; none takes the password away. Admins set everyone's, everyone their own. The
    /// user's sessions end, but for the one that asks.
    /// </summary>
    public async Task SetPasswordHash(Caller caller, long id, string? hash, CancellationToken ct)
    {
        if (caller.UserId == id) caller.MustWrite("users");
        else caller.MustAdminister("users");
        await using var tx = await db.Write(caller.Workspace, ct);

        if (await UserStore.SetPasswordHash(tx, id, hash) == 0) throw Problem.NotFound("user", id);
        await SessionService.EndAll(tx, id, exceptId: caller.SessionId);
        await tx.CallersHaveChanged();
        await EventStore.Append(tx, caller, new()
        {
            Subject = "user",
            SubjectId = id,
            Action = "updated",
            Note = hash is null ? "password removed" : "password changed",
        });
        await tx.Commit();
    }

    /// <summary>What the caller's own password is compared with; none when they have none.</summary>
    public async Task<string?> PasswordHash(Caller caller, CancellationToken ct)
    {
        if (caller.UserId is not { } id) return null;
        await using var tx = await db.Read(caller.Workspace, ct);
        return await UserStore.PasswordHash(tx, id);
    }

    private static ProblemException EmailTaken() =>
        Problem.Conflict(new FieldError("email", "email belongs to another user of this workspace."));
}
