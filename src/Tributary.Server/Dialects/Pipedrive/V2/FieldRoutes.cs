using System.Text.Json;
using System.Text.Json.Nodes;
using Tributary.Core.Catalog;
using Tributary.Core.Fields;
using Tributary.Core.Kernel;
using Tributary.Server.Hosting;

namespace Tributary.Server.Dialects.Pipedrive.V2;

/// <summary>
/// dealFields, personFields, organizationFields, productFields and activityFields of v2, and their options; reference §11 and the
/// OpenAPI file. Only custom fields can be changed.
/// </summary>
internal sealed class FieldRoutes
{
    private static readonly Member<string> Code =
        Members.Text("field_code", "The code of the field; of a custom one its 40-hex key.", 40).InPath();
    private static readonly Member<string> Name = Members.Text("field_name", "", 255);
    private static readonly Member<FieldType> Type =
        Members.Word("field_type", "", [.. Enum.GetValues<FieldType>().Select(type => (FieldTypes.Word(type), type))]);
    private static readonly Member<string> Description = Members.Text("description", "", 2000).Nullable();
    private static readonly Member<string> Label = Members.Text("label", "", 255);
    private static readonly Member<long> OptionId = Members.Id("id", "The option.");

    private static readonly Member<Seq<NewOption>> NewOptions = Members.List("options", "Of enum and set fields.",
        Members.Object("", "", new("FieldOptionBody", Label.Required()), body => new NewOption(body.Get(Label).Or(""))), 1000);

    private static readonly Member<Seq<FieldOption>> Renamed = Members.List("options", "", Members.Object("", "",
        new("FieldOptionChange", OptionId.Required(), Label.Required()),
        body => new FieldOption(body.Get(OptionId).Or(0), body.Get(Label).Or(""))), 1000);

    private static readonly Member<Seq<long>> Removed = Members.List("options", "",
        Members.Object("", "", new("FieldOptionId", OptionId.Required()), body => body.Get(OptionId).Or(0)), 1000);

    private readonly FieldKind kind;
    private readonly Member<Seq<string>> includeFields;
    private readonly Member<JsonElement>[] settings;
    private readonly Wire<FieldView> one;
    private readonly ShortList<FieldView> fields;

    private FieldRoutes(FieldKind kind)
    {
        this.kind = kind;
        string[] names = [.. kind.Settings.Select(setting => setting.Name)];
        includeFields = Members.List("include_fields", $"{string.Join(", ", names)}, comma-separated.",
            Members.Word("", "", [.. names.Select(name => (name, name))]), names.Length);
        settings = [.. names.Select(name => Members.JsonObject(name, "Kept with the field and shown with include_fields."))];
        var wire = FieldWire.Of(kind);
        one = Envelope.One(wire);
        fields = new(wire, field => field.Order);
    }

    public static readonly IReadOnlyList<Operation> All = [.. FieldKind.All.SelectMany(kind => new FieldRoutes(kind).Operations())];

    private IEnumerable<Operation> Operations()
    {
        var (path, tag, noun) = ($"/{kind.Subject}Fields", $"{kind.Name}Fields", $"{kind.Subject} field");
        yield return new("GET", path, $"get{kind.Name}Fields", List)
        {
            Tag = tag,
            Summary = $"Get all {noun}s",
            Cost = 10,
            Parameters = [includeFields, .. fields.Parameters],
            Answer = fields.Answer,
        };
        yield return new("GET", path + "/{field_code}", $"get{kind.Name}Field", Get)
        {
            Tag = tag,
            Summary = $"Get one {noun}",
            Parameters = [Code, includeFields],
            Answer = one,
        };
        if (!kind.IsCustomizable) yield break;

        Member[] changed = [.. kind.HasDescription ? (Member[])[Description] : [], .. settings];
        yield return new("POST", path, $"add{kind.Name}Field", Create)
        {
            Tag = tag,
            Summary = $"Create one {noun}",
            Cost = 5,
            Answer = one,
            Body = new($"New{kind.Name}Field", [Name.Required(), Type.Required(), NewOptions, .. changed]),
        };
        yield return new("PATCH", path + "/{field_code}", $"update{kind.Name}Field", Update)
        {
            Tag = tag,
            Summary = $"Update one {noun}",
            Cost = 5,
            Parameters = [Code],
            Body = new($"{kind.Name}FieldChanges", [Name, .. changed]),
            Answer = one,
        };
        yield return new("DELETE", path + "/{field_code}", $"delete{kind.Name}Field", Delete)
        {
            Tag = tag,
            Summary = $"Delete one {noun}",
            Cost = 3,
            Parameters = [Code],
            Answer = one,
        };
        yield return OfOptions("POST", "Add", 5, AddOptions, "[{\"label\": \"…\"}]");
        yield return OfOptions("PATCH", "Update", 5, RenameOptions, "[{\"id\": 1, \"label\": \"…\"}]");
        yield return OfOptions("DELETE", "Delete", 3, RemoveOptions, "[{\"id\": 1}]");

        Operation OfOptions(string method, string verb, int cost, Handler answer, string body) =>
            new(method, path + "/{field_code}/options", $"{verb.ToLowerInvariant()}{kind.Name}FieldOptions", answer)
            {
                Tag = tag,
                Summary = $"{verb} {noun} options in bulk",
                Cost = cost,
                Parameters = [Code],
                Answer = FieldWire.Options,
                Description = $"The body is a list: {body}.",
            };
    }

    private Task<Reply> List(Call call)
    {
        call.Caller.MustRead("fields");
        var included = call.Query(includeFields, []).ToHashSet();
        return fields.Page(call, async () => [.. (await Latest(call)).Select(field => field with { Includes = included })]);
    }

    private async Task<Reply> Get(Call call)
    {
        call.Caller.MustRead("fields");
        var code = call.Path(Code, "field");
        var included = call.Query(includeFields, []).ToHashSet();
        call.Checked();
        var field = (await Latest(call)).FirstOrDefault(field => field.Code == code) ?? throw Problem.NotFound("field", code);
        return Reply.Json(one, field with { Includes = included });
    }

    private async Task<Reply> Create(Call call)
    {
        call.Caller.MustManage("fields");
        var given = await call.Read(body => new NewField
        {
            Subject = kind.Subject,
            Name = body.Get(Name).Or(""),
            Type = body.Get(Type).Or(FieldType.Varchar),
            Description = kind.HasDescription ? body.ClearableText(Description).Or(null) : null,
            Options = body.Get(NewOptions).Or([]),
            Settings = With("{}", ReadSettings(body)),
        });
        return Shown(await call.Service<FieldService>().Create(call.Caller, given, call.Ct));
    }

    private async Task<Reply> Update(Call call)
    {
        call.Caller.MustManage("fields");
        var (patch, sent) = await call.Read(body => (new FieldPatch
        {
            Name = body.Get(Name),
            Description = kind.HasDescription ? body.ClearableText(Description) : default,
        }, ReadSettings(body)));
        // "At least one field must be provided in the request body."
        if (patch == new FieldPatch() && sent.Count == 0) throw Problem.Invalid("body", "The request body must have at least one field.");
        var field = await Custom(call);
        if (sent.Count > 0) patch = patch with { Settings = With(field.Settings, sent) };
        return Shown(await call.Service<FieldService>().Update(call.Caller, field.Id, patch, call.Ct));
    }

    private async Task<Reply> Delete(Call call)
    {
        var field = await Custom(call);
        return Shown(await call.Service<FieldService>().Delete(call.Caller, field.Id, expected: null, call.Ct));
    }

    private async Task<Reply> AddOptions(Call call)
    {
        var field = await Custom(call);
        var after = await call.Service<FieldService>().AddOptions(call.Caller, field.Id, await ReadList(call, NewOptions), call.Ct);
        return Shown(after.Options.Where(option => field.Options.All(before => before.Id != option.Id)));
    }

    private async Task<Reply> RenameOptions(Call call)
    {
        var field = await Custom(call);
        var renamed = await ReadList(call, Renamed);
        // The list has no colors: an option keeps its own.
        Seq<FieldOption> options =
            [.. renamed.Select(option => option with { Color = field.Options.FirstOrDefault(before => before.Id == option.Id)?.Color })];
        var after = await call.Service<FieldService>().RenameOptions(call.Caller, field.Id, options, call.Ct);
        return Shown(after.Options.Where(option => renamed.Any(one => one.Id == option.Id)));
    }

    private async Task<Reply> RemoveOptions(Call call)
    {
        var field = await Custom(call);
        var removed = await ReadList(call, Removed);
        await call.Service<FieldService>().RemoveOptions(call.Caller, field.Id, removed, call.Ct);
        return Shown(field.Options.Where(option => removed.Contains(option.Id)));
    }

    /// <summary>The custom field of the path; one that every account has cannot be changed.</summary>
    private async Task<FieldDefinition> Custom(Call call)
    {
        call.Caller.MustManage("fields");
        var code = call.Path(Code, "field");
        var catalog = await call.Service<CatalogService>().Current(call.Caller, call.Ct);
        var field = RecordFields.All(kind, catalog).FirstOrDefault(field => field.Code == code) ?? throw Problem.NotFound("field", code);
        return field.Custom
            ?? throw Problem.Invalid("field_code", "field_code must be that of a custom field: the others cannot be changed.");
    }

    private async Task<IReadOnlyList<FieldView>> Latest(Call call) =>
        RecordFields.All(kind, await call.Service<CatalogService>().Latest(call.Caller, call.Ct));

    /// <summary>A body that is a list, which a shape cannot say.</summary>
    private static async Task<Seq<T>> ReadList<T>(Call call, Member<Seq<T>> member)
    {
        using var document = await call.Document();
        if (!member.FromJson(document.RootElement, call.Reading, out var list))
        {
            throw Problem.Invalid("options", $"The request body {member.Accepts}.");
        }
        return list.Count > 0 ? list : throw Problem.Invalid("options", "The request body must have at least one option.");
    }

    private List<(string Name, JsonElement Value)> ReadSettings(Body body) => [.. settings
        .Select(member => (member.Name, Sent: body.Get(member)))
        .Where(one => one.Sent.IsSet)
        .Select(one => (one.Name, one.Sent.Value))];

    private static string With(string before, List<(string Name, JsonElement Value)> sent)
    {
        var after = JsonNode.Parse(before)!.AsObject();
        foreach (var (name, value) in sent) after[name] = JsonNode.Parse(value.GetRawText());
        return after.ToJsonString();
    }

    private Reply Shown(FieldDefinition field) =>
        Reply.Json(one, RecordFields.Of(kind, field, 0) with { Includes = settings.Select(setting => setting.Name).ToHashSet() });

    private static Reply Shown(IEnumerable<FieldOption> options) =>
        Reply.Json(FieldWire.Options, [.. options.Select(option => ((object)option.Id, option.Label, option.Color))]);
}
