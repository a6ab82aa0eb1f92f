using System.Text.Json;

namespace Tributary.Core.Log;

/// <summary>Why somebody is told of a line of the log.</summary>
public enum NotificationKind
{
    /// <summary>A deal, lead or activity became theirs through somebody else.</summary>
    Assigned,

    /// <summary>A note names them: "@Helen", or "@Helen Marsh".</summary>
    Mentioned,

    /// <summary>The server stopped a webhook whose receiver failed too often.</summary>
    WebhookPaused,
}

/// <summary>A line of the log that somebody should look at.</summary>
public sealed record Notification(NotificationKind Kind, LogEvent Event);

/// <summary>Which lines of the log somebody is told of. Pure.</summary>
internal static class NotificationRules
{
    /// <param name="name">The user's name, as it stands behind an @.</param>
    public static NotificationKind? KindOf(LogEvent @event, long user, string name)
    {
        if (@event.ActorId == user) return null;
        return @event.Subject switch
        {
            "webhook" when @event.ActorId is null && Became(@event, "paused_at", value => value.ValueKind is not JsonValueKind.Null) =>
                NotificationKind.WebhookPaused,
            "note" when Became(@event, "content", value => value.ValueKind is JsonValueKind.String && Names(value.GetString()!, name)) =>
                NotificationKind.Mentioned,
            "deal" or "lead" or "activity" when Became(@event, "owner_id", IsUser) || Became(@event, "assignee_id", IsUser) =>
                NotificationKind.Assigned,
            _ => null,
        };

        bool IsUser(JsonElement value) => value.ValueKind is JsonValueKind.Number && value.TryGetInt64(out var id) && id == user;
    }

    private static bool Became(LogEvent @event, string field, Func<JsonElement, bool> isIt) =>
        @event.Changes.Any(change => change.Field == field && change.New is { } value && isIt(value));

    private static bool Names(string text, string name)
    {
        foreach (var called in new[] { name, name.Split(' ')[0] })
        {
            for (var at = text.IndexOf('@', StringComparison.Ordinal); at >= 0; at = text.IndexOf('@', at + 1))
            {
                var after = text.AsSpan(at + 1);
                if (called.Length > 0 && after.StartsWith(called, StringComparison.OrdinalIgnoreCase)
                    && (after.Length == called.Length || !char.IsLetterOrDigit(after[called.Length]))) return true;
            }
        }
        return false;
    }
}
