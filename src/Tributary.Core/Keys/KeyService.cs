using Tributary.Core.Catalog;
using Tributary.Core.Kernel;
using Tributary.Core.Log;
using Tributary.Core.Storage;
using Tributary.Core.Workspaces;

namespace Tributary.Core.Keys;

/// <summary>The verbs of API keys, and the resolution of a request's key to its caller.</summary>
public sealed class KeyService(Db db, FillRandom random)
{
    private static readonly IReadOnlyList<Tracked<ApiKey>> Tracks =
    [
        new("name", key => key.Name),
        new("dialect", key => key.Dialect),
        new("user_id", key => key.UserId),
        new("prefix", key => key.Prefix),
        new("scopes", key => key.Scopes),
        new("allowed_ips", key => key.AllowedIps),
        new("expires_at", key => key.ExpiresAt),
        new("daily_budget", key => key.DailyBudget),
        new("revoked_at", key => key.RevokedAt),
    ];

    /// <summary>
    /// Who calls; none when the token is unknown, expired, revoked or of another dialect, its second part is wrong, the
    /// address is not allowed, or the user was deactivated. Which of these it was is nobody's business.
    /// </summary>
    public async ValueTask<Caller?> Resolve(string dialect, string token, string? secret, string? remoteIp, CancellationToken ct)
    {
        if (token.Length is 0 or > KeyRules.MaxToken) return null;

        var known = await db.Callers.Get(db, new("key", token, secret), Load, ct);
        var now = db.Now();
        if (known is null || !KeyRules.Opens(known, dialect, remoteIp, now)) return null;

        db.Callers.NoteUse(known, now);
        return known.Caller;
    }

    public async Task<CreatedKey> Create(Caller caller, NewKey given, CancellationToken ct)
    {
        var userId = given.UserId ?? caller.UserId ?? throw Problem.Invalid("user_id", "user_id must be a user of this workspace.");
        KeyRules.MustKeep(caller, userId);
        KeyRules.Check(given, caller, db.Now());
        await using var tx = await db.Write(caller.Workspace, ct);

        if ((await tx.Catalog()).User(userId) is not { IsActive: true })
        {
            throw Problem.Invalid("user_id", "user_id must be an active user of this workspace.");
        }
        var token = given.Token ?? KeyFormats.NewToken(given.Dialect, random);
        var secret = KeyFormats.HasSecret(given.Dialect) ? given.Secret ?? ApiToken.New(random, "") : null;
        var key = new ApiKey
        {
            Id = await tx.NextId("key_ids"),
            Uid = tx.NextUid(),
            Dialect = given.Dialect,
            Name = given.Name.Trim(),
            UserId = userId,
            Prefix = ApiToken.Shown(token),
            Scopes = [.. given.Scopes.Distinct()],
            AllowedIps = given.AllowedIps,
            ExpiresAt = given.ExpiresAt,
            DailyBudget = given.DailyBudget,
            AddedAt = tx.Now,
            AddedBy = caller.UserId,
        };

        await Register(tx, key.Id, token);
        await KeyStore.Insert(tx, key, ApiToken.Hash(token), secret is null ? null : ApiToken.Hash(secret));
        await EventStore.Append(tx, caller, new()
        {
            Subject = "api_key",
            SubjectId = key.Id,
            Action = "created",
            Changes = Tracked.Between(Tracks, null, key),
        });
        await tx.Commit();
        return new(key, token, secret);
    }

    /// <summary>Oldest first, revoked ones included; admins see everyone's, others their own.</summary>
    public async Task<IReadOnlyList<ApiKey>> List(Caller caller, CancellationToken ct)
    {
        caller.MustRead("keys");
        await using var tx = await db.Read(caller.Workspace, ct);
        var keys = await KeyStore.All(tx);
        return caller.IsAdmin ? keys : [.. keys.Where(key => key.UserId == caller.UserId)];
    }

    /// <summary>From the commit on the new budget holds; what was used today counts.</summary>
    public async Task<ApiKey> Update(Caller caller, long id, KeyPatch patch, CancellationToken ct)
    {
        await using var tx = await db.Write(caller.Workspace, ct);
        var before = await Kept(tx, caller, id);
        if (before.RevokedAt is not null) throw Problem.Conflict("A revoked key cannot be changed.", "api_key");
        KeyRules.MustBudget(caller, patch);
        var after = KeyRules.Apply(before, patch);
        if (after == before) return before;

        await KeyStore.Update(tx, after);
        await tx.CallersHaveChanged();
        await EventStore.Append(tx, caller,
            new() { Subject = "api_key", SubjectId = id, Action = "updated", Changes = Tracked.Between(Tracks, before, after) });
        await tx.Commit();
        return after;
    }

    /// <summary>From the commit on the key opens nothing; revoking it again changes nothing.</summary>
    public async Task<ApiKey> Revoke(Caller caller, long id, CancellationToken ct)
    {
        await using var tx = await db.Write(caller.Workspace, ct);
        var before = await Kept(tx, caller, id);
        if (before.RevokedAt is not null) return before;

        var after = before with { RevokedAt = tx.Now };
        await KeyStore.Revoke(tx, id);
        await tx.CallersHaveChanged();
        await EventStore.Append(tx, caller, new()
        {
            Subject = "api_key",
            SubjectId = id,
            Action = "updated",
            Changes = Tracked.Between(Tracks, before, after),
        });
        await tx.Commit();
        return after;
    }

    /// <summary>The same key with another text; the former one stops working at once.</summary>
    public async Task<CreatedKey> Rotate(Caller caller, long id, CancellationToken ct)
    {
        await using var tx = await db.Write(caller.Workspace, ct);
        var before = await Kept(tx, caller, id);
        if (before.RevokedAt is not null) throw Problem.Conflict("A revoked key cannot be rotated.", "api_key");

        var former = await KeyStore.FindHashes(tx, id);
        var token = KeyFormats.NewToken(before.Dialect, random);
        var secret = KeyFormats.HasSecret(before.Dialect) ? ApiToken.New(random, "") : null;
        var after = before with { Prefix = ApiToken.Shown(token) };
        await DirectoryStore.Delete(tx, DirectoryStore.Key, former!.Hash);
        await Register(tx, id, token);
        await KeyStore.Replace(tx, id, after.Prefix, ApiToken.Hash(token), secret is null ? null : ApiToken.Hash(secret));
        await tx.CallersHaveChanged();
        await EventStore.Append(tx, caller, new()
        {
            Subject = "api_key",
            SubjectId = id,
            Action = "updated",
            Changes = Tracked.Between(Tracks, before, after),
            Note = "rotated",
        });
        await tx.Commit();
        return new(after, token, secret);
    }

    private static async Task<ApiKey> Kept(Tx tx, Caller caller, long id)
    {
        caller.MustRead("keys");
        var key = await KeyStore.FindForUpdate(tx, id);
        if (key is null || (!caller.IsAdmin && key.UserId != caller.UserId)) throw Problem.NotFound("api_key", id);
        KeyRules.MustKeep(caller, key.UserId);
        return key;
    }

    // A text that opened two workspaces would open neither, so it is refused here, in whichever workspace it is known.
    private static async Task Register(Tx tx, long id, string token)
    {
        var hash = ApiToken.Hash(token);
        if ((await DirectoryStore.Find(tx, DirectoryStore.Key, hash)).Count > 0)
        {
            throw Problem.Conflict(new FieldError("token", "token is in use."));
        }
        await DirectoryStore.Insert(tx, DirectoryStore.Key, hash, id);
    }

    private static async Task<KnownCredential?> Load(Db db, Presented presented, CancellationToken ct)
    {
        var hash = ApiToken.Hash(presented.Text);
        if (await DirectoryStore.FindOne(db, DirectoryStore.Key, hash, ct) is not { } entry) return null;
        await using var tx = await db.Read(entry.WorkspaceId, ct);

        if (await KeyStore.Find(tx, entry.SubjectId) is not { RevokedAt: null } key
            || await KeyStore.FindHashes(tx, key.Id) is not { } hashes
            || !ApiToken.Same(hashes.Hash, hash) || !KeyRules.SecretFits(hashes.SecretHash, presented.Secret)) return null;
        var catalog = await tx.Catalog();
        if (CallerRules.Of(catalog, key.UserId, key.Dialect, key.Scopes) is not { } caller) return null;
        return new()
        {
            Caller = caller with { KeyId = key.Id, DailyBudget = key.DailyBudget },
            AllowedIps = key.AllowedIps,
            ExpiresAt = key.ExpiresAt,
            CatalogVersion = catalog.Version,
        };
    }
}
