namespace Tributary.Core.Activities;

/// <summary>A kind of activity: call, meeting, task, deadline, email, lunch, or one of the workspace's own.</summary>
public sealed record ActivityType
{
    public required long Id { get; init; }
    public required Guid Uid { get; init; }

    /// <summary>The word that activities carry; never changes.</summary>
    public required string Key { get; init; }
    public required string Name { get; init; }
    public required string Icon { get; init; }
    public string? Color { get; init; }
    public required long Position { get; init; }
    public required bool IsActive { get; init; }
    public required bool IsCustom { get; init; }
    public required DateTimeOffset AddedAt { get; init; }
    public required DateTimeOffset UpdatedAt { get; init; }
    public required long Version { get; init; }
}
