using System.Text.Json;
using Tributary.Core.Catalog;
using Tributary.Core.Contacts;
using Tributary.Core.Fields;
using Tributary.Core.Kernel;
using Tributary.Tests.Support;

namespace Tributary.Tests.Server.Dialects.Pipedrive;

/// <summary>A workspace of one test's own, seen through Pipedrive's API with an admin's key.</summary>
internal sealed record Pipe(HttpClient Client, SomeWorkspace Workspace)
{
    public const string V2 = "/pipedrive/api/v2";
    public const string V1 = "/pipedrive/v1";
    public const string Deals = V2 + "/deals";

    public static async Task<Pipe> Open(Backend backend)
    {
        var workspace = await Some.Workspace(backend);
        return new(await SignedIn(backend, workspace, workspace.Admin), workspace);
    }

    /// <summary>The same workspace with a key of another user or of fewer scopes.</summary>
    public Task<HttpClient> As(Backend backend, Caller? caller = null, params string[] scopes) =>
        SignedIn(backend, Workspace, caller, scopes);

    /// <summary>The "data" of a success; anything else fails the test.</summary>
    public async Task<JsonElement> Get(string path) => Data(await Client.Get(path), 200);

    public async Task<JsonElement> Post(string path, object body, int status = 200) => Data(await Client.Post(path, body), status);

    public async Task<JsonElement> Put(string path, object body) => Data(await Client.Put(path, body), 200);

    public async Task<JsonElement> Patch(string path, object body) => Data(await Client.Patch(path, body), 200);

    public async Task<JsonElement> Delete(string path) => Data(await Client.Delete(path), 200);

    /// <summary>The id of a new deal.</summary>
    public async Task<long> Deal(string title, object? more = null)
    {
        var body = JsonSerializer.SerializeToNode(more ?? new { })!.AsObject();
        body["title"] = title;
        return (await Post(Deals, body)).GetProperty("id").GetInt64();
    }

    public Task<Person> Person(string name) => new PersonService(Workspace.Db).Create(Workspace.Admin, new() { Name = name }, default);

    public Task<Organization> Organization(string name) =>
        new OrganizationService(Workspace.Db).Create(Workspace.Admin, new() { Name = name }, default);

    /// <summary>A custom field of deals.</summary>
    public Task<FieldDefinition> Field(FieldType type, string name, params string[] options) =>
        new FieldService(Workspace.Db).Create(Workspace.Admin,
            new() { Subject = "deal", Name = name, Type = type, Options = [.. options.Select(option => new NewOption(option))] }, default);

    public Task<WorkspaceCatalog> Catalog() => new CatalogService(Workspace.Db).Current(Workspace.Admin, default);

    /// <summary>The refusal of a request: its status and its "error".</summary>
    public static (int Status, string? Error) Refused((int Status, JsonElement Json) answer)
    {
        Assert.False(answer.Json.GetProperty("success").GetBoolean());
        return (answer.Status, answer.Json.GetProperty("error").GetString());
    }

    public static JsonElement Data((int Status, JsonElement Json) answer, int expected = 200)
    {
        Assert.True(answer.Status == expected, $"{answer.Status} {answer.Json}");
        Assert.True(answer.Json.GetProperty("success").GetBoolean());
        return answer.Json.GetProperty("data");
    }

    private static async Task<HttpClient> SignedIn(Backend backend, SomeWorkspace workspace, Caller? caller, params string[] scopes)
    {
        var client = await TestServers.Anonymous(backend);
        client.DefaultRequestHeaders.Add("x-api-token", await TestServers.Token(workspace, "pipedrive", caller, scopes));
        return client;
    }
}

/// <summary>Members of answers, in short.</summary>
internal static class Answers
{
    public static string? Text(this JsonElement json, string member) => json.GetProperty(member).GetString();

    public static long Whole(this JsonElement json, string member) => json.GetProperty(member).GetInt64();

    public static decimal Number(this JsonElement json, string member) => json.GetProperty(member).GetDecimal();

    public static bool Flag(this JsonElement json, string member) => json.GetProperty(member).GetBoolean();

    public static IReadOnlyList<long> Ids(this JsonElement list, string member = "id") =>
        [.. list.EnumerateArray().Select(item => item.GetProperty(member).GetInt64())];
}
