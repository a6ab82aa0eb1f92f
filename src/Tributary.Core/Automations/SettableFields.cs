using System.Globalization;
using System.Text.Json;
using Tributary.Core.Catalog;
using Tributary.Core.Deals;
using Tributary.Core.Fields;
using Tributary.Core.Kernel;
using Calendar = Tributary.Core.Lists.Calendar;

namespace Tributary.Core.Automations;

/// <summary>The fields of a deal that an automation may set, and how a value in JSON becomes a patch. Pure.</summary>
internal static class SettableFields
{
    private const string Custom = "custom.";

    private static readonly Dictionary<string, Setter> setters = new()
    {
        ["title"] = new("a text", (json, _) => Text(json) is { } text ? new() { Title = text } : null),
        ["value"] = new("a number or null", (json, _) => Maybe<decimal>(json, Number, out var value) ? new() { Value = value } : null),
        ["currency"] = new("a currency code such as EUR", (json, _) => Text(json) is { } text ? new() { Currency = text } : null),
        ["probability"] = new("a number from 0 to 100 or null",
            (json, _) => Maybe<decimal>(json, Number, out var value) && value is null or (>= 0 and <= 100)
                ? new() { Probability = value } : null),
        ["priority"] = new("one of low, medium, high, urgent",
            (json, _) => Word<DealPriority>(json) is { } word ? new() { Priority = word } : null),
        ["status"] = new("one of open, won, lost", (json, _) => Word<DealStatus>(json) is { } word ? new() { Status = word } : null),
        ["expected_close"] = new("a day such as 2026-11-20, in_days, or null",
            (json, _) => Maybe<DateOnly>(json, Day, out var value) ? new() { ExpectedClose = value } : null)
        { IsDay = true },
        ["next_followup_at"] = new("a moment such as 2026-11-20T09:30:00Z, in_days, or null",
            (json, _) => Maybe<DateTimeOffset>(json, Moment, out var value) ? new() { NextFollowupAt = value } : null)
        { IsMoment = true },
        ["visible_to"] = new("1, 3, 5 or 7", (json, _) => Maybe<decimal>(json, Number, out var value) && value is 1 or 3 or 5 or 7
            ? new() { VisibleTo = (int)value } : null),
        ["won_reason"] = Clearable(text => new() { WonReason = text }),
        ["lost_reason"] = Clearable(text => new() { LostReason = text }),
        ["loss_category"] = Clearable(text => new() { LossCategory = text }),
        ["closure_notes"] = Clearable(text => new() { ClosureNotes = text }),
        ["source"] = Clearable(text => new() { Source = text }),
        ["deal_type"] = Clearable(text => new() { DealType = text }),
        ["forecast_category"] = Clearable(text => new() { ForecastCategory = text }),
        ["description"] = Clearable(text => new() { Description = text }),
    };

    /// <summary>Days and moments may also be given as "in so many days".</summary>
    private sealed record Setter(string Accepts, Func<JsonElement, WorkspaceCatalog, DealPatch?> Patch)
    {
        public bool IsDay { get; init; }
        public bool IsMoment { get; init; }
    }

    public static string Accepted { get; } = string.Join(", ", setters.Keys) + ", custom.<key or slug>";

    /// <summary>The patch of an action; none after a refusal was added to <paramref name="checks"/> under the action's place.</summary>
    public static DealPatch? Patch(Checks checks, string place, AutomationAction.SetField action, WorkspaceCatalog catalog,
        DateTimeOffset now)
    {
        if (Find(action.Field, catalog) is not { } setter)
        {
            checks.Fail($"{place}field", $"field must be one of {Accepted}; owner, stage, tags and labels have actions of their own.");
            return null;
        }
        if (action.InDays is { } days && !setter.IsDay && !setter.IsMoment)
        {
            checks.Fail($"{place}in_days", $"in_days is for days and moments; {action.Field} takes {setter.Accepts}.");
            return null;
        }
        using var given = JsonDocument.Parse(action.InDays is { } ahead ? InDays(setter, ahead, catalog, now) : action.Value);
        try
        {
            if (setter.Patch(given.RootElement, catalog) is { } patch) return patch;
        }
        catch (InvalidOperationException)
        {
            // A text that is not valid Unicode.
        }
        checks.Fail($"{place}value", $"The value of {action.Field} must be {setter.Accepts}.");
        return null;
    }

    private static Setter? Find(string field, WorkspaceCatalog catalog)
    {
        if (setters.TryGetValue(field, out var setter)) return setter;
        if (!field.StartsWith(Custom, StringComparison.Ordinal)) return null;

        var key = field[Custom.Length..];
        if ((catalog.Field("deal", key) ?? catalog.FieldsOf("deal").FirstOrDefault(known => known.Slug == key))
            is not { DeletedAt: null } definition) return null;
        return new("what a custom field of its type takes, or null", (json, known) => OfCustom(definition, json, known))
        {
            IsDay = definition.Type is FieldType.Date,
        };
    }

    private static DealPatch? OfCustom(FieldDefinition definition, JsonElement json, WorkspaceCatalog catalog)
    {
        var value = json.ValueKind is JsonValueKind.Null ? json : FieldValues.Canonical(new(), definition.Key, definition, json, catalog);
        return value
            is { } known ? new() { Custom = new CustomPatch(new Dictionary<string, JsonElement> { [definition.Key] = known.Clone() }) }
            : null;
    }

    private static string InDays(Setter setter, int days, WorkspaceCatalog catalog, DateTimeOffset now)
    {
        var calendar = Calendar.At(now, catalog.Workspace.TimeZone);
        return setter.IsDay ? $"\"{calendar.Today.AddDays(days):yyyy-MM-dd}\""
            : $"\"{Storage.Spelling.InstantText(now.AddDays(days))}\"";
    }

    private static Setter Clearable(Func<string?, DealPatch> patch) =>
        new("a text or null", (json, _) => json.ValueKind is JsonValueKind.Null
            ? patch(null) : Text(json) is { } text ? patch(text) : null);

    private static bool Maybe<T>(JsonElement json, Func<JsonElement, T?> read, out T? value) where T : struct
    {
        value = json.ValueKind is JsonValueKind.Null ? null : read(json);
        return value is not null || json.ValueKind is JsonValueKind.Null;
    }

    private static string? Text(JsonElement json) => json.ValueKind is JsonValueKind.String ? json.GetString() : null;

    private static decimal? Number(JsonElement json) =>
        json.ValueKind is JsonValueKind.Number && json.TryGetDecimal(out var number) ? number : null;

    private static DateOnly? Day(JsonElement json) =>
        DateOnly.TryParseExact(Text(json), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;

    private static DateTimeOffset? Moment(JsonElement json) =>
        json.ValueKind is JsonValueKind.String && json.TryGetDateTimeOffset(out var moment) ? moment.ToUniversalTime() : null;

    private static T? Word<T>(JsonElement json) where T : struct, Enum
    {
        foreach (var word in Enum.GetValues<T>())
        {
            if (JsonNamingPolicy.SnakeCaseLower.ConvertName(word.ToString()) == Text(json)) return word;
        }
        return null;
    }
}
