using Tributary.Core.Catalog;
using Tributary.Core.Kernel;
using Tributary.Core.Products;
using Tributary.Core.Storage;

namespace Tributary.Core.Import;

/// <summary>Products of a file. One that has the code already, or the name when the row has no code, is the one meant.</summary>
internal sealed class ProductImport(ImportContext context) : IImportKind<ImportedProduct>
{
    private readonly Dictionary<long, Product> loaded = [];

    public string Subject => "product";

    public string Ids => "product_ids";

    public RowRead<ImportedProduct> Read(ImportRow row) => context.Reader.Product(row);

    public ImportedBasics BasicsOf(ImportedProduct record) => record.Basics;

    public long? ByName(ImportedProduct record) =>
        context.Names.Of(ImportNoun.Products).Find(record.Code ?? record.Name, record.Code is null ? "name" : "code");

    public Task Prepare(Tx tx, IReadOnlyList<string> stages) => Task.CompletedTask;

    public bool Has(long id) => loaded.ContainsKey(id);

    public Task Foresee(Tx tx, IReadOnlyList<ImportedProduct> records) => Task.CompletedTask;

    public async Task Load(Tx tx, IReadOnlyCollection<long> ids)
    {
        foreach (var product in await ProductService.Visible(tx, context.Caller, await ProductStore.FindMany(tx, ids)))
        {
            loaded[product.Id] = product;
        }
    }

    public void Forget() => loaded.Clear();

    public async Task<long> Create(Tx tx, ImportedProduct record)
    {
        var patch = await Patch(tx, record, null);
        if (record.Basics.Id is { } id) patch = patch with { Id = id };
        if (record.Basics.Uid is { } uid) patch = patch with { Uid = uid };
        if (record.Basics.AddedAt is { } added) patch = patch with { AddedAt = added };
        var created = await ProductService.Create(tx, context.Caller, patch);
        loaded[created.Id] = created;
        var book = context.Names.Of(ImportNoun.Products);
        book.Add(created.Id, created.Name);
        if (created.Code is { } code) book.Add(created.Id, code);
        return created.Id;
    }

    public async Task<RowOutcome> Update(Tx tx, long id, ImportedProduct record)
    {
        var before = loaded[id];
        if (before.IsDeleted) return context.LeftDeleted(record.Basics.Line);
        var after = await ProductService.Update(tx, context.Caller, before, await Patch(tx, record, before));
        loaded[id] = after;
        return ReferenceEquals(after, before) ? RowOutcome.Unchanged : RowOutcome.Updated;
    }

    private async Task<ProductPatch> Patch(Tx tx, ImportedProduct record, Product? before)
    {
        var basics = record.Basics;
        var owner = await context.Names.User(tx, basics.Owner, basics.Line);
        var catalog = await tx.Catalog();
        if (basics.Tags.Count > 0) context.Tally.Warn("tags left out: products have none", basics.Line);

        var patch = new ProductPatch
        {
            Name = record.Name,
            Custom = ImportContext.Custom("product", catalog.SeenBy(context.Caller), basics.Custom),
        };
        if (owner is not null) patch = patch with { OwnerId = owner };
        if (record.Code is { } code) patch = patch with { Code = code };
        if (record.Category is { } category) patch = patch with { Category = category };
        if (record.Unit is { } unit) patch = patch with { Unit = unit };
        if (record.Tax is { } tax) patch = patch with { Tax = tax };
        if (record.Active is { } active) patch = patch with { IsLinkable = active };
        if (basics.Description is { } description) patch = patch with { Description = description };
        if (record.Billing is { } billing) patch = patch with { Billing = billing };
        if (record.Cycles is { } cycles) patch = patch with { Cycles = (int)Math.Clamp(cycles, int.MinValue, int.MaxValue) };
        var prices = record.Prices.ToDictionary();
        if (record.Price is { } price) prices.TryAdd(record.Currency ?? catalog.Workspace.BaseCurrency, price);
        if (prices.Count > 0) patch = patch with { Prices = With(before?.Prices ?? [], prices) };
        return patch;
    }

    /// <summary>The file knows some prices; those of other currencies stay, and so does what is known of a price beside it.</summary>
    private static Seq<ProductPrice> With(Seq<ProductPrice> before, Dictionary<string, decimal> stated) =>
    [
        .. before.Where(each => !stated.ContainsKey(each.Currency))
            .Concat(stated.Select(one =>
                (before.FirstOrDefault(each => each.Currency == one.Key) ?? new() { Currency = one.Key, Price = one.Value })
                    with { Price = one.Value }))
            .OrderBy(each => each.Currency, StringComparer.Ordinal),
    ];
}
