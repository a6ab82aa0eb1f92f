using Tributary.Server.Hosting;

namespace Tributary.Server.Dialects.Pipedrive.Limits;

/// <summary>What a company may do: tokens a day, and requests in two seconds by kind of credential and for searches.</summary>
internal sealed record Allowance(long DailyTokens, int Burst, int OAuthBurst, int SearchBurst);

/// <summary>Pipedrive's published figures, page "Rate limiting" (2026-09-17; reference §5). Pure.</summary>
internal static class LimitRules
{
    /// <summary>"Burst, rolling 2 seconds, per token."</summary>
    public static readonly TimeSpan Window = TimeSpan.FromSeconds(2);

    private const long TokensPerSeat = 30_000;
    private const int SearchBurst = 10;

    public static readonly IReadOnlyList<string> Plans = ["lite", "growth", "premium", "ultimate"];

    /// <summary>The plan's figures for so many seats; without a plan, what the settings say.</summary>
    public static Allowance Of(PipedriveLimitOptions options, int seats) => options.Plan.ToLowerInvariant() switch
    {
        "lite" => new(TokensPerSeat * 1 * seats, 20, 80, SearchBurst),
        "growth" => new(TokensPerSeat * 2 * seats, 40, 160, SearchBurst),
        "premium" => new(TokensPerSeat * 5 * seats, 100, 400, SearchBurst),
        "ultimate" => new(TokensPerSeat * 7 * seats, 120, 480, SearchBurst),
        _ => new(options.DailyTokens, options.RequestsPerTwoSeconds, options.RequestsPerTwoSeconds, options.RequestsPerTwoSeconds),
    };

    public static bool IsSearch(Operation route) =>
        route.Path.EndsWith("/search", StringComparison.Ordinal) || route.Path.Contains("/itemSearch", StringComparison.Ordinal);
}
