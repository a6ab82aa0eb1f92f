namespace Tributary.Core.Labels;

/// <summary>A coloured mark picked from a list, per kind of record.</summary>
public sealed record Label
{
    public required long Id { get; init; }
    public required Guid Uid { get; init; }

    /// <summary>"deal", "person", "organization", "lead" or "product".</summary>
    public required string Subject { get; init; }
    public required string Name { get; init; }
    public required string Color { get; init; }
    public required long Position { get; init; }
    public required DateTimeOffset AddedAt { get; init; }
    public required DateTimeOffset UpdatedAt { get; init; }
    public DateTimeOffset? DeletedAt { get; init; }
    public required long Version { get; init; }
}

/// <summary>A free word on a record. Writing an unknown one creates it.</summary>
public sealed record Tag
{
    public required long Id { get; init; }
    public required Guid Uid { get; init; }
    public required string Name { get; init; }
    public required DateTimeOffset AddedAt { get; init; }
}

/// <summary>A ready-made reason for losing; deals keep the text, not the id.</summary>
public sealed record LostReason
{
    public required long Id { get; init; }
    public required Guid Uid { get; init; }
    public required string Name { get; init; }
    public string? Category { get; init; }
    public required long Position { get; init; }
    public required bool IsActive { get; init; }
    public required long Version { get; init; }
}
