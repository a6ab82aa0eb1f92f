using Tributary.Server.Hosting;

namespace Tributary.Server.Dialects.AutomateNexus;

/// <summary>
/// Where the API begins. Every example calls /functions/v1/api/deals while the headings print /v1/deals, so the same
/// operations answer under the base, under the base with /v1 behind it, and under /v1 alone (reference §2.1).
/// </summary>
internal static class Roots
{
    private static readonly (string Path, string Suffix)[] Others = [("/functions/v1/api/v1", "UnderV1"), ("/v1", "ShortPath")];

    public static IReadOnlyList<Operation> Under(IEnumerable<Operation> declared)
    {
        var operations = declared.ToList();
        return
        [
            .. operations.Select(operation => operation with { Path = "/functions/v1/api" + operation.Path }),
            .. Others.SelectMany(
                root => operations.Select(operation => operation
                    with { Path = root.Path + operation.Path, Id = operation.Id + root.Suffix, AliasOf = operation.Id })),
        ];
    }
}
