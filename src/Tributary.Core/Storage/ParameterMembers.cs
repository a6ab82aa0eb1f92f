using System.Collections.Concurrent;
using System.Reflection;
using Npgsql;

namespace Tributary.Core.Storage;

/// <summary>
/// The members of a type of parameters, each with the way its value goes to a statement. Looked up once per type, so that
/// running a statement reflects upon nothing.
/// </summary>
internal static class ParameterMembers
{
    private static readonly ConcurrentDictionary<Type, Dictionary<string, ParameterMember>> types = new();

    public static IReadOnlyDictionary<string, ParameterMember> Of(Type type) => types.GetOrAdd(type, static type =>
        type.GetProperties(BindingFlags.Instance | BindingFlags.Public).Where(property => property.GetMethod is not null)
        .ToDictionary(property => property.Name, Member));

    /// <summary>Those that a statement names, in its order.</summary>
    public static ParameterMember[] Of(Type type, IEnumerable<string> names)
    {
        var all = Of(type);
        return [.. names.Select(name => all.TryGetValue(name, out var member)
            ? member : throw new InvalidOperationException($"The statement's parameter @{name} was not given."))];
    }

    private static ParameterMember Member(PropertyInfo property)
    {
        var type = typeof(ParameterMember<,>).MakeGenericType(property.ReflectedType!, property.PropertyType);
        return (ParameterMember)Activator.CreateInstance(type, property)!;
    }
}

/// <summary>One member of a type of parameters.</summary>
internal abstract class ParameterMember
{
    public abstract object? Value(object parameters);

    public abstract void Bind(SqliteParameters to, int at, object parameters);

    public abstract NpgsqlParameter ForPostgres(object parameters);

    /// <summary>The values of many rows, as an array.</summary>
    public abstract NpgsqlParameter ForPostgres(IReadOnlyList<object> rows);
}

internal sealed class ParameterMember<TOwner, TValue>(PropertyInfo property) : ParameterMember where TOwner : class
{
    private readonly Func<TOwner, TValue> get = property.GetMethod!.CreateDelegate<Func<TOwner, TValue>>();

    public override object? Value(object parameters) => get((TOwner)parameters);

    public override void Bind(SqliteParameters to, int at, object parameters)
    {
        var bind = Column<TValue>.Bind ?? throw new InvalidOperationException($"A parameter cannot be of type {typeof(TValue).Name}.");
        bind(to, at, get((TOwner)parameters));
    }

    public override NpgsqlParameter ForPostgres(object parameters)
    {
        var value = get((TOwner)parameters);
        return Column<TValue>.Parameter is { } parameter ? parameter(value) : Column<object>.Parameter!(value!);
    }

    public override NpgsqlParameter ForPostgres(IReadOnlyList<object> rows)
    {
        var values = new TValue[rows.Count];
        for (var i = 0; i < values.Length; i++) values[i] = get((TOwner)rows[i]);
        return PostgresLot.Parameter(values);
    }
}
