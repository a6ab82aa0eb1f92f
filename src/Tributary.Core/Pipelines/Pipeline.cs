namespace Tributary.Core.Pipelines;

/// <summary>A way of selling: an ordered list of stages that deals move through.</summary>
public sealed record Pipeline
{
    public required long Id { get; init; }
    public required Guid Uid { get; init; }
    public required string Name { get; init; }
    public required long Position { get; init; }

    /// <summary>Exactly one pipeline of a workspace is where deals go when nobody says which.</summary>
    public required bool IsDefault { get; init; }

    /// <summary>When false, weighted value equals value in this pipeline.</summary>
    public required bool UsesProbability { get; init; }
    public required DateTimeOffset AddedAt { get; init; }
    public required DateTimeOffset UpdatedAt { get; init; }
    public DateTimeOffset? DeletedAt { get; init; }
    public required long Version { get; init; }
}
