using Tributary.Core.Kernel;

namespace Tributary.Core.Users;

/// <summary>Someone who signs in, owns deals and is named in the log.</summary>
public sealed record User
{
    public required long Id { get; init; }
    public required Guid Uid { get; init; }
    public required string Name { get; init; }
    public required string Email { get; init; }
    public required Role Role { get; init; }
    public long? GroupId { get; init; }
    public string? Phone { get; init; }
    public required string Locale { get; init; }
    public required string TimeZone { get; init; }
    public required string DefaultCurrency { get; init; }
    public required bool IsActive { get; init; }
    public DateTimeOffset? LastLoginAt { get; init; }
    public required DateTimeOffset AddedAt { get; init; }
    public required DateTimeOffset UpdatedAt { get; init; }
    public required long Version { get; init; }
}

/// <summary>
/// A team for visibility: deals shown to "the owner's group" are shown to its members, and with sub-groups to those
/// below.
/// </summary>
public sealed record UserGroup
{
    public required long Id { get; init; }
    public required Guid Uid { get; init; }
    public required string Name { get; init; }
    public long? ParentId { get; init; }
    public required DateTimeOffset AddedAt { get; init; }
    public required DateTimeOffset UpdatedAt { get; init; }
    public required long Version { get; init; }
}
