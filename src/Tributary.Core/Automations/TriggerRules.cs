using System.Globalization;
using System.Text.Json;
using Tributary.Core.Deals;
using Tributary.Core.Log;
using Calendar = Tributary.Core.Lists.Calendar;

namespace Tributary.Core.Automations;

/// <summary>What starts an automation, and what does not. Pure.</summary>
internal static class TriggerRules
{
    /// <summary>So many automations may lead to one another; then the chain ends.</summary>
    public const int MaxChain = 5;

    // A move that is kept quiet (AutomateNexus' PUT of a deal) is told by none of these.
    private static readonly HashSet<string> moves = ["stage_id", "pipeline_id", "position", "stage_changed_at"];

    /// <summary>Whether a line of the log is what the trigger waits for. What an automation led to never starts it again.</summary>
    public static bool Starts(Automation automation, LogEvent line) =>
        line is { Subject: "deal", DealId: not null } && line.Id > automation.SinceEventId && !line.Chain.Contains(automation.Id)
        && Starts(automation.Trigger, line);

    public static bool Starts(Trigger trigger, LogEvent line) => trigger.Kind switch
    {
        TriggerKind.Created => line.Action == "created",
        TriggerKind.Updated => line.Action == "updated" && line.Changes.Any(change => Counts(trigger, line, change)),
        TriggerKind.StageChanged =>
            line is { FromStageId: not null, IsQuietMove: false } && (trigger.StageId is null || trigger.StageId == line.ToStageId),
        TriggerKind.Won => line.ToStatus == "won",
        TriggerKind.Lost => line.ToStatus == "lost",
        TriggerKind.Rotten or TriggerKind.DateReached => false,
    };

    /// <summary>
    /// A day that came before it was named: who sets "expected close" to today, and waits for today, is not told by the clock,
    /// which has looked at today already.
    /// </summary>
    public static DateOnly? ReachedAtOnce(Automation automation, LogEvent line, Calendar calendar)
    {
        if (automation.Trigger is not { Kind: TriggerKind.DateReached, Field: { } field } trigger || line.Subject != "deal"
            || line.Id <= automation.SinceEventId) return null;
        if (line.Action is not ("created" or "updated") || line.Chain.Contains(automation.Id)) return null;
        if (line.Changes.FirstOrDefault(change => change.Field == field)?.New is not { ValueKind: JsonValueKind.String } value) return null;
        if (!DateOnly.TryParseExact(value.GetString(), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
        {
            return null;
        }
        return day.DayNumber + trigger.Days == calendar.DayOf(line.At).DayNumber ? day : null;
    }

    /// <summary>
    /// Whether it is time to look at the clock again for this automation: rotting and days once a day, moments once a minute.
    /// </summary>
    public static bool MayBeDue(Trigger trigger, bool isDay, DateTimeOffset lookedAt, Calendar calendar) => trigger.Kind switch
    {
        TriggerKind.Rotten => calendar.Now.UtcDateTime.Date > lookedAt.UtcDateTime.Date,
        TriggerKind.DateReached when isDay => calendar.Today > calendar.DayOf(lookedAt),
        TriggerKind.DateReached => calendar.Now - lookedAt >= TimeSpan.FromMinutes(1),
        _ => false,
    };

    public static string OfEvent(long eventId) => string.Create(CultureInfo.InvariantCulture, $"event {eventId}");

    public static string OfRotting(DateTimeOffset since) => string.Create(CultureInfo.InvariantCulture, $"rotten {since:yyyy-MM-dd}");

    public static string OfDay(DateOnly day) => string.Create(CultureInfo.InvariantCulture, $"date {day:yyyy-MM-dd}");

    public static string OfMoment(DateTimeOffset moment) => $"date {Storage.Spelling.InstantText(moment)}";

    private static bool Counts(Trigger trigger, LogEvent line, Change change)
    {
        if (line.IsQuietMove && moves.Contains(change.Field)) return false;
        return trigger.Field is { } field ? change.Field == field : !DealHistory.IsPeople(change.Field);
    }
}
