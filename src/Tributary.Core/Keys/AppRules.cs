using System.Text.Json;
using Tributary.Core.Kernel;

namespace Tributary.Core.Keys;

/// <summary>Which apps may be made, and what their tokens say.</summary>
internal static class AppRules
{
    public const int TokenSeconds = 3600;

    /// <summary>What a valid token names.</summary>
    public sealed record Named(Guid AppUid, Guid WorkspaceUid, Seq<string> Scopes)
    {
        public Presented Presented { get; } = new("app", $"{WorkspaceUid:D}/{AppUid:D}");
    }

    public static void Check(NewApp given, Caller caller)
    {
        var checks = new Checks();
        checks.Text("name", given.Name, 200);
        checks.Require(given.Dialect is "cpod" or "pipedrive", "dialect",
            "dialect must be cpod or pipedrive; the credentials of other dialects are keys.");
        checks.Require(given.Dialect is not "pipedrive" || given.RedirectUris.Count > 0, "redirect_uris",
            "redirect_uris must name where users are sent back to.");
        checks.Require(given.RedirectUris.Count <= 20 && given.RedirectUris.All(IsWebAddress),
            "redirect_uris", "redirect_uris must be at most 20 http or https addresses without a fragment.");
        checks.Require(given.ClientId is null or { Length: > 0 and <= KeyRules.MaxToken },
            "client_id", $"client_id must have 1 to {KeyRules.MaxToken} characters.");
        checks.Require(given.ClientSecret is null or { Length: > 0 and <= KeyRules.MaxToken },
            "client_secret", $"client_secret must have 1 to {KeyRules.MaxToken} characters.");
        ScopeRules.Check(checks, given.Scopes);
        checks.Done();
        ScopeRules.MustCover(caller, given.Scopes);
    }

    /// <summary>
    /// What a token may do: the scopes asked for that the app has. Words of other vocabularies mean nothing here and are
    /// passed over, as RFC 6749, section 3.3, allows; a request made of such words only gets what the app has.
    /// </summary>
    public static Seq<string> Granted(Seq<string> held, string? asked)
    {
        Seq<string> known = [.. (asked ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries).Where(ScopeRules.IsScope).Distinct()];
        if (known.Count == 0) return held;

        Seq<string> granted = [.. known.Where(scope => ScopeRules.Covers(held, scope))];
        return granted.Count > 0 ? granted : throw Problem.Invalid("scope",
            $"scope must be within what the app has: {string.Join(' ', held)}.");
    }

    public static IReadOnlyDictionary<string, object> Claims(Guid appUid, Guid workspaceUid, Seq<string> scopes, DateTimeOffset now) =>
        new Dictionary<string, object>
        {
            ["sub"] = appUid.ToString("D"),
            ["tenant_id"] = workspaceUid.ToString("D"),
            ["app_id"] = appUid.ToString("D"),
            ["roles"] = new[] { "app_service_account" },
            ["scope"] = string.Join(' ', scopes),
            ["iat"] = now.ToUnixTimeSeconds(),
            ["exp"] = now.ToUnixTimeSeconds() + TokenSeconds,
        };

    /// <summary>None when a claim is missing or not of its kind: a token without a tenant opens nothing.</summary>
    public static Named? Read(IReadOnlyDictionary<string, JsonElement> claims) =>
        Guid.TryParseExact(Text(claims, "app_id"), "D", out var app)
        && Guid.TryParseExact(Text(claims, "tenant_id"), "D", out var workspace)
        && Text(claims, "sub") == app.ToString("D")
        && Text(claims, "scope") is { } scopes
            ? new(app, workspace, [.. scopes.Split(' ', StringSplitOptions.RemoveEmptyEntries)])
            : null;

    private static string? Text(IReadOnlyDictionary<string, JsonElement> claims, string name) =>
        claims.TryGetValue(name, out var value) && value.ValueKind is JsonValueKind.String ? value.GetString() : null;

    private static bool IsWebAddress(string text) =>
        text.Length <= 2000 && Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme is ("http" or "https")
        && uri.Fragment.Length == 0;
}
