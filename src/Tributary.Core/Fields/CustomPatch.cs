using System.Text.Json;

namespace Tributary.Core.Fields;

/// <summary>What a caller says about custom fields: field key → value in the engine's spelling, JSON null to clear.</summary>
public sealed record CustomPatch(IReadOnlyDictionary<string, JsonElement> Values)
{
    /// <summary>Keys that no field has define one, typed by their first value (<see cref="FreeForm"/>).</summary>
    public bool IsFreeForm { get; init; }
}
