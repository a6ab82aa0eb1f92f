using System.Text.Json;
using Tributary.Core.Kernel;
using Tributary.Core.Keys;
using Tributary.Core.Users;
using Tributary.Tests.Support;

namespace Tributary.Tests.Core.Keys;

public sealed class AppServiceTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, OnBothBackends]
    public async Task A_client_gets_a_token_for_an_hour_that_speaks_for_its_app(Backend backend)
    {
        var (some, apps, secrets) = await Arrange(backend);
        var created = await apps.Create(some.Admin, new() { Name = "Portal" }, Ct);

        var token = await apps.TokenFor(created.App.ClientId, created.ClientSecret, null, Ct);
        var caller = await apps.ResolveJwt(token!.AccessToken, Ct);

        Assert.Equal(some.Admin with { Dialect = "cpod", AppId = created.App.Id, AppUid = created.App.Uid }, caller);
        // other-systems.md, section 4.2: the claims of a service token.
        var claims = Jwt.Verify(token.AccessToken, await secrets.TokenKeys(Ct), TestClock.Start).Claims;
        Assert.Equal(created.App.Uid.ToString(), claims["sub"].GetString());
        Assert.Equal(some.Workspace.Uid.ToString(), claims["tenant_id"].GetString());
        Assert.Equal("""["app_service_account"]""", claims["roles"].GetRawText());
        Assert.Equal(3600, claims["exp"].GetInt64() - claims["iat"].GetInt64());
        Assert.Equal(3600, token.ExpiresIn);
    }

    [Theory, OnBothBackends]
    public async Task Wrong_clients_get_nothing(Backend backend)
    {
        var (some, apps, _) = await Arrange(backend);
        var created = await apps.Create(some.Admin, new() { Name = "Portal" }, Ct);

        Assert.Null(await apps.TokenFor(created.App.ClientId, "wrong", null, Ct));
        Assert.Null(await apps.TokenFor(created.App.ClientId, "", null, Ct));
        Assert.Null(await apps.TokenFor("nobody", created.ClientSecret, null, Ct));
        Assert.Null(await apps.TokenFor("nobody", "", null, Ct));
        Assert.Null(await apps.TokenFor(new('x', 10_000), new('x', 10_000), null, Ct));
    }

    [Theory, OnBothBackends]
    public async Task A_revoked_apps_token_opens_nothing_although_it_was_just_used(Backend backend)
    {
        var (some, apps, _) = await Arrange(backend);
        var created = await apps.Create(some.Admin, new() { Name = "Portal" }, Ct);
        var token = (await apps.TokenFor(created.App.ClientId, created.ClientSecret, null, Ct))!.AccessToken;
        Assert.NotNull(await apps.ResolveJwt(token, Ct));

        await apps.Revoke(some.Admin, created.App.Id, Ct);

        Assert.Null(await apps.ResolveJwt(token, Ct));
        Assert.Null(await apps.TokenFor(created.App.ClientId, created.ClientSecret, null, Ct));
    }

    [Theory, OnBothBackends]
    public async Task A_token_runs_out_after_an_hour(Backend backend)
    {
        var (some, apps, _) = await Arrange(backend);
        var created = await apps.Create(some.Admin, new() { Name = "Portal" }, Ct);
        var token = (await apps.TokenFor(created.App.ClientId, created.ClientSecret, null, Ct))!.AccessToken;

        TestClock.Instance.Advance(TimeSpan.FromSeconds(3599));
        Assert.NotNull(await apps.ResolveJwt(token, Ct));
        TestClock.Instance.Advance(TimeSpan.FromSeconds(1));
        Assert.Null(await apps.ResolveJwt(token, Ct));
    }

    [Theory, OnBothBackends]
    public async Task A_token_whose_tenant_is_missing_unknown_or_not_the_apps_opens_nothing(Backend backend)
    {
        var (some, apps, secrets) = await Arrange(backend);
        var created = await apps.Create(some.Admin, new() { Name = "Portal" }, Ct);
        var key = (await secrets.TokenKeys(Ct))[0];
        var claims = new Dictionary<string, object>(AppRules.Claims(created.App.Uid, some.Workspace.Uid, ["*"], TestClock.Start));
        Assert.NotNull(await apps.ResolveJwt(Jwt.Sign(claims, key), Ct));

        var other = await new Tributary.Core.Workspaces.WorkspaceService(some.Db).Get(some.Outsider, Ct);
        foreach (var tenant in (object?[])[null, "", 7, "not-a-uid", Guid.Empty.ToString(), other.Uid.ToString()])
        {
            var changed = new Dictionary<string, object>(claims);
            if (tenant is null) changed.Remove("tenant_id");
            else changed["tenant_id"] = tenant;
            Assert.Null(await apps.ResolveJwt(Jwt.Sign(changed, key), Ct));
        }
    }

    [Theory, OnBothBackends]
    public async Task A_token_that_was_just_used_ends_with_its_app_and_what_it_names_is_nobodys_key(Backend backend)
    {
        var (some, apps, _) = await Arrange(backend);
        var created = await apps.Create(some.Admin, new() { Name = "Portal" }, Ct);
        var token = (await apps.TokenFor(created.App.ClientId, created.ClientSecret, null, Ct))!.AccessToken;
        Assert.NotNull(await apps.ResolveJwt(token, Ct));
        Assert.NotNull(await apps.ResolveJwt(token, Ct));

        var keys = new KeyService(some.Db, SeededRandom.Of(5));
        Assert.Null(await keys.Resolve("cpod", $"{some.Workspace.Uid:D}/{created.App.Uid:D}", null, null, Ct));
        Assert.Null(await apps.ResolveJwt(token[..^2] + (token[^2] == 'A' ? 'B' : 'A') + token[^1], Ct));

        await apps.Revoke(some.Admin, created.App.Id, Ct);
        Assert.Null(await apps.ResolveJwt(token, Ct));
    }

    [Theory, OnBothBackends]
    public async Task A_token_may_ask_for_less_than_its_app_has_never_for_more(Backend backend)
    {
        var (some, apps, _) = await Arrange(backend);
        var created = await apps.Create(some.Admin, new() { Name = "Portal", Scopes = ["deals:write"] }, Ct);

        var narrow = await apps.TokenFor(created.App.ClientId, created.ClientSecret, "deals:read persons:read mcp:call", Ct);
        var foreign = await apps.TokenFor(created.App.ClientId, created.ClientSecret, "edm.read", Ct);

        Assert.Equal("deals:read", narrow!.Scope);
        Assert.Equal((Seq<string>)["deals:read"], (await apps.ResolveJwt(narrow.AccessToken, Ct))!.Scopes);
        Assert.Equal("deals:write", foreign!.Scope);
        var refusal = await Assert.ThrowsAsync<ProblemException>(() =>
            apps.TokenFor(created.App.ClientId, created.ClientSecret, "users:write", Ct));
        Assert.Equal("scope", Assert.Single(refusal.Problem.Fields).Field);
    }

    [Theory, OnBothBackends]
    public async Task A_rotated_secret_replaces_the_former_one(Backend backend)
    {
        var (some, apps, _) = await Arrange(backend);
        var former = await apps.Create(some.Admin, new() { Name = "Portal" }, Ct);

        var rotated = await apps.RotateSecret(some.Admin, former.App.Id, Ct);

        Assert.Null(await apps.TokenFor(former.App.ClientId, former.ClientSecret, null, Ct));
        Assert.NotNull(await apps.TokenFor(former.App.ClientId, rotated.ClientSecret, null, Ct));
    }

    [Theory, OnBothBackends]
    public async Task Tokens_outlive_one_rotation_of_the_instances_keys_and_not_two(Backend backend)
    {
        await using var own = await OwnDatabase.Open(backend);
        var some = await Some.Workspace(own.Db);
        var secrets = new InstanceSecrets(own.Db, SeededRandom.Of(3));
        var apps = new AppService(own.Db, SeededRandom.Of(4), secrets);
        var created = await apps.Create(some.Admin, new() { Name = "Portal" }, Ct);
        var token = (await apps.TokenFor(created.App.ClientId, created.ClientSecret, null, Ct))!.AccessToken;

        await secrets.RotateTokenKeys(Ct);
        Assert.NotNull(await apps.ResolveJwt(token, Ct));
        await secrets.RotateTokenKeys(Ct);
        Assert.Null(await apps.ResolveJwt(token, Ct));
    }

    [Theory, OnBothBackends]
    public async Task Servers_that_start_together_agree_on_the_instances_secrets(Backend backend)
    {
        var some = await Some.Workspace(backend);
        var name = $"made_together_{some.Id}";

        var keys = await Task.WhenAll(Enumerable.Range(0, 8).Select(seed =>
            new InstanceSecrets(some.Db, SeededRandom.Of(seed)).Keys(name, Ct).AsTask()));

        Assert.Single(keys.Select(list => Convert.ToHexString(list[0])).Distinct());
        Assert.Equal(32, keys[0][0].Length);
    }

    [Theory, OnBothBackends]
    public async Task Apps_are_for_the_admins_of_their_workspace(Backend backend)
    {
        var (some, apps, _) = await Arrange(backend);
        var created = await apps.Create(some.Admin, new() { Name = "Portal" }, Ct);

        Assert.DoesNotContain(await apps.List(some.Outsider, Ct), app => app.Id == created.App.Id);
        Assert.Equal(ProblemCode.NotFound, (await Assert.ThrowsAsync<ProblemException>(() =>
            apps.Revoke(some.Outsider, created.App.Id, Ct))).Problem.Code);
        Assert.Equal(ProblemCode.Forbidden, (await Assert.ThrowsAsync<ProblemException>(() => apps.List(some.Member, Ct))).Problem.Code);
        Assert.Equal(ProblemCode.Forbidden, (await Assert.ThrowsAsync<ProblemException>(() =>
            apps.Create(some.Manager, new() { Name = "Mine" }, Ct))).Problem.Code);
    }

    private static async Task<(SomeWorkspace Some, AppService Apps, InstanceSecrets Secrets)> Arrange(Backend backend)
    {
        var some = await Some.Workspace(backend);
        var secrets = new InstanceSecrets(some.Db, SeededRandom.Of(1));
        return (some, new(some.Db, SeededRandom.Of((int)some.Id), secrets), secrets);
    }
}
