using System.Collections.Concurrent;
using System.Text.Json;
using Tributary.Core.Kernel;

namespace Tributary.Core.Keys;

/// <summary>
/// Signed tokens that were verified lately and what they name, so that a token is verified once and not with each request. A token
/// is taken only under the very keys it was verified with, and until it expires; whether what it names still stands is
/// asked each time by whoever uses it.
/// </summary>
internal sealed class VerifiedTokens<T>(Func<IReadOnlyDictionary<string, JsonElement>, T?> read) where T : class
{
    private const int Capacity = 20_000;

    private readonly ConcurrentDictionary<string, Verified> known = new(StringComparer.Ordinal);

    /// <summary>What a valid token names, or none.</summary>
    public T? Find(string token, IReadOnlyList<byte[]> keys, DateTimeOffset now)
    {
        if (known.TryGetValue(token, out var found) && ReferenceEquals(found.Keys, keys) && now >= found.Since && now < found.Until)
        {
            return found.Named;
        }

        var verified = Jwt.Verify(token, keys, now);
        if (!verified.IsValid || read(verified.Claims) is not { } named)
        {
            known.TryRemove(token, out _);
            return null;
        }
        if (known.Count >= Capacity) known.Clear();
        known[token] = new(keys, now, verified.Expires, named);
        return named;
    }

    private sealed record Verified(IReadOnlyList<byte[]> Keys, DateTimeOffset Since, DateTimeOffset Until, T Named);
}
