using Tributary.Core.Kernel;

namespace Tributary.Core.Fields;

/// <summary>Another type for a field.</summary>
public sealed record NewType
{
    public required FieldType Type { get; init; }

    /// <summary>The choices of a field that becomes one of choices; none: they are made of the values there are.</summary>
    public Seq<NewOption> Options { get; init; } = [];

    /// <summary>The field's version that was looked at.</summary>
    public long? ExpectedVersion { get; init; }
}

/// <summary>How many values stay, lose a part, or are lost.</summary>
public sealed record TypeCounts(long Kept, long Reduced, long Lost)
{
    public long Total => Kept + Reduced + Lost;

    public TypeCounts And(Conversion what) => what switch
    {
        Conversion.Kept => this with { Kept = Kept + 1 },
        Conversion.Reduced => this with { Reduced = Reduced + 1 },
        Conversion.Lost => this with { Lost = Lost + 1 },
    };
}

/// <summary>A value that would not stay as it is.</summary>
/// <param name="Subject">The kind of record, "lead" among them.</param>
/// <param name="After">None: it is lost.</param>
public sealed record TypeExample(string Subject, long Id, string Name, string Before, string? After, Conversion What);

/// <summary>A saved filter or an automation that names the field, and may not understand its new type.</summary>
public sealed record FieldUse(string Kind, long Id, string Name);

/// <summary>What a change of type would do; nothing was done.</summary>
public sealed record TypePreview
{
    public required FieldType Type { get; init; }
    public required TypeCounts Counts { get; init; }
    public required Seq<FieldOption> Options { get; init; }

    /// <summary>Of records that the caller sees.</summary>
    public required IReadOnlyList<TypeExample> Examples { get; init; }
    public required IReadOnlyList<FieldUse> Uses { get; init; }
}
