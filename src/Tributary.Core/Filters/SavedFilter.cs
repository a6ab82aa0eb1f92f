using Tributary.Core.Kernel;
using Tributary.Core.Lists;

namespace Tributary.Core.Filters;

/// <summary>A condition with a name, kept for its owner, the owner's group, or everyone.</summary>
public sealed record SavedFilter
{
    public required long Id { get; init; }
    public required Guid Uid { get; init; }

    /// <summary>The noun it selects: "deal", "person", "organization", "product", "lead" or "activity".</summary>
    public required string Subject { get; init; }
    public required string Name { get; init; }
    public required Condition Condition { get; init; }

    /// <summary>A JSON object that a user interface keeps with the filter, such as its columns; the engine does not read it.</summary>
    public string? View { get; init; }
    public required long OwnerId { get; init; }

    /// <summary>1 the owner, 3 the owner's group, 7 everyone.</summary>
    public required int VisibleTo { get; init; }

    /// <summary>Made for one use by a client; not shown in lists of filters.</summary>
    public bool IsTemporary { get; init; }

    /// <summary>Whoever asks begins their lists of this noun with it; each user has one per noun.</summary>
    public bool IsDefault { get; init; }

    /// <summary>To the hour.</summary>
    public DateTimeOffset? LastUsedAt { get; init; }
    public required DateTimeOffset AddedAt { get; init; }
    public required DateTimeOffset UpdatedAt { get; init; }
    public required long Version { get; init; }
}

/// <summary>A filter to be.</summary>
public sealed record NewFilter
{
    public required string Subject { get; init; }
    public required string Name { get; init; }
    public required Condition Condition { get; init; }
    public string? View { get; init; }
    public int VisibleTo { get; init; } = 1;
    public bool IsTemporary { get; init; }
}

/// <summary>Changes to a filter; its subject never changes.</summary>
public sealed record FilterPatch
{
    public long? ExpectedVersion { get; init; }
    public Field<string> Name { get; init; }
    public Field<Condition> Condition { get; init; }
    public Field<string?> View { get; init; }
    public Field<int> VisibleTo { get; init; }
}
