using Tributary.Core.Catalog;
using Tributary.Core.Deals;
using Tributary.Core.Filters;
using Tributary.Core.Kernel;
using Tributary.Core.Lists;
using Tributary.Server.Hosting;

namespace Tributary.Server.Dialects.Pipedrive.V1;

/// <summary>The lists of deals of v1: all and archived (reference §12).</summary>
internal static class DealLists
{
    private const string Tag = "Deals v1";
    public const string NotDeleted = "all_not_deleted";

    public static readonly Member<long> UserId = Members.Id("user_id", "The owner; owned_by_you and filter_id go before it.");
    public static readonly Member<long> FilterId =
        Members.Id("filter_id", "A saved filter; user_id and owned_by_you are not considered then.");
    private static readonly Member<bool> OwnedByYou = Members.Flag("owned_by_you", "1: only the caller's own.");
    private static readonly Member<long> PersonId = Members.Id("person_id", "");
    private static readonly Member<long> OrgId = Members.Id("org_id", "");
    private static readonly Member<long> ProductId = Members.Id("product_id", "Deals that the product is attached to.");
    private static readonly Member<long> PipelineId = Members.Id("pipeline_id", "");
    public static readonly Member<long> StageId = Members.Id("stage_id", "");
    public static readonly Member<Seq<SortKey>> Sort = Sorting.By(V1Words.DealSorts);
    public static readonly Member<string> Status = Members.Word("status", "all_not_deleted when left out; deleted: in the last 30 days.",
        ("open", "open"), ("won", "won"), ("lost", "lost"), (DealScope.Deleted, DealScope.Deleted), (NotDeleted, NotDeleted));

    public static readonly Many<DealView> Deals = new(DealWire.Deal);

    public static readonly IReadOnlyList<Operation> All =
    [
        new("GET", "/deals", "getDealsV1", call => List(call, archived: false))
        {
            Tag = Tag, Summary = "Get all deals", Cost = 20,
            Parameters = [UserId, FilterId, StageId, Status, .. Paging.Parameters, Sort, OwnedByYou], Answer = Deals,
        },
        new("GET", "/deals/archived", "getArchivedDealsV1", call => List(call, archived: true))
        {
            Tag = Tag, Summary = "Get all archived deals", Cost = 40, Answer = Deals,
            Parameters = [UserId, FilterId, PersonId, OrgId, ProductId, PipelineId, StageId, Status, .. Paging.Parameters, Sort,
                OwnedByYou],
        },
    ];

    /// <summary>The condition of a saved filter of deals.</summary>
    public static Task<Condition> Saved(Call call, long id, string subject = "deal") =>
        call.Service<FilterService>().Use(call.Caller, subject, id, call.Ct);

    private static async Task<Reply> List(Call call, bool archived)
    {
        call.Caller.MustRead("deals");
        var (user, filter, mine, status) =
            (call.Query(UserId), call.Query(FilterId), call.Query(OwnedByYou, false), call.Query(Status, NotDeleted));
        var query = Paging.Read(call) with { Sort = call.Query(Sort, []) };
        var conditions = new List<Condition>();
        foreach (var member in archived ? [StageId, PipelineId, PersonId, OrgId] : new[] { StageId })
        {
            if (call.Query(member) is { IsSet: true, Value: var id }) conditions.Add(Condition.Equal(member.Name, id));
        }
        if (archived && call.Query(ProductId) is { IsSet: true, Value: var product })
        {
            conditions.Add(Condition.Test("product_id", Operator.Has, product));
        }
        call.Checked();

        if (filter.IsSet) conditions.Add(await Saved(call, filter.Value));
        else if (mine) conditions.Add(Condition.Equal("owner_id", call.Caller.UserId ?? 0));
        else if (user.IsSet) conditions.Add(Condition.Equal("owner_id", user.Value));
        return await Page(call, Scoped(call, query, conditions, status, archived), Deals);
    }

    /// <summary>A page of deals with what they name.</summary>
    public static async Task<Reply> Page(Call call, ListQuery query, Many<DealView> wire,
        Action<System.Text.Json.Utf8JsonWriter>? additional = null)
    {
        var page = await call.Service<DealService>().List(call.Caller, query, call.Ct);
        var views = await DealView.Of(call, page.Items);
        return wire.Page(views, query, page.HasMore, DealView.Related(views), additional);
    }

    /// <summary>Narrowed to a status word of v1; the archive is another list.</summary>
    public static ListQuery Scoped(Call call, ListQuery query, List<Condition> conditions, string status, bool archived) =>
        DealScope.Of(call, query with { Condition = Condition.AllOf([.. conditions]) }, status == NotDeleted ? [] : [status], archived);
}
