using Tributary.Core.Kernel;

namespace Tributary.Core.Webhooks;

/// <summary>A header that goes with every delivery.</summary>
public sealed record WebhookHeader(string Name, string Value);

/// <summary>How a webhook wants to be told, where it wants something else than usual.</summary>
public sealed record WebhookTerms
{
    public static readonly WebhookTerms Usual = new();

    public const int MaxHeaders = 20;
    public const int MostAttempts = 20;
    public const int LeastTimeout = 100;
    public const int MostTimeout = 30_000;
    public const int MostPerSecond = 10_000;

    private const int MaxHeaderName = 100;
    private const int MaxHeaderValue = 1_000;
    private const int MaxKept = 4_096;

    // The message's own, and those that say who signed it.
    private static readonly string[] reserved =
        ["host", "content-length", "content-type", "content-encoding", "transfer-encoding", "connection", "upgrade", "te", "trailer",
            "expect", "keep-alive", "proxy-connection", "user-agent"];

    private static readonly string[] signatures = ["webhook-", "x-automatenexus-", "x-cpod-"];

    public Seq<WebhookHeader> Headers { get; init; } = [];

    /// <summary>How often a delivery is tried; none leaves it to the schedule.</summary>
    public int? MaxAttempts { get; init; }

    /// <summary>How long an answer is waited for; none is ten seconds.</summary>
    public int? TimeoutMs { get; init; }

    /// <summary>How many deliveries a second it takes at most from each server; none is as many as there are.</summary>
    public int? MaxPerSecond { get; init; }

    /// <summary>As whom it listens: it hears only of what this user sees; none sees everything.</summary>
    public long? AsUserId { get; init; }

    /// <summary>A JSON object that the dialect keeps with the webhook; the engine does not read it.</summary>
    public string? Kept { get; init; }

    internal static WebhookTerms Apply(Checks checks, WebhookTerms before, WebhookPatch patch)
    {
        var after = before with
        {
            Headers = patch.Headers.Or(before.Headers),
            MaxAttempts = patch.MaxAttempts.Or(before.MaxAttempts),
            TimeoutMs = patch.TimeoutMs.Or(before.TimeoutMs),
            MaxPerSecond = patch.MaxPerSecond.Or(before.MaxPerSecond),
            AsUserId = patch.AsUserId.Or(before.AsUserId),
            Kept = patch.Kept.Or(before.Kept),
        };
        if (patch.Headers.IsSet) Check(checks, after.Headers);
        checks.Require(after.MaxAttempts is null or (>= 1 and <= MostAttempts), "max_attempts",
            $"max_attempts must be a whole number from 1 to {MostAttempts}.");
        checks.Require(after.TimeoutMs is null or (>= LeastTimeout and <= MostTimeout), "timeout_ms",
            $"timeout_ms must be a whole number from {LeastTimeout} to {MostTimeout}.");
        checks.Require(after.MaxPerSecond is null or (>= 1 and <= MostPerSecond), "max_per_second",
            $"max_per_second must be a whole number from 1 to {MostPerSecond}.");
        checks.Require(after.Kept is null || JsonText.IsObject(after.Kept, MaxKept), "kept",
            $"What is kept with a webhook must be a JSON object of at most {MaxKept / 1024} KiB.");
        return after;
    }

    private static void Check(Checks checks, Seq<WebhookHeader> headers)
    {
        checks.Require(headers.Count <= MaxHeaders, "headers", $"headers may be at most {MaxHeaders}.");
        checks.Require(headers.DistinctBy(header => header.Name, StringComparer.OrdinalIgnoreCase).Count() == headers.Count, "headers",
            "headers must name each header once.");
        foreach (var header in headers.Take(MaxHeaders))
        {
            var name = header.Name.Length <= 60 ? header.Name : header.Name[..60] + "…";
            checks.Require(IsToken(header.Name), "headers", $"headers: {name} is no name of a header.");
            checks.Require(!reserved.Contains(header.Name.ToLowerInvariant())
                && !signatures.Any(prefix => header.Name.StartsWith(prefix, StringComparison.OrdinalIgnoreCase)), "headers",
                $"headers: {name} is set by the server.");
            checks.Require(header.Value.Length <= MaxHeaderValue && header.Value.All(c => c is >= ' ' and < (char)127), "headers",
                $"headers: the value of {name} must be printable ASCII of at most {MaxHeaderValue} characters.");
        }
    }

    // RFC 9110, section 5.6.2.
    private static bool IsToken(string name) => name.Length is > 0 and <= MaxHeaderName
        && name.All(c => char.IsAsciiLetterOrDigit(c) || "!#$%&'*+-.^_`|~".Contains(c));
}
