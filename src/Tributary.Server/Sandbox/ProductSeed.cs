using Tributary.Core.Kernel;
using Tributary.Core.Products;
using Tributary.Server.Seeding;

namespace Tributary.Server.Sandbox;

/// <summary>What is sold: each with prices in three currencies, one with variations, two of them recurring.</summary>
internal static class ProductSeed
{
    private static readonly (string Name, string Code, string Unit, decimal Price, BillingFrequency Billing)[] rows =
    [
        ("Starter licence", "LIC-S", "seat", 40, BillingFrequency.OneTime),
        ("Business licence", "LIC-B", "seat", 90, BillingFrequency.OneTime),
        ("Onboarding", "SRV-1", "day", 1200, BillingFrequency.OneTime), ("Support plan", "SUP-M", "month", 250, BillingFrequency.Monthly),
        ("Hosting", "HST-A", "year", 3000, BillingFrequency.Annually), ("Label printer", "HW-LP", "piece", 420, BillingFrequency.OneTime),
    ];

    public static async Task Fill(Verbs verbs, SandboxWorkspace into, CancellationToken ct)
    {
        foreach (var (name, code, unit, price, billing) in rows)
        {
            into.Products.Add(await verbs.Products.Create(into.Admin, new()
            {
                Name = name,
                Code = code,
                Unit = unit,
                Tax = 20m,
                Billing = billing,
                Prices = Prices(price),
            }, ct));
        }
        var printer = into.Products[^1].Id;
        await verbs.Products.AddVariation(into.Admin, printer, new() { Name = "With cutter", Prices = Prices(480) }, ct);
        await verbs.Products.AddVariation(into.Admin, printer, new() { Name = "Portable", Prices = Prices(350) }, ct);
    }

    /// <summary>Two lines, so that the deal's value is what they add up to.</summary>
    public static async Task Sell(Verbs verbs, Caller seller, SandboxWorkspace into, long dealId, int row, CancellationToken ct)
    {
        var (first, second) = (into.Products[row % 3], into.Products[3 + row % 3]);
        await verbs.DealProducts.AddMany(seller, dealId,
        [
            new() { ProductId = first.Id, ItemPrice = rows[row % 3].Price, Quantity = 10 + row, Discount = 5 },
            new() { ProductId = second.Id, ItemPrice = rows[3 + row % 3].Price, Quantity = 1 },
        ], ct);
    }

    private static Seq<ProductPrice> Prices(decimal price) =>
    [
        new() { Currency = "EUR", Price = price * 0.9m, Cost = price * 0.4m }, new() { Currency = "GBP", Price = price * 0.8m },
        new() { Currency = "USD", Price = price, Cost = price * 0.45m },
    ];
}
