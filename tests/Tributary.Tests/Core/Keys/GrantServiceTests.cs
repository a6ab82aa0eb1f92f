using Tributary.Core.Kernel;
using Tributary.Core.Keys;
using Tributary.Core.Storage;
using Tributary.Core.Users;
using Tributary.Tests.Support;

namespace Tributary.Tests.Core.Keys;

/// <summary>RFC 6749, sections 4.1 and 6; RFC 7009; lifetimes as Pipedrive's page "OAuth authorization" gives them.</summary>
public sealed class GrantServiceTests
{
    private const string Address = "https://app.test/back";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, OnBothBackends]
    public async Task A_code_buys_tokens_that_speak_for_the_user_within_the_apps_scopes(Backend backend)
    {
        var desk = await Desk.Open(backend, "deals:write", "persons:read");
        var code = await desk.Grants.Allow(desk.Client, desk.Some.Member.UserId!.Value, Address, Ct);

        var tokens = await desk.Grants.Exchange(desk.Client, code, Address, Ct);
        var caller = await desk.Grants.Resolve("pipedrive", tokens!.AccessToken, Ct);

        Assert.Equal(desk.Some.Member with { Dialect = "pipedrive", Scopes = ["deals:write", "persons:read"], GrantId = caller!.GrantId },
            caller);
        // An app of Pipedrive does not hide deals from its users, as cPod's do.
        Assert.Null(caller.AppId);
        Assert.Equal((3599, "deals:write persons:read"), (tokens.ExpiresIn, string.Join(' ', tokens.Scopes)));
        Assert.Null(await desk.Grants.Resolve("native", tokens.AccessToken, Ct));
    }

    [Theory, OnBothBackends]
    public async Task A_code_is_good_once_and_its_second_use_ends_the_grant(Backend backend) // RFC 6749, section 4.1.2
    {
        var desk = await Desk.Open(backend);
        var code = await desk.Allow();
        var tokens = await desk.Grants.Exchange(desk.Client, code, Address, Ct);
        Assert.NotNull(await desk.Grants.Resolve("pipedrive", tokens!.AccessToken, Ct));

        Assert.Null(await desk.Grants.Exchange(desk.Client, code, Address, Ct));

        Assert.Null(await desk.Grants.Resolve("pipedrive", tokens.AccessToken, Ct));
        Assert.Null(await desk.Grants.Refresh(desk.Client, tokens.RefreshToken, Ct));
    }

    [Theory, OnBothBackends]
    public async Task A_code_runs_out_after_five_minutes(Backend backend)
    {
        var desk = await Desk.Open(backend);
        var (inTime, late) = (await desk.Allow(), await desk.Allow());

        TestClock.Instance.Advance(TimeSpan.FromMinutes(5) - TimeSpan.FromSeconds(1));
        Assert.NotNull(await desk.Grants.Exchange(desk.Client, inTime, Address, Ct));
        TestClock.Instance.Advance(TimeSpan.FromSeconds(1));
        Assert.Null(await desk.Grants.Exchange(desk.Client, late, Address, Ct));
    }

    [Theory, OnBothBackends]
    public async Task A_code_is_good_only_for_its_app_and_its_address(Backend backend)
    {
        var desk = await Desk.Open(backend);
        var code = await desk.Allow();
        var other = await desk.Register("Other");

        Assert.Null(await desk.Grants.Exchange(other, code, Address, Ct));
        Assert.Null(await desk.Grants.Exchange(desk.Client, code, "https://app.test/other", Ct));
        Assert.Null(await desk.Grants.Exchange(desk.Client, code, null, Ct));
        Assert.Null(await desk.Grants.Exchange(desk.Client, code + "0", Address, Ct));
        foreach (var nonsense in new[] { "", ":", "x", "1", "1:", "-1:0", "99999999999999999999:0", new string('9', 10_000) })
        {
            Assert.Null(await desk.Grants.Exchange(desk.Client, nonsense, Address, Ct));
        }

        Assert.NotNull(await desk.Grants.Exchange(desk.Client, code, Address, Ct));
    }

    [Theory, OnBothBackends]
    public async Task An_access_token_runs_out_and_a_refresh_token_60_days_after_its_last_use(Backend backend)
    {
        var desk = await Desk.Open(backend);
        var tokens = await desk.Tokens();

        TestClock.Instance.Advance(TimeSpan.FromSeconds(3598));
        Assert.NotNull(await desk.Grants.Resolve("pipedrive", tokens.AccessToken, Ct));
        TestClock.Instance.Advance(TimeSpan.FromSeconds(1));
        Assert.Null(await desk.Grants.Resolve("pipedrive", tokens.AccessToken, Ct));

        TestClock.Instance.Advance(TimeSpan.FromDays(59));
        var renewed = await desk.Grants.Refresh(desk.Client, tokens.RefreshToken, Ct);
        Assert.NotNull(await desk.Grants.Resolve("pipedrive", renewed!.AccessToken, Ct));
        TestClock.Instance.Advance(TimeSpan.FromDays(59));
        Assert.NotNull(await desk.Grants.Refresh(desk.Client, renewed.RefreshToken, Ct));
        TestClock.Instance.Advance(TimeSpan.FromDays(60));
        Assert.Null(await desk.Grants.Refresh(desk.Client, renewed.RefreshToken, Ct));
    }

    [Theory, OnBothBackends]
    public async Task A_client_that_keeps_its_first_refresh_token_is_never_cut_off(Backend backend) // Pipedrive: "its expiry date is reset"
    {
        var desk = await Desk.Open(backend);
        var tokens = await desk.Tokens();

        for (var times = 0; times < 4; times++) Assert.NotNull(await desk.Grants.Refresh(desk.Client, tokens.RefreshToken, Ct));
    }

    [Theory, OnBothBackends]
    public async Task A_refresh_token_whose_successor_was_used_ends_the_grant(Backend backend) // RFC 9700, section 4.14.2
    {
        var desk = await Desk.Open(backend);
        var first = await desk.Tokens();
        var second = await desk.Grants.Refresh(desk.Client, first.RefreshToken, Ct);
        var third = await desk.Grants.Refresh(desk.Client, second!.RefreshToken, Ct);
        Assert.NotNull(await desk.Grants.Resolve("pipedrive", third!.AccessToken, Ct));

        Assert.Null(await desk.Grants.Refresh(desk.Client, first.RefreshToken, Ct));

        Assert.Null(await desk.Grants.Refresh(desk.Client, third.RefreshToken, Ct));
        Assert.Null(await desk.Grants.Resolve("pipedrive", third.AccessToken, Ct));
    }

    [Theory, OnBothBackends]
    public async Task Revoking_a_refresh_token_ends_the_grant_and_an_access_token_only_the_access_tokens(
        Backend backend) // RFC 7009; Pipedrive, "App uninstallation"
    {
        var desk = await Desk.Open(backend);
        var tokens = await desk.Tokens();
        var other = await desk.Register("Other");

        await desk.Grants.RevokeToken(other, tokens.AccessToken, Ct);
        await desk.Grants.RevokeToken(other, tokens.RefreshToken, Ct);
        await desk.Grants.RevokeToken(desk.Client, "nonsense", Ct);
        Assert.NotNull(await desk.Grants.Resolve("pipedrive", tokens.AccessToken, Ct));

        await desk.Grants.RevokeToken(desk.Client, tokens.AccessToken, Ct);
        Assert.Null(await desk.Grants.Resolve("pipedrive", tokens.AccessToken, Ct));
        var renewed = await desk.Grants.Refresh(desk.Client, tokens.RefreshToken, Ct);
        Assert.NotNull(await desk.Grants.Resolve("pipedrive", renewed!.AccessToken, Ct));

        await desk.Grants.RevokeToken(desk.Client, renewed.RefreshToken, Ct);
        Assert.Null(await desk.Grants.Resolve("pipedrive", renewed.AccessToken, Ct));
        Assert.Null(await desk.Grants.Refresh(desk.Client, renewed.RefreshToken, Ct));
    }

    [Theory, OnBothBackends]
    public async Task A_grant_ends_with_its_app_with_its_user_and_when_the_user_takes_it_back(Backend backend)
    {
        var desk = await Desk.Open(backend);
        var member = desk.Some.Member;
        var (mine, gone) = (await desk.Tokens(member), await desk.Tokens(await Some.User(desk.Some.Db, desk.Some.Id, "Gone User")));
        var grant = Assert.Single(await desk.Grants.List(member, Ct));
        Assert.Equal(2, (await desk.Grants.List(desk.Some.Admin, Ct)).Count);
        await Assert.ThrowsAsync<ProblemException>(() => desk.Grants.Revoke(desk.Some.Manager, grant.Id, Ct));
        await Assert.ThrowsAsync<ProblemException>(() => desk.Grants.Revoke(desk.Some.Outsider, grant.Id, Ct));

        await desk.Grants.Revoke(member, grant.Id, Ct);
        Assert.Null(await desk.Grants.Resolve("pipedrive", mine.AccessToken, Ct));

        var user = (await desk.Grants.Resolve("pipedrive", gone.AccessToken, Ct))!.UserId!.Value;
        await new UserService(desk.Some.Db).Update(desk.Some.Admin, user, new() { IsActive = new(true, false) }, Ct);
        Assert.Null(await desk.Grants.Resolve("pipedrive", gone.AccessToken, Ct));
        Assert.Null(await desk.Grants.Refresh(desk.Client, gone.RefreshToken, Ct));

        var last = await desk.Tokens();
        await desk.Apps.Revoke(desk.Some.Admin, desk.Client.App.Id, Ct);
        Assert.Null(await desk.Grants.Resolve("pipedrive", last.AccessToken, Ct));
    }

    [Theory, OnBothBackends]
    public async Task An_app_that_acts_for_users_has_no_tokens_of_its_own(Backend backend)
    {
        var desk = await Desk.Open(backend);
        var tokens = await desk.Tokens();

        Assert.Null(await desk.Apps.TokenFor(desk.Client.App.ClientId, desk.Secret, null, Ct));
        Assert.Null(await desk.Apps.ResolveJwt(tokens.AccessToken, Ct));
        Assert.Null(await desk.Apps.Authenticate("pipedrive", desk.Client.App.ClientId, "wrong", Ct));
        Assert.Null(await desk.Apps.Authenticate("cpod", desk.Client.App.ClientId, desk.Secret, Ct));
        Assert.NotNull(await desk.Apps.Authenticate("pipedrive", desk.Client.App.ClientId, desk.Secret, Ct));
        var service = await desk.Apps.Create(desk.Some.Admin, new() { Name = "Service" }, Ct);
        var own = await desk.Apps.TokenFor(service.App.ClientId, service.ClientSecret, null, Ct);
        Assert.Null(await desk.Grants.Resolve("pipedrive", own!.AccessToken, Ct));
    }

    [Theory, OnBothBackends]
    public async Task Grants_are_forgotten_30_days_after_they_ended(Backend backend)
    {
        var desk = await Desk.Open(backend);
        await desk.Allow();
        var tokens = await desk.Tokens();
        await desk.Grants.RevokeToken(desk.Client, tokens.RefreshToken, Ct);
        var standing = await desk.Tokens();

        TestClock.Instance.Advance(TimeSpan.FromDays(31));
        await new GrantJob(desk.Some.Db).Step(Ct);

        await using var tx = await desk.Some.Db.Read(desk.Some.Id, Ct);
        Assert.Equal(1, await tx.One<long>("SELECT COUNT(*) FROM grants WHERE workspace_id = @Workspace", new { tx.Workspace }));
        Assert.NotNull(await desk.Grants.Refresh(desk.Client, standing.RefreshToken, Ct));
    }

    private sealed record Desk(SomeWorkspace Some, AppService Apps, GrantService Grants, AppClient Client, string Secret)
    {
        public static async Task<Desk> Open(Backend backend, params string[] scopes)
        {
            var some = await Support.Some.Workspace(backend);
            var random = SeededRandom.Of((int)some.Id);
            var secrets = new InstanceSecrets(some.Db, random);
            var apps = new AppService(some.Db, random, secrets);
            var desk = new Desk(some, apps, new(some.Db, random, secrets), null!, "");
            var created = await apps.Create(some.Admin, New("Portal", scopes), Ct);
            return desk with { Client = (await apps.Find("pipedrive", created.App.ClientId, Ct))!, Secret = created.ClientSecret };
        }

        public async Task<AppClient> Register(string name) =>
            (await Apps.Find("pipedrive", (await Apps.Create(Some.Admin, New(name), Ct)).App.ClientId, Ct))!;

        public Task<string> Allow(Caller? user = null) => Grants.Allow(Client, (user ?? Some.Member).UserId!.Value, Address, Ct);

        public async Task<GrantTokens> Tokens(Caller? user = null) => (await Grants.Exchange(Client, await Allow(user), Address, Ct))!;

        private static NewApp New(string name, params string[] scopes) =>
            new() { Name = name, Dialect = "pipedrive", RedirectUris = [Address], Scopes = scopes.Length == 0 ? ["*"] : [.. scopes] };
    }
}
