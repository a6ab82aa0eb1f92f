using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Tributary.Core.Keys;
using Tributary.Tests.Support;

namespace Tributary.Tests.Server.Dialects.CPod;

/// <summary>Reference §4.2, and RFC 6749 and 6750 where the vendor's pages are silent.</summary>
public sealed class CPodAuthTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    // pages: {access_token, token_type:"Bearer", expires_in:3600, scope}; claims sub, tenant_id, roles, scope, iat, exp; form and JSON.
    [Theory, OnBothBackends]
    public async Task Credentials_buy_a_token_that_names_app_and_tenant(Backend backend)
    {
        var desk = await CPodDesk.Open(backend);
        var client = await TestServers.Anonymous(backend);
        var form = new Dictionary<string, string>
        {
            ["grant_type"] = "client_credentials",
            ["client_id"] = desk.App.App.ClientId,
            ["client_secret"] = desk.App.ClientSecret,
        };

        using var answer = await client.PostAsync(CPodDesk.Token, new FormUrlEncodedContent(form), Ct);
        var (status, json) = await client.Post(CPodDesk.Token, form);

        Assert.Equal((200, 200), ((int)answer.StatusCode, status));
        Assert.Equal("no-store", answer.Headers.CacheControl!.ToString());
        Assert.Equal("""["Bearer",3600,"*"]""", $"""["{json.Text("token_type")}",{json.Raw("expires_in")},"{json.Text("scope")}"]""");
        var claims = Claims(json.Text("access_token")!);
        Assert.Equal(desk.App.App.Uid.ToString("D"), claims.Text("app_id"));
        Assert.Equal(claims.Text("app_id"), claims.Text("sub"));
        Assert.Equal(desk.Workspace.Workspace.Uid.ToString("D"), claims.Text("tenant_id"));
        Assert.Equal("""["app_service_account"]""", claims.Raw("roles"));
        Assert.Equal(3600, claims.GetProperty("exp").GetInt64() - claims.GetProperty("iat").GetInt64());
        Assert.Equal(claims.Text("app_id"), (await desk.Create(new { })).Text("app_id"));
    }

    [Theory, OnBothBackends]
    public async Task Credentials_may_come_as_http_basic(Backend backend) // RFC 6749, section 2.3.1
    {
        var desk = await CPodDesk.Open(backend);
        var client = await TestServers.Anonymous(backend);
        client.DefaultRequestHeaders.Authorization = new("Basic",
            Convert.ToBase64String(Encoding.UTF8.GetBytes($"{desk.App.App.ClientId}:{desk.App.ClientSecret}")));

        using var answer = await client.PostAsync(CPodDesk.Token, new FormUrlEncodedContent([new("grant_type", "client_credentials")]), Ct);

        Assert.Equal(200, (int)answer.StatusCode);
    }

    [Theory, OnBothBackends]
    public async Task What_is_wrong_with_a_token_request_is_said_in_both_vocabularies(Backend backend)
    {
        var desk = await CPodDesk.Open(backend);
        var client = await TestServers.Anonymous(backend);
        var (id, secret) = (desk.App.App.ClientId, desk.App.ClientSecret);

        foreach (var (body, expected, word) in new (object, int, string)[]
        {
            (new { grant_type = "client_credentials", client_id = id, client_secret = "wrong" }, 401, "invalid_client"),
            (new { grant_type = "client_credentials", client_id = "nobody", client_secret = secret }, 401, "invalid_client"),
            (new { grant_type = "password", client_id = id, client_secret = secret }, 400, "unsupported_grant_type"),
            (new { client_id = id, client_secret = secret }, 400, "invalid_request"),
            (new { grant_type = "client_credentials", client_id = id }, 400, "invalid_request"),
            (new { grant_type = 7, client_id = id, client_secret = secret }, 400, "invalid_request"),
            (new { grant_type = "client_credentials", client_id = new string('x', 5000), client_secret = secret }, 401, "invalid_client"),
        })
        {
            var (status, json) = await client.Post(CPodDesk.Token, body);
            Assert.Equal((expected, word), (status, json.Text("error")));
            Assert.Equal(json.Text("error_description"), json.Text("detail"));
        }
        Assert.Equal(422, (await client.Post(CPodDesk.Token, "{")).Status);
    }

    [Theory, OnBothBackends]
    public async Task A_scope_narrows_the_token_and_words_of_others_mean_nothing(Backend backend)
    {
        var desk = await CPodDesk.Open(backend);
        var client = await TestServers.Anonymous(backend);
        object Asking(string scope) =>
            new { grant_type = "client_credentials", client_id = desk.App.App.ClientId, client_secret = desk.App.ClientSecret, scope };

        var (_, narrow) = await client.Post(CPodDesk.Token, Asking("deals:read"));
        var (_, others) = await client.Post(CPodDesk.Token, Asking("mcp:call"));
        client.DefaultRequestHeaders.Authorization = new("Bearer", narrow.Text("access_token"));
        var (list, _) = await client.Get(CPodDesk.Deals);
        var (create, error) = await client.Post(CPodDesk.Deals, new { });

        Assert.Equal(("deals:read", "*"), (narrow.Text("scope"), others.Text("scope")));
        Assert.Equal((200, 403), (list, create));
        Assert.Equal(JsonValueKind.String, error.GetProperty("detail").ValueKind);
    }

    [Theory, OnBothBackends]
    public async Task A_token_ends_after_an_hour_and_with_its_app(Backend backend)
    {
        var desk = await CPodDesk.Open(backend);

        TestClock.Instance.Advance(TimeSpan.FromMinutes(59));
        var (young, _) = await desk.Client.Get(CPodDesk.Deals);
        TestClock.Instance.Advance(TimeSpan.FromMinutes(1));
        var (old, error) = await desk.Client.Get(CPodDesk.Deals);
        desk.Client.DefaultRequestHeaders.Authorization = new("Bearer", await CPodDesk.Fetch(desk.Client, desk.App));
        var (renewed, _) = await desk.Client.Get(CPodDesk.Deals);
        await CPodDesk.Apps(await TestServers.Of(backend)).Revoke(desk.Workspace.Admin, desk.App.App.Id, Ct);
        var (revoked, _) = await desk.Client.Get(CPodDesk.Deals);
        var (refused, _) = await desk.Client.Post(CPodDesk.Token,
            new { grant_type = "client_credentials", client_id = desk.App.App.ClientId, client_secret = desk.App.ClientSecret });

        Assert.Equal((200, 401, 200, 401, 401), (young, old, renewed, revoked, refused));
        Assert.Equal("""{"detail":"Could not validate credentials"}""", error.GetRawText());
    }

    [Theory, OnBothBackends]
    public async Task Only_a_bearer_token_of_this_dialect_opens_anything(Backend backend) // RFC 6750, sections 2.1 and 3
    {
        var desk = await CPodDesk.Open(backend);
        var client = await TestServers.Anonymous(backend);
        var token = desk.Client.DefaultRequestHeaders.Authorization!.Parameter!;
        var parts = token.Split('.');
        var native = await TestServers.Token(desk.Workspace, "native");

        var unsigned = $"{Convert.ToBase64String("""{"alg":"none","typ":"JWT"}"""u8).TrimEnd('=')}.{parts[1]}.";
        foreach (var header in new[] { "", $"Basic {token}", "Bearer", $"Bearer {token} {token}", $"Bearer {token}, Bearer {token}",
            $"Bearer {unsigned}", $"Bearer {parts[0]}.{parts[1]}.x", $"Bearer {native}", token })
        {
            var (status, json) = await client.Get(CPodDesk.Deals, header.Length == 0 ? [] : [("Authorization", header)]);
            Assert.True(status == 401, header);
            Assert.Equal("Could not validate credentials", json.Text("detail"));
        }
        Assert.Equal(401, (await client.Get($"{CPodDesk.Deals}?access_token={token}")).Status);
        Assert.Equal(401, (await client.Get("/cpod/api/v1/nothing/here")).Status);
        Assert.Equal(200, (await client.Get(CPodDesk.Deals, ("Authorization", $"bearer {token}"))).Status);
        Assert.Equal(401, (await client.Get("/switch/api/v1/deals", ("Authorization", $"Bearer {token}"))).Status);

        using var challenged = await client.GetAsync(CPodDesk.Deals, Ct);
        Assert.Equal("Bearer", challenged.Headers.WwwAuthenticate.ToString());
    }

    [Theory, OnBothBackends]
    public async Task Health_needs_no_token(Backend backend) // "all endpoints except /api/v1/auth/token and /health"
    {
        var client = await TestServers.Anonymous(backend);

        var (status, json) = await client.Get("/cpod/health");

        Assert.Equal((200, """{"status":"ok"}"""), (status, json.GetRawText()));
    }

    private static JsonElement Claims(string token)
    {
        var payload = token.Split('.')[1].Replace('-', '+').Replace('_', '/');
        return JsonDocument.Parse(Convert.FromBase64String(payload.PadRight((payload.Length + 3) / 4 * 4, '='))).RootElement;
    }
}
