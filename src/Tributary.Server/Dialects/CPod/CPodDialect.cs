using System.Text.Json.Nodes;
using Tributary.Core.Deals;
using Tributary.Core.Kernel;
using Tributary.Core.Keys;
using Tributary.Server.Hosting;

namespace Tributary.Server.Dialects.CPod;

/// <summary>
/// CyberPod's EDM resources of the domain crm: client credentials for a JWT, bare entities, FastAPI's errors, a closed schema.
/// </summary>
internal sealed class CPodDialect(AppService apps, DealService deals) : IDialect
{
    public string Name => "cpod";
    public string Prefix => "/cpod";
    public ReadingPolicy Reading { get; } = new() { RefuseUnknownMembers = true, RefuseUnknownParameters = true };

    public IReadOnlyList<Operation> Operations => field ??=
        [.. TokenRoutes.All, .. DealRoutes.All, .. AccountRoutes.All, .. ContactRoutes.All, .. ActivityRoutes.All, .. WebhookRoutes.All];

    public IWebhookVoice Voice { get; } = new WebhookVoice(deals);

    public IReadOnlyList<DealLens> Lenses => [CPodLens.Deal];

    public JsonObject Describe() =>
        OpenApiDocument.Of(this, "cPod EDM, domain crm, as served by Tributary", "Spelled as CyberPod's portal documents it.",
        new() { ["jwt"] = new JsonObject { ["type"] = "http", ["scheme"] = "bearer", ["bearerFormat"] = "JWT" } }, CPodErrors.Wire);

    public async ValueTask<Caller?> Authenticate(HttpContext http, CancellationToken ct) =>
        Credentials.Bearer(http) is { } token ? Credentials.Seen(http, await apps.ResolveJwt(token, ct)) : null;

    public Reply Refuse(HttpContext http, Problem problem) => CPodErrors.Write(http, problem);
}
