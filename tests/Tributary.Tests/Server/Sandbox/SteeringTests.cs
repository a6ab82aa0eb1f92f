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
        await client.Ask(HttpMethod.Post, "/switch/api/v1/deals", """{"name":"From a client"}""",
            ("Authorization", "Bearer rk_live_sandbox"));
        await client.Get("/switch/api/v1/nowhere", ("Authorization", "Bearer rk_live_sandbox"));

        var (_, journal) = await client.Get("/_sandbox/journal");
        var calls = journal.GetProperty("data").EnumerateArray().ToList();
        var (_, later) = await client.Get($"/_sandbox/journal?after={calls[1].GetProperty("id")}");

        Assert.Equal(["pipedrive getDeal 200", "switch createDeal", "switch  404"],
            calls.Select((call, i) => i == 1 ? $"{Text(call, "dialect")} {Text(call, "operation")}"
                : $"{Text(call, "dialect")} {Text(call, "operation")} {call.GetProperty("status")}"));
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
            journal.Add(new()
            {
                At = TestClock.Start,
                Dialect = "switch",
                Method = "GET",
                Path = "/",
                Request = "",
                Status = 200,
                Milliseconds = 1,
                Headers = [],
                Reply = ""
            });
        }
        Assert.Equal((Journal.MaxCalls, 8, Journal.MaxCalls + 7),
            (journal.After(0).Count, journal.After(0)[0].Id, journal.After(0)[^1].Id));
    }

    [Fact]
    public async Task A_fault_strikes_each_nth_call_in_the_dialects_own_voice_and_then_no_more()
    {
        var (set, _) = await client.Put("/_sandbox/faults",
            """{"rules":[{"kind":"too_many","dialect":"pipedrive","operation":"getDeal","every":2,"times":2}]}""");

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

        var (status, refusal) = await client.Ask(HttpMethod.Post, "/pipedrive/api/v2/deals", """{"title":"Lost on the way"}""",
            ("x-api-token", "5eed000000000000000000000000000000000001"));
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

    // ui.md §5.9: "State (snapshots, reset, seed YAML)".
    [Fact]
    public async Task A_snapshot_brings_back_records_files_ids_to_come_and_the_time_also_after_a_reset()
    {
        var admin = ("Authorization", "Bearer trib_sandbox_admin");
        await client.Post("/_sandbox/clock", """{"frozen": true, "advance_seconds": 3600}""");
        await client.Ask(HttpMethod.Post, "/api/v1/organizations", """{"name":"Before"}""", admin);
        var file = await Upload("contract.txt", "signed");
        var (saved, snapshot) = await client.Post("/_sandbox/snapshots", """{"name":"With contract"}""");
        var (_, after) = await client.Ask(HttpMethod.Post, "/api/v1/organizations", """{"name":"After"}""", admin);
        await client.Post("/_sandbox/reset");
        var (gone, _) = await client.Get($"/api/v1/files/{file}", admin);

        var (restored, _) = await client.Post("/_sandbox/snapshots/With%20contract/restore");
        var content = await Content(file);
        var (_, clock) = await client.Get("/_sandbox/clock");
        var (_, next) = await client.Ask(HttpMethod.Post, "/api/v1/organizations", """{"name":"Next"}""", admin);
        var (_, list) = await client.Get("/_sandbox/snapshots");
        var (deleted, _) = await client.Delete("/_sandbox/snapshots/With%20contract");
        var (unknown, _) = await client.Post("/_sandbox/snapshots/With%20contract/restore");

        Assert.Equal((201, 404, 204, 204, 404), (saved, gone, restored, deleted, unknown));
        Assert.Equal("signed", content);
        Assert.Equal(("2026-01-05T10:00:00.000Z", true), (Text(clock, "now"), clock.GetProperty("frozen").GetBoolean()));
        Assert.Equal(after.GetProperty("id").GetInt64(), next.GetProperty("id").GetInt64());
        Assert.Equal(snapshot.GetRawText(), list.GetProperty("data").EnumerateArray().Single().GetRawText());
    }

    [Theory]
    [InlineData("""{"name":""}""")]
    [InlineData("""{"name":"../etc"}""")]
    [InlineData("""{"name":" a"}""")]
    [InlineData("{}")]
    public async Task A_snapshot_has_a_plain_name(string body)
    {
        var (status, refusal) = await client.Post("/_sandbox/snapshots", body);

        Assert.Equal(422, status);
        Assert.Contains("name", refusal.GetRawText(), StringComparison.Ordinal);
    }

    private async Task<long> Upload(string name, string content)
    {
        using var form = new MultipartFormDataContent { { new StringContent("1"), "deal_id" },
            { new ByteArrayContent(System.Text.Encoding.UTF8.GetBytes(content)), "file", name } };
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/files")
        {
            Content = form,
            Headers = { { "Authorization", "Bearer trib_sandbox_admin" } },
        };
        using var response = await client.SendAsync(request, Ct);
        using var json = JsonDocument.Parse(await response.Content.ReadAsStringAsync(Ct));
        return json.RootElement.GetProperty("id").GetInt64();
    }

    private async Task<string> Content(long file)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/api/v1/files/{file}/content")
        {
            Headers = { { "Authorization", "Bearer trib_sandbox_admin" } },
        };
        using var response = await client.SendAsync(request, Ct);
        return await response.Content.ReadAsStringAsync(Ct);
    }

    private Task<(int Status, JsonElement Json)> Pipedrive(HttpMethod method, string path) =>
        client.Ask(method, path, null, path.Contains("api_token", StringComparison.Ordinal)
            ? [] : [("x-api-token", "5eed000000000000000000000000000000000001")]);

    private static string? Text(JsonElement json, string member) => json.GetProperty(member).GetString();
}
