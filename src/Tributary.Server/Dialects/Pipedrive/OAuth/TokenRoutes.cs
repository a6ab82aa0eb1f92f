using Tributary.Core.Kernel;
using Tributary.Core.Keys;
using Tributary.Server.Hosting;

namespace Tributary.Server.Dialects.Pipedrive.OAuth;

/// <summary>
/// Codes and refresh tokens for access tokens, and the way to end them (reference §2; RFC 6749, sections 4.1.3 and 6; RFC
/// 7009). The app proves who it is by HTTP Basic, or in the form.
/// </summary>
internal static class TokenRoutes
{
    /// <summary>RFC 6749, sections 3.1 and 3.2: parameters that are not known are ignored.</summary>
    public static readonly ReadingPolicy Forgiving = new();

    private static readonly Member<string> GrantType = Members.Text("grant_type", "authorization_code or refresh_token.", 100);
    private static readonly Member<string> Code = Members.Text("code", "Of authorization_code.", 200);
    private static readonly Member<string> RedirectUri = Members.Text("redirect_uri", "The address the code was sent to.", 2000);
    private static readonly Member<string> RefreshToken = Members.Text("refresh_token", "Of refresh_token.", 200);
    private static readonly Member<string> ClientId = Members.Text("client_id", "Better sent as HTTP Basic.", 200);
    private static readonly Member<string> ClientSecret = Members.Text("client_secret", "Better sent as HTTP Basic.", 200);
    private static readonly Member<string> Token =
        Members.Text("token", "A refresh token, which ends the consent, or an access token, which ends only the access tokens so far.",
            4000);
    private static readonly Member<string> Hint = Members.Text("token_type_hint", "refresh_token or access_token.", 100);

    private static readonly Wire<(GrantTokens Tokens, string Domain)> Answer = new Wire<(GrantTokens Tokens, string Domain)>("Tokens")
        .Text("access_token", t => t.Tokens.AccessToken, nullable: false)
        .Text("token_type", _ => "Bearer", nullable: false)
        .Text("refresh_token", t => t.Tokens.RefreshToken, nullable: false)
        .Text("scope", t => Scopes.Text(t.Tokens.Scopes), nullable: false)
        .Whole("expires_in", t => t.Tokens.ExpiresIn)
        .Text("api_domain", t => t.Domain, "What stands before /api/v1 and /api/v2.", nullable: false);

    private static readonly Wire<bool> Done = new Wire<bool>("Revoked").Flag("success", done => done);

    private static readonly Problem BadClient =
        new(ProblemCode.Unauthenticated, "The client is unknown, revoked, or its secret is wrong.", [], "invalid_client");
    private static readonly Problem BadRequest =
        new(ProblemCode.Invalid, "The grant or its parameters are wrong (RFC 6749, section 5.2).", [], "invalid_request");

    public static readonly IReadOnlyList<Operation> All =
    [
        new("POST", "/oauth/token", "get-tokens", Give)
        {
            Tag = "Oauth", Summary = "Get tokens for a code or a refresh token", IsAnonymous = true, Cost = 0, Answer = Answer,
            Refusals = [BadClient, BadRequest],
            Body = new("TokenRequest", GrantType.Required(), Code, RedirectUri, RefreshToken, ClientId, ClientSecret),
            BodyType = "application/x-www-form-urlencoded", Reading = Forgiving,
        },
        new("POST", "/oauth/revoke", "revoke-token", Revoke)
        {
            Tag = "Oauth", Summary = "Revoke a token", IsAnonymous = true, Cost = 0, Answer = Done, Refusals = [BadClient, BadRequest],
            Body = new("RevokeRequest", Token.Required(), Hint, ClientId, ClientSecret), BodyType = "application/x-www-form-urlencoded",
            Reading = Forgiving,
            CoverageNote = "A token that is unknown is answered like any other, as RFC 7009 asks.",
        },
    ];

    private static async Task<Reply> Give(Call call)
    {
        var form = await Form(call);
        var client = await Client(call, form);
        var grants = call.Service<GrantService>();
        var tokens = One(form, "grant_type") switch
        {
            null => throw Refused("invalid_request", "grant_type is required."),
            "authorization_code" =>
                await grants.Exchange(client, Needed(form, "code"), One(form, "redirect_uri") ?? Only(client.App.RedirectUris), call.Ct),
            "refresh_token" => await grants.Refresh(client, Needed(form, "refresh_token"), call.Ct),
            _ => throw Refused("unsupported_grant_type", "grant_type must be authorization_code or refresh_token."),
        };
        if (tokens is null)
        {
            throw Refused("invalid_grant",
                "The code or refresh token is not good: it expired, was used, was revoked, or belongs to another request.");
        }
        // RFC 6749, section 5.1: nobody may keep it.
        return Reply.Json(Answer, (tokens, call.DialectUrl)).With("Cache-Control", "no-store").With("Pragma", "no-cache");
    }

    private static async Task<Reply> Revoke(Call call)
    {
        var form = await Form(call);
        var client = await Client(call, form);
        // The official client encodes access tokens twice; ours have nothing that could be encoded.
        await call.Service<GrantService>().RevokeToken(client, Needed(form, "token"), call.Ct);
        return Reply.Json(Done, true);
    }

    private static async Task<AppClient> Client(Call call, IFormCollection form)
    {
        var (id, secret) = Credentials.Basic(call.Http) ?? (One(form, "client_id"), One(form, "client_secret"));
        return await call.Service<AppService>().Authenticate("pipedrive", id ?? "", secret ?? "", call.Ct)
            ?? throw new ProblemException(BadClient);
    }

    private static async Task<IFormCollection> Form(Call call) => call.Http.Request.HasFormContentType
        ? await call.Http.Request.ReadFormAsync(call.Ct)
        : throw Refused("invalid_request", "The body must be application/x-www-form-urlencoded.");

    private static string? Only(Seq<string> addresses) => addresses.Count == 1 ? addresses[0] : null;

    private static string Needed(IFormCollection form, string name) =>
        One(form, name) ?? throw Refused("invalid_request", $"{name} is required.");

    // RFC 6749, section 3.2: parameters without a value count as left out, and none may come twice.
    private static string? One(IFormCollection form, string name) => form[name] switch
    {
        { Count: > 1 } => throw Refused("invalid_request", $"{name} must be sent once."),
        [{ Length: > 0 } value] => value,
        _ => null,
    };

    private static ProblemException Refused(string word, string message) => new(new(ProblemCode.Invalid, message, [], word));
}
