using Tributary.Core.Kernel;

namespace Tributary.Core.Keys;

/// <summary>
/// A program with client credentials. One of cPod exchanges them for short-lived tokens of its own and sees the deals it
/// wrote and those of no app, never another app's. One of Pipedrive acts for users who allowed it (<see cref="Grant"/>).
/// </summary>
public sealed record App
{
    public required long Id { get; init; }
    public required Guid Uid { get; init; }
    public required string Name { get; init; }
    public required string Dialect { get; init; }
    public required string ClientId { get; init; }

    /// <summary>Whose role and groups apply to what it does for itself.</summary>
    public required long UserId { get; init; }
    public required Seq<string> Scopes { get; init; }
    public required Seq<string> RedirectUris { get; init; }
    public required DateTimeOffset AddedAt { get; init; }
    public DateTimeOffset? RevokedAt { get; init; }
}

/// <summary>An app to be.</summary>
public sealed record NewApp
{
    public required string Name { get; init; }
    public string Dialect { get; init; } = "cpod";

    /// <summary>Left out: the caller.</summary>
    public long? UserId { get; init; }
    public Seq<string> Scopes { get; init; } = ["*"];
    public Seq<string> RedirectUris { get; init; } = [];

    /// <summary>Known beforehand by the sandbox; no route may set them. Left out, they are drawn at random.</summary>
    public string? ClientId { get; init; }
    public string? ClientSecret { get; init; }
}

/// <summary>An app with its secret, which is never shown again.</summary>
public sealed record CreatedApp(App App, string ClientSecret);

/// <summary>A bearer token, valid for so many seconds.</summary>
public sealed record AppToken(string AccessToken, int ExpiresIn, string Scope);
