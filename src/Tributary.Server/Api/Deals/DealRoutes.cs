using Tributary.Core.Catalog;
using Tributary.Core.Deals;
using Tributary.Server.Hosting;

namespace Tributary.Server.Api.Deals;

internal static class DealRoutes
{
    private static readonly Member<long> Id = Members.Id("id", "The deal.").InPath();

    public static readonly IReadOnlyList<Operation> All =
    [
        new("POST", "/deals", "createDeal", Create)
        {
            Tag = "Deals", Summary = "Create a deal", Body = DealBody.New, Status = 201, Answer = DealWire.Deal,
        },
        new("GET", "/deals/{id}", "getDeal", Get)
        {
            Tag = "Deals", Summary = "Get a deal", Parameters = [Id, Selection.Fields], Answer = DealWire.Deal,
        },
        new("PATCH", "/deals/{id}", "updateDeal", Update)
        {
            Tag = "Deals", Summary = "Change a deal", Parameters = [Id], Body = DealBody.Patch, Answer = DealWire.Deal,
        },
        new("DELETE", "/deals/{id}", "deleteDeal", Delete)
        {
            Tag = "Deals", Summary = "Delete a deal; it can be restored for 30 days", Parameters = [Id], Status = 204,
        },
        new("POST", "/deals/{id}/restore", "restoreDeal", Restore)
        {
            Tag = "Deals", Summary = "Restore a deleted deal", Parameters = [Id], Answer = DealWire.Deal,
        },
    ];

    private static async Task<Reply> Create(Call call)
    {
        var catalog = await call.Service<CatalogService>().Latest(call.Caller, call.Ct);
        var patch = await call.Read(body => DealBody.Read(body, catalog));
        return await Shown(call, await call.Service<DealService>().Create(call.Caller, patch, call.Ct), 201);
    }

    private static async Task<Reply> Get(Call call)
    {
        var id = call.Path(Id, "deal");
        var only = Selection.Read(call, DealWire.Deal);
        call.Checked();
        return await Shown(call, await call.Service<DealService>().Get(call.Caller, id, call.Ct), only: only);
    }

    private static async Task<Reply> Update(Call call)
    {
        var id = call.Path(Id, "deal");
        var catalog = await call.Service<CatalogService>().Latest(call.Caller, call.Ct);
        var patch = await call.Read(body => DealBody.Read(body, catalog));
        if (call.ExpectedVersion() is { } expected) patch = patch with { ExpectedVersion = expected };
        return await Shown(call, await call.Service<DealService>().Update(call.Caller, id, patch, call.Ct));
    }

    private static async Task<Reply> Delete(Call call)
    {
        await call.Service<DealService>().Delete(call.Caller, call.Path(Id, "deal"), call.Ct);
        return Reply.Empty();
    }

    private static async Task<Reply> Restore(Call call) =>
        await Shown(call, await call.Service<DealService>().Restore(call.Caller, call.Path(Id, "deal"), call.Ct));

    private static async Task<Reply> Shown(Call call, Deal deal, int status = 200, IReadOnlySet<string>? only = null)
    {
        var catalog = await call.Service<CatalogService>().Latest(call.Caller, call.Ct);
        return Reply.Json(DealWire.Deal, new(deal, catalog), deal.Version, status, only);
    }
}
