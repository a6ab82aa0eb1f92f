using System.Text.Json;
using Tributary.Core.Kernel;
using Tributary.Core.Storage;

namespace Tributary.Core.Log;

/// <summary>How events become entries, and entries one page. Pure.</summary>
internal static class TimelineRules
{
    /// <summary>One entry per changed field that is wanted.</summary>
    public static IEnumerable<TimelineEntry> Entries(LogEvent @event, TimelineQuery query)
    {
        foreach (var (change, part) in Changes(@event).Select((change, part) => (change, part)))
        {
            if (KindOf(@event.Subject, change.Field) is not { } kind || !query.Wants(kind)) continue;
            if (query.Without.Contains(change.Field)) continue;
            if (!query.WithCustomFields && change.Field.StartsWith("custom.", StringComparison.Ordinal)) continue;
            yield return new() { Kind = kind, At = @event.At, Id = @event.Id, Event = @event, Change = change, Part = part };
        }
    }

    /// <summary>
    /// The page out of what the sources gave, each of which gave at least its newest offset + limit + 1 entries, or all it has.
    /// </summary>
    public static TimelinePage Page(IEnumerable<TimelineEntry> entries, TimelineQuery query)
    {
        // The sort is stable, so the changes of one event keep their order.
        var sorted = entries.OrderByDescending(entry => entry.At).ThenBy(entry => entry.Kind).ThenByDescending(entry => entry.Id)
            .Skip(query.Offset).Take(query.Limit + 1).ToList();
        return new([.. sorted.Take(query.Limit)], sorted.Count > query.Limit);
    }

    // Pipedrive's flow tells a creation as a change of the time it was added, old value none (dialects/pipedrive.md §9.6); its
    // followers and participants are entries of their own all the same.
    private static Seq<Change> Changes(LogEvent @event) => @event.Action == "created"
        ? [.. @event.Changes.Where(change => change.Field is "follower" or "participant"),
            new("added_at", null, JsonSerializer.SerializeToElement(Spelling.InstantText(@event.At)))]
        : @event.Changes;

    private static TimelineKind? KindOf(string subject, string field) => (subject, field) switch
    {
        ("deal", "follower") => TimelineKind.DealFollower,
        ("deal", "participant" or "participant_role") => TimelineKind.Participant,
        ("deal", _) => TimelineKind.DealChange,
        ("person", "follower") => TimelineKind.PersonFollower,
        ("person", _) => TimelineKind.PersonChange,
        ("organization", "follower") => TimelineKind.OrganizationFollower,
        ("organization", _) => TimelineKind.OrganizationChange,
        _ => null,
    };
}
