using System.Reflection;

namespace Tributary.Core.Storage;

/// <summary>
/// How a record is made of a row: columns go to the members of their name, whatever its case and underscores. Made once per statement;
/// then it reflects upon nothing. NULL leaves a member as it began.
/// </summary>
internal static class RecordReader
{
    public static ReadRow<T> Of<T>(IReadOnlyList<string> columns)
    {
        if (Column<T>.Read is { } column) return (ref row) => row.IsNone() ? default! : column(ref row);
        if (!Shape<T>.IsSettable) throw new InvalidOperationException($"{typeof(T).Name} is no class whose members can be set one by one.");

        var setters = columns.Select(Setter<T>).ToArray();
        return (ref row) =>
        {
            var record = Activator.CreateInstance<T>();
            foreach (var setter in setters)
            {
                if (setter is null) row.Skip();
                else if (!row.IsNone()) setter.Set(record, ref row);
            }
            return record;
        };
    }

    private static ColumnSetter<T>? Setter<T>(string column)
    {
        if (!Shape<T>.Members.TryGetValue(Plain(column), out var member)) return null;
        var type = typeof(ColumnSetter<,>).MakeGenericType(typeof(T), member.PropertyType);
        return (ColumnSetter<T>)Activator.CreateInstance(type, member)!;
    }

    private static string Plain(string name) => name.Replace("_", "", StringComparison.Ordinal).ToUpperInvariant();

    private static class Shape<T>
    {
        public static readonly bool IsSettable = typeof(T) is { IsClass: true, IsAbstract: false } type
            && type.GetConstructor(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic, []) is { IsPublic: true };

        public static readonly Dictionary<string, PropertyInfo> Members =
            typeof(T).GetProperties(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic)
            .Where(property => property.SetMethod is not null).ToDictionary(property => Plain(property.Name));
    }
}

/// <summary>Sets one member of a record from the next column.</summary>
internal abstract class ColumnSetter<TRecord>
{
    public abstract void Set(TRecord record, ref Row row);
}

internal sealed class ColumnSetter<TRecord, TValue>(PropertyInfo member) : ColumnSetter<TRecord> where TRecord : class
{
    private readonly Action<TRecord, TValue> set = member.SetMethod!.CreateDelegate<Action<TRecord, TValue>>();

    private readonly ReadRow<TValue> read = Column<TValue>.Read
        ?? throw new InvalidOperationException($"{typeof(TRecord).Name}.{member.Name} is of a type that no column holds.");

    public override void Set(TRecord record, ref Row row) => set(record, read(ref row));
}
