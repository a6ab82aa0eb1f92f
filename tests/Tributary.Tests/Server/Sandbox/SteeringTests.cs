using System.Text.Json;
using Tributary.Server.Sandbox;
using Tributary.Tests.Support;

namespace Tributary.Tests.Server.Sandbox;

// The facts are those of docs/sandbox.md: "Journal", "Faults", "Clock".
public sealed class SteeringTests(SandboxTests.Running running) : IClassFixture<SandboxTests.Running>, IAsyncLifetime
{
    private readonly HttpClient client = running.Client;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => await client.Post("/_sandbox/reset");

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task The_journal_holds_what_was_asked_and_answered_and_no_credential()
    {
        await Pipedrive(HttpMethod.Get, "/pipedrive/api/v2/deals/1?api_token=5eed000000000000000000000000000000000001");
        await client.Ask(HttpMethod.Post, "/switch/api/v1/deals", """{"name":"From a client"}""", ("Authorization", "Bearer rk_live_sandbox"));
        await client.Get("/switch/api/v1/nowhere", ("Authorization", "Bearer rk_live_sandbox"));

        var (_, journal) = await client.Get("/_sandbox/journal");
        var calls = journal.GetProperty("data").EnumerateArray().ToList();
        var (_, later) = await client.Get($"/_sandbox/journal?after={calls[1].GetProperty("id")}");

        Assert.Equal(["pipedrive getDeal 200", "switch createDeal", "switch  404"], calls.Select((call, i) => i == 1 ? $"{Text(call, "dialect")} {Text(call, "operation")}" : $"{Text(call, "dialect")} {Text(call, "operation")} {call.GetProperty("status")}"));
        Assert.Equal("/pipedrive/api/v2/deals/1", Text(calls[0], "path"));
        Assert.Contains("Brightwater", Text(calls[0], "reply"), StringComparison.Ordinal);
        Assert.Equal("""{"name":"From a client"}""", Text(calls[1], "request"));
        Assert.Equal(1, later.GetProperty("data").GetArrayLength());
        Assert.DoesNotContain("5eed0000", journal.GetRawText(), StringComparison.Ordinal);
        Assert.DoesNotContain("rk_live_sandbox", journal.GetRawText(), StringComparison.Ordinal);

        await client.Delete("/_sandbox/journal");
        Assert.Equal(0, (await client.Get("/_sandbox/journal")).Json.GetProperty("data").GetArrayLength());
    }

    [Fact]
    public void A_journal_is_bounded()
    {
        var journal = new Journal();
        for (var i = 0; i < Journal.MaxCalls + 7; i++)
        {
            journal.Add(new() { At = TestClock.Start, Dialect = "switch", Method = "GET", Path = "/", Request = "", Status = 200, Milliseconds = 1, Headers = [], Reply = "" });
        }
        Assert.Equal((Journal.MaxCalls, 8, Journal.MaxCalls + 7), (journal.After(0).Count, journal.After(0)[0].Id, journal.After(0)[^1].Id));
    }

    [Fact]
    public async Task A_fault_strikes_each_nth_call_in_the_dialects_own_voice_and_then_no_more()
    {
        var (set, _) = await client.Put("/_sandbox/faults", """{"rules":[{"kind":"too_many","dialect":"pipedrive","operation":"getDeal","every":2,"times":2}]}""");

        var statuses = new List<int>();
        for (var i = 0; i < 6; i++) statuses.Add((await Pipedrive(HttpMethod.Get, "/pipedrive/api/v2/deals/1")).Status);
        var (other, _) = await client.Get("/switch/api/v1/deals", ("Authorization", "Bearer rk_live_sandbox"));
        var (_, rules) = await client.Get("/_sandbox/faults");

        Assert.Equal((200, 200), (set, other));
        Assert.Equal([200, 429, 200, 429, 200, 200], statuses);
        Assert.Equal(2, rules.GetProperty("data")[0].GetProperty("struck").GetInt32());
    }

    [Fact]
    public async Task A_fault_answers_as_the_dialect_refuses_and_stores_nothing()
    {
        await client.Put("/_sandbox/faults", """{"rules":[{"kind":"broken"}]}""");

        var (status, refusal) = await client.Ask(HttpMethod.Post, "/pipedrive/api/v2/deals", """{"title":"Lost on the way"}""", ("x-api-token", "5eed000000000000000000000000000000000001"));
        await client.Put("/_sandbox/faults", """{"rules":[]}""");
        var (_, found) = await client.Get("/api/v1/deals?limit=1&sort=-id", ("Authorization", "Bearer trib_sandbox_admin"));

        Assert.Equal((500, false), (status, refusal.GetProperty("success").GetBoolean()));
        Assert.NotEqual("Lost on the way", found.GetProperty("data")[0].GetProperty("title").GetString());
    }

    [Theory]
    [InlineData("""{"rules":[{"kind":"flood"}]}""", "kind")]
    [InlineData("""{"rules":[{"kind":"drop","every":0}]}""", "every")]
    [InlineData("""{"rules":[{"kind":"drop","chance":0.5}]}""", "chance")]
    [InlineData("{}", "rules")]
    [InlineData("rules", "rules")]
    public async Task A_rule_that_cannot_be_is_refused(string body, string named)
    {
        var (status, refusal) = await client.Put("/_sandbox/faults", body);

        Assert.Equal(422, status);
        Assert.Contains(named, refusal.GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_clock_can_be_made_to_stand_and_to_run()
    {
        var (_, runs) = await client.Post("/_sandbox/clock", """{"frozen": false}""");
        var (_, stands) = await client.Post("/_sandbox/clock", """{"frozen": true, "advance_seconds": 60}""");
        var (_, first) = await client.Get("/_sandbox/clock");
        var (_, second) = await client.Get("/_sandbox/clock");

        Assert.Equal((false, true), (runs.GetProperty("frozen").GetBoolean(), stands.GetProperty("frozen").GetBoolean()));
        Assert.Equal(Text(first, "now"), Text(second, "now"));
    }

    private Task<(int Status, JsonElement Json)> Pipedrive(HttpMethod method, string path) => client.Ask(method, path, null, path.Contains("api_token", StringComparison.Ordinal) ? [] : [("x-api-token", "5eed000000000000000000000000000000000001")]);

    private static string? Text(JsonElement json, string member) => json.GetProperty(member).GetString();
}
