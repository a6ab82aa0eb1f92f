using System.Globalization;
using Tributary.Core.Catalog;
using Tributary.Core.Kernel;
using Tributary.Core.Log;
using Tributary.Core.Storage;
using Tributary.Core.Workspaces;

namespace Tributary.Core.Keys;

/// <summary>
/// The verbs of consent: an app asks, a user allows, the app exchanges the code for tokens and those for new ones, until
/// either ends it (RFC 6749, section 4.1; RFC 7009). Codes and refresh tokens are kept as hashes; access tokens are signed.
/// </summary>
public sealed class GrantService(Db db, FillRandom random, InstanceSecrets secrets)
{
    private readonly VerifiedTokens<GrantRules.Named> tokens = new(GrantRules.Read);

    /// <summary>A new grant and its code, for a user who is signed in and said yes.</summary>
    public async Task<string> Allow(AppClient client, long userId, string redirectUri, CancellationToken ct)
    {
        await using var tx = await db.Write(client.Workspace, ct);
        var app = await AppStore.Find(tx, client.App.Id);
        if (app is not { RevokedAt: null } || !app.RedirectUris.Contains(redirectUri))
        {
            throw Problem.Forbidden("The app may not ask any more.");
        }
        if (CallerRules.Of(await tx.Catalog(), userId, "web", ["*"]) is not { } caller)
        {
            throw Problem.Forbidden("The user was deactivated.");
        }

        var id = await tx.NextId("grant_ids");
        var grant = new Grant
        {
            Id = id,
            Uid = tx.NextUid(),
            AppId = app.Id,
            UserId = userId,
            Scopes = app.Scopes,
            RedirectUri = redirectUri,
            CodeUntil = tx.Now + GrantRules.CodeLife,
            Epoch = 1,
            AddedAt = tx.Now,
        };
        var code = GrantRules.NewSecret(id, random);
        await GrantStore.Insert(tx, grant, ApiToken.Hash(code));
        await Log(tx, caller, grant, "created");
        await tx.Commit();
        return code;
    }

    /// <summary>
    /// Tokens for a code; none when it is not the app's, was sent elsewhere, or is too old. A code that comes a second time
    /// was stolen by one of those who sent it, so the whole grant ends (RFC 6749, section 4.1.2).
    /// </summary>
    public async Task<GrantTokens?> Exchange(AppClient client, string code, string? redirectUri, CancellationToken ct)
    {
        if (GrantRules.IdIn(code) is not { } id) return null;
        await using var tx = await db.Write(client.Workspace, ct);
        if (await Find(tx, client, id) is not { } grant || !GrantRules.Stands(grant)) return null;
        var hashes = (await GrantStore.FindHashes(tx, id))!;
        if (!ApiToken.Same(hashes.CodeHash, ApiToken.Hash(code))) return null;
        if (grant.ExchangedAt is not null)
        {
            await End(tx, Caller.System(client.Workspace), grant);
            await tx.Commit();
            return null;
        }
        if (tx.Now >= grant.CodeUntil || grant.RedirectUri != redirectUri) return null;

        var refresh = GrantRules.NewSecret(id, random);
        grant = grant with { ExchangedAt = tx.Now, RefreshUntil = tx.Now + GrantRules.RefreshLife };
        await GrantStore.SetTokens(tx, grant, hashes with { RefreshHash = ApiToken.Hash(refresh) });
        await tx.Commit();
        return await Tokens(client, grant, refresh, ct);
    }

    /// <summary>
    /// New tokens for a refresh token (see <see cref="GrantRules"/>); none when it is not the app's or not good any more.
    /// </summary>
    public async Task<GrantTokens?> Refresh(AppClient client, string refreshToken, CancellationToken ct)
    {
        if (GrantRules.IdIn(refreshToken) is not { } id) return null;
        await using var tx = await db.Write(client.Workspace, ct);
        if (await Find(tx, client, id) is not { } grant) return null;
        var hashes = (await GrantStore.FindHashes(tx, id))!;
        var use = GrantRules.Use(grant, hashes, refreshToken, tx.Now);
        if (use is RefreshUse.Spent)
        {
            await End(tx, Caller.System(client.Workspace), grant);
            await tx.Commit();
        }
        if (use is RefreshUse.Unknown or RefreshUse.Spent) return null;
        if ((await tx.Catalog()).User(grant.UserId) is not { IsActive: true }) return null;

        var next = GrantRules.NewSecret(id, random);
        if (use is RefreshUse.Next) hashes = hashes with { SpentRefreshHash = hashes.RefreshHash, RefreshHash = hashes.NextRefreshHash };
        grant = grant with { RefreshUntil = tx.Now + GrantRules.RefreshLife };
        await GrantStore.SetTokens(tx, grant, hashes with { NextRefreshHash = ApiToken.Hash(next) });
        await tx.Commit();
        return await Tokens(client, grant, next, ct);
    }

    /// <summary>
    /// Ends what a token stands for: a refresh token the whole grant, an access token all access tokens so far. Tokens that are
    /// unknown, or another app's, end nothing and are no error (RFC 7009, section 2.2).
    /// </summary>
    public async Task RevokeToken(AppClient client, string token, CancellationToken ct)
    {
        var named = await Verify(token, ct);
        await using var tx = await db.Write(client.Workspace, ct);
        if (named is not null)
        {
            if (named.WorkspaceUid != client.WorkspaceUid
                || await GrantStore.FindByUid(tx, named.GrantUid) is not { } of || of.AppId != client.App.Id) return;
            await GrantStore.NextEpoch(tx, of.Id);
            await tx.CallersHaveChanged();
        }
        else
        {
            if (GrantRules.IdIn(token) is not { } id || await Find(tx, client, id) is not { } grant) return;
            if (GrantRules.Use(grant, (await GrantStore.FindHashes(tx, id))!, token, tx.Now) is RefreshUse.Unknown) return;
            await End(tx, Caller.System(client.Workspace), grant);
        }
        await tx.Commit();
    }

    /// <summary>The grants that stand, oldest first; admins see everyone's, others their own.</summary>
    public async Task<IReadOnlyList<Grant>> List(Caller caller, CancellationToken ct)
    {
        caller.MustRead("keys");
        await using var tx = await db.Read(caller.Workspace, ct);
        var grants = await GrantStore.Standing(tx);
        return caller.IsAdmin ? grants : [.. grants.Where(grant => grant.UserId == caller.UserId)];
    }

    /// <summary>The user, or an admin, takes the consent back: from the commit on no token of it opens anything.</summary>
    public async Task Revoke(Caller caller, long id, CancellationToken ct)
    {
        caller.MustWrite("keys");
        await using var tx = await db.Write(caller.Workspace, ct);
        if (await GrantStore.FindForUpdate(tx, id) is not { } grant || (!caller.IsAdmin && grant.UserId != caller.UserId))
        {
            throw Problem.NotFound("grant", id);
        }
        if (!GrantRules.Stands(grant)) return;
        await End(tx, caller, grant);
        await tx.Commit();
    }

    /// <summary>Who calls with this access token; none when it is not ours, expired, or what it rests on is gone.</summary>
    public async ValueTask<Caller?> Resolve(string dialect, string accessToken, CancellationToken ct)
    {
        if (await Verify(accessToken, ct) is not { } named) return null;
        return await db.Callers.Get(db, named.Presented, Load, ct) is { Caller: var caller } && caller.Dialect == dialect ? caller : null;
    }

    private async ValueTask<GrantRules.Named?> Verify(string accessToken, CancellationToken ct) =>
        tokens.Find(accessToken, await secrets.TokenKeys(ct), db.Now());

    private async Task<GrantTokens> Tokens(AppClient client, Grant grant, string refreshToken, CancellationToken ct)
    {
        var access = Jwt.Sign(GrantRules.Claims(grant, client.WorkspaceUid, db.Now()), (await secrets.TokenKeys(ct))[0]);
        return new(access, GrantRules.AccessSeconds, refreshToken, grant.Scopes);
    }

    private static async Task<Grant?> Find(Tx tx, AppClient client, long id) =>
        await GrantStore.FindForUpdate(tx, id) is { } grant && grant.AppId == client.App.Id ? grant : null;

    private static async Task End(Tx tx, Caller caller, Grant grant)
    {
        if (!GrantRules.Stands(grant)) return;
        await GrantStore.Revoke(tx, grant.Id);
        await tx.CallersHaveChanged();
        await Log(tx, caller, grant, "revoked");
    }

    private static Task Log(Tx tx, Caller caller, Grant grant, string action) =>
        EventStore.Append(tx, caller,
            new()
            {
                Subject = "grant",
                SubjectId = grant.Id,
                Action = action,
                Note = string.Create(CultureInfo.InvariantCulture, $"app {grant.AppId}"),
            });

    private static async Task<KnownCredential?> Load(Db db, Presented presented, CancellationToken ct)
    {
        var parts = presented.Text.Split(' ');
        if (await AppService.WorkspaceId(db, Guid.ParseExact(parts[0], "D"), ct) is not { } workspace) return null;
        await using var tx = await db.Read(workspace, ct);

        if (await GrantStore.FindByUid(tx, Guid.ParseExact(parts[1], "D")) is not { RevokedAt: null } grant) return null;
        if (grant.Epoch != long.Parse(parts[2], CultureInfo.InvariantCulture)) return null;
        if (await AppStore.Find(tx, grant.AppId) is not { RevokedAt: null } app) return null;
        var catalog = await tx.Catalog();
        if (CallerRules.Of(catalog, grant.UserId, app.Dialect, grant.Scopes) is not { } caller) return null;
        return new() { Caller = caller with { GrantId = grant.Id }, CatalogVersion = catalog.Version };
    }
}
