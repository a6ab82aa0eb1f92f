using Tributary.Core.Kernel;

namespace Tributary.Core.Keys;

/// <summary>
/// A user's consent that an app acts for them (RFC 6749, section 4.1). It stands until it is revoked or its last refresh token runs out.
/// </summary>
public sealed record Grant
{
    public required long Id { get; init; }
    public required Guid Uid { get; init; }
    public required long AppId { get; init; }

    /// <summary>For whom the app acts: their role and groups apply, narrowed by the scopes.</summary>
    public required long UserId { get; init; }
    public required Seq<string> Scopes { get; init; }

    /// <summary>Where the code was sent; exchanging it must name the same address.</summary>
    public required string RedirectUri { get; init; }
    public required DateTimeOffset CodeUntil { get; init; }
    public DateTimeOffset? ExchangedAt { get; init; }
    public DateTimeOffset? RefreshUntil { get; init; }

    /// <summary>Access tokens name the epoch they were made in; those of former ones open nothing.</summary>
    public required long Epoch { get; init; }
    public required DateTimeOffset AddedAt { get; init; }
    public DateTimeOffset? RevokedAt { get; init; }
}

/// <summary>An app that proved who it is, or only said so, and the workspace it belongs to.</summary>
public sealed record AppClient(App App, long Workspace, Guid WorkspaceUid, string WorkspaceName);

/// <summary>What a code or a refresh token is exchanged for.</summary>
public sealed record GrantTokens(string AccessToken, int ExpiresIn, string RefreshToken, Seq<string> Scopes);
