using System.Text.RegularExpressions;
using Tributary.Core.Kernel;
using Tributary.Core.Pipelines;

namespace Tributary.Core.Fields;

/// <summary>The types of custom fields, Pipedrive's list; the JSON that each stores is told in FieldValues.cs.</summary>
public enum FieldType
{
    Varchar, VarcharAuto, Text, Double, Monetary, Date, DateRange, Time, TimeRange, Set, Enum, User, Org, People, Phone,
    Address
}

/// <summary>One choice of an enum or set field. Ids are never used twice within a field.</summary>
public sealed record FieldOption(long Id, string Label, string? Color = null);

/// <summary>A field that the workspace added to a kind of record.</summary>
public sealed record FieldDefinition
{
    public required long Id { get; init; }
    public required Guid Uid { get; init; }

    /// <summary>"deal", "person", "organization", "product" or "activity".</summary>
    public required string Subject { get; init; }

    /// <summary>40 lower-case hex digits: Pipedrive's spelling, and the key under which values are stored. Never changes.</summary>
    public required string Key { get; init; }

    /// <summary>A readable key for the dialects that use one; unique within the subject, never changes.</summary>
    public required string Slug { get; init; }
    public required string Name { get; init; }
    public required FieldType Type { get; init; }
    public string? Description { get; init; }
    public Seq<FieldOption> Options { get; init; } = [];

    /// <summary>Options that were taken out, which records may still hold.</summary>
    public Seq<FieldOption> OldOptions { get; init; } = [];

    /// <summary>The heading that it stands under; none: the first.</summary>
    public string? GroupName { get; init; }

    /// <summary>Who may fill it in and change it, among those who see it.</summary>
    public Circle Editors { get; init; } = Circle.Everyone;

    /// <summary>
    /// Who sees it. For everyone else it is not there: no definition, no value, no trace in lists, searches and histories.
    /// </summary>
    public Circle Readers { get; init; } = Circle.Everyone;

    /// <summary>Lists find records by its values in an index (<see cref="FieldIndex"/>).</summary>
    public bool IsIndexed { get; init; }

    /// <summary>Since when the values of all records are in the index; none: until then lists read the records.</summary>
    public DateTimeOffset? IndexedAt { get; init; }

    /// <summary>What dialects keep with a field and the engine does not read: visibility, importance, group.</summary>
    public string Settings { get; init; } = "{}";
    public required long Position { get; init; }
    public required DateTimeOffset AddedAt { get; init; }
    public long? AddedBy { get; init; }
    public required DateTimeOffset UpdatedAt { get; init; }
    public DateTimeOffset? DeletedAt { get; init; }
    public required long Version { get; init; }

    /// <summary>Whether what somebody wrote about fields (a filter, a stage's rules, an automation) names this one.</summary>
    internal bool IsNamedIn(string told) => told.Contains(Key, StringComparison.Ordinal)
        || Regex.IsMatch(told, $@"{Regex.Escape(EntryFields.CustomPrefix + Slug)}\b", RegexOptions.CultureInvariant,
            TimeSpan.FromSeconds(1));
}
