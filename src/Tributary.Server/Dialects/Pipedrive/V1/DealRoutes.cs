using Tributary.Core.Catalog;
using Tributary.Core.Deals;
using Tributary.Server.Hosting;

namespace Tributary.Server.Dialects.Pipedrive.V1;

/// <summary>The deal itself in v1.</summary>
internal static class DealRoutes
{
    public static readonly Member<long> Id = Members.Id("id", "The ID of the deal.").InPath();

    public static readonly IReadOnlyList<Operation> All =
    [
        new("GET", "/deals/{id}", "getDealV1", Get)
        {
            Tag = "Deals v1", Summary = "Get details of a deal", Cost = 2, Parameters = [Id], Answer = DealWire.One, Coverage = "partial", CoverageNote = "Its first members.",
        },
    ];

    /// <summary>A deleted deal is still answered, with status "deleted" (recorded from the live API).</summary>
    private static async Task<Reply> Get(Call call)
    {
        var deal = await call.Service<DealService>().Get(call.Caller, call.Path(Id, "deal"), call.Ct);
        return Reply.Json(DealWire.One, new DealView(deal, await call.Service<CatalogService>().Latest(call.Caller, call.Ct)));
    }
}
