namespace Tributary.Bench.Data;

/// <summary>Stands where the maker of a data set puts it, so that the same set is the same rows on any day.</summary>
internal sealed class MakersClock : TimeProvider
{
    /// <summary>When the newest deal of every set came to be.</summary>
    public static readonly DateTimeOffset End = new(2026, 11, 2, 8, 0, 0, TimeSpan.Zero);

    public DateTimeOffset At { get; set; } = End;

    public override DateTimeOffset GetUtcNow() => At;
}
