using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Tributary.Core.Kernel;
using Tributary.Core.Keys;
using Tributary.Core.Storage;
using Tributary.Server.Hosting;
using Tributary.Tests.Support;

namespace Tributary.Tests.Server.EveryOperation;

/// <summary>A workspace with one of everything, credentials of every dialect, and a way to name its records as each dialect does.</summary>
internal sealed class World
{
    /// <summary>Stands in every name, so that an answer that shows a record of this workspace can be recognised.</summary>
    public const string Mark = "zzmark";

    private readonly Dictionary<string, List<Row>> rows = [];
    private readonly Dictionary<(string Dialect, string Scope), Action<HttpRequestMessage>> credentials = [];

    public required SomeWorkspace Workspace { get; init; }
    public required WebApplication Server { get; init; }
    public required HttpClient Client { get; init; }

    public IReadOnlyList<IDialect> Dialects => [.. Server.Services.GetServices<IDialect>()];

    public sealed record Row
    {
        public long Id { get; init; }
        public Guid Uid { get; init; }
    }

    public static async Task<World> Make(Backend backend) => await Make(await Some.Workspace(backend), await TestServers.Of(backend));

    /// <param name="workspace">Where it is made.</param>
    /// <param name="server">Gives the credentials.</param>
    /// <param name="client">Asks another server over the same database; none: this one.</param>
    public static async Task<World> Make(SomeWorkspace workspace, WebApplication server, HttpClient? client = null)
    {
        var world = new World { Workspace = workspace, Server = server, Client = client ?? TestServers.Anonymous(server) };
        foreach (var dialect in world.Dialects)
        {
            foreach (var scope in new[] { "*", "read" })
            {
                world.credentials[(dialect.Name, scope)] = await world.Credential(dialect.Name, scope);
            }
        }
        await world.Fill();
        await world.Look();
        return world;
    }

    public void SignIn(HttpRequestMessage request, string dialect, string scope = "*") => credentials[(dialect, scope)](request);

    /// <summary>
    /// The newest record of a kind, by the name of its table; none where this world has none. Of stages the first, which deals may be in.
    /// </summary>
    public Row? Newest(string table) => table == "stages"
        ? rows[table][0] : rows.GetValueOrDefault(table) is { Count: > 0 } found ? found[^1] : null;

    public IReadOnlyList<Row> All(string table) => rows.GetValueOrDefault(table) ?? [];

    public async Task<long> CountEvents()
    {
        await using var tx = await Workspace.Db.Read(Workspace.Id, CancellationToken.None);
        return await tx.One<long>("SELECT COUNT(*) FROM events WHERE workspace_id = @Workspace", new { tx.Workspace });
    }

    /// <param name="dialect">Whose.</param>
    /// <param name="scope">What it may do.</param>
    /// <param name="userId">As whom; none: the admin.</param>
    public async Task<Action<HttpRequestMessage>> Credential(string dialect, string scope, long? userId = null)
    {
        if (dialect == "cpod")
        {
            var apps = Server.Services.GetRequiredService<AppService>();
            var made = await apps.Create(Workspace.Admin, new() { Name = Mark, Scopes = [scope], UserId = userId }, CancellationToken.None);
            var token = await apps.TokenFor(made.App.ClientId, made.ClientSecret, null, CancellationToken.None);
            return request => request.Headers.Authorization = new("Bearer", token!.AccessToken);
        }
        var key = await Server.Services.GetRequiredService<KeyService>()
            .Create(Workspace.Admin, new() { Dialect = dialect, Name = Mark, Scopes = [scope], UserId = userId }, CancellationToken.None);
        return dialect switch
        {
            "pipedrive" => request => request.Headers.Add("x-api-token", key.Token),
            "ysuite" => request =>
            {
                request.Headers.Add("x-ysuite-access-key", key.Token);
                request.Headers.Add("x-ysuite-secret-key", key.Secret);
            }
            ,
            _ => request => request.Headers.Authorization = new("Bearer", key.Token),
        };
    }

    private async Task Fill()
    {
        var deal = await Post("deals", new JsonObject { ["title"] = Mark, ["tags"] = new JsonArray(Mark) });
        var person = await Post("persons", new JsonObject { ["name"] = Mark });
        var organization = await Post("organizations", new JsonObject { ["name"] = Mark });
        await Post("leads", new JsonObject { ["title"] = Mark, ["person_id"] = person });
        await Post("leads", new JsonObject { ["title"] = Mark, ["org_id"] = organization });
        await Post("activities", new JsonObject { ["subject"] = Mark, ["type"] = "call", ["deal_id"] = deal });
        await Post("notes", new JsonObject { ["content"] = Mark, ["deal_id"] = deal });
        await Post("products", new JsonObject { ["name"] = Mark });
        await Post("groups", new JsonObject { ["name"] = Mark });
        await Post("tags", new JsonObject { ["name"] = Mark + "2" });
        await Post("labels", new JsonObject { ["subject"] = "deal", ["name"] = Mark });
        await Post("lost-reasons", new JsonObject { ["name"] = Mark });
        await Post("activity-types", new JsonObject { ["name"] = Mark });
        await Post("fields",
            new JsonObject
            {
                ["subject"] = "deal",
                ["name"] = Mark,
                ["type"] = "enum",
                ["options"] = new JsonArray(new JsonObject { ["label"] = Mark }, new JsonObject { ["label"] = Mark + "2" }),
            });
        await Post("filters",
            new JsonObject
            {
                ["subject"] = "deal",
                ["name"] = Mark,
                ["condition"] = new JsonObject { ["field"] = "value", ["operator"] = "is_empty" },
            });
        await Post("keys", new JsonObject { ["name"] = Mark });
        await Post("apps", new JsonObject { ["name"] = Mark });
        await Post("automations", Requests.Automation(Mark));
        await Post("goals", new JsonObject { ["value"] = 1000, ["until"] = "2030-12-31" });
        // Our own API shows every webhook, AutomateNexus only those made through it.
        using var _ = await Send("automatenexus", "/automatenexus/v1/webhooks",
            new JsonObject { ["url"] = "https://receiver.test/hook", ["events"] = new JsonArray("deal.won"), ["description"] = Mark });
    }

    private async Task<HttpResponseMessage> Send(string dialect, string path, JsonObject body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = Content.Json(body.ToJsonString()) };
        SignIn(request, dialect);
        return await Client.SendAsync(request);
    }

    private async Task<long> Post(string path, JsonObject body)
    {
        using var response = await Send("native", $"/api/v1/{path}", body);
        var text = await response.Content.ReadAsStringAsync();
        // Nouns without routes yet are simply not in the world.
        return response.IsSuccessStatusCode ? JsonNode.Parse(text)!["id"]!.GetValue<long>() : 0;
    }

    private async Task Look()
    {
        await using var tx = await Workspace.Db.Read(Workspace.Id, CancellationToken.None);
        foreach (var table in new[] { "deals", "persons", "organizations", "leads", "activities", "notes", "files", "mail_messages",
            "products", "user_groups", "users", "tags", "labels", "lost_reasons",
            "activity_types", "fields", "filters", "api_keys", "apps", "pipelines", "stages", "currencies", "webhooks", "automations",
            "goals" })
        {
            rows[table] =
                [.. await tx.Many<Row>($"SELECT id, uid FROM {table} WHERE workspace_id = @Workspace ORDER BY id", new { tx.Workspace })];
        }
    }
}
