using Tributary.Core.Products;
using Tributary.Server.Hosting;

namespace Tributary.Server.Dialects.Pipedrive.V2;

/// <summary>The discounts and installments of deals.</summary>
internal static class DealTermsRoutes
{
    private static readonly Member<long> Id = DealRoutes.Id;
    private static readonly Member<Guid> DiscountId = Members.Uid("discount_id", "The ID of the discount.").InPath();
    private static readonly Member<long> InstallmentId = Members.Id("installment_id", "The ID of the installment.").InPath();
    private static readonly Paging.Order Order = new(("id", "id"), ("billing_date", "billing_on"), ("deal_id", "deal_id"));

    private static readonly Wire<IReadOnlyList<DealDiscount>> Discounts = Envelope.All(DealProductWire.Discount);
    private static readonly Wire<DealDiscount> Discount = Envelope.One(DealProductWire.Discount);
    private static readonly Wire<Installment> Installment = Envelope.One(DealProductWire.Installment);

    public static readonly IReadOnlyList<Operation> All =
    [
        new("GET", "/deals/{id}/discounts", "getAdditionalDiscounts", ListDiscounts)
        {
            Tag = "Deal discounts", Summary = "List discounts added to a deal", Cost = 10, Parameters = [Id], Answer = Discounts,
        },
        new("POST", "/deals/{id}/discounts", "postAdditionalDiscount", AddDiscount)
        {
            Tag = "Deal discounts", Summary = "Add a discount to a deal", Cost = 5, Parameters = [Id], Body = DealProductBody.NewDiscount,
            Status = 201, Answer = Discount,
        },
        new("PATCH", "/deals/{id}/discounts/{discount_id}", "updateAdditionalDiscount", UpdateDiscount)
        {
            Tag = "Deal discounts", Summary = "Update a discount added to a deal", Cost = 5, Parameters = [Id, DiscountId],
            Body = DealProductBody.DiscountChanges, Answer = Discount,
            CoverageNote = "discount_id is a UUID, as the specification has it; the page says integer.",
        },
        new("DELETE", "/deals/{id}/discounts/{discount_id}", "deleteAdditionalDiscount", RemoveDiscount)
        {
            Tag = "Deal discounts", Summary = "Delete a discount from a deal", Cost = 3, Parameters = [Id, DiscountId],
            Answer = DealProductWire.DeletedDiscount,
            CoverageNote = "Answers the UUID; the specification's example shows a number.",
        },
        new("GET", "/deals/installments", "getInstallments", ListInstallments)
        {
            Tag = "Deal installments", Summary = "List installments added to a list of deals", Cost = 10,
            Parameters = [DealProductRoutes.DealIds, .. Order.Parameters, .. Paging.Parameters],
            Answer = new PageOf<Installment>(DealProductWire.Installment),
        },
        new("POST", "/deals/{id}/installments", "postInstallment", AddInstallment)
        {
            Tag = "Deal installments", Summary = "Add an installment to a deal", Cost = 5, Parameters = [Id],
            Body = DealProductBody.NewInstallment, Answer = Installment,
        },
        new("PATCH", "/deals/{id}/installments/{installment_id}", "updateInstallment", UpdateInstallment)
        {
            Tag = "Deal installments", Summary = "Update an installment added to a deal", Cost = 5, Parameters = [Id, InstallmentId],
            Body = DealProductBody.InstallmentChanges, Answer = Installment,
        },
        new("DELETE", "/deals/{id}/installments/{installment_id}", "deleteInstallment", RemoveInstallment)
        {
            Tag = "Deal installments", Summary = "Delete an installment from a deal", Cost = 3, Parameters = [Id, InstallmentId],
            Answer = Envelope.Deleted,
        },
    ];

    private static async Task<Reply> ListDiscounts(Call call) =>
        Reply.Json(Discounts, await Sales(call).Discounts(call.Caller, call.Path(Id, "deal"), call.Ct));

    private static async Task<Reply> AddDiscount(Call call)
    {
        var id = call.Path(Id, "deal");
        return Reply.Json(Discount, await Sales(call).AddDiscount(call.Caller, id, await call.Read(DealProductBody.ReadDiscount), call.Ct),
            status: 201);
    }

    private static async Task<Reply> UpdateDiscount(Call call)
    {
        var (id, discount) = (call.Path(Id, "deal"), call.Path(DiscountId, "discount"));
        return Reply.Json(Discount, await Sales(call).UpdateDiscount(call.Caller, id, discount,
            await call.Read(DealProductBody.ReadDiscount), call.Ct));
    }

    private static async Task<Reply> RemoveDiscount(Call call)
    {
        var discount = call.Path(DiscountId, "discount");
        await Sales(call).RemoveDiscount(call.Caller, call.Path(Id, "deal"), discount, call.Ct);
        return Reply.Json(DealProductWire.DeletedDiscount, new GoneDiscount(discount));
    }

    private static async Task<Reply> ListInstallments(Call call)
    {
        var (ids, query) = (call.Query(DealProductRoutes.DealIds, []), Order.Read(call));
        call.Checked();
        var page = await Sales(call).Installments(call.Caller, ids, query, call.Ct);
        return Paging.Reply(DealProductWire.Installment, page.Items, page.NextCursor);
    }

    private static async Task<Reply> AddInstallment(Call call)
    {
        var id = call.Path(Id, "deal");
        return Reply.Json(Installment, await Sales(call).AddInstallment(call.Caller, id, await call.Read(DealProductBody.ReadInstallment),
            call.Ct));
    }

    private static async Task<Reply> UpdateInstallment(Call call)
    {
        var (id, installment) = (call.Path(Id, "deal"), call.Path(InstallmentId, "installment"));
        return Reply.Json(Installment, await Sales(call).UpdateInstallment(call.Caller, id, installment,
            await call.Read(DealProductBody.ReadInstallment), call.Ct));
    }

    private static async Task<Reply> RemoveInstallment(Call call)
    {
        var installment = call.Path(InstallmentId, "installment");
        await Sales(call).RemoveInstallment(call.Caller, call.Path(Id, "deal"), installment, call.Ct);
        return Reply.Json(Envelope.Deleted, new Gone(installment));
    }

    private static DealProductService Sales(Call call) => call.Service<DealProductService>();
}
