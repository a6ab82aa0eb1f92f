namespace Tributary.Core.Lists;

/// <summary>Which day it is and when a day begins, at one moment in one time zone.</summary>
internal sealed record Calendar(DateTimeOffset Now, TimeZoneInfo Zone)
{
    /// <summary>A zone the machine does not know is read as UTC: a list must not fail because of a setting.</summary>
    public static Calendar At(DateTimeOffset now, string timeZone) =>
        new(now, TimeZoneInfo.TryFindSystemTimeZoneById(timeZone, out var zone) ? zone : TimeZoneInfo.Utc);

    public DateOnly Today => DayOf(Now);

    public DateOnly DayOf(DateTimeOffset instant) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(instant, Zone).DateTime);

    /// <summary>The first moment of the day; where the clocks skip midnight, the moment they skip to.</summary>
    public DateTimeOffset StartOf(DateOnly day)
    {
        var midnight = day.ToDateTime(TimeOnly.MinValue);
        while (Zone.IsInvalidTime(midnight)) midnight = midnight.AddMinutes(15);
        var offset = Zone.IsAmbiguousTime(midnight) ? Zone.GetAmbiguousTimeOffsets(midnight).Max() : Zone.GetUtcOffset(midnight);
        // The very first and last days of the calendar have no such moment in every zone.
        var ticks = Math.Clamp(midnight.Ticks - offset.Ticks, DateTime.MinValue.Ticks, DateTime.MaxValue.Ticks);
        return new(ticks, TimeSpan.Zero);
    }
}
