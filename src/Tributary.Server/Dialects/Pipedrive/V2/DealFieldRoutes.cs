using System.Text.Json;
using System.Text.Json.Nodes;
using Tributary.Core.Catalog;
using Tributary.Core.Fields;
using Tributary.Core.Kernel;
using Tributary.Server.Hosting;

namespace Tributary.Server.Dialects.Pipedrive.V2;

/// <summary>dealFields of v2 and their options; reference §11 and the OpenAPI file. Only custom fields can be changed.</summary>
internal static class DealFieldRoutes
{
    private static readonly string[] Extras = ["ui_visibility", "important_fields", "required_fields"];

    private static readonly Member<string> Code = Members.Text("field_code", "The code of the field; of a custom one its 40-hex key.", 40).InPath();
    private static readonly Member<Seq<string>> IncludeFields = Members.List("include_fields", "ui_visibility, important_fields, required_fields, comma-separated.", Members.Word("", "", [.. Extras.Select(name => (name, name))]), 3);

    private static readonly Member<string> Name = Members.Text("field_name", "", 255);
    private static readonly Member<FieldType> Type = Members.Word("field_type", "", [.. Enum.GetValues<FieldType>().Select(type => (FieldTypes.Word(type), type))]);
    private static readonly Member<string> Description = Members.Text("description", "", 2000).Nullable();
    private static readonly Member<string> Label = Members.Text("label", "", 255);
    private static readonly Member<long> OptionId = Members.Id("id", "The option.");
    private static readonly Member<JsonElement>[] Settings = [.. Extras.Select(name => Members.JsonObject(name, "Kept with the field and shown with include_fields."))];

    private static readonly Member<Seq<NewOption>> NewOptions = Members.List("options", "Of enum and set fields.",
        Members.Object("", "", new("DealFieldOptionBody", Label.Required()), body => new NewOption(body.Get(Label).Or(""))), 1000);

    private static readonly Member<Seq<FieldOption>> Renamed = Members.List("options", "",
        Members.Object("", "", new("DealFieldOptionChange", OptionId.Required(), Label.Required()), body => new FieldOption(body.Get(OptionId).Or(0), body.Get(Label).Or(""))), 1000);

    private static readonly Member<Seq<long>> Removed = Members.List("options", "",
        Members.Object("", "", new("DealFieldOptionId", OptionId.Required()), body => body.Get(OptionId).Or(0)), 1000);

    private static readonly Wire<(object Id, string Label, string? Color)> OptionWire = new Wire<(object Id, string Label, string? Color)>("DealFieldOption")
        .Json("id", new() { ["type"] = new JsonArray("integer", "string") }, (json, option) => Write(json, option.Id))
        .Text("label", option => option.Label, nullable: false)
        .Text("color", option => option.Color);

    private static readonly Wire<(object Id, string Label, string? Color)> ChangedOption = new Wire<(object Id, string Label, string? Color)>("ChangedDealFieldOption")
        .Json("id", new() { ["type"] = "integer" }, (json, option) => Write(json, option.Id))
        .Text("label", option => option.Label, nullable: false);

    private static readonly Wire<(string Code, string Name, string Type)> PartWire = new Wire<(string Code, string Name, string Type)>("DealFieldPart")
        .Text("field_code", part => part.Code, nullable: false)
        .Text("field_name", part => part.Name, nullable: false)
        .Text("field_type", part => part.Type, nullable: false);

    private static readonly Wire<DealFieldView> FieldWire = new Wire<DealFieldView>("DealField")
        .Text("field_name", f => f.Name, nullable: false)
        .Text("field_code", f => f.Code, nullable: false)
        .Text("description", f => f.Custom?.Description)
        .Text("field_type", f => f.Type, nullable: false)
        .Json("options", ArrayOrNull(), (json, f) => WriteAll(json, f.Options, OptionWire))
        .Json("subfields", ArrayOrNull(), (json, f) => WriteAll(json, f.Parts, PartWire))
        .Flag("is_custom_field", f => f.Custom is not null)
        .Flag("is_optional_response_field", f => f.IsOptional)
        .Json("ui_visibility", Any(), (json, f) => Setting(json, f, "ui_visibility",
            """{"add_visible_flag":false,"details_visible_flag":true,"projects_detail_visible_flag":false,"show_in_pipelines":{"show_in_all":true,"pipeline_ids":[]}}"""), when: f => f.Includes.Contains("ui_visibility"))
        .Json("important_fields", Any(), (json, f) => Setting(json, f, "important_fields", """{"enabled":false,"stage_ids":[]}"""), when: f => f.Includes.Contains("important_fields"))
        .Json("required_fields", Any(), (json, f) => Setting(json, f, "required_fields", """{"enabled":false,"stage_ids":[],"statuses":{}}"""), when: f => f.Includes.Contains("required_fields"));

    private static readonly Wire<DealFieldView> One = Envelope.One(FieldWire);
    private static readonly Wire<IReadOnlyList<(object Id, string Label, string? Color)>> Options =
        Envelope.All(ChangedOption).Json("additional_data", new() { ["type"] = "null" }, (json, _) => json.WriteNullValue());
    private static readonly ShortList<DealFieldView> Fields = new(FieldWire, field => field.Order);

    public static readonly IReadOnlyList<Operation> All =
    [
        new("GET", "/dealFields", "getDealFields", List) { Tag = "DealFields", Summary = "Get all deal fields", Cost = 10, Parameters = [IncludeFields, .. Fields.Parameters], Answer = Fields.Answer },
        new("GET", "/dealFields/{field_code}", "getDealField", Get) { Tag = "DealFields", Summary = "Get one deal field", Parameters = [Code, IncludeFields], Answer = One },
        new("POST", "/dealFields", "addDealField", Create)
        {
            Tag = "DealFields", Summary = "Create one deal field", Cost = 5, Body = new("NewDealField", [Name.Required(), Type.Required(), NewOptions, Description, .. Settings]), Answer = One,
        },
        new("PATCH", "/dealFields/{field_code}", "updateDealField", Update)
        {
            Tag = "DealFields", Summary = "Update one deal field", Cost = 5, Parameters = [Code], Body = new("DealFieldChanges", [Name, Description, .. Settings]), Answer = One,
        },
        new("DELETE", "/dealFields/{field_code}", "deleteDealField", Delete) { Tag = "DealFields", Summary = "Delete one deal field", Cost = 3, Parameters = [Code], Answer = One },
        new("POST", "/dealFields/{field_code}/options", "addDealFieldOptions", AddOptions)
        {
            Tag = "DealFields", Summary = "Add deal field options in bulk", Cost = 5, Parameters = [Code], Answer = Options, Description = "The body is a list: [{\"label\": \"…\"}].",
        },
        new("PATCH", "/dealFields/{field_code}/options", "updateDealFieldOptions", RenameOptions)
        {
            Tag = "DealFields", Summary = "Update deal field options in bulk", Cost = 5, Parameters = [Code], Answer = Options, Description = "The body is a list: [{\"id\": 1, \"label\": \"…\"}].",
        },
        new("DELETE", "/dealFields/{field_code}/options", "deleteDealFieldOptions", RemoveOptions)
        {
            Tag = "DealFields", Summary = "Delete deal field options in bulk", Cost = 3, Parameters = [Code], Answer = Options, Description = "The body is a list: [{\"id\": 1}].",
        },
    ];

    private static Task<Reply> List(Call call)
    {
        call.Caller.MustRead("fields");
        var included = call.Query(IncludeFields, []).ToHashSet();
        return Fields.Page(call, async () => [.. DealFields.All(await call.Service<CatalogService>().Latest(call.Caller, call.Ct)).Select(field => field with { Includes = included })]);
    }

    private static async Task<Reply> Get(Call call)
    {
        call.Caller.MustRead("fields");
        var code = call.Path(Code, "field");
        var included = call.Query(IncludeFields, []).ToHashSet();
        call.Checked();
        var field = DealFields.All(await call.Service<CatalogService>().Latest(call.Caller, call.Ct)).FirstOrDefault(field => field.Code == code);
        return Reply.Json(One, (field ?? throw Problem.NotFound("field", code)) with { Includes = included });
    }

    private static async Task<Reply> Create(Call call)
    {
        call.Caller.MustManage("fields");
        var given = await call.Read(body => new NewField
        {
            Subject = "deal",
            Name = body.Get(Name).Or(""),
            Type = body.Get(Type).Or(FieldType.Varchar),
            Description = body.ClearableText(Description).Or(null),
            Options = body.Get(NewOptions).Or([]),
            Settings = With("{}", ReadSettings(body)),
        });
        return Shown(await call.Service<FieldService>().Create(call.Caller, given, call.Ct));
    }

    private static async Task<Reply> Update(Call call)
    {
        call.Caller.MustManage("fields");
        var (patch, settings) = await call.Read(body => (new FieldPatch { Name = body.Get(Name), Description = body.ClearableText(Description) }, ReadSettings(body)));
        var field = await Custom(call);
        if (settings.Count > 0) patch = patch with { Settings = With(field.Settings, settings) };
        return Shown(await call.Service<FieldService>().Update(call.Caller, field.Id, patch, call.Ct));
    }

    private static async Task<Reply> Delete(Call call)
    {
        var field = await Custom(call);
        return Shown(await call.Service<FieldService>().Delete(call.Caller, field.Id, expected: null, call.Ct));
    }

    private static async Task<Reply> AddOptions(Call call)
    {
        var field = await Custom(call);
        var after = await call.Service<FieldService>().AddOptions(call.Caller, field.Id, await ReadList(call, NewOptions), call.Ct);
        return Shown(after.Options.Where(option => field.Options.All(before => before.Id != option.Id)));
    }

    private static async Task<Reply> RenameOptions(Call call)
    {
        var field = await Custom(call);
        var renamed = await ReadList(call, Renamed);
        // The list has no colors: an option keeps its own.
        Seq<FieldOption> options = [.. renamed.Select(option => option with { Color = field.Options.FirstOrDefault(before => before.Id == option.Id)?.Color })];
        var after = await call.Service<FieldService>().RenameOptions(call.Caller, field.Id, options, call.Ct);
        return Shown(after.Options.Where(option => renamed.Any(one => one.Id == option.Id)));
    }

    private static async Task<Reply> RemoveOptions(Call call)
    {
        var field = await Custom(call);
        var removed = await ReadList(call, Removed);
        await call.Service<FieldService>().RemoveOptions(call.Caller, field.Id, removed, call.Ct);
        return Shown(field.Options.Where(option => removed.Contains(option.Id)));
    }

    /// <summary>The custom field of the path; one that every account has cannot be changed.</summary>
    private static async Task<FieldDefinition> Custom(Call call)
    {
        call.Caller.MustManage("fields");
        var code = call.Path(Code, "field");
        var field = DealFields.All(await call.Service<CatalogService>().Current(call.Caller, call.Ct)).FirstOrDefault(field => field.Code == code) ?? throw Problem.NotFound("field", code);
        return field.Custom ?? throw Problem.Invalid("field_code", "field_code must be that of a custom field: the others cannot be changed.");
    }

    /// <summary>A body that is a list, which a shape cannot say.</summary>
    private static async Task<Seq<T>> ReadList<T>(Call call, Member<Seq<T>> member)
    {
        using var document = await call.Document();
        if (!member.FromJson(document.RootElement, call.Reading, out var list)) throw Problem.Invalid("options", $"The request body {member.Accepts}.");
        return list.Count > 0 ? list : throw Problem.Invalid("options", "The request body must have at least one option.");
    }

    private static List<(string Name, JsonElement Value)> ReadSettings(Body body) =>
        [.. Settings.Select(member => (member.Name, Sent: body.Get(member))).Where(one => one.Sent.IsSet).Select(one => (one.Name, one.Sent.Value))];

    private static string With(string before, List<(string Name, JsonElement Value)> sent)
    {
        var settings = JsonNode.Parse(before)!.AsObject();
        foreach (var (name, value) in sent) settings[name] = JsonNode.Parse(value.GetRawText());
        return settings.ToJsonString();
    }

    private static Reply Shown(FieldDefinition field) => Reply.Json(One, DealFields.Of(field, 0) with { Includes = Extras.ToHashSet() });

    private static Reply Shown(IEnumerable<FieldOption> options) =>
        Reply.Json(Options, [.. options.Select(option => ((object)option.Id, option.Label, option.Color))]);

    private static void Setting(Utf8JsonWriter json, DealFieldView field, string name, string otherwise)
    {
        using var settings = JsonDocument.Parse(field.Custom?.Settings ?? "{}");
        if (settings.RootElement.TryGetProperty(name, out var kept)) kept.WriteTo(json);
        else json.WriteRawValue(otherwise);
    }

    private static void WriteAll<T>(Utf8JsonWriter json, IReadOnlyList<T>? rows, Wire<T> wire)
    {
        if (rows is null)
        {
            json.WriteNullValue();
            return;
        }
        json.WriteStartArray();
        foreach (var row in rows) wire.Write(json, row);
        json.WriteEndArray();
    }

    private static void Write(Utf8JsonWriter json, object id)
    {
        if (id is long number) json.WriteNumberValue(number);
        else json.WriteStringValue((string)id);
    }

    private static JsonObject ArrayOrNull() => new() { ["type"] = new JsonArray("array", "null"), ["items"] = new JsonObject { ["type"] = "object" } };

    private static JsonObject Any() => new() { ["type"] = "object", ["additionalProperties"] = true };
}
