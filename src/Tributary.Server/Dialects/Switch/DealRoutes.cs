using Tributary.Core.Catalog;
using Tributary.Core.Deals;
using Tributary.Core.Kernel;
using Tributary.Core.Lists;
using Tributary.Server.Api;
using Tributary.Server.Hosting;

namespace Tributary.Server.Dialects.Switch;

internal static class DealRoutes
{
    private static readonly Member<Guid> Id = Members.Uid("id", "The deal.").InPath();
    private static readonly Member<Condition> Status = Members.Word("status", "open when left out.",
        ("open", Condition.Equal("status", "open")), ("won", Condition.Equal("status", "won")), ("lost", Condition.Equal("status", "lost")),
        ("all", Condition.Everything));
    private static readonly Member<Guid> PipelineId = Members.Uid("pipeline_id", "Deals in this pipeline.");
    private static readonly Member<Guid> StageId = Members.Uid("stage_id", "Deals in this stage.");
    private static readonly Member<Guid> CustomerId = Members.Uid("customer_id", "Deals of this customer.");
    private static readonly Member<Guid> OwnerId = Members.Uid("owner_id", "Deals of this owner.");
    private static readonly Member<string> Search = Members.Text("search", "Matches the name.", 200);
    private static readonly Member<long> Limit = Members.Whole("limit", "50 when left out.", 1, 100);
    private static readonly Member<long> Offset = Members.Whole("offset", "0 when left out.", 0, int.MaxValue);

    public static readonly IReadOnlyList<Operation> All =
    [
        new("GET", "/api/v1/deals", "listDeals", List)
        {
            Tag = "Deals", Summary = "List deals", Parameters = [Status, PipelineId, StageId, CustomerId, OwnerId, Search, Limit, Offset],
            Answer = DealWire.List,
        },
        new("GET", "/api/v1/deals/{id}", "getDeal", Get)
        {
            Tag = "Deals", Summary = "Get a deal", Parameters = [Id], Answer = DealWire.One, AsksOnce = true,
        },
        new("POST", "/api/v1/deals", "createDeal", Create)
        {
            Tag = "Deals", Summary = "Create a deal", Body = DealBody.New, Status = 201, Answer = DealWire.One,
        },
        new("PATCH", "/api/v1/deals/{id}", "updateDeal", Update)
        {
            Tag = "Deals", Summary = "Update a deal", Parameters = [Id], Body = DealBody.Patch, Answer = DealWire.One,
        },
        new("DELETE", "/api/v1/deals/{id}", "deleteDeal", Delete)
        {
            Tag = "Deals", Summary = "Delete a deal (soft)", Parameters = [Id], Status = 204,
        },
    ];

    private static async Task<Reply> List(Call call)
    {
        call.Caller.MustRead("deals");
        var catalog = await call.Service<CatalogService>().Latest(call.Caller, call.Ct);
        var (limit, offset) = (call.Query(Limit, 50), call.Query(Offset, 0));
        var conditions = new List<Condition> { call.Query(Status, Condition.Equal("status", "open")) };
        var customer = call.Query(CustomerId);
        if (call.Query(PipelineId) is { IsSet: true, Value: var pipeline })
        {
            conditions.Add(Condition.Equal("pipeline_id", catalog.Pipelines.FirstOrDefault(p => p.Uid == pipeline)?.Id ?? 0));
        }
        if (call.Query(StageId) is { IsSet: true, Value: var stage })
        {
            conditions.Add(Condition.Equal("stage_id", catalog.Stages.FirstOrDefault(s => s.Uid == stage)?.Id ?? 0));
        }
        if (call.Query(OwnerId) is { IsSet: true, Value: var owner })
        {
            conditions.Add(Condition.Equal("owner_id", catalog.User(owner)?.Id ?? 0));
        }
        if (call.Query(Search) is { IsSet: true, Value: { Length: > 0 } search })
        {
            conditions.Add(Condition.Test("title", Operator.Contains, search));
        }
        call.Checked();
        if (customer.IsSet) conditions.Add(await Customers.Condition(call, customer.Value));

        var page = await call.Service<DealService>().List(call.Caller, new()
        {
            Condition = Condition.AllOf([.. conditions.Where(condition => condition != Condition.Everything)]),
            Sort = [new("added_at", Descending: true)],
            Limit = (int)limit,
            Offset = (int)offset,
            WantTotal = true,
            WantCursor = false,
        }, DealView.Shown, call.Ct);
        return Reply.Json(DealWire.List, new DealPage(await Customers.View(call, page.Items), page.Total ?? 0, limit, offset));
    }

    private static async Task<Reply> Get(Call call)
    {
        var found = Uid(call) is { } uid ? await call.Service<DealService>().FindOfCustomer(call.Caller, uid, DealView.Shown, call.Ct) : null;
        if (found is not { Deal.IsDeleted: false }) throw NotFound(call);
        var catalog = await call.Service<CatalogService>().Latest(call.Caller, call.Ct);
        return Reply.Json(DealWire.One, new(found.Deal, catalog, found.Person, found.Organization));
    }

    private static async Task<Reply> Create(Call call)
    {
        call.Caller.MustWrite("deals");
        var catalog = await call.Service<CatalogService>().Latest(call.Caller, call.Ct);
        var patch = await Customers.Resolve(call, await call.Read(body => DealBody.ReadNew(body, catalog)));
        return await Shown(call, await call.Service<DealService>().Create(call.Caller, patch, call.Ct), 201);
    }

    // What is wrong with the body is said before whether the deal is there (reference §3.4).
    private static async Task<Reply> Update(Call call)
    {
        call.Caller.MustWrite("deals");
        var catalog = await call.Service<CatalogService>().Latest(call.Caller, call.Ct);
        var deal = await TryFind(call);
        var sent = await call.Read(body => DealBody.ReadPatch(body, catalog, deal?.PipelineId));
        var patch = await Customers.Resolve(call, sent);
        deal ??= await Find(call);
        return await Shown(call, await call.Service<DealService>().Update(call.Caller, deal.Id, patch, call.Ct));
    }

    private static async Task<Reply> Delete(Call call)
    {
        call.Caller.MustWrite("deals");
        await call.Service<DealService>().Delete(call.Caller, (await Find(call)).Id, call.Ct);
        return Reply.Empty();
    }

    /// <summary>A deleted deal is gone from every read.</summary>
    private static async Task<Deal> Find(Call call) => await TryFind(call) ?? throw NotFound(call);

    private static async Task<Deal?> TryFind(Call call) =>
        Uid(call) is { } uid && await call.Service<DealService>().Find(call.Caller, uid, call.Ct) is { IsDeleted: false } deal ? deal : null;

    private static Guid? Uid(Call call) =>
        Guid.TryParseExact((string?)call.Http.Request.RouteValues["id"], "D", out var uid) ? uid : null;

    private static ProblemException NotFound(Call call) => Problem.NotFound("deal", call.Path(Id, "deal"));

    private static async Task<Reply> Shown(Call call, Deal deal, int status = 200) =>
        Reply.Json(DealWire.One, (await Customers.View(call, [deal]))[0], status: status);
}
