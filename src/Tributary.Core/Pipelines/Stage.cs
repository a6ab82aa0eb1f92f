namespace Tributary.Core.Pipelines;

/// <summary>
/// Open stages hold deals. A pipeline has one stage of each other kind too; they hold none and name the outcome for
/// dialects that have no status (YSuite's stage types): moving a deal there closes it and leaves its stage as it was.
/// </summary>
public enum StageKind { Open, Won, Lost }

/// <summary>One step of a pipeline.</summary>
public sealed record Stage
{
    public required long Id { get; init; }
    public required Guid Uid { get; init; }
    public required long PipelineId { get; init; }
    public required string Name { get; init; }

    /// <summary>Rising from left to right within the pipeline, starting at 1.</summary>
    public required long Position { get; init; }
    public required StageKind Kind { get; init; }

    /// <summary>Percent, used by deals that have no probability of their own.</summary>
    public decimal Probability => ProbabilityBp / 100m;

    /// <summary>Days without a change or an activity after which a deal here counts as rotten; none means never.</summary>
    public int? RottenDays { get; init; }

    /// <summary>One of <see cref="StageColors"/>; none leaves it to whoever shows the stage.</summary>
    public string? Color { get; init; }

    /// <summary>What it asks of deals that enter it.</summary>
    public StageEntry Entry { get; init; } = StageEntry.Free;
    public required DateTimeOffset AddedAt { get; init; }
    public required DateTimeOffset UpdatedAt { get; init; }
    public DateTimeOffset? DeletedAt { get; init; }
    public required long Version { get; init; }

    internal int ProbabilityBp { get; init; }
}
