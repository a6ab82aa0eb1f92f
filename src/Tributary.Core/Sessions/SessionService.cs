using Tributary.Core.Catalog;
using Tributary.Core.Kernel;
using Tributary.Core.Keys;
using Tributary.Core.Log;
using Tributary.Core.Storage;
using Tributary.Core.Users;
using Tributary.Core.Workspaces;

namespace Tributary.Core.Sessions;

/// <summary>The verbs of signing in to the web app. Passwords are checked by the server, which owns the hasher.</summary>
public sealed class SessionService(Db db, FillRandom random)
{
    /// <summary>A session that nobody uses for this long has ended.</summary>
    public static readonly TimeSpan Idle = TimeSpan.FromDays(30);

    /// <summary>Uses are written down this often, so that reading the board writes nothing.</summary>
    private static readonly TimeSpan Noted = TimeSpan.FromHours(1);

    private const string Prefix = "tribs_";
    private const int MaxUserAgent = 300;

    /// <summary>
    /// The active users of any workspace with this address and a password. Whoever asks must spend as much time when
    /// there is none.
    /// </summary>
    public async Task<IReadOnlyList<SignInCandidate>> Find(string email, CancellationToken ct)
    {
        if (email.Length > EmailAddress.MaxLength) return [];
        await using var tx = await db.ReadEverywhere(ct);
        var rows = await SessionStore.Candidates(tx, Folding.Fold(email));
        return [.. rows.Select(row => new SignInCandidate(row.WorkspaceId, row.WorkspaceUid, row.WorkspaceName, row.Id, row.PasswordHash))];
    }

    /// <summary>Begins a session for someone whose password was right; none when the user was deactivated meanwhile.</summary>
    public async Task<CreatedSession?> Begin(SignInCandidate candidate, string? userAgent, string? address, CancellationToken ct)
    {
        await using var tx = await db.Write(candidate.Workspace, ct);
        if (CallerRules.Of(await tx.Catalog(), candidate.UserId, "web", ["*"]) is not { } caller) return null;

        var token = ApiToken.New(random, Prefix);
        var session = new Session
        {
            Id = await tx.NextId("session_ids"),
            UserId = candidate.UserId,
            UserAgent = userAgent?.Length > MaxUserAgent ? userAgent[..MaxUserAgent] : userAgent,
            Address = address,
            AddedAt = tx.Now,
            LastUsedAt = tx.Now,
            ExpiresAt = tx.Now + Idle,
        };
        await SessionStore.Insert(tx, session, ApiToken.Hash(token));
        await DirectoryStore.Insert(tx, DirectoryStore.Session, ApiToken.Hash(token), session.Id);
        await UserStore.SetLastLogin(tx, candidate.UserId);
        await tx.CatalogHasChanged();
        await EventStore.Append(tx, caller, new() { Subject = "user", SubjectId = candidate.UserId, Action = "signed_in" });
        await tx.Commit();
        return new(session, token, caller with { SessionId = session.Id });
    }

    /// <summary>Who a token speaks for; none when the session ended or expired, or the user was deactivated.</summary>
    public async ValueTask<Caller?> Resolve(string token, CancellationToken ct)
    {
        if (token.Length is 0 or > KeyRules.MaxToken) return null;
        var known = await db.Callers.Get(db, new("session", token), Load, ct);
        var now = db.Now();
        if (known?.Caller.SessionId is not { } id || known.ExpiresAt <= now) return null;

        // A session read from the database says itself when it was used last: Idle before its end.
        if (now - (known.ExpiresAt!.Value - Idle) >= Noted) await Use(known, id, ct);
        return known.Caller;
    }

    /// <summary>The user's own, newest first; an admin may ask for anyone's.</summary>
    public async Task<IReadOnlyList<Session>> List(Caller caller, long? userId, CancellationToken ct)
    {
        caller.MustRead("sessions");
        var whose = userId ?? caller.UserId ?? 0;
        await using var tx = await db.Read(caller.Workspace, ct);
        if (whose != caller.UserId && (!caller.IsAdmin || (await tx.Catalog()).User(whose) is null)) throw Problem.NotFound("user", whose);
        return await SessionStore.Of(tx, whose);
    }

    /// <summary>From the commit on the session opens nothing. One's own, or as an admin anyone's.</summary>
    public async Task End(Caller caller, long id, CancellationToken ct)
    {
        caller.MustWrite("sessions");
        await using var tx = await db.Write(caller.Workspace, ct);
        if (await SessionStore.Find(tx, id) is not { } session || (session.UserId != caller.UserId && !caller.IsAdmin))
        {
            throw Problem.NotFound("session", id);
        }
        await Ended(tx, await SessionStore.End(tx, id));
        await tx.Commit();
    }

    /// <summary>Ends all of the caller's own sessions, or all but the one that asks.</summary>
    /// <returns>How many ended.</returns>
    public async Task<int> EndAll(Caller caller, bool keepThis, CancellationToken ct)
    {
        caller.MustWrite("sessions");
        await using var tx = await db.Write(caller.Workspace, ct);
        var ended = await SessionStore.EndAll(tx, caller.UserId ?? 0, keepThis ? caller.SessionId ?? 0 : 0);
        await Ended(tx, ended);
        await tx.Commit();
        return ended.Count;
    }

    /// <summary>For a change of password, in its unit of work: everyone who knew the former one is out.</summary>
    internal static async Task EndAll(Tx tx, long userId, long? exceptId) =>
        await Ended(tx, await SessionStore.EndAll(tx, userId, exceptId ?? 0));

    internal static async Task Ended(Tx tx, IReadOnlyList<SessionStore.EndedRow> ended)
    {
        if (ended.Count == 0) return;
        foreach (var session in ended) await DirectoryStore.Delete(tx, DirectoryStore.Session, session.Hash);
        await tx.CallersHaveChanged();
    }

    private async Task Use(KnownCredential known, long id, CancellationToken ct)
    {
        await using var tx = await db.Write(known.Caller.Workspace, ct);
        await SessionStore.Use(tx, id, tx.Now + Idle);
        await tx.Commit();
        known.ExpiresAt = tx.Now + Idle;
    }

    private static async Task<KnownCredential?> Load(Db db, Presented presented, CancellationToken ct)
    {
        if (await DirectoryStore.FindOne(db, DirectoryStore.Session, ApiToken.Hash(presented.Text), ct) is not { } entry) return null;
        await using var tx = await db.Read(entry.WorkspaceId, ct);
        if (await SessionStore.Find(tx, entry.SubjectId) is not { } session) return null;

        var catalog = await tx.Catalog();
        if (CallerRules.Of(catalog, session.UserId, "web", ["*"]) is not { } caller) return null;
        return new() { Caller = caller with { SessionId = session.Id }, ExpiresAt = session.ExpiresAt, CatalogVersion = catalog.Version };
    }
}
