using Tributary.Core.Deals;
using Tributary.Core.Kernel;
using Tributary.Core.Products;

namespace Tributary.Server.Sandbox.Files;

/// <summary>Products, and what of them a deal sells and when it is paid.</summary>
internal sealed partial class FileSeed
{
    private async Task Product(SeedProduct one, CancellationToken ct)
    {
        var made = await Made(one.At, () => verbs.Products.Create(As(one.Owner), new()
        {
            Name = one.Name,
            Code = Given(one.Code),
            Category = Given(one.Category),
            Unit = Given(one.Unit),
            Description = Given(one.Description),
            Tax = one.Tax is { } tax ? tax : default(Field<decimal>),
            Billing = one.Billing,
            Cycles = one.Cycles,
            Prices = Prices(one.Prices),
            LabelIds = Labels("product", one.More),
            Custom = Custom("product", one.More),
        }, ct));
        foreach (var variation in one.Variations)
        {
            await Made(variation.At,
                () => verbs.Products.AddVariation(into.Admin, made.Id,
                    new() { Name = variation.Name, Prices = Prices(variation.Prices) }, ct));
        }
        await Follow("product", made.Id, one.At, one.More, ct);
        into.Products.Add(one.Variations.Count == 0 ? made : await verbs.Products.Get(into.Admin, made.Id, ct));
    }

    private static Field<Seq<ProductPrice>> Prices(IReadOnlyList<SeedPrice> prices) =>
        (Seq<ProductPrice>)[.. prices.Select(price => new ProductPrice { Currency = price.Currency, Price = price.Amount })];

    private async Task Sell(Caller owner, Deal deal, SeedDeal one, CancellationToken ct)
    {
        foreach (var line in one.Products)
        {
            var product = into.Products.First(each => each.Name == line.Product);
            await Made(line.At, () => verbs.DealProducts.Add(owner, deal.Id, new()
            {
                ProductId = product.Id,
                VariationId = line.Variation is { } name ? product.Variations.First(each => each.Name == name).Id : default(Field<long?>),
                Quantity = line.Quantity,
                ItemPrice = line.Price is { } price ? price : default(Field<decimal>),
                Discount = line.Discount is { } discount ? discount : default(Field<decimal>),
                DiscountType = line.DiscountType,
                Tax = line.Tax is { } tax ? tax : default(Field<decimal>),
                TaxMethod = line.TaxMethod is { } method ? method : default(Field<TaxMethod>),
                Billing = line.Billing is { } billing ? billing : default(Field<BillingFrequency>),
                Cycles = line.Cycles is { } cycles ? cycles : default(Field<int?>),
                IsEnabled = line.IsEnabled,
            }, ct));
        }
        foreach (var discount in one.Discounts)
        {
            await Made(discount.At, () => verbs.DealProducts.AddDiscount(owner, deal.Id, new()
            {
                Description = discount.Description,
                Amount = discount.Amount,
                Type = discount.Type,
            }, ct));
        }
    }

    private async Task PayInParts(Caller owner, Deal deal, SeedDeal one, CancellationToken ct)
    {
        foreach (var part in one.Installments)
        {
            await Made(part.At, () => verbs.DealProducts.AddInstallment(owner, deal.Id, new()
            {
                Description = part.Description,
                Amount = part.Amount is { } amount ? amount : default(Field<decimal>),
                BillingDate = part.BillingOn is { } day ? day : default(Field<DateOnly>),
            }, ct));
        }
    }
}
