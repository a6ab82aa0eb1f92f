using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Tributary.Tests.Support;

namespace Tributary.Tests.Server.Api;

public sealed class FileRoutesTests
{
    private static readonly byte[] Pdf = Encoding.UTF8.GetBytes("%PDF-1.7 " + new string('x', 200_000));

    [Theory, OnBothBackends]
    public async Task What_is_uploaded_is_downloaded_and_no_browser_runs_it(Backend backend)
    {
        var (client, deal) = await Begin(backend);

        var (status, file) = await Upload(client, Pdf, "Ofertă – 1.pdf", ("deal_id", $"{deal}"), ("description", "First offer"));
        using var answer = await client.GetAsync($"/api/v1/files/{file.GetProperty("id").GetInt64()}/content");

        Assert.Equal(201, status);
        Assert.Equal(("Ofertă – 1.pdf", "First offer", "application/pdf", Pdf.Length, deal),
            (file.GetProperty("name").GetString(), file.GetProperty("description").GetString(),
            file.GetProperty("content_type").GetString(), file.GetProperty("size_bytes").GetInt32(), file.GetProperty("deal_id")
                .GetInt64()));
        Assert.Equal(Pdf, await answer.Content.ReadAsByteArrayAsync());
        Assert.Equal(("attachment", "Ofertă – 1.pdf"),
            (answer.Content.Headers.ContentDisposition!.DispositionType,
                answer.Content.Headers.ContentDisposition.FileNameStar)); // RFC 6266, RFC 8187
        Assert.Equal(("nosniff", "default-src 'none'; sandbox"),
            (answer.Headers.GetValues("X-Content-Type-Options").Single(), answer.Headers.GetValues("Content-Security-Policy").Single()));
    }

    [Theory, OnBothBackends]
    public async Task What_pretends_to_be_a_page_is_served_as_bytes(Backend backend)
    {
        var (client, deal) = await Begin(backend);

        var (_, file) = await Upload(client, Encoding.UTF8.GetBytes("<script>alert(1)</script>"), "../../evil.html",
            ("deal_id", $"{deal}"));
        using var answer = await client.GetAsync($"/api/v1/files/{file.GetProperty("id").GetInt64()}/content");

        Assert.Equal(("evil.html", "application/octet-stream"),
            (file.GetProperty("name").GetString(), answer.Content.Headers.ContentType!.MediaType));
    }

    [Theory, OnBothBackends]
    public async Task A_form_that_is_wrong_is_refused_by_name(Backend backend)
    {
        var (client, deal) = await Begin(backend);
        using var noFile = new MultipartFormDataContent { { new StringContent($"{deal}"), "deal_id" } };

        var (wrong, problem) = await Upload(client, Pdf, "a.pdf", ("deal_id", "many"), ("colour", "red"));
        var (unknown, missing) = await Upload(client, Pdf, "a.pdf", ("deal_id", "999999999"));
        using var without = await client.PostAsync("/api/v1/files", noFile);
        var (json, _) = await client.Post("/api/v1/files", new { deal_id = deal });

        Assert.Equal((422, 422, 422, 415), (wrong, unknown, (int)without.StatusCode, json));
        Assert.Equal(["colour", "deal_id"], Fields(problem).Order());
        Assert.Equal(["deal_id"], Fields(missing));
    }

    [Theory, OnBothBackends]
    public async Task What_is_kept_elsewhere_cannot_be_downloaded_here(Backend backend)
    {
        var (client, deal) = await Begin(backend);

        var (_, file) = await client.Post("/api/v1/files/links",
            new { name = "a.pdf", storage_key = "bucket/a.pdf", remote_location = "s3", size_bytes = 12, deal_id = deal });
        var (status, _) = await client.Get($"/api/v1/files/{file.GetProperty("id").GetInt64()}/content");

        Assert.Equal((409, "bucket/a.pdf", "s3", 12),
            (status, file.GetProperty("storage_key").GetString(), file.GetProperty("remote_location")
                .GetString(), file.GetProperty("size_bytes").GetInt32()));
    }

    private static async Task<(HttpClient, long)> Begin(Backend backend)
    {
        var client = await TestServers.Native(backend, await Some.Workspace(backend));
        return (client, (await client.Post("/api/v1/deals", new { title = "Acme" })).Json.GetProperty("id").GetInt64());
    }

    private static async Task<(int, JsonElement)> Upload(HttpClient client, byte[] bytes, string name,
        params (string Name, string Value)[] members)
    {
        using var form = new MultipartFormDataContent();
        foreach (var (member, value) in members) form.Add(new StringContent(value), member);
        using var part = new ByteArrayContent(bytes);
        part.Headers.ContentDisposition = new("form-data") { Name = "file", FileName = "upload", FileNameStar = name };
        part.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
        form.Add(part);

        using var answer = await client.PostAsync("/api/v1/files", form);
        return ((int)answer.StatusCode, JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement.Clone());
    }

    private static IEnumerable<string?> Fields(JsonElement problem) =>
        problem.GetProperty("errors").EnumerateArray().Select(error => error.GetProperty("field").GetString());
}
