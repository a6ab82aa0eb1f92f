using System.Text.Json;
using Tributary.Server.Hosting;

namespace Tributary.Server.Dialects.CPod;

/// <summary>
/// A date or a date-time of a request, as the span in which the spelling YYYY-MM-DDTHH:MM:SSZ does not change: a day, or a second.
/// </summary>
internal readonly record struct Moment(DateTimeOffset From, DateTimeOffset Until)
{
    /// <summary>The day; none when it is a time within a day.</summary>
    public DateOnly? Day => From.TimeOfDay == TimeSpan.Zero ? LastDay : null;

    public DateOnly LastDay => DateOnly.FromDateTime(From.UtcDateTime);
}

/// <summary>Dates come as a date or a date-time, without a zone in UTC (reference §4.7, "dates").</summary>
internal static class Dates
{
    private const string Accepts = "must be a date such as 2026-11-20, or a date-time such as 2026-11-20T09:30:00Z";

    public static Member<DateTimeOffset> Member(string name, string description = "") => new(name, description)
    {
        Accepts = Accepts,
        Schema = () => new() { ["type"] = "string", ["format"] = "date-time" },
        FromJson = (JsonElement json, ReadingPolicy policy, out DateTimeOffset value) =>
            TryRead(Members.TryText(json, out var text) ? text : "", out value),
        FromText = (string text, ReadingPolicy policy, out DateTimeOffset value) => TryRead(text, out value),
    };

    public static Member<Moment> Span(string name, string description = "") => new(name, description)
    {
        Accepts = Accepts,
        Schema = () => new() { ["type"] = "string", ["format"] = "date-time" },
        FromJson = (JsonElement json, ReadingPolicy policy, out Moment value) =>
            TrySpan(Members.TryText(json, out var text) ? text : "", out value),
        FromText = (string text, ReadingPolicy policy, out Moment value) => TrySpan(text, out value),
    };

    private static bool TryRead(string text, out DateTimeOffset value)
    {
        if (Times.TryDay(text, out var day))
        {
            value = new(day.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero);
            return true;
        }
        return Times.TryInstant(text, out value) || Times.TryInstant(text + "Z", out value);
    }

    private static bool TrySpan(string text, out Moment value)
    {
        value = default;
        // A plus sign that nobody encoded arrives as a space.
        if (!TryRead(text.Replace(' ', '+'), out var from)) return false;
        var length = Times.TryDay(text, out _) ? TimeSpan.FromDays(1) : TimeSpan.FromSeconds(1);
        from = new(from.Ticks - from.Ticks % TimeSpan.TicksPerSecond, TimeSpan.Zero);
        value = new(from, from > DateTimeOffset.MaxValue - length ? DateTimeOffset.MaxValue : from + length);
        return true;
    }
}
