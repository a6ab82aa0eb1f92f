using System.Collections;
using System.Reflection;
using System.Reflection.Emit;
using Tributary.Core.Storage;

namespace Tributary.Tests.Walls;

/// <summary>
/// Of two classes whose static fields need each other's, whoever is asked second finds the first half made. That would depend on who asks
/// first, and a start asks from two threads, as do the first requests of a dialect (<c>DialectRoutes</c>).
/// </summary>
public sealed class StaticWalls
{
    private const BindingFlags All =
        BindingFlags.Static | BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;

    private static readonly Dictionary<short, OpCode> Codes = typeof(OpCodes).GetFields().Select(field => (OpCode)field.GetValue(null)!)
        .ToDictionary(code => code.Value);

    private readonly Dictionary<MethodBase, List<(OpCode Code, MemberInfo Member)>> read = [];

    [Fact]
    public void No_class_must_be_put_together_before_itself()
    {
        var needs = typeof(Db).Assembly.GetTypes().Concat(typeof(Program).Assembly.GetTypes())
            .Where(type => type.TypeInitializer is not null).ToDictionary(type => type, Needs);

        var circles = needs.Keys.Where(type => Reached(needs, type).Contains(type));

        Assert.True(needs.Count > 300);
        Assert.Contains(needs, each => each.Value.Count > 10);
        Assert.Empty(circles.Select(type => $"{type}: {string.Join(", ", needs[type].Where(other => Reached(needs, other).Contains(type)))}"));
    }

    private static HashSet<Type> Reached(Dictionary<Type, HashSet<Type>> needs, Type from)
    {
        var (reached, left) = (new HashSet<Type>(), new Stack<Type>(needs[from]));
        while (left.TryPop(out var type))
        {
            if (!reached.Add(type)) continue;
            foreach (var other in needs[type]) left.Push(other);
        }
        return reached;
    }

    /// <summary>The other classes whose static fields are asked for while this one's are made, by whatever method is called then.</summary>
    private HashSet<Type> Needs(Type type)
    {
        var (needs, seen, left) = (new HashSet<Type>(), new HashSet<MethodBase>(), new Stack<MethodBase>([type.TypeInitializer!]));
        while (left.TryPop(out var method))
        {
            if (!seen.Add(method)) continue;
            foreach (var (code, member) in Read(method))
            {
                var owner = member.DeclaringType!;
                if (member is FieldInfo { IsStatic: true, IsLiteral: false } && owner.TypeInitializer is not null && owner != type) needs.Add(owner);
                if (member is not MethodBase called || code == OpCodes.Ldftn) continue;
                left.Push(called);
                // What an iterator does it does when it is asked for the next.
                if (called.IsConstructor && owner.IsAssignableTo(typeof(IEnumerator))) left.Push(owner.GetMethod("MoveNext", All)!);
            }
        }
        return needs;
    }

    /// <summary>The members of our own classes that a method names.</summary>
    private List<(OpCode Code, MemberInfo Member)> Read(MethodBase method)
    {
        if (read.TryGetValue(method, out var known)) return known;
        List<(OpCode, MemberInfo)> named = [];
        read[method] = named;
        if (method.GetMethodBody()?.GetILAsByteArray() is not { } il) return named;
        for (var at = 0; at < il.Length;)
        {
            var code = Codes[il[at] == 0xFE ? (short)(0xFE00 | il[at + 1]) : il[at]];
            at += code.Size;
            if (code.OperandType is OperandType.InlineField or OperandType.InlineMethod or OperandType.InlineTok
                && Resolve(method, BitConverter.ToInt32(il, at)) is { } member) named.Add((code, member));
            at += code.OperandType switch
            {
                OperandType.InlineNone => 0,
                OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
                OperandType.InlineVar => 2,
                OperandType.InlineI8 or OperandType.InlineR => 8,
                OperandType.InlineSwitch => 4 + 4 * BitConverter.ToInt32(il, at),
                _ => 4,
            };
        }
        return named;
    }

    // The generic class or method itself: the same for all its kinds.
    private static MemberInfo? Resolve(MethodBase method, int token)
    {
        var named = method.Module.ResolveMember(token, method.DeclaringType?.GetGenericArguments(),
            method.IsGenericMethod ? method.GetGenericArguments() : null)!;
        if (named is Type || named.DeclaringType is not { } owner || owner.Assembly.GetName().Name is not ("tributary" or "Tributary.Core")) return null;
        return named.Module.ResolveMember(named.MetadataToken);
    }
}
