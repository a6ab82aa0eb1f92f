using Tributary.Core.Kernel;
using Tributary.Core.Lists;
using Tributary.Core.Products;
using Tributary.Server.Hosting;

namespace Tributary.Server.Api.Deals;

/// <summary>What a deal sells, what it takes off, and how it is paid. Each write leaves the deal worth what its products come to.</summary>
internal static class SaleRoutes
{
    private static readonly Member<long> Id = RecordMembers.PathId;
    private static readonly Member<long> LineId = Members.Id("line", "The line of the deal.").InPath();
    private static readonly Member<Guid> DiscountUid = Members.Uid("discount", "The discount.").InPath();
    private static readonly Member<long> InstallmentId = Members.Id("installment", "The installment.").InPath();
    private static readonly Member<Seq<long>> Ids =
        Members.List("ids", "The lines to remove, comma-separated; all of them or none.", Members.Id("", "")).Required();

    private static readonly ListOf Lines = new("DealProducts", SaleWire.Line);
    private static readonly ListOf Discounts = new("DealDiscounts", SaleWire.Discount);
    private static readonly ListOf Installments = new("Installments", SaleWire.Installment);

    public static readonly IReadOnlyList<Operation> All =
    [
        Route("GET", "/products", "listDealProducts", "List what the deal sells", ListLines) with { Answer = Lines },
        Route("POST", "/products", "addDealProduct", "Add a product", AddLine) with
        {
            Body = SaleBody.NewLine, Status = 201, Answer = SaleWire.Line,
        },
        Route("POST", "/products/batch", "addDealProducts", "Add up to 100 products, all or none", AddLines) with
        {
            Body = new("NewDealProducts", SaleBody.Lines), Status = 201, Answer = Lines,
        },
        Route("DELETE", "/products", "removeDealProducts", "Remove up to 100 products, all or none", RemoveLines, Ids)
            with { Status = 204 },
        Route("GET", "/products/{line}", "getDealProduct", "Get one line", GetLine, LineId) with { Answer = SaleWire.Line },
        Route("PATCH", "/products/{line}", "updateDealProduct", "Change one line", UpdateLine, LineId) with
        {
            Body = SaleBody.LinePatch, Answer = SaleWire.Line,
        },
        Route("DELETE", "/products/{line}", "removeDealProduct", "Remove one line", RemoveLine, LineId) with { Status = 204 },
        Route("GET", "/discounts", "listDealDiscounts", "List the discounts on the whole deal, in the order they are taken", ListDiscounts)
            with { Answer = Discounts },
        Route("POST", "/discounts", "addDealDiscount", "Add a discount", AddDiscount) with
        {
            Body = SaleBody.NewDiscount, Status = 201, Answer = SaleWire.Discount,
        },
        Route("PATCH", "/discounts/{discount}", "updateDealDiscount", "Change a discount", UpdateDiscount, DiscountUid) with
        {
            Body = SaleBody.DiscountPatch, Answer = SaleWire.Discount,
        },
        Route("DELETE", "/discounts/{discount}", "removeDealDiscount", "Remove a discount", RemoveDiscount, DiscountUid)
            with { Status = 204 },
        Route("GET", "/installments", "listInstallments", "List the installments by day", ListInstallments) with { Answer = Installments },
        Route("POST", "/installments", "addInstallment", "Add an installment", AddInstallment) with
        {
            Body = SaleBody.NewInstallment, Status = 201, Answer = SaleWire.Installment,
        },
        Route("PATCH", "/installments/{installment}", "updateInstallment", "Change an installment", UpdateInstallment, InstallmentId) with
        {
            Body = SaleBody.InstallmentPatch, Answer = SaleWire.Installment,
        },
        Route("DELETE", "/installments/{installment}", "removeInstallment", "Remove an installment", RemoveInstallment, InstallmentId)
            with { Status = 204 },
    ];

    private static Operation Route(string method, string path, string id, string summary, Handler handler, params Member[] more) =>
        new(method, "/deals/{id}" + path, id, handler) { Tag = "Deal products", Summary = summary, Parameters = [Id, .. more] };

    private static DealProductService Sales(Call call) => call.Service<DealProductService>();

    private static long Deal(Call call) => call.Path(Id, "deal");

    private static async Task<Reply> ListLines(Call call)
    {
        var page = await Sales(call)
            .List(call.Caller, [await Seen(call)], new() { Sort = [new("order_nr")], Limit = ListQuery.MaxLimit }, call.Ct);
        return ListOf.Reply(SaleWire.Line, page.Items);
    }

    private static async Task<Reply> AddLine(Call call)
    {
        var deal = Deal(call);
        return Reply.Json(SaleWire.Line, await Sales(call).Add(call.Caller, deal, await call.Read(SaleBody.ReadLine), call.Ct),
            status: 201);
    }

    private static async Task<Reply> AddLines(Call call)
    {
        var deal = Deal(call);
        var lines = await call.Read(body => body.Get(SaleBody.Lines).Or([]));
        try
        {
            return ListOf.Reply(SaleWire.Line, await Sales(call).AddMany(call.Caller, deal, lines, call.Ct), 201);
        }
        catch (ProblemException refused) when (refused.Problem.Code is ProblemCode.Invalid)
        {
            throw Problem.Invalid(
                [.. refused.Problem.Fields.Select(field => field
                    with { Field = "products" + (field.Field.StartsWith('[') ? field.Field : "") })]);
        }
    }

    private static async Task<Reply> RemoveLines(Call call)
    {
        var (deal, ids) = (Deal(call), call.Query(Ids, []));
        call.Checked();
        await Sales(call).RemoveMany(call.Caller, deal, ids, call.Ct);
        return Reply.Empty();
    }

    private static async Task<Reply> GetLine(Call call) =>
        Reply.Json(SaleWire.Line, await Sales(call).Get(call.Caller, Deal(call), call.Path(LineId, "deal product"), call.Ct));

    private static async Task<Reply> UpdateLine(Call call)
    {
        var (deal, line) = (Deal(call), call.Path(LineId, "deal product"));
        return Reply.Json(SaleWire.Line, await Sales(call).Update(call.Caller, deal, line, await call.Read(SaleBody.ReadLine), call.Ct));
    }

    private static async Task<Reply> RemoveLine(Call call)
    {
        await Sales(call).Remove(call.Caller, Deal(call), call.Path(LineId, "deal product"), call.Ct);
        return Reply.Empty();
    }

    private static async Task<Reply> ListDiscounts(Call call) =>
        ListOf.Reply(SaleWire.Discount, await Sales(call).Discounts(call.Caller, Deal(call), call.Ct));

    private static async Task<Reply> AddDiscount(Call call)
    {
        var deal = Deal(call);
        return Reply.Json(SaleWire.Discount, await Sales(call)
            .AddDiscount(call.Caller, deal, await call.Read(SaleBody.ReadDiscount), call.Ct), status: 201);
    }

    private static async Task<Reply> UpdateDiscount(Call call)
    {
        var (deal, discount) = (Deal(call), call.Path(DiscountUid, "discount"));
        return Reply.Json(SaleWire.Discount, await Sales(call)
            .UpdateDiscount(call.Caller, deal, discount, await call.Read(SaleBody.ReadDiscount), call.Ct));
    }

    private static async Task<Reply> RemoveDiscount(Call call)
    {
        await Sales(call).RemoveDiscount(call.Caller, Deal(call), call.Path(DiscountUid, "discount"), call.Ct);
        return Reply.Empty();
    }

    private static async Task<Reply> ListInstallments(Call call)
    {
        var page = await Sales(call)
            .Installments(call.Caller, [await Seen(call)], new() { Sort = [new("billing_on")], Limit = ListQuery.MaxLimit }, call.Ct);
        return ListOf.Reply(SaleWire.Installment, page.Items);
    }

    private static async Task<Reply> AddInstallment(Call call)
    {
        var deal = Deal(call);
        return Reply.Json(SaleWire.Installment, await Sales(call)
            .AddInstallment(call.Caller, deal, await call.Read(SaleBody.ReadInstallment), call.Ct), status: 201);
    }

    private static async Task<Reply> UpdateInstallment(Call call)
    {
        var (deal, installment) = (Deal(call), call.Path(InstallmentId, "installment"));
        return Reply.Json(SaleWire.Installment, await Sales(call)
            .UpdateInstallment(call.Caller, deal, installment, await call.Read(SaleBody.ReadInstallment), call.Ct));
    }

    private static async Task<Reply> RemoveInstallment(Call call)
    {
        await Sales(call).RemoveInstallment(call.Caller, Deal(call), call.Path(InstallmentId, "installment"), call.Ct);
        return Reply.Empty();
    }

    // The lists of many deals leave out the deals that are not there; the list of one must say so.
    private static async Task<long> Seen(Call call)
    {
        var deal = await call.Service<Core.Deals.DealService>().Get(call.Caller, Deal(call), call.Ct);
        return deal.IsDeleted ? throw Problem.NotFound("deal", deal.Id) : deal.Id;
    }
}
