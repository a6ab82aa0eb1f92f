using System.Text.Json.Nodes;
using Tributary.Core.Contacts;
using Tributary.Core.Kernel;
using Tributary.Core.Keys;
using Tributary.Server.Hosting;

namespace Tributary.Server.Dialects.AutomateNexus;

/// <summary>
/// The API of AutomateNexus CRM: bearer keys, prefixed ids, {"success":true,"data":…,"meta":…}, cursors, permanent deletes.
/// </summary>
internal sealed class AutomateNexusDialect(KeyService keys, PersonService persons, OrganizationService organizations) : IDialect
{
    public string Name => "automatenexus";
    public string Prefix => "/automatenexus";

    /// <summary>Values are numbers, never texts; unknown members and parameters are ignored (reference §2.4).</summary>
    public ReadingPolicy Reading { get; } = new();
    public bool TellsLimits => true;
    public IWebhookVoice Voice { get; } = new WebhookVoice(persons, organizations);
    public IReadOnlyList<Operation> Operations => field ??=
        Roots.Under([.. DealRoutes.All, .. DealRelations.All, .. PipelineRoutes.All, .. ContactRoutes.All, .. TaskRoutes.All,
            .. WebhookRoutes.All]);

    public IReadOnlyList<DealLens> Lenses => [AutomateNexusLens.Deal];

    public JsonObject Describe() =>
        OpenApiDocument.Of(this, "AutomateNexus CRM API, as served by Tributary", "Spelled as docs.automatenexuscrm.com documents it.",
        new() { ["key"] = new JsonObject { ["type"] = "http", ["scheme"] = "bearer" } }, AutomateNexusErrors.Wire);

    public async ValueTask<Caller?> Authenticate(HttpContext http, CancellationToken ct) =>
        Credentials.Bearer(http) is { } token ? Permissions.Of(
            Credentials.Seen(http, await keys.Resolve(Name, token, null, Credentials.Address(http), ct))) : null;

    public Reply Refuse(HttpContext http, Problem problem) => AutomateNexusErrors.Write(http, problem);
}
