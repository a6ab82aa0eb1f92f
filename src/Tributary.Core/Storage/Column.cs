using System.Reflection;
using System.Text.Json;
using Dapper;
using Tributary.Core.Fields;
using Tributary.Core.Kernel;

namespace Tributary.Core.Storage;

/// <summary>Gives a value to a parameter's place in a statement.</summary>
internal delegate void BindValue<in T>(SqliteStatement statement, int at, T value);

/// <summary>How values of one type are bound to and read from SQLite past the provider, in the spellings of <see cref="TypeHandlers"/>.</summary>
internal static class Column<T>
{
    /// <summary>Reads a column that is not NULL; none when no column holds such a type, but perhaps a row does.</summary>
    public static readonly ReadRow<T>? Read = (ReadRow<T>?)ColumnTypes.Of(typeof(T))?.Read;

    public static readonly BindValue<T>? Bind = (BindValue<T>?)ColumnTypes.Of(typeof(T))?.Bind;
}

/// <summary>The types that columns have.</summary>
internal static class ColumnTypes
{
    private static readonly Dictionary<Type, Both> Known = [];

    static ColumnTypes()
    {
        Value((ref row) => row.Whole(), static (statement, at, value) => statement.Bind(at, value));
        Value((ref row) => row.Small(), static (statement, at, value) => statement.Bind(at, (long)value));
        Value((ref row) => row.Whole() != 0, static (statement, at, value) => statement.Bind(at, value ? 1L : 0L));
        Value((ref row) => row.Float(), static (statement, at, value) => statement.Bind(at, value));
        Value((ref row) => row.Number(), static (statement, at, value) => statement.Bind(at, (double)value));
        Value((ref row) => row.Uid(), static (statement, at, value) => statement.Bind(at, value));
        Value((ref row) => row.Instant(), static (statement, at, value) => statement.Bind(at, value));
        Value((ref row) => row.Day(), static (statement, at, value) => statement.Bind(at, value));
        Object((ref row) => row.Text(), static (statement, at, value) => statement.Bind(at, value));
        Object((ref row) => row.Blob(), static (statement, at, value) => statement.Bind(at, value));
        Object((ref row) => CustomValues.Parse(row.Text()), static (statement, at, value) => statement.Bind(at, value?.Json ?? "{}"));
        Object((ref row) => row.Wholes(), Json);
        Object((ref row) => row.Document<Seq<string>>([], "[]"u8), Json);
        Object((ref row) => row.Any()!, static (statement, at, value) => statement.BindAny(at, value));
    }

    public static Both? Of(Type type)
    {
        if (Known.TryGetValue(type, out var known)) return known;
        if ((Nullable.GetUnderlyingType(type) ?? type) is { IsEnum: true } word) return Made(nameof(Word), word, type != word);
        return SqlMapper.HasTypeHandler(type) ? Made(nameof(Document), type, false) : null;
    }

    private static void Value<T>(ReadRow<T> read, BindValue<T> bind) where T : struct
    {
        Known[typeof(T)] = new(read, bind);
        Known[typeof(T?)] = OrNone(read, bind);
    }

    private static void Object<T>(ReadRow<T> read, BindValue<T?> bind) where T : class => Known[typeof(T)] = new(read, bind);

    private static Both OrNone<T>(ReadRow<T> read, BindValue<T> bind) where T : struct => new(
        (ReadRow<T?>)((ref row) => read(ref row)),
        (BindValue<T?>)((statement, at, value) =>
        {
            if (value is { } some) bind(statement, at, some);
            else statement.BindNull(at);
        }));

    private static Both Word<T>(bool orNone) where T : struct, Enum
    {
        ReadRow<T> read = (ref row) => row.Word<T>();
        BindValue<T> bind = static (statement, at, value) => statement.Bind(at, Convert.ToInt64(value, null));
        return orNone ? OrNone(read, bind) : new(read, bind);
    }

    private static Both Document<T>(bool _) where T : class => new((ReadRow<T>)((ref row) => row.Document<T>(null!, [])), (BindValue<T?>)Json);

    private static void Json<T>(SqliteStatement statement, int at, T? value) where T : class
    {
        if (value is null) statement.BindNull(at);
        else statement.Bind(at, JsonSerializer.SerializeToUtf8Bytes(value, Documents.Options).AsSpan());
    }

    private static Both Made(string method, Type type, bool orNone) =>
        (Both)typeof(ColumnTypes).GetMethod(method, BindingFlags.NonPublic | BindingFlags.Static)!.MakeGenericMethod(type).Invoke(null, [orNone])!;

    internal sealed record Both(Delegate Read, Delegate Bind);
}
