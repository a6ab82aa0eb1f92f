using System.Diagnostics;

namespace Tributary.Bench;

/// <summary>
/// So many a second, each due at its own moment whatever became of those before: a server that falls behind is asked no less, and who
/// waited for it to catch up is counted as having waited.
/// </summary>
internal sealed class Pace(double perSecond, TimeSpan time)
{
    private readonly long started = Stopwatch.GetTimestamp();
    private long taken = -1;

    /// <summary>
    /// Waits until the next is due. None when the time is over; else its number, and since when its answer is waited for: since it was due
    /// when nobody was free for it then, and otherwise since now, because how late timers ring here is none of the server's doing.
    /// </summary>
    public async ValueTask<(long Number, long Since)?> Next(CancellationToken ct)
    {
        var number = Interlocked.Increment(ref taken);
        var after = TimeSpan.FromSeconds(number / perSecond);
        // Also for those who come to it late: what was not begun in the time was not accomplished.
        if (after >= time || Stopwatch.GetElapsedTime(started) >= time) return null;
        var wait = after - Stopwatch.GetElapsedTime(started);
        if (wait <= TimeSpan.Zero) return (number, started + (long)(after.TotalSeconds * Stopwatch.Frequency));
        await Task.Delay(TimeSpan.FromMilliseconds(Math.Ceiling(wait.TotalMilliseconds)), ct);
        return (number, Stopwatch.GetTimestamp());
    }
}
