using System.Security.Cryptography;
using System.Text;
using Tributary.Core.Kernel;
using Tributary.Core.Sessions;

namespace Tributary.Server.Hosting;

/// <summary>
/// The credential of the web app: a cookie that scripts cannot read. A browser sends it by itself, whoever made it ask, so
/// writes must also carry a text that only our own pages can know.
/// </summary>
internal static class SessionCookie
{
    public const string Name = "tributary_session";
    public const string AntiForgeryHeader = "X-Anti-Forgery";

    /// <summary>The token a browser sent; none when it has none.</summary>
    public static string? Token(HttpContext http) => http.Request.Cookies[Name] is { Length: > 0 } token ? token : null;

    public static void Set(HttpContext http, string token) => http.Response.Cookies.Append(Name, token, Options(http, SessionService.Idle));

    public static void Clear(HttpContext http) => http.Response.Cookies.Append(Name, "", Options(http, TimeSpan.Zero));

    /// <summary>What writes under this cookie must carry. Made from the token, so that it is right as long as the session.</summary>
    public static string AntiForgery(string token) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes("anti-forgery " + token)))[..40];

    /// <summary>
    /// Who the cookie speaks for. A write without the anti-forgery text is refused, not taken for somebody unknown: the page can say why.
    /// </summary>
    public static async ValueTask<Caller?> Resolve(HttpContext http, SessionService sessions, CancellationToken ct)
    {
        if (Token(http) is not { } token || await sessions.Resolve(token, ct) is not { } caller) return null;
        if (!HttpMethods.IsGet(http.Request.Method) && !HttpMethods.IsHead(http.Request.Method)
            && !ApiToken.Same(http.Request.Headers[AntiForgeryHeader].ToString(), AntiForgery(token)))
        {
            throw new ProblemException(new(ProblemCode.Forbidden,
                $"Writes with a session cookie need the header {AntiForgeryHeader} with the text that GET /session tells.",
                [new(AntiForgeryHeader, $"{AntiForgeryHeader} must be the text that GET /session tells.", "header")]));
        }
        return caller;
    }

    /// <summary>
    /// Refuses a request that another site made a browser send; programs that are no browsers say nothing about it and pass.
    /// </summary>
    public static void MustBeOwnPage(HttpContext http)
    {
        var site = http.Request.Headers["Sec-Fetch-Site"].ToString();
        var origin = http.Request.Headers.Origin.ToString();
        var foreign = site is "cross-site" or "same-site"
            || (origin.Length > 0 && (!Uri.TryCreate(origin, UriKind.Absolute, out var from) || from.Authority != http.Request.Host.Value));
        if (foreign) throw Problem.Forbidden("Another site asked for this; open the app itself.");
    }

    private static CookieOptions Options(HttpContext http, TimeSpan age) => new()
    {
        HttpOnly = true,
        SameSite = SameSiteMode.Lax,
        Secure = http.Request.IsHttps,
        Path = "/",
        MaxAge = age,
        IsEssential = true,
    };
}
