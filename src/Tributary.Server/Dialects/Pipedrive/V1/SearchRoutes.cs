using Tributary.Core.Kernel;
using Tributary.Core.Lists;
using Tributary.Core.Search;
using Tributary.Server.Dialects.Pipedrive.V2;
using Tributary.Server.Hosting;

namespace Tributary.Server.Dialects.Pipedrive.V1;

/// <summary>The searches of v1: v2's, paged by start and limit (reference §12; specification of v1).</summary>
internal static class SearchRoutes
{
    private const string Best = "The best 500 can be paged through.";

    public static readonly IReadOnlyList<Operation> All =
    [
        new("GET", "/deals/search", "searchDealsV1", Deals)
        {
            Tag = "Deals", Summary = "Search deals", Cost = 40,
            Parameters = [.. DealSearch.Ask.Unpaged, .. DealSearch.Parameters, .. Paging.Parameters],
            Answer = new FoundPage("DealSearchReplyV1", DealSearch.Item),
            CoverageNote = Best,
        },
        Of("persons", V2.SearchRoutes.Persons), Of("organizations", V2.SearchRoutes.Organizations),
        Of("products", V2.SearchRoutes.Products), Of("leads", V2.SearchRoutes.Leads),
        new("GET", "/itemSearch", "searchItemV1", Items)
        {
            Tag = "ItemSearch", Summary = "Perform a search from multiple item types", Cost = 40,
            Parameters = [.. V2.SearchRoutes.Items.Unpaged, .. V2.SearchRoutes.ItemParameters, .. Paging.Parameters],
            Answer = new FoundPage("ItemSearchReplyV1", V2.SearchRoutes.ItemShapes),
            CoverageNote = Best + " Of files, mail attachments and projects nothing is found.",
        },
    ];

    private static readonly Member<string> FieldType = Members.Word("field_type", "The kind of record to look in.",
        [.. FieldSearch.Entities.Select(entity => (entity.Item1 + "Field", entity.Item2))]).Required();
    private static readonly Member<bool> ExactMatch = Members.Flag("exact_match", "Only whole values.");
    private static readonly Member<string> FieldKey =
        Members.Text("field_key", "The key of the field, as dealFields and the like have it.", 100).Required();
    private static readonly Member<bool> ReturnItemIds =
        Members.Flag("return_item_ids", "1: record by record, with ids; distinct values otherwise.");

    /// <summary>The search of one field as it was until 2026.</summary>
    public static readonly Operation OfField = new("GET", "/itemSearch/field", "searchItemByFieldV1", Field)
    {
        Tag = "ItemSearch",
        Summary = "Perform a search using a specific field from an item type",
        Cost = 40,
        Parameters = [FieldSearch.Term, FieldType, ExactMatch, FieldKey, ReturnItemIds, .. Paging.Parameters],
        Answer = new FoundValues("FieldSearchReplyV1"),
        CoverageNote = Best,
    };

    private static Operation Of(string plural, SearchKind kind) =>
        new("GET", $"/{plural}/search", $"search{V2.SearchRoutes.Name(kind)}sV1", call => Search(call, kind))
        {
            Tag = char.ToUpperInvariant(plural[0]) + plural[1..],
            Summary = $"Search {plural}",
            Cost = 40,
            Parameters = [.. kind.Ask.Unpaged, .. kind.Own, .. Paging.Parameters],
            Answer = new FoundPage($"{V2.SearchRoutes.Name(kind)}SearchReplyV1", kind.Item),
            CoverageNote = Best,
        };

    private static async Task<Reply> Deals(Call call)
    {
        call.Caller.MustRead("deals");
        var page = Paging.Read(call);
        var (query, hasCcEmail) = DealSearch.Read(call, DealSearch.Ask.ReadUnpaged(call));
        call.Checked();
        return await Reply(call, page, query, hits => DealSearch.Found(call, hits, hasCcEmail));
    }

    private static async Task<Reply> Search(Call call, SearchKind kind)
    {
        call.Caller.MustRead(kind.Subject + "s");
        var page = Paging.Read(call);
        var (query, included) = kind.Read(call, kind.Ask.ReadUnpaged(call));
        call.Checked();
        return await Reply(call, page, query, hits => FoundRecords.Show(call, hits, included));
    }

    private static async Task<Reply> Items(Call call)
    {
        var page = Paging.Read(call);
        var asked = V2.SearchRoutes.ReadItems(call, V2.SearchRoutes.Items.ReadUnpaged(call));
        call.Checked();
        if (asked.Query is null) return FoundPage.Reply([], json => Write(json, page, hasMore: false), []);
        return await Reply(call, page, asked.Query, hits => FoundRecords.Show(call, hits, asked.Included),
            hits => V2.SearchRoutes.Related(call, asked, hits));
    }

    private static async Task<Reply> Field(Call call)
    {
        var match = call.Query(ExactMatch, false) ? FieldMatch.Exact : FieldMatch.Middle;
        var (asked, withIds) =
            (new FieldAsked(call.Query(FieldType, ""), call.Query(FieldKey, ""), call.Query(FieldSearch.Term, ""), match),
            call.Query(ReturnItemIds, false));
        FieldSearch.MustBeLongEnough(call, asked);
        var page = Paging.Read(call);
        call.Checked();
        var best = await FieldSearch.Find(call, asked, SearchQuery.MaxLimit, null);
        var (values, hasMore) = page.Slice(withIds ? best.Items : [.. best.Items.DistinctBy(found => found.Value)]);
        return FoundValues.Reply(asked.Field, values, withIds, json => Write(json, page, hasMore));
    }

    private static async Task<Reply> Reply(Call call, ListQuery page, SearchQuery query,
        Func<IReadOnlyList<SearchHit>, Task<IReadOnlyList<Found>>> show,
        Func<IReadOnlyList<SearchHit>, Task<IReadOnlyList<Found>>>? related = null)
    {
        var best = await call.Service<SearchService>().Search(call.Caller, query with { Limit = SearchQuery.MaxLimit }, call.Ct);
        var (hits, hasMore) = page.Slice(best.Items);
        return FoundPage.Reply(await show(hits), json => Write(json, page, hasMore), related is null ? null : await related(hits));
    }

    private static void Write(System.Text.Json.Utf8JsonWriter json, ListQuery page, bool hasMore)
    {
        json.WriteStartObject("additional_data");
        Additional.Pagination(json, page, hasMore);
        json.WriteEndObject();
    }
}
