using Tributary.Core.Products;
using Tributary.Server.Api.Tables;
using Tributary.Server.Hosting;

namespace Tributary.Server.Api.Products;

internal static class ProductRoutes
{
    private static readonly Member<long> Id = RecordMembers.PathId;
    private static readonly Member<long> VariationId = Members.Id("variation", "The variation.").InPath();

    private static readonly Listing<View<Product>> Products = new("product", ProductWire.Product, "-added_at")
    {
        Filters =
        [
            RecordFilters.Owner, RecordFilters.Label, ListFilter.Equal(Members.Text("code", "Products of this code.", 255)),
            ListFilter.Equal(Members.Flag("is_linkable", "Products that can be added to deals, or cannot.")),
            RecordFilters.Search("name"), .. RecordFilters.Times,
        ],
    };

    private static readonly RecordRoutes<Product, ProductPatch, View<Product>> Life = new("Product", "Products", "/products", "a product")
    {
        Tag = "Products",
        Wire = ProductWire.Product,
        Listing = Products,
        New = ProductBody.New,
        Patch = ProductBody.Patch,
        Read = ProductBody.Read,
        Identity = product => (product.Id, product.Version),
        Show = View<Product>.Of,
        List = (call, query) => call.Service<ProductService>().List(call.Caller, query, call.Ct),
        Get = (call, id) => call.Service<ProductService>().Get(call.Caller, id, call.Ct),
        AsksOnce = false,
        Create = (call, patch) => call.Service<ProductService>().Create(call.Caller, patch, call.Ct),
        Update = (call, id, patch) => call.Service<ProductService>().Update(call.Caller, id, patch, call.Ct),
        Deletion = (deleted, version) => new() { Deleted = deleted, ExpectedVersion = version },
        // What an import reads again; of variations it knows nothing.
        Exported = catalog =>
        [
            "name", "code", "category", .. NamedColumns.Prices(catalog), "unit", "tax", "billing_frequency", "billing_cycles",
            "is_linkable", "owner.name", "description", "added_at",
        ],
    };

    public static readonly IReadOnlyList<Operation> All =
    [
        .. Life.All(),
        Route("POST", "/duplicate", "duplicateProduct", "Copy a product with its prices and variations", Duplicate) with
        {
            Status = 201, Answer = ProductWire.Product,
        },
        Route("POST", "/variations", "addProductVariation", "Add a variation", AddVariation) with
        {
            Body = ProductBody.NewVariation, Status = 201, Answer = ProductWire.Variation,
        },
        Route("PATCH", "/variations/{variation}", "updateProductVariation", "Change a variation", UpdateVariation, VariationId) with
        {
            Body = ProductBody.VariationPatch, Answer = ProductWire.Variation,
        },
        Route("DELETE", "/variations/{variation}", "removeProductVariation", "Remove a variation; lines that sold it keep their prices",
            RemoveVariation, VariationId) with { Status = 204 },
    ];

    private static Operation Route(string method, string path, string id, string summary, Handler handler, params Member[] more) =>
        new(method, "/products/{id}" + path, id, handler) { Tag = "Products", Summary = summary, Parameters = [Id, .. more] };

    private static async Task<Reply> Duplicate(Call call) =>
        await Life.Born(call, await call.Service<ProductService>().Duplicate(call.Caller, call.Path(Id, "product"), call.Ct));

    private static async Task<Reply> AddVariation(Call call)
    {
        var id = call.Path(Id, "product");
        return Reply.Json(ProductWire.Variation, await call.Service<ProductService>()
            .AddVariation(call.Caller, id, await call.Read(ProductBody.ReadVariation), call.Ct), status: 201);
    }

    private static async Task<Reply> UpdateVariation(Call call)
    {
        var (id, variation) = (call.Path(Id, "product"), call.Path(VariationId, "product variation"));
        return Reply.Json(ProductWire.Variation, await call.Service<ProductService>()
            .UpdateVariation(call.Caller, id, variation, await call.Read(ProductBody.ReadVariation), call.Ct));
    }

    private static async Task<Reply> RemoveVariation(Call call)
    {
        await call.Service<ProductService>()
            .RemoveVariation(call.Caller, call.Path(Id, "product"), call.Path(VariationId, "product variation"), call.Ct);
        return Reply.Empty();
    }
}
