using System.Globalization;
using System.Text.Json;
using Tributary.Core.Kernel;

namespace Tributary.Core.Keys;

/// <summary>What becomes of a refresh token that is presented.</summary>
internal enum RefreshUse
{
    /// <summary>Not of this grant, or of none that still stands.</summary>
    Unknown,

    /// <summary>The one in use. A client that keeps it for good, as Pipedrive's do, may go on with it.</summary>
    Same,

    /// <summary>The one that was given out with the last tokens: from now on it is the one in use, and the former one is spent.</summary>
    Next,

    /// <summary>One whose successor was used already: two parties hold the tokens, and one of them stole them.</summary>
    Spent,
}

/// <summary>
/// How long codes and tokens live, and which are good. Refresh tokens rotate without cutting anyone off: each refresh gives
/// out a successor, and the former token dies when the successor is first used. So a reply that was lost costs nothing, a
/// client that never takes the successor goes on, and a stolen copy shows itself.
/// </summary>
internal static class GrantRules
{
    /// <summary>Pipedrive, "OAuth authorization": expires_in is 3599.</summary>
    public const int AccessSeconds = 3599;

    /// <summary>RFC 6749, section 4.1.2, recommends at most ten minutes; Pipedrive gives five.</summary>
    public static readonly TimeSpan CodeLife = TimeSpan.FromMinutes(5);

    /// <summary>Pipedrive, "OAuth authorization": 60 days, counted anew with each use.</summary>
    public static readonly TimeSpan RefreshLife = TimeSpan.FromDays(60);

    /// <summary>What is kept of grants that are over, for those who ask what happened.</summary>
    public static readonly TimeSpan Kept = TimeSpan.FromDays(30);

    /// <summary>What a valid access token names.</summary>
    public sealed record Named(Guid GrantUid, Guid WorkspaceUid, long Epoch)
    {
        public Presented Presented { get; } =
            new("grant", string.Create(CultureInfo.InvariantCulture, $"{WorkspaceUid:D} {GrantUid:D} {Epoch}"));
    }

    public static bool Stands(Grant grant) => grant.RevokedAt is null;

    public static RefreshUse Use(Grant grant, GrantStore.Hashes hashes, string token, DateTimeOffset now)
    {
        if (!Stands(grant) || grant.RefreshUntil is not { } until || now >= until) return RefreshUse.Unknown;
        var hash = ApiToken.Hash(token);
        return Is(hashes.RefreshHash) ? RefreshUse.Same : Is(hashes.NextRefreshHash) ? RefreshUse.Next : Is(hashes.SpentRefreshHash)
            ? RefreshUse.Spent : RefreshUse.Unknown;

        bool Is(string? known) => known is not null && ApiToken.Same(known, hash);
    }

    /// <summary>The grant's id and 160 random bits: "17:2a5496a8…". The id finds the row, the rest proves it.</summary>
    public static string NewSecret(long id, FillRandom random) =>
        string.Create(CultureInfo.InvariantCulture, $"{id}:{ApiToken.NewHex(random)}");

    /// <summary>The id in a code or refresh token; none when it is neither.</summary>
    public static long? IdIn(string secret)
    {
        var colon = secret.IndexOf(':', StringComparison.Ordinal);
        return colon > 0 && secret.Length <= KeyRules.MaxToken
            && long.TryParse(secret.AsSpan(..colon), NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : null;
    }

    public static IReadOnlyDictionary<string, object> Claims(Grant grant, Guid workspaceUid, DateTimeOffset now) =>
        new Dictionary<string, object>
        {
            ["grant"] = grant.Uid.ToString("D"),
            ["tenant_id"] = workspaceUid.ToString("D"),
            ["epoch"] = grant.Epoch,
            ["iat"] = now.ToUnixTimeSeconds(),
            ["exp"] = now.ToUnixTimeSeconds() + AccessSeconds,
        };

    /// <summary>None when a claim is missing or not of its kind: tokens of apps that act for themselves are no grant's.</summary>
    public static Named? Read(IReadOnlyDictionary<string, JsonElement> claims) =>
        Uid(claims, "grant") is { } grant && Uid(claims, "tenant_id") is { } workspace
        && claims.TryGetValue("epoch", out var value) && value.ValueKind is JsonValueKind.Number && value.TryGetInt64(out var epoch)
            ? new(grant, workspace, epoch)
            : null;

    private static Guid? Uid(IReadOnlyDictionary<string, JsonElement> claims, string name) =>
        claims.TryGetValue(name, out var value) && value.ValueKind is JsonValueKind.String
        && Guid.TryParseExact(value.GetString(), "D", out var uid) ? uid : null;
}
