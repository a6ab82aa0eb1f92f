using System.Text.Json;
using Tributary.Core.Catalog;
using Tributary.Core.Contacts;
using Tributary.Core.Kernel;
using Tributary.Tests.Support;

namespace Tributary.Tests.Server.Dialects.AutomateNexus;

/// <summary>A workspace of one test's own, seen through AutomateNexus with a key of full access.</summary>
internal sealed record Nexus(HttpClient Client, SomeWorkspace Workspace, WorkspaceCatalog Catalog)
{
    public const string Base = "/automatenexus/functions/v1/api";
    public const string Deals = Base + "/deals";

    public string Pipeline => "pipe_" + UidText.ToBase32(Catalog.Pipeline(Workspace.PipelineId)!.Uid);

    public string Admin => "usr_" + UidText.ToBase32(Catalog.User(Workspace.Admin.UserId)!.Uid);

    public static Guid Uid(string id) => UidText.TryParse(id.AsSpan(id.IndexOf('_', StringComparison.Ordinal) + 1), out var uid)
        ? uid : throw new ArgumentException(id);

    public static async Task<Nexus> Open(Backend backend)
    {
        var workspace = await Some.Workspace(backend);
        var client = await TestServers.Anonymous(backend);
        client.DefaultRequestHeaders.Authorization = new("Bearer", await TestServers.Token(workspace, "automatenexus"));
        return new(client, workspace, await new CatalogService(workspace.Db).Current(workspace.Admin, default));
    }

    public async Task<HttpClient> With(Backend backend, params string[] scopes)
    {
        var client = await TestServers.Anonymous(backend);
        client.DefaultRequestHeaders.Authorization = new("Bearer", await TestServers.Token(Workspace, "automatenexus", null, scopes));
        return client;
    }

    /// <summary>The open stages Qualified (10), Demo (50), Proposal (80), by their place.</summary>
    public string Stage(int index) => "stage_" + UidText.ToBase32(Catalog.Stage(Workspace.Stages[index])!.Uid);

    public async Task<(Person Person, string Id)> Contact(string name, string? email = null)
    {
        var person = await new PersonService(Workspace.Db)
            .Create(Workspace.Admin, new() { Name = name, Emails = email is null ? default : new(true, [new(email, "work", true)]) },
                default);
        return (person, "con_" + UidText.ToBase32(person.Uid));
    }

    /// <summary>The id of a new deal in the pipeline.</summary>
    public async Task<string> Deal(string title, object? more = null)
    {
        var body = JsonSerializer.SerializeToNode(more ?? new { })!.AsObject();
        body["title"] = title;
        body["pipeline_id"] = Pipeline;
        return (await Created(Deals, body)).GetProperty("id").GetString()!;
    }

    public async Task<JsonElement> Created(string path, object body) => Data(await Client.Post(path, body), 201);

    public async Task<JsonElement> Get(string path) => Data(await Client.Get(path), 200);

    public async Task<JsonElement> Put(string path, object body) => Data(await Client.Put(path, body), 200);

    public async Task<IReadOnlyList<string?>> Titles(string query)
    {
        var (status, json) = await Client.Get($"{Deals}?{query}");
        Assert.True(status == 200, json.ToString());
        return [.. json.GetProperty("data").EnumerateArray().Select(deal => deal.GetProperty("title").GetString())];
    }

    private static JsonElement Data((int Status, JsonElement Json) answer, int expected)
    {
        Assert.True(answer.Status == expected, answer.Json.ToString());
        Assert.True(answer.Json.GetProperty("success").GetBoolean());
        return answer.Json.GetProperty("data");
    }
}
