using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.TestHost;
using Tributary.Server.Hosting;
using Tributary.Tests.Support;

namespace Tributary.Tests.Server.Web;

/// <summary>How the built app is served; the app here is three files, whatever the real one is.</summary>
public sealed class WebAppTests : IAsyncLifetime
{
    private readonly string folder = Leftovers.Folder();
    private WebApplication app = null!;
    private HttpClient client = null!;

    public async ValueTask InitializeAsync()
    {
        Directory.CreateDirectory(Path.Combine(folder, "assets"));
        await File.WriteAllTextAsync(Path.Combine(folder, "index.html"), "<meta name=\"csp-nonce\" content=\"__NONCE__\">");
        await File.WriteAllTextAsync(Path.Combine(folder, "assets", "main-abc.js"), "plain");
        await File.WriteAllTextAsync(Path.Combine(folder, "assets", "main-abc.js.br"), "brotli");
        await File.WriteAllTextAsync(Path.Combine(folder, "assets", "main-abc.js.gz"), "gzip");
        app = ServerHost.Build(new() { LogLevel = "None", RunJobs = false, WebFolder = folder, DataFolder = folder },
            await Backends.Open(Backend.Sqlite), TestClock.Instance, builder => builder.WebHost.UseTestServer());
        await app.StartAsync();
        client = app.GetTestClient();
    }

    public async ValueTask DisposeAsync()
    {
        client.Dispose();
        await app.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/deals/42")]
    [InlineData("/settings/pipelines")]
    [InlineData("/index.html")]
    public async Task Every_address_of_the_app_is_its_one_page(string path)
    {
        using var answer = await client.GetAsync(path);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("text/html", answer.Content.Headers.ContentType?.MediaType);
        Assert.Equal("no-cache", answer.Headers.CacheControl?.ToString());
    }

    [Fact]
    public async Task The_page_allows_its_own_scripts_and_the_style_elements_that_carry_its_nonce()
    {
        using var first = await client.GetAsync("/");
        using var second = await client.GetAsync("/");
        var policy = first.Headers.GetValues("Content-Security-Policy").Single();
        var nonce = (await first.Content.ReadAsStringAsync()).Split("content=\"")[1].Split('"')[0];

        Assert.Contains("default-src 'none'; script-src 'self';", policy, StringComparison.Ordinal);
        Assert.Contains($"style-src 'self' 'nonce-{nonce}'", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
        Assert.Contains("frame-ancestors 'none'", policy, StringComparison.Ordinal);
        Assert.DoesNotContain(nonce, second.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        Assert.Equal("nosniff", first.Headers.GetValues("X-Content-Type-Options").Single());
    }

    [Theory]
    [InlineData("br, gzip", "br", "brotli")]
    [InlineData("gzip", "gzip", "gzip")]
    [InlineData("", null, "plain")]
    public async Task Assets_are_sent_as_small_as_the_browser_takes_them_and_kept_for_ever(string accepted, string? encoding,
        string content)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/assets/main-abc.js");
        if (accepted.Length > 0) request.Headers.TryAddWithoutValidation("Accept-Encoding", accepted);
        using var answer = await client.SendAsync(request);

        Assert.Equal(content, await answer.Content.ReadAsStringAsync());
        Assert.Equal(encoding, answer.Content.Headers.ContentEncoding.FirstOrDefault());
        Assert.Equal("text/javascript", answer.Content.Headers.ContentType?.MediaType);
        Assert.Contains("immutable", answer.Headers.CacheControl?.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_the_browser_has_is_not_sent_again()
    {
        using var first = await client.GetAsync("/assets/main-abc.js");
        using var request = new HttpRequestMessage(HttpMethod.Get, "/assets/main-abc.js");
        request.Headers.IfNoneMatch.Add(first.Headers.ETag!);
        using var again = await client.SendAsync(request);

        Assert.Equal(HttpStatusCode.NotModified, again.StatusCode);
    }

    [Theory]
    [InlineData("/api/v1/nothing", HttpStatusCode.Unauthorized)]
    [InlineData("/switch/api/v1/nothing", HttpStatusCode.Unauthorized)]
    [InlineData("/assets/old-hash.js", HttpStatusCode.NotFound)]
    [InlineData("/../../etc/passwd.txt", HttpStatusCode.NotFound)]
    [InlineData("/_sandbox", HttpStatusCode.NotFound)]
    public async Task What_belongs_to_an_API_or_is_a_file_that_is_not_there_is_no_page(string path, HttpStatusCode status)
    {
        using var answer = await client.GetAsync(path);

        Assert.Equal(status, answer.StatusCode);
        Assert.NotEqual("text/html", answer.Content.Headers.ContentType?.MediaType);
    }
}
