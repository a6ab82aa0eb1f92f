using System.Text.Json;
using System.Text.Json.Nodes;
using Tributary.Core.Catalog;
using Tributary.Core.Filters;
using Tributary.Core.Kernel;
using Tributary.Core.Lists;
using Tributary.Server.Hosting;

namespace Tributary.Server.Dialects.Pipedrive.V1;

/// <summary>Saved filters (reference §11). The conditions are kept as they were sent, and shown while they still are what the filter means.</summary>
internal static class FilterRoutes
{
    private const string Tag = "Filters v1";
    private const string Kept = "pipedrive";

    private static readonly (string Word, string Subject)[] Types = [("deals", "deal"), ("leads", "lead"), ("org", "organization"), ("people", "person"), ("products", "product"), ("activity", "activity")];

    private static readonly Member<long> Id = Members.Id("id", "The ID of the filter.").InPath();
    private static readonly Member<Seq<long>> Ids = Members.List("ids", "The comma-separated ids.", Members.Id("", ""), 100).Required();
    private static readonly Member<string> Type = Members.Word("type", "What is filtered.", Types);
    private static readonly Member<string> Name = Members.Text("name", "", 255);
    private static readonly Member<bool> IncludeFieldCode = Members.Flag("include_field_code", "Taken; conditions are shown as they were sent.");
    private static readonly Member<JsonElement> Conditions = Members.Json("conditions", "{\"glue\":\"and\",\"conditions\":[{\"glue\":\"and\",\"conditions\":[{\"object\",\"field_id\",\"operator\",\"value\"}]},{\"glue\":\"or\",\"conditions\":[]}]}; at most 16.",
        "must be an object of conditions", new() { ["type"] = "object" });

    private static readonly Many<SavedFilter> Filters = new(FilterWire.Filter);
    private static readonly One<SavedFilter> One = new(FilterWire.Detailed);

    public static readonly IReadOnlyList<Operation> All =
    [
        new("GET", "/filters", "getFilters", List) { Tag = Tag, Summary = "Get all filters", Cost = 20, Parameters = [Type], Answer = Filters },
        new("POST", "/filters", "addFilter", Create)
        {
            Tag = Tag, Summary = "Add a new filter", Cost = 10, Parameters = [IncludeFieldCode], Body = new("NewFilterV1", Name.Required(), Conditions.Required(), Type.Required()), Answer = One,
            CoverageNote = "Deals are tested by their own fields, their person's and organization's, and by their products' ids.",
        },
        new("GET", "/filters/helpers", "getFilterHelpers", Helpers) { Tag = Tag, Summary = "Get all filter helpers", Cost = 20, Answer = FilterWire.Helpers },
        new("GET", "/filters/{id}", "getFilter", Get) { Tag = Tag, Summary = "Get one filter", Cost = 2, Parameters = [Id, IncludeFieldCode], Answer = One },
        new("PUT", "/filters/{id}", "updateFilter", Update)
        {
            Tag = Tag, Summary = "Update filter", Cost = 10, Parameters = [Id, IncludeFieldCode], Body = new("FilterChangesV1", Name, Conditions.Required()), Answer = One,
        },
        new("DELETE", "/filters", "deleteFilters", DeleteMany) { Tag = Tag, Summary = "Delete multiple filters in bulk", Cost = 10, Parameters = [Ids], Answer = Answers.Ids },
        new("DELETE", "/filters/{id}", "deleteFilter", Delete) { Tag = Tag, Summary = "Delete a filter", Cost = 6, Parameters = [Id], Answer = Answers.Id },
    ];

    /// <summary>What was sent, as long as the filter still means it.</summary>
    public static JsonNode? Sent(SavedFilter filter)
    {
        if (filter.View is not { } view || JsonNode.Parse(view)?[Kept] is not JsonObject kept) return null;
        return (string?)kept["means"] == ConditionJson.Write(filter.Condition) ? kept["conditions"]?.DeepClone() : null;
    }

    public static string Word(string subject) => Types.First(type => type.Subject == subject).Word;

    private static async Task<Reply> List(Call call)
    {
        var type = call.Query(Type);
        call.Checked();
        return Filters.Reply(await call.Service<FilterService>().List(call.Caller, type.IsSet ? type.Value : null, call.Ct));
    }

    private static async Task<Reply> Create(Call call)
    {
        call.Query(IncludeFieldCode);
        call.Checked();
        call.Caller.MustWrite("filters");
        var catalog = await call.Service<CatalogService>().Current(call.Caller, call.Ct);
        var filter = await call.Read(body =>
        {
            var (name, subject, sent) = (body.Get(Name), body.Get(Type), body.Get(Conditions));
            if (!subject.IsSet || !sent.IsSet || Read(body, subject.Value, catalog, sent.Value) is not { } condition) return null;
            return new NewFilter { Name = name.Or(""), Subject = subject.Value, Condition = condition, View = View(null, sent.Value, condition) };
        });
        return One.Reply(await call.Service<FilterService>().Create(call.Caller, filter!, call.Ct));
    }

    private static async Task<Reply> Get(Call call)
    {
        call.Query(IncludeFieldCode);
        call.Checked();
        return One.Reply(await call.Service<FilterService>().Get(call.Caller, call.Path(Id, "filter"), call.Ct));
    }

    private static async Task<Reply> Update(Call call)
    {
        call.Query(IncludeFieldCode);
        call.Checked();
        call.Caller.MustWrite("filters");
        var before = await call.Service<FilterService>().Get(call.Caller, call.Path(Id, "filter"), call.Ct);
        var catalog = await call.Service<CatalogService>().Current(call.Caller, call.Ct);
        var patch = await call.Read(body =>
        {
            var (name, sent) = (body.Get(Name), body.Get(Conditions));
            if (!sent.IsSet || Read(body, before.Subject, catalog, sent.Value) is not { } condition) return new FilterPatch();
            return new FilterPatch { Name = name, Condition = condition, View = View(before.View, sent.Value, condition) };
        });
        return One.Reply(await call.Service<FilterService>().Update(call.Caller, before.Id, patch, call.Ct));
    }

    private static async Task<Reply> Delete(Call call)
    {
        var id = call.Path(Id, "filter");
        await call.Service<FilterService>().Delete(call.Caller, id, null, call.Ct);
        return Answers.Id.Reply(id);
    }

    private static async Task<Reply> DeleteMany(Call call)
    {
        call.Caller.MustWrite("filters");
        var ids = call.Query(Ids, []);
        call.Checked();
        var seen = (await call.Service<FilterService>().List(call.Caller, null, call.Ct)).Where(filter => ids.Contains(filter.Id) && (filter.OwnerId == call.Caller.UserId || call.Caller.IsAdmin)).ToList();
        foreach (var filter in seen) await call.Service<FilterService>().Delete(call.Caller, filter.Id, null, call.Ct);
        return Answers.Ids.Reply([.. seen.Select(filter => filter.Id)]);
    }

    private static Task<Reply> Helpers(Call call) => Task.FromResult(FilterWire.HelpersReply.Reply(true));

    private static Condition? Read(Body body, string subject, WorkspaceCatalog catalog, JsonElement sent)
    {
        try
        {
            return new FilterConditions(subject, catalog).Read(sent);
        }
        catch (ProblemException refused) when (refused.Problem.Code is ProblemCode.Invalid)
        {
            foreach (var field in refused.Problem.Fields) body.Fail(field.Field, field.Message);
            return null;
        }
    }

    private static string View(string? before, JsonElement sent, Condition condition)
    {
        var view = before is null ? [] : JsonNode.Parse(before) as JsonObject ?? [];
        var text = sent.ValueKind is JsonValueKind.String ? sent.GetString()! : sent.GetRawText();
        view[Kept] = new JsonObject { ["means"] = ConditionJson.Write(condition), ["conditions"] = JsonNode.Parse(text) };
        return view.ToJsonString();
    }
}

/// <summary>The filter of v1.</summary>
internal static class FilterWire
{
    public static readonly Wire<SavedFilter> Filter = Build("FilterV1");

    public static readonly Wire<SavedFilter> Detailed = Build("FilterDetailsV1").Json("conditions", new() { ["type"] = new JsonArray("object", "null"), ["additionalProperties"] = true }, (json, f) =>
    {
        if (FilterRoutes.Sent(f) is { } sent) sent.WriteTo(json);
        else json.WriteNullValue();
    }, "null for filters whose condition was written elsewhere.");

    public static readonly HelpersReply Helpers = new();

    private static Wire<SavedFilter> Build(string name) => new Wire<SavedFilter>(name)
        .Whole("id", f => f.Id)
        .Text("name", f => f.Name, nullable: false)
        .Text("filter_code", _ => null)
        .Flag("is_editable", _ => true)
        .Flag("active_flag", _ => true)
        .Text("type", f => FilterRoutes.Word(f.Subject), nullable: false)
        .Json("temporary_flag", new() { ["type"] = new JsonArray("boolean", "null") }, (json, f) =>
        {
            if (f.IsTemporary) json.WriteBooleanValue(true);
            else json.WriteNullValue();
        })
        .Whole("user_id", f => f.OwnerId)
        .Instant("add_time", f => f.AddedAt, Spell.V1Time)
        .Instant("update_time", f => f.UpdatedAt, Spell.V1Time)
        .Text("visible_to", f => f.VisibleTo.ToString(System.Globalization.CultureInfo.InvariantCulture), nullable: false)
        .Instant("last_used_time", f => f.LastUsedAt, Spell.V1Time)
        .Whole("custom_view_id", _ => (long?)null);

    /// <summary>Operators by type of field, relative dates, parts of addresses.</summary>
    internal sealed class HelpersReply : ISchema
    {
        private static readonly (string, string)[] Address =
        [
            ("subpremise", "Apartment/suite no"), ("street_number", "House number"), ("route", "Street/road name"), ("sublocality", "District/sublocality"),
            ("locality", "City/town/village/locality"), ("admin_area_level_1", "State/county"), ("admin_area_level_2", "Region"), ("country", "Country"), ("postal_code", "ZIP/Postal code"),
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
