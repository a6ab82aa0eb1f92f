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
        MustFit(query);
        return await tx.ByCatalog(Read);

        async Task<Page<T>> Read()
        {
            var catalog = await tx.CatalogFor(caller);
            var page = Begin(tx, caller, source, columns, catalog, query, read);
            var questions = new Together(tx);
            page.AskFirst(questions);
            var known = total?.Invoke(catalog) is { } question ? questions.Whole(question) : null;
            await questions.Ask();
            page.AskRest(questions);
            await questions.Ask();
            return page.Page(known?.Value ?? (query.WantTotal ? await Count(tx, caller, source, query) : null));
        }
    }

    /// <summary>
    /// A page of each of several lists of a noun, asked for together with what else was gathered.
    /// </summary>
    public static async Task<IReadOnlyList<Page<T>>> Pages<T>(Together questions, Tx tx, Caller caller, ListSource source, string columns,
        WorkspaceCatalog catalog, IReadOnlyList<ListQuery> queries, ReadRow<T>? read = null)
    {
        foreach (var query in queries) MustFit(query);
        var pages = queries.Select(query => Begin(tx, caller, source, columns, catalog, query, read)).ToList();
        foreach (var page in pages) page.AskFirst(questions);
        await questions.Ask();
        foreach (var page in pages) page.AskRest(questions);
        await questions.Ask();
        return [.. pages.Select(page => page.Page(total: null))];
    }

    private static Paging<T> Begin<T>(Tx tx, Caller caller, ListSource source, string columns, WorkspaceCatalog catalog, ListQuery query,
        ReadRow<T>? read) =>
        new(tx, new(tx.Sql, caller, source, columns, catalog, query, tx.Now), Keyset.Of(source, query.Sort, query.Scope, catalog), read);

    private static void MustFit(ListQuery query)
    {
        if (query.Limit is < 1 or > ListQuery.MaxLimit)
        {
            throw Problem.Invalid("limit", $"limit must be a whole number from 1 to {ListQuery.MaxLimit}.");
        }
        if (query.Offset is < 0) throw Problem.Invalid("offset", "offset must be a whole number of at least 0.");
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
