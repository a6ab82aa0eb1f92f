using System.Text.Json;
using Tributary.Core.Contacts;
using Tributary.Core.Kernel;
using Tributary.Core.Keys;
using Tributary.Tests.Support;

namespace Tributary.Tests.Server.Dialects.YSuite;

/// <summary>A workspace of one test's own, seen through YSuite's API with a pair of keys, and a company to sell to.</summary>
internal sealed record YSuite(HttpClient Client, SomeWorkspace Workspace, long Company)
{
    public const string Base = "/ysuite/v1";
    public const string Deals = Base + "/deals";

    private static int pairs;

    public long Pipeline => Workspace.PipelineId;

    public static async Task<YSuite> Open(Backend backend)
    {
        var workspace = await Some.Workspace(backend);
        var client = await TestServers.Anonymous(backend);
        var key = await Pair(workspace);
        client.DefaultRequestHeaders.Add("x-ysuite-access-key", key.Token);
        client.DefaultRequestHeaders.Add("x-ysuite-secret-key", key.Secret);
        var company = await new OrganizationService(workspace.Db).Create(workspace.Admin, new() { Name = "Acme Corp" }, default);
        return new(client, workspace, company.Id);
    }

    public static Task<CreatedKey> Pair(SomeWorkspace workspace) =>
        new KeyService(workspace.Db, SeededRandom.Of(HashCode.Combine(workspace.Id, "ysuite pair", Interlocked.Increment(ref pairs))))
            .Create(workspace.Admin, new() { Dialect = "ysuite", Name = "test", UserId = workspace.Admin.UserId, Scopes = ["*"] }, default);

    /// <summary>The three members that every write needs, with more of them.</summary>
    public Dictionary<string, object?> Body(string name, params (string Name, object? Value)[] more)
    {
        var body = new Dictionary<string, object?> { ["deal_name"] = name, ["pipeline_id"] = Pipeline, ["cstid"] = Company };
        foreach (var (member, value) in more) body[member] = value;
        return body;
    }

    public async Task<long> Deal(string name, params (string Name, object? Value)[] more)
    {
        var (status, json) = await Client.Post(Deals, Body(name, more));
        Assert.True(status == 200, json.ToString());
        return json.GetProperty("data").GetProperty("deal_id").GetInt64();
    }

    public async Task<JsonElement> Get(string path)
    {
        var (status, json) = await Client.Get(path);
        Assert.True(status == 200, json.ToString());
        return json.GetProperty("data");
    }

    public async Task<string> Put(string path, object body)
    {
        var (status, json) = await Client.Put(path, body);
        Assert.True(status == 200, json.ToString());
        return json.GetRawText();
    }
}
