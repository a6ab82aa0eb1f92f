using Tributary.Core.Fields;
using Tributary.Server.Api.Jobs;
using Tributary.Server.Hosting;

namespace Tributary.Server.Api.Fields;

internal static class FieldRoutes
{
    private static readonly Member<long> Id = Members.Id("id", "The field.").InPath();
    private static readonly Member<long> OptionId = Members.Id("option_id", "The choice.").InPath();

    private static readonly ShortListing<FieldDefinition> Fields = new(FieldWire.Field, field => field.Id)
    {
        Filters =
        [
            ShortFilter<FieldDefinition>.Of(FieldBody.Subject, (field, subject) => field.Subject == subject),
            ShortFilter<FieldDefinition>.Of(FieldBody.Type, (field, type) => field.Type == type),
        ],
        Sorts = new Dictionary<string, Func<FieldDefinition, IComparable?>>
        {
            ["id"] = f => f.Id,
            ["name"] = f => f.Name,
            ["position"] = f => f.Position,
            ["subject"] = f => f.Subject,
            ["added_at"] = f => f.AddedAt,
        },
    };

    public static readonly IReadOnlyList<Operation> All =
    [
        new("GET", "/fields", "listFields", List)
        {
            Tag = "Fields", Summary = "List custom fields", Parameters = Fields.Parameters, Answer = Fields,
        },
        new("POST", "/fields", "createField", Create)
        {
            Tag = "Fields", Summary = "Add a custom field", Body = FieldBody.New, Status = 201, Answer = FieldWire.Field,
        },
        new("GET", "/fields/{id}", "getField", Get)
        {
            Tag = "Fields", Summary = "Get a custom field", Parameters = [Id, Selection.Fields], Answer = FieldWire.Field,
        },
        new("PATCH", "/fields/{id}", "updateField", Update)
        {
            Tag = "Fields", Summary = "Change a custom field", Parameters = [Id], Body = FieldBody.Patch, Answer = FieldWire.Field,
        },
        new("DELETE", "/fields/{id}", "deleteField", Delete)
        {
            Tag = "Fields", Summary = "Delete a custom field and hide its values", Parameters = [Id], Status = 204,
        },
        new("POST", "/fields/{id}/type/preview", "previewFieldType", PreviewType)
        {
            Tag = "Fields", Summary = "See what another type would do to the values of a custom field", Parameters = [Id],
            Body = TypeBody.Preview, Answer = TypeWire.Preview, OnlyReads = true,
        },
        new("POST", "/fields/{id}/type", "changeFieldType", ChangeType)
        {
            Tag = "Fields", Summary = "Give a custom field another type, in the background and all at once", Parameters = [Id],
            Body = TypeBody.Change, Status = 202, Answer = JobRoutes.Wire,
        },
        new("POST", "/fields/{id}/options", "addFieldOptions", AddOptions)
        {
            Tag = "Fields", Summary = "Add choices to a custom field", Parameters = [Id], Body = FieldBody.AddOptions,
            Answer = FieldWire.Field,
        },
        new("PATCH", "/fields/{id}/options", "renameFieldOptions", RenameOptions)
        {
            Tag = "Fields", Summary = "Rename choices of a custom field", Parameters = [Id], Body = FieldBody.RenameOptions,
            Answer = FieldWire.Field,
        },
        new("DELETE", "/fields/{id}/options/{option_id}", "deleteFieldOption", RemoveOption)
        {
            Tag = "Fields", Summary = "Take a choice from a custom field", Parameters = [Id, OptionId], Status = 204,
        },
    ];

    private static Task<Reply> List(Call call) => Fields.Answer(call, () => call.Service<FieldService>().List(call.Caller, call.Ct));

    private static async Task<Reply> Create(Call call)
    {
        call.Caller.MustManage("fields");
        return Shown(await call.Service<FieldService>().Create(call.Caller, await call.Read(FieldBody.ReadNew), call.Ct), 201);
    }

    private static async Task<Reply> Get(Call call)
    {
        var id = call.Path(Id, "field");
        var only = Selection.Read(call, FieldWire.Field);
        call.Checked();
        return Shown(await call.Service<FieldService>().Get(call.Caller, id, call.Ct), only: only);
    }

    private static async Task<Reply> Update(Call call)
    {
        call.Caller.MustManage("fields");
        var id = call.Path(Id, "field");
        var patch = await call.Read(FieldBody.Read);
        return Shown(await call.Service<FieldService>()
            .Update(call.Caller, id, patch with { ExpectedVersion = call.ExpectedVersion() ?? patch.ExpectedVersion }, call.Ct));
    }

    private static async Task<Reply> Delete(Call call)
    {
        call.Caller.MustManage("fields");
        await call.Service<FieldService>().Delete(call.Caller, call.Path(Id, "field"), call.ExpectedVersion(), call.Ct);
        return Reply.Empty();
    }

    private static async Task<Reply> PreviewType(Call call)
    {
        call.Caller.MustManage("fields");
        var id = call.Path(Id, "field");
        var (to, examples) = await call.Read(body => (TypeBody.Read(body), TypeBody.ReadExamples(body)));
        return Reply.Json(TypeWire.Preview, await call.Service<TypeChangeService>().Preview(call.Caller, id, to, examples, call.Ct));
    }

    private static async Task<Reply> ChangeType(Call call)
    {
        call.Caller.MustManage("fields");
        var id = call.Path(Id, "field");
        var to = await call.Read(TypeBody.Read);
        return Reply.Json(JobRoutes.Wire, await call.Service<TypeChangeService>()
            .Change(call.Caller, id, to with { ExpectedVersion = call.ExpectedVersion() ?? to.ExpectedVersion }, call.Ct), status: 202);
    }

    private static async Task<Reply> AddOptions(Call call)
    {
        call.Caller.MustManage("fields");
        var id = call.Path(Id, "field");
        return Shown(await call.Service<FieldService>().AddOptions(call.Caller, id, await call.Read(FieldBody.ReadAdded), call.Ct));
    }

    private static async Task<Reply> RenameOptions(Call call)
    {
        call.Caller.MustManage("fields");
        var id = call.Path(Id, "field");
        return Shown(await call.Service<FieldService>().RenameOptions(call.Caller, id, await call.Read(FieldBody.ReadRenamed), call.Ct));
    }

    private static async Task<Reply> RemoveOption(Call call)
    {
        call.Caller.MustManage("fields");
        await call.Service<FieldService>().RemoveOptions(call.Caller, call.Path(Id, "field"), [call.Path(OptionId, "option")], call.Ct);
        return Reply.Empty();
    }

    private static Reply Shown(FieldDefinition field, int status = 200, IReadOnlySet<string>? only = null) =>
        Reply.Json(FieldWire.Field, field, field.Version, status, only);
}
