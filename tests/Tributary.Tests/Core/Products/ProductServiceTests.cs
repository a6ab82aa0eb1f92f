using System.Text.Json;
using Tributary.Core.Fields;
using Tributary.Core.Kernel;
using Tributary.Core.Labels;
using Tributary.Core.Lists;
using Tributary.Core.Log;
using Tributary.Core.Products;
using Tributary.Tests.Support;

namespace Tributary.Tests.Core.Products;

public sealed class ProductServiceTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, OnBothBackends]
    public async Task A_product_is_read_as_it_was_written(Backend backend)
    {
        var some = await Some.Workspace(backend);
        var products = new ProductService(some.Db);
        var label = await new LabelService(some.Db).Create(some.Admin, new() { Subject = "product", Name = "New" }, Ct);

        var made = await products.Create(some.Member, Pencil with { LabelIds = (Seq<long>)[label.Id] }, Ct);

        Assert.Equal(made, await products.Get(some.Admin, made.Id, Ct));
        Assert.Equal(made, await products.Get(some.Admin, made.Uid, Ct));
        Assert.Equal([made], await products.FindMany(some.Admin, [made.Id, made.Id + 1_000_000], Ct));
        Assert.Equal(("Mechanical Pencil", "MPENCIL", 19.25m, BillingFrequency.Monthly, 4, 1L),
            (made.Name, made.Code, made.Tax, made.Billing, made.Cycles, made.Version));
        Assert.Equal([("EUR", 5m, 2m), ("USD", 6.1235m, null)], made.Prices.Select(price => (price.Currency, price.Price, price.Cost)));
        Assert.Equal((some.Member.UserId, 7, true), (made.OwnerId, made.VisibleTo, made.IsLinkable));
    }

    [Theory, OnBothBackends]
    public async Task A_change_of_prices_or_variations_is_a_change_of_the_product(Backend backend)
    {
        var some = await Some.Workspace(backend);
        var products = new ProductService(some.Db);
        var made = await products.Create(some.Admin, Pencil, Ct);

        var repriced = await products.Update(some.Admin, made.Id,
            new() { Prices = (Seq<ProductPrice>)[new() { Currency = "EUR", Price = 7 }], ExpectedVersion = 1 }, Ct);
        var red = await products.AddVariation(some.Admin, made.Id,
            new() { Name = "Red", Prices = (Seq<ProductPrice>)[new() { Currency = "EUR", Price = 8 }] }, Ct);
        var blue = await products.AddVariation(some.Admin, made.Id, new() { Name = "Blue" }, Ct);
        await products.UpdateVariation(some.Admin, made.Id, red.Id, new() { Name = "Crimson" }, Ct);
        await products.RemoveVariation(some.Admin, made.Id, blue.Id, Ct);
        var after = await products.Get(some.Admin, made.Id, Ct);
        var unchanged = await products.Update(some.Admin, made.Id, new() { Name = "Mechanical Pencil" }, Ct);

        Assert.Equal(7, Assert.Single(repriced.Prices).Price);
        Assert.Equal([("Crimson", 8m)], after.Variations.Select(variation => (variation.Name, variation.Prices[0].Price)));
        Assert.Equal((6L, after), (after.Version, unchanged));
        Assert.Equal(["variations", "variations", "variations", "variations", "prices"],
            (await History(some, made.Id)).SkipLast(1).Select(line => Assert.Single(line.Changes).Field));
        Assert.Equal(ProblemCode.Stale,
            await Refused(() => products.Update(some.Admin, made.Id, new() { Name = "Late", ExpectedVersion = 2 }, Ct)));
    }

    [Theory, OnBothBackends]
    public async Task All_that_is_wrong_with_a_product_is_said_at_once(Backend backend)
    {
        var some = await Some.Workspace(backend);
        var wrong = new ProductPatch
        {
            Name = " ",
            Tax = 101,
            VisibleTo = 2,
            OwnerId = 1_000_000_000,
            LabelIds = (Seq<long>)[1_000_000_000],
            Billing = BillingFrequency.Weekly,
            Prices = (Seq<ProductPrice>)[new() { Currency = "ZZZ", Price = -1 },
                new() { Currency = "EUR", Price = Money.Max + 1, Cost = -1 }],
        };

        var refusal = await Assert.ThrowsAsync<ProblemException>(() => new ProductService(some.Db).Create(some.Admin, wrong, Ct));

        Assert.Equal(
            ["billing_cycles", "visible_to", "owner_id", "label_ids", "tax", "name", "prices[0].currency", "prices[0].price",
                "prices[1].price", "prices[1].cost"],
            refusal.Problem.Fields.Select(field => field.Field));
    }

    [Theory, OnBothBackends]
    public async Task Custom_values_are_those_of_the_fields_of_products(Backend backend)
    {
        var some = await Some.Workspace(backend);
        var products = new ProductService(some.Db);

        var refusal = await Assert.ThrowsAsync<ProblemException>(() => products.Create(some.Admin,
            new()
            {
                Name = "Pen",
                Tax = -1,
                Custom = new CustomPatch(new Dictionary<string, JsonElement> { ["nib"] = JsonSerializer.SerializeToElement(1) })
            }, Ct));

        Assert.Equal(["custom.nib", "tax"], refusal.Problem.Fields.Select(field => field.Field));
    }

    [Theory, OnBothBackends]
    public async Task A_deleted_product_is_out_of_lists_until_it_is_restored(Backend backend)
    {
        var some = await Some.Workspace(backend);
        var products = new ProductService(some.Db);
        var pen = await products.Create(some.Admin, new() { Name = "Pen" }, Ct);
        var ink = await products.Create(some.Admin, new() { Name = "Ink", Id = 7_000_000_001 }, Ct);

        await products.Delete(some.Admin, pen.Id, Ct);
        var without = await products.List(some.Member, new() { Sort = [new("name")] }, Ct);
        var frozen = await Refused(() => products.Update(some.Admin, pen.Id, new() { Name = "Quill" }, Ct));
        await products.Restore(some.Admin, pen.Id, Ct);
        var first = await products.List(some.Member, new() { Sort = [new("name")], Limit = 1, WantTotal = true }, Ct);
        var second = await products.List(some.Member, new() { Sort = [new("name")], Limit = 1, Cursor = first.NextCursor }, Ct);

        Assert.Equal([ink], without.Items);
        Assert.Equal(ProblemCode.Conflict, frozen);
        Assert.Equal(("Ink", 2L, "Pen", null), (first.Items[0].Name, first.Total, second.Items[0].Name, second.NextCursor));
        Assert.Equal(["restored", "deleted", "created"], (await History(some, pen.Id)).Select(line => line.Action));
        Assert.Equal(ProblemCode.Conflict, await Refused(() => products.Create(some.Admin, new() { Name = "Ink", Id = ink.Id }, Ct)));
    }

    [Theory, OnBothBackends]
    public async Task A_product_of_the_owner_alone_is_not_there_for_others(Backend backend)
    {
        var some = await Some.Workspace(backend);
        var products = new ProductService(some.Db);
        var mine = await products.Create(some.Manager, new() { Name = "Secret", VisibleTo = 1 }, Ct);

        Assert.Equal(ProblemCode.NotFound, await Refused(() => products.Get(some.Member, mine.Id, Ct)));
        Assert.Equal(ProblemCode.NotFound, await Refused(() => products.Update(some.Member, mine.Id, new() { Name = "Mine" }, Ct)));
        Assert.Equal(ProblemCode.NotFound, await Refused(() => products.Get(some.Outsider, mine.Id, Ct)));
        Assert.Empty((await products.List(some.Member, new(), Ct)).Items);
        Assert.Equal([mine], (await products.List(some.Manager, new(), Ct)).Items);
    }

    [Theory, OnBothBackends]
    public async Task A_duplicate_has_everything_but_the_ids(Backend backend)
    {
        var some = await Some.Workspace(backend);
        var products = new ProductService(some.Db);
        var made = await products.Create(some.Admin, Pencil, Ct);
        await products.AddVariation(some.Admin, made.Id,
            new() { Name = "Red", Prices = (Seq<ProductPrice>)[new() { Currency = "EUR", Price = 8 }] }, Ct);

        var copy = await products.Duplicate(some.Member, made.Id, Ct);

        Assert.Equal(copy, await products.Get(some.Admin, copy.Id, Ct));
        Assert.NotEqual(made.Id, copy.Id);
        Assert.Equal((made.Name, made.Code, made.Prices, 1L), (copy.Name, copy.Code, copy.Prices, copy.Version));
        Assert.Equal(("Red", 8m), (copy.Variations[0].Name, copy.Variations[0].Prices[0].Price));
    }

    private static ProductPatch Pencil => new()
    {
        Name = " Mechanical Pencil ",
        Code = "MPENCIL",
        Unit = "piece",
        Tax = 19.25m,
        Category = "Retail",
        Billing = BillingFrequency.Monthly,
        Cycles = 4,
        Prices = (Seq<ProductPrice>)[new() { Currency = "usd", Price = 6.12346m },
            new() { Currency = "EUR", Price = 5, Cost = 2, DirectCost = 1, Notes = "this is a note" }],
    };

    private static async Task<IReadOnlyList<LogEvent>> History(SomeWorkspace some, long id)
    {
        await using var tx = await some.Db.Read(some.Id, Ct);
        return await EventStore.OfSubject(tx, "product", id, null, 50);
    }

    private static async Task<ProblemCode> Refused(Func<Task> verb) => (await Assert.ThrowsAsync<ProblemException>(verb)).Problem.Code;
}
