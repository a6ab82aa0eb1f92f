using System.Reflection;
using System.Text.Json;
using Npgsql;
using NpgsqlTypes;
using Tributary.Core.Deals;
using Tributary.Core.Fields;
using Tributary.Core.Kernel;

namespace Tributary.Core.Storage;

/// <summary>Gives a value to a parameter's place in a statement.</summary>
internal delegate void BindValue<in T>(SqliteParameters to, int at, T value);

/// <summary>
/// How values of one type are bound to statements and read from rows: native types in PostgreSQL, fixed-width text in SQLite
/// (<see cref="Spelling"/>), JSON for what is kept as a document.
/// </summary>
internal static class Column<T>
{
    /// <summary>Reads a column that is not NULL; none when no column holds such a type, but perhaps a row does.</summary>
    public static readonly ReadRow<T>? Read = (ReadRow<T>?)ColumnTypes.Of(typeof(T))?.Read;

    public static readonly BindValue<T>? Bind = (BindValue<T>?)ColumnTypes.Of(typeof(T))?.Bind;

    /// <summary>
    /// A value for PostgreSQL with the type of its member, so that NULL has one too and one text is one prepared statement.
    /// </summary>
    public static readonly Func<T, NpgsqlParameter>? Parameter = (Func<T, NpgsqlParameter>?)ColumnTypes.Of(typeof(T))?.Parameter;
}

/// <summary>The types that columns have.</summary>
internal static class ColumnTypes
{
    private static readonly Dictionary<Type, Both> Known = [];

    static ColumnTypes()
    {
        Value((ref row) => row.Whole(), static (to, at, value) => to.Bind(at, value), NpgsqlDbType.Bigint);
        Value((ref row) => row.Small(), static (to, at, value) => to.Bind(at, (long)value), NpgsqlDbType.Integer);
        Value((ref row) => row.Flag(), static (to, at, value) => to.Bind(at, value ? 1L : 0L), NpgsqlDbType.Boolean);
        Value((ref row) => row.Float(), static (to, at, value) => to.Bind(at, value), NpgsqlDbType.Double);
        Value((ref row) => row.Number(), static (to, at, value) => to.Bind(at, (double)value), NpgsqlDbType.Numeric);
        Value((ref row) => row.Uid(), static (to, at, value) => to.Bind(at, value), NpgsqlDbType.Uuid);
        Value((ref row) => row.Instant(), static (to, at, value) => to.Bind(at, value), NpgsqlDbType.TimestampTz,
            static instant => instant.ToUniversalTime());
        Value((ref row) => row.Day(), static (to, at, value) => to.Bind(at, value), NpgsqlDbType.Date);
        Object((ref row) => row.Text(), static (to, at, value) => to.Bind(at, value),
            static text => Reference(text, NpgsqlDbType.Text));
        Object((ref row) => row.Blob(), static (to, at, value) => to.Bind(at, value),
            static blob => Reference(blob, NpgsqlDbType.Bytea));
        Object((ref row) => CustomValues.Parse(row.Text()), static (to, at, value) => to.Bind(at, value?.Json ?? "{}"),
            static custom => Reference(custom?.Json ?? "{}", NpgsqlDbType.Text));
        Object((ref row) => row.Wholes(), Json, JsonParameter);
        Object((ref row) => row.Document<Seq<string>>([], "[]"u8), Json, JsonParameter);
        Object((ref row) => DealRow.Links(ref row), Json, JsonParameter);
        Object((ref row) => row.Any()!, static (to, at, value) => to.BindAny(at, value), AnyParameter);
    }

    public static Both? Of(Type type)
    {
        if (Known.TryGetValue(type, out var known)) return known;
        if ((Nullable.GetUnderlyingType(type) ?? type) is { IsEnum: true } word) return Made(nameof(Word), word, type != word);
        return Documents.Types.Contains(type) ? Made(nameof(Document), type, false) : null;
    }

    private static void Value<T>(ReadRow<T> read, BindValue<T> bind, NpgsqlDbType type, Func<T, T>? spell = null) where T : struct
    {
        Func<T, NpgsqlParameter> parameter = spell is null
            ? value => new NpgsqlParameter<T> { TypedValue = value, NpgsqlDbType = type }
            : value => new NpgsqlParameter<T> { TypedValue = spell(value), NpgsqlDbType = type };
        Known[typeof(T)] = new(read, bind, parameter);
        Known[typeof(T?)] = OrNone(read, bind, parameter, type);
    }

    private static void Object<T>(ReadRow<T> read, BindValue<T?> bind, Func<T?, NpgsqlParameter> parameter) where T : class =>
        Known[typeof(T)] = new(read, bind, parameter);

    private static Both OrNone<T>(ReadRow<T> read, BindValue<T> bind, Func<T, NpgsqlParameter> parameter, NpgsqlDbType type)
        where T : struct => new(
        (ReadRow<T?>)((ref row) => read(ref row)),
        (BindValue<T?>)((to, at, value) =>
        {
            if (value is { } some) bind(to, at, some);
            else to.BindNull(at);
        }),
        (Func<T?, NpgsqlParameter>)(value => value is { } some ? parameter(some) : None(type)));

    private static Both Word<T>(bool orNone) where T : struct, Enum
    {
        ReadRow<T> read = (ref row) => row.Word<T>();
        BindValue<T> bind = static (to, at, value) => to.Bind(at, Convert.ToInt64(value, null));
        Func<T, NpgsqlParameter> parameter = static value => new NpgsqlParameter<int> { TypedValue = Convert.ToInt32(value, null) };
        return orNone ? OrNone(read, bind, parameter, NpgsqlDbType.Integer) : new(read, bind, parameter);
    }

    private static Both Document<T>(bool _) where T : class =>
        new((ReadRow<T>)((ref row) => row.Document<T>(null!, [])), (BindValue<T?>)Json, (Func<T?, NpgsqlParameter>)JsonParameter);

    private static void Json<T>(SqliteParameters to, int at, T? value) where T : class
    {
        if (value is null) to.BindNull(at);
        else to.Bind(at, JsonSerializer.SerializeToUtf8Bytes(value, Documents.Options).AsSpan());
    }

    private static NpgsqlParameter JsonParameter<T>(T? value) where T : class =>
        Reference(value is null ? null : JsonSerializer.Serialize(value, Documents.Options), NpgsqlDbType.Text);

    private static NpgsqlParameter Reference<T>(T? value, NpgsqlDbType type) where T : class =>
        value is null ? None(type) : new NpgsqlParameter<T> { TypedValue = value, NpgsqlDbType = type };

    private static NpgsqlParameter None(NpgsqlDbType type) => new() { NpgsqlDbType = type, Value = DBNull.Value };

    // The lists are those of SqlFlavor.List and Path.
    private static NpgsqlParameter AnyParameter(object? value) => value switch
    {
        null => new() { Value = DBNull.Value },
        long number => Column<long>.Parameter!(number),
        int number => Column<int>.Parameter!(number),
        string text => Column<string>.Parameter!(text),
        Guid uid => Column<Guid>.Parameter!(uid),
        DateTimeOffset instant => Column<DateTimeOffset>.Parameter!(instant),
        DateOnly day => Column<DateOnly>.Parameter!(day),
        bool flag => Column<bool>.Parameter!(flag),
        double number => Column<double>.Parameter!(number),
        decimal number => Column<decimal>.Parameter!(number),
        byte[] blob => Column<byte[]>.Parameter!(blob),
        long[] numbers => new NpgsqlParameter<long[]> { TypedValue = numbers },
        string[] texts => new NpgsqlParameter<string[]> { TypedValue = texts },
        Guid[] uids => new NpgsqlParameter<Guid[]> { TypedValue = uids },
        _ => throw new InvalidOperationException($"A parameter cannot be a {value.GetType().Name}."),
    };

    private static Both Made(string method, Type type, bool orNone) =>
        (Both)typeof(ColumnTypes).GetMethod(method, BindingFlags.NonPublic | BindingFlags.Static)!.MakeGenericMethod(type)
        .Invoke(null, [orNone])!;

    internal sealed record Both(Delegate Read, Delegate Bind, Delegate Parameter);
}
