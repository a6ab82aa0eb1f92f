using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Tributary.Core.Contacts;
using Tributary.Core.Kernel;
using Tributary.Core.Keys;
using Tributary.Tests.Support;

namespace Tributary.Tests.Server.Dialects.CPod;

/// <summary>A workspace with an app that has a token, and what tests of the dialect say again and again.</summary>
internal sealed record CPodDesk(HttpClient Client, SomeWorkspace Workspace, CreatedApp App)
{
    public const string Deals = "/cpod/api/v1/crm/deals";
    public const string Token = "/cpod/api/v1/auth/token";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public static async Task<CPodDesk> Open(Backend backend) => await Open(backend, await Some.Workspace(backend));

    public static async Task<CPodDesk> Open(Backend backend, SomeWorkspace workspace, Caller? user = null, params string[] scopes)
    {
        var app = await Apps(await TestServers.Of(backend)).Create(workspace.Admin, new()
        {
            Name = "integration",
            UserId = (user ?? workspace.Admin).UserId,
            Scopes = scopes.Length == 0 ? ["*"] : [.. scopes],
        }, Ct);
        var client = await TestServers.Anonymous(backend);
        client.DefaultRequestHeaders.Authorization = new("Bearer", await Fetch(client, app));
        return new(client, workspace, app);
    }

    public static AppService Apps(Microsoft.AspNetCore.Builder.WebApplication server) => server.Services.GetRequiredService<AppService>();

    public static async Task<string> Fetch(HttpClient client, CreatedApp app)
    {
        var (_, json) =
            await client.Post(Token,
                new { grant_type = "client_credentials", client_id = app.App.ClientId, client_secret = app.ClientSecret });
        return json.GetProperty("access_token").GetString()!;
    }

    public async Task<JsonElement> Create(object deal)
    {
        var (status, json) = await Client.Post(Deals, deal);
        Assert.True(status == 201, json.ToString());
        return json;
    }

    public async Task<JsonElement> Patch(JsonElement deal, object body)
    {
        var (status, json) = await Client.Patch(Path(deal), body);
        Assert.True(status == 200, json.ToString());
        return json;
    }

    public async Task<JsonElement> Get(JsonElement deal) => (await Client.Get(Path(deal))).Json;

    public static string Path(JsonElement deal) => $"{Deals}/{deal.Text("id")}";

    /// <summary>The names of the deals that a query finds, in its order.</summary>
    public async Task<IReadOnlyList<string?>> Names(string query)
    {
        var (status, json) = await Client.Get($"{Deals}?{query}");
        Assert.True(status == 200, json.ToString());
        return [.. json.GetProperty("data").EnumerateArray().Select(deal => deal.Text("name"))];
    }

    public async Task<Guid> Person(string name) =>
        (await new PersonService(Workspace.Db).Create(Workspace.Admin, new() { Name = name }, Ct)).Uid;

    public async Task<Guid> Organization(string name) =>
        (await new OrganizationService(Workspace.Db).Create(Workspace.Admin, new() { Name = name }, Ct)).Uid;

    /// <summary>Where the errors of a 422 stand.</summary>
    public static IReadOnlyList<string> Places(JsonElement json) =>
        [.. json.GetProperty("detail").EnumerateArray()
            .Select(error => string.Join('.', error.GetProperty("loc").EnumerateArray().Select(part => part.GetString())))];
}
