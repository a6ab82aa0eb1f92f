using System.Text.Json;
using Microsoft.AspNetCore.TestHost;
using Tributary.Server.Hosting;
using Tributary.Server.Seeding;
using Tributary.Tests.Support;

namespace Tributary.Tests.Server.Api;

public sealed class EventRoutesTests
{
    // The brief for the web app, §5.8: "Audit log".
    [Theory, OnBothBackends]
    public async Task Admins_read_the_log_from_its_end_by_who_and_through_what(Backend backend)
    {
        var workspace = await Some.Workspace(backend);
        var admin = await TestServers.Native(backend, workspace);
        var member = await TestServers.Native(backend, workspace, workspace.Member);
        for (var n = 1; n <= 3; n++) await admin.Post("/api/v1/tags", new { name = $"tag {n}" });
        await member.Post("/api/v1/deals", new { title = "Mine" });

        var (_, first) = await admin.Get("/api/v1/events/newest?subject=tag&limit=2");
        var (_, rest) = await admin.Get($"/api/v1/events/newest?subject=tag&limit=2&cursor={first.GetProperty("next_cursor")}");
        var (_, theirs) =
            await admin.Get($"/api/v1/events/newest?actor_id={workspace.Member.UserId}&dialect=native&since=2026-11-20T00:00:00Z");
        var (_, none) = await admin.Get("/api/v1/events/newest?dialect=pipedrive");
        var (refused, _) = await member.Get("/api/v1/events/newest");

        Assert.Equal(["tag 3", "tag 2"], first.GetProperty("data").EnumerateArray().Select(Named));
        Assert.Equal(["tag 1"], rest.GetProperty("data").EnumerateArray().Select(Named));
        Assert.Equal((false, JsonValueKind.Null), (rest.GetProperty("has_more").GetBoolean(), rest.GetProperty("next_cursor").ValueKind));
        Assert.Equal(["deal"], theirs.GetProperty("data").EnumerateArray().Select(one => one.GetProperty("subject").GetString()));
        Assert.Equal((0, 403), (none.GetProperty("data").GetArrayLength(), refused));

        static string? Named(JsonElement one) => one.GetProperty("changes")[0].GetProperty("new").GetString();
    }

    [Theory, OnBothBackends]
    public async Task The_log_is_read_to_its_end_and_on_from_there(Backend backend)
    {
        var workspace = await Some.Workspace(backend);
        var client = await TestServers.Native(backend, workspace);
        foreach (var title in new[] { "One", "Two", "Three" }) await client.Post("/api/v1/deals", new { title });

        var first = await Page(workspace, client, "/api/v1/events?subject=deal&limit=2");
        var second = await Page(workspace, client, $"/api/v1/events?subject=deal&limit=2&cursor={Next(first)}");
        await client.Post("/api/v1/deals", new { title = "Four" });
        var third = await Page(workspace, client, $"/api/v1/events?subject=deal&limit=2&cursor={Next(second)}");

        Assert.Equal(["One", "Two"], Titles(first));
        Assert.Equal(["Three"], Titles(second));
        Assert.Equal(["Four"], Titles(third));
        Assert.Equal((true, false), (first.GetProperty("has_more").GetBoolean(), second.GetProperty("has_more").GetBoolean()));
    }

    [Theory, OnBothBackends]
    public async Task Nobody_is_told_of_what_they_do_not_see(Backend backend)
    {
        var workspace = await Some.Workspace(backend);
        var admin = await TestServers.Native(backend, workspace);
        await admin.Post("/api/v1/keys", new { name = "script" });
        await admin.Post("/api/v1/deals", new { title = "Hidden", visible_to = 1 });
        await admin.Post("/api/v1/deals", new { title = "Shown", visible_to = 7 });

        var all = await Page(workspace, admin, "/api/v1/events?limit=500");
        var (_, member) = await (await TestServers.Native(backend, workspace, workspace.Member)).Get("/api/v1/events?limit=500");
        var (_, narrow) = await (await TestServers.Native(backend, workspace, null, "events:read", "tags:read"))
            .Get("/api/v1/events?limit=500");

        Assert.Equal(["Shown"], Titles(member));
        Assert.DoesNotContain("api_key", Subjects(member));
        Assert.Empty(Subjects(narrow));
        Assert.Equal(["Hidden", "Shown"], Titles(all));
        Assert.Contains("api_key", Subjects(all));
    }

    [Theory, OnBothBackends]
    public async Task A_place_in_another_workspaces_log_is_refused(Backend backend)
    {
        var client = await TestServers.Native(backend, await Some.Workspace(backend));
        var other = await TestServers.Native(backend, await Some.Workspace(backend));
        var (_, page) = await other.Get("/api/v1/events");

        var (listed, problem) = await client.Get($"/api/v1/events?cursor={Next(page)}");
        var (streamed, _) = await client.Get("/api/v1/events/stream", ("Last-Event-ID", Next(page)));

        Assert.Equal((422, 422), (listed, streamed));
        Assert.Equal("cursor", problem.GetProperty("errors")[0].GetProperty("field").GetString());
    }

    [Theory, OnBothBackends]
    public async Task A_stream_tells_what_comes_goes_on_where_it_was_and_ends_with_its_key(Backend backend)
    {
        var workspace = await Some.Workspace(backend);
        var client = await TestServers.Native(backend, workspace);
        var (_, key) = await client.Post("/api/v1/keys", new { name = "reader", scopes = new[] { "read" } });
        var reader = await TestServers.Anonymous(backend);
        reader.DefaultRequestHeaders.Authorization = new("Bearer", key.GetProperty("token").GetString());

        string resume;
        await using (var stream = await Stream(reader, null))
        {
            await client.Post("/api/v1/deals", new { title = "While it is open" });
            var (id, name, data) = await Next(stream);
            resume = id;
            Assert.Equal("deal.created", name);
            Assert.Equal(id, data.GetProperty("cursor").GetString());
        }
        await client.Post("/api/v1/deals", new { title = "While it is shut" });
        await using (var stream = await Stream(reader, resume))
        {
            var (_, _, data) = await Next(stream);
            Assert.Contains("While it is shut", data.GetRawText(), StringComparison.Ordinal);

            await client.Delete($"/api/v1/keys/{key.GetProperty("id")}");
            Assert.Null(await stream.ReadToEvent());
        }
    }

    // "A comment every 15 seconds keeps the line open": also when what happens is nothing this reader asked for.
    [Fact]
    public async Task A_quiet_stream_says_that_it_is_still_there()
    {
        var workspace = await Some.Workspace(Backend.Sqlite);
        var clock = new MovableClock(TestClock.Start);
        await using var app = ServerHost.Build(new() { LogLevel = "None", RunJobs = false, DataFolder = Path.GetTempPath() }, workspace.Db,
            clock, builder => builder.WebHost.UseTestServer());
        await app.StartAsync(TestContext.Current.CancellationToken);
        var client = app.GetTestServer().CreateClient();
        client.DefaultRequestHeaders.Authorization = new("Bearer", await TestServers.Token(workspace, "native"));

        await using var stream = await Stream(client, null);
        Assert.Equal(": open", await stream.ReadComment());
        clock.Put(TestClock.Start.AddSeconds(15));
        await client.Post("/api/v1/persons", new { name = "Nobody asked" });

        Assert.Equal(": still here", await stream.ReadComment());
    }

    [Theory, OnBothBackends]
    public async Task A_deals_events_are_those_of_it_and_of_what_hangs_on_it(Backend backend)
    {
        var workspace = await Some.Workspace(backend);
        var client = await TestServers.Native(backend, workspace);
        var (_, deal) = await client.Post("/api/v1/deals", new { title = "Fleet" });
        var id = deal.GetProperty("id").GetInt64();
        await client.Post("/api/v1/deals", new { title = "Another" });
        await client.Post("/api/v1/notes", new { content = "Called", deal_id = id });
        await client.Patch($"/api/v1/deals/{id}", new { value = 5 });
        var hidden = (await client.Post("/api/v1/deals", new { title = "Hidden", visible_to = 1 })).Json.GetProperty("id").GetInt64();

        var events = await Page(workspace, client, $"/api/v1/deals/{id}/events");
        var (_, moved) = await client.Get($"/api/v1/deals/{id}/events?action=updated");
        var (unseen, _) = await (await TestServers.Native(backend, workspace, workspace.Member)).Get($"/api/v1/deals/{hidden}/events");

        Assert.Equal(["deal created", "note created", "deal updated"],
            events.GetProperty("data").EnumerateArray()
                .Select(e => $"{e.GetProperty("subject").GetString()} {e.GetProperty("action").GetString()}"));
        Assert.Equal(1, moved.GetProperty("data").GetArrayLength());
        Assert.Equal(404, unseen);
    }

    /// <summary>A page of the log once readers may see all of it.</summary>
    private static async Task<JsonElement> Page(SomeWorkspace workspace, HttpClient client, string path)
    {
        await Settled.Log(workspace);
        return (await client.Get(path)).Json;
    }

    private static async Task<EventReader> Stream(HttpClient client, string? after)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/events/stream?subject=deal");
        if (after is not null) request.Headers.Add("Last-Event-ID", after);
        var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        Assert.Equal("text/event-stream", response.Content.Headers.ContentType?.MediaType);
        return new(response, new(await response.Content.ReadAsStreamAsync()));
    }

    private static async Task<(string Id, string Name, JsonElement Data)> Next(EventReader stream)
    {
        var lines = await stream.ReadToEvent() ?? throw new InvalidOperationException("The stream ended.");
        return (lines["id"], lines["event"], JsonDocument.Parse(lines["data"]).RootElement);
    }

    private static string Next(JsonElement page) => page.GetProperty("next_cursor").GetString()!;

    private static IEnumerable<string?> Subjects(JsonElement page) =>
        page.GetProperty("data").EnumerateArray().Select(e => e.GetProperty("subject").GetString());

    private static IEnumerable<string?> Titles(JsonElement page) =>
        page.GetProperty("data").EnumerateArray().Where(e => e.GetProperty("subject").GetString() == "deal")
        .SelectMany(e => e.GetProperty("changes").EnumerateArray()).Where(change => change.GetProperty("field").GetString() == "title")
        .Select(change => change.GetProperty("new").GetString());

    private sealed class EventReader(HttpResponseMessage response, StreamReader text) : IAsyncDisposable
    {
        /// <summary>The next line that is a comment.</summary>
        public async Task<string?> ReadComment()
        {
            string? line;
            do line = await text.ReadLineAsync();
            while (line is not null && !line.StartsWith(':'));
            return line;
        }

        /// <summary>The members of the next event, comments skipped; none at the end of the stream.</summary>
        public async Task<Dictionary<string, string>?> ReadToEvent()
        {
            var members = new Dictionary<string, string>();
            while (await text.ReadLineAsync() is { } line)
            {
                if (line.Length == 0 && members.Count > 0) return members;
                if (line.Length == 0 || line[0] == ':') continue;
                var colon = line.IndexOf(": ", StringComparison.Ordinal);
                members[line[..colon]] = line[(colon + 2)..];
            }
            return null;
        }

        public ValueTask DisposeAsync()
        {
            text.Dispose();
            response.Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
