using Tributary.Core.Labels;
using Tributary.Server.Hosting;

namespace Tributary.Server.Api.Labels;

internal static class LostReasonRoutes
{
    private static readonly Member<long> Id = Members.Id("id", "The lost reason.").InPath();

    private static readonly ShortListing<LostReason> Reasons = new(LabelWire.LostReason, reason => reason.Id)
    {
        Filters =
        [
            ShortFilter<LostReason>.Of(Members.Flag("is_active", "Those offered, or those no longer offered; all when left out."),
                (reason, active) => reason.IsActive == active),
            ShortFilter<LostReason>.Of(Members.Text("category", "Reasons of this category.", 255),
                (reason, category) => reason.Category == category),
        ],
        Sorts = new Dictionary<string, Func<LostReason, IComparable?>>
        {
            ["id"] = r => r.Id,
            ["name"] = r => r.Name,
            ["category"] = r => r.Category,
            ["position"] = r => r.Position,
        },
    };

    public static readonly IReadOnlyList<Operation> All =
    [
        new("GET", "/lost-reasons", "listLostReasons", List)
        {
            Tag = "Lost reasons", Summary = "List lost reasons", Parameters = Reasons.Parameters, Answer = Reasons,
        },
        new("POST", "/lost-reasons", "createLostReason", Create)
        {
            Tag = "Lost reasons", Summary = "Add a lost reason", Body = LabelBody.NewReason, Status = 201, Answer = LabelWire.LostReason,
        },
        new("POST", "/lost-reasons/reorder", "reorderLostReasons", Reorder)
        {
            Tag = "Lost reasons", Summary = "Put the lost reasons in another order", Body = Ordering.Shape, Answer = LabelWire.LostReasons,
        },
        new("GET", "/lost-reasons/{id}", "getLostReason", Get)
        {
            Tag = "Lost reasons", Summary = "Get a lost reason", Parameters = [Id, Selection.Fields], Answer = LabelWire.LostReason,
        },
        new("PATCH", "/lost-reasons/{id}", "updateLostReason", Update)
        {
            Tag = "Lost reasons", Summary = "Change a lost reason", Parameters = [Id], Body = LabelBody.ReasonPatch,
            Answer = LabelWire.LostReason,
        },
        new("DELETE", "/lost-reasons/{id}", "deleteLostReason", Delete)
        {
            Tag = "Lost reasons", Summary = "Delete a lost reason; deals keep its text", Parameters = [Id], Status = 204,
        },
    ];

    private static Task<Reply> List(Call call) => Reasons.Answer(call, () => call.Service<LostReasonService>().List(call.Caller, call.Ct));

    private static async Task<Reply> Create(Call call)
    {
        call.Caller.MustManage("lost_reasons");
        return Shown(await call.Service<LostReasonService>().Create(call.Caller, await call.Read(LabelBody.ReadReason), call.Ct), 201);
    }

    private static async Task<Reply> Get(Call call)
    {
        var id = call.Path(Id, "lost reason");
        var only = Selection.Read(call, LabelWire.LostReason);
        call.Checked();
        return Shown(await call.Service<LostReasonService>().Get(call.Caller, id, call.Ct), only: only);
    }

    private static async Task<Reply> Update(Call call)
    {
        call.Caller.MustManage("lost_reasons");
        var id = call.Path(Id, "lost reason");
        var patch = await call.Read(LabelBody.ReadReason);
        return Shown(await call.Service<LostReasonService>()
            .Update(call.Caller, id, patch with { ExpectedVersion = call.ExpectedVersion() ?? patch.ExpectedVersion }, call.Ct));
    }

    private static async Task<Reply> Reorder(Call call)
    {
        call.Caller.MustManage("lost_reasons");
        return ListOf.Reply(LabelWire.LostReason, await call.Service<LostReasonService>()
            .Reorder(call.Caller, await call.Read(Ordering.Read), call.Ct));
    }

    private static async Task<Reply> Delete(Call call)
    {
        call.Caller.MustManage("lost_reasons");
        await call.Service<LostReasonService>().Delete(call.Caller, call.Path(Id, "lost reason"), call.ExpectedVersion(), call.Ct);
        return Reply.Empty();
    }

    private static Reply Shown(LostReason reason, int status = 200, IReadOnlySet<string>? only = null) =>
        Reply.Json(LabelWire.LostReason, reason, reason.Version, status, only);
}
