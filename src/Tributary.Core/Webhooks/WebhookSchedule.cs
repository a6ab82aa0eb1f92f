using System.Buffers.Binary;
using Tributary.Core.Kernel;

namespace Tributary.Core.Webhooks;

/// <summary>When a delivery is tried again, when no more, and when a webhook is left alone. Pure.</summary>
public static class WebhookSchedule
{
    /// <summary>How long a sender may be silent before its delivery is given to another: longer than any attempt takes.</summary>
    public static readonly TimeSpan Lease = TimeSpan.FromMinutes(1);

    /// <summary>How long deliveries and their log are kept.</summary>
    public static readonly TimeSpan KeptFor = TimeSpan.FromDays(30);

    /// <summary>
    /// So many attempts in a row must have failed, and for so long, before a webhook is paused: an hour's outage of a busy receiver is no
    /// reason.
    /// </summary>
    public const int FailuresBeforePause = 20;
    public static readonly TimeSpan FailingBeforePause = TimeSpan.FromHours(24);

    /// <summary>No receiver may put us off for longer.</summary>
    public static readonly TimeSpan MostPatience = TimeSpan.FromDays(1);

    // Reference §2.4. Ours begins sooner and ends later (Standard Webhooks recommends days).
    private static readonly TimeSpan[] vendors = [
        TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(30), TimeSpan.FromHours(2), TimeSpan.FromHours(12)];
    private static readonly TimeSpan[] native = [TimeSpan.FromSeconds(10), .. vendors, TimeSpan.FromHours(24)];

    /// <summary>
    /// The pause after an attempt that failed, up to a tenth longer so that failures do not march in step; none when it was the last.
    /// </summary>
    /// <param name="dialect">Whose schedule.</param>
    /// <param name="attempts">How many there were, this one included.</param>
    /// <param name="jitter">From 0 up to 1.</param>
    public static TimeSpan? Pause(string dialect, long attempts, double jitter)
    {
        var pauses = dialect == "native" ? native : vendors;
        return attempts > pauses.Length ? null : pauses[Math.Max(attempts, 1) - 1] * (1 + jitter / 10);
    }

    /// <summary>The same for one webhook: as many attempts as it asked for, and no sooner than its receiver asked.</summary>
    public static TimeSpan? Pause(Webhook webhook, long attempts, double jitter, TimeSpan? retryAfter)
    {
        if (webhook.Terms.MaxAttempts is { } most && attempts >= most) return null;
        var pause = Pause(webhook.Dialect, attempts, jitter) ?? (webhook.Terms.MaxAttempts is null ? null : vendors[^1]);
        var asked = retryAfter is { } wait ? wait < MostPatience ? wait : MostPatience : TimeSpan.Zero;
        return pause is null || pause > asked ? pause : asked;
    }

    /// <summary>
    /// How long a webhook is left alone after a round of attempts, so that it gets no more of them in a second than it asked for.
    /// </summary>
    /// <param name="attempts">How many the round had.</param>
    /// <param name="took">How long it lasted.</param>
    public static TimeSpan Rest(Webhook webhook, int attempts, TimeSpan took)
    {
        if (webhook.Terms.MaxPerSecond is not { } most) return TimeSpan.Zero;
        var least = TimeSpan.FromSeconds((double)attempts / most);
        return least > took ? least - took : TimeSpan.Zero;
    }

    internal static bool IsHopeless(Webhook webhook, DateTimeOffset now) =>
        webhook.Failures >= FailuresBeforePause && webhook.FailingSince is { } since && now - since >= FailingBeforePause;

    internal static double Jitter(FillRandom random)
    {
        Span<byte> bytes = stackalloc byte[4];
        random(bytes);
        return BinaryPrimitives.ReadUInt32LittleEndian(bytes) / (uint.MaxValue + 1.0);
    }
}
