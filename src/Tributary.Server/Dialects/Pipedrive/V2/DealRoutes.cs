using Tributary.Core.Catalog;
using Tributary.Core.Deals;
using Tributary.Core.Kernel;
using Tributary.Server.Hosting;

namespace Tributary.Server.Dialects.Pipedrive.V2;

/// <summary>The deal itself: seed pages "Get all deals" to "Delete a deal" of v2.</summary>
internal static class DealRoutes
{
    public static readonly Member<long> Id = Members.Id("id", "The ID of the deal.").InPath();

    public static readonly IReadOnlyList<Operation> All =
    [
        new("GET", "/deals", "getDeals", call => DealLists.Answer(call, archived: false))
        {
            Tag = "Deals", Summary = "Get all deals", Cost = 10, Parameters = DealLists.Parameters, Answer = DealWire.Page,
        },
        new("GET", "/deals/archived", "getArchivedDeals", call => DealLists.Answer(call, archived: true))
        {
            Tag = "Deals", Summary = "Get all archived deals", Cost = 20, Parameters = DealLists.ArchivedParameters, Answer = DealWire.Page,
        },
        new("GET", "/deals/{id}", "getDeal", Get)
        {
            Tag = "Deals", Summary = "Get details of a deal", Parameters = [Id, .. DealAsk.Parameters], Answer = DealWire.One,
            AsksOnce = true,
        },
        new("POST", "/deals", "addDeal", Create)
        {
            Tag = "Deals", Summary = "Add a deal", Cost = 5, Body = DealBody.New, Answer = DealWire.One,
        },
        new("PATCH", "/deals/{id}", "updateDeal", Update)
        {
            Tag = "Deals", Summary = "Update a deal", Cost = 5, Parameters = [Id], Body = DealBody.Changes, Answer = DealWire.One,
        },
        new("DELETE", "/deals/{id}", "deleteDeal", Delete)
        {
            Tag = "Deals", Summary = "Delete a deal", Cost = 3, Parameters = [Id], Answer = Envelope.Deleted,
        },
    ];

    private static async Task<Reply> Get(Call call)
    {
        // Who asks for more gets it of the whole deal; what was asked is looked at when the deal is there.
        var deal = await Find(call, members: call.Http.Request.QueryString.HasValue ? DealMembers.All : DealView.Shown);
        var asked = await DealAsk.Read(call);
        return Reply.Json(DealWire.One, new DealView(deal, asked));
    }

    private static async Task<Reply> Create(Call call)
    {
        call.Caller.MustWrite("deals");
        var catalog = await call.Service<CatalogService>().Current(call.Caller, call.Ct);
        var patch = await call.Read(body => DealBody.ReadNew(body, catalog));
        var deal = await call.Service<DealService>().Create(call.Caller, patch, call.Ct);
        return Reply.Json(DealWire.One, new DealView(deal, await RecordAsk.All(call, "deal")) { IsNew = true });
    }

    private static async Task<Reply> Update(Call call)
    {
        var id = call.Path(Id, "deal");
        call.Caller.MustWrite("deals");
        var catalog = await call.Service<CatalogService>().Current(call.Caller, call.Ct);
        var patch = await call.Read(body => DealBody.Read(body, catalog));
        var deal = await call.Service<DealService>().Update(call.Caller, id, patch, call.Ct);
        return Reply.Json(DealWire.One, new DealView(deal, await RecordAsk.All(call, "deal")));
    }

    private static async Task<Reply> Delete(Call call)
    {
        var deal = await call.Service<DealService>().Delete(call.Caller, call.Path(Id, "deal"), call.Ct);
        return Reply.Json(Envelope.Deleted, new Gone(deal.Id));
    }

    /// <summary>
    /// A deleted deal "becomes inaccessible via standard APIs" (an annotation of the v2 specification); lists with
    /// status=deleted show it.
    /// </summary>
    public static async Task<Deal> Find(Call call, Caller? caller = null, DealMembers? members = null)
    {
        var id = call.Path(Id, "deal");
        var deal = await call.Service<DealService>().Get(caller ?? call.Caller, id, members ?? DealMembers.All, call.Ct);
        return deal.IsDeleted ? throw Problem.NotFound("deal", id) : deal;
    }
}
