using System.Text.Json.Nodes;
using Tributary.Core.Kernel;
using Tributary.Core.Keys;
using Tributary.Server.Hosting;

namespace Tributary.Server.Dialects.YSuite;

/// <summary>
/// YSuite's External API: a pair of keys in two headers, 200 for every success, 400 for what is not found, 422 with errors{}.
/// </summary>
internal sealed class YSuiteDialect(KeyService keys) : IDialect
{
    public string Name => "ysuite";
    public string Prefix => "/ysuite";

    /// <summary>Numbers may come as text; unknown members are ignored (reference §1.4).</summary>
    public ReadingPolicy Reading { get; } = new() { NumericTexts = true, LooseFlags = true };

    public bool TakesIdempotencyKeys => true;
    public IReadOnlyList<Operation> Operations => field ??= [.. DealRoutes.All, .. ContactRoutes.All, .. TaskRoutes.All];

    public IReadOnlyList<DealLens> Lenses => [YSuiteLens.Deal];

    public JsonObject Describe() =>
        OpenApiDocument.Of(this, "YSuite External API, as served by Tributary", "Spelled as ysuiteapp.com documents it.", new()
        {
            ["access"] = new JsonObject { ["type"] = "apiKey", ["in"] = "header", ["name"] = "x-ysuite-access-key" },
            ["secret"] = new JsonObject { ["type"] = "apiKey", ["in"] = "header", ["name"] = "x-ysuite-secret-key" },
        }, YSuiteErrors.Wire, together: true);

    public async ValueTask<Caller?> Authenticate(HttpContext http, CancellationToken ct)
    {
        var (access, secret) =
            (http.Request.Headers["x-ysuite-access-key"].ToString(), http.Request.Headers["x-ysuite-secret-key"].ToString());
        return access.Length == 0 || secret.Length == 0
            ? null : Credentials.Seen(http, await keys.Resolve(Name, access, secret, Credentials.Address(http), ct));
    }

    public Reply Refuse(HttpContext http, Problem problem) => YSuiteErrors.Write(http, problem);
}
