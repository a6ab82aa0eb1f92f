using Tributary.Core.Catalog;
using Tributary.Core.Deals;
using Tributary.Core.Fields;
using Tributary.Core.Kernel;
using Tributary.Core.Lists;
using Tributary.Core.Log;
using Tributary.Core.Search;
using Tributary.Core.Storage;

namespace Tributary.Core.Products;

/// <summary>The verbs of the catalogue.</summary>
public sealed class ProductService(Db db)
{
    /// <summary>A product the caller sees, deleted ones included for as long as they can be restored.</summary>
    public async Task<Product> Get(Caller caller, long id, CancellationToken ct)
    {
        caller.MustRead("products");
        await using var tx = await db.Read(caller.Workspace, ct);
        return await Visible(tx, caller, await ProductStore.Find(tx, id)) ?? throw Problem.NotFound("product", id);
    }

    /// <summary>The same by its uid.</summary>
    public async Task<Product> Get(Caller caller, Guid uid, CancellationToken ct)
    {
        caller.MustRead("products");
        await using var tx = await db.Read(caller.Workspace, ct);
        return await Visible(tx, caller, await ProductStore.Find(tx, uid)) ?? throw Problem.NotFound("product", uid);
    }

    /// <summary>Those of the products that are there and that the caller sees, by id; deleted ones included.</summary>
    public async Task<IReadOnlyList<Product>> FindMany(Caller caller, IReadOnlyCollection<long> ids, CancellationToken ct)
    {
        caller.MustRead("products");
        if (ids.Count == 0) return [];
        await using var tx = await db.Read(caller.Workspace, ct);
        return await Sight.Visible(tx, caller, await ProductStore.FindMany(tx, ids), Itself);
    }

    /// <summary>One page of the products that match and that the caller sees, each with its prices and variations.</summary>
    public async Task<Page<Product>> List(Caller caller, ListQuery query, CancellationToken ct)
    {
        caller.MustRead("products");
        await using var tx = await db.Read(caller.Workspace, ct);
        return await ProductStore.List(tx, caller, query);
    }

    /// <summary>Stores it and says so in the log; a refusal names everything that is wrong at once.</summary>
    public async Task<Product> Create(Caller caller, ProductPatch patch, CancellationToken ct)
    {
        caller.MustWrite("products");
        await using var tx = await db.Write(caller.Workspace, ct);
        var created = await Create(tx, caller, patch);
        await tx.Commit();
        return created;
    }

    /// <summary>Changes what the patch names. Nothing is written, and no event appended, when nothing would change.</summary>
    public Task<Product> Update(Caller caller, long id, ProductPatch patch, CancellationToken ct) =>
        Change(caller, id,
            async (tx, before) => CatalogueRules.Apply(before, patch, await Context(tx, caller, patch.Custom, before.Custom)), ct);

    /// <summary>Marks as deleted; it can be restored for 30 days. Lines of deals stay as they are.</summary>
    public Task<Product> Delete(Caller caller, long id, CancellationToken ct) => Update(caller, id, new() { Deleted = true }, ct);

    /// <summary>Takes it out of the bin, unless it was purged; what is not in the bin stays as it is.</summary>
    public Task<Product> Restore(Caller caller, long id, CancellationToken ct) => Update(caller, id, new() { Deleted = false }, ct);

    /// <summary>Another product with the same name, prices, variations and everything else but the ids.</summary>
    public async Task<Product> Duplicate(Caller caller, long id, CancellationToken ct)
    {
        caller.MustWrite("products");
        await using var tx = await db.Write(caller.Workspace, ct);

        if (await Visible(tx, caller, await ProductStore.Find(tx, id)) is not { IsDeleted: false } original)
        {
            throw Problem.NotFound("product", id);
        }
        var ids = await tx.NextIds("variation_ids", original.Variations.Count);
        var copy = await Add(tx, caller, original with
        {
            Id = await tx.NextId("product_ids"),
            Uid = tx.NextUid(),
            Variations =
                [.. original.Variations.Zip(ids, (variation, next) => variation
                    with { Id = next, Uid = tx.NextUid(), AddedAt = tx.Now, UpdatedAt = tx.Now })],
            AddedAt = tx.Now,
            AddedBy = caller.UserId,
            UpdatedAt = tx.Now,
            UpdatedBy = null,
            Version = 1,
        });
        await tx.Commit();
        return copy;
    }

    public async Task<ProductVariation> AddVariation(Caller caller, long productId, VariationPatch patch, CancellationToken ct)
    {
        var after = await Change(caller, productId, async (tx, before) =>
            CatalogueRules.AddVariation(before, patch, await tx.NextId("variation_ids"), tx.NextUid(),
                await Context(tx, caller, default, before.Custom)), ct);
        return after.Variations[^1];
    }

    public async Task<ProductVariation> UpdateVariation(Caller caller, long productId, long id, VariationPatch patch, CancellationToken ct)
    {
        var after =
            await Change(caller, productId, async (tx, before) =>
                CatalogueRules.ChangeVariation(before, id, patch, await Context(tx, caller, default, before.Custom)), ct);
        return CatalogueRules.Variation(after, id);
    }

    /// <summary>Lines of deals that sold this variation keep their prices.</summary>
    public Task RemoveVariation(Caller caller, long productId, long id, CancellationToken ct) =>
        Change(caller, productId, async (tx, before) =>
            CatalogueRules.RemoveVariation(before, id, await Context(tx, caller, default, before.Custom)), ct);

    /// <summary>Creation inside a unit of work that does more (imports, batches).</summary>
    internal static async Task<Product> Create(Tx tx, Caller caller, ProductPatch patch)
    {
        var product = CatalogueRules.Create(patch, await Context(tx, caller, patch.Custom, CustomValues.None));
        return await Add(tx, caller, product with
        {
            Id = await tx.IdOf("product_ids", "product", patch.Id, ProductStore.Find),
            Uid = patch.Uid.IsSet ? patch.Uid.Value : tx.NextUid(),
        });
    }

    internal static async Task<Product> Update(Tx tx, Caller caller, Product before, ProductPatch patch)
    {
        var after = CatalogueRules.Apply(before, patch, await Context(tx, caller, patch.Custom, before.Custom));
        return ReferenceEquals(after, before) ? before : await Save(tx, caller, before, after);
    }

    private static async Task<Product> Add(Tx tx, Caller caller, Product product)
    {
        await ProductStore.Insert(tx, product);
        await PutText(tx, null, product);
        await EventStore.Append(tx, caller, ProductHistory.Between(null, product));
        return product;
    }

    private async Task<Product> Change(Caller caller, long id, Func<Tx, Product, Task<Product>> rule, CancellationToken ct)
    {
        caller.MustWrite("products");
        await using var tx = await db.Write(caller.Workspace, ct);

        var before = await Visible(tx, caller, await ProductStore.FindForUpdate(tx, id)) ?? throw Problem.NotFound("product", id);
        var after = await rule(tx, before);
        if (ReferenceEquals(after, before)) return before;

        await Save(tx, caller, before, after);
        await tx.Commit();
        return after;
    }

    internal static async Task<Product> Save(Tx tx, Caller caller, Product before, Product after)
    {
        await ProductStore.Update(tx, before, after);
        await PutText(tx, before, after);
        await EventStore.Append(tx, caller, ProductHistory.Between(before, after));
        return after;
    }

    private static async Task<CatalogueContext> Context(Tx tx, Caller caller, Field<CustomPatch> custom, CustomValues current)
    {
        var (catalog, checks) = (await tx.Catalog(), new Checks());
        var values = await CustomReading.After(tx, caller, "product", custom, current, checks);
        return new(catalog, caller, tx.Now, values, checks);
    }

    private static Task<Product?> Visible(Tx tx, Caller caller, Product? product) => Sight.Visible(tx, caller, product, Itself);

    internal static Task<IReadOnlyList<Product>> Visible(Tx tx, Caller caller, IReadOnlyList<Product> products) =>
        Sight.Visible(tx, caller, products, Itself);

    private static Anchors Itself(Product product) => new(null, null, ProductId: product.Id);

    private static async Task PutText(Tx tx, Product? before, Product after)
    {
        await SearchTexts.Follow(tx, "product", after.Id, "name", 0, before?.Name, after.Name);
        await SearchTexts.Follow(tx, "product", after.Id, "code", 0, before?.Code, after.Code);
    }
}
