using System.Reflection;
using System.Reflection.Emit;

namespace Tributary.Core.Storage;

/// <summary>
/// How a record is made of a row: columns go to the members of their name, whatever its case and underscores. NULL leaves a member that
/// cannot be null as it began. Made once per statement, as the code that somebody would write by hand: a member that is set through
/// delegates costs three calls, and a list of a hundred deals sets three thousand of them.
/// </summary>
internal static class RecordReader
{
    public static ReadRow<T> Of<T>(IReadOnlyList<string> columns)
    {
        if (Column<T>.Read is { } column) return (ref row) => row.IsNone() ? default! : column(ref row);
        if (!Shape<T>.IsSettable) throw new InvalidOperationException($"{typeof(T).Name} is no class whose members can be set one by one.");

        var method = new DynamicMethod($"Read{typeof(T).Name}", typeof(T), [typeof(Row).MakeByRefType()], typeof(Row).Module,
            skipVisibility: true);
        var code = method.GetILGenerator();
        code.Emit(OpCodes.Newobj, Shape<T>.Constructor!);
        foreach (var name in columns)
        {
            if (Shape<T>.Members.TryGetValue(Plain(name), out var member)) Set(code, member);
            else Call(code, nameof(Row.Skip));
        }
        code.Emit(OpCodes.Ret);
        return method.CreateDelegate<ReadRow<T>>();
    }

    // The record is on the stack, and stays there.
    private static void Set(ILGenerator code, PropertyInfo member)
    {
        var type = member.PropertyType;
        var read = typeof(Column<>).MakeGenericType(type).GetField(nameof(Column<>.Read))!;
        if (read.GetValue(null) is null)
        {
            throw new InvalidOperationException($"{member.DeclaringType!.Name}.{member.Name} is of a type that no column holds.");
        }
        if (Nullable.GetUnderlyingType(type) is not null && Direct.TryGetValue(type, out var orNone))
        {
            code.Emit(OpCodes.Dup);
            Call(code, orNone);
            code.Emit(OpCodes.Call, member.SetMethod!);
            return;
        }
        var isNone = code.DefineLabel();
        Call(code, nameof(Row.IsNone));
        code.Emit(OpCodes.Brtrue, isNone);
        code.Emit(OpCodes.Dup);
        if (Direct.TryGetValue(type, out var direct)) Call(code, direct);
        else
        {
            code.Emit(OpCodes.Ldsfld, read);
            code.Emit(OpCodes.Ldarg_0);
            code.Emit(OpCodes.Callvirt, read.FieldType.GetMethod("Invoke")!);
        }
        code.Emit(OpCodes.Call, member.SetMethod!);
        code.MarkLabel(isNone);
    }

    private static void Call(ILGenerator code, string method)
    {
        code.Emit(OpCodes.Ldarg_0);
        code.Emit(OpCodes.Call, typeof(Row).GetMethod(method)!);
    }

    // What a row reads without asking the column's type how; the others go through it (Column).
    private static readonly Dictionary<Type, string> Direct = new()
    {
        [typeof(long)] = nameof(Row.Whole),
        [typeof(long?)] = nameof(Row.WholeOrNone),
        [typeof(int)] = nameof(Row.Small),
        [typeof(int?)] = nameof(Row.SmallOrNone),
        [typeof(bool)] = nameof(Row.Flag),
        [typeof(string)] = nameof(Row.Text),
        [typeof(Guid)] = nameof(Row.Uid),
        [typeof(Guid?)] = nameof(Row.UidOrNone),
        [typeof(DateTimeOffset)] = nameof(Row.Instant),
        [typeof(DateTimeOffset?)] = nameof(Row.InstantOrNone),
        [typeof(DateOnly)] = nameof(Row.Day),
        [typeof(DateOnly?)] = nameof(Row.DayOrNone),
    };

    private static string Plain(string name) => name.Replace("_", "", StringComparison.Ordinal).ToUpperInvariant();

    private static class Shape<T>
    {
        public static readonly ConstructorInfo? Constructor =
            typeof(T).GetConstructor(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic, []);

        public static readonly bool IsSettable = typeof(T) is { IsClass: true, IsAbstract: false } && Constructor is { IsPublic: true };

        public static readonly Dictionary<string, PropertyInfo> Members =
            typeof(T).GetProperties(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic)
            .Where(property => property.SetMethod is not null).ToDictionary(property => Plain(property.Name));
    }
}
