using System.IO.Compression;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Tributary.Server.Hosting;
using Tributary.Tests.Server.EveryOperation;
using Tributary.Tests.Support;

namespace Tributary.Tests.Server.Hosting;

/// <summary>What is not sent again, and what is sent shorter (RFC 9110, 8.4 and 13.1.2).</summary>
public sealed class ConditionalTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, OnBothBackends]
    public async Task Every_operation_that_promises_an_ETag_answers_304_while_it_holds(Backend backend)
    {
        var world = await World.Make(backend);
        var promised = Requests.All(world).Where(one => one.Dialect.TellsVersions && one.Route.IsConditional).ToList();
        var failures = new List<string>();
        foreach (var (dialect, route) in promised)
        {
            using var first = await Send(world, dialect, route, null);
            if (first.StatusCode == System.Net.HttpStatusCode.NotFound) continue;
            using var again = first.Headers.ETag is { } tag ? await Send(world, dialect, route, tag) : null;
            var length = again is null ? -1 : (await again.Content.ReadAsByteArrayAsync(Ct)).Length;
            if ((int?)again?.StatusCode != 304 || length != 0)
            {
                failures.Add($"{Requests.Name(dialect, route)}: {first.Headers.ETag}, then {(int?)again?.StatusCode} with {length} bytes");
            }
        }

        Assert.True(promised.Count > 15, $"Only {promised.Count} operations promise an ETag.");
        Assert.True(failures.Count == 0, string.Join("\n", failures));
    }

    [Theory, OnBothBackends]
    public async Task A_deals_tag_ends_when_what_hangs_on_it_changes_and_still_names_its_version(Backend backend)
    {
        var some = await Some.Workspace(backend);
        var client = await TestServers.Native(backend, some);
        var (_, deal) = await client.Post("/api/v1/deals", new { title = "Rollout" });
        var path = $"/api/v1/deals/{deal.GetProperty("id")}";
        var before = await Tag(client, path);

        await client.Post("/api/v1/notes", new { content = "They called back", deal_id = deal.GetProperty("id").GetInt64() });
        var after = await Tag(client, path);
        var (changed, _) = await client.Patch(path, new { title = "Rollout 2" }, ("If-Match", after));
        var (stale, _) = await client.Patch(path, new { title = "Rollout 3" }, ("If-Match", after));

        Assert.NotEqual(before, after);
        Assert.Equal((200, 412), (changed, stale));
    }

    [Theory, OnBothBackends]
    public async Task A_board_is_sent_again_only_when_something_in_it_changed(Backend backend)
    {
        var some = await Some.Workspace(backend);
        var client = await TestServers.Native(backend, some);
        var path = $"/api/v1/pipelines/{some.PipelineId}/board";
        var tag = await Tag(client, path);

        var (same, _) = await client.Get(path, ("If-None-Match", tag));
        await client.Post("/api/v1/deals", new { title = "New" });
        var (other, _) = await client.Get(path, ("If-None-Match", tag));

        Assert.Equal((304, 200), (same, other));
    }

    [Theory]
    [InlineData("br", "br")]
    [InlineData("gzip", "gzip")]
    [InlineData("gzip, deflate, br, zstd", "br")]
    [InlineData("gzip;q=1.0, br;q=0.2", "gzip")]
    [InlineData("br;q=0, *", "gzip")]
    [InlineData("*", "br")]
    [InlineData("identity", null)]
    [InlineData("deflate, zstd", null)]
    [InlineData("gzip;q=0", null)]
    [InlineData(";;;", null)]
    public void A_client_gets_the_coding_it_would_rather_have(string accepted, string? coding) =>
    Assert.Equal(coding, Compression.Wanted(accepted));

    [Theory, OnBothBackends]
    public async Task A_long_answer_is_sent_shorter_to_who_asks_for_it_and_is_the_same_answer(Backend backend)
    {
        var some = await Some.Workspace(backend);
        var client = await TestServers.Native(backend, some);
        for (var n = 0; n < 12; n++) await client.Post("/api/v1/deals", new { title = $"Deal {n}" });

        var plain = await Bytes(client, "/api/v1/deals", null);
        var brotli = await Bytes(client, "/api/v1/deals", "br");
        var gzip = await Bytes(client, "/api/v1/deals", "gzip");

        Assert.Equal((null, "br", "gzip"), (plain.Coding, brotli.Coding, gzip.Coding));
        Assert.All([plain, brotli, gzip], answer => Assert.Contains("Accept-Encoding", answer.Vary));
        Assert.Equal(Readable(plain.Body),
            Readable(await Whole(new BrotliStream(new MemoryStream(brotli.Body), CompressionMode.Decompress))));
        Assert.Equal(Readable(plain.Body), Readable(await Whole(new GZipStream(new MemoryStream(gzip.Body), CompressionMode.Decompress))));
        Assert.True(brotli.Body.Length * 4 < plain.Body.Length, $"{plain.Body.Length} bytes became {brotli.Body.Length}.");

        var shortOne = await Bytes(client, "/api/v1/deals?limit=1&fields=id", "br");
        Assert.Null(shortOne.Coding);
    }

    [Theory, OnBothBackends]
    public async Task What_shows_a_secret_is_never_compressed(Backend backend)
    {
        var some = await Some.Workspace(backend);
        var client = await TestServers.Native(backend, some);
        // Long addresses make the answer long enough to be worth it.
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/apps")
        {
            Content =
                Content.Json(
                    $$"""{"name":"App","dialect":"pipedrive","redirect_uris":["https://app.test/{{new string('a', 1_500)}}","https://app.test/{{new string('b', 1_500)}}"]}"""),
        };
        request.Headers.AcceptEncoding.ParseAdd("br");

        using var answer = await client.SendAsync(request, Ct);

        Assert.Equal(201, (int)answer.StatusCode);
        Assert.Empty(answer.Content.Headers.ContentEncoding);
        Assert.Empty(answer.Headers.Vary);
    }

    private sealed record Sent(byte[] Body, string? Coding, IReadOnlyCollection<string> Vary);

    // A cursor is sealed anew each time.
    private static string Readable(byte[] body)
    {
        var json = JsonNode.Parse(Encoding.UTF8.GetString(body))!.AsObject();
        json.Remove("next_cursor");
        return json.ToJsonString();
    }

    private static async Task<byte[]> Whole(Stream stream)
    {
        await using (stream)
        {
            using var whole = new MemoryStream();
            await stream.CopyToAsync(whole, Ct);
            return whole.ToArray();
        }
    }

    private static async Task<Sent> Bytes(HttpClient client, string path, string? accepts)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        if (accepts is not null) request.Headers.AcceptEncoding.ParseAdd(accepts);
        using var answer = await client.SendAsync(request, Ct);
        return new(await answer.Content.ReadAsByteArrayAsync(Ct), answer.Content.Headers.ContentEncoding.SingleOrDefault(),
            [.. answer.Headers.Vary]);
    }

    private static async Task<string> Tag(HttpClient client, string path)
    {
        using var answer = await client.GetAsync(new Uri(path, UriKind.Relative), Ct);
        return answer.Headers.ETag!.ToString();
    }

    private static async Task<HttpResponseMessage> Send(World world, IDialect dialect, Operation route, EntityTagHeaderValue? known)
    {
        using var request = Requests.Make(dialect, route, world);
        world.SignIn(request, dialect.Name);
        if (known is not null) request.Headers.IfNoneMatch.Add(known);
        return await world.Client.SendAsync(request, Ct);
    }
}
