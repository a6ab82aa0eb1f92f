using Tributary.Core.Log;

namespace Tributary.Core.Labels;

/// <summary>What the log records of labels, tags and lost reasons.</summary>
internal static class LabelHistory
{
    private static readonly IReadOnlyList<Tracked<Label>> Fields =
    [
        new("subject", label => label.Subject),
        new("name", label => label.Name),
        new("color", label => label.Color),
        new("position", label => label.Position),
        new("deleted_at", label => label.DeletedAt),
    ];

    private static readonly IReadOnlyList<Tracked<LostReason>> ReasonFields =
    [
        new("name", reason => reason.Name),
        new("category", reason => reason.Category),
        new("position", reason => reason.Position),
        new("is_active", reason => reason.IsActive),
    ];

    private static readonly IReadOnlyList<Tracked<Tag>> TagFields = [new("name", tag => tag.Name)];

    public static LogEntry Between(Label? before, Label after) =>
        Entry("label", after.Id, before is null ? "created" : after.DeletedAt is null ? "updated" : "deleted",
            Tracked.Between(Fields, before, after));

    public static LogEntry Between(LostReason? before, LostReason? after) =>
        Entry("lost_reason", (after ?? before)!.Id, Action(before, after), Tracked.Between(ReasonFields, before, after));

    public static LogEntry Between(Tag? before, Tag? after) =>
        Entry("tag", (after ?? before)!.Id, Action(before, after), Tracked.Between(TagFields, before, after));

    private static string Action(object? before, object? after) => before is null ? "created" : after is null ? "deleted" : "updated";

    private static LogEntry Entry(string subject, long id, string action, IReadOnlyList<Change> changes) =>
        new() { Subject = subject, SubjectId = id, Action = action, Changes = changes };
}
