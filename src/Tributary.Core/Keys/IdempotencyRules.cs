using System.Globalization;
using Tributary.Core.Kernel;

namespace Tributary.Core.Keys;

/// <summary>A header of a kept answer.</summary>
public sealed record KeptHeader(string Name, string Value);

/// <summary>An answer as it was given, to be given again.</summary>
public sealed record KeptAnswer(int Status, Seq<KeptHeader> Headers, byte[] Body);

/// <summary>
/// What a repeated request finds. New: do it, then finish or drop it. Replay: give the kept answer. Different: the key
/// was used for another request. Running: the first one has not ended yet.
/// </summary>
public enum AttemptKind { New, Replay, Different, Running }

/// <summary>The answer is there for a replay only.</summary>
public sealed record Attempt(AttemptKind Kind, KeptAnswer? Answer = null);

/// <summary>When an answer is given again.</summary>
internal static class IdempotencyRules
{
    public static readonly TimeSpan Kept = TimeSpan.FromHours(24);

    /// <summary>A request without an answer for so long died with its server; the client may not wait a day for that.</summary>
    public static readonly TimeSpan Abandoned = TimeSpan.FromMinutes(10);

    /// <summary>Credentials that are not keys (apps, sessions) are told apart within the lookup; hashing gives it one length.</summary>
    public static IdempotencyStore.Key KeyOf(Caller caller, string lookup) =>
        new(caller.KeyId ?? 0, ApiToken.Hash(string.Create(CultureInfo.InvariantCulture,
            $"{caller.Dialect}\n{caller.AppId}\n{caller.UserId}\n{lookup}")));

    /// <returns>None when what is kept is too old to count.</returns>
    public static Attempt? Judge(IdempotencyStore.Row kept, string requestHash, DateTimeOffset now)
    {
        var age = now - kept.AddedAt;
        if (age >= Kept || (kept.Status is null && age >= Abandoned)) return null;
        if (!ApiToken.Same(kept.RequestHash, requestHash)) return new(AttemptKind.Different);
        return kept.Status is { } status
            ? new(AttemptKind.Replay, new(status, kept.Headers ?? [], kept.Body ?? []))
            : new(AttemptKind.Running);
    }
}
