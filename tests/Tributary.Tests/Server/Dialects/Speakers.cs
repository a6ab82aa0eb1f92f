using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Tributary.Core.Keys;
using Tributary.Tests.Server.Dialects.CPod;
using Tributary.Tests.Support;

namespace Tributary.Tests.Server.Dialects;

/// <summary>One client per dialect, all of one workspace and one user.</summary>
internal sealed record Speakers(SomeWorkspace Workspace, IReadOnlyDictionary<string, HttpClient> Clients)
{
    private static CancellationToken Ct => CancellationToken.None;

    public HttpClient Native => Clients["native"];

    public static async Task<Speakers> Of(Backend backend)
    {
        var workspace = await Some.Workspace(backend);
        var clients = new Dictionary<string, HttpClient>
        {
            ["native"] = await TestServers.Native(backend, workspace),
            ["cpod"] = (await CPodDesk.Open(backend, workspace)).Client,
        };
        foreach (var dialect in new[] { "switch", "automatenexus", "ysuite", "pipedrive" })
        {
            var client = clients[dialect] = await TestServers.Anonymous(backend);
            if (dialect is "ysuite")
            {
                var pair = await (await TestServers.Of(backend)).Services.GetRequiredService<KeyService>()
                    .Create(workspace.Admin, new() { Dialect = dialect, Name = "test", Scopes = ["*"] }, Ct);
                client.DefaultRequestHeaders.Add("x-ysuite-access-key", pair.Token);
                client.DefaultRequestHeaders.Add("x-ysuite-secret-key", pair.Secret);
                continue;
            }
            var token = await TestServers.Token(workspace, dialect);
            if (dialect is "pipedrive") client.DefaultRequestHeaders.Add("x-api-token", token);
            else client.DefaultRequestHeaders.Authorization = new("Bearer", token);
        }
        return new(workspace, clients);
    }

    /// <summary>The deal as our own API shows it.</summary>
    public async Task<JsonObject> Deal(long id) => Object((await Native.Get($"/api/v1/deals/{id}")).Json);

    /// <summary>The deal's members by dialect, as the lens shows them, out of their envelopes.</summary>
    public async Task<IReadOnlyDictionary<string, (string Dialect, string Path, JsonObject Answer, JsonObject Deal, JsonObject Says,
        IReadOnlyList<string> CannotSay)>> Lens(long id)
    {
        var (status, lens) = await Native.Get($"/api/v1/deals/{id}/lens");
        Assert.True(status == 200, lens.ToString());
        return lens.GetProperty("dialects").EnumerateArray().ToDictionary(one => one.GetProperty("name").GetString()!, one =>
        {
            var answer = Object(one.GetProperty("answer"));
            Assert.True(one.GetProperty("status").GetInt32() == 200, one.ToString());
            return (one.GetProperty("dialect").GetString()!, one.GetProperty("path")
                .GetString()!, answer, answer["data"] as JsonObject ?? answer, Object(one.GetProperty("says")),
                (IReadOnlyList<string>)[.. one.GetProperty("cannot_say").EnumerateArray().Select(field => field.GetString()!)]);
        });
    }

    public static JsonObject Object(JsonElement json) => JsonObject.Create(json) ?? throw new InvalidOperationException(json.ToString());
}
