using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Tributary.Core.Kernel;

public enum JwtOutcome
{
    Valid,
    Malformed,
    WrongAlgorithm,
    BadSignature,
    Expired,
    NotYetValid,
}

/// <summary>What a token turned out to be. Claims are empty unless the outcome is <see cref="JwtOutcome.Valid"/>.</summary>
public sealed record JwtResult(JwtOutcome Outcome, IReadOnlyDictionary<string, JsonElement> Claims)
{
    public bool IsValid => Outcome == JwtOutcome.Valid;

    /// <summary>The moment from which a valid token is valid no longer.</summary>
    public DateTimeOffset Expires { get; init; }
}

/// <summary>
/// JSON Web Tokens signed with HMAC-SHA256 and nothing else (RFC 7515, RFC 7519). The algorithm is ours, never the
/// token's: its header is only checked to agree, and names no key.
/// </summary>
public static class Jwt
{
    private const int MaxLength = 8 * 1024;
    private const decimal Skew = 60;
    private const string Header = """{"alg":"HS256","typ":"JWT"}""";

    private static readonly JsonSerializerOptions strict = new() { AllowDuplicateProperties = false };

    public static string Sign(IReadOnlyDictionary<string, object> claims, byte[] key)
    {
        var signed = $"{Base64UrlText.Encode(Header)}.{Base64UrlText.Encode(JsonSerializer.SerializeToUtf8Bytes(claims))}";
        return $"{signed}.{Base64UrlText.Encode(Mac(signed, key))}";
    }

    /// <summary>Several keys let one be replaced while tokens of the old one still run. No token makes it throw.</summary>
    public static JwtResult Verify(string token, IReadOnlyList<byte[]> keys, DateTimeOffset now)
    {
        if (token.Length > MaxLength) return Refused(JwtOutcome.Malformed);

        var parts = token.Split('.');
        if (parts.Length != 3
            || !Base64UrlText.TryDecode(parts[0], out var headerBytes)
            || !Base64UrlText.TryDecode(parts[1], out var payload)
            || !Base64UrlText.TryDecode(parts[2], out var signature)
            || ReadObject(headerBytes) is not { } header
            || !HasPlainHeader(header)) return Refused(JwtOutcome.Malformed);

        if (TextOf(header, "alg") != "HS256") return Refused(JwtOutcome.WrongAlgorithm);

        var signed = token[..token.LastIndexOf('.')];
        if (!keys.Any(key => CryptographicOperations.FixedTimeEquals(Mac(signed, key), signature))) return Refused(JwtOutcome.BadSignature);

        if (ReadObject(payload) is not { } claims) return Refused(JwtOutcome.Malformed);

        var outcome = CheckTimes(claims, now);
        return outcome == JwtOutcome.Valid ? new(outcome, claims) { Expires = EndOf(claims) } : Refused(outcome);
    }

    private static JwtResult Refused(JwtOutcome outcome) => new(outcome, new Dictionary<string, JsonElement>());

    private static byte[] Mac(string signed, byte[] key)
    {
        // RFC 7518, section 3.2: a key is at least as long as the hash. A shorter one is a mistake of ours, so it is loud.
        ArgumentOutOfRangeException.ThrowIfLessThan(key.Length, HMACSHA256.HashSizeInBytes, nameof(key));
        return HMACSHA256.HashData(key, Encoding.ASCII.GetBytes(signed));
    }

    /// <summary>"crit" lists extensions a reader must understand (RFC 7515, section 4.1.11); we understand none.</summary>
    private static bool HasPlainHeader(Dictionary<string, JsonElement> header) =>
        !header.ContainsKey("crit")
        && (!header.ContainsKey("typ") || string.Equals(TextOf(header, "typ"), "JWT", StringComparison.OrdinalIgnoreCase));

    private static JwtOutcome CheckTimes(Dictionary<string, JsonElement> claims, DateTimeOffset now)
    {
        var seconds = now.ToUnixTimeMilliseconds() / 1000m;

        if (TimeOf(claims, "exp") is not { } expires) return JwtOutcome.Malformed;
        if (seconds >= expires) return JwtOutcome.Expired;

        foreach (var claim in (ReadOnlySpan<string>)["nbf", "iat"])
        {
            if (!claims.ContainsKey(claim)) continue;
            if (TimeOf(claims, claim) is not { } starts) return JwtOutcome.Malformed;
            if (seconds + Skew < starts) return JwtOutcome.NotYetValid;
        }

        return JwtOutcome.Valid;
    }

    // A token may name an end beyond all calendars.
    private static DateTimeOffset EndOf(Dictionary<string, JsonElement> claims) =>
        DateTimeOffset.FromUnixTimeMilliseconds(
            (long)(Math.Min(TimeOf(claims, "exp")!.Value, DateTimeOffset.MaxValue.ToUnixTimeSeconds()) * 1000));

    private static decimal? TimeOf(Dictionary<string, JsonElement> members, string name) =>
        members.TryGetValue(name, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetDecimal(out var seconds)
        ? seconds : null;

    private static string? TextOf(Dictionary<string, JsonElement> members, string name) =>
        members.TryGetValue(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static Dictionary<string, JsonElement>? ReadObject(byte[] json)
    {
        try
        {
            // A string that is not Unicode (half a surrogate pair, say) would only throw later, where it is read: look now.
            var reader = new Utf8JsonReader(json);
            while (reader.Read())
            {
                if (reader.TokenType is JsonTokenType.String or JsonTokenType.PropertyName) reader.GetString();
            }

            return JsonSerializer.Deserialize<Dictionary<string, JsonElement>>(json, strict);
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            return null;
        }
    }
}
