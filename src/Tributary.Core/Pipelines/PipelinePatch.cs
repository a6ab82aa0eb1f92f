using Tributary.Core.Kernel;

namespace Tributary.Core.Pipelines;

/// <summary>What a caller says about a pipeline, new or existing.</summary>
public sealed record PipelinePatch
{
    /// <summary>When set, the change is refused as stale unless the pipeline has this version.</summary>
    public long? ExpectedVersion { get; init; }

    public Field<string> Name { get; init; }

    /// <summary>Place among the pipelines, 1 being the first.</summary>
    public Field<long> Position { get; init; }

    /// <summary>True takes the part from the pipeline that had it. False is refused on the one that has it: name another instead.</summary>
    public Field<bool> IsDefault { get; init; }
    public Field<bool> UsesProbability { get; init; }

    /// <summary>For imports, at creation: the ids that other systems already hold.</summary>
    public Field<long> Id { get; init; }
    public Field<Guid> Uid { get; init; }
}

/// <summary>What a caller says about a stage, new or existing.</summary>
public sealed record StagePatch
{
    /// <summary>When set, the change is refused as stale unless the stage has this version.</summary>
    public long? ExpectedVersion { get; init; }

    /// <summary>Another one moves the stage there, and its deals with it (Pipedrive, "Update stage details").</summary>
    public Field<long> PipelineId { get; init; }
    public Field<string> Name { get; init; }

    /// <summary>Place among the stages of its kind, 1 being the first.</summary>
    public Field<long> Position { get; init; }

    /// <summary>Creation only.</summary>
    public Field<StageKind> Kind { get; init; }
    public Field<decimal> Probability { get; init; }
    public Field<int?> RottenDays { get; init; }
    public Field<string?> Color { get; init; }

    /// <summary>What it asks of deals that enter it; null: nothing any more.</summary>
    public Field<StageEntryPatch?> Entry { get; init; }

    /// <summary>For imports, at creation: the ids that other systems already hold.</summary>
    public Field<long> Id { get; init; }
    public Field<Guid> Uid { get; init; }
}

/// <summary>How many deals are in a stage, those in the archive left out.</summary>
public sealed record StageDeals
{
    public required long StageId { get; init; }
    public required long Open { get; init; }
    public required long Won { get; init; }
    public required long Lost { get; init; }
}
