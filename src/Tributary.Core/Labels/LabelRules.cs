using System.Text.RegularExpressions;
using Tributary.Core.Kernel;

namespace Tributary.Core.Labels;

/// <summary>
/// Which labels, tags and lost reasons a workspace may have. Pure; where places matter, a verb takes the list in order and
/// gives it back as it then stands. Names are told apart as people tell them apart: without case and accents.
/// </summary>
internal static partial class LabelRules
{
    public const int MaxName = 100;
    public const int MaxReason = 255;
    public const int Max = 500;

    public static readonly IReadOnlyList<string> Subjects = ["deal", "person", "organization", "lead", "product"];

    /// <param name="labels">The live labels of the subject.</param>
    public static IReadOnlyList<Label> Add(IReadOnlyList<Label> labels, LabelPatch patch, long id, Guid uid, DateTimeOffset now)
    {
        if (labels.Count >= Max) throw Problem.TooLarge($"A kind of record has at most {Max} labels.");
        var blank = new Label
        {
            Id = id,
            Uid = uid,
            Subject = patch.Subject.Value,
            Name = "",
            Color = "gray",
            Position = 0,
            AddedAt = now,
            UpdatedAt = now,
            Version = 1,
        };
        return Arranged(labels, Fill(labels, blank, patch with { Name = patch.Name.Or("") }), patch.Position);
    }

    public static IReadOnlyList<Label> Change(IReadOnlyList<Label> labels, Label before, LabelPatch patch)
    {
        Problem.MustBeAt(patch.ExpectedVersion, before.Version, "label", before.Id);
        if (patch.Subject.Or(before.Subject) != before.Subject) throw Problem.Invalid("subject", "A label keeps its subject.");
        return Arranged(labels, Fill(labels, before, patch), patch.Position);
    }

    public static IReadOnlyList<Label> Numbered(IEnumerable<Label> labels) =>
        [.. labels.Select((label, index) => label with { Position = index + 1 })];

    public static IReadOnlyList<LostReason> Add(IReadOnlyList<LostReason> reasons, LostReasonPatch patch, long id, Guid uid)
    {
        if (reasons.Count >= Max) throw Problem.TooLarge($"A workspace has at most {Max} lost reasons.");
        var blank = new LostReason { Id = id, Uid = uid, Name = "", Position = 0, IsActive = true, Version = 1 };
        return Arranged(reasons, Fill(reasons, blank, patch with { Name = patch.Name.Or("") }), patch.Position);
    }

    public static IReadOnlyList<LostReason> Change(IReadOnlyList<LostReason> reasons, LostReason before, LostReasonPatch patch)
    {
        Problem.MustBeAt(patch.ExpectedVersion, before.Version, "lost reason", before.Id);
        return Arranged(reasons, Fill(reasons, before, patch), patch.Position);
    }

    public static IReadOnlyList<LostReason> Numbered(IEnumerable<LostReason> reasons) =>
        [.. reasons.Select((reason, index) => reason with { Position = index + 1 })];

    private static Label Fill(IReadOnlyList<Label> labels, Label label, LabelPatch patch)
    {
        var checks = new Checks();
        var name = patch.Name.IsSet ? checks.Text("name", patch.Name.Value, MaxName) : label.Name;
        var color = patch.Color.Or(label.Color)?.Trim().ToLowerInvariant() ?? "";
        checks.Require(Color().IsMatch(color), "color", "color must be a word such as dark-gray, or #rrggbb.");
        checks.Require(patch.Position.Or(1) >= 1, "position", "position must be a whole number from 1.");
        checks.Done();

        if (labels.Any(other => other.Id != label.Id && Same(other.Name, name))) throw Taken(name, "label");
        return label with { Name = name, Color = color };
    }

    private static LostReason Fill(IReadOnlyList<LostReason> reasons, LostReason reason, LostReasonPatch patch)
    {
        var checks = new Checks();
        var after = reason with
        {
            Name = patch.Name.IsSet ? checks.Text("name", patch.Name.Value, MaxReason) : reason.Name,
            Category = patch.Category.IsSet ? checks.OptionalText("category", patch.Category.Value, MaxReason) : reason.Category,
            IsActive = patch.IsActive.Or(reason.IsActive),
        };
        checks.Require(patch.Position.Or(1) >= 1, "position", "position must be a whole number from 1.");
        checks.Done();

        if (reasons.Any(other => other.Id != reason.Id && Same(other.Name, after.Name))) throw Taken(after.Name, "lost reason");
        return after;
    }

    private static IReadOnlyList<Label> Arranged(IReadOnlyList<Label> labels, Label label, Field<long> place) =>
        Numbered(Places.Put(labels, label, place.IsSet ? place.Value : null, each => each.Id));

    private static IReadOnlyList<LostReason> Arranged(IReadOnlyList<LostReason> reasons, LostReason reason, Field<long> place) =>
        Numbered(Places.Put(reasons, reason, place.IsSet ? place.Value : null, each => each.Id));

    private static bool Same(string one, string other) => Folding.Fold(one) == Folding.Fold(other);

    private static ProblemException Taken(string name, string what) =>
        Problem.Conflict(new FieldError("name", $"There is already a {what} named {name}."));

    [GeneratedRegex(@"\A(#[0-9a-f]{6}|[a-z][a-z-]{0,29})\z")]
    private static partial Regex Color();
}
