using Tributary.Core.Catalog;
using Tributary.Core.Deals;
using Tributary.Core.Kernel;
using Tributary.Core.Lists;
using Tributary.Core.Pipelines;
using Tributary.Server.Hosting;

namespace Tributary.Server.Dialects.YSuite;

internal static class DealRoutes
{
    private static readonly Member<long> Id = Members.Id("id", "The deal_id.").InPath();
    private static readonly Member<string> Search = Members.Text("search", "Search by deal name or description.", 200);
    private static readonly Member<long> PipelineId = Members.Id("pipeline_id", "Filter by pipeline.");
    private static readonly Member<long> CurrentStage = Members.Id("deal_current_stage", "Filter by pipeline stage ID.");
    private static readonly Member<long> Cstid = Members.Id("cstid", "Filter by contact (company).");
    private static readonly Member<long> OwnerId = Members.Id("deal_owner_id", "Filter by owner user ID.");
    private static readonly Member<bool> SortOrder = Members.Word("sortOrder", "", ("asc", false), ("desc", true));
    private static readonly Member<string> SortBy = Members.Word("sortBy", "Field to sort by; deal_id descending when left out.",
        ("deal_id", "id"), ("deal_name", "title"), ("deal_amount", "value"), ("deal_source", "source"),
        ("deal_expected_close_date", "expected_close"), ("pipeline_id", "pipeline_id"),
        ("cstid", "org_id"), ("deal_owner_id", "owner_id"), ("deal_current_stage", "stage_id"), ("created_on", "added_at"),
        ("updated_on", "updated_at"));

    public static readonly IReadOnlyList<Operation> All =
    [
        new("GET", "/v1/deals", "listDeals", List)
        {
            Tag = "Deals", Summary = "List deals", Parameters =
                [Paging.Size, Paging.Index, Search, PipelineId, CurrentStage, Cstid, OwnerId, SortBy, SortOrder], Answer = DealWire.List,
        },
        new("GET", "/v1/deals/{id}", "getDeal", Get)
        {
            Tag = "Deals", Summary = "Get a deal", Parameters = [Id], Answer = DealWire.One, AsksOnce = true,
        },
        new("POST", "/v1/deals", "createDeal", Create)
        {
            Tag = "Deals", Summary = "Create a deal", Body = DealBody.Shape, Answer = DealWire.Created,
        },
        new("PUT", "/v1/deals/{id}", "updateDeal", Update)
        {
            Tag = "Deals", Summary = "Update a deal", Parameters = [Id], Body = DealBody.Shape, Answer = Envelope.Done,
        },
        new("DELETE", "/v1/deals/{id}", "deleteDeal", Delete)
        {
            Tag = "Deals", Summary = "Delete a deal", Parameters = [Id], Answer = Envelope.Done,
        },
    ];

    private static async Task<Reply> List(Call call)
    {
        var catalog = await call.Service<CatalogService>().Latest(call.Caller, call.Ct);
        var (size, index) = Paging.Read(call);
        var conditions = new List<Condition>();
        if (call.Query(Search) is { IsSet: true, Value: { Length: > 0 } search })
        {
            conditions.Add(Condition.AnyOf(Condition.Test("title", Operator.Contains, search),
                Condition.Test("description", Operator.Contains, search)));
        }
        if (call.Query(PipelineId) is { IsSet: true, Value: var pipeline }) conditions.Add(Condition.Equal("pipeline_id", pipeline));
        if (call.Query(CurrentStage) is { IsSet: true, Value: var stage }) conditions.Add(InStage(catalog, stage));
        if (call.Query(Cstid) is { IsSet: true, Value: var company }) conditions.Add(Condition.Equal("org_id", company));
        if (call.Query(OwnerId) is { IsSet: true, Value: var owner }) conditions.Add(Condition.Equal("owner_id", owner));
        var sort = call.Query(SortBy);
        var descending = call.Query(SortOrder, !sort.IsSet);
        call.Checked();

        var page = await call.Service<DealService>().List(call.Caller, new()
        {
            Condition = Condition.AllOf([.. conditions]),
            Sort = [new(sort.Or("id"), descending)],
            Limit = (int)size,
            Offset = checked((int)(size * index)),
            WantTotal = true,
            WantCursor = false,
        }, DealView.Listed, call.Ct);
        return Reply.Json(DealWire.List,
            new PageOf<DealView>([.. page.Items.Select(deal => new DealView(deal, catalog, null, null))], index, size, page.Total ?? 0));
    }

    private static async Task<Reply> Get(Call call)
    {
        var id = call.Path(Id, "deal");
        var found = await call.Service<DealService>().GetNamed(call.Caller, id, DealView.Shown, call.Ct);
        if (found.Deal.IsDeleted) throw Problem.NotFound("deal", id);
        var catalog = await call.Service<CatalogService>().Latest(call.Caller, call.Ct);
        return Reply.Json(DealWire.One, new(found.Deal, catalog, found.Person, found.Organization));
    }

    private static async Task<Reply> Create(Call call) =>
        Reply.Json(DealWire.Created, await call.Service<DealService>().Create(call.Caller, await Read(call), call.Ct));

    private static async Task<Reply> Update(Call call)
    {
        var patch = await Read(call);
        await call.Service<DealService>().Update(call.Caller, (await Find(call)).Id, patch, call.Ct);
        return Envelope.Said("Deal updated successfully!");
    }

    private static async Task<Reply> Delete(Call call)
    {
        await call.Service<DealService>().Delete(call.Caller, (await Find(call)).Id, call.Ct);
        return Envelope.Said("Deal deleted successfully");
    }

    private static async Task<DealPatch> Read(Call call)
    {
        var catalog = await call.Service<CatalogService>().Latest(call.Caller, call.Ct);
        return await call.Read(body => DealBody.Read(body, catalog));
    }

    /// <summary>A deleted deal is gone from every read (reference §1.4).</summary>
    private static async Task<Deal> Find(Call call)
    {
        var id = call.Path(Id, "deal");
        var deal = await call.Service<DealService>().Get(call.Caller, id, call.Ct);
        return deal.IsDeleted ? throw Problem.NotFound("deal", id) : deal;
    }

    /// <summary>Stages of type Won and Lost hold the closed deals of their pipeline.</summary>
    private static Condition InStage(WorkspaceCatalog catalog, long id) => catalog.Stage(id) switch
    {
        { Kind: StageKind.Won } stage =>
            Condition.AllOf(Condition.Equal("pipeline_id", stage.PipelineId), Condition.Equal("status", "won")),
        { Kind: StageKind.Lost } stage =>
            Condition.AllOf(Condition.Equal("pipeline_id", stage.PipelineId), Condition.Equal("status", "lost")),
        _ => Condition.AllOf(Condition.Equal("stage_id", id), Condition.Equal("status", "open")),
    };
}
