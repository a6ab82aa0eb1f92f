using System.Text.Json.Nodes;
using Tributary.Core.Kernel;
using Tributary.Core.Keys;
using Tributary.Server.Hosting;

namespace Tributary.Server.Dialects.Switch;

/// <summary>The Deals API of Switch (Switch Labs CRM): bearer keys, {"data": …}, limit and offset, soft delete with 204.</summary>
internal sealed class SwitchDialect(KeyService keys) : IDialect
{
    public string Name => "switch";
    public string Prefix => "/switch";
    public ReadingPolicy Reading { get; } = new();
    public IReadOnlyList<Operation> Operations => DealRoutes.All;

    public IReadOnlyList<DealLens> Lenses => [SwitchLens.Deal];

    public JsonObject Describe() =>
        OpenApiDocument.Of(this, "Switch deals API, as served by Tributary", "Spelled as crm.switchlabs.dev documents it.",
        new() { ["key"] = new JsonObject { ["type"] = "http", ["scheme"] = "bearer" } }, SwitchErrors.Wire);

    public async ValueTask<Caller?> Authenticate(HttpContext http, CancellationToken ct) =>
        Credentials.Bearer(http) is { } token ? Credentials.Seen(http, await keys.Resolve(Name, token, null, Credentials.Address(http), ct))
        : null;

    public Reply Refuse(HttpContext http, Problem problem) => SwitchErrors.Write(http, problem);
}
