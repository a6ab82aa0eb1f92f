using Tributary.Core.Catalog;
using Tributary.Core.Deals;
using Tributary.Core.Kernel;
using Tributary.Core.Totals;
using Tributary.Server.Hosting;

namespace Tributary.Server.Dialects.Pipedrive.V1;

/// <summary>The deal itself in v1: one by one, duplicated, merged, deleted in bulk.</summary>
internal static class DealRoutes
{
    private const string Tag = "Deals v1";

    public static readonly Member<long> Id = Members.Id("id", "The ID of the deal.").InPath();
    private static readonly Member<long> MergeWithId = Members.Id("merge_with_id", "The deal that stays.");

    private static readonly One<DealView> One = new(DealWire.Deal);
    private static readonly One<DealView> Details = new(DealWire.Detailed);
    private static readonly One<DealView> Plain = new(DealWire.Plain);

    public static readonly IReadOnlyList<Operation> All =
    [
        new("GET", "/deals/{id}", "getDealV1", Get)
        {
            Tag = Tag, Summary = "Get details of a deal", Cost = 2, Parameters = [Id], Answer = Details,
            CoverageNote = "The averages are of the deals won in its pipeline; Pipedrive does not say which deals its own are of.",
        },
        new("POST", "/deals", "addDealV1", Create)
        {
            Tag = Tag, Summary = "Add a deal", Cost = 10, Body = DealBody.New, Status = 201, Answer = One,
        },
        new("PUT", "/deals/{id}", "updateDealV1", Update)
        {
            Tag = Tag, Summary = "Update a deal", Cost = 10, Parameters = [Id], Body = DealBody.Changes, Answer = One,
        },
        new("DELETE", "/deals/{id}", "deleteDealV1", Delete)
        {
            Tag = Tag, Summary = "Delete a deal", Cost = 6, Parameters = [Id], Answer = Answers.Id,
        },
        new("DELETE", "/deals", "deleteDeals", DeleteMany)
        {
            Tag = Tag, Summary = "Delete multiple deals in bulk", Cost = 10, Parameters = [Several.Ids], Answer = Answers.Ids,
            CoverageNote = Several.Note,
        },
        new("POST", "/deals/{id}/duplicate", "duplicateDeal", Duplicate)
        {
            Tag = Tag, Summary = "Duplicate deal", Cost = 10, Parameters = [Id], Answer = Plain,
        },
        new("PUT", "/deals/{id}/merge", "mergeDeals", Merge)
        {
            Tag = Tag, Summary = "Merge two deals", Cost = 40, Parameters = [Id], Body = new("DealMergeV1", MergeWithId.Required()),
            Answer = Plain,
        },
    ];

    /// <summary>A deleted deal is still answered, with status "deleted" (recorded from the live API).</summary>
    private static async Task<Reply> Get(Call call)
    {
        var deal = await call.Service<DealService>().Get(call.Caller, call.Path(Id, "deal"), call.Ct);
        var view = await DealView.Of(call, deal) with
        {
            Stays = [.. (await call.Service<DealService>().StageHistory(call.Caller, [deal.Id], call.Ct))[deal.Id]],
            Pace = await call.Service<TotalsService>().Pace(call.Caller, deal.PipelineId, call.Ct),
        };
        return Details.Reply(view, DealView.Related([view]),
            additional: json => json.WriteString("dropbox_email", Spell.SmartBcc(view.Catalog, "deal", deal.Id)));
    }

    private static async Task<Reply> Create(Call call)
    {
        call.Caller.MustWrite("deals");
        var catalog = await call.Service<CatalogService>().Current(call.Caller, call.Ct);
        var patch = await call.Read(body => DealBody.Read(body, DealBody.New, catalog));
        var deal = await call.Service<DealService>().Create(call.Caller, patch with { Deleted = default }, call.Ct);
        if (patch.Deleted.Or(false)) deal = await call.Service<DealService>().Delete(call.Caller, deal.Id, call.Ct);
        return await Shown(call, deal, 201);
    }

    private static async Task<Reply> Update(Call call)
    {
        var id = call.Path(Id, "deal");
        call.Caller.MustWrite("deals");
        var catalog = await call.Service<CatalogService>().Current(call.Caller, call.Ct);
        var patch = await call.Read(body => DealBody.Read(body, DealBody.Changes, catalog));
        return await Shown(call, await call.Service<DealService>().Update(call.Caller, id, patch, call.Ct));
    }

    private static async Task<Reply> Delete(Call call)
    {
        var deal = await call.Service<DealService>().Delete(call.Caller, call.Path(Id, "deal"), call.Ct);
        return Answers.Id.Reply(deal.Id);
    }

    private static async Task<Reply> DeleteMany(Call call)
    {
        call.Caller.MustWrite("deals");
        var ids = call.Query(Several.Ids, []);
        call.Checked();
        return Answers.Ids.Reply(await call.Service<DealService>().BulkDelete(call.Caller, [.. ids], call.Ct));
    }

    private static async Task<Reply> Duplicate(Call call)
    {
        var copy = await call.Service<DealService>().Duplicate(call.Caller, call.Path(Id, "deal"), call.Ct);
        return Plain.Reply(await DealView.Of(call, copy) with { IsNew = true });
    }

    private static async Task<Reply> Merge(Call call)
    {
        var id = call.Path(Id, "deal");
        call.Caller.MustWrite("deals");
        var survivor = await call.Read(body => body.Get(MergeWithId).Or(0));
        var merged = await call.Service<DealService>().Merge(call.Caller, id, survivor, call.Ct);
        return Plain.Reply(await DealView.Of(call, merged) with { MergedId = id });
    }

    private static async Task<Reply> Shown(Call call, Deal deal, int status = 200)
    {
        var view = await DealView.Of(call, deal);
        return One.Reply(view, DealView.Related([view]), status);
    }
}
