using Tributary.Server.Hosting;

namespace Tributary.Server.Dialects.Pipedrive;

/// <summary>
/// Where the versions begin: v2 under /api/v2; v1 under /v1, and under /api/v1, which clients use after an OAuth sign-in
/// (reference §2). Routes say their paths without it.
/// </summary>
internal static class Roots
{
    private const string V2 = "/api/v2";
    private const string V1 = "/v1";
    private const string V1AfterOAuth = "/api/v1";

    /// <summary>v1 takes "42" for 42, 0 and 1 for booleans, forms for JSON, and ignores what it does not know.</summary>
    private static readonly ReadingPolicy Lenient = new() { NumericTexts = true, LooseFlags = true, Forms = true, BracketedLists = true };

    /// <param name="v2">Operations whose id no operation of v1 has.</param>
    /// <param name="v1">Operations whose id ends with V1 where v2 has the same.</param>
    public static IReadOnlyList<Operation> Under(IReadOnlyList<Operation> v2, IReadOnlyList<Operation> v1) =>
    [
        .. v2.Select(operation => operation with { Path = V2 + operation.Path }),
        .. v1.Select(operation => operation with { Path = V1 + operation.Path, Reading = Lenient }),
        .. v1.Select(operation => operation
            with { Path = V1AfterOAuth + operation.Path, Reading = Lenient, Id = operation.Id + "AfterOAuth", AliasOf = operation.Id }),
    ];

    /// <summary>Whether the request is one of v1. Paths that are of no version are answered as v2 answers.</summary>
    public static bool IsV1(HttpContext http)
    {
        var path = http.Request.Path;
        return path.StartsWithSegments("/pipedrive" + V1) || path.StartsWithSegments("/pipedrive" + V1AfterOAuth);
    }
}
