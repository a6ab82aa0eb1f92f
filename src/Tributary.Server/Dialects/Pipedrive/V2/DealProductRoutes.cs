using System.Text.Json.Nodes;
using Tributary.Core.Kernel;
using Tributary.Core.Products;
using Tributary.Server.Hosting;

namespace Tributary.Server.Dialects.Pipedrive.V2;

/// <summary>The products attached to deals.</summary>
internal static class DealProductRoutes
{
    private const string Tag = "Deal products";

    private static readonly Member<long> Id = DealRoutes.Id;
    private static readonly Member<long> LineId = Members.Id("product_attachment_id", "The ID of the deal-product.").InPath();
    private static readonly Member<Seq<long>> LineIds =
        Members.List("ids", "Ids of deal-products, comma-separated; all of the deal, up to 100, when left out.", Members.Id("", ""));

    /// <summary>Appendix A22: "≤100 ids"; as one csv, repeated, or deal_ids[].</summary>
    public static readonly Member<Seq<long>> DealIds = Members.List("deal_ids",
        "Up to 100 ids of deals; those that are not there or not visible are left out.", Members.Id("", "")).Required();

    private static readonly Paging.Order OfOne =
        new(("id", "id"), ("add_time", "added_at"), ("update_time", "updated_at"), ("order_nr", "order_nr"));
    private static readonly Paging.Order OfMany =
        new(("id", "id"), ("deal_id", "deal_id"), ("add_time", "added_at"), ("update_time", "updated_at"), ("order_nr", "order_nr"));

    private static readonly PageOf<DealProduct> Page = new(DealProductWire.Line);
    private static readonly Wire<DealProduct> One = Envelope.One(DealProductWire.Line);
    private static readonly Wire<IReadOnlyList<DealProduct>> Several = Envelope.All(DealProductWire.Line);

    private static readonly Wire<IReadOnlyList<long>> Ids = new Wire<IReadOnlyList<long>>(null).Wholes("ids", ids => ids);

    private static readonly Wire<GoneLines> GoneReply = new Wire<GoneLines>("DeletedDealProductsReply").Flag("success", _ => true)
        .Json("data", Ids.Schema(new()), (json, gone) => Ids.Write(json, gone.Ids))
        .Json("additional_data", new JsonObject { ["type"] = "object" }, (json, gone) =>
        {
            json.WriteStartObject();
            json.WriteBoolean("more_items_in_collection", gone.HasMore);
            json.WriteEndObject();
        });

    public static readonly IReadOnlyList<Operation> All =
    [
        new("GET", "/deals/products", "getDealsProducts", ListOfMany)
        {
            Tag = Tag, Summary = "Get deal products of several deals", Cost = 10,
            Parameters = [DealIds, .. OfMany.Parameters, .. Paging.Parameters], Answer = Page,
        },
        new("GET", "/deals/{id}/products", "getDealProducts", ListOfOne)
        {
            Tag = Tag, Summary = "List products attached to a deal", Cost = 10,
            Parameters = [Id, .. OfOne.Parameters, .. Paging.Parameters], Answer = Page,
        },
        new("POST", "/deals/{id}/products", "addDealProduct", Add)
        {
            Tag = Tag, Summary = "Add a product to a deal", Cost = 5, Parameters = [Id], Body = DealProductBody.New, Status = 201,
            Answer = One,
        },
        new("POST", "/deals/{id}/products/bulk", "addManyDealProducts", AddMany)
        {
            Tag = Tag, Summary = "Add multiple products to a deal", Cost = 25, Parameters = [Id], Body = DealProductBody.Many, Status = 201,
            Answer = Several,
        },
        new("PATCH", "/deals/{id}/products/{product_attachment_id}", "updateDealProduct", Update)
        {
            Tag = Tag, Summary = "Update the product attached to a deal", Cost = 5, Parameters = [Id, LineId],
            Body = DealProductBody.Changes, Answer = One,
        },
        new("DELETE", "/deals/{id}/products/{product_attachment_id}", "deleteDealProduct", Remove)
        {
            Tag = Tag, Summary = "Delete an attached product from a deal", Cost = 3, Parameters = [Id, LineId], Answer = Envelope.Deleted,
        },
        new("DELETE", "/deals/{id}/products", "deleteManyDealProducts", RemoveMany)
        {
            Tag = Tag, Summary = "Delete many products from a deal", Cost = 15, Parameters = [Id, LineIds], Answer = GoneReply,
        },
    ];

    private static async Task<Reply> ListOfMany(Call call)
    {
        var (ids, query) = (call.Query(DealIds, []), OfMany.Read(call));
        call.Checked();
        var page = await Sales(call).List(Caller(call), ids, query, call.Ct);
        return Paging.Reply(DealProductWire.Line, page.Items, page.NextCursor);
    }

    private static async Task<Reply> ListOfOne(Call call)
    {
        var query = OfOne.Read(call);
        call.Checked();
        var id = (await DealRoutes.Find(call, Caller(call))).Id;
        var page = await Sales(call).List(Caller(call), [id], query, call.Ct);
        return Paging.Reply(DealProductWire.Line, page.Items, page.NextCursor);
    }

    private static async Task<Reply> Add(Call call)
    {
        var id = call.Path(Id, "deal");
        return Reply.Json(One, await Sales(call).Add(Caller(call), id, await call.Read(DealProductBody.ReadNew), call.Ct), status: 201);
    }

    private static async Task<Reply> AddMany(Call call)
    {
        var id = call.Path(Id, "deal");
        return Reply.Json(Several, await Sales(call).AddMany(Caller(call), id, await call.Read(DealProductBody.ReadMany), call.Ct),
            status: 201);
    }

    private static async Task<Reply> Update(Call call)
    {
        var (id, line) = (call.Path(Id, "deal"), call.Path(LineId, "deal product"));
        return Reply.Json(One, await Sales(call).Update(Caller(call), id, line, await call.Read(DealProductBody.Read), call.Ct));
    }

    private static async Task<Reply> Remove(Call call)
    {
        var (id, line) = (call.Path(Id, "deal"), call.Path(LineId, "deal product"));
        await Sales(call).Remove(Caller(call), id, line, call.Ct);
        return Reply.Json(Envelope.Deleted, new Gone(line));
    }

    private static async Task<Reply> RemoveMany(Call call)
    {
        var named = call.Query(LineIds, []);
        call.Checked();
        Caller(call).MustWrite("deals");
        var deal = await DealRoutes.Find(call, Caller(call));
        var (ids, hasMore) = ((IReadOnlyList<long>)named, false);
        if (named.Count == 0)
        {
            var page = await Sales(call).List(Caller(call), [deal.Id], new() { Sort = [new("id")], Limit = DealProductService.MaxAtOnce },
                call.Ct);
            (ids, hasMore) = ([.. page.Items.Select(line => line.Id)], page.HasMore);
        }
        if (ids.Count > 0) await Sales(call).RemoveMany(Caller(call), deal.Id, ids, call.Ct);
        return Reply.Json(GoneReply, new GoneLines(ids, hasMore));
    }

    private static DealProductService Sales(Call call) => call.Service<DealProductService>();

    private static Caller Caller(Call call) => Permissions.Selling(call.Caller);

    private sealed record GoneLines(IReadOnlyList<long> Ids, bool HasMore);
}
