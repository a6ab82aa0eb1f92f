using System.Security.Cryptography;
using Tributary.Server.Hosting;

namespace Tributary.Server.Web;

/// <summary>
/// Serves the built web app at the root: its files as they are, and its one page at every other address that no dialect
/// owns, because the page itself reads the address. Its answers allow nothing that the app does not need.
/// </summary>
internal sealed class WebApp(WebFiles files, IReadOnlyList<string> taken)
{
    private const string NotBuilt = """
        The web app is not in this build (Node.js was missing, or BuildWeb=false). The APIs are served:
          /api/v1/openapi.json   our own
          /health/ready
        To build the app: install Node.js 20.19 or later and run "dotnet build" again.

        """;

    public static WebApp Of(TributaryOptions options, IEnumerable<IDialect> dialects) =>
        new(new(options.WebFolder), [.. dialects.Select(dialect => dialect.Prefix), "/_sandbox", "/health"]);

    public Task Serve(HttpContext http, RequestDelegate next) => http.GetEndpoint() is not null ? next(http) : ServeFile(http, next);

    private Task ServeFile(HttpContext http, RequestDelegate next)
    {
        var path = http.Request.Path;
        var isRead = HttpMethods.IsGet(http.Request.Method) || HttpMethods.IsHead(http.Request.Method);
        if (!isRead || taken.Any(prefix => path.StartsWithSegments(prefix))) return next(http);

        var asked = path.Value ?? "/";
        // A file that another build took away meanwhile is missing like any other.
        if (asked != "/index.html" && files.Find(asked) is { } file && File.Exists(file.Path)) return Send(http, file);
        // What looks like a file is not an address of the app: an old asset must be missing, not a page.
        if (Path.HasExtension(asked) && asked != "/index.html") return next(http);
        return files.Page is { } page ? SendPage(http, page) : SayNotBuilt(http, asked, next);
    }

    private static Task Send(HttpContext http, WebFile file)
    {
        var (request, response) = (http.Request, http.Response);
        Protect(response);
        response.Headers.CacheControl = file.IsHashed ? "public, max-age=31536000, immutable" : "no-cache";
        response.Headers.ETag = file.Tag;
        response.Headers.Vary = "Accept-Encoding";
        if (request.Headers.IfNoneMatch.ToString().Contains(file.Tag, StringComparison.Ordinal))
        {
            response.StatusCode = 304;
            return Task.CompletedTask;
        }
        response.ContentType = file.ContentType;
        var accepted = request.Headers.AcceptEncoding.ToString();
        var path = file.Path;
        if (file.HasBrotli && accepted.Contains("br", StringComparison.Ordinal))
        {
            (path, response.Headers.ContentEncoding) = (path + ".br", "br");
        }
        else if (file.HasGzip && accepted.Contains("gzip", StringComparison.Ordinal))
            (path, response.Headers.ContentEncoding) = (path + ".gz", "gzip");
        response.ContentLength = new FileInfo(path).Length;
        return HttpMethods.IsHead(request.Method) ? Task.CompletedTask : response.SendFileAsync(path, http.RequestAborted);
    }

    private static Task SendPage(HttpContext http, string page)
    {
        var nonce = Convert.ToBase64String(RandomNumberGenerator.GetBytes(18));
        Protect(http.Response);
        http.Response.Headers.ContentSecurityPolicy = "default-src 'none'; script-src 'self'; "
            + $"style-src 'self' 'nonce-{nonce}'; img-src 'self' data: blob:; media-src 'self' blob:; font-src 'self'; connect-src 'self'; manifest-src 'self'; "
            + "frame-src 'self' blob:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; object-src 'none'";
        http.Response.Headers.CacheControl = "no-cache";
        http.Response.ContentType = "text/html; charset=utf-8";
        return HttpMethods.IsHead(http.Request.Method)
            ? Task.CompletedTask
            : http.Response.WriteAsync(page.Replace(WebFiles.NoncePlace, nonce, StringComparison.Ordinal), http.RequestAborted);
    }

    private static Task SayNotBuilt(HttpContext http, string asked, RequestDelegate next)
    {
        if (asked != "/") return next(http);
        http.Response.ContentType = "text/plain; charset=utf-8";
        return http.Response.WriteAsync(NotBuilt, http.RequestAborted);
    }

    private static void Protect(HttpResponse response)
    {
        response.Headers.XContentTypeOptions = "nosniff";
        response.Headers.XFrameOptions = "DENY";
        response.Headers["Referrer-Policy"] = "same-origin";
        response.Headers["Cross-Origin-Opener-Policy"] = "same-origin";
        response.Headers["Cross-Origin-Resource-Policy"] = "same-origin";
        response.Headers["Permissions-Policy"] = "camera=(), microphone=(), geolocation=(), payment=()";
        if (response.HttpContext.Request.IsHttps) response.Headers.StrictTransportSecurity = "max-age=31536000";
    }
}
