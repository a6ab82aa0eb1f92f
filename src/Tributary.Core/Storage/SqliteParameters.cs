using System.Buffers.Text;
using System.Text;

namespace Tributary.Core.Storage;

/// <summary>Where the values of a statement's parameters go: to the statement itself, or to a lot of statements that run later.</summary>
internal abstract class SqliteParameters
{
    public abstract void BindNull(int at);

    public abstract void Bind(int at, long value);

    public abstract void Bind(int at, double value);

    /// <summary>Text in UTF-8.</summary>
    public abstract void Bind(int at, ReadOnlySpan<byte> utf8);

    public abstract void BindBlob(int at, ReadOnlySpan<byte> blob);

    public void Bind(int at, string? value)
    {
        if (value is null)
        {
            BindNull(at);
            return;
        }
        var room = Encoding.UTF8.GetMaxByteCount(value.Length);
        var utf8 = room <= 512 ? stackalloc byte[512] : new byte[room];
        Bind(at, utf8[..Encoding.UTF8.GetBytes(value, utf8)]);
    }

    public void Bind(int at, byte[]? blob)
    {
        if (blob is null) BindNull(at);
        else BindBlob(at, blob);
    }

    public void Bind(int at, Guid uid)
    {
        Span<byte> utf8 = stackalloc byte[36];
        Utf8Formatter.TryFormat(uid, utf8, out _, 'D');
        Bind(at, utf8);
    }

    public void Bind(int at, DateTimeOffset instant)
    {
        Span<byte> utf8 = stackalloc byte[24];
        Spelling.WriteInstant(utf8, instant.UtcDateTime);
        Bind(at, utf8);
    }

    public void Bind(int at, DateOnly day)
    {
        Span<byte> utf8 = stackalloc byte[10];
        Spelling.WriteDay(utf8, day);
        Bind(at, utf8);
    }

    /// <summary>A value whose type only its own knows.</summary>
    public void BindAny(int at, object? value)
    {
        switch (value)
        {
            case null: BindNull(at); break;
            case long number: Bind(at, number); break;
            case int number: Bind(at, (long)number); break;
            case bool flag: Bind(at, flag ? 1L : 0L); break;
            case double number: Bind(at, number); break;
            case decimal number: Bind(at, (double)number); break;
            case string text: Bind(at, text); break;
            case Guid uid: Bind(at, uid); break;
            case DateTimeOffset instant: Bind(at, instant); break;
            case DateOnly day: Bind(at, day); break;
            case byte[] blob: Bind(at, blob); break;
            default: throw new InvalidOperationException($"A parameter cannot be a {value.GetType().Name}.");
        }
    }

    /// <summary>Values that were given by name, as <see cref="SqlValues"/> or as pairs.</summary>
    protected void BindNamed(IReadOnlyList<string> names, object parameters)
    {
        for (var i = 0; i < names.Count; i++)
        {
            BindAny(i + 1, parameters is SqlValues values ? values[names[i]]
                : Value(names[i], ((string Name, object? Value)[])parameters));
        }
    }

    private static object? Value(string name, (string Name, object? Value)[] parameters)
    {
        foreach (var (given, value) in parameters)
        {
            if (given == name) return value;
        }
        throw new InvalidOperationException($"The statement's parameter @{name} was not given.");
    }
}
