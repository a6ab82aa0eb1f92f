using Tributary.Core.Kernel;

namespace Tributary.Core.Keys;

/// <summary>
/// What a client sent to say who it is. In memory as it was sent, for as long as it is known: hashing it for each request would
/// cost more than all the rest of finding out who asks. The database keeps hashes only.
/// </summary>
/// <param name="Kind">"key", "session", "app" or "grant": one kind's text never opens what another kind's opened.</param>
/// <param name="Text">The token, or what a signed token was found to name.</param>
/// <param name="Secret">The second part, where keys have two.</param>
internal readonly record struct Presented(string Kind, string Text, string? Secret = null);

/// <summary>A credential found once: whom it speaks for, and what must hold at each use.</summary>
internal sealed class KnownCredential
{
    private long usedAt = long.MinValue;

    public required Caller Caller { get; init; }

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
