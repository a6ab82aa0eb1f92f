using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.TestHost;
using Tributary.Core.Kernel;
using Tributary.Core.Keys;
using Tributary.Core.Storage;
using Tributary.Server.Hosting;

namespace Tributary.Tests.Support;

/// <summary>The program in memory, one per database and test run: everything but the socket is what users get.</summary>
internal static class TestServers
{
    private static readonly Lazy<Task<WebApplication>> Sqlite = new(() => Start(Backend.Sqlite));
    private static readonly Lazy<Task<WebApplication>> Postgres = new(() => Start(Backend.Postgres));

    public static Task<WebApplication> Of(Backend backend) => backend is Backend.Sqlite ? Sqlite.Value : Postgres.Value;

    /// <summary>A client without a credential.</summary>
    public static async Task<HttpClient> Anonymous(Backend backend)
    {
        return Anonymous(await Of(backend));
    }

    public static HttpClient Anonymous(WebApplication app)
    {
        var server = app.GetTestServer();
        server.PreserveExecutionContext = true; // the test's clock follows its requests
        return server.CreateClient();
    }

    /// <summary>A client of our own API with a new key of that user.</summary>
    public static async Task<HttpClient> Native(Backend backend, SomeWorkspace workspace, Caller? caller = null, params string[] scopes)
    {
        var client = await Anonymous(backend);
        client.DefaultRequestHeaders.Authorization = new("Bearer", await Token(workspace, "native", caller, scopes));
        return client;
    }

    /// <summary>A key of any dialect.</summary>
    public static async Task<string> Token(SomeWorkspace workspace, string dialect, Caller? caller = null, params string[] scopes)
    {
        var created = await new KeyService(workspace.Db,
            SeededRandom.Of(HashCode.Combine(workspace.Id, dialect, caller?.UserId, Interlocked.Increment(ref tokens))))
            .Create(workspace.Admin,
                new()
                {
                    Dialect = dialect,
                    Name = "test",
                    UserId = (caller ?? workspace.Admin).UserId,
                    Scopes = scopes.Length == 0 ? ["*"] : [.. scopes]
                }, CancellationToken.None);
        return created.Token;
    }

    private static int tokens;

    private static async Task<WebApplication> Start(Backend backend) => await Start(await Backends.Open(backend));

    /// <summary>The program over a test's own database.</summary>
    public static async Task<WebApplication> Start(Db db, int? requestsPerWindow = null)
    {
        var options = new TributaryOptions
        {
            LogLevel = "None",
            RunJobs = false,
            DataFolder = Leftovers.Folder(),
        };
        if (requestsPerWindow is { } most) options.Limits.RequestsPerWindow = most;
        var app = ServerHost.Build(options, db, TestClock.Instance, builder => builder.WebHost.UseTestServer());
        await app.StartAsync();
        return app;
    }
}

/// <summary>Requests and answers as JSON, in one line each.</summary>
internal static class Http
{
    public static async Task<(int Status, JsonElement Json)> Ask(this HttpClient client, HttpMethod method, string path,
        object? body = null, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, path);
        if (body is string raw) request.Content = new StringContent(raw, new MediaTypeHeaderValue("application/json"));
        else if (body is not null) request.Content = JsonContent.Create(body);
        foreach (var (name, value) in headers) request.Headers.TryAddWithoutValidation(name, value);

        using var response = await client.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        return ((int)response.StatusCode, text.Length == 0 ? default : JsonDocument.Parse(text).RootElement.Clone());
    }

    public static Task<(int Status, JsonElement Json)> Get(this HttpClient client, string path, params (string, string)[] headers) =>
        client.Ask(HttpMethod.Get, path, null, headers);

    public static Task<(int Status, JsonElement Json)> Post(this HttpClient client, string path, object? body = null,
        params (string, string)[] headers) => client.Ask(HttpMethod.Post, path, body, headers);

    public static Task<(int Status, JsonElement Json)> Put(this HttpClient client, string path, object? body = null,
        params (string, string)[] headers) => client.Ask(HttpMethod.Put, path, body, headers);

    public static Task<(int Status, JsonElement Json)> Patch(this HttpClient client, string path, object? body = null,
        params (string, string)[] headers) => client.Ask(HttpMethod.Patch, path, body, headers);

    public static Task<(int Status, JsonElement Json)> Delete(this HttpClient client, string path, params (string, string)[] headers) =>
        client.Ask(HttpMethod.Delete, path, null, headers);
}
