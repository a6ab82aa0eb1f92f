using System.Text.Json;
using Tributary.Core.Catalog;
using Tributary.Core.Fields;
using Tributary.Core.Storage;

namespace Tributary.Core.Search;

/// <summary>
/// Keeps what can be found of a record's custom values with each write: their texts for searches, and indexed fields for lists.
/// </summary>
internal static class CustomText
{
    /// <summary>Each value of a searchable type under its own field, so that a search can name the field it hit.</summary>
    /// <param name="fieldsOf">Whose field definitions the values follow, when not the subject's own.</param>
    public static async Task Put(Tx tx, string subject, long id, CustomValues before, CustomValues after, string? fieldsOf = null)
    {
        if (before.Equals(after)) return;
        var catalog = await tx.Catalog();
        foreach (var key in before.All.Select(value => value.Key).Union(after.All.Select(value => value.Key)))
        {
            if (catalog.Field(fieldsOf ?? subject, key) is not { } field) continue;
            if (field.IsIndexed) await FieldIndex.Put(tx, subject, id, field, after[key]);
            if (IsSearchable(field.Type))
            {
                await SearchTexts.Put(tx, subject, id, "custom", field.Id, after[key] is { } value ? Words(value) : null);
            }
        }
    }

    /// <summary>One value under the field's type, whatever could be found of it before.</summary>
    public static async Task Put(Tx tx, string subject, long id, FieldDefinition field, JsonElement? value)
    {
        if (field.IsIndexed) await FieldIndex.Put(tx, subject, id, field, value);
        await SearchTexts.Put(tx, subject, id, "custom", field.Id, value is { } known && IsSearchable(field.Type) ? Words(known) : null);
    }

    /// <summary>Pipedrive's list ("Search deals": address, varchar, text, varchar_auto, double, monetary and phone).</summary>
    private static bool IsSearchable(FieldType type) =>
        type is FieldType.Address or FieldType.Varchar or FieldType.Text or FieldType.VarcharAuto or FieldType.Double
        or FieldType.Monetary or FieldType.Phone;

    private static string Words(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => value.TryGetProperty("value", out var main) ? Words(main) : "",
        JsonValueKind.String => value.GetString()!,
        _ => value.GetRawText(),
    };
}
