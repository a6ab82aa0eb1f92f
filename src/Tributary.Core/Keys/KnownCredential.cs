using Tributary.Core.Kernel;

namespace Tributary.Core.Keys;

/// <summary>A credential found once: whom it speaks for, and what must hold at each use.</summary>
internal sealed class KnownCredential
{
    private long usedAt = long.MinValue;

    public required Caller Caller { get; init; }

    /// <summary>SHA-256 of the token; none for an app, whose tokens are signed.</summary>
    public string? TokenHash { get; init; }
    public string? SecretHash { get; init; }
    public Seq<string> AllowedIps { get; init; } = [];
    /// <summary>Of a key as it was found; each noted use of a session moves it on.</summary>
    public DateTimeOffset? ExpiresAt { get; set; }

    /// <summary>Of the workspace, when this was found.</summary>
    public required long CatalogVersion { get; init; }

    /// <summary>
    /// When it was last known to be true, in milliseconds of the clock. Written by whoever looked; any of several
    /// values is right.
    /// </summary>
    public long CheckedAt { get; set; }

    /// <summary>True at most once a minute: then the use is worth writing down.</summary>
    public bool IsUseToNote(DateTimeOffset now)
    {
        var last = Interlocked.Read(ref usedAt);
        var at = now.ToUnixTimeMilliseconds();
        if (last != long.MinValue && Math.Abs(at - last) < 60_000) return false;
        return Interlocked.CompareExchange(ref usedAt, at, last) == last;
    }
}
