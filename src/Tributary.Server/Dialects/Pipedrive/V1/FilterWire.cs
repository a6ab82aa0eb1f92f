using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Tributary.Core.Catalog;
using Tributary.Core.Filters;
using Tributary.Core.Lists;
using Tributary.Server.Hosting;

namespace Tributary.Server.Dialects.Pipedrive.V1;

/// <summary>A filter as v1 shows it.</summary>
/// <param name="WithFieldCode">Whether each condition names its field by its code, too.</param>
internal sealed record FilterView(SavedFilter Filter, WorkspaceCatalog Catalog, bool WithFieldCode)
{
    /// <summary>
    /// The conditions that were sent, with the members that all have; none when the filter has come to mean something else.
    /// </summary>
    public JsonNode? Conditions()
    {
        if (Filter.View is not { } view || JsonNode.Parse(view)?[FilterRoutes.Kept] is not JsonObject kept) return null;
        if ((string?)kept["means"] != ConditionJson.Write(Filter.Condition)) return null;
        var sent = kept["conditions"]?.DeepClone();
        Complete(sent);
        return sent;
    }

    private void Complete(JsonNode? node)
    {
        if (node is not JsonObject group) return;
        if (group["conditions"] is JsonArray inner)
        {
            foreach (var one in inner) Complete(one);
            return;
        }
        if (!group.ContainsKey("operator")) return;
        foreach (var (name, otherwise) in new[] { ("value", (JsonNode?)null), ("extra_value", null), ("json_value_flag", false) })
        {
            group.TryAdd(name, otherwise);
        }
        if (WithFieldCode) group["field_code"] = Code(group);
        else group.Remove("field_code");
    }

    private string? Code(JsonObject condition)
    {
        var field = (condition["field_id"] ?? condition["field_code"])?.ToString() ?? "";
        var subject = FilterConditions.Subject(condition["object"]?.ToString(), Filter.Subject);
        if (!BuiltInFields.Has(subject)) return null;
        if (BuiltInFields.Find(subject, field) is { } builtIn) return builtIn.Key;
        return Catalog.FieldsOf(subject == "lead" ? "deal" : subject)
            .FirstOrDefault(one => one.Key == field || (one.Id + BuiltInFields.FirstCustom)
                .ToString(CultureInfo.InvariantCulture) == field)?.Key;
    }
}

/// <summary>The filter of v1.</summary>
internal static class FilterWire
{
    public static readonly Wire<FilterView> Filter = Build("FilterV1");

    public static readonly Wire<FilterView> Detailed =
        Build("FilterDetailsV1")
        .Json("conditions", new() { ["type"] = new JsonArray("object", "null"), ["additionalProperties"] = true }, (json, f) =>
    {
        if (f.Conditions() is { } sent) sent.WriteTo(json);
        else json.WriteNullValue();
    }, "null for filters whose condition was written elsewhere.");

    public static readonly HelpersReply Helpers = new();

    private static Wire<FilterView> Build(string name) => new Wire<FilterView>(name)
        .Whole("id", f => f.Filter.Id)
        .Text("name", f => f.Filter.Name, nullable: false)
        .Text("filter_code", _ => null)
        .Flag("is_editable", _ => true)
        .Flag("active_flag", _ => true)
        .Text("type", f => FilterRoutes.Word(f.Filter.Subject), nullable: false)
        .Json("temporary_flag", new() { ["type"] = new JsonArray("boolean", "null") }, (json, f) =>
        {
            if (f.Filter.IsTemporary) json.WriteBooleanValue(true);
            else json.WriteNullValue();
        })
        .Whole("user_id", f => f.Filter.OwnerId)
        .Instant("add_time", f => f.Filter.AddedAt, Spell.V1Time)
        .Instant("update_time", f => f.Filter.UpdatedAt, Spell.V1Time)
        .Text("visible_to", f => f.Filter.VisibleTo.ToString(CultureInfo.InvariantCulture), nullable: false)
        .Instant("last_used_time", f => f.Filter.LastUsedAt, Spell.V1Time)
        .Whole("custom_view_id", _ => (long?)null);

    /// <summary>Operators by type of field, relative dates, parts of addresses.</summary>
    internal sealed class HelpersReply : ISchema
    {
        private static readonly (string, string)[] Address =
        [
            ("subpremise", "Apartment/suite no"), ("street_number", "House number"), ("route", "Street/road name"),
            ("sublocality", "District/sublocality"),
            ("locality", "City/town/village/locality"), ("admin_area_level_1", "State/county"), ("admin_area_level_2", "Region"),
            ("country", "Country"), ("postal_code", "ZIP/Postal code"),
            ("formatted_address", "Full/combined address"),
        ];

        public string? Name => "FilterHelpersV1";

        public static Reply Reply(bool success) => Hosting.Reply.Json(json =>
        {
            json.WriteStartObject();
            json.WriteBoolean("success", success);
            json.WriteStartObject("data");
            json.WriteStartObject("operators");
            foreach (var (type, words) in FilterOperators.All) Write(json, type, words);
            json.WriteEndObject();
            Write(json, "deprecated_operators", FilterOperators.Deprecated);
            json.WriteStartObject("relative_dates");
            Write(json, "Relative date intervals", FilterDates.Intervals.Select(word => (word, word.Replace('_', ' '))));
            Write(json, "Relative dates", FilterDates.Dates);
            Write(json, "Deal specific", [("rotten_time", "Rotten time")]);
            json.WriteEndObject();
            Write(json, "address_field_components", Address);
            json.WriteEndObject();
            json.WriteEndObject();
        });

        public JsonObject Schema(SchemaBook book) => Answers.Schema(new() { ["type"] = "object", ["additionalProperties"] = true });

        private static void Write(Utf8JsonWriter json, string name, IEnumerable<(string Word, string Meaning)> words)
        {
            json.WriteStartObject(name);
            foreach (var (word, meaning) in words) json.WriteString(word, meaning);
            json.WriteEndObject();
        }
    }
}
