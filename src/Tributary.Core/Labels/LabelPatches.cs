using Tributary.Core.Kernel;

namespace Tributary.Core.Labels;

/// <summary>What a caller says about a label, new or existing.</summary>
public sealed record LabelPatch
{
    /// <summary>When set, the change is refused as stale unless the label has this version.</summary>
    public long? ExpectedVersion { get; init; }

    /// <summary>Creation only: "deal", "person", "organization", "lead" or "product".</summary>
    public Field<string> Subject { get; init; }
    public Field<string> Name { get; init; }

    /// <summary>A word such as "dark-gray", or "#rrggbb".</summary>
    public Field<string> Color { get; init; }

    /// <summary>Place among the labels of its subject, 1 being the first.</summary>
    public Field<long> Position { get; init; }

    /// <summary>For imports, at creation: the ids that other systems already hold.</summary>
    public Field<long> Id { get; init; }
    public Field<Guid> Uid { get; init; }
}

/// <summary>What a caller says about a ready-made lost reason, new or existing.</summary>
public sealed record LostReasonPatch
{
    /// <summary>When set, the change is refused as stale unless the reason has this version.</summary>
    public long? ExpectedVersion { get; init; }
    public Field<string> Name { get; init; }
    public Field<string?> Category { get; init; }

    /// <summary>Place among the reasons, 1 being the first.</summary>
    public Field<long> Position { get; init; }
    public Field<bool> IsActive { get; init; }
}
