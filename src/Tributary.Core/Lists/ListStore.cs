using Tributary.Core.Catalog;
using Tributary.Core.Kernel;
using Tributary.Core.Storage;

namespace Tributary.Core.Lists;

/// <summary>
/// Runs list queries: the one place where filters, visibility and paging meet. A noun's store gives its source, its columns
/// and its row type.
/// </summary>
internal static class ListStore
{
    /// <summary>One page of the records that match and that the caller may see.</summary>
    public static async Task<Page<T>> Rows<T>(Tx tx, Caller caller, ListSource source, string columns, ListQuery query)
    {
        if (query.Limit is < 1 or > ListQuery.MaxLimit) throw Problem.Invalid("limit", $"limit must be a whole number from 1 to {ListQuery.MaxLimit}.");
        if (query.Offset is < 0) throw Problem.Invalid("offset", "offset must be a whole number of at least 0.");

        var catalog = await tx.Catalog();
        var order = Keyset.Of(source, query.Sort, catalog);
        var place = query.Cursor is { } cursor ? order.Open(tx.Db.Cursors, tx.Workspace, cursor) : null;
        var clause = Binding.Bind(source, query.Condition, catalog, tx.Now);

        var sql = new ListSql(tx.Sql, source, tx.Workspace);
        var keys = order.Expressions(sql);
        sql.Add("SELECT ").Add(columns);
        for (var i = 0; i < keys.Length; i++) sql.Add(", ").Add(keys[i]).Add(" AS key_").Add(KeyNames[i]);
        Where(sql, source, caller, catalog, tx.Sql, clause, query.Scope);
        if (place is not null) order.AddAfter(sql, keys, place);
        order.AddOrder(sql, keys);
        sql.Add("\nLIMIT ").Add(sql.Parameter(query.Limit + 1));
        if (query.Offset is > 0) sql.Add(" OFFSET ").Add(sql.Parameter(query.Offset.Value));

        var (rows, last) = await tx.Page<T>(sql.ToString(), sql.Parameters, query.Limit, keys.Length);
        return new(rows, last is null ? null : order.Seal(tx.Db.Cursors, tx.Workspace, last), last is not null, query.WantTotal ? await Count(tx, caller, source, query) : null);
    }

    /// <summary>The ids of the records that match, at most <see cref="ListQuery.Limit"/> of them.</summary>
    public static Task<Page<long>> Ids(Tx tx, Caller caller, ListSource source, ListQuery query) => Rows<long>(tx, caller, source, "id", query);

    /// <summary>How many records match; paging does not matter.</summary>
    public static async Task<long> Count(Tx tx, Caller caller, ListSource source, ListQuery query)
    {
        var catalog = await tx.Catalog();
        var sql = new ListSql(tx.Sql, source, tx.Workspace).Add("SELECT COUNT(*)");
        Where(sql, source, caller, catalog, tx.Sql, Binding.Bind(source, query.Condition, catalog, tx.Now), query.Scope);
        return await tx.One<long>(sql.ToString(), sql.Parameters);
    }

    private static readonly string[] KeyNames = ["0", "1", "2", "3", "4"];

    private static void Where(ListSql sql, ListSource source, Caller caller, WorkspaceCatalog catalog, SqlFlavor flavor, Clause clause, Scope scope) => sql
        .Add("\nFROM ").Add(source.Table)
        .Add("\nWHERE workspace_id = @Workspace AND ").Add(source.ScopePredicate(scope))
        .And(clause)
        .AndVisible(source, caller, catalog, flavor);
}
