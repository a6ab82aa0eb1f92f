using Tributary.Core.Kernel;

namespace Tributary.Core.Keys;

/// <summary>A credential for one dialect and one workspace, acting as one user. Its text is not kept, only a hash of it.</summary>
public sealed record ApiKey
{
    public required long Id { get; init; }
    public required Guid Uid { get; init; }
    public required string Dialect { get; init; }
    public required string Name { get; init; }

    /// <summary>Whom it acts for: the user's role and groups apply, narrowed by the scopes.</summary>
    public required long UserId { get; init; }

    /// <summary>The first characters, by which its owner recognises it.</summary>
    public required string Prefix { get; init; }
    public required Seq<string> Scopes { get; init; }

    /// <summary>Addresses or networks (CIDR) it may be used from; empty means anywhere.</summary>
    public required Seq<string> AllowedIps { get; init; }
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>
    /// What it may cost a day, in its dialect's tokens (Pipedrive's published costs, elsewhere 1 a request); none: no limit of its own.
    /// </summary>
    public long? DailyBudget { get; init; }
    public DateTimeOffset? RevokedAt { get; init; }

    /// <summary>To the minute, and at most a minute late.</summary>
    public DateTimeOffset? LastUsedAt { get; init; }
    public required DateTimeOffset AddedAt { get; init; }
    public long? AddedBy { get; init; }
}

/// <summary>A key to be.</summary>
public sealed record NewKey
{
    public required string Dialect { get; init; }
    public required string Name { get; init; }

    /// <summary>Left out: the caller.</summary>
    public long? UserId { get; init; }
    public Seq<string> Scopes { get; init; } = ["*"];
    public Seq<string> AllowedIps { get; init; } = [];
    public DateTimeOffset? ExpiresAt { get; init; }
    public long? DailyBudget { get; init; }

    /// <summary>Known beforehand by the sandbox and by imports; no route may set them. Left out, they are drawn at random.</summary>
    public string? Token { get; init; }
    public string? Secret { get; init; }
}

/// <summary>Changes to a key. Whom it acts for and what it may do never change: make another.</summary>
public sealed record KeyPatch
{
    public Field<string> Name { get; init; }
    public Field<long?> DailyBudget { get; init; }
}

/// <summary>A key with its text, which is never shown again.</summary>
public sealed record CreatedKey(ApiKey Key, string Token, string? Secret);
