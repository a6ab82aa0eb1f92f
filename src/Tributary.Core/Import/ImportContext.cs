using System.Globalization;
using System.Text.Json;
using Tributary.Core.Catalog;
using Tributary.Core.Fields;
using Tributary.Core.Kernel;
using Tributary.Core.Storage;

namespace Tributary.Core.Import;

/// <summary>What the kinds of one import share.</summary>
internal sealed record ImportContext(Caller Caller, ImportMapping Mapping, RowReader Reader, ImportNames Names, ImportTally Tally)
{
    /// <summary>Whether the file says anything about a field; what it does not name is left as it is.</summary>
    public bool Maps(params ReadOnlySpan<string> fields)
    {
        foreach (var field in fields)
        {
            if (Mapping.Constants.ContainsKey(field) || Mapping.Columns.Values.Any(column => column.Field == field)) return true;
        }
        return false;
    }

    /// <summary>
    /// Whether a custom field may be made for what the file says: the noun is to be created, and the caller may change fields.
    /// </summary>
    public bool MayAddField(ImportNoun noun) =>
        Mapping.PolicyFor(noun) is MissingPolicy.Create && Caller.MayWrite("fields") && Caller.Role is not Role.Member;

    /// <summary>A row about a record in the bin leaves it there.</summary>
    public RowOutcome LeftDeleted(long line)
    {
        Tally.Warn("the record was deleted here and stays so", line);
        return RowOutcome.Unchanged;
    }

    /// <summary>The texts of cells in the JSON that their fields store; fields are named by name, slug or key.</summary>
    public static Field<CustomPatch> Custom(string subject, WorkspaceCatalog catalog, IReadOnlyDictionary<string, string> given)
    {
        if (given.Count == 0) return default;
        var checks = new Checks();
        var values = new Dictionary<string, JsonElement>();
        foreach (var (name, text) in given)
        {
            if (FieldOf(subject, catalog, name) is not { } field)
            {
                checks.Fail($"custom:{name}", $"There is no custom field \"{name}\"; create it first.");
            }
            else if (FieldValues.Canonical(checks, $"custom:{name}", field, Json(field, text), catalog) is { } value)
                values[field.Key] = value;
        }
        checks.Done();
        return new CustomPatch(values);
    }

    public static FieldDefinition? FieldOf(string subject, WorkspaceCatalog catalog, string name)
    {
        var folded = Folding.Fold(name);
        return catalog.FieldsOf(subject)
            .FirstOrDefault(field => field.Key == name || field.Slug == name || Folding.Fold(field.Name) == folded);
    }

    private static JsonElement Json(FieldDefinition field, string text)
    {
        switch (field.Type)
        {
            case FieldType.Double or FieldType.Monetary when ConvertNumber.Money(text, NumberStyle.Undecided)
                is { IsRefused: false } number:
                return JsonSerializer.SerializeToElement(number.Value!.Amount);
            case FieldType.Date when ConvertDate.Date(text, null) is { IsRefused: false } day:
                return JsonSerializer.SerializeToElement(day.Value.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
            case FieldType.Enum when Option(field, text) is { } option:
                return JsonSerializer.SerializeToElement(option);
            case FieldType.Set:
                return JsonSerializer.SerializeToElement(ConvertWord.Tags(text).Select(word => Option(field, word) ?? 0).ToArray());
            case FieldType.User or FieldType.Org or FieldType.People when long.TryParse(text, NumberStyles.None,
                CultureInfo.InvariantCulture, out var id):
                return JsonSerializer.SerializeToElement(id);
            default:
                return JsonSerializer.SerializeToElement(text);
        }
    }

    private static long? Option(FieldDefinition field, string label)
    {
        var folded = Folding.Fold(label);
        return field.Options.FirstOrDefault(option => Folding.Fold(option.Label) == folded)?.Id;
    }
}
