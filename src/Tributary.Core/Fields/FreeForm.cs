using System.Text.Json;
using Tributary.Core.Catalog;
using Tributary.Core.Kernel;
using Tributary.Core.Storage;

namespace Tributary.Core.Fields;

/// <summary>
/// Custom values under names that nobody defined beforehand. The first value of a name defines a field of its own: a text
/// makes a text field, a number a number field, and a truth, list or object a text field that holds JSON. The definition
/// remembers the name as it was sent, so that values come back under it and as what they were.
/// </summary>
public static class FreeForm
{
    /// <summary>Fields that a workspace gets this way per kind of record; more are defined by people.</summary>
    public const int MaxFields = 100;
    private const int MaxName = 100;

    /// <summary>
    /// The name under which a field's values are read and written: the one sent first, or the slug of a field that people defined.
    /// </summary>
    public static string NameOf(FieldDefinition field) => Note.Of(field)?.Name ?? field.Slug;

    /// <summary>A stored value as it was sent.</summary>
    public static void Write(Utf8JsonWriter json, FieldDefinition field, JsonElement stored)
    {
        if (Note.Of(field) is { HoldsJson: true } && Inside(stored) is { } sent) sent.WriteTo(json);
        else stored.WriteTo(json);
    }

    /// <summary>
    /// The same values by slug, each name defined. Names and values that cannot be kept are noted in <paramref name="checks"/> and left
    /// out.
    /// </summary>
    internal static async Task<CustomPatch> Define(Tx tx, Caller caller, Checks checks, string subject, CustomPatch given)
    {
        var hidden = Known((await tx.CatalogFor(caller)).Hidden.Where(field => field.Subject == subject && field.DeletedAt is null));
        foreach (var (name, _) in given.Values)
        {
            checks.Require(!hidden.ContainsKey(name), $"custom.{name}", $"custom.{name} is a name that is taken.");
        }
        var sent = given.Values.Where(pair => !hidden.ContainsKey(pair.Key) && IsKept(checks, pair.Key, pair.Value)).ToList();
        var known = Known((await tx.CatalogFor(caller)).FieldsOf(subject));
        if (sent.Exists(pair => !known.ContainsKey(pair.Key) && pair.Value.ValueKind is not JsonValueKind.Null) && checks.AllGood)
        {
            // Two requests may bring the same name at once. Raising the catalog's version is where they queue, and whoever comes second
            // sees what the first defined.
            await tx.CatalogHasChanged();
            known = Known((await tx.CatalogFor(caller)).FieldsOf(subject));
            var free = MaxFields - known.Values.Count(field => Note.Of(field) is not null);
            foreach (var (name, value) in sent)
            {
                if (known.ContainsKey(name) || value.ValueKind is JsonValueKind.Null) continue;
                if (free-- > 0) await FieldService.Create(tx, caller, New(subject, name, value));
                else checks.Fail($"custom.{name}",
                    $"custom.{name} is one name too many: {MaxFields} were made up by requests already. Define a field in the settings, or use one of those.");
            }
            known = Known((await tx.CatalogFor(caller)).FieldsOf(subject));
        }
        return new(sent.Where(pair => known.ContainsKey(pair.Key)).DistinctBy(pair => known[pair.Key].Slug)
            .ToDictionary(pair => known[pair.Key].Slug, pair => Stored(known[pair.Key], pair.Value)));
    }

    private static NewField New(string subject, string name, JsonElement value)
    {
        var type = value.ValueKind is JsonValueKind.Number ? FieldType.Double : FieldType.Text;
        var note = new Note(name, type is FieldType.Text && value.ValueKind is not JsonValueKind.String);
        return new() { Subject = subject, Name = name, Type = type, Settings = note.Json };
    }

    // Somebody else may have written a plain text into the field; it is shown as it stands.
    private static JsonElement? Inside(JsonElement stored)
    {
        if (stored.ValueKind is not JsonValueKind.String) return null;
        try
        {
            return JsonElement.Parse(stored.GetString()!);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static JsonElement Stored(FieldDefinition field, JsonElement value) =>
        value.ValueKind is not JsonValueKind.Null && Note.Of(field) is { HoldsJson: true }
            ? JsonSerializer.SerializeToElement(JsonSerializer.Serialize(value, Documents.Options), Documents.Options)
            : value;

    /// <summary>By the name they were made up with, by slug and by key, in this order of right.</summary>
    private static Dictionary<string, FieldDefinition> Known(IEnumerable<FieldDefinition> fields)
    {
        var known = new Dictionary<string, FieldDefinition>(StringComparer.Ordinal);
        var all = fields.ToList();
        foreach (var name in (Func<FieldDefinition, string?>[])[field => Note.Of(field)?.Name, field => field.Slug, field => field.Key])
        {
            foreach (var field in all) if (name(field) is { } own) known.TryAdd(own, field);
        }
        return known;
    }

    private static bool IsKept(Checks checks, string name, JsonElement value)
    {
        var shown = name.Length <= 60 ? name : name[..60] + "…";
        var isName = name.Length <= MaxName && !string.IsNullOrWhiteSpace(name) && JsonText.IsStorable(name);
        checks.Require(isName, $"custom.{shown}", $"custom.{shown} must be a name of 1 to {MaxName} characters.");
        var isValue = JsonText.IsStorable(value);
        checks.Require(isValue, $"custom.{shown}", $"custom.{shown} contains a character or number that cannot be stored.");
        return isName && isValue;
    }

    /// <summary>What the definition remembers, among its settings.</summary>
    private sealed record Note(string Name, bool HoldsJson)
    {
        public string Json =>
            JsonSerializer.Serialize(new Dictionary<string, object> { ["free_form"] = Name, ["holds_json"] = HoldsJson },
                Documents.Options);

        public static Note? Of(FieldDefinition field)
        {
            if (!field.Settings.Contains("\"free_form\"", StringComparison.Ordinal)) return null;
            using var settings = JsonDocument.Parse(field.Settings);
            return settings.RootElement.TryGetProperty("free_form", out var name) && name.ValueKind is JsonValueKind.String
                ? new(name.GetString()!, settings.RootElement.TryGetProperty("holds_json", out var holds)
                    && holds.ValueKind is JsonValueKind.True)
                : null;
        }
    }
}
