using Tributary.Core.Deals;
using Tributary.Core.Kernel;
using Tributary.Core.Lists;
using Tributary.Core.Log;
using Tributary.Core.Products;
using Tributary.Tests.Support;

namespace Tributary.Tests.Core.Products;

public sealed class DealProductServiceTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    // Pipedrive, "Add a product to a deal": the deal's value is computed from its products.
    [Theory, OnBothBackends]
    public async Task A_line_makes_the_deal_worth_what_it_sells_with_one_version_and_one_event(Backend backend)
    {
        var shop = await Shop(backend);

        var line = await shop.Lines.Add(shop.Some.Member, shop.Deal.Id, new() { ProductId = shop.Pencil, Quantity = 10, Discount = 10 },
            Ct);
        var deal = await shop.Read();
        var log = await shop.Log();

        Assert.Equal(("Pencil", 90m, "EUR", 10, TaxMethod.Inclusive),
            (line.Name, line.ItemPrice, line.Currency, line.OrderNr, line.TaxMethod));
        Assert.Equal((810m, 0m, 0m, 810m, 1, shop.Deal.Version + 1),
            (deal.Value, deal.Mrr, deal.Arr, deal.Acv, deal.Facts.Products, deal.Version));
        Assert.Equal(["deal", "deal_product"], log.Take(2).Select(entry => entry.Subject));
        Assert.Equal(["value", "mrr", "arr", "acv"], log[0].Changes.Select(change => change.Field));
        Assert.Equal(("created", line.Id, shop.Deal.Id), (log[1].Action, log[1].SubjectId, log[1].DealId));
        Assert.Equal(line, await shop.Lines.Get(shop.Some.Admin, shop.Deal.Id, line.Id, Ct));
    }

    [Theory, OnBothBackends]
    public async Task A_change_that_moves_no_money_leaves_the_deals_version_alone(Backend backend)
    {
        var shop = await Shop(backend);
        var line = await shop.Lines.Add(shop.Some.Admin, shop.Deal.Id, new() { ProductId = shop.Pencil, Quantity = 1 }, Ct);
        var before = await shop.Read();

        var after = await shop.Lines.Update(shop.Some.Admin, shop.Deal.Id, line.Id, new() { Comments = "gift wrap" }, Ct);
        await shop.Lines.Update(shop.Some.Admin, shop.Deal.Id, line.Id, new() { Comments = "gift wrap" }, Ct);

        Assert.Equal(("gift wrap", before.Version), (after.Comments, (await shop.Read()).Version));
        Assert.Equal(["deal_product", "deal", "deal_product"], (await shop.Log()).Take(3).Select(entry => entry.Subject));
    }

    [Theory, OnBothBackends]
    public async Task A_deal_without_its_last_line_keeps_its_value_and_takes_typed_ones_again(Backend backend)
    {
        var shop = await Shop(backend);
        var line = await shop.Lines.Add(shop.Some.Admin, shop.Deal.Id, new() { ProductId = shop.Pencil, Quantity = 2 }, Ct);
        var typed = await shop.Deals.Update(shop.Some.Admin, shop.Deal.Id, new() { Value = 5 }, Ct);

        await shop.Lines.Remove(shop.Some.Admin, shop.Deal.Id, line.Id, Ct);
        var emptied = await shop.Read();
        var free = await shop.Deals.Update(shop.Some.Admin, shop.Deal.Id, new() { Value = 5 }, Ct);

        Assert.Equal(180m, typed.Value);
        Assert.Equal((180m, null, null, null, 0), (emptied.Value, emptied.Mrr, emptied.Arr, emptied.Acv, emptied.Facts.Products));
        Assert.Equal(5m, free.Value);
    }

    // Pipedrive, "Add multiple products to a deal": at most 100, all or nothing.
    [Theory, OnBothBackends]
    public async Task Many_lines_are_added_and_removed_all_or_none(Backend backend)
    {
        var shop = await Shop(backend);
        DealProductPatch good = new() { ProductId = shop.Pencil, Quantity = 1 };

        var refusal =
            await Assert.ThrowsAsync<ProblemException>(() =>
                shop.Lines.AddMany(shop.Some.Admin, shop.Deal.Id,
                    [good, good with { Quantity = -1 }, good with { ProductId = 1_000_000_000 }], Ct));
        var added = await shop.Lines.AddMany(shop.Some.Admin, shop.Deal.Id, [good, good with { Quantity = 2 }], Ct);
        var gone = await Refused(() => shop.Lines.RemoveMany(shop.Some.Admin, shop.Deal.Id, [added[0].Id, 1_000_000_000], Ct));
        var version = (await shop.Read()).Version;
        await shop.Lines.RemoveMany(shop.Some.Admin, shop.Deal.Id, [.. added.Select(line => line.Id)], Ct);

        Assert.Equal(["[1].quantity", "[2].item_price", "[2].product_id"], refusal.Problem.Fields.Select(field => field.Field));
        Assert.Equal([10, 20], added.Select(line => line.OrderNr));
        Assert.Equal((ProblemCode.NotFound, shop.Deal.Version + 1), (gone, version));
        Assert.Empty((await shop.Lines.List(shop.Some.Admin, [shop.Deal.Id], new(), Ct)).Items);
        Assert.Equal(ProblemCode.Invalid,
            await Refused(() => shop.Lines.AddMany(shop.Some.Admin, shop.Deal.Id, [.. Enumerable.Repeat(good, 101)], Ct)));
    }

    [Theory, OnBothBackends]
    public async Task Lines_of_several_deals_are_paged_and_hidden_deals_show_none(Backend backend)
    {
        var shop = await Shop(backend);
        var secret = await shop.Deals.Create(shop.Some.Manager, new() { Title = "Secret", VisibleTo = 1 }, Ct);
        DealProductPatch one = new() { ProductId = shop.Pencil, Quantity = 1 };
        await shop.Lines.AddMany(shop.Some.Admin, shop.Deal.Id, [one, one, one], Ct);
        await shop.Lines.Add(shop.Some.Manager, secret.Id, one, Ct);

        var first = await shop.Lines.List(shop.Some.Member, [shop.Deal.Id, secret.Id], new() { Limit = 2, Sort = [new("order_nr", true)] },
            Ct);
        var rest = await shop.Lines.List(shop.Some.Member, [shop.Deal.Id, secret.Id],
            new() { Limit = 2, Sort = [new("order_nr", true)], Cursor = first.NextCursor }, Ct);
        var all = await shop.Lines.List(shop.Some.Admin, [shop.Deal.Id, secret.Id], new() { Sort = [new("deal_id", true)] }, Ct);

        Assert.Equal([30, 20], first.Items.Select(line => line.OrderNr));
        Assert.Equal([10], rest.Items.Select(line => line.OrderNr));
        Assert.Null(rest.NextCursor);
        Assert.Equal((4, secret.Id), (all.Items.Count, all.Items[0].DealId));
        Assert.Equal(ProblemCode.NotFound, await Refused(() => shop.Lines.Add(shop.Some.Member, secret.Id, one, Ct)));
        Assert.Equal(ProblemCode.NotFound, await Refused(() => shop.Lines.Discounts(shop.Some.Member, secret.Id, Ct)));
        Assert.Equal(ProblemCode.NotFound, await Refused(() => shop.Lines.Add(shop.Some.Outsider, shop.Deal.Id, one, Ct)));
    }

    // Pipedrive's changelog: the line of a deleted product stays, and names no product.
    [Theory, OnBothBackends]
    public async Task A_line_outlives_its_product_and_finds_it_again_when_restored(Backend backend)
    {
        var shop = await Shop(backend);
        var line = await shop.Lines.Add(shop.Some.Admin, shop.Deal.Id, new() { ProductId = shop.Pencil, Quantity = 1 }, Ct);

        await shop.Products.Delete(shop.Some.Admin, shop.Pencil, Ct);
        var orphan = await shop.Lines.Update(shop.Some.Admin, shop.Deal.Id, line.Id, new() { Quantity = 2 }, Ct);
        var refused =
            await Refused(() => shop.Lines.Add(shop.Some.Admin, shop.Deal.Id,
                new() { ProductId = shop.Pencil, Quantity = 1, ItemPrice = 1 }, Ct));
        await shop.Products.Restore(shop.Some.Admin, shop.Pencil, Ct);
        var found = await shop.Lines.Get(shop.Some.Admin, shop.Deal.Id, line.Id, Ct);

        Assert.Equal((null, 2m, ProblemCode.Invalid), (orphan.ProductId, orphan.Quantity, refused));
        Assert.Equal((shop.Pencil, 2m), (found.ProductId, found.Quantity));
        Assert.Equal(180m, (await shop.Read()).Value);
    }

    [Theory, OnBothBackends]
    public async Task Lines_follow_the_currency_of_their_deal_and_keep_their_numbers(Backend backend)
    {
        var shop = await Shop(backend);
        var line = await shop.Lines.Add(shop.Some.Admin, shop.Deal.Id, new() { ProductId = shop.Pencil, Quantity = 1 }, Ct);

        var changed = await shop.Deals.Update(shop.Some.Admin, shop.Deal.Id, new() { Currency = "USD" }, Ct);
        var after = await shop.Lines.Get(shop.Some.Admin, shop.Deal.Id, line.Id, Ct);
        var second = await shop.Lines.Add(shop.Some.Admin, shop.Deal.Id, new() { ProductId = shop.Pencil, Quantity = 1 }, Ct);

        Assert.Equal((90m, "USD", 90m), (changed.Value, after.Currency, after.ItemPrice));
        Assert.Equal(("USD", 100m), (second.Currency, second.ItemPrice));
    }

    [Theory, OnBothBackends]
    public async Task Archived_and_deleted_deals_refuse(Backend backend)
    {
        var shop = await Shop(backend);
        DealProductPatch one = new() { ProductId = shop.Pencil, Quantity = 1 };
        var archived = await shop.Deals.Create(shop.Some.Admin, new() { Title = "A", Archived = true }, Ct);
        var deleted = await shop.Deals.Create(shop.Some.Admin, new() { Title = "D" }, Ct);
        await shop.Deals.Delete(shop.Some.Admin, deleted.Id, Ct);

        Assert.Equal(ProblemCode.Conflict, await Refused(() => shop.Lines.Add(shop.Some.Admin, archived.Id, one, Ct)));
        Assert.Equal(ProblemCode.NotFound, await Refused(() => shop.Lines.Add(shop.Some.Admin, deleted.Id, one, Ct)));
    }

    [Theory, OnBothBackends]
    public async Task Discounts_lower_the_deal_and_are_named_in_its_log(Backend backend)
    {
        var shop = await Shop(backend);
        await shop.Lines.Add(shop.Some.Admin, shop.Deal.Id, new() { ProductId = shop.Pencil, Quantity = 10 }, Ct);

        var ten = await shop.Lines.AddDiscount(shop.Some.Member, shop.Deal.Id,
            new() { Description = "10%", Amount = 10, Type = DiscountType.Percentage }, Ct);
        await shop.Lines.AddDiscount(shop.Some.Member, shop.Deal.Id,
            new() { Description = "Loyal", Amount = 10, Type = DiscountType.Amount }, Ct);
        var both = (await shop.Read()).Value;
        await shop.Lines.UpdateDiscount(shop.Some.Admin, shop.Deal.Id, ten.Id, new() { Amount = 50 }, Ct);
        var more = (await shop.Read()).Value;
        await shop.Lines.RemoveDiscount(shop.Some.Admin, shop.Deal.Id, ten.Id, Ct);

        Assert.Equal((800m, 440m, 890m), (both, more, (await shop.Read()).Value));
        Assert.Equal(["Loyal"], (await shop.Lines.Discounts(shop.Some.Member, shop.Deal.Id, Ct)).Select(discount => discount.Description));
        var line = (await shop.Log())[1];
        Assert.Equal(("discount", "deleted", ten.Id),
            (line.Subject, line.Action, line.Changes.First(change => change.Field == "id").Old!.Value.GetGuid()));
        Assert.Equal(ProblemCode.NotFound, await Refused(() => shop.Lines.RemoveDiscount(shop.Some.Admin, shop.Deal.Id, ten.Id, Ct)));
    }

    [Theory, OnBothBackends]
    public async Task Installments_plan_the_value_and_never_change_it(Backend backend)
    {
        var shop = await Shop(backend);
        var none = await Refused(() => shop.Lines.AddInstallment(shop.Some.Admin, shop.Deal.Id, Part(10), Ct));
        await shop.Lines.Add(shop.Some.Admin, shop.Deal.Id, new() { ProductId = shop.Pencil, Quantity = 1 }, Ct);
        var before = await shop.Read();

        var late = await shop.Lines.AddInstallment(shop.Some.Admin, shop.Deal.Id, Part(40, 9), Ct);
        var early = await shop.Lines.AddInstallment(shop.Some.Admin, shop.Deal.Id, Part(50, 1), Ct);
        var listed = await shop.Lines.Installments(shop.Some.Member, [shop.Deal.Id], new() { Sort = [new("billing_on")] }, Ct);
        var recurring =
            await Refused(() => shop.Lines.Add(shop.Some.Admin, shop.Deal.Id,
                new() { ProductId = shop.Pencil, Quantity = 1, Billing = BillingFrequency.Monthly }, Ct));
        var changed = await shop.Lines.UpdateInstallment(shop.Some.Admin, shop.Deal.Id, late.Id, new() { Amount = 45 }, Ct);
        await shop.Lines.RemoveInstallment(shop.Some.Admin, shop.Deal.Id, early.Id, Ct);

        Assert.Equal((ProblemCode.Invalid, ProblemCode.Invalid), (none, recurring));
        Assert.Equal([early, late], listed.Items);
        Assert.Equal([changed], (await shop.Lines.Installments(shop.Some.Member, [shop.Deal.Id], new(), Ct)).Items);
        Assert.Equal((90m, before.Version), ((await shop.Read()).Value, (await shop.Read()).Version));
        Assert.Equal(["deleted", "updated", "created", "created"],
            (await shop.Log()).Where(entry => entry.Subject == "installment").Select(entry => entry.Action));
    }

    private static InstallmentPatch Part(decimal amount, int month = 1) =>
        new() { Description = "Part", Amount = amount, BillingDate = new DateOnly(2027, month, 1) };

    /// <summary>A workspace with a pencil for 90 EUR or 100 USD, and a deal that everyone sees.</summary>
    private static async Task<TestShop> Shop(Backend backend)
    {
        var some = await Some.Workspace(backend);
        var pencil = await new ProductService(some.Db).Create(some.Admin, new()
        {
            Name = "Pencil",
            Prices = (Seq<ProductPrice>)[new() { Currency = "EUR", Price = 90 }, new() { Currency = "USD", Price = 100 }],
        }, Ct);
        var deal = await new DealService(some.Db).Create(some.Admin, new() { Title = "D", Currency = "EUR", Value = 1 }, Ct);
        return new(some, pencil.Id, deal);
    }

    private sealed record TestShop(SomeWorkspace Some, long Pencil, Deal Deal)
    {
        public DealProductService Lines { get; } = new(Some.Db);
        public ProductService Products { get; } = new(Some.Db);
        public DealService Deals { get; } = new(Some.Db);

        public Task<Deal> Read() => Deals.Get(Some.Admin, Deal.Id, Ct);

        public async Task<IReadOnlyList<LogEvent>> Log()
        {
            await using var tx = await Some.Db.Read(Some.Id, Ct);
            return await EventStore.OfDeal(tx, Deal.Id, null, 50);
        }
    }

    private static async Task<ProblemCode> Refused(Func<Task> verb) => (await Assert.ThrowsAsync<ProblemException>(verb)).Problem.Code;
}
