using System.Text.Json;
using Tributary.Tests.Support;

namespace Tributary.Tests.Server.Api;

public sealed class EventRoutesTests
{
    [Theory, OnBothBackends]
    public async Task The_log_is_read_to_its_end_and_on_from_there(Backend backend)
    {
        var workspace = await Some.Workspace(backend);
        var client = await TestServers.Native(backend, workspace);
        foreach (var title in new[] { "One", "Two", "Three" }) await client.Post("/api/v1/deals", new { title });

        var first = await Settled(client, "/api/v1/events?subject=deal&limit=2", 2);
        var second = await Settled(client, $"/api/v1/events?subject=deal&limit=2&cursor={Next(first)}", 1);
        await client.Post("/api/v1/deals", new { title = "Four" });
        var third = await Settled(client, $"/api/v1/events?subject=deal&limit=2&cursor={Next(second)}", 1);

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

        var all = await Settled(admin, "/api/v1/events?limit=500", 2);
        var (_, member) = await (await TestServers.Native(backend, workspace, workspace.Member)).Get("/api/v1/events?limit=500");
        var (_, narrow) = await (await TestServers.Native(backend, workspace, null, "events:read", "tags:read")).Get("/api/v1/events?limit=500");

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

    // An event is shown once every transaction that began before it has ended, and PostgreSQL counts those of all databases
    // of the server: what other tests are doing may hold it back for a moment.
    private static async Task<JsonElement> Settled(HttpClient client, string path, int titles)
    {
        for (var i = 0; ; i++)
        {
            var (_, page) = await client.Get(path);
            if (i == 500 || Titles(page).Count() >= titles) return page;
            await Task.Delay(10);
        }
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

    private static IEnumerable<string?> Subjects(JsonElement page) => page.GetProperty("data").EnumerateArray().Select(e => e.GetProperty("subject").GetString());

    private static IEnumerable<string?> Titles(JsonElement page) => page.GetProperty("data").EnumerateArray().Where(e => e.GetProperty("subject").GetString() == "deal")
        .SelectMany(e => e.GetProperty("changes").EnumerateArray()).Where(change => change.GetProperty("field").GetString() == "title").Select(change => change.GetProperty("new").GetString());

    private sealed class EventReader(HttpResponseMessage response, StreamReader text) : IAsyncDisposable
    {
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
