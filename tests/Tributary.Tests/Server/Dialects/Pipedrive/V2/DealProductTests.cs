using System.Text.Json;
using Tributary.Core.Products;
using Tributary.Tests.Support;

namespace Tributary.Tests.Server.Dialects.Pipedrive.V2;

/// <summary>
/// Products attached to deals, their discounts and installments: pages "Add a product to a deal" to "Delete an installment",
/// reference §9.1 to §9.3.
/// </summary>
public sealed class DealProductTests
{
    // specification: the example of "Get products attached to a deal"; page: the defaults.
    [Theory, OnBothBackends]
    public async Task A_product_is_added_with_the_pages_defaults(Backend backend)
    {
        var pipe = await Pipe.Open(backend);
        // What the product itself would bring is not what the page says a new deal product has.
        var product = await Product(pipe, "Pencil", new() { Tax = 19, Billing = BillingFrequency.Monthly });
        var id = await pipe.Deal("x");

        var line = await pipe.Post($"{Pipe.Deals}/{id}/products", new { product_id = product.Id, item_price = 90, quantity = 1 }, 201);

        Assert.Equal(
            $$"""
            {"id":{{line.Whole("id")}},"sum":90,"tax":0,"deal_id":{{id}},"name":"Pencil","product_id":{{product.Id}},"product_variation_id":null,"order_nr":10,"add_time":"2026-11-20T09:00:00Z","update_time":"2026-11-20T09:00:00Z","comments":"","currency":"EUR","discount":0,"quantity":1,"item_price":90,"tax_method":"inclusive","discount_type":"percentage","is_enabled":true,"billing_frequency":"one-time","billing_frequency_cycles":null,"billing_start_date":null}
            """, line.GetRawText());
        Assert.Equal(90, (await pipe.Get($"{Pipe.Deals}/{id}")).Whole("value"));
    }

    // recorded: 10×30 −55 % → 135; 44 −11 % → 39.16; 22×5 −0.2 %, tax 11 inclusive → 109.78. Third party: 90 −10 → 80.
    [Theory, OnBothBackends]
    public async Task Sums_are_as_recorded(Backend backend)
    {
        var pipe = await Pipe.Open(backend);
        var product = await Product(pipe, "Pencil");
        var path = $"{Pipe.Deals}/{await pipe.Deal("x")}/products";
        foreach (var (expected, body) in new (decimal, object)[]
        {
            (135m, new { product_id = product.Id, item_price = 30, quantity = 10, discount = 55 }),
            (39.16m, new { product_id = product.Id, item_price = 44, quantity = 1, discount = 11 }),
            (109.78m, new { product_id = product.Id, item_price = 22, quantity = 5, discount = 0.2, tax = 11, tax_method = "inclusive" }),
            (80m, new { product_id = product.Id, item_price = 90, quantity = 1, discount = 10, discount_type = "amount" }),
        })
        {
            Assert.Equal(expected, (await pipe.Post(path, body, 201)).Number("sum"));
        }
        Assert.Equal([10, 20, 30, 40], (await pipe.Get(path)).Ids("order_nr"));
    }

    [Theory, OnBothBackends]
    public async Task Every_member_is_changed_and_the_tax_method_is_that_of_all(Backend backend)
    {
        var pipe = await Pipe.Open(backend);
        var product = await Product(pipe, "Pencil");
        var other = await Product(pipe, "Pen");
        var variation = await new ProductService(pipe.Workspace.Db)
            .AddVariation(pipe.Workspace.Admin, other.Id, new() { Name = "Blue" }, default);
        var path = $"{Pipe.Deals}/{await pipe.Deal("x")}/products";
        var first = await pipe.Post(path, new { product_id = product.Id, item_price = 10, quantity = 1 }, 201);
        var second = await pipe.Post(path, new { product_id = product.Id, item_price = 20, quantity = 1 }, 201);

        var changed = await pipe.Patch($"{path}/{second.Whole("id")}", new
        {
            product_id = other.Id,
            product_variation_id = variation.Id,
            item_price = 12.5,
            quantity = 2,
            tax = 20,
            tax_method = "exclusive",
            discount = 5,
            discount_type = "amount",
            comments = "as agreed",
            is_enabled = false,
            billing_frequency = "monthly",
            billing_frequency_cycles = 12,
            billing_start_date = "2027-01-01",
        });

        Assert.Equal(("Pen", other.Id, variation.Id, 12.5m, 2L, 20L), (changed.Text("name"), changed.Whole("product_id"),
            changed.Whole("product_variation_id"), changed.Number("item_price"), changed.Whole("quantity"), changed.Whole("tax")));
        Assert.Equal(("exclusive", 5L, "amount", "as agreed", false), (changed.Text("tax_method"), changed.Whole("discount"),
            changed.Text("discount_type"), changed.Text("comments"), changed.Flag("is_enabled")));
        Assert.Equal(("monthly", 12L, "2027-01-01", 24m), (changed.Text("billing_frequency"), changed.Whole("billing_frequency_cycles"),
            changed.Text("billing_start_date"), changed.Number("sum")));
        Assert.Equal("exclusive", (await pipe.Get(path))[0].Text("tax_method"));
        Assert.Equal(first.Whole("id"), (await pipe.Get(path))[0].Whole("id"));
    }

    // page: the rules of billing_frequency, billing_frequency_cycles and billing_start_date.
    [Theory, OnBothBackends]
    public async Task Billing_has_its_rules(Backend backend)
    {
        var pipe = await Pipe.Open(backend);
        var product = await Product(pipe, "Pencil");
        var path = $"{Pipe.Deals}/{await pipe.Deal("x")}/products";
        object Line(string frequency, long? cycles, string? start = null) =>
            new
            {
                product_id = product.Id,
                item_price = 10,
                quantity = 1,
                billing_frequency = frequency,
                billing_frequency_cycles = cycles,
                billing_start_date = start
            };

        foreach (var (field, body) in new (string, object)[]
        {
            ("billing_frequency_cycles", Line("one-time", 1)), ("billing_frequency_cycles", Line("weekly", null)),
            ("billing_frequency_cycles", Line("monthly", 209)), ("billing_frequency_cycles", Line("monthly", 0)),
            ("billing_start_date", Line("monthly", 1, "2036-11-21")), ("billing_start_date", Line("monthly", 1, "2016-11-19")),
            ("billing_frequency", Line("daily", 1)),
        })
        {
            var (status, error) = Pipe.Refused(await pipe.Client.Post(path, body));
            Assert.True(status == 400, field);
            Assert.StartsWith($"Validation failed: {field}: ", error, StringComparison.Ordinal);
        }
        foreach (var body in new[] { Line("weekly", 208), Line("monthly", null, "2036-11-20"), Line("annually", 3, "2016-11-20"),
            Line("semi-annually", null), Line("quarterly", 1) }) await pipe.Post(path, body, 201);
        for (var i = 5; i < 20; i++) await pipe.Post(path, Line("monthly", null), 201);
        Assert.StartsWith("Validation failed: billing_frequency: ", Pipe.Refused(await pipe.Client.Post(path, Line("monthly", null))).Error,
            StringComparison.Ordinal);
    }

    // recorded: monthly 10, no cycles → mrr 10, arr 120, acv 120.
    [Theory, OnBothBackends]
    public async Task Revenue_is_computed_and_goes_with_the_products(Backend backend)
    {
        var pipe = await Pipe.Open(backend);
        var product = await Product(pipe, "Pencil");
        var id = await pipe.Deal("x", new { value = 5 });
        var line = await pipe.Post($"{Pipe.Deals}/{id}/products",
            new { product_id = product.Id, item_price = 10, quantity = 1, billing_frequency = "monthly" }, 201);

        var with = await pipe.Get($"{Pipe.Deals}/{id}");
        var gone = await pipe.Delete($"{Pipe.Deals}/{id}/products/{line.Whole("id")}");
        var without = await pipe.Get($"{Pipe.Deals}/{id}");

        Assert.Equal((10L, 120L, 120L), (with.Whole("mrr"), with.Whole("arr"), with.Whole("acv")));
        Assert.Equal($$"""{"id":{{line.Whole("id")}}}""", gone.GetRawText());
        foreach (var name in new[] { "mrr", "arr", "acv" }) Assert.Equal(JsonValueKind.Null, without.GetProperty(name).ValueKind);
    }

    // page: deal_ids up to 100, sort_by id, deal_id, add_time, update_time; clients send csv, repeated, or with brackets.
    [Theory, OnBothBackends]
    public async Task Products_of_several_deals_are_one_list(Backend backend)
    {
        var (pipe, other) = (await Pipe.Open(backend), await Pipe.Open(backend));
        var product = await Product(pipe, "Pencil");
        var (a, b) = (await pipe.Deal("a"), await pipe.Deal("b"));
        var foreign = await other.Deal("c");
        var first = (await pipe.Post($"{Pipe.Deals}/{b}/products", new { product_id = product.Id, item_price = 1, quantity = 1 }, 201))
            .Whole("id");
        var second = (await pipe.Post($"{Pipe.Deals}/{a}/products", new { product_id = product.Id, item_price = 2, quantity = 1 }, 201))
            .Whole("id");

        async Task Finds(string query, params long[] expected) =>
            Assert.Equal(expected, (await pipe.Get($"{Pipe.Deals}/products?{query}")).Ids());

        await Finds($"deal_ids={a},{b},{foreign}", first, second);
        await Finds($"deal_ids={a}&deal_ids={b}", first, second);
        await Finds($"deal_ids[]={a}&deal_ids[]={b}", first, second);
        await Finds($"deal_ids={a}", second);
        await Finds($"deal_ids={foreign}");
        await Finds($"deal_ids={a},{b}&sort_by=deal_id", second, first);
        await Finds($"deal_ids={a},{b}&sort_by=id&sort_direction=desc&limit=1", second);
        foreach (var query in new[] { "", $"deal_ids={string.Join(',', Enumerable.Range(1, 101))}", "deal_ids=a",
            $"deal_ids={a}&sort_by=name" })
        {
            Assert.Equal(400, (await pipe.Client.Get($"{Pipe.Deals}/products?{query}")).Status);
        }
        Assert.Equal(404, (await pipe.Client.Get($"{Pipe.Deals}/{foreign}/products")).Status);
    }

    // specification: POST …/products/bulk and DELETE …/products.
    [Theory, OnBothBackends]
    public async Task Many_are_added_and_deleted_at_once(Backend backend)
    {
        var pipe = await Pipe.Open(backend);
        var product = await Product(pipe, "Pencil");
        var path = $"{Pipe.Deals}/{await pipe.Deal("x")}/products";
        object Line(int price) => new { product_id = product.Id, item_price = price, quantity = 1 };

        var added = await pipe.Post($"{path}/bulk", new { data = new[] { Line(1), Line(2), Line(3) } }, 201);
        var (status, error) = Pipe.Refused(await pipe.Client.Post($"{path}/bulk", new { data = new[] { Line(1), Line(-1) } }));
        var some = await pipe.Client.Delete($"{path}?ids={added.Ids()[0]}");
        var rest = await pipe.Client.Delete(path);

        Assert.Equal([1, 2, 3], added.Ids("item_price"));
        Assert.Equal(400, status);
        Assert.StartsWith("Validation failed: data.1.item_price: ", error, StringComparison.Ordinal);
        Assert.Equal($$$"""{"success":true,"data":{"ids":[{{{added.Ids()[0]}}}]},"additional_data":{"more_items_in_collection":false}}""",
            some.Json.GetRawText());
        Assert.Equal($"[{added.Ids()[1]},{added.Ids()[2]}]", rest.Json.GetProperty("data").GetProperty("ids").GetRawText());
        Assert.Empty((await pipe.Get(path)).EnumerateArray());
    }

    // changelog of the vendor: a product that is deleted from the catalogue stays in its deals, with name and product_id null.
    [Theory, OnBothBackends]
    public async Task The_line_of_a_deleted_product_stays_without_its_name(Backend backend)
    {
        var pipe = await Pipe.Open(backend);
        var product = await Product(pipe, "Pencil");
        var path = $"{Pipe.Deals}/{await pipe.Deal("x")}/products";
        await pipe.Post(path, new { product_id = product.Id, item_price = 1, quantity = 1 }, 201);
        await new ProductService(pipe.Workspace.Db).Delete(pipe.Workspace.Admin, product.Id, default);

        var line = (await pipe.Get(path))[0];

        Assert.Equal((JsonValueKind.Null, JsonValueKind.Null),
            (line.GetProperty("name").ValueKind, line.GetProperty("product_id").ValueKind));
    }

    // specification: "products:full, deals:full" at adding, changing and deleting; "products:read" among those of the lists.
    [Theory, OnBothBackends]
    public async Task A_key_of_products_is_enough(Backend backend)
    {
        var pipe = await Pipe.Open(backend);
        var product = await Product(pipe, "Pencil");
        var path = $"{Pipe.Deals}/{await pipe.Deal("x")}/products";
        var (writer, reader, stranger) = (await pipe.As(backend, null, "products:write"), await pipe.As(backend, null, "products:read"),
            await pipe.As(backend, null, "persons:write"));
        var body = new { product_id = product.Id, item_price = 1, quantity = 1 };

        Assert.Equal((201, 403, 403), ((await writer.Post(path, body)).Status, (await reader.Post(path, body)).Status,
            (await stranger.Post(path, body)).Status));
        Assert.Equal((200, 200, 403), ((await writer.Get(path)).Status, (await reader.Get(path)).Status,
            (await stranger.Get(path)).Status));
        Assert.Equal(403, (await writer.Get(Pipe.Deals)).Status);
    }

    // specification: the example of "Add a discount to a deal"; page: amount "Must be a positive number (excluding 0)".
    [Theory, OnBothBackends]
    public async Task Discounts_lower_the_value_of_the_deal(Backend backend)
    {
        var pipe = await Pipe.Open(backend);
        var product = await Product(pipe, "Pencil");
        var id = await pipe.Deal("x");
        await pipe.Post($"{Pipe.Deals}/{id}/products", new { product_id = product.Id, item_price = 100, quantity = 1 }, 201);
        var path = $"{Pipe.Deals}/{id}/discounts";

        var added = await pipe.Post(path, new { description = "10%", amount = 10, type = "percentage" }, 201);
        var after = (await pipe.Get($"{Pipe.Deals}/{id}")).Whole("value");
        var changed = await pipe.Patch($"{path}/{added.Text("id")}", new { amount = 25, type = "amount" });
        var listed = await pipe.Get(path);
        var gone = await pipe.Delete($"{path}/{added.Text("id")}");

        Assert.Equal(
            $$"""{"id":"{{added.Text("id")}}","description":"10%","amount":10,"type":"percentage","deal_id":{{id}},"created_at":"2026-11-20T09:00:00Z","created_by":{{pipe.Workspace.Admin.UserId}},"updated_at":"2026-11-20T09:00:00Z","updated_by":{{pipe.Workspace.Admin.UserId}}}""", added.GetRawText());
        Assert.Equal((90, 25L, "amount"), (after, changed.Whole("amount"), changed.Text("type")));
        Assert.Equal($"[{changed.GetRawText()}]", listed.GetRawText());
        Assert.Equal($$"""{"id":"{{added.Text("id")}}"}""", gone.GetRawText());
        Assert.Equal(100, (await pipe.Get($"{Pipe.Deals}/{id}")).Whole("value"));
        foreach (var body in new object[] { new { description = "x", amount = 0, type = "amount" }, new { description = "x", amount = -1,
            type = "amount" }, new { amount = 1, type = "amount" }, new { description = "x", amount = 1, type = "half" } })
        {
            Assert.Equal(400, (await pipe.Client.Post(path, body)).Status);
        }
        Assert.Equal(404, (await pipe.Client.Patch($"{path}/{Guid.Empty}", new { amount = 1 })).Status);
        Assert.Equal(404, (await pipe.Client.Delete($"{path}/1")).Status);
    }

    // page: "An installment can only be added if the deal includes at least one one-time product. If the deal contains at least one
    // recurring product, adding installments is not allowed."
    [Theory, OnBothBackends]
    public async Task Installments_have_their_rules(Backend backend)
    {
        var pipe = await Pipe.Open(backend);
        var product = await Product(pipe, "Pencil");
        var id = await pipe.Deal("x");
        var path = $"{Pipe.Deals}/{id}/installments";
        var body = new { description = "Delivery Fee", amount = 10, billing_date = "2027-03-10" };
        Assert.Equal(400, (await pipe.Client.Post(path, body)).Status);
        var line = await pipe.Post($"{Pipe.Deals}/{id}/products", new { product_id = product.Id, item_price = 100, quantity = 1 }, 201);

        var added = await pipe.Post(path, body);
        var changed = await pipe.Patch($"{path}/{added.Whole("id")}", new { amount = 20, billing_date = "2027-04-10" });
        var lineError = Pipe.Refused(await pipe.Client.Patch($"{Pipe.Deals}/{id}/products/{line.Whole("id")}", new { is_enabled = false }))
            .Error;
        var recurring = Pipe.Refused(await pipe.Client.Post($"{Pipe.Deals}/{id}/products",
            new { product_id = product.Id, item_price = 1, quantity = 1, billing_frequency = "monthly" })).Error;
        var gone = await pipe.Delete($"{path}/{added.Whole("id")}");

        Assert.Equal(
            $$"""{"id":{{added.Whole("id")}},"amount":10,"billing_date":"2027-03-10","deal_id":{{id}},"description":"Delivery Fee"}""",
            added.GetRawText());
        Assert.Equal((20L, "2027-04-10", "Delivery Fee"),
            (changed.Whole("amount"), changed.Text("billing_date"), changed.Text("description")));
        Assert.StartsWith("Validation failed: is_enabled: ", lineError, StringComparison.Ordinal);
        Assert.StartsWith("Validation failed: billing_frequency: ", recurring, StringComparison.Ordinal);
        Assert.Equal($$"""{"id":{{added.Whole("id")}}}""", gone.GetRawText());
        await pipe.Post($"{Pipe.Deals}/{id}/products",
            new { product_id = product.Id, item_price = 1, quantity = 1, billing_frequency = "monthly" }, 201);
        Assert.Equal(400, (await pipe.Client.Post(path, body)).Status);
        Assert.StartsWith("Validation failed: billing_date: ", Pipe.Refused(await pipe.Client.Post(path,
            new { description = "x", amount = 1, billing_date = "10.3.2027" })).Error, StringComparison.Ordinal);
    }

    // page: sort_by id, billing_date, deal_id.
    [Theory, OnBothBackends]
    public async Task Installments_of_several_deals_are_one_list(Backend backend)
    {
        var pipe = await Pipe.Open(backend);
        var product = await Product(pipe, "Pencil");
        var (a, b) = (await pipe.Deal("a"), await pipe.Deal("b"));
        foreach (var deal in new[] { a, b }) await pipe.Post($"{Pipe.Deals}/{deal}/products",
            new { product_id = product.Id, item_price = 100, quantity = 1 }, 201);
        async Task<long> Add(long deal, string day) =>
            (await pipe.Post($"{Pipe.Deals}/{deal}/installments", new { description = "x", amount = 10, billing_date = day })).Whole("id");
        var (late, early, middle) = (await Add(b, "2027-03-03"), await Add(a, "2027-01-01"), await Add(b, "2027-02-02"));

        async Task Finds(string query, params long[] expected) =>
            Assert.Equal(expected, (await pipe.Get($"{Pipe.Deals}/installments?{query}")).Ids());

        await Finds($"deal_ids={a},{b}", late, early, middle);
        await Finds($"deal_ids={a},{b}&sort_by=billing_date", early, middle, late);
        await Finds($"deal_ids={a},{b}&sort_by=deal_id&sort_direction=desc&limit=2", middle, late);
        await Finds($"deal_ids={a}", early);
        Assert.Equal(400, (await pipe.Client.Get($"{Pipe.Deals}/installments")).Status);
    }

    private static Task<Product> Product(Pipe pipe, string name, ProductPatch? patch = null) =>
        new ProductService(pipe.Workspace.Db).Create(pipe.Workspace.Admin, (patch ?? new()) with { Name = name }, default);
}
