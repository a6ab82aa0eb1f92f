using Tributary.Core.Catalog;

namespace Tributary.Core.Lists;

/// <summary>One field that a noun's lists can be filtered by, for those who build filters.</summary>
public sealed record FilterField(string Name, FieldKind Kind, bool CanSort, IReadOnlyList<string> Operators, IReadOnlyList<string> Words);

/// <summary>Tells what lists take, so that no user interface and no document has a list of its own.</summary>
public static class ListFields
{
    /// <summary>A noun's fields, its custom ones included; those of joined records ("person.name") come with their own noun.</summary>
    public static IReadOnlyList<FilterField> Of(string subject, WorkspaceCatalog catalog)
    {
        var source = ListSources.Of(subject);
        var custom = source.CustomSubject is { } owner ? catalog.FieldsOf(owner)
            .Select(field => source.Find($"custom.{field.Key}", catalog)!) : [];
        return [.. source.Fields.OrderBy(field => field.Name, StringComparer.Ordinal).Concat(custom).Select(Described)];
    }

    private static FilterField Described(ListField field) =>
        new(field.Name, field.Kind, field.CanSort, [.. Operators.Of(field.Kind).Order().Select(Operators.Word)],
            [.. (field.Words ?? []).Order(StringComparer.Ordinal)]);
}
