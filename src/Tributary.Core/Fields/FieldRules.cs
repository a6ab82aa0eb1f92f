using System.Security.Cryptography;
using Tributary.Core.Catalog;
using Tributary.Core.Kernel;

namespace Tributary.Core.Fields;

/// <summary>A field to be. Options are only for enum and set.</summary>
public sealed record NewField
{
    public required string Subject { get; init; }
    public required string Name { get; init; }
    public required FieldType Type { get; init; }
    public string? Description { get; init; }
    public Seq<NewOption> Options { get; init; } = [];
    public string? GroupName { get; init; }
    public Circle Editors { get; init; } = Circle.Everyone;
    public Circle Readers { get; init; } = Circle.Everyone;
    public bool IsIndexed { get; init; }

    /// <summary>A JSON object of what dialects keep with the field.</summary>
    public string Settings { get; init; } = "{}";

    /// <summary>
    /// For imports: the key that other systems already hold. When a field has it, or had it, the new one gets a key of its own.
    /// </summary>
    public string? Key { get; init; }
}

/// <summary>A choice to be.</summary>
/// <param name="Id">For imports: the id that other systems already hold; one that no other option of the field has.</param>
public sealed record NewOption(string Label, string? Color = null, long? Id = null);

/// <summary>Changes to a field; its keys never change, its type by <see cref="TypeChangeService"/>.</summary>
public sealed record FieldPatch
{
    public long? ExpectedVersion { get; init; }
    public Field<string> Name { get; init; }
    public Field<string?> Description { get; init; }
    public Field<string?> GroupName { get; init; }
    public Field<Circle> Editors { get; init; }
    public Field<Circle> Readers { get; init; }
    public Field<bool> IsIndexed { get; init; }
    public Field<string> Settings { get; init; }
    public Field<long> Position { get; init; }
}

/// <summary>Which custom fields there may be. Pure.</summary>
internal static class FieldRules
{
    public const int MaxFields = 500;
    public const int MaxOptions = 1000;
    private const int MaxSlug = 60;
    private const int MaxGroup = 100;
    private const int MaxSettings = 16 * 1024;

    private static readonly string[] Subjects = ["deal", "person", "organization", "product", "activity"];

    /// <param name="siblings">Every field of the subject, the deleted included: their keys and slugs stay taken.</param>
    /// <param name="optionIds">One id per option.</param>
    public static FieldDefinition New(NewField given, IReadOnlyList<FieldDefinition> siblings, long id, Guid uid,
        IReadOnlyList<long> optionIds,
        DateTimeOffset now, Caller by, WorkspaceCatalog catalog)
    {
        var checks = new Checks();
        checks.Require(Subjects.Contains(given.Subject), "subject", $"subject must be one of {string.Join(", ", Subjects)}.");
        checks.Require(Enum.IsDefined(given.Type), "type", "type must be one of the types of custom fields.");
        var options = Options(checks, given.Type, [], given.Options, optionIds);
        if (given.Type is FieldType.Enum or FieldType.Set)
        {
            checks.Require(options.Count > 0, "options", "options must have at least one entry for a field of this type.");
        }
        else checks.Require(options.Count == 0, "options", "options are only for fields of type enum and set.");
        var field = new FieldDefinition
        {
            Id = id,
            Uid = uid,
            Subject = given.Subject,
            Key = given.Key is { } key && IsKey(key) && siblings.All(sibling => sibling.Key != key) ? key : KeyOf(uid),
            Slug = SlugOf(given.Name, siblings),
            Name = checks.Text("name", given.Name, 255),
            Type = given.Type,
            Description = checks.OptionalText("description", given.Description, 2000),
            Options = options,
            GroupName = checks.OptionalText("group", given.GroupName, MaxGroup),
            Editors = CircleRules.Read(checks, "editors", given.Editors, Circle.Everyone, catalog),
            Readers = Readers(checks, given.Readers, Circle.Everyone, by, catalog),
            IsIndexed = given.IsIndexed,
            IndexedAt = given.IsIndexed ? now : null,
            Settings = Settings(checks, given.Settings),
            Position = siblings.Count == 0 ? 1 : siblings.Max(sibling => sibling.Position) + 1,
            AddedAt = now,
            AddedBy = by.UserId,
            UpdatedAt = now,
            Version = 1,
        };
        if (field.IsIndexed) FieldIndex.Check(checks, field, siblings);
        checks.Done();
        if (siblings.Count(sibling => sibling.DeletedAt is null) >= MaxFields)
        {
            throw Problem.TooLarge($"A workspace has at most {MaxFields} custom fields per kind of record.");
        }
        return field;
    }

    public static FieldDefinition Apply(FieldDefinition before, FieldPatch patch, Caller by, WorkspaceCatalog catalog)
    {
        var checks = new Checks();
        var after = before with
        {
            Name = patch.Name.IsSet ? checks.Text("name", patch.Name.Value, 255) : before.Name,
            Description = patch.Description.IsSet ? checks.OptionalText("description", patch.Description.Value, 2000) : before.Description,
            GroupName = checks.OptionalText("group", patch.GroupName, before.GroupName, MaxGroup),
            Editors = patch.Editors.IsSet ? CircleRules.Read(checks, "editors", patch.Editors.Value, before.Editors, catalog)
                : before.Editors,
            Readers = patch.Readers.IsSet ? Readers(checks, patch.Readers.Value, before.Readers, by, catalog) : before.Readers,
            IsIndexed = patch.IsIndexed.Or(before.IsIndexed),
            Settings = patch.Settings.IsSet ? Settings(checks, patch.Settings.Value) : before.Settings,
            Position = patch.Position.Or(before.Position),
        };
        if (after.IsIndexed && !before.IsIndexed) FieldIndex.Check(checks, after, catalog.FieldsOf(after.Subject));
        checks.Done();
        return after;
    }

    public static FieldDefinition AddOptions(FieldDefinition before, Seq<NewOption> given, IReadOnlyList<long> ids)
    {
        var checks = new Checks();
        MustHaveOptions(checks, before);
        var after = before with { Options = Options(checks, before.Type, before.Options, given, ids) };
        checks.Done();
        return after;
    }

    public static FieldDefinition RenameOptions(FieldDefinition before, Seq<FieldOption> given)
    {
        var checks = new Checks();
        MustHaveOptions(checks, before);
        var known = before.Options.ToDictionary(option => option.Id);
        foreach (var option in given)
        {
            if (known.ContainsKey(option.Id)) known[option.Id] = option with
            {
                Label = checks.Text("label", option.Label, 255),
                Color = checks.OptionalText("color", option.Color, 30),
            };
            else checks.Fail("options", $"options has no entry with id {option.Id}.");
        }
        checks.Done();
        return before with { Options = [.. before.Options.Select(option => known[option.Id])] };
    }

    public static FieldDefinition RemoveOptions(FieldDefinition before, Seq<long> ids)
    {
        var checks = new Checks();
        MustHaveOptions(checks, before);
        foreach (var id in ids)
        {
            checks.Require(before.Options.Any(option => option.Id == id), "options", $"options has no entry with id {id}.");
        }
        Seq<FieldOption> left = [.. before.Options.Where(option => !ids.Contains(option.Id))];
        checks.Require(left.Count > 0, "options", "options must keep at least one entry.");
        checks.Done();
        return before with
        {
            Options = left,
            OldOptions = [.. before.OldOptions.Concat(before.Options.Where(option => ids.Contains(option.Id))).TakeLast(MaxOptions)],
        };
    }

    private static Circle Readers(Checks checks, Circle given, Circle before, Caller by, WorkspaceCatalog catalog)
    {
        var readers = CircleRules.Read(checks, "readers", given, before, catalog);
        checks.Require(readers.Has(by), "readers", "readers must let you see the field yourself.");
        return readers;
    }

    private static void MustHaveOptions(Checks checks, FieldDefinition field) =>
        checks.Require(field.Type is FieldType.Enum or FieldType.Set, "options", "options are only for fields of type enum and set.");

    private static Seq<FieldOption> Options(Checks checks, FieldType type, Seq<FieldOption> present, Seq<NewOption> given,
        IReadOnlyList<long> ids)
    {
        checks.Require(present.Count + given.Count <= MaxOptions, "options", $"options may have at most {MaxOptions} entries.");
        if (type is not (FieldType.Enum or FieldType.Set) || !checks.AllGood)
        {
            return [.. given.Select(option => new FieldOption(0, option.Label))];
        }
        return [.. present,
            .. given.Select((option, i) => new FieldOption(ids[i], checks.Text("label", option.Label, 255),
                checks.OptionalText("color", option.Color, 30)))];
    }

    private static bool IsKey(string text) => text.Length == 40 && text.All(char.IsAsciiHexDigitLower);

    /// <summary>40 hex digits that nobody can tell from Pipedrive's.</summary>
    private static string KeyOf(Guid uid) => Convert.ToHexStringLower(SHA256.HashData(uid.ToByteArray(bigEndian: true)).AsSpan(..20));

    /// <summary>"Größe (cm)" → "grosse_cm"; a number behind it when the slug is taken.</summary>
    private static string SlugOf(string? name, IReadOnlyList<FieldDefinition> siblings)
    {
        var stem = Slug.Of(name ?? "", MaxSlug);
        if (stem.Length == 0 || !char.IsAsciiLetter(stem[0])) stem = ("field_" + stem).TrimEnd('_');

        var taken = siblings.Select(sibling => sibling.Slug).ToHashSet(StringComparer.Ordinal);
        return taken.Contains(stem) ? Enumerable.Range(2, siblings.Count + 1).Select(n => $"{stem}_{n}")
            .First(candidate => !taken.Contains(candidate)) : stem;
    }

    private static string Settings(Checks checks, string given) => JsonText.IsObject(given, MaxSettings) ? given : Refused(checks);

    private static string Refused(Checks checks)
    {
        checks.Fail("settings", $"settings must be a JSON object of at most {MaxSettings / 1024} KiB.");
        return "{}";
    }
}
