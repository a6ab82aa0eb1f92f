using System.Globalization;
using Tributary.Core.Catalog;
using Tributary.Core.Kernel;
using Tributary.Core.Keys;
using Tributary.Core.Log;
using Tributary.Core.Storage;
using Tributary.Core.Workspaces;

namespace Tributary.Core.Users;

/// <summary>Someone who may be signing in with an address; the same address may belong to a user of several workspaces.</summary>
public sealed record SignInCandidate(long Workspace, long UserId, string PasswordHash);

/// <summary>Someone who signed in. The stamp goes with the session and stops fitting when the password changes.</summary>
public sealed record Session(Caller Caller, string Stamp);

/// <summary>The verbs of users, and what signing in asks of the engine.</summary>
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
    /// user's sessions end.
    /// </summary>
    public async Task SetPasswordHash(Caller caller, long id, string? hash, CancellationToken ct)
    {
        if (caller.UserId == id) caller.MustWrite("users");
        else caller.MustAdminister("users");
        await using var tx = await db.Write(caller.Workspace, ct);

        if (await UserStore.SetPasswordHash(tx, id, hash) == 0) throw Problem.NotFound("user", id);
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

    /// <summary>
    /// The active users of any workspace with this address and a password. Whoever asks must spend as much time when
    /// there is none.
    /// </summary>
    public async Task<IReadOnlyList<SignInCandidate>> FindForSignIn(string email, CancellationToken ct)
    {
        if (email.Length > 254) return [];
        await using var tx = await db.ReadEverywhere(ct);
        var rows = await UserStore.WithEmail(tx, Folding.Fold(email));
        return [.. rows.Select(row => new SignInCandidate(row.WorkspaceId, row.Id, row.PasswordHash))];
    }

    /// <summary>Notes a successful sign-in and says who it is; none when the user was deactivated meanwhile.</summary>
    public async Task<Session?> SignIn(SignInCandidate candidate, CancellationToken ct)
    {
        await using var tx = await db.Write(candidate.Workspace, ct);
        if (CallerRules.Of(await tx.Catalog(), candidate.UserId, "web", ["*"]) is not { } caller) return null;

        await UserStore.SetLastLogin(tx, candidate.UserId);
        await tx.CatalogHasChanged();
        await tx.Commit();
        return new(caller, ApiToken.Hash(candidate.PasswordHash));
    }

    /// <summary>Who a session speaks for; none when the user was deactivated, or their password changed since the sign-in.</summary>
    public async ValueTask<Caller?> Resolve(long workspace, long userId, string stamp, CancellationToken ct)
    {
        var known = await db.Callers.Get(db, string.Create(CultureInfo.InvariantCulture, $"{workspace}:{userId}"), Load, ct);
        return known?.SecretHash is { } hash && ApiToken.Same(hash, stamp) ? known.Caller : null;
    }

    private static async Task<KnownCredential?> Load(Db db, string lookup, CancellationToken ct)
    {
        var colon = lookup.IndexOf(':', StringComparison.Ordinal);
        var (workspace, userId) = (long.Parse(lookup.AsSpan(..colon), CultureInfo.InvariantCulture),
            long.Parse(lookup.AsSpan(colon + 1), CultureInfo.InvariantCulture));
        await using var tx = await db.Read(workspace, ct);

        if (await UserStore.PasswordHash(tx, userId) is not { } passwordHash) return null;
        var catalog = await tx.Catalog();
        if (CallerRules.Of(catalog, userId, "web", ["*"]) is not { } caller) return null;
        return new() { Caller = caller, SecretHash = ApiToken.Hash(passwordHash), CatalogVersion = catalog.Version };
    }

    private static ProblemException EmailTaken() =>
        Problem.Conflict(new FieldError("email", "email belongs to another user of this workspace."));
}
