using Tributary.Core.Catalog;
using Tributary.Core.Kernel;
using Tributary.Core.Storage;

namespace Tributary.Core.Lists;

/// <summary>One question to a list: makes the statement that answers it. Pure.</summary>
internal sealed class Ask(SqlFlavor flavor, Caller caller, ListSource source, string columns, WorkspaceCatalog catalog, ListQuery query,
    DateTimeOffset now)
{
    private static readonly string[] KeyNames = ["key_0", "key_1", "key_2", "key_3", "key_4"];

    private readonly Clause clause = Binding.Bind(source, query.Condition, catalog, now);

    public WorkspaceCatalog Catalog => catalog;
    public ListQuery Query => query;

    /// <summary>The rows after a place, each followed by its sort keys; one more than the limit, to know whether there is more.</summary>
    /// <param name="part">"IS NULL" or "IS NOT NULL" of the query's first sort field, or "" for both.</param>
    public ListSql Statement(Keyset order, IReadOnlyList<object?>? place, int limit, int offset, string part)
    {
        var sql = new ListSql(flavor, source, caller.Workspace);
        var keys = order.Expressions(sql);
        sql.Add("SELECT ").Add(columns);
        for (var i = 0; i < keys.Length; i++) sql.Add(", ").Add(keys[i]).Add(" AS ").Add(KeyNames[i]);
        Where(sql);
        if (part.Length > 0) sql.Add(" AND ").Add(FirstSortExpression(sql)).Add(" ").Add(part);
        if (place is not null) order.AddAfter(sql, keys, place);
        order.AddOrder(sql, keys);
        sql.Add("\nLIMIT ").Add(sql.Parameter(limit + 1));
        if (offset > 0) sql.Add(" OFFSET ").Add(sql.Parameter(offset));
        return sql;
    }

    public void Where(ListSql sql) => sql
        .Add("\nFROM ").Add(source.Table)
        .Add("\nWHERE workspace_id = @Workspace AND ").Add(source.ScopePredicate(query.Scope))
        .And(clause, other => sql.AndVisible(other, caller, catalog, flavor))
        .AndVisible(source, caller, catalog, flavor);

    private string FirstSortExpression(ListSql sql)
    {
        var field = source.Find(query.Sort[0].Field, catalog)!;
        return sql.Expression(field, field.SortColumn);
    }
}
