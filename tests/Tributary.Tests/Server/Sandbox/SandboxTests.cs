using System.Net.Http.Headers;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.TestHost;
using Tributary.Core.Deals;
using Tributary.Core.Kernel;
using Tributary.Core.Keys;
using Tributary.Core.Totals;
using Tributary.Server.Hosting;
using Tributary.Server.Sandbox;
using Tributary.Tests.Support;

namespace Tributary.Tests.Server.Sandbox;

// The facts are those of docs/sandbox.md, from the design of the sandbox.
public sealed class SandboxTests(SandboxTests.Running running) : IClassFixture<SandboxTests.Running>, IAsyncLifetime
{
    private readonly SandboxDatabase sandbox = running.Sandbox;
    private readonly HttpClient client = running.Client;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <summary>One sandbox for all of these tests: each begins with a reset.</summary>
    public async ValueTask InitializeAsync() => await sandbox.Reset(CancellationToken.None);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task Workspace_A_has_the_ids_that_tests_hard_code()
    {
        var a = await Workspace(0);

        Assert.Equal(["Sales", "Renewals"], Names(a, "pipelines"));
        Assert.Equal([1, 2], Ids(a, "pipelines"));
        Assert.Equal([1, 2, 3], Ids(a, "users"));
        Assert.Equal(["admin@sandbox.test", "seller@sandbox.test", "manager@sandbox.test"],
            a.GetProperty("users").EnumerateArray().Select(user => user.GetProperty("email").GetString()));
        Assert.Equal(Enumerable.Range(1, 32).Select(id => (long)id), Ids(a, "deals"));
        var sales = a.GetProperty("pipelines")[0].GetProperty("stages").EnumerateArray().ToList();
        Assert.Equal(["Qualified", "Contact made", "Demo scheduled", "Proposal made", "Negotiations started"],
            sales.Where(IsOpen).Select(stage => stage.GetProperty("name").GetString()));
        Assert.Equal([10, 25, 50, 60, 80], sales.Where(IsOpen).Select(stage => stage.GetProperty("probability").GetInt32()));
    }

    [Fact]
    public async Task Each_pipeline_has_one_stage_for_each_outcome_and_Renewals_has_three_open_ones()
    {
        foreach (var workspace in new[] { await Workspace(0), await Workspace(1) })
        {
            foreach (var pipeline in workspace.GetProperty("pipelines").EnumerateArray())
            {
                var kinds = pipeline.GetProperty("stages").EnumerateArray().Select(stage => stage.GetProperty("kind").GetString()).ToList();
                Assert.Single(kinds, "won");
                Assert.Single(kinds, "lost");
                Assert.Equal(pipeline.GetProperty("name").GetString() == "Sales" ? 5 : 3, kinds.Count(kind => kind == "open"));
            }
        }
    }

    [Fact]
    public async Task Every_deal_is_spelled_for_every_dialect()
    {
        var deal = (await Workspace(0)).GetProperty("deals")[0];
        var ids = deal.GetProperty("ids");
        var uid = Guid.Parse(ids.GetProperty("switch").GetString()!);

        Assert.Equal("Brightwater cold chain rollout", deal.GetProperty("title").GetString());
        Assert.Equal(("open", "Sales", "Qualified", "USD"),
            (Text(deal, "status"), Text(deal, "pipeline"), Text(deal, "stage"), Text(deal, "currency")));
        Assert.Equal("15000.00", deal.GetProperty("value").GetRawText());
        Assert.Equal((1, 1, 1),
            (ids.GetProperty("native").GetInt64(), ids.GetProperty("pipedrive").GetInt64(), ids.GetProperty("ysuite").GetInt64()));
        Assert.Equal($"deal_{UidText.ToBase32(uid)}", Text(ids, "automatenexus"));
        Assert.Equal($"deal_{UidText.ToUlid(uid)}", Text(ids, "cpod"));
    }

    [Fact]
    public async Task The_fixtures_have_deals_of_every_status_and_a_custom_field_of_every_type()
    {
        var a = await Workspace(0);

        var statuses = a.GetProperty("deals").EnumerateArray().Select(deal => Text(deal, "status")).ToList();
        Assert.All(new[] { "open", "won", "lost" }, status => Assert.Contains(status, statuses));
        Assert.Equal(Enum.GetValues<Tributary.Core.Fields.FieldType>().Length, a.GetProperty("custom_fields").GetArrayLength());
        Assert.All(a.GetProperty("custom_fields").EnumerateArray(), field => Assert.Matches("^[0-9a-f]{40}$", Text(field, "key")!));
        Assert.All(new[] { "organizations", "persons", "products", "tags", "labels", "currencies" },
            list => Assert.NotEqual(0, a.GetProperty(list).GetArrayLength()));
    }

    [Fact]
    public async Task Each_credential_opens_its_own_workspace_and_no_other_dialect()
    {
        foreach (var known in new[] { SandboxCredentials.A, SandboxCredentials.B })
        {
            await Opens("native", known.NativeAdmin, null, known);
            await Opens("native", known.NativeReader, null, known);
            await Opens("pipedrive", known.PipedriveAdmin, null, known);
            await Opens("pipedrive", known.PipedriveUser, null, known);
            await Opens("automatenexus", known.AutomateNexusFull, null, known);
            await Opens("automatenexus", known.AutomateNexusReadonly, null, known);
            await Opens("switch", known.SwitchFull, null, known);
            await Opens("switch", known.SwitchReadonly, null, known);
            await Opens("ysuite", known.YSuiteAccess, known.YSuiteSecret, known);
            Assert.Null(await Keys.Resolve("ysuite", known.YSuiteRevoked, known.YSuiteSecret, null, Ct));
            Assert.Null(await Keys.Resolve("switch", known.NativeAdmin, null, null, Ct));
            foreach (var (id, secret) in new[] { (known.CPodApp, known.CPodSecret), (known.CPodApp2, known.CPodSecret2) })
            {
                var token = await Apps.TokenFor(id, secret, null, Ct);
                Assert.Equal(known.Key == "a" ? 1 : 2, (await Apps.ResolveJwt(token!.AccessToken, Ct))?.Workspace);
            }
        }
        Assert.False((await Keys.Resolve("pipedrive", SandboxCredentials.A.PipedriveUser, null, null, Ct))!.IsAdmin);
        Assert.False((await Keys.Resolve("switch", SandboxCredentials.A.SwitchReadonly, null, null, Ct))!.MayWrite("deals"));
    }

    [Fact]
    public async Task The_people_sign_in_with_the_password_of_the_sandbox()
    {
        foreach (var email in new[] { "admin@sandbox.test", "seller@sandbox.test", "manager@sandbox.test", "admin-b@sandbox.test" })
        {
            var candidate = Assert.Single(await new Tributary.Core.Sessions.SessionService(sandbox.Db, SeededRandom.Of(1)).Find(email, Ct));
            Assert.True(Passwords.Fits(candidate.PasswordHash, "sandbox"));
            Assert.False(Passwords.Fits(candidate.PasswordHash, "Sandbox"));
        }
    }

    [Fact]
    public async Task Two_sandboxes_of_one_seed_are_the_same()
    {
        await using var other = await SandboxDatabase.Open(1, frozen: true, Ct);

        Assert.Equal(sandbox.Json, other.Json);
    }

    [Fact]
    public async Task A_sandbox_copied_from_a_prepared_one_is_the_same_and_takes_writes()
    {
        var folder = Leftovers.Folder();
        await using var copy = await SandboxDatabase.Copy(await SandboxTemplate.Make(folder, Ct), frozen: true, Ct);
        var admin = (await new KeyService(copy.Db, SeededRandom.Of(1))
            .Resolve("native", SandboxCredentials.A.NativeAdmin, null, null, Ct))!;

        var created = await new DealService(copy.Db).Create(admin, new() { Title = "Not a fixture" }, Ct);

        Assert.Equal(sandbox.Json, copy.Json);
        Assert.Equal(65, created.Id);
    }

    [Fact]
    public async Task A_reset_takes_back_what_was_written_and_ids_begin_again()
    {
        var deals = new DealService(sandbox.Db);
        var admin = (await Keys.Resolve("native", SandboxCredentials.A.NativeAdmin, null, null, Ct))!;
        var first = await deals.Create(admin, new() { Title = "Not a fixture" }, Ct);
        await deals.Delete(admin, 1, Ct);

        var (status, _) = await client.Post("/_sandbox/reset");
        var again = await deals.Create(admin, new() { Title = "Not a fixture" }, Ct);

        Assert.Equal(200, status);
        Assert.Equal("Brightwater cold chain rollout", (await deals.Get(admin, 1, Ct)).Title);
        Assert.Equal(first.Id, again.Id);
        Assert.Empty(await new TotalsService(sandbox.Db).Verify(Ct));
    }

    [Fact]
    public async Task A_token_from_before_a_reset_is_good_after_it()
    {
        var token = await Apps.TokenFor("sandbox", "sandbox", null, Ct);

        await client.Post("/_sandbox/reset");

        Assert.NotNull(await Apps.ResolveJwt(token!.AccessToken, Ct));
    }

    [Fact]
    public async Task The_clock_moves_by_as_much_as_is_asked_and_a_reset_sets_it_back()
    {
        var (_, moved) = await client.Post("/_sandbox/clock", """{"advance_seconds": 86400.5}""");
        var (_, reset) = await client.Post("/_sandbox/reset");

        Assert.Equal("2026-01-06T09:00:00.500Z", Text(moved, "now"));
        Assert.Equal("2026-01-05T09:00:00.000Z", Text(reset, "now"));
        Assert.Equal(SandboxWorkspace.Today, sandbox.Db.Now());
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"advance_seconds": "60"}""")]
    [InlineData("""{"advance_seconds": -1}""")]
    [InlineData("""{"advance_seconds": 1e300}""")]
    [InlineData("""{"advance_seconds": 1, "rewind": true}""")]
    public async Task A_wrong_body_is_refused_in_words(string body)
    {
        using var content = new StringContent(body, new MediaTypeHeaderValue("application/json"));
        using var response = await client.PostAsync("/_sandbox/clock", content, Ct);

        Assert.Equal(422, (int)response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        Assert.Contains("advance_seconds", await response.Content.ReadAsStringAsync(Ct), StringComparison.Ordinal);
        Assert.Equal(SandboxWorkspace.Today, sandbox.Db.Now());
    }

    private KeyService Keys => new(sandbox.Db, SeededRandom.Of(1));

    private AppService Apps => new(sandbox.Db, SeededRandom.Of(1), new(sandbox.Db, SeededRandom.Of(1)));

    private async Task Opens(string dialect, string token, string? secret, SandboxCredentials known) =>
        Assert.Equal(known.Key == "a" ? 1 : 2, (await Keys.Resolve(dialect, token, secret, null, Ct))?.Workspace);

    private async Task<JsonElement> Workspace(int index) => (await client.Get("/_sandbox")).Json.GetProperty("workspaces")[index];

    private static IEnumerable<string?> Names(JsonElement workspace, string list) =>
        workspace.GetProperty(list).EnumerateArray().Select(item => Text(item, "name"));

    private static IEnumerable<long> Ids(JsonElement workspace, string list) =>
        workspace.GetProperty(list).EnumerateArray().Select(item => item.GetProperty("ids").GetProperty("native").GetInt64());

    private static bool IsOpen(JsonElement stage) => Text(stage, "kind") == "open";

    private static string? Text(JsonElement item, string name) => item.GetProperty(name).GetString();

    public sealed class Running : IAsyncLifetime
    {
        private WebApplication app = null!;

        internal SandboxDatabase Sandbox { get; private set; } = null!;
        internal HttpClient Client { get; private set; } = null!;

        public async ValueTask InitializeAsync()
        {
            Sandbox = await SandboxDatabase.Open(1, frozen: true, CancellationToken.None);
            app = SandboxServer.Build(new() { LogLevel = "None", DataFolder = Sandbox.Folder }, Sandbox,
                builder => builder.WebHost.UseTestServer());
            await app.StartAsync(CancellationToken.None);
            Client = app.GetTestClient();
        }

        public async ValueTask DisposeAsync()
        {
            Client.Dispose();
            await app.DisposeAsync();
            await Sandbox.DisposeAsync();
        }
    }
}
