using System.Net;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.TestHost;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.DependencyInjection;
using Tributary.Core.Keys;
using Tributary.Core.Users;
using Tributary.Server.Hosting;
using Tributary.Tests.Support;

namespace Tributary.Tests.Server.Dialects.Pipedrive;

/// <summary>
/// Reference §2 ("OAuth endpoints used by the client"); the OpenAPI file's /oauth/authorize and /oauth/token; RFC 6749 and 7009 where they
/// are silent.
/// </summary>
public sealed class OAuthTests
{
    private const string Address = "https://app.test/back?tenant=7";
    private const string Password = "correct horse battery";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, OnBothBackends]
    public async Task A_user_allows_an_app_which_then_reads_deals_for_them(Backend backend)
    {
        var desk = await Desk.Open(backend);

        var page = await desk.Client.GetAsync(desk.AuthorizeUrl("a b&c"), Ct);
        var html = await page.Content.ReadAsStringAsync(Ct);
        Assert.Equal((HttpStatusCode.OK, "text/html"), (page.StatusCode, page.Content.Headers.ContentType!.MediaType));
        Assert.Contains("Portal &lt;b&gt;", html, StringComparison.Ordinal);
        Assert.Contains("Read deals", html, StringComparison.Ordinal);

        var back = await desk.Decide("allow", state: "a b&c");
        Assert.Equal(HttpStatusCode.SeeOther, back.StatusCode);
        var target = back.Headers.Location!;
        var query = QueryHelpers.ParseQuery(target.Query);
        Assert.Equal("https://app.test/back", target.GetLeftPart(UriPartial.Path));
        Assert.Equal(("7", "a b&c"), (query["tenant"].ToString(), query["state"].ToString()));

        var (status, tokens) = await desk.Token(("grant_type", "authorization_code"), ("code", query["code"].ToString()),
            ("redirect_uri", Address));
        Assert.Equal(200, status);
        // OpenAPI file, GetTokensResponse: exactly these members.
        Assert.Equal(["access_token", "token_type", "refresh_token", "scope", "expires_in", "api_domain"],
            tokens.EnumerateObject().Select(member => member.Name));
        Assert.Equal("""["Bearer",3599,"base deals:read","http://localhost/pipedrive"]""",
            $"""["{tokens.Text("token_type")}",{tokens.Raw("expires_in")},"{tokens.Text("scope")}","{tokens.Text("api_domain")}"]""");

        var (read, list) = await desk.Client.Get("/pipedrive/api/v2/deals", ("Authorization", "Bearer " + tokens.Text("access_token")));
        Assert.Equal((200, JsonValueKind.Array), (read, list.GetProperty("data").ValueKind));
        // Reference §4: scope missing.
        var (written, refusal) = await desk.Client.Post("/pipedrive/api/v2/deals", new { title = "x" },
            ("Authorization", "Bearer " + tokens.Text("access_token")));
        Assert.Equal(403, written);
        Assert.Equal(
            """{"success":false,"error":"Scope and URL mismatch","errorCode":403,"error_info":"Please check developers.pipedrive.com"}""",
            refusal.GetRawText());
    }

    [Theory, OnBothBackends]
    public async Task Refreshing_gives_new_tokens_and_revoking_takes_them_away(Backend backend)
    {
        var desk = await Desk.Open(backend);
        var tokens = await desk.Tokens();

        var (status, renewed) = await desk.Token(("grant_type", "refresh_token"), ("refresh_token", tokens.Text("refresh_token")!));
        Assert.Equal(200, status);
        Assert.NotEqual(tokens.Text("refresh_token"), renewed.Text("refresh_token"));
        Assert.Equal(200, await desk.Read(renewed.Text("access_token")!));

        // The official client encodes an access token before the form encodes it again.
        Assert.Equal(200, await desk.Revoke(Uri.EscapeDataString(renewed.Text("access_token")!), "access_token"));
        Assert.Equal(401, await desk.Read(renewed.Text("access_token")!));
        var (again, last) = await desk.Token(("grant_type", "refresh_token"), ("refresh_token", renewed.Text("refresh_token")!));
        Assert.Equal((200, 200), (again, await desk.Read(last.Text("access_token")!)));

        Assert.Equal(200, await desk.Revoke(last.Text("refresh_token")!, "refresh_token"));
        Assert.Equal(401, await desk.Read(last.Text("access_token")!));
        var (refused, error) = await desk.Token(("grant_type", "refresh_token"), ("refresh_token", last.Text("refresh_token")!));
        Assert.Equal((400, "invalid_grant"), (refused, error.Text("error")));
        Assert.Equal(200, await desk.Revoke("unknown", "refresh_token")); // RFC 7009, section 2.2
    }

    [Theory, OnBothBackends]
    public async Task Declining_sends_the_error_to_the_app(
        Backend backend) // OpenAPI file: "if a customer declines, the corresponding error will also be sent to this URL"
    {
        var desk = await Desk.Open(backend);

        var back = await desk.Decide("cancel", password: "", state: "s");

        Assert.Equal((HttpStatusCode.SeeOther, "https://app.test/back?tenant=7&error=user_denied&state=s"),
            (back.StatusCode, back.Headers.Location!.OriginalString));
    }

    [Theory, OnBothBackends]
    public async Task A_wrong_password_gives_no_code_and_so_does_a_user_of_another_workspace(Backend backend)
    {
        var (desk, other) = (await Desk.Open(backend), await Desk.Open(backend));

        var wrong = await desk.Decide("allow", password: "nonsense");
        var foreign = await desk.Decide("allow", email: other.Email);

        foreach (var answer in new[] { wrong, foreign })
        {
            Assert.Equal((HttpStatusCode.Forbidden, null), (answer.StatusCode, answer.Headers.Location));
            Assert.Contains("role=\"alert\"", await answer.Content.ReadAsStringAsync(Ct), StringComparison.Ordinal);
        }
    }

    [Theory, OnBothBackends]
    public async Task Passwords_cannot_be_tried_without_end(Backend backend)
    {
        var desk = await Desk.Open(backend);
        for (var n = 0; n < SignInGuard.PerEmail; n++)
        {
            Assert.Equal((n, HttpStatusCode.Forbidden), (n, (await desk.Decide("allow", password: "nonsense")).StatusCode));
        }

        Assert.Equal(HttpStatusCode.TooManyRequests, (await desk.Decide("allow")).StatusCode);

        TestClock.Instance.Advance(SignInGuard.Window);
        Assert.Equal(HttpStatusCode.SeeOther, (await desk.Decide("allow")).StatusCode);
    }

    [Theory, OnBothBackends]
    public async Task Nobody_is_sent_to_an_address_the_app_did_not_register(Backend backend) // RFC 6749, section 4.1.2.1
    {
        var desk = await Desk.Open(backend);

        foreach (var url in new[]
        {
            $"/pipedrive/oauth/authorize?client_id={desk.App.ClientId}&redirect_uri=https://evil.test/",
            $"/pipedrive/oauth/authorize?client_id={desk.App.ClientId}&redirect_uri={Uri.EscapeDataString(Address + "x")}",
            $"/pipedrive/oauth/authorize?client_id=nobody&redirect_uri={Uri.EscapeDataString(Address)}",
            "/pipedrive/oauth/authorize",
        })
        {
            var page = await desk.Client.GetAsync(url, Ct);
            Assert.Equal((HttpStatusCode.BadRequest, "text/html", null),
                (page.StatusCode, page.Content.Headers.ContentType!.MediaType, page.Headers.Location));
        }
        var other = await desk.Client.GetAsync(desk.AuthorizeUrl("s") + "&response_type=token", Ct);
        Assert.EndsWith("&error=unsupported_response_type&state=s", other.Headers.Location!.OriginalString, StringComparison.Ordinal);
    }

    [Theory, OnBothBackends]
    public async Task The_page_can_load_nothing_and_be_framed_by_nobody(Backend backend)
    {
        var desk = await Desk.Open(backend);

        var page = await desk.Client.GetAsync(desk.AuthorizeUrl("\"><script>alert(1)</script>"), Ct);

        var policy = page.Headers.GetValues("Content-Security-Policy").Single();
        Assert.StartsWith("default-src 'none'; style-src 'sha256-", policy, StringComparison.Ordinal);
        Assert.EndsWith("form-action 'self' https://app.test; base-uri 'none'; frame-ancestors 'none'", policy, StringComparison.Ordinal);
        Assert.Equal("no-store", page.Headers.CacheControl!.ToString());
        Assert.DoesNotContain("<script", await page.Content.ReadAsStringAsync(Ct), StringComparison.OrdinalIgnoreCase);
    }

    [Theory, OnBothBackends]
    public async Task What_is_wrong_with_a_token_request_is_said_in_the_words_of_the_standard(Backend backend) // RFC 6749, section 5.2
    {
        var desk = await Desk.Open(backend);

        foreach (var (expected, word, secret, form) in new (int, string, string?, (string, string)[])[]
        {
            (401, "invalid_client", "wrong", [("grant_type", "refresh_token"), ("refresh_token", "x")]),
            (401, "invalid_client", null, [("grant_type", "refresh_token"), ("refresh_token", "x")]),
            (400, "invalid_request", desk.Secret, [("refresh_token", "x")]),
            (400, "invalid_request", desk.Secret, [("grant_type", "authorization_code")]),
            (400, "invalid_request", desk.Secret, [("grant_type", "authorization_code"), ("code", "1"), ("code", "2")]),
            (400, "unsupported_grant_type", desk.Secret, [("grant_type", "password"), ("username", "x")]),
            (400, "invalid_grant", desk.Secret, [("grant_type", "authorization_code"), ("code", "1:00"), ("redirect_uri", Address)]),
            (400, "invalid_grant", desk.Secret, [("grant_type", "refresh_token"), ("refresh_token", "1:00")]),
        })
        {
            var (status, json) = await desk.Token(secret, form);
            Assert.Equal((expected, word), (status, json.Text("error")));
            Assert.NotEmpty(json.Text("error_description")!);
        }
        var (inForm, error) = await desk.Token(null, ("client_id", desk.App.ClientId), ("client_secret", desk.Secret),
            ("grant_type", "refresh_token"), ("refresh_token", "1:00"));
        Assert.Equal((400, "invalid_grant"), (inForm, error.Text("error")));
    }

    [Theory, OnBothBackends]
    public async Task Users_see_which_apps_act_for_them_and_end_it(Backend backend)
    {
        var desk = await Desk.Open(backend);
        var tokens = await desk.Tokens();
        var native = await TestServers.Native(backend, desk.Some, desk.Some.Member);

        var (status, list) = await native.Get("/api/v1/grants");
        var grant = list.GetProperty("data")[0];
        Assert.Equal((200, desk.App.Id), (status, grant.GetProperty("app_id").GetInt64()));
        Assert.Equal(204, (await native.Delete($"/api/v1/grants/{grant.GetProperty("id").GetInt64()}")).Status);

        Assert.Equal(401, await desk.Read(tokens.Text("access_token")!));
    }

    private sealed record Desk(SomeWorkspace Some, HttpClient Client, App App, string Secret, string Email)
    {
        public static async Task<Desk> Open(Backend backend)
        {
            var some = await Support.Some.Workspace(backend);
            var server = await TestServers.Of(backend);
            var test = server.GetTestServer();
            test.PreserveExecutionContext = true;
            var created = await server.Services.GetRequiredService<AppService>().Create(some.Admin,
                new() { Name = "Portal <b>", Dialect = "pipedrive", RedirectUris = [Address], Scopes = ["deals:read"] }, Ct);
            var users = server.Services.GetRequiredService<UserService>();
            var user = await users.Get(some.Admin, some.Member.UserId!.Value, Ct);
            await users.SetPasswordHash(some.Admin, user.Id, Passwords.Hash(Password), Ct);
            var email = $"user{user.Id}@portal.test";
            await users.Update(some.Admin, user.Id, new() { Email = new(true, email) }, Ct);
            return new(some, test.CreateClient(), created.App, created.ClientSecret, email);
        }

        public string AuthorizeUrl(string state) =>
            $"/pipedrive/oauth/authorize?client_id={App.ClientId}&redirect_uri={Uri.EscapeDataString(Address)}&state={Uri.EscapeDataString(state)}";

        public Task<HttpResponseMessage> Decide(string decision, string? password = null, string? email = null, string state = "") =>
            Client.PostAsync("/pipedrive/oauth/authorize", new FormUrlEncodedContent(
            [new("client_id", App.ClientId), new("redirect_uri", Address), new("state", state), new("email", email ?? Email),
                new("password", password ?? Password), new("decision", decision)]), Ct);

        public async Task<JsonElement> Tokens()
        {
            var back = await Decide("allow");
            var code = QueryHelpers.ParseQuery(back.Headers.Location!.Query)["code"].ToString();
            return (await Token(("grant_type", "authorization_code"), ("code", code), ("redirect_uri", Address))).Json;
        }

        public Task<(int Status, JsonElement Json)> Token(params (string Name, string Value)[] form) => Token(Secret, form);

        public Task<(int Status, JsonElement Json)> Token(string? secret, params (string Name, string Value)[] form) =>
            Send("/pipedrive/oauth/token", secret, form);

        public async Task<int> Revoke(string token, string hint) =>
            (await Send("/pipedrive/oauth/revoke?", Secret, ("token", token), ("token_type_hint", hint))).Status;

        public async Task<int> Read(string accessToken) =>
            (await Client.Get("/pipedrive/api/v2/deals", ("Authorization", "Bearer " + accessToken))).Status;

        private async Task<(int Status, JsonElement Json)> Send(string path, string? secret, params (string Name, string Value)[] form)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, path)
            {
                Content = new FormUrlEncodedContent(form.Select(pair => KeyValuePair.Create(pair.Name, pair.Value))),
            };
            if (secret is not null)
            {
                request.Headers.Authorization = new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{App.ClientId}:{secret}")));
            }
            using var response = await Client.SendAsync(request, Ct);
            return ((int)response.StatusCode, JsonDocument.Parse(await response.Content.ReadAsStringAsync(Ct)).RootElement.Clone());
        }
    }
}
