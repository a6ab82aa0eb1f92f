using System.Text.Json;
using Tributary.Core.Kernel;
using Tributary.Core.Keys;
using Tributary.Server.Hosting;

namespace Tributary.Server.Dialects.CPod;

/// <summary>
/// What answers without a token: the token itself, for client credentials as a form (one page of the vendor's), as JSON
/// (another) or as HTTP Basic (RFC 6749, section 2.3.1), and the health of the server.
/// </summary>
internal static class TokenRoutes
{
    private static readonly Member<string> GrantType = Members.Text("grant_type", "client_credentials.", 100);
    private static readonly Member<string> ClientId = Members.Text("client_id", "May come as HTTP Basic.", 1000);
    private static readonly Member<string> ClientSecret = Members.Text("client_secret", "May come as HTTP Basic.", 1000);
    private static readonly Member<string> Scope =
        Members.Text("scope", "Narrows what the token may do; all of the app's scopes when left out.", 2000);
    private static readonly Shape Body = new("TokenRequest", GrantType.Required(), ClientId, ClientSecret, Scope);

    private static readonly Wire<AppToken> Token = new Wire<AppToken>("Token")
        .Text("access_token", t => t.AccessToken, nullable: false)
        .Text("token_type", _ => "Bearer", nullable: false)
        .Whole("expires_in", t => t.ExpiresIn)
        .Text("scope", t => t.Scope, nullable: false);

    private static readonly Wire<string> Health = new Wire<string>("Health").Text("status", status => status, nullable: false);

    public static readonly IReadOnlyList<Operation> All =
    [
        new("POST", "/api/v1/auth/token", "getToken", Give)
        {
            Tag = "Auth", Summary = "Get an access token", Body = Body, Answer = Token, IsAnonymous = true,
            Refusals =
            [
                new(ProblemCode.Invalid, "The grant, its parameters or its scope are wrong (RFC 6749, section 5.2).", [],
                    "invalid_request"),
                new(ProblemCode.Unauthenticated, "The client is unknown, revoked, or its secret is wrong.", [], "invalid_client"),
            ],
        },
        new("GET", "/health", "health", _ => Task.FromResult(Reply.Json(Health, "ok")))
        {
            Tag = "Auth", Summary = "Say that the server is up", Answer = Health, IsAnonymous = true,
        },
    ];

    private static async Task<Reply> Give(Call call)
    {
        var sent = await Read(call);
        if (sent.GrantType is null) throw Refused("invalid_request", "grant_type is required: it must be client_credentials.");
        if (sent.GrantType != "client_credentials") throw Refused("unsupported_grant_type", "grant_type must be client_credentials.");
        var (id, secret) = Credentials.Basic(call.Http) ?? (sent.ClientId, sent.ClientSecret);
        if (string.IsNullOrEmpty(id) || string.IsNullOrEmpty(secret))
        {
            throw Refused("invalid_request", "client_id and client_secret are required.");
        }

        var token = await Granted(call, id, secret, sent.Scope);
        if (token is null)
        {
            throw new ProblemException(new(ProblemCode.Unauthenticated, "The client is unknown, revoked, or its secret is wrong.", [],
                "invalid_client"));
        }
        // RFC 6749, section 5.1: nobody may keep it.
        return Reply.Json(Token, token).With("Cache-Control", "no-store").With("Pragma", "no-cache");
    }

    private static async Task<AppToken?> Granted(Call call, string id, string secret, string? scope)
    {
        try
        {
            return await call.Service<AppService>().TokenFor(id, secret, scope, call.Ct);
        }
        catch (ProblemException refused) when (refused.Problem.Code is ProblemCode.Invalid)
        {
            throw Refused("invalid_scope", refused.Problem.Message);
        }
    }

    private static async Task<Sent> Read(Call call)
    {
        if (!call.Http.Request.HasFormContentType) return await ReadJson(call);
        var form = await call.Http.Request.ReadFormAsync(call.Ct);
        return new(One("grant_type"), One("client_id"), One("client_secret"), One("scope"));

        string? One(string name) => form[name] is { Count: > 0 } values ? values.Count == 1
            ? values[0] : throw Refused("invalid_request", $"{name} must be sent once.") : null;
    }

    // Members that RFC 6749 does not know are ignored, as its section 3.2 asks; so the body is not read as a closed shape.
    private static async Task<Sent> ReadJson(Call call)
    {
        using var document = await call.Document();
        if (document.RootElement is not { ValueKind: JsonValueKind.Object } json)
        {
            throw Refused("invalid_request", "The body must be a form or a JSON object.");
        }
        return new(One("grant_type"), One("client_id"), One("client_secret"), One("scope"));

        string? One(string name)
        {
            if (!json.TryGetProperty(name, out var value) || value.ValueKind is JsonValueKind.Null) return null;
            return Members.TryText(value, out var text) ? text : throw Refused("invalid_request", $"{name} must be a text.");
        }
    }

    private static ProblemException Refused(string word, string message) => new(new(ProblemCode.Invalid, message, [], word));

    private sealed record Sent(string? GrantType, string? ClientId, string? ClientSecret, string? Scope);
}
