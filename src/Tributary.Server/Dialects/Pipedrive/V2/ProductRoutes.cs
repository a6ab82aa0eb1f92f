using Tributary.Core.Catalog;
using Tributary.Core.Kernel;
using Tributary.Core.Products;
using Tributary.Server.Hosting;

namespace Tributary.Server.Dialects.Pipedrive.V2;

/// <summary>Products of the catalogue and their variations; reference §11 and the OpenAPI file.</summary>
internal static class ProductRoutes
{
    private static readonly Member<long> Id = Members.Id("id", "The ID of the product.").InPath();
    private static readonly Member<long> VariationPath = Members.Id("product_variation_id", "The ID of the variation.").InPath();

    private static readonly RecordList List =
        new("product", new(("id", "id"), ("name", "name"), ("add_time", "added_at"), ("update_time", "updated_at")),
            RecordFilter.Id("owner_id"))
        { HasUntil = false };
    private static readonly ShortList<VariationView> Variations = new(ProductWire.Variation, view => view.Variation.Id);

    public static readonly IReadOnlyList<Operation> All =
    [
        new("GET", "/products", "getProducts", GetAll)
        {
            Tag = "Products", Summary = "Get all products", Cost = 10, Parameters = [.. List.Parameters, CustomFields.Keys],
            Answer = ProductWire.Page,
        },
        new("GET", "/products/{id}", "getProduct", Get)
        {
            Tag = "Products", Summary = "Get one product", Parameters = [Id], Answer = ProductWire.One,
        },
        new("POST", "/products", "addProduct", Create)
        {
            Tag = "Products", Summary = "Add a product", Cost = 5, Status = 201, Body = ProductBody.New, Answer = ProductWire.One,
        },
        new("PATCH", "/products/{id}", "updateProduct", Update)
        {
            Tag = "Products", Summary = "Update a product", Cost = 5, Parameters = [Id], Body = ProductBody.Changes,
            Answer = ProductWire.One,
        },
        new("DELETE", "/products/{id}", "deleteProduct", Delete)
        {
            Tag = "Products", Summary = "Delete a product", Cost = 3, Parameters = [Id], Answer = Envelope.Deleted,
        },
        new("POST", "/products/{id}/duplicate", "duplicateProduct", Duplicate)
        {
            Tag = "Products", Summary = "Duplicate a product", Cost = 5, Status = 201, Parameters = [Id], Answer = ProductWire.One,
        },
        new("GET", "/products/{id}/variations", "getProductVariations", ListVariations)
        {
            Tag = "Products", Summary = "Get all product variations", Cost = 10, Parameters = [Id, .. Variations.Parameters],
            Answer = Variations.Answer,
        },
        new("POST", "/products/{id}/variations", "addProductVariation", AddVariation)
        {
            Tag = "Products", Summary = "Add a product variation", Cost = 5, Status = 201, Parameters = [Id],
            Body = ProductBody.NewVariation, Answer = ProductWire.OneVariation,
        },
        new("PATCH", "/products/{id}/variations/{product_variation_id}", "updateProductVariation", UpdateVariation)
        {
            Tag = "Products", Summary = "Update a product variation", Cost = 5, Parameters = [Id, VariationPath],
            Body = ProductBody.VariationChanges, Answer = ProductWire.OneVariation,
        },
        new("DELETE", "/products/{id}/variations/{product_variation_id}", "deleteProductVariation", DeleteVariation)
        {
            Tag = "Products", Summary = "Delete a product variation", Cost = 3, Parameters = [Id, VariationPath], Answer = Envelope.Deleted,
        },
    ];

    private static async Task<Reply> GetAll(Call call)
    {
        call.Caller.MustRead("products");
        var read = List.Read(call);
        var keys = call.Query(CustomFields.Keys);
        call.Checked();
        var asked = RecordAsk.Selection(await call.Service<CatalogService>().Latest(call.Caller, call.Ct), "product", keys);
        var page = await call.Service<ProductService>().List(call.Caller, await read(call), call.Ct);
        return Paging.Reply(ProductWire.Product, [.. page.Items.Select(product => new ProductView(product, asked))], page.NextCursor);
    }

    private static async Task<Reply> Get(Call call) => await Shown(call, await Live(call));

    private static async Task<Reply> Create(Call call)
    {
        call.Caller.MustWrite("products");
        var catalog = await call.Service<CatalogService>().Current(call.Caller, call.Ct);
        // "When prices is omitted altogether, a default price of 0 and the user's default currency will be assigned."
        var currency = catalog.User(call.Caller.UserId)?.DefaultCurrency ?? catalog.Workspace.BaseCurrency;
        var patch = await call.Read(body => ProductBody.Read(body, catalog));
        if (!patch.Prices.IsSet) patch = patch with { Prices = new(true, [new() { Currency = currency, Price = 0 }]) };
        return await Shown(call, await call.Service<ProductService>().Create(call.Caller, patch, call.Ct), 201);
    }

    private static async Task<Reply> Update(Call call)
    {
        var id = call.Path(Id, "product");
        call.Caller.MustWrite("products");
        var catalog = await call.Service<CatalogService>().Current(call.Caller, call.Ct);
        return await Shown(call, await call.Service<ProductService>()
            .Update(call.Caller, id, await call.Read(body => ProductBody.Read(body, catalog)), call.Ct));
    }

    private static async Task<Reply> Delete(Call call) =>
        Reply.Json(Envelope.Deleted,
            new Gone((await call.Service<ProductService>().Delete(call.Caller, call.Path(Id, "product"), call.Ct)).Id));

    private static async Task<Reply> Duplicate(Call call) =>
        await Shown(call, await call.Service<ProductService>().Duplicate(call.Caller, call.Path(Id, "product"), call.Ct), 201);

    private static Task<Reply> ListVariations(Call call) => Variations.Page(call, async () =>
    {
        var product = await Live(call);
        return [.. product.Variations.OrderBy(variation => variation.Id).Select(variation => new VariationView(product.Id, variation))];
    });

    private static async Task<Reply> AddVariation(Call call)
    {
        var id = call.Path(Id, "product");
        call.Caller.MustWrite("products");
        return Reply.Json(ProductWire.OneVariation,
            new VariationView(id, await call.Service<ProductService>()
                .AddVariation(call.Caller, id, await call.Read(ProductBody.ReadVariation), call.Ct)), status: 201);
    }

    private static async Task<Reply> UpdateVariation(Call call)
    {
        var (id, variation) = (call.Path(Id, "product"), call.Path(VariationPath, "variation"));
        call.Caller.MustWrite("products");
        return Reply.Json(ProductWire.OneVariation,
            new VariationView(id, await call.Service<ProductService>()
                .UpdateVariation(call.Caller, id, variation, await call.Read(ProductBody.ReadVariation), call.Ct)));
    }

    private static async Task<Reply> DeleteVariation(Call call)
    {
        var (id, variation) = (call.Path(Id, "product"), call.Path(VariationPath, "variation"));
        await call.Service<ProductService>().RemoveVariation(call.Caller, id, variation, call.Ct);
        return Reply.Json(Envelope.Deleted, new Gone(variation));
    }

    private static async Task<Product> Live(Call call)
    {
        var id = call.Path(Id, "product");
        var product = await call.Service<ProductService>().Get(call.Caller, id, call.Ct);
        return product.IsDeleted ? throw Problem.NotFound("product", id) : product;
    }

    private static async Task<Reply> Shown(Call call, Product product, int status = 200) =>
        Reply.Json(ProductWire.One, new ProductView(product, await RecordAsk.All(call, "product")), status: status);
}
