using Tributary.Core.Catalog;
using Tributary.Core.Fields;

namespace Tributary.Core.Lists;

/// <summary>How lists read each type of custom field; the JSON they look into is told in Fields/FieldValues.cs.</summary>
internal static class CustomFields
{
    /// <param name="name">"custom.&lt;key or slug&gt;", with ".currency" for a monetary field's or ".until" for a range's other
    /// half.</param>
    public static ListField? Find(string name, string subject, WorkspaceCatalog catalog)
    {
        var parts = name.Split('.');
        if (parts.Length is < 2 or > 3) return null;
        if (Definition(parts[1], subject, catalog) is not { } definition) return null;
        return parts.Length == 2 ? Of(name, definition) with { IndexedAs = definition.IndexedAt is null ? 0 : definition.Id }
            : Part(name, definition, parts[2]);
    }

    private static FieldDefinition? Definition(string keyOrSlug, string subject, WorkspaceCatalog catalog)
    {
        var definition = catalog.Field(subject, keyOrSlug) ?? catalog.FieldsOf(subject).FirstOrDefault(field => field.Slug == keyOrSlug);
        return definition is { DeletedAt: null } ? definition : null;
    }

    private static ListField Of(string name, FieldDefinition field) => field.Type switch
    {
        FieldType.Varchar or FieldType.VarcharAuto or FieldType.Phone => Searched(name, field, field.Key) with { CanSort = true },
        FieldType.Text => Searched(name, field, field.Key),
        FieldType.Address => Searched(name, field, field.Key, "value"),
        FieldType.Double => At(name, FieldKind.Number, field.Key) with { CanSort = true },
        FieldType.Monetary => At(name, FieldKind.Number, field.Key, "value") with { CanSort = true },
        FieldType.Date => At(name, FieldKind.Day, field.Key) with { CanSort = true },
        FieldType.DateRange => At(name, FieldKind.Day, field.Key, "value") with { CanSort = true },
        FieldType.Time or FieldType.TimeRange => At(name, FieldKind.Text, field.Key, "value") with { CanSort = true },
        FieldType.Set => At(name, FieldKind.Ids, field.Key) with { ByName = (_, option) => Options(field, option) },
        FieldType.Enum => At(name, FieldKind.Whole, field.Key) with { CanSort = true },
        FieldType.User or FieldType.Org or FieldType.People => At(name, FieldKind.Whole, field.Key),
    };

    private static ListField? Part(string name, FieldDefinition field, string part) => (field.Type, part) switch
    {
        (FieldType.Monetary, "currency") => At(name, FieldKind.Word, field.Key, part),
        (FieldType.DateRange, "until") => At(name, FieldKind.Day, field.Key, part),
        (FieldType.TimeRange, "until") => At(name, FieldKind.Text, field.Key, part),
        _ => null,
    };

    private static ListField At(string name, FieldKind kind, params ReadOnlySpan<string> path) =>
        new(name, kind, "custom") { IsNullable = true, Path = [.. path] };

    private static ListField Searched(string name, FieldDefinition field, params ReadOnlySpan<string> path) =>
        At(name, FieldKind.Text, path) with { Search = TextSearch.Document, Folded = "custom", SourceId = field.Id };

    // An option is named by its id or by its label.
    private static IEnumerable<long> Options(FieldDefinition field, string option) => long.TryParse(option, out var id)
        ? [id]
        : field.Options.Where(known => known.Label == option).Select(known => known.Id);
}
