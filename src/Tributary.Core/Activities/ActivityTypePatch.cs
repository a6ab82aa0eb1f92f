using Tributary.Core.Kernel;

namespace Tributary.Core.Activities;

/// <summary>What a caller says about an activity type, new or existing. The key follows from the first name and never changes.</summary>
public sealed record ActivityTypePatch
{
    /// <summary>When set, the change is refused as stale unless the type has this version.</summary>
    public long? ExpectedVersion { get; init; }
    public Field<string> Name { get; init; }
    public Field<string> Icon { get; init; }

    /// <summary>Six hexadecimal digits.</summary>
    public Field<string?> Color { get; init; }
    public Field<long> Position { get; init; }
    public Field<bool> IsActive { get; init; }
}
