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
        sql.Parameters.HasOnePlan = part is "" or "IS NOT NULL" && offset == 0 && HasOnePlan;
        sql.Add("\nLIMIT ").Add(sql.Parameters.HasOnePlan ? (limit + 1).ToString(CultureInfo.InvariantCulture) : sql.Parameter(limit + 1));
        if (offset > 0) sql.Add(" OFFSET ").Add(sql.Parameter(offset));
        return sql;
    }

    public void Where(ListSql sql) => sql
        .Add("\nFROM ").Add(source.Table)
        .Add("\nWHERE workspace_id = @Workspace AND ").Add(source.ScopePredicate(query.Scope))
        .And(clause, other => sql.AndVisible(other, caller, catalog, flavor))
        .AndVisible(source, caller, catalog, flavor);

    /// <summary>Whether the condition leaves no record without a value of the first key.</summary>
    public bool WantsFirstKey => IsRanged(query.Condition);

    /// <summary>
    /// Differs by necessity: PostgreSQL guesses that a limit it does not know is a tenth of the rows, and a range whose end it does not know
    /// a third of them, so that a plan for the values at hand looks cheaper than one for all values: it plans each time anew, which takes
    /// longer than reading a page of a hundred deals. Where an index has the order there is one good plan; elsewhere one for all
    /// values may be bad for a rare value, and is better made anew. The limit stands in the text, so that the one plan is made for it.
    /// https://www.postgresql.org/docs/15/sql-prepare.html#SQL-PREPARE-NOTES
    /// </summary>
    private bool HasOnePlan => flavor.IsPostgres && caller.IsAdmin && query.Scope is Scope.Live && query.Sort.Count > 0
        && Equalities(query.Condition) is { } fields
        && source.Indexed.Contains(string.Join(' ', [.. fields.Order(StringComparer.Ordinal), .. Order()]));

    // Without the id that ends every order in the direction of its last key; "-" is the other direction than the first key's.
    private IEnumerable<string> Order() =>
        query.Sort.Select(key => key.Descending == query.Sort[0].Descending ? key.Field : "-" + key.Field);

    // The fields that the condition gives one value each; none where it says anything else, but for a range of the first key of the order.
    private IEnumerable<string>? Equalities(Condition condition) => condition switch
    {
        Condition.Is { Operator: Operator.Equal, Values.Count: 1 } test => [test.Field],
        Condition.And all when all.Conditions.Select(Equalities).ToList() is var each && !each.Contains(null) =>
            each.SelectMany(fields => fields!),
        Condition.Is when IsRanged(condition) => [],
        _ => null,
    };

    private bool IsRanged(Condition condition) => condition switch
    {
        Condition.Is { Operator: Operator.Less or Operator.AtMost or Operator.More or Operator.AtLeast } test =>
            query.Sort.Count > 0 && test.Field == query.Sort[0].Field,
        Condition.And all => all.Conditions.Any(IsRanged),
        _ => false,
    };

    private string FirstSortExpression(ListSql sql)
    {
        var field = source.Find(query.Sort[0].Field, catalog)!;
        return sql.Expression(field, field.SortColumn);
    }
}
