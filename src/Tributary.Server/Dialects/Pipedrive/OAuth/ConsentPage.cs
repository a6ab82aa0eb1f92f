using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using Tributary.Core.Keys;
using Tributary.Server.Hosting;

namespace Tributary.Server.Dialects.Pipedrive.OAuth;

/// <summary>
/// The pages a person sees while an app asks. They load nothing and run no script; the policy lets the form go nowhere but
/// here and, because browsers check redirects after a form too, to the app that asked.
/// </summary>
internal static class ConsentPage
{
    private const string Style = """
        :root{color-scheme:light dark;font:16px/1.5 system-ui,sans-serif}
        body{margin:0;min-height:100vh;display:grid;place-items:center;background:light-dark(#f4f5f7,#16181c);color:light-dark(#1c2024,#e8eaed)}
        main{box-sizing:border-box;width:min(26rem,100%);padding:2rem;border-radius:12px;background:light-dark(#fff,#1f2227);box-shadow:0 1px 4px #0003}
        h1{font-size:1.25rem;margin:0 0 1rem}ul{padding-left:1.2rem}label{display:block;margin:1rem 0 .25rem;font-weight:600}
        input{box-sizing:border-box;width:100%;padding:.6rem;font:inherit;border:1px solid #8a8f98;border-radius:8px;background:transparent;color:inherit}
        .buttons{display:flex;gap:.75rem;margin-top:1.5rem}button{flex:1;padding:.7rem;font:inherit;font-weight:600;border:1px solid #8a8f98;border-radius:8px;background:transparent;color:inherit;cursor:pointer}
        button.allow{background:#1d6f42;border-color:#1d6f42;color:#fff}:focus-visible{outline:3px solid #4c8bf5;outline-offset:2px}
        .error{padding:.6rem .8rem;border-radius:8px;background:light-dark(#fdecea,#4a1f1c)}.small{font-size:.875rem;opacity:.8;overflow-wrap:anywhere}
        """;

    private static readonly string styleHash = Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(Style)));

    /// <summary>The question, with a place to sign in; <paramref name="error"/> says what was wrong with the last answer.</summary>
    public static Reply Ask(AppClient client, Asked asked, string email, string? error = null, int status = 200)
    {
        var scopes = string.Concat(Scopes.Of(client.App.Scopes).Select(scope => $"<li>{Html(scope.Says)}</li>"));
        var origin = new Uri(asked.RedirectUri).GetLeftPart(UriPartial.Authority);
        return Page(status, $"Allow {client.App.Name}?", $"""
            <h1>{Html(client.App.Name)} asks to act for you in {Html(client.WorkspaceName)}</h1>
            <p>It will be able to:</p>
            <ul>{scopes}</ul>
            <p class="small">You will be sent back to {Html(origin)}. You can take this back at any time.</p>
            {(error is null ? "" : $"<p class=\"error\" role=\"alert\">{Html(error)}</p>")}
            <form method="post" autocomplete="on">
            <input type="hidden" name="client_id" value="{Html(asked.ClientId)}"><input type="hidden" name="redirect_uri" value="{Html(asked.RedirectUri)}">
            {(asked.State is null ? "" : $"<input type=\"hidden\" name=\"state\" value=\"{Html(asked.State)}\">")}
            <label for="email">Your e-mail address</label><input id="email" name="email" type="email" autocomplete="username" required value="{Html(email)}">
            <label for="password">Your password</label><input id="password" name="password" type="password" autocomplete="current-password" required>
            <div class="buttons"><button name="decision" value="cancel" formnovalidate>Cancel</button><button class="allow" name="decision" value="allow">Allow and install</button></div>
            </form>
            """, origin);
    }

    /// <summary>What must not be answered by a redirect, because who asked is not known (RFC 6749, section 4.1.2.1).</summary>
    public static Reply Refuse(string message) =>
        Page(400, "This request cannot be answered", $"<h1>This request cannot be answered</h1><p>{Html(message)}</p>", null);

    private static Reply Page(int status, string title, string body, string? formTarget)
    {
        var html = $"""
            <!doctype html>
            <html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><title>{Html(title)}</title><style>{Style}</style></head>
            <body><main>{body}</main></body></html>
            """;
        return Reply.Sent(async http =>
            {
                http.Response.ContentType = "text/html; charset=utf-8";
                await http.Response.Body.WriteAsync(Encoding.UTF8.GetBytes(html), http.RequestAborted);
            }, status)
            .With("Content-Security-Policy",
                $"default-src 'none'; style-src 'sha256-{styleHash}'; form-action 'self' {formTarget}; base-uri 'none'; frame-ancestors 'none'")
            .With("X-Frame-Options", "DENY").With("Referrer-Policy", "no-referrer").With("X-Content-Type-Options", "nosniff")
            .With("Cache-Control", "no-store");
    }

    private static string Html(string text) => HtmlEncoder.Default.Encode(text);
}

/// <summary>What an app asked the authorization page, once its name and address were found good.</summary>
internal sealed record Asked(string ClientId, string RedirectUri, string? State);
