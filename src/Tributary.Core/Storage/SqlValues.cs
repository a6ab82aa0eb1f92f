using System.Collections;

namespace Tributary.Core.Storage;

/// <summary>Parameters of a statement whose text is put together while it runs. Elsewhere an anonymous record is enough.</summary>
internal sealed class SqlValues : IEnumerable<KeyValuePair<string, object?>>
{
    /// <summary>For statements without parameters.</summary>
    public static readonly SqlValues None = [];

    private readonly Dictionary<string, object?> values = [];

    /// <summary>
    /// PostgreSQL: one plan is good for all values of the parameters, and is made once. By itself PostgreSQL compares what it expects plans
    /// to cost, and for a limit or a range whose values it does not know it expects too much, so that it would plan each time anew.
    /// https://www.postgresql.org/docs/15/runtime-config-query.html#GUC-PLAN-CACHE-MODE
    /// </summary>
    public bool HasOnePlan { get; set; }

    /// <summary>The same name again replaces its value.</summary>
    public void Add(string name, object? value) => values[name] = value;

    public object? this[string name] =>
        values.TryGetValue(name, out var value) ? value
        : throw new InvalidOperationException($"The statement's parameter @{name} was not given.");

    public IEnumerator<KeyValuePair<string, object?>> GetEnumerator() => values.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
