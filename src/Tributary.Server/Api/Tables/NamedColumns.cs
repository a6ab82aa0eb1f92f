using System.Text.Json;
using Tributary.Core.Catalog;
using Tributary.Core.Fields;

namespace Tributary.Server.Api.Tables;

/// <summary>Columns for people to read: where a record holds ids of what the catalog knows, its names.</summary>
internal static class NamedColumns
{
    private const string Label = ".label";
    private const string Price = "price.";

    /// <param name="path">As somebody asked for it: "title", "labels", "owner.name", "custom.region.label".</param>
    /// <param name="heading">What the column is called.</param>
    /// <param name="members">What a record itself has; this comes first.</param>
    /// <param name="subject">Whose custom fields they are.</param>
    /// <param name="catalog">Knows the names.</param>
    public static TableColumn Of(string path, string heading, IReadOnlySet<string> members, string subject, WorkspaceCatalog catalog)
    {
        var column = new TableColumn(path, heading);
        if (members.Contains(column.First) && !path.EndsWith(Label, StringComparison.Ordinal)) return column;
        return path switch
        {
            "labels" => new("label_ids", heading) { Name = ids => Each(ids, id => catalog.Label(id)?.Name) },
            "owner.name" or "assignee.name" => new(path.Replace(".name", "_id", StringComparison.Ordinal), heading)
            {
                Name = id => Each(id, one => catalog.User(one)?.Name),
            },
            _ when path.StartsWith("custom.", StringComparison.Ordinal)
                && catalog.FieldsOf(subject).FirstOrDefault(field => path == $"custom.{field.Slug}{Label}") is { } field =>
                new($"custom.{field.Slug}", heading) { Name = value => Each(value, id => NameIn(field, id, catalog)) },
            _ when subject is "product" && catalog.Currencies.FirstOrDefault(one => path == Price + one.Code) is { Code: var code } =>
                new("prices", heading) { Name = prices => In(code, prices) },
            _ => column,
        };
    }

    /// <summary>A column for the price in each of the workspace's currencies.</summary>
    public static IEnumerable<string> Prices(WorkspaceCatalog catalog) => catalog.Currencies.Select(currency => Price + currency.Code);

    /// <summary>Of a product's prices the one in that currency, or nothing.</summary>
    private static JsonElement In(string currency, JsonElement prices) =>
        prices.EnumerateArray().FirstOrDefault(price => price.GetProperty("currency").ValueEquals(currency)) is
        { ValueKind: JsonValueKind.Object } found ? found.GetProperty("price") : default;

    private static string? NameIn(FieldDefinition field, long id, WorkspaceCatalog catalog) => field.Type is FieldType.User
        ? catalog.User(id)?.Name
        : field.Options.Concat(field.OldOptions).FirstOrDefault(option => option.Id == id)?.Label;

    /// <summary>One id or a list of them; what has no name stays as it is.</summary>
    private static JsonElement Each(JsonElement value, Func<long, string?> name) => value.ValueKind switch
    {
        JsonValueKind.Number when value.TryGetInt64(out var id) && name(id) is { } found => JsonSerializer.SerializeToElement(found),
        JsonValueKind.Array => JsonSerializer.SerializeToElement(value.EnumerateArray().Select(one => Each(one, name)).ToList()),
        _ => value,
    };
}
