using System.Globalization;
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
        var isPlannedOnce = part.Length == 0 && offset == 0 && HasOnePlan;
        sql.Add("\nLIMIT ").Add(isPlannedOnce ? (limit + 1).ToString(CultureInfo.InvariantCulture) : sql.Parameter(limit + 1));
        if (offset > 0) sql.Add(" OFFSET ").Add(sql.Parameter(offset));
        return sql;
    }

    public void Where(ListSql sql) => sql
        .Add("\nFROM ").Add(source.Table)
        .Add("\nWHERE workspace_id = @Workspace AND ").Add(source.ScopePredicate(query.Scope))
        .And(clause, other => sql.AndVisible(other, caller, catalog, flavor))
        .AndVisible(source, caller, catalog, flavor);

    /// <summary>
    /// Differs by necessity: as long as LIMIT is a parameter PostgreSQL guesses a tenth of the rows, so that a plan for the values at hand
    /// looks cheaper than one for all values, and it plans each time anew, which takes longer than reading a page of a hundred deals. Where
    /// an index has the order there is one good plan; elsewhere one for all values may be bad for a rare value, and is better made anew.
    /// https://www.postgresql.org/docs/15/sql-prepare.html#SQL-PREPARE-NOTES
    /// </summary>
    private bool HasOnePlan => flavor.IsPostgres && caller.IsAdmin && query.Scope is Scope.Live && query.Sort is [{ Field: var order }]
        && Equalities(query.Condition) is { } fields
        && source.Indexed.Contains(string.Join(' ', [.. fields.Order(StringComparer.Ordinal), order]));

    // The fields that the condition gives one value each; none where it says anything else.
    private static IEnumerable<string>? Equalities(Condition condition) => condition switch
    {
        Condition.Is { Operator: Operator.Equal, Values.Count: 1 } test => [test.Field],
        Condition.And all when all.Conditions.Select(Equalities).ToList() is var each && !each.Contains(null) =>
            each.SelectMany(fields => fields!),
        _ => null,
    };

    private string FirstSortExpression(ListSql sql)
    {
        var field = source.Find(query.Sort[0].Field, catalog)!;
        return sql.Expression(field, field.SortColumn);
    }
}
