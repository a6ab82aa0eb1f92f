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
    /// <param name="read">Reads a row by hand, for the lists that are asked for most.</param>
    /// <param name="total">What tells the total without counting, where something does.</param>
    public static async Task<Page<T>> Rows<T>(Tx tx, Caller caller, ListSource source, string columns, ListQuery query,
        ReadRow<T>? read = null, Func<WorkspaceCatalog, Question<long>>? total = null)
    {
        if (query.Limit is < 1 or > ListQuery.MaxLimit)
        {
            throw Problem.Invalid("limit", $"limit must be a whole number from 1 to {ListQuery.MaxLimit}.");
        }
        if (query.Offset is < 0) throw Problem.Invalid("offset", "offset must be a whole number of at least 0.");

        return await tx.ByCatalog(Read);

        async Task<Page<T>> Read()
        {
            var ask = new Ask(tx.Sql, caller, source, columns, await tx.CatalogFor(caller), query, tx.Now);
            var order = Keyset.Of(source, query.Sort, query.Scope, ask.Catalog);
            var place = query.Cursor is { } cursor ? order.Open(tx.Db.Cursors, tx.Workspace, cursor) : null;

            var known = total?.Invoke(ask.Catalog);
            var (rows, last, hasMore, count) = order.HasTwoParts && query.Offset is null or 0
                ? await InTwoParts(tx, ask, order, place, read)
                : await Run(tx, ask.Statement(order, place, query.Limit, query.Offset ?? 0, ""), query.Limit, order, read, known);
            if (known is { } told) count ??= await tx.One<long>(told.Text, told.Parameters);
            else if (query.WantTotal) count = await Count(tx, caller, source, query);
            return new(rows, hasMore && query.WantCursor ? order.Seal(tx.Db.Cursors, tx.Workspace, last) : null, hasMore, count);
        }
    }

    /// <summary>The ids of the records that match, at most <see cref="ListQuery.Limit"/> of them.</summary>
    public static Task<Page<long>> Ids(Tx tx, Caller caller, ListSource source, ListQuery query) =>
        Rows<long>(tx, caller, source, "id", query);

    /// <summary>How many records match; paging does not matter.</summary>
    public static async Task<long> Count(Tx tx, Caller caller, ListSource source, ListQuery query)
    {
        var sql = new ListSql(tx.Sql, source, tx.Workspace).Add("SELECT COUNT(*)");
        new Ask(tx.Sql, caller, source, "", await tx.CatalogFor(caller), query, tx.Now).Where(sql);
        return await tx.One<long>(sql.ToString(), sql.Parameters);
    }

    // Records with a value of the first key, then those without.
    private static async Task<(IReadOnlyList<T> Rows, object?[] Last, bool HasMore, long? Whole)> InTwoParts<T>(Tx tx, Ask ask, Keyset order,
        IReadOnlyList<object?>? place, ReadRow<T>? read)
    {
        var limit = ask.Query.Limit;
        IReadOnlyList<T> rows = [];
        object?[] last = [];
        if (place is null or [not null, ..])
        {
            (rows, last, var hasMore, _) = await Run(tx, ask.Statement(order.Valued, place, limit, 0, "IS NOT NULL"), limit, order.Valued,
                read);
            if (hasMore) return (rows, last, true, null);
        }

        var rest = limit - rows.Count;
        var after = place is [null, ..] ? place.Skip(1).ToArray() : null;
        var (more, lastOfMore, isCut, _) = await Run(tx, ask.Statement(order.Empty, after, rest, 0, "IS NULL"), rest, order.Empty, read);
        return ([.. rows, .. more], rest == 0 ? last : [null, .. lastOfMore], isCut, null);
    }

    private static Task<(IReadOnlyList<T> Rows, object?[] Last, bool HasMore, long? Whole)> Run<T>(Tx tx, ListSql sql, int limit,
        Keyset order, ReadRow<T>? read, Question<long>? total = null) =>
        tx.Page<T>(new(sql.ToString(), sql.Parameters, read), limit, order.Keys.Count, total);

    /// <summary>
    /// Adds FROM and WHERE to a statement that reads the records of a noun otherwise than as a list: sums, counts, searches.
    /// </summary>
    public static ListSql Where(ListSql sql, Tx tx, Caller caller, ListSource source, WorkspaceCatalog catalog, Condition condition,
        Scope scope)
    {
        new Ask(tx.Sql, caller, source, "", catalog, new() { Condition = condition, Scope = scope }, tx.Now).Where(sql);
        return sql;
    }
}
