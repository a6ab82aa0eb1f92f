using System.Globalization;
using System.Text.Json;
using Tributary.Core.Activities;
using Tributary.Core.Catalog;
using Tributary.Core.Kernel;
using Tributary.Core.Lists;
using Tributary.Server.Hosting;

namespace Tributary.Server.Dialects.AutomateNexus;

/// <summary>The words of tasks, both ways.</summary>
internal static class TaskWords
{
    public static readonly (string, ActivityStatus)[] Statuses =
        [("pending", ActivityStatus.Open), ("in_progress", ActivityStatus.InProgress), ("completed", ActivityStatus.Completed),
            ("cancelled", ActivityStatus.Cancelled)];

    public static readonly (string, long)[] Priorities = [("low", 1), ("medium", 2), ("high", 3), ("urgent", 4)];

    /// <summary>The vendor's word, and the key of the activity type.</summary>
    public static readonly (string, string)[] Types =
        [("todo", "task"), ("call", "call"), ("email", "email"), ("meeting", "meeting"), ("follow_up", "follow_up")];

    /// <summary>A meeting that nobody came to is one that did not take place.</summary>
    public static string Status(ActivityStatus status) => status switch
    {
        ActivityStatus.Open => "pending",
        ActivityStatus.InProgress => "in_progress",
        ActivityStatus.Completed => "completed",
        ActivityStatus.Cancelled or ActivityStatus.NoShow => "cancelled",
    };

    public static Condition WithStatus(ActivityStatus status) => status switch
    {
        ActivityStatus.Open => Condition.Equal("status", "open"),
        ActivityStatus.InProgress => Condition.Equal("status", "in_progress"),
        ActivityStatus.Completed => Condition.Equal("status", "completed"),
        ActivityStatus.Cancelled or ActivityStatus.NoShow => Condition.Test("status", Operator.In, "cancelled", "no_show"),
    };

    public static string? Priority(long? number) => number is >= 1 and <= 4 ? Priorities[number.Value - 1].Item1 : null;

    public static string Type(string key) => Types.FirstOrDefault(type => type.Item2 == key, Types[0]).Item1;

    public static Condition WithType(string key) =>
        key == "task" ? Condition.Test("type", Operator.NotIn, "call", "email", "meeting", "follow_up") : Condition.Equal("type", key);

    public static string? Due(Activity activity) =>
        activity.DueOn is not { } day ? null : activity.DueTime is { } time ? $"{Times.Spell(day)}T{time}:00Z" : Times.Spell(day);
}

/// <summary>What is read of a task. Left out keeps, null clears.</summary>
internal static class TaskBody
{
    private static readonly Member<string> Title = Members.Text("title", "", 255);
    private static readonly Member<string> Description = Members.LongText("description", "May be Markdown.").Nullable();
    private static readonly Member<Guid> Assignee = Ids.User.Reference("assignee_id", "The key's user when left out.").Nullable();
    private static readonly Member<(DateOnly Day, string? Time)> DueDate = DayOrMoment("due_date").Nullable();
    private static readonly Member<long> Priority = Members.Word("priority", "medium when left out.", TaskWords.Priorities);
    private static readonly Member<string> Type = Members.Word("type", "todo when left out.", TaskWords.Types);
    private static readonly Member<ActivityStatus> Status = Members.Word("status", "pending when left out.", TaskWords.Statuses);

    private static readonly Member<string> RelatedType = Members.Word("type", "", ("contact", "contact"), ("deal", "deal"));
    private static readonly Member<string> RelatedId = Members.Text("id", "", 60);
    private static readonly Member<(string Type, Guid Uid)> RelatedTo =
        Members.Object("related_to", "The deal or contact it is about.", new Shape(null, RelatedType.Required(), RelatedId.Required()),
            body =>
    {
        var (type, id) = (body.Get(RelatedType), body.Get(RelatedId));
        var kind = type.Or("deal") == "deal" ? Ids.Deal : Ids.Contact;
        kind.TryRead(id.Or(""), out var uid);
        return (type.Or("deal"), uid);
    }).Nullable();

    public static readonly Shape New = new("NewTask", Title.Required(), Description, Assignee, DueDate, Priority, Type, Status, RelatedTo);
    public static readonly Shape Changes = new("TaskChanges", Title, Description, Assignee, DueDate, Priority, Type, Status, RelatedTo);

    public static SentTask ReadNew(Body body, WorkspaceCatalog catalog)
    {
        var sent = ReadChanges(body, catalog);
        return sent with { Patch = sent.Patch with { Type = sent.Patch.Type.Or("task"), Priority = sent.Patch.Priority.Or(2) } };
    }

    public static SentTask ReadChanges(Body body, WorkspaceCatalog catalog)
    {
        var due = body.Clearable(DueDate);
        return new(new()
        {
            Subject = body.Get(Title),
            Note = body.ClearableText(Description),
            OwnerId = Users.Read(body, Assignee, catalog),
            DueOn = due.As(at => at?.Day),
            DueTime = due.As(at => at?.Time),
            Priority = body.Get(Priority).As(number => (long?)number),
            Type = body.Get(Type),
            Status = body.Get(Status),
        }, body.Clearable(RelatedTo));
    }

    private static Member<(DateOnly Day, string? Time)> DayOrMoment(string name) =>
        new(name, "ISO 8601: a date-time, or a date for all day.")
        {
            Accepts = "must be a date-time such as 2026-03-25T17:00:00Z, or a date",
            Schema = () => new() { ["type"] = "string" },
            FromJson = (JsonElement json, ReadingPolicy policy, out (DateOnly, string?) value) =>
                TryRead(Members.TryText(json, out var text) ? text : "", out value),
            FromText = (string text, ReadingPolicy policy, out (DateOnly, string?) value) => TryRead(text, out value),
        };

    private static bool TryRead(string text, out (DateOnly, string?) value)
    {
        value = default;
        if (Times.TryDay(text, out var day)) value = (day, null);
        else if (Times.TryInstant(text, out var at))
            value = (DateOnly.FromDateTime(at.UtcDateTime), at.UtcDateTime.ToString("HH:mm", CultureInfo.InvariantCulture));
        else return false;
        return true;
    }
}

/// <summary>A patch whose related record is still to be looked up.</summary>
internal sealed record SentTask(ActivityPatch Patch, Field<(string Type, Guid Uid)?> RelatedTo);
