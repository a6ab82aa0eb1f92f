using Tributary.Core.Labels;
using Tributary.Server.Hosting;

namespace Tributary.Server.Api.Labels;

internal static class LabelRoutes
{
    private static readonly Member<long> Id = Members.Id("id", "The label.").InPath();

    private static readonly ShortListing<Label> Labels = new(LabelWire.Label, label => label.Id)
    {
        Filters = [ShortFilter<Label>.Of(LabelBody.Subject, (label, subject) => label.Subject == subject)],
        Sorts = new Dictionary<string, Func<Label, IComparable?>>
        {
            ["id"] = l => l.Id,
            ["name"] = l => l.Name,
            ["position"] = l => l.Position,
            ["subject"] = l => l.Subject,
            ["added_at"] = l => l.AddedAt,
        },
    };

    public static readonly IReadOnlyList<Operation> All =
    [
        new("GET", "/labels", "listLabels", List)
        {
            Tag = "Labels", Summary = "List labels", Parameters = Labels.Parameters, Answer = Labels,
        },
        new("POST", "/labels", "createLabel", Create)
        {
            Tag = "Labels", Summary = "Add a label", Body = LabelBody.New, Status = 201, Answer = LabelWire.Label,
        },
        new("POST", "/labels/reorder", "reorderLabels", Reorder)
        {
            Tag = "Labels", Summary = "Put the labels of a kind of record in another order", Body = LabelBody.Order,
            Answer = LabelWire.Labels,
        },
        new("GET", "/labels/{id}", "getLabel", Get)
        {
            Tag = "Labels", Summary = "Get a label", Parameters = [Id, Selection.Fields], Answer = LabelWire.Label,
        },
        new("PATCH", "/labels/{id}", "updateLabel", Update)
        {
            Tag = "Labels", Summary = "Change a label", Parameters = [Id], Body = LabelBody.Patch, Answer = LabelWire.Label,
        },
        new("DELETE", "/labels/{id}", "deleteLabel", Delete)
        {
            Tag = "Labels", Summary = "Delete a label and take it off every record", Parameters = [Id], Status = 204,
        },
    ];

    private static Task<Reply> List(Call call) => Labels.Answer(call, () => call.Service<LabelService>().List(call.Caller, null, call.Ct));

    private static async Task<Reply> Create(Call call)
    {
        call.Caller.MustManage("labels");
        return Shown(await call.Service<LabelService>().Create(call.Caller, await call.Read(LabelBody.Read), call.Ct), 201);
    }

    private static async Task<Reply> Get(Call call)
    {
        var id = call.Path(Id, "label");
        var only = Selection.Read(call, LabelWire.Label);
        call.Checked();
        return Shown(await call.Service<LabelService>().Get(call.Caller, id, call.Ct), only: only);
    }

    private static async Task<Reply> Update(Call call)
    {
        call.Caller.MustManage("labels");
        var id = call.Path(Id, "label");
        var patch = await call.Read(LabelBody.Read);
        return Shown(await call.Service<LabelService>()
            .Update(call.Caller, id, patch with { ExpectedVersion = call.ExpectedVersion() ?? patch.ExpectedVersion }, call.Ct));
    }

    private static async Task<Reply> Reorder(Call call)
    {
        call.Caller.MustManage("labels");
        var (subject, ids) = await call.Read(LabelBody.ReadOrder);
        return ListOf.Reply(LabelWire.Label, await call.Service<LabelService>().Reorder(call.Caller, subject, ids, call.Ct));
    }

    private static async Task<Reply> Delete(Call call)
    {
        call.Caller.MustManage("labels");
        await call.Service<LabelService>().Delete(call.Caller, call.Path(Id, "label"), call.ExpectedVersion(), call.Ct);
        return Reply.Empty();
    }

    private static Reply Shown(Label label, int status = 200, IReadOnlySet<string>? only = null) =>
        Reply.Json(LabelWire.Label, label, label.Version, status, only);
}
