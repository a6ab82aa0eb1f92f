using System.Text.Json;
using Tributary.Core.Kernel;

namespace Tributary.Core.Fields;

/// <summary>What a caller says about custom fields: field key → value in the engine's spelling, JSON null to clear.</summary>
public sealed record CustomPatch(IReadOnlyDictionary<string, JsonElement> Values)
{
    /// <summary>Keys that no field has define one, typed by their first value (<see cref="FreeForm"/>).</summary>
    public bool IsFreeForm { get; init; }

    /// <summary>
    /// Keys whose objects are laid over what is stored: members that are left out stay as they are, JSON null takes one away.
    /// </summary>
    public Seq<string> Partial { get; init; } = [];
}
