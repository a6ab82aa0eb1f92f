using Microsoft.AspNetCore.WebUtilities;
using Tributary.Core.Keys;
using Tributary.Core.Sessions;
using Tributary.Server.Hosting;

namespace Tributary.Server.Dialects.Pipedrive.OAuth;

/// <summary>
/// Where an app sends its user to be asked (reference §2; RFC 6749, section 4.1.1). The user signs in and decides in one
/// form, so no session is needed, and a forged request decides nothing.
/// </summary>
internal static class AuthorizeRoutes
{
    private static readonly Member<string> ClientId = Members.Text("client_id", "The app's public name.", 200);
    private static readonly Member<string> RedirectUri =
        Members.Text("redirect_uri", "One of the app's registered addresses, letter for letter; may be left out when it has one.", 2000);
    private static readonly Member<string> State = Members.Text("state", "Comes back unchanged.", 2000);
    private static readonly Member<string> ResponseType =
        Members.Text("response_type", "code, which is also meant when it is left out.", 100);
    private static readonly Member<string> Email = Members.Email("email", "The user's.");
    private static readonly Member<string> Password = Members.Text("password", "The user's.", Passwords.MaxLength);
    private static readonly Member<string> Decision = Members.Text("decision", "allow or cancel.", 100);

    public static readonly IReadOnlyList<Operation> All =
    [
        new("GET", "/oauth/authorize", "authorize", Show)
        {
            Tag = "Oauth", Summary = "Ask a user for consent", Parameters = [ClientId.Required(), RedirectUri, State, ResponseType],
            IsAnonymous = true, AnswerType = "text/html", Cost = 0,
            CoverageNote = "The page also asks for e-mail address and password.",
        },
        new("POST", "/oauth/authorize", "decide", Decide)
        {
            Tag = "Oauth", Summary = "Allow or decline what an app asked", IsAnonymous = true, Status = 303, AnswerType = "text/html",
            Cost = 0,
            Body = new("Decision", ClientId.Required(), RedirectUri, State, Email, Password, Decision.Required()),
            BodyType = "application/x-www-form-urlencoded", Reading = TokenRoutes.Forgiving,
            CoverageNote = "What the consent page sends; not part of Pipedrive's API.",
        },
    ];

    private static async Task<Reply> Show(Call call)
    {
        var query = call.Http.Request.Query;
        var (client, asked, refusal) = await Read(call, query["client_id"], query["redirect_uri"], query["state"]);
        if (client is null || asked is null) return refusal!;
        return query["response_type"] is { Count: > 0 } type && type != "code"
            ? Back(asked, "error", "unsupported_response_type") : ConsentPage.Ask(client, asked, "");
    }

    private static async Task<Reply> Decide(Call call)
    {
        if (!call.Http.Request.HasFormContentType) return ConsentPage.Refuse("The answer must come from the form.");
        var form = await call.Http.Request.ReadFormAsync(call.Ct);
        var (client, asked, refusal) = await Read(call, form["client_id"], form["redirect_uri"], form["state"]);
        if (client is null || asked is null) return refusal!;
        // Pipedrive's word for what RFC 6749 calls access_denied.
        if (form["decision"] != "allow") return Back(asked, "error", "user_denied");

        var (email, guard, address) = (form["email"].ToString(), call.Service<SignInGuard>(), Credentials.Address(call.Http));
        if (!guard.IsOpen(email, address))
        {
            return ConsentPage.Ask(client, asked, email,
                $"Too many wrong passwords. Try again in {SignInGuard.Window.TotalMinutes:0} minutes.", 429);
        }
        if (await SignedIn(call, client, email, form["password"].ToString()) is not { } userId)
        {
            guard.Failed(email, address);
            return ConsentPage.Ask(client, asked, email, "The e-mail address or the password is not right.", 403);
        }
        guard.Succeeded(email);
        return Back(asked, "code", await call.Service<GrantService>().Allow(client, userId, asked.RedirectUri, call.Ct));
    }

    /// <summary>The user of the app's workspace whom address and password name; takes as long when there is none.</summary>
    private static async Task<long?> SignedIn(Call call, AppClient client, string email, string password)
    {
        var candidates = await call.Service<SessionService>().Find(email, call.Ct);
        var candidate = candidates.FirstOrDefault(one => one.Workspace == client.Workspace);
        return Passwords.Fits(candidate?.PasswordHash, password) ? candidate!.UserId : null;
    }

    private static async Task<(AppClient? Client, Asked? Asked, Reply? Refusal)> Read(Call call, string? clientId, string? redirectUri,
        string? state)
    {
        if (await call.Service<AppService>().Find("pipedrive", clientId ?? "", call.Ct) is not { } client)
        {
            return (null, null, ConsentPage.Refuse("client_id names no app of this server."));
        }
        var address = string.IsNullOrEmpty(redirectUri) && client.App.RedirectUris.Count == 1
            ? client.App.RedirectUris[0] : redirectUri ?? "";
        return client.App.RedirectUris.Contains(address)
            ? (client, new(client.App.ClientId, address, string.IsNullOrEmpty(state) ? null : state), null)
            : (null, null, ConsentPage.Refuse("redirect_uri is not an address that the app registered."));
    }

    // 303, so that the browser asks the app with GET and leaves the password behind (RFC 9700, section 4.12).
    private static Reply Back(Asked asked, string name, string value)
    {
        var address = QueryHelpers.AddQueryString(asked.RedirectUri, name, value);
        if (asked.State is { } state) address = QueryHelpers.AddQueryString(address, "state", state);
        return Reply.Empty(303).With("Location", address).With("Cache-Control", "no-store").With("Referrer-Policy", "no-referrer");
    }
}
