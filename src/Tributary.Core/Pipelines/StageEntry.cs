using Tributary.Core.Kernel;

namespace Tributary.Core.Pipelines;

/// <summary>
/// What a stage asks of a deal that enters it, and of whoever brings it there. A stage of kind won or lost asks it of deals
/// that are closed that way.
/// </summary>
public sealed record StageEntry
{
    /// <summary>Asks nothing: what every stage does until somebody says otherwise.</summary>
    public static readonly StageEntry Free = new();

    /// <summary>Fields that must hold something by then, as <see cref="EntryFields"/> names them.</summary>
    public Seq<string> Required { get; init; } = [];

    /// <summary>Whether a deal may come from further back than the open stage before.</summary>
    public bool MaySkip { get; init; } = true;

    /// <summary>Whether a deal may come back from a later stage.</summary>
    public bool MayReturn { get; init; } = true;

    /// <summary>Who may bring deals.</summary>
    public Circle Who { get; init; } = Circle.Everyone;
}

/// <summary>What a caller says about a <see cref="StageEntry"/>; what is left out stays as it is.</summary>
public sealed record StageEntryPatch
{
    public Field<Seq<string>> Required { get; init; }
    public Field<bool> MaySkip { get; init; }
    public Field<bool> MayReturn { get; init; }
    public Field<Circle> Who { get; init; }
}
