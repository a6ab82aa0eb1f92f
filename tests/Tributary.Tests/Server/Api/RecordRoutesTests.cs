using System.Reflection;
using System.Text.Json;
using Tributary.Tests.Support;
using Xunit.Sdk;
using Xunit.v3;

namespace Tributary.Tests.Server.Api;

/// <summary>What is true of every kind of record over our own API (design §8).</summary>
public sealed class RecordRoutesTests
{
    private static readonly string[] Nouns =
        ["deals", "products", "organizations", "persons", "leads", "activities", "notes", "mail-messages", "files"];

    [Theory, OfEachNoun]
    public async Task A_record_is_created_read_changed_deleted_and_restored(Backend backend, string noun)
    {
        var (client, kind) = await Begin(backend, noun);

        var (created, made) = await client.Post(kind.Create, kind.Body("one"));
        var path = $"/api/v1/{noun}/{made.GetProperty("id").GetInt64()}";
        var (changed, after) = await client.Patch(path, kind.Change);
        var (deleted, _) = await client.Delete(path);
        var (_, gone) = await client.Get(path);
        var (again, restored) = await client.Post(path + "/restore");

        Assert.Equal((201, 200, 204, 200), (created, changed, deleted, again));
        Assert.Equal(1, made.GetProperty("version").GetInt64());
        Assert.Equal(2, after.GetProperty("version").GetInt64());
        Assert.Equal(kind.Changed, after.GetProperty(kind.Member).ToString());
        Assert.Equal(JsonValueKind.String, gone.GetProperty("deleted_at").ValueKind);
        Assert.Equal(JsonValueKind.Null, restored.GetProperty("deleted_at").ValueKind);
    }

    [Theory, OfEachNoun]
    public async Task A_creation_says_where_the_record_is(Backend backend, string noun)
    {
        var (client, kind) = await Begin(backend, noun);

        using var answer = await client.PostAsync(kind.Create, System.Net.Http.Json.JsonContent.Create(kind.Body("one")));
        var (status, _) = await client.Get(answer.Headers.Location!.ToString());

        Assert.Equal(200, status);
        Assert.Equal("\"1\"", answer.Headers.ETag?.Tag);
    }

    // RFC 9110 §13.1.1: a change that names a version is made on that version or not at all.
    [Theory, OfEachNoun]
    public async Task A_change_meant_for_another_version_is_refused(Backend backend, string noun)
    {
        var (client, kind) = await Begin(backend, noun);
        var path = await Create(client, kind, noun);

        var (byHeader, _) = await client.Patch(path, kind.Change, ("If-Match", "\"7\""));
        var (byMember, problem) = await client.Patch(path, kind.Change.Append(new("version", 7)).ToDictionary());
        var (deleted, _) = await client.Delete(path, ("If-Match", "\"7\""));
        var (current, _) = await client.Patch(path, kind.Change, ("If-Match", "\"1\""));

        Assert.Equal((412, 412, 412, 200), (byHeader, byMember, deleted, current));
        Assert.Equal("stale", problem.GetProperty("code").GetString());
    }

    [Theory, OfEachNoun]
    public async Task Only_the_fields_asked_for_are_shown(Backend backend, string noun)
    {
        var (client, kind) = await Begin(backend, noun);
        var path = await Create(client, kind, noun);

        var (_, one) = await client.Get(path + "?fields=id,version");
        var (_, list) = await client.Get($"/api/v1/{noun}?fields=version");
        var (wrong, problem) = await client.Get(path + "?fields=id,nonsense");

        Assert.Equal(["id", "version"], Names(one));
        Assert.Equal(["version"], Names(list.GetProperty("data")[0]));
        Assert.Equal((422, "fields"), (wrong, problem.GetProperty("errors")[0].GetProperty("field").GetString()));
    }

    [Theory, OfEachNoun]
    public async Task Paging_visits_each_record_once(Backend backend, string noun)
    {
        var (client, kind) = await Begin(backend, noun);
        var made = new List<long>();
        for (var i = 0; i < 5; i++) made.Add((await client.Post(kind.Create, kind.Body($"record {i}"))).Json.GetProperty("id").GetInt64());

        var seen = new List<long>();
        var query = $"/api/v1/{noun}?limit=2&sort=id&total=true";
        for (string? cursor = ""; cursor is not null;)
        {
            var (_, page) = await client.Get(query + (cursor.Length > 0 ? "&cursor=" + Uri.EscapeDataString(cursor) : ""));
            seen.AddRange(page.GetProperty("data").EnumerateArray().Select(row => row.GetProperty("id").GetInt64()));
            Assert.Equal(5, page.GetProperty("total").GetInt64());
            cursor = page.GetProperty("next_cursor").GetString();
            Assert.Equal(cursor is not null, page.GetProperty("has_more").GetBoolean());
        }

        Assert.Equal(made, seen);
    }

    [Theory, OfEachNoun]
    public async Task What_is_not_known_is_refused_by_name(Backend backend, string noun)
    {
        var (client, kind) = await Begin(backend, noun);

        var (body, wrongBody) = await client.Post(kind.Create, kind.Body("one").Append(new("no_such_member", 1)).ToDictionary());
        var (list, wrongList) = await client.Get($"/api/v1/{noun}?no_such_parameter=1&limit=0");
        var (path, _) = await client.Get($"/api/v1/{noun}/x");

        Assert.Equal((422, 422, 404), (body, list, path));
        Assert.Equal(["no_such_member"], Fields(wrongBody));
        Assert.Equal(["limit", "no_such_parameter"], Fields(wrongList).Order());
    }

    [Theory, OfEachNoun]
    public async Task Another_workspace_sees_nothing(Backend backend, string noun)
    {
        var (client, kind) = await Begin(backend, noun);
        var path = await Create(client, kind, noun);
        var (stranger, _) = await Begin(backend, noun);

        var (read, _) = await stranger.Get(path);
        var (changed, _) = await stranger.Patch(path, kind.Change);
        var (deleted, _) = await stranger.Delete(path);

        Assert.Equal((404, 404, 404), (read, changed, deleted));
    }

    private static async Task<(HttpClient Client, Kind Kind)> Begin(Backend backend, string noun)
    {
        var client = await TestServers.Native(backend, await Some.Workspace(backend));
        return (client, noun switch
        {
            "deals" => new Kind(noun, 0, (title, _) => new() { ["title"] = title }, "title"),
            "products" or "organizations" or "persons" => new(noun, 0, (name, _) => new() { ["name"] = name }, "name"),
            "leads" =>
                new(noun, await Of("persons", "name"), (title, person) => new() { ["title"] = title, ["person_id"] = person }, "title"),
            "activities" =>
                new(noun, await Of("deals", "title"), (subject, deal) => new() { ["subject"] = subject, ["deal_id"] = deal }, "subject"),
            "notes" =>
                new(noun, await Of("deals", "title"), (content, deal) => new() { ["content"] = content, ["deal_id"] = deal }, "content"),
            "mail-messages" =>
                new(noun, await Of("deals", "title"), (subject, deal) => new() { ["subject"] = subject, ["deal_id"] = deal }, "is_read",
                    true),
            "files" =>
                new(noun, await Of("deals", "title"), (name, deal) =>
                    new() { ["name"] = name, ["storage_key"] = "key/" + name, ["deal_id"] = deal },
                    "name")
                { Create = "/api/v1/files/links" },
            _ => throw new InvalidOperationException(noun),
        });

        async Task<long> Of(string others, string member) =>
            (await client.Post($"/api/v1/{others}", new Dictionary<string, string> { [member] = "Acme" })).Json.GetProperty("id")
            .GetInt64();
    }

    private static async Task<string> Create(HttpClient client, Kind kind, string noun) =>
        $"/api/v1/{noun}/{(await client.Post(kind.Create, kind.Body("one"))).Json.GetProperty("id").GetInt64()}";

    private static IEnumerable<string> Names(JsonElement record) => record.EnumerateObject().Select(member => member.Name);

    private static IEnumerable<string?> Fields(JsonElement problem) =>
        problem.GetProperty("errors").EnumerateArray().Select(error => error.GetProperty("field").GetString());

    /// <summary>Every noun on both backends.</summary>
    [AttributeUsage(AttributeTargets.Method)]
    private sealed class OfEachNounAttribute : DataAttribute
    {
        public override ValueTask<IReadOnlyCollection<ITheoryDataRow>> GetData(MethodInfo testMethod, DisposalTracker disposalTracker) =>
            new([.. Nouns.SelectMany(noun => new[] { new TheoryDataRow(Backend.Sqlite, noun),
                new TheoryDataRow(Backend.Postgres, noun) { Skip = OnPostgresAttribute.Row().Skip } })]);

        public override bool SupportsDiscoveryEnumeration() => true;
    }

    /// <summary>How a noun is tried: on what it hangs, the smallest body, and a member that a patch changes.</summary>
    private sealed record Kind(string Noun, long On, Func<string, long, Dictionary<string, object>> Smallest, string Member,
        object? Next = null)
    {
        public string Create { get; init; } = $"/api/v1/{Noun}";
        public Dictionary<string, object> Change => new() { [Member] = Next ?? "two" };
        public string Changed => Next is null ? "two" : Next.ToString()!;

        public Dictionary<string, object> Body(string name) => Smallest(name, On);
    }
}
