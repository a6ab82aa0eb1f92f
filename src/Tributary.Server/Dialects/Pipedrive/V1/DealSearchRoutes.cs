using Tributary.Core.Kernel;
using Tributary.Core.Search;
using Tributary.Server.Dialects.Pipedrive.V2;
using Tributary.Server.Hosting;

namespace Tributary.Server.Dialects.Pipedrive.V1;

/// <summary>"Search deals" of v1: v2's, paged by start and limit (reference §12).</summary>
internal static class DealSearchRoutes
{
    public static readonly IReadOnlyList<Operation> All =
    [
        new("GET", "/deals/search", "searchDealsV1", Search)
        {
            Tag = "Deals", Summary = "Search deals", Cost = 40, Parameters = [.. DealSearch.Ask.Unpaged, .. DealSearch.Parameters, .. Paging.Parameters], Answer = new FoundPage("DealSearchReplyV1", DealSearch.Item),
            CoverageNote = "The best 500 can be paged through.",
        },
    ];

    private static async Task<Reply> Search(Call call)
    {
        call.Caller.MustRead("deals");
        var page = Paging.Read(call);
        var (query, hasCcEmail) = DealSearch.Read(call, DealSearch.Ask.ReadUnpaged(call));
        call.Checked();
        var best = await call.Service<SearchService>().Search(call.Caller, query with { Limit = SearchQuery.MaxLimit }, call.Ct);
        var (hits, hasMore) = page.Slice(best.Items);
        return FoundPage.Reply(await DealSearch.Found(call, hits, hasCcEmail), json =>
        {
            json.WriteStartObject("additional_data");
            Additional.Pagination(json, page, hasMore);
            json.WriteEndObject();
        });
    }
}
