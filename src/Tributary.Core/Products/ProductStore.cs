using Tributary.Core.Kernel;
using Tributary.Core.Lists;
using Tributary.Core.Storage;

namespace Tributary.Core.Products;

/// <summary>The SQL of the catalogue: products with their variations and prices.</summary>
internal static partial class ProductStore
{
    private const string Columns = """
        id, uid, name, code, description, unit, tax_units, category, owner_id, is_linkable, visible_to, billing_frequency, billing_cycles,
        label_ids, custom, added_at, added_by, updated_at, updated_by, deleted_at, deleted_by, version
        """;

    public static async Task<Product?> Find(Tx tx, long id) => (await Whole(tx, await tx.Many<Row>($"""
        SELECT {Columns}
        FROM products
        WHERE workspace_id = @Workspace AND id = @id
        """, new { tx.Workspace, id }))) is [var product] ? product : null;

    public static async Task<Product?> Find(Tx tx, Guid uid) => (await Whole(tx, await tx.Many<Row>($"""
        SELECT {Columns}
        FROM products
        WHERE workspace_id = @Workspace AND uid = @uid
        """, new { tx.Workspace, uid }))) is [var product] ? product : null;

    public static async Task<Product?> FindForUpdate(Tx tx, long id) => (await Whole(tx, await tx.Many<Row>($"""
        SELECT {Columns}
        FROM products
        WHERE workspace_id = @Workspace AND id = @id
        {tx.Sql.ForUpdate}
        """, new { tx.Workspace, id }))) is [var product] ? product : null;

    /// <summary>In the order of the ids; those that are not there are left out.</summary>
    public static async Task<IReadOnlyList<Product>> FindMany(Tx tx, IReadOnlyCollection<long> ids) =>
        await Whole(tx, await tx.Many<Row>($"""
        SELECT {Columns}
        FROM products
        WHERE workspace_id = @Workspace AND {tx.Sql.In("id", "ids")}
        ORDER BY id
        """, new { tx.Workspace, ids = tx.Sql.List(ids) }));

    public static async Task<Page<Product>> List(Tx tx, Caller caller, ListQuery query)
    {
        var page = await ListStore.Rows<Row>(tx, caller, ListSources.Products, Columns, query);
        return new(await Whole(tx, page.Items), page.NextCursor, page.HasMore, page.Total);
    }

    public static async Task Insert(Tx tx, Product product)
    {
        await tx.Run($"""
            INSERT INTO products (workspace_id, id, uid, name, name_folded, code, description, unit, tax_units, category, owner_id,
                is_linkable, visible_to, billing_frequency, billing_cycles, label_ids, custom, added_at, added_by, updated_at, updated_by,
                deleted_at, deleted_by, version)
            VALUES (@Workspace, @Id, @Uid, @Name, @nameFolded, @Code, @Description, @Unit, @taxUnits, @Category, @OwnerId, @IsLinkable,
                @VisibleTo, @billing, @Cycles, {tx.Sql.Json("LabelIds")}, {tx.Sql.Json("Custom")}, @AddedAt, @AddedBy, @UpdatedAt,
                @UpdatedBy, @DeletedAt, @DeletedBy, @Version)
            """, Values(tx, product));
        await PutPrices(tx, product.Id, 0, product.Prices);
        foreach (var variation in product.Variations) await InsertVariation(tx, product.Id, variation);
    }

    /// <summary>Refuses as stale when someone else was faster.</summary>
    public static async Task Update(Tx tx, Product before, Product after)
    {
        var updated = await tx.Run($"""
            UPDATE products SET name = @Name, name_folded = @nameFolded, code = @Code, description = @Description, unit = @Unit,
                tax_units = @taxUnits, category = @Category, owner_id = @OwnerId, is_linkable = @IsLinkable, visible_to = @VisibleTo,
                billing_frequency = @billing, billing_cycles = @Cycles, label_ids = {tx.Sql.Json("LabelIds")},
                custom = {tx.Sql.Json("Custom")}, updated_at = @UpdatedAt, updated_by = @UpdatedBy, deleted_at = @DeletedAt,
                deleted_by = @DeletedBy, version = @Version
            WHERE workspace_id = @Workspace AND id = @Id AND version = @Version - 1
            """, Values(tx, after));
        if (updated == 0) throw Problem.Stale("product", after.Id);

        if (after.Prices != before.Prices) await ReplacePrices(tx, after.Id, 0, after.Prices);
        foreach (var (old, @new) in Places.Differences(before.Variations, after.Variations, variation => variation.Id))
        {
            if (old is null) await InsertVariation(tx, after.Id, @new!);
            else if (@new is null) await DeleteVariation(tx, after.Id, old.Id);
            else await UpdateVariation(tx, after.Id, @new);
        }
    }
}
