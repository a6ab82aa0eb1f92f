using System.Text.Json.Nodes;
using Tributary.Core.Kernel;
using Tributary.Core.Keys;
using Tributary.Server.Dialects.Pipedrive.Limits;
using Tributary.Server.Hosting;

namespace Tributary.Server.Dialects.Pipedrive;

/// <summary>The API of Pipedrive in both versions that are in use: v2 under /api/v2, v1 under /v1 and /api/v1.</summary>
internal sealed class PipedriveDialect(KeyService keys, GrantService grants, PipedriveLimits limits, TributaryOptions options,
    IServiceProvider services) : IDialect
{
    public string Name => "pipedrive";
    public string Prefix => "/pipedrive";
    public ILimits Limits => limits;

    /// <summary>
    /// Of v2, "API v2 overview": real numbers and booleans, unknown keys refused. Operations of v1 bring their own (<see cref="Roots"/>).
    /// </summary>
    public ReadingPolicy Reading { get; } = new() { RefuseUnknownMembers = true, RefuseUnknownParameters = true, BracketedLists = true };

    public IReadOnlyList<Operation> Operations => field ??=
        [.. OAuth.AuthorizeRoutes.All, .. OAuth.TokenRoutes.All,
            .. Roots.Under(V2.V2Operations.All, V1.V1Operations.All(options.MaxFileBytes))];

    public IWebhookVoice Voice { get; } = new WebhookVoice(services);

    public IReadOnlyList<DealLens> Lenses => [PipedriveLenses.V2, PipedriveLenses.V1];

    public JsonObject Describe() =>
        OpenApiDocument.Of(this, "Pipedrive API v1 and v2, as served by Tributary", "Spelled as developers.pipedrive.com documents it.",
        new()
        {
            ["api_key"] = new JsonObject { ["type"] = "apiKey", ["in"] = "header", ["name"] = "x-api-token" },
            ["oauth2"] = OAuth.Scopes.Scheme(Prefix),
        }, PipedriveErrors.Wire);

    /// <summary>An API token, or the access token of an app. With both, the API token wins, as the official client has it.</summary>
    public async ValueTask<Caller?> Authenticate(HttpContext http, CancellationToken ct)
    {
        var caller = Token(http) is { Length: > 0 } token ? await keys.Resolve(Name, token, null, Credentials.Address(http), ct)
            : Credentials.Bearer(http) is { Length: > 0 } bearer ? await grants.Resolve(Name, bearer, ct)
            : null;
        return Permissions.Of(Credentials.Seen(http, caller));
    }

    public Reply Refuse(HttpContext http, Problem problem) => PipedriveErrors.Write(http, problem);

    /// <summary>The header that clients send since 2024, or the parameter that older ones send (reference §2).</summary>
    private static string? Token(HttpContext http) =>
        http.Request.Headers.TryGetValue("x-api-token", out var header) ? (string?)header : http.Request.Query["api_token"];
}
