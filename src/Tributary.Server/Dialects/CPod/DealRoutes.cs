using Tributary.Core.Catalog;
using Tributary.Core.Deals;
using Tributary.Core.Kernel;
using Tributary.Core.Lists;
using Tributary.Server.Hosting;

namespace Tributary.Server.Dialects.CPod;

internal static class DealRoutes
{
    private static readonly Member<Guid> Id = Ids.InPath("deal");

    public static readonly IReadOnlyList<Operation> All =
    [
        new("GET", "/api/v1/crm/deals", "listDeals", List)
        {
            Tag = "Deals", Summary = "List deals", Parameters = [.. DealFilters.Parameters, Listing.IncludeDeleted, .. Paging.Parameters],
            Answer = DealWire.List,
        },
        new("GET", "/api/v1/crm/deals/{id}", "getDeal", Get)
        {
            Tag = "Deals", Summary = "Get a deal", Parameters = [Id, Listing.IncludeDeleted], Answer = DealWire.One,
        },
        new("POST", "/api/v1/crm/deals", "createDeal", Create)
        {
            Tag = "Deals", Summary = "Create a deal", Body = DealBody.New, Status = 201, Answer = DealWire.One,
        },
        new("PATCH", "/api/v1/crm/deals/{id}", "updateDeal", Update)
        {
            Tag = "Deals", Summary = "Update a deal", Parameters = [Id], Body = DealBody.Patch, Answer = DealWire.One,
        },
        new("DELETE", "/api/v1/crm/deals/{id}", "deleteDeal", Delete)
        {
            Tag = "Deals", Summary = "Delete a deal (soft)", Parameters = [Id], Status = 204,
        },
    ];

    private static async Task<Reply> List(Call call)
    {
        call.Caller.MustRead("deals");
        var catalog = await call.Service<CatalogService>().Latest(call.Caller, call.Ct);
        var query = DealFilters.Read(call, catalog, Paging.Read(call), call.Query(Listing.IncludeDeleted, false));
        call.Checked();
        var page = await call.Service<DealService>().List(call.Caller, query, DealView.Shown, call.Ct);
        return Reply.Json(DealWire.List,
            new Page<DealView>(await DealWire.View(call, page.Items), page.NextCursor, page.HasMore, page.Total));
    }

    private static async Task<Reply> Get(Call call)
    {
        var includeDeleted = call.Query(Listing.IncludeDeleted, false);
        call.Checked();
        return await Shown(call, await Find(call, includeDeleted, DealView.Shown) ?? throw NotFound(call));
    }

    private static async Task<Reply> Create(Call call)
    {
        call.Caller.MustWrite("deals");
        call.Checked();
        var catalog = await call.Service<CatalogService>().Latest(call.Caller, call.Ct);
        var sent = await call.Read(body => DealBody.ReadNew(body, catalog));
        var patch = await Stages.Place(call, await References.Resolve(call, sent), sent.Stage, null, catalog);
        return await Shown(call, await call.Service<DealService>().Create(call.Caller, patch, call.Ct), 201);
    }

    // What is wrong with the body is said before whether the deal is there, as FastAPI does.
    private static async Task<Reply> Update(Call call)
    {
        call.Caller.MustWrite("deals");
        call.Checked();
        var catalog = await call.Service<CatalogService>().Latest(call.Caller, call.Ct);
        var sent = await call.Read(body => DealBody.ReadPatch(body, catalog));
        var deal = await Find(call) ?? throw NotFound(call);
        var expected = Expected(call, deal, sent.Version);
        var patch = await Stages.Place(call, await References.Resolve(call, sent), sent.Stage, deal, catalog);
        return await Shown(call, await call.Service<DealService>()
            .Update(call.Caller, deal.Id, patch with { ExpectedVersion = expected }, call.Ct));
    }

    private static async Task<Reply> Delete(Call call)
    {
        call.Caller.MustWrite("deals");
        call.Checked();
        var deal = await Find(call) ?? throw NotFound(call);
        await call.Service<DealService>().Delete(call.Caller, deal.Id, Expected(call, deal, null), call.Ct);
        return Reply.Empty();
    }

    /// <summary>
    /// The version that If-Match or the body names. Asked before anything is made for the change, and again by the engine when it is
    /// stored.
    /// </summary>
    private static long? Expected(Call call, Deal deal, long? inBody)
    {
        var header = call.ExpectedVersion();
        if ((header ?? deal.Version) != deal.Version || (inBody ?? deal.Version) != deal.Version)
        {
            throw Problem.Stale("deal", deal.Id, deal.Version);
        }
        return header ?? inBody;
    }

    private static async Task<Deal?> Find(Call call, bool includeDeleted = false, DealMembers? members = null)
    {
        var deal = await call.Service<DealService>().Find(call.Caller, call.Path(Id, "deal"), members ?? DealMembers.All, call.Ct);
        return deal is { IsDeleted: true } && !includeDeleted ? null : deal;
    }

    private static ProblemException NotFound(Call call) => Problem.NotFound("deal", call.Path(Id, "deal"));

    private static async Task<Reply> Shown(Call call, Deal deal, int status = 200) =>
        Reply.Json(DealWire.One, (await DealWire.View(call, [deal]))[0], deal.Version, status);
}
