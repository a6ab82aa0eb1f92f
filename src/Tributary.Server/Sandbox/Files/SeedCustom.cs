using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Tributary.Core.Fields;

namespace Tributary.Server.Sandbox.Files;

/// <summary>
/// Custom values as people write them in the engine's spelling: a choice by its label, a person, organization or user by name or
/// address. What else a type asks for is the engine's to say.
/// </summary>
internal static class SeedCustom
{
    /// <summary>What is wrong with it as far as the file alone can tell; null when nothing is.</summary>
    public static string? WrongIn(SeedFile file, SeedField field, JsonNode? written, IReadOnlySet<string> owners) => field.Type switch
    {
        _ when written is null => null,
        FieldType.Enum => Missing([Text(written)], field.Options),
        FieldType.Set => Missing(Texts(written), field.Options),
        FieldType.User => Missing([Text(written)], owners),
        FieldType.Org => Missing([Text(written)], [.. file.Organizations.Select(one => one.Name)]),
        FieldType.People => Missing([Text(written)], [.. file.Persons.Select(one => one.Name)]),
        FieldType.Double when Number(written) is null => "must be a number such as 1250.50.",
        FieldType.Monetary when Amount(written) is null => "must be a number such as 1250.50, or {value: 1250.50, currency: EUR}.",
        _ => null,
    };

    public static JsonElement Of(SandboxWorkspace into, FieldDefinition field, JsonNode? written, Func<string, long> owner) =>
        JsonSerializer.SerializeToElement(written is null ? null : field.Type switch
        {
            FieldType.Enum => Option(field, Text(written)),
            FieldType.Set => new JsonArray([.. Texts(written).Select(label => Option(field, label))]),
            FieldType.User => owner(Text(written)),
            FieldType.Org => into.Organizations.First(one => one.Name == Text(written)).Id,
            FieldType.People => into.Persons.First(one => one.Name == Text(written)).Id,
            FieldType.Double => Number(written),
            FieldType.Monetary => Amount(written),
            FieldType.Varchar or FieldType.VarcharAuto or FieldType.Text or FieldType.Date or FieldType.DateRange or FieldType.Time
                or FieldType.TimeRange or FieldType.Phone or FieldType.Address => written,
        });

    /// <summary>Whether the contact that a value names is in the workspace by now; what names none is.</summary>
    public static bool IsMade(SandboxWorkspace into, FieldDefinition field, JsonNode? written) => field.Type switch
    {
        _ when written is null => true,
        FieldType.Org => into.Organizations.Exists(one => one.Name == Text(written)),
        FieldType.People => into.Persons.Exists(one => one.Name == Text(written)),
        _ => true,
    };

    private static long Option(FieldDefinition field, string label) => field.Options.First(option => option.Label == label).Id;

    private static string? Missing(IEnumerable<string> names, IEnumerable<string> known)
    {
        var all = known.ToList();
        return names.FirstOrDefault(name => !all.Contains(name, StringComparer.Ordinal)) is { } missing
            ? $"there is no \"{missing}\" to choose. Known are {string.Join(", ", all.Take(12))}." : null;
    }

    private static JsonValue? Number(JsonNode written) =>
        decimal.TryParse(Text(written), NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture,
            out var number) ? JsonValue.Create(number) : null;

    private static JsonNode? Amount(JsonNode written) => written is not JsonObject { Count: 2 } parts ? Number(written)
        : parts["value"] is { } value && Number(value) is { } number && parts["currency"] is JsonValue currency
            ? new JsonObject { ["value"] = number, ["currency"] = Text(currency) } : null;

    private static string Text(JsonNode written) => written is JsonValue value ? value.ToString() : written.ToJsonString();

    private static IEnumerable<string> Texts(JsonNode written) => written is JsonArray list
        ? list.Select(item => item is null ? "" : Text(item)) : [Text(written)];
}
