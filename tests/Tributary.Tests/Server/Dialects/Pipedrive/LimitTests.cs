using FsCheck;
using FsCheck.Fluent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Tributary.Core.Catalog;
using Tributary.Core.Kernel;
using Tributary.Server.Dialects.Pipedrive.Limits;
using Tributary.Server.Hosting;
using Tributary.Tests.Support;

namespace Tributary.Tests.Server.Dialects.Pipedrive;

/// <summary>Pipedrive's page "Rate limiting" of 2026-09-17, and bodies recorded from the live API (reference §4 and §5).</summary>
public sealed class LimitTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    // "30 000 × plan multiplier × seats"; bursts by plan; "search endpoints 10 per 2 s".
    [Theory]
    [InlineData("lite", 1, 30_000, 20, 80)]
    [InlineData("growth", 3, 180_000, 40, 160)]
    [InlineData("premium", 2, 300_000, 100, 400)]
    [InlineData("Ultimate", 10, 2_100_000, 120, 480)]
    public void A_plan_allows_what_is_published(string plan, int seats, long tokens, int burst, int oauth)
    {
        Assert.Equal(new Allowance(tokens, burst, oauth, 10), LimitRules.Of(new() { Plan = plan }, seats));
    }

    [Fact]
    public void Without_a_plan_the_settings_decide()
    {
        Assert.Equal(new Allowance(5, 7, 7, 7), LimitRules.Of(new() { DailyTokens = 5, RequestsPerTwoSeconds = 7 }, 3));
    }

    [Theory, OnBothBackends]
    public async Task Every_answer_says_where_the_caller_stands(Backend backend)
    {
        var desk = await Desk.Open(backend, new() { Plan = "lite" });

        using var list = await desk.Client.GetAsync(Pipe.Deals, Ct);
        using var missing = await desk.Client.GetAsync(Pipe.Deals + "/999999999", Ct);
        using var wrong = await desk.Client.PostAsync(Pipe.V1 + "/deals", new StringContent("{"), Ct);

        // Three users, so 90,000; a list costs 10, a read 1, v1's POST 10.
        Assert.Equal("20 19 2 90000 89990 -", Standing(list));
        Assert.Equal("20 18 2 90000 89989 -", Standing(missing));
        Assert.Equal("20 17 2 90000 89979 89979", Standing(wrong));
        Assert.Equal((200, 404), ((int)list.StatusCode, (int)missing.StatusCode));
    }

    [Theory, OnBothBackends]
    public async Task The_21st_request_in_two_seconds_is_refused_and_two_seconds_later_none(Backend backend)
    {
        var desk = await Desk.Open(backend, new() { Plan = "lite" });
        for (var n = 0; n < 20; n++) Assert.Equal(200, (await desk.Client.Get(Pipe.Deals)).Status);

        using var refused = await desk.Client.GetAsync(Pipe.Deals, Ct);
        Assert.Equal((429, "2"), ((int)refused.StatusCode, refused.Headers.RetryAfter!.ToString()));
        Assert.Equal("20 0 2 90000 89800 -", Standing(refused));
        Assert.Equal("""{"success":false,"error":"request over limit","errorCode":429}""", await refused.Content.ReadAsStringAsync(Ct));

        TestClock.Instance.Advance(TimeSpan.FromMilliseconds(1999));
        Assert.Equal(429, (await desk.Client.Get(Pipe.Deals)).Status);
        TestClock.Instance.Advance(TimeSpan.FromMilliseconds(1));
        for (var n = 0; n < 20; n++) Assert.Equal(200, (await desk.Client.Get(Pipe.Deals)).Status);
        Assert.Equal(429, (await desk.Client.Get(Pipe.Deals)).Status);
    }

    [Theory, OnBothBackends]
    public async Task A_burst_belongs_to_its_token_and_searches_have_one_of_ten(Backend backend)
    {
        var desk = await Desk.Open(backend, new() { Plan = "lite" });
        for (var n = 0; n < 10; n++) Assert.Equal(200, (await desk.Client.Get(Pipe.Deals + "/search?term=nothing")).Status);

        Assert.Equal(429, (await desk.Client.Get(Pipe.Deals + "/search?term=nothing")).Status);
        Assert.Equal(200, (await desk.Client.Get(Pipe.Deals)).Status);
        Assert.Equal(200, (await desk.Other.Get(Pipe.Deals + "/search?term=nothing")).Status);
    }

    [Theory, OnBothBackends]
    public async Task The_days_budget_is_the_companys_and_comes_back_at_midnight(Backend backend)
    {
        var desk = await Desk.Open(backend, new() { DailyTokens = 25 });
        TestClock.Instance.Advance(TestClock.Instance.GetUtcNow().UtcDateTime.Date.AddDays(1)
            .AddHours(-1) - TestClock.Instance.GetUtcNow().UtcDateTime);
        Assert.Equal(200, (await desk.Client.Get(Pipe.Deals)).Status);
        Assert.Equal(200, (await desk.Other.Get(Pipe.Deals)).Status);

        using var refused = await desk.Client.GetAsync(Pipe.Deals, Ct);
        Assert.Equal((429, "3600"), ((int)refused.StatusCode, refused.Headers.RetryAfter!.ToString()));
        Assert.Equal("""{"success":false,"error":"daily request budget exceeded","errorCode":429}""",
            await refused.Content.ReadAsStringAsync(Ct));
        // Five tokens are left: what costs no more is still answered.
        Assert.Equal(404, (await desk.Client.Get(Pipe.Deals + "/999999999")).Status);

        TestClock.Instance.Advance(TimeSpan.FromHours(1));
        using var morning = await desk.Client.GetAsync(Pipe.Deals, Ct);
        Assert.Equal((200, "15"), ((int)morning.StatusCode, morning.Headers.GetValues("x-daily-ratelimit-token-remaining").Single()));
    }

    [Theory, OnBothBackends]
    public async Task What_a_key_called_and_what_it_cost_is_told_by_our_own_API(Backend backend)
    {
        var desk = await Desk.Open(backend, new());
        await desk.Client.Get(Pipe.Deals);
        await desk.Client.Get(Pipe.Deals);
        await desk.Client.Get(Pipe.Deals + "/999999999");
        var native = desk.Server.CreateClient();
        native.DefaultRequestHeaders.Authorization = new("Bearer", await TestServers.Token(desk.Some, "native"));

        var (_, keys) = await native.Get("/api/v1/keys?dialect=pipedrive&sort=id");
        var (status, usage) = await native.Get($"/api/v1/keys/{keys.GetProperty("data")[0].GetProperty("id").GetInt64()}/usage");

        Assert.Equal(200, status);
        Assert.Equal("3 21", $"{usage.Raw("requests")} {usage.Raw("cost")}");
        Assert.Equal("""[{"operation":"getDeals","requests":2,"cost":20},{"operation":"getDeal","requests":1,"cost":1}]""",
            usage.Raw("operations"));
        Assert.Equal(404, (await native.Get("/api/v1/keys/999999999/usage")).Status);
    }

    // ui.md §5.8: keys have a budget.
    [Theory, OnBothBackends]
    public async Task A_keys_own_budget_refuses_what_would_exceed_it_until_midnight(Backend backend)
    {
        var desk = await Desk.Open(backend, new());
        TestClock.Instance.Advance(TestClock.Instance.GetUtcNow().UtcDateTime.Date.AddDays(1)
            .AddHours(-1) - TestClock.Instance.GetUtcNow().UtcDateTime);
        var native = desk.Server.CreateClient();
        native.DefaultRequestHeaders.Authorization = new("Bearer", await TestServers.Token(desk.Some, "native"));
        var (_, keys) = await native.Get("/api/v1/keys?dialect=pipedrive&sort=id");
        var key = $"/api/v1/keys/{keys.GetProperty("data")[0].GetProperty("id").GetInt64()}";
        Assert.Equal(200, (await native.Patch(key, new { daily_budget = 25 })).Status);

        Assert.Equal(200, (await desk.Client.Get(Pipe.Deals)).Status);
        Assert.Equal(200, (await desk.Client.Get(Pipe.Deals)).Status);
        using var refused = await desk.Client.GetAsync(Pipe.Deals, Ct);
        Assert.Equal((429, "3600"), ((int)refused.StatusCode, refused.Headers.RetryAfter!.ToString()));
        Assert.Equal(
            """{"success":false,"error":"This key's budget of 25 a day is used up. It is filled again at midnight UTC.","errorCode":429}""",
            await refused.Content.ReadAsStringAsync(Ct));
        // Five are left: what costs no more is still answered, and other keys are not asked.
        Assert.Equal(404, (await desk.Client.Get(Pipe.Deals + "/999999999")).Status);
        Assert.Equal(200, (await desk.Other.Get(Pipe.Deals)).Status);

        var (_, usage) = await native.Get(key + "/usage");
        Assert.Equal(("25", "21", 21), (usage.Raw("daily_budget"), usage.Raw("cost"), usage.GetProperty("hours")[23].GetInt32()));
        TestClock.Instance.Advance(TimeSpan.FromHours(1));
        Assert.Equal(200, (await desk.Client.Get(Pipe.Deals)).Status);
    }

    [Theory, OnBothBackends]
    public async Task A_budget_is_taken_away_with_null_and_no_key_widens_its_own(Backend backend)
    {
        var some = await Some.Workspace(backend);
        var native = await TestServers.Native(backend, some);
        var (_, keys) = await native.Get("/api/v1/keys");
        var key = $"/api/v1/keys/{keys.GetProperty("data")[0].GetProperty("id").GetInt64()}";

        Assert.Equal(422, (await native.Patch(key, new { daily_budget = 0 })).Status);
        var (made, other) = await native.Post("/api/v1/keys", new { name = "Other", daily_budget = 7 });
        var (cleared, free) = await native.Patch($"/api/v1/keys/{other.Raw("id")}", new { name = "Renamed", daily_budget = (int?)null });
        Assert.Equal((201, "7", 200, "null", "\"Renamed\""),
            (made, other.Raw("daily_budget"), cleared, free.Raw("daily_budget"), free.Raw("name")));

        Assert.Equal(200, (await native.Patch(key, new { daily_budget = 100 })).Status);
        Assert.Equal(403, (await native.Patch(key, new { daily_budget = 1000 })).Status);
    }

    [Fact]
    public async Task No_two_seconds_ever_hold_more_requests_than_the_burst() // the window rolls
    {
        var some = await Some.Workspace(Backend.Sqlite);
        Prop.ForAll(Gen.Choose(0, 900).ListOf(60).ToArbitrary(), pauses =>
        {
            var clock = new Steps();
            var limits = new PipedriveLimits(new() { Limits = { Pipedrive = { RequestsPerTwoSeconds = 5 } } }, clock,
                new CatalogService(some.Db));
            var taken = new List<long>();
            foreach (var pause in pauses)
            {
                clock.Milliseconds += pause;
                if (Takes(limits, some.Admin)) taken.Add(clock.Milliseconds);
                // Refused exactly when five were answered in the two seconds before.
                else Assert.Equal(5, taken.Count(at => at > clock.Milliseconds - 2000));
            }
            Assert.All(taken, at => Assert.InRange(taken.Count(other => other > at - 2000 && other <= at), 1, 5));
        }).QuickCheckThrowOnFailure();
    }

    private static bool Takes(PipedriveLimits limits, Caller caller)
    {
        var taking = limits.Take(new Microsoft.AspNetCore.Http.DefaultHttpContext(), null!, new("GET", "/deals", "getDeals", null!),
            caller);
        return taking.IsCompletedSuccessfully;
    }

    private static string Standing(HttpResponseMessage answer) =>
        string.Join(' ',
            new[] { "x-ratelimit-limit", "x-ratelimit-remaining", "x-ratelimit-reset", "x-daily-ratelimit-token-limit",
                "x-daily-ratelimit-token-remaining", "x-daily-requests-left" }
            .Select(name => answer.Headers.TryGetValues(name, out var values) ? values.Single() : "-"));

    private sealed class Steps : TimeProvider
    {
        public long Milliseconds { get; set; }

        public override DateTimeOffset GetUtcNow() => TestClock.Start.AddMilliseconds(Milliseconds);
    }

    private sealed record Desk(SomeWorkspace Some, TestServer Server, HttpClient Client, HttpClient Other)
    {
        /// <summary>A server of this test's own, with these limits.</summary>
        public static async Task<Desk> Open(Backend backend, PipedriveLimitOptions limits)
        {
            var some = await Support.Some.Workspace(backend);
            var options = new TributaryOptions
            {
                LogLevel = "None",
                RunJobs = false,
                DataFolder = Leftovers.Folder(),
                Limits = { Pipedrive = limits },
            };
            var app = ServerHost.Build(options, some.Db, TestClock.Instance, builder => builder.WebHost.UseTestServer());
            await app.StartAsync(Ct);
            var server = app.GetTestServer();
            server.PreserveExecutionContext = true;
            return new(some, server, await Signed(server, some), await Signed(server, some));
        }

        private static async Task<HttpClient> Signed(TestServer server, SomeWorkspace some)
        {
            var client = server.CreateClient();
            client.DefaultRequestHeaders.Add("x-api-token", await TestServers.Token(some, "pipedrive"));
            return client;
        }
    }
}
