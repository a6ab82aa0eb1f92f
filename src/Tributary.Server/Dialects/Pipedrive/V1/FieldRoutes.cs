using System.Text.Json;
using System.Text.Json.Nodes;
using Tributary.Core.Catalog;
using Tributary.Core.Fields;
using Tributary.Core.Kernel;
using Tributary.Core.Labels;
using Tributary.Server.Hosting;

namespace Tributary.Server.Dialects.Pipedrive.V1;

/// <summary>A field as v1 lists it: one that every account has, or a custom one.</summary>
internal sealed record FieldView(BuiltInField? BuiltIn, FieldDefinition? Custom, WorkspaceCatalog Catalog, string Subject);

/// <summary>
/// dealFields, personFields, organizationFields, productFields and activityFields of v1; only custom ones can be changed.
/// </summary>
internal static class FieldRoutes
{
    private const string Tag = "Fields v1";

    private static readonly Member<long> Id = Members.Id("id", "The number of the field.").InPath();
    private static readonly Member<string> Name = Members.Text("name", "", 255);
    private static readonly Member<FieldType> Type =
        Members.Word("field_type", "", [.. Enum.GetValues<FieldType>().Select(type => (FieldTypes.Word(type), type))]);
    private static readonly Member<bool> AddVisible = Members.Flag("add_visible_flag", "Taken and not kept.");
    private static readonly Member<long> OptionId = Members.Id("id", "An option that is there; without one a new option is made.");
    private static readonly Member<string> Label = Members.Text("label", "", 255);
    private static readonly Shape Option = new("FieldOptionV1", OptionId, Label.Required());
    private static readonly Member<Seq<FieldOption>> Options =
        new("options", "Of enum and set fields: [{\"label\":…}]; in changes all that shall be there, with the ids of those that are.")
        {
            Accepts = "must be a list of objects with a label",
            Schema = () => new() { ["type"] = "array", ["items"] = new JsonObject { ["type"] = "object" } },
            FromJson = TryOptions,
            FromText = (string text, ReadingPolicy policy, out Seq<FieldOption> value) => TryText(text, policy, out value),
        };

    private static readonly Many<FieldView> Fields = new(FieldWire.Field);
    private static readonly One<FieldView> One = new(FieldWire.Field);

    public static readonly IReadOnlyList<Operation> All =
    [
        .. Of("deal", "Deal", custom: true), .. Of("person", "Person", custom: true), .. Of("organization", "Organization", custom: true),
        .. Of("product", "Product", custom: true),
        .. Of("activity", "Activity", custom: false), .. Of("lead", "Lead", custom: false), .. Of("note", "Note", custom: false),
    ];

    private static IEnumerable<Operation> Of(string subject, string noun, bool custom)
    {
        yield return new("GET", $"/{subject}Fields", $"get{noun}FieldsV1", call => List(call, subject))
        {
            Tag = Tag,
            Summary = $"Get all {subject} fields",
            Cost = 20,
            Parameters = Paging.Parameters,
            Answer = Fields,
        };
        if (!custom) yield break;
        yield return new("POST", $"/{subject}Fields", $"add{noun}FieldV1", call => Create(call, subject))
        {
            Tag = Tag,
            Summary = $"Add a new {subject} field",
            Cost = 10,
            Body = new($"New{noun}FieldV1", Name.Required(), Options, AddVisible, Type.Required()),
            // So the specification, of product fields only.
            Status = subject == "product" ? 201 : 200,
            Answer = One,
        };
        yield return new("GET", $"/{subject}Fields/{{id}}", $"get{noun}FieldV1", call => Get(call, subject))
        {
            Tag = Tag,
            Summary = $"Get one {subject} field",
            Cost = 2,
            Parameters = [Id],
            Answer = One,
        };
        yield return new("PUT", $"/{subject}Fields/{{id}}", $"update{noun}FieldV1", call => Update(call, subject))
        {
            Tag = Tag,
            Summary = $"Update a {subject} field",
            Cost = 10,
            Parameters = [Id],
            Body = new($"{noun}FieldChangesV1", Name, Options, AddVisible),
            Answer = One,
        };
        yield return new("DELETE", $"/{subject}Fields/{{id}}", $"delete{noun}FieldV1", call => Delete(call, subject))
        {
            Tag = Tag,
            Summary = $"Delete a {subject} field",
            Cost = 6,
            Parameters = [Id],
            Answer = Answers.Id,
        };
        yield return new("DELETE", $"/{subject}Fields", $"delete{noun}FieldsV1", call => DeleteMany(call, subject))
        {
            Tag = Tag,
            Summary = $"Delete multiple {subject} fields in bulk",
            Cost = 10,
            Parameters = [Several.Ids],
            Answer = Answers.Ids,
            CoverageNote = Several.Note,
        };
    }

    private static async Task<Reply> List(Call call, string subject)
    {
        var query = Paging.Read(call);
        call.Checked();
        call.Caller.MustRead("fields");
        var catalog = await call.Service<CatalogService>().Latest(call.Caller, call.Ct);
        FieldView[] all = [.. BuiltInFields.Of(subject).Select(field => new FieldView(field, null, catalog, subject)),
            .. Customs(catalog, subject).Select(field => new FieldView(null, field, catalog, subject))];
        var (fields, more) = query.Slice(all);
        return Fields.Page(fields, query, more);
    }

    private static async Task<Reply> Get(Call call, string subject)
    {
        var id = call.Path(Id, "field");
        call.Caller.MustRead("fields");
        var catalog = await call.Service<CatalogService>().Latest(call.Caller, call.Ct);
        if (BuiltInFields.Of(subject).FirstOrDefault(field => field.Id == id) is { } builtIn)
        {
            return One.Reply(new(builtIn, null, catalog, subject));
        }
        return One.Reply(new(null, await Find(call, subject), catalog, subject));
    }

    private static async Task<Reply> Create(Call call, string subject)
    {
        call.Caller.MustManage("fields");
        var field = await call.Read(body =>
        {
            body.Get(AddVisible);
            return new NewField
            {
                Subject = subject,
                Name = body.Get(Name).Or(""),
                Type = body.Get(Type).Or(default),
                Options = [.. body.Get(Options).Or([]).Select(option => new NewOption(option.Label))],
            };
        });
        return await Shown(call, await call.Service<FieldService>().Create(call.Caller, field, call.Ct), call.Operation.Status);
    }

    private static async Task<Reply> Update(Call call, string subject)
    {
        call.Caller.MustManage("fields");
        var (name, options) = await call.Read(body =>
        {
            body.Get(AddVisible);
            return (body.Get(Name), body.Get(Options));
        });
        var field = await Find(call, subject);
        var service = call.Service<FieldService>();
        if (name.IsSet) field = await service.Update(call.Caller, field.Id, new() { Name = name }, call.Ct);
        if (options.IsSet)
        {
            // "All active items must be supplied": what is not sent goes, what has an id is renamed, the rest is new.
            var kept = options.Value.Where(option => option.Id > 0).ToList();
            var gone = field.Options.Select(option => option.Id).Except(kept.Select(option => option.Id)).ToList();
            if (kept.Count > 0) field = await service.RenameOptions(call.Caller, field.Id, [.. kept], call.Ct);
            if (options.Value.Any(option => option.Id == 0))
            {
                field = await service.AddOptions(call.Caller, field.Id,
                    [.. options.Value.Where(option => option.Id == 0).Select(option => new NewOption(option.Label))], call.Ct);
            }
            if (gone.Count > 0) field = await service.RemoveOptions(call.Caller, field.Id, [.. gone], call.Ct);
        }
        return await Shown(call, field);
    }

    private static async Task<Reply> Delete(Call call, string subject)
    {
        call.Caller.MustManage("fields");
        var field = await Find(call, subject);
        await call.Service<FieldService>().Delete(call.Caller, field.Id, null, call.Ct);
        return Answers.Id.Reply(field.Id + BuiltInFields.FirstCustom);
    }

    private static async Task<Reply> DeleteMany(Call call, string subject)
    {
        call.Caller.MustManage("fields");
        var ids = call.Query(Several.Ids, []);
        call.Checked();
        if (BuiltInFields.Of(subject).Any(field => ids.Contains(field.Id))) throw Problem.Forbidden("Only custom fields can be changed.");
        var catalog = await call.Service<CatalogService>().Current(call.Caller, call.Ct);
        var fields = catalog.FieldsOf(subject).Where(field => ids.Contains(field.Id + BuiltInFields.FirstCustom)).ToList();
        foreach (var field in fields) await call.Service<FieldService>().Delete(call.Caller, field.Id, null, call.Ct);
        return Answers.Ids.Reply([.. fields.Select(field => field.Id + BuiltInFields.FirstCustom)]);
    }

    private static async Task<Reply> Shown(Call call, FieldDefinition field, int status = 200) =>
        One.Reply(new(null, field, await call.Service<CatalogService>().Latest(call.Caller, call.Ct), field.Subject), status: status);

    /// <summary>Leads have the custom fields of deals.</summary>
    private static IEnumerable<FieldDefinition> Customs(WorkspaceCatalog catalog, string subject) =>
        catalog.FieldsOf(subject == "lead" ? "deal" : subject);

    private static async Task<FieldDefinition> Find(Call call, string subject)
    {
        var id = call.Path(Id, "field");
        if (BuiltInFields.Of(subject).Any(field => field.Id == id)) throw Problem.Forbidden("Only custom fields can be changed.");
        var catalog = await call.Service<CatalogService>().Current(call.Caller, call.Ct);
        return catalog.FieldsOf(subject).FirstOrDefault(field => field.Id + BuiltInFields.FirstCustom == id)
            ?? throw Problem.NotFound("field", id);
    }

    // "possible options must be supplied as a JSON-encoded sequential array of objects": as JSON, or as a text that is JSON.
    private static bool TryOptions(JsonElement json, ReadingPolicy policy, out Seq<FieldOption> value)
    {
        value = [];
        if (json.ValueKind is JsonValueKind.String) return Members.TryText(json, out var text) && TryText(text, policy, out value);
        if (json.ValueKind is not JsonValueKind.Array || json.GetArrayLength() > 1000) return false;
        var options = new List<FieldOption>();
        foreach (var one in json.EnumerateArray())
        {
            if (one.ValueKind is not JsonValueKind.Object) return false;
            try
            {
                options.Add(Body.Read(one, Option, policy, body => new FieldOption(body.Get(OptionId).Or(0), body.Get(Label).Or(""))));
            }
            catch (ProblemException)
            {
                return false;
            }
        }
        value = [.. options];
        return true;
    }

    private static bool TryText(string text, ReadingPolicy policy, out Seq<FieldOption> value)
    {
        value = [];
        try
        {
            using var document = JsonDocument.Parse(text, new() { MaxDepth = 8 });
            return document.RootElement.ValueKind is JsonValueKind.Array && TryOptions(document.RootElement, policy, out value);
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
