using Tributary.Core.Catalog;
using Tributary.Core.Kernel;
using Tributary.Core.Log;
using Tributary.Core.Storage;
using Tributary.Core.Workspaces;

namespace Tributary.Core.Keys;

/// <summary>The verbs of apps, the exchange of their credentials for tokens, and the resolution of a token to its caller.</summary>
public sealed class AppService(Db db, FillRandom random, InstanceSecrets secrets)
{
    private static readonly IReadOnlyList<Tracked<App>> Tracks =
    [
        new("name", app => app.Name),
        new("dialect", app => app.Dialect),
        new("client_id", app => app.ClientId),
        new("user_id", app => app.UserId),
        new("scopes", app => app.Scopes),
        new("redirect_uris", app => app.RedirectUris),
        new("revoked_at", app => app.RevokedAt),
    ];

    /// <summary>Compared with when there is no such app, so that an unknown client id costs what a wrong secret costs.</summary>
    private static readonly string NobodysHash = ApiToken.Hash("");

    private readonly VerifiedTokens<AppRules.Named> tokens = new(AppRules.Read);

    public async Task<CreatedApp> Create(Caller caller, NewApp given, CancellationToken ct)
    {
        caller.MustAdminister("apps");
        AppRules.Check(given, caller);
        await using var tx = await db.Write(caller.Workspace, ct);

        var userId = given.UserId ?? caller.UserId;
        if ((await tx.Catalog()).User(userId) is not { IsActive: true } user)
        {
            throw Problem.Invalid("user_id", "user_id must be an active user of this workspace.");
        }
        var secret = given.ClientSecret ?? ApiToken.New(random, "");
        var app = new App
        {
            Id = await tx.NextId("app_ids"),
            Uid = tx.NextUid(),
            Name = given.Name.Trim(),
            Dialect = given.Dialect,
            ClientId = given.ClientId ?? ApiToken.New(random, "app_"),
            UserId = user.Id,
            Scopes = [.. given.Scopes.Distinct()],
            RedirectUris = given.RedirectUris,
            AddedAt = tx.Now,
        };

        // The client id alone says which workspace is meant, so no two workspaces may share one.
        if ((await DirectoryStore.Find(tx, DirectoryStore.Client, app.ClientId)).Count > 0)
        {
            throw Problem.Conflict(new FieldError("client_id", "client_id is in use."));
        }
        await DirectoryStore.Insert(tx, DirectoryStore.Client, app.ClientId, app.Id);
        await AppStore.Insert(tx, app, ApiToken.Hash(secret));
        await EventStore.Append(tx, caller, new()
        {
            Subject = "app",
            SubjectId = app.Id,
            Action = "created",
            Changes = Tracked.Between(Tracks, null, app),
        });
        await tx.Commit();
        return new(app, secret);
    }

    /// <summary>Oldest first, revoked ones included; for admins only.</summary>
    public async Task<IReadOnlyList<App>> List(Caller caller, CancellationToken ct)
    {
        caller.MustRead("apps");
        if (!caller.IsAdmin) throw Problem.Forbidden("Only admins may see apps.");
        await using var tx = await db.Read(caller.Workspace, ct);
        return await AppStore.All(tx);
    }

    /// <summary>From the commit on the app gets no token, and those it has open nothing.</summary>
    public async Task<App> Revoke(Caller caller, long id, CancellationToken ct)
    {
        caller.MustAdminister("apps");
        await using var tx = await db.Write(caller.Workspace, ct);
        var before = await AppStore.FindForUpdate(tx, id) ?? throw Problem.NotFound("app", id);
        if (before.RevokedAt is not null) return before;

        var after = before with { RevokedAt = tx.Now };
        await AppStore.Revoke(tx, id);
        await tx.CallersHaveChanged();
        await EventStore.Append(tx, caller, new()
        {
            Subject = "app",
            SubjectId = id,
            Action = "updated",
            Changes = Tracked.Between(Tracks, before, after),
        });
        await tx.Commit();
        return after;
    }

    /// <summary>The former secret gets no more tokens; those it got run out within the hour.</summary>
    public async Task<CreatedApp> RotateSecret(Caller caller, long id, CancellationToken ct)
    {
        caller.MustAdminister("apps");
        await using var tx = await db.Write(caller.Workspace, ct);
        var app = await AppStore.FindForUpdate(tx, id) ?? throw Problem.NotFound("app", id);
        if (app.RevokedAt is not null) throw Problem.Conflict("A revoked app gets no new secret.", "app");

        var secret = ApiToken.New(random, "");
        await AppStore.SetSecretHash(tx, id, ApiToken.Hash(secret));
        await EventStore.Append(tx, caller, new() { Subject = "app", SubjectId = id, Action = "updated", Note = "secret rotated" });
        await tx.Commit();
        return new(app, secret);
    }

    /// <summary>None for an unknown or revoked client, or a wrong secret.</summary>
    public async Task<AppToken?> TokenFor(string clientId, string clientSecret, string? scope, CancellationToken ct)
    {
        if (await Authenticate("cpod", clientId, clientSecret, ct) is not { App: var app, WorkspaceUid: var workspaceUid }) return null;

        var granted = AppRules.Granted(app.Scopes, scope);
        var keys = await secrets.TokenKeys(ct);
        return new(Jwt.Sign(AppRules.Claims(app.Uid, workspaceUid, granted, db.Now()), keys[0]), AppRules.TokenSeconds,
            string.Join(' ', granted));
    }

    /// <summary>An app of this dialect that proved who it is; none for an unknown or revoked client, or a wrong secret.</summary>
    public async Task<AppClient?> Authenticate(string dialect, string clientId, string clientSecret, CancellationToken ct)
    {
        if (clientId.Length is 0 or > KeyRules.MaxToken || clientSecret.Length is 0 or > KeyRules.MaxToken) return null;
        var (client, hash) = await FindClient(clientId, ct);
        return ApiToken.Same(hash, ApiToken.Hash(clientSecret)) && client?.App.Dialect == dialect ? client : null;
    }

    /// <summary>An app of this dialect by its public name, before anyone has proved anything.</summary>
    public async Task<AppClient?> Find(string dialect, string clientId, CancellationToken ct) =>
        clientId.Length is > 0 and <= KeyRules.MaxToken
        && (await FindClient(clientId, ct)).Client is { } client && client.App.Dialect == dialect ? client : null;

    /// <summary>Who calls with this token; none when it is not ours, expired, or its app, tenant or user is gone.</summary>
    public async ValueTask<Caller?> ResolveJwt(string token, CancellationToken ct)
    {
        if (tokens.Find(token, await secrets.TokenKeys(ct), db.Now()) is not { } named) return null;

        var known = await db.Callers.Get(db, named.Presented, Load, ct);
        if (known is null) return null;
        return named.Scopes == known.Caller.Scopes
            ? known.Caller
            : known.Caller with { Scopes = [.. named.Scopes.Where(scope => ScopeRules.Covers(known.Caller.Scopes, scope))] };
    }

    private async Task<(AppClient? Client, string Hash)> FindClient(string clientId, CancellationToken ct)
    {
        if (await DirectoryStore.FindOne(db, DirectoryStore.Client, clientId, ct) is not { } entry) return (null, NobodysHash);
        await using var tx = await db.Read(entry.WorkspaceId, ct);

        if (await AppStore.Find(tx, entry.SubjectId) is not { RevokedAt: null } app) return (null, NobodysHash);
        var catalog = await tx.Catalog();
        if (catalog.User(app.UserId) is not { IsActive: true }) return (null, NobodysHash);
        return (new(app, entry.WorkspaceId, catalog.Workspace.Uid, catalog.Workspace.Name), await AppStore.SecretHash(tx, app.Id)
            ?? NobodysHash);
    }

    private static async Task<KnownCredential?> Load(Db db, Presented presented, CancellationToken ct)
    {
        var (workspaceUid, appUid) = (Guid.ParseExact(presented.Text.AsSpan(..36), "D"), Guid.ParseExact(presented.Text.AsSpan(37..), "D"));
        if (await WorkspaceId(db, workspaceUid, ct) is not { } workspace) return null;
        await using var tx = await db.Read(workspace, ct);

        // An app that acts for users (Pipedrive's) has no tokens of its own.
        if (await AppStore.FindByUid(tx, appUid) is not { RevokedAt: null, Dialect: "cpod" } app) return null;
        var catalog = await tx.Catalog();
        if (CallerRules.Of(catalog, app.UserId, app.Dialect, app.Scopes) is not { } caller) return null;
        return new() { Caller = caller with { AppId = app.Id, AppUid = app.Uid }, CatalogVersion = catalog.Version };
    }

    internal static async Task<long?> WorkspaceId(Db db, Guid uid, CancellationToken ct)
    {
        await using var tx = await db.ReadEverywhere(ct);
        return await WorkspaceStore.IdOf(tx, uid);
    }
}
