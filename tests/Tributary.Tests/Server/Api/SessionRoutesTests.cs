using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.TestHost;
using Tributary.Core.Kernel;
using Tributary.Core.Storage;
using Tributary.Core.Users;
using Tributary.Server.Hosting;
using Tributary.Tests.Core.Storage;
using Tributary.Tests.Support;

namespace Tributary.Tests.Server.Api;

public sealed class SessionRoutesTests
{
    private const string Password = "correct horse battery";

    [Theory, OnBothBackends]
    public async Task Who_signs_in_reads_with_the_cookie_and_writes_with_the_text_beside_it(Backend backend)
    {
        var (some, client, email) = await Arrange(backend);
        using var answer = await Send(client, HttpMethod.Post, "/api/v1/session", new { email, password = Password });
        var cookie = Assert.Single(answer.Headers.GetValues("Set-Cookie"));
        var session = JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement;

        Assert.Contains("httponly", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("samesite=lax", cookie, StringComparison.OrdinalIgnoreCase);
        var (name, text) = (("Cookie", cookie.Split(';')[0]), session.GetProperty("anti_forgery").GetString()!);
        Assert.Equal(200, (await client.Get("/api/v1/deals", name)).Status);
        Assert.Equal(403, (await client.Post("/api/v1/deals", new { title = "Forged" }, name)).Status);
        Assert.Equal(403,
            (await client.Post("/api/v1/deals", new { title = "Forged" }, name, (SessionCookie.AntiForgeryHeader, "nonsense"))).Status);
        var (status, deal) = await client.Post("/api/v1/deals", new { title = "Real" }, name, (SessionCookie.AntiForgeryHeader, text));
        Assert.Equal((201, some.Admin.UserId), (status, deal.GetProperty("owner_id").GetInt64()));
    }

    [Theory, OnBothBackends]
    public async Task A_page_learns_who_is_there(Backend backend)
    {
        var (some, client, email) = await Arrange(backend);
        var (status, nobody) = await client.Get("/api/v1/session");
        Assert.Equal((200, JsonValueKind.Null, false),
            (status, nobody.GetProperty("user").ValueKind, nobody.GetProperty("needs_setup").GetBoolean()));

        var cookie = await Cookie(client, email);
        var (_, somebody) = await client.Get("/api/v1/session", cookie);

        Assert.Equal(email, somebody.GetProperty("user").GetProperty("email").GetString());
        Assert.Equal(some.Workspace.Name, somebody.GetProperty("workspace").GetProperty("name").GetString());
        Assert.Equal(40, somebody.GetProperty("anti_forgery").GetString()!.Length);
    }

    [Theory, OnBothBackends]
    public async Task After_eight_wrong_passwords_the_right_one_waits_fifteen_minutes(Backend backend)
    {
        var (_, client, email) = await Arrange(backend);
        for (var i = 0; i < SignInGuard.PerEmail; i++)
        {
            Assert.Equal(401, (await client.Post("/api/v1/session", new { email, password = "wrong" })).Status);
        }
        Assert.Equal(429, (await client.Post("/api/v1/session", new { email, password = Password })).Status);

        TestClock.Instance.Advance(SignInGuard.Window);

        Assert.Equal(200, (await client.Post("/api/v1/session", new { email, password = Password })).Status);
    }

    [Theory, OnBothBackends]
    public async Task An_address_nobody_has_is_refused_and_locked_like_one_that_somebody_has(Backend backend)
    {
        var (some, client, _) = await Arrange(backend);
        var nobody = $"nobody{some.Id}@some.test";
        for (var i = 0; i < SignInGuard.PerEmail; i++)
        {
            Assert.Equal(401, (await client.Post("/api/v1/session", new { email = nobody, password = "wrong" })).Status);
        }

        Assert.Equal(429, (await client.Post("/api/v1/session", new { email = nobody, password = "wrong" })).Status);
    }

    [Theory, OnBothBackends]
    public async Task Another_site_cannot_sign_a_browser_in(Backend backend)
    {
        var (_, client, email) = await Arrange(backend);

        Assert.Equal(403,
            (await client.Post("/api/v1/session", new { email, password = Password }, ("Origin", "https://evil.test"))).Status);
        Assert.Equal(403,
            (await client.Post("/api/v1/session", new { email, password = Password }, ("Sec-Fetch-Site", "cross-site"))).Status);
        Assert.Equal(200,
            (await client.Post("/api/v1/session", new { email, password = Password }, ("Origin", "http://localhost"),
                ("Sec-Fetch-Site", "same-origin"))).Status);
    }

    [Theory, OnBothBackends]
    public async Task Signing_out_ends_the_session_and_a_key_has_none_to_end(Backend backend)
    {
        var (some, client, email) = await Arrange(backend);
        var cookie = await Cookie(client, email);
        var (_, session) = await client.Get("/api/v1/session", cookie);

        Assert.Equal(204,
            (await client.Delete("/api/v1/session", cookie,
                (SessionCookie.AntiForgeryHeader, session.GetProperty("anti_forgery").GetString()!))).Status);

        Assert.Equal(401, (await client.Get("/api/v1/deals", cookie)).Status);
        Assert.Equal(404, (await (await TestServers.Native(backend, some)).Delete("/api/v1/session")).Status);
    }

    [Theory, OnBothBackends]
    public async Task One_password_for_two_workspaces_asks_which_is_meant(Backend backend)
    {
        var (some, client, email) = await Arrange(backend);
        await new UserService(some.Db)
            .Create(some.Outsider, new() { Name = "Also", Email = email, PasswordHash = Passwords.Hash(Password) }, CancellationToken.None);

        var (status, which) = await client.Post("/api/v1/session", new { email, password = Password });
        Assert.Equal((422, 2), (status, which.GetProperty("errors").GetArrayLength()));
        var (chosen, session) = await client.Post("/api/v1/session", new { email, password = Password, workspace = some.Workspace.Uid });

        Assert.Equal((200, some.Workspace.Uid), (chosen, session.GetProperty("workspace").GetProperty("uid").GetGuid()));
    }

    [Fact]
    public async Task The_first_visitor_of_an_empty_installation_becomes_its_admin_and_nobody_after()
    {
        await using var db = Db.Sqlite(Path.Combine(Leftovers.Folder(), "new.db"), TestClock.Instance,
            new(TestClock.Instance, SeededRandom.Of(1)), SqliteUse.Throwaway);
        await Migrator.Run(db, CancellationToken.None);
        await using var app = ServerHost.Build(new() { LogLevel = "None", RunJobs = false }, db, TestClock.Instance,
            builder => builder.WebHost.UseTestServer());
        await app.StartAsync();
        using var client = app.GetTestClient();
        Assert.True((await client.Get("/api/v1/session")).Json.GetProperty("needs_setup").GetBoolean());
        var first = new
        {
            name = "Ada",
            email = "ada@new.test",
            password = Password,
            workspace = "New company",
            base_currency = "EUR",
            time_zone = "Europe/Vienna"
        };

        Assert.Equal(422,
            (await client.Post("/api/v1/setup",
                new { name = "Ada", email = "nonsense", password = Password, workspace = "New company" })).Status);
        var (status, session) = await client.Post("/api/v1/setup", first);
        Assert.Equal((201, "admin", "EUR"),
            (status, session.GetProperty("user").GetProperty("role").GetString(), session.GetProperty("workspace")
                .GetProperty("base_currency").GetString()));
        Assert.Equal(409, (await client.Post("/api/v1/setup", first)).Status);

        Assert.Equal(200, (await client.Post("/api/v1/session", new { email = "ada@new.test", password = Password })).Status);
    }

    private static async Task<(SomeWorkspace Some, HttpClient Client, string Email)> Arrange(Backend backend)
    {
        var some = await Some.Workspace(backend);
        var email = $"ada{some.Id}@sessions.test";
        var users = new UserService(some.Db);
        await users.Update(some.Admin, some.Admin.UserId!.Value, new() { Email = email }, CancellationToken.None);
        await users.SetPasswordHash(some.Admin, some.Admin.UserId!.Value, Passwords.Hash(Password), CancellationToken.None);
        return (some, await TestServers.Anonymous(backend), email);
    }

    private static async Task<(string, string)> Cookie(HttpClient client, string email)
    {
        using var answer = await Send(client, HttpMethod.Post, "/api/v1/session", new { email, password = Password });
        return ("Cookie", answer.Headers.GetValues("Set-Cookie").Single().Split(';')[0]);
    }

    private static async Task<HttpResponseMessage> Send(HttpClient client, HttpMethod method, string path, object body)
    {
        using var request = new HttpRequestMessage(method, path) { Content = JsonContent.Create(body) };
        return await client.SendAsync(request);
    }
}
