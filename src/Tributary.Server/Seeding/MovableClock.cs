using System.Diagnostics;

namespace Tributary.Server.Seeding;

/// <summary>A clock that stands where it is put, or runs on from there. Timers are not moved by it: they wait in real time.</summary>
internal sealed class MovableClock(DateTimeOffset start) : TimeProvider
{
    private readonly Lock gate = new();
    private volatile Reading reading = new(start, null);

    public override DateTimeOffset GetUtcNow() => Now(reading);

    public bool Stands => reading.Since is null;

    /// <summary>Stands at this moment.</summary>
    public void Put(DateTimeOffset at)
    {
        lock (gate) reading = new(at, null);
    }

    /// <summary>Runs on from this moment.</summary>
    public void RunFrom(DateTimeOffset at)
    {
        lock (gate) reading = new(at, Stopwatch.GetTimestamp());
    }

    /// <summary>Jumps forward, and goes on standing or running.</summary>
    /// <returns>The new now.</returns>
    public DateTimeOffset Advance(TimeSpan by)
    {
        lock (gate)
        {
            reading = reading with { At = reading.At + by };
            return Now(reading);
        }
    }

    private static DateTimeOffset Now(Reading reading) =>
        reading.Since is { } since ? reading.At + Stopwatch.GetElapsedTime(since) : reading.At;

    private sealed record Reading(DateTimeOffset At, long? Since);
}
