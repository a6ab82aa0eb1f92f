using System.Globalization;
using Tributary.Core.Deals;
using Tributary.Core.Kernel;
using Tributary.Core.Lists;
using Tributary.Core.Products;
using Tributary.Server.Hosting;

namespace Tributary.Server.Dialects.Pipedrive.V1;

/// <summary>A line of a deal with the product it sells, when that is asked for.</summary>
internal sealed record LineView(DealProduct Line, ProductView? Product, bool WithProduct, long Company);

/// <summary>Products of a deal in v1 (reference §12): enabled_flag for is_enabled, sums of the page beside the pagination.</summary>
internal static class DealProductRoutes
{
    private const string Tag = "Deals v1";

    private static readonly Member<long> AttachmentId =
        Members.Id("product_attachment_id", "The ID of the deal-product; not the product's.").InPath();
    private static readonly Member<bool> IncludeProduct = Members.Flag("include_product_data", "1: with the product of each.");
    private static readonly Member<long> ProductId = Members.Id("product_id", "");
    private static readonly Member<decimal> ItemPrice = Members.Number("item_price", "");
    private static readonly Member<decimal> Quantity = Members.Number("quantity", "");
    private static readonly Member<decimal> Discount = Members.Number("discount", "Read as discount_type says; 0 when left out.");
    private static readonly Member<DiscountType> DiscountType =
        Members.Word("discount_type", "percentage when left out.", SaleWords.DiscountTypes);
    private static readonly Member<long> VariationId = Loose.Id("product_variation_id", "").Nullable();
    private static readonly Member<string> Comments = Members.LongText("comments", "").Nullable();
    private static readonly Member<decimal> Tax = Members.Number("tax", "Percent; 0 when left out.");
    private static readonly Member<TaxMethod> TaxMethod =
        Members.Word("tax_method", "It becomes the method of every product of the deal.", SaleWords.TaxMethods);
    private static readonly Member<bool> Enabled = Members.Flag("enabled_flag", "true when left out.");
    private static readonly Member<BillingFrequency> Frequency =
        Members.Word("billing_frequency", "one-time when left out.", SaleWords.Billings);
    private static readonly Member<long> Cycles = Members.Whole("billing_frequency_cycles", "", 1, 208).Nullable();
    private static readonly Member<DateOnly> Start = Members.Day("billing_start_date", "").Nullable();

    private static readonly Member[] Both =
        [Discount, DiscountType, VariationId, Comments, Tax, TaxMethod, Enabled, Frequency, Cycles, Start];

    private static readonly Many<LineView> Lines = new(LineWire.Line);
    private static readonly One<LineView> Line = new(LineWire.Line);

    public static readonly IReadOnlyList<Operation> All =
    [
        new("GET", "/deals/{id}/products", "getDealProductsV1", List)
        {
            Tag = Tag, Summary = "List products attached to a deal", Cost = 20,
            Parameters = [DealRoutes.Id, .. Paging.Parameters, IncludeProduct], Answer = Lines,
        },
        new("POST", "/deals/{id}/products", "addDealProductV1", Add)
        {
            Tag = Tag, Summary = "Add a product to a deal", Cost = 10, Parameters = [DealRoutes.Id], Answer = Line,
            Body = new("NewDealProductV1", [ProductId.Required(), ItemPrice.Required(), Quantity.Required(), .. Both]),
        },
        new("PUT", "/deals/{id}/products/{product_attachment_id}", "updateDealProductV1", Update)
        {
            Tag = Tag, Summary = "Update the product attached to a deal", Cost = 10, Parameters = [DealRoutes.Id, AttachmentId],
            Answer = Line,
            Body = new("DealProductChangesV1", [ProductId, ItemPrice, Quantity, .. Both]),
        },
        new("DELETE", "/deals/{id}/products/{product_attachment_id}", "deleteDealProductV1", Remove)
        {
            Tag = Tag, Summary = "Delete an attached product from a deal", Cost = 6, Parameters = [DealRoutes.Id, AttachmentId],
            Answer = Answers.Id,
        },
    ];

    private static async Task<Reply> List(Call call)
    {
        var id = call.Path(DealRoutes.Id, "deal");
        var query = Paging.Read(call);
        var withProduct = call.Query(IncludeProduct, false);
        call.Checked();
        var caller = Permissions.Selling(call.Caller);
        if ((await call.Service<DealService>().Get(caller, id, call.Ct)).IsDeleted) throw Problem.NotFound("deal", id);

        // A deal has at most some hundred lines, and the sums are of all of them.
        var all = new List<DealProduct>();
        for (var page = await Read(null); ; page = await Read(page.NextCursor))
        {
            all.AddRange(page.Items);
            if (!page.HasMore) break;
        }
        var (lines, more) = query.Slice(all);
        var products = withProduct ? await Products(call, lines) : [];
        var company = call.Caller.Workspace;
        var views = lines.Select(line => new LineView(line, products.GetValueOrDefault(line.ProductId ?? 0), withProduct, company))
            .ToList();
        return Lines.Page(views, query, more, withProduct ? ProductView.Related([.. products.Values]) : null, json =>
        {
            var (quantity, sum) = (all.Sum(line => line.Quantity), all.Sum(RevenueRules.LineSum));
            json.WriteNumber("products_quantity_total", LineWire.Plain(quantity));
            json.WriteNumber("products_sum_total", LineWire.Plain(sum));
            json.WriteString("products_quantity_total_formatted", LineWire.Plain(quantity).ToString(CultureInfo.InvariantCulture));
            json.WriteString("products_sum_total_formatted", all.Count == 0 ? "0" : Spell.Money(sum, all[0].Currency));
        });

        Task<Page<DealProduct>> Read(string? cursor) =>
            call.Service<DealProductService>()
            .List(caller, [id], new() { Limit = 500, Cursor = cursor, Sort = [new("order_nr")] }, call.Ct);
    }

    private static async Task<Reply> Add(Call call)
    {
        var id = call.Path(DealRoutes.Id, "deal");
        var caller = Permissions.Selling(call.Caller);
        caller.MustWrite("deals");
        var sent = await call.Read(Patch);
        // The defaults of the specification, not the product's own.
        var patch = sent with { Tax = sent.Tax.Or(0), Billing = sent.Billing.Or(BillingFrequency.OneTime) };
        return Shown(call, await call.Service<DealProductService>().Add(caller, id, patch, call.Ct));
    }

    private static async Task<Reply> Update(Call call)
    {
        var (id, line) = (call.Path(DealRoutes.Id, "deal"), call.Path(AttachmentId, "deal product"));
        var caller = Permissions.Selling(call.Caller);
        caller.MustWrite("deals");
        var patch = await call.Read(Patch);
        return Shown(call, await call.Service<DealProductService>().Update(caller, id, line, patch, call.Ct));
    }

    private static async Task<Reply> Remove(Call call)
    {
        var (id, line) = (call.Path(DealRoutes.Id, "deal"), call.Path(AttachmentId, "deal product"));
        await call.Service<DealProductService>().Remove(Permissions.Selling(call.Caller), id, line, call.Ct);
        return Answers.Id.Reply(line);
    }

    private static Reply Shown(Call call, DealProduct line) => Line.Reply(new(line, null, WithProduct: false, call.Caller.Workspace));

    private static async Task<Dictionary<long, ProductView>> Products(Call call, IReadOnlyList<DealProduct> lines)
    {
        var ids = lines.Select(line => line.ProductId).OfType<long>().Distinct().ToList();
        if (ids.Count == 0) return [];
        var products = await call.Service<ProductService>().FindMany(call.Caller with { Scopes = ["read"] }, ids, call.Ct);
        return (await ProductView.Of(call, products)).ToDictionary(view => view.Product.Id);
    }

    private static DealProductPatch Patch(Body body) => new()
    {
        ProductId = body.Get(ProductId).As(id => (long?)id),
        ItemPrice = body.Get(ItemPrice),
        Quantity = body.Get(Quantity),
        Discount = body.Get(Discount),
        DiscountType = body.Get(DiscountType),
        VariationId = body.Clearable(VariationId).As(Loose.None),
        Comments = body.ClearableText(Comments),
        Tax = body.Get(Tax),
        TaxMethod = body.Get(TaxMethod),
        IsEnabled = body.Get(Enabled),
        Billing = body.Get(Frequency),
        Cycles = body.Clearable(Cycles).As(cycles => (int?)cycles),
        BillingStart = body.Clearable(Start),
    };
}

/// <summary>The deal-product of v1.</summary>
internal static class LineWire
{
    public static readonly Wire<LineView> Line = new Wire<LineView>("DealProductV1")
        .Whole("id", l => l.Line.Id)
        .Whole("product_attachment_id", l => l.Line.Id)
        .Whole("company_id", l => l.Company)
        .Whole("deal_id", l => l.Line.DealId)
        .Whole("order_nr", l => (long)l.Line.OrderNr)
        .Whole("product_id", l => l.Line.ProductId)
        .Whole("product_variation_id", l => l.Line.VariationId)
        .Number("item_price", l => l.Line.ItemPrice)
        .Number("discount", l => l.Line.Discount)
        .Word("discount_type", l => SaleWords.DiscountTypes.Of(l.Line.DiscountType), ["percentage", "amount"])
        .Number("sum", l => RevenueRules.LineSum(l.Line))
        .Text("currency", l => l.Line.Currency, nullable: false)
        .Flag("enabled_flag", l => l.Line.IsEnabled)
        .Instant("add_time", l => l.Line.AddedAt, Spell.V1Time)
        .Instant("last_edit", l => l.Line.UpdatedAt, Spell.V1Time)
        .Text("comments", l => l.Line.Comments, nullable: false)
        .Flag("active_flag", _ => true)
        .Number("tax", l => l.Line.Tax)
        .Word("tax_method", l => SaleWords.TaxMethods.Of(l.Line.TaxMethod), ["exclusive", "inclusive", "none"])
        .Text("name", l => l.Line.Name)
        .Text("sum_formatted", l => Spell.Money(RevenueRules.LineSum(l.Line), l.Line.Currency), nullable: false)
        .Text("quantity_formatted", l => Plain(l.Line.Quantity).ToString(CultureInfo.InvariantCulture), nullable: false)
        .Number("quantity", l => l.Line.Quantity)
        .Word("billing_frequency", l => SaleWords.Billings.Of(l.Line.Billing), SaleWords.Billings.Spellings())
        .Whole("billing_frequency_cycles", l => l.Line.Cycles)
        .Day("billing_start_date", l => l.Line.BillingStart)
        .Object("product", l => l.Product, ProductWire.Product, when: l => l.WithProduct);

    public static decimal Plain(decimal value) => value / 1.0000000000000000000000000000m;
}
