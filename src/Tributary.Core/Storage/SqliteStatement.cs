using System.Buffers.Text;
using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Data.Sqlite;

namespace Tributary.Core.Storage;

/// <summary>
/// A compiled statement of one session, run without the provider. It is never left half read: a statement that is not reset would keep its
/// snapshot.
/// </summary>
internal sealed unsafe class SqliteStatement : IDisposable
{
    private readonly SqliteSession session;
    private readonly string[] names;
    private readonly string[] columns;
    private readonly bool changesNothing;
    private readonly Dictionary<Type, ParameterMember[]> members = [];
    private readonly Dictionary<Type, Delegate> readers = [];
    private nint handle;

    public SqliteStatement(SqliteSession session, string text)
    {
        this.session = session;
        var utf8 = Encoding.UTF8.GetBytes(text);
        nint prepared;
        fixed (byte* start = utf8)
        {
            byte* rest;
            Check(SqliteApi.Prepare(session.Handle!.DangerousGetHandle(), start, utf8.Length, SqliteApi.Persistent, &prepared, &rest));
            HasMore = new ReadOnlySpan<byte>(rest, (int)(start + utf8.Length - rest)).ContainsAnyExcept(" \t\r\n;"u8);
        }
        handle = prepared;
        changesNothing = SqliteApi.IsReadOnly(handle) != 0;
        names = new string[SqliteApi.ParameterCount(handle)];
        // Without the @ they begin with.
        for (var i = 0; i < names.Length; i++) names[i] = Marshal.PtrToStringUTF8((nint)SqliteApi.ParameterName(handle, i + 1))![1..];
        columns = new string[SqliteApi.ColumnCount(handle)];
        for (var i = 0; i < columns.Length; i++) columns[i] = Marshal.PtrToStringUTF8((nint)SqliteApi.ColumnName(handle, i))!;
    }

    /// <summary>Whether the text goes on after its first statement, which is all that was compiled.</summary>
    public bool HasMore { get; }

    /// <summary>Runs a statement that answers nothing, such as BEGIN.</summary>
    public void Run()
    {
        try
        {
            while (Step())
            {
                // A pragma's answer.
            }
        }
        finally
        {
            SqliteApi.Reset(handle);
        }
    }

    /// <summary>How many rows the statement changed.</summary>
    public int Run(object parameters)
    {
        Bind(parameters);
        Run();
        return changesNothing ? 0 : SqliteApi.Changes(session.Handle!.DangerousGetHandle());
    }

    public T? One<T>(object parameters)
    {
        var read = Reader<T>(columns.Length);
        Bind(parameters);
        try
        {
            if (!Step()) return default;
            var row = new Row(handle, columns.Length);
            return read(ref row);
        }
        finally
        {
            SqliteApi.Reset(handle);
        }
    }

    public List<T> Many<T>(object parameters)
    {
        var read = Reader<T>(columns.Length);
        var rows = new List<T>();
        Read(parameters, (ref row) =>
        {
            rows.Add(read(ref row));
            return true;
        });
        return rows;
    }

    /// <summary>Gives each row to <paramref name="read"/> until that returns false.</summary>
    public void Read(object parameters, TakeRow read)
    {
        Bind(parameters);
        Each(read);
    }

    /// <summary>The same, for parameters that are no members of a record.</summary>
    public void Read(ReadOnlySpan<(string Name, object? Value)> parameters, TakeRow read)
    {
        Bind(parameters);
        Each(read);
    }

    /// <summary>The first row, or none.</summary>
    public T? One<T>(ReadRow<T> read, ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        Bind(parameters);
        try
        {
            if (!Step()) return default;
            var row = new Row(handle, columns.Length);
            return read(ref row);
        }
        finally
        {
            SqliteApi.Reset(handle);
        }
    }

    /// <summary>What makes a record of the first columns of this statement's rows.</summary>
    public ReadRow<T> Reader<T>(int width)
    {
        if (readers.TryGetValue(typeof(T), out var known)) return (ReadRow<T>)known;
        var made = RecordReader.Of<T>(columns.AsSpan(0, width).ToArray());
        readers[typeof(T)] = made;
        return made;
    }

    public int Width => columns.Length;

    public void Dispose()
    {
        if (handle == 0) return;
        SqliteApi.Finish(handle);
        handle = 0;
    }

    public void BindNull(int at) => Check(SqliteApi.BindNull(handle, at));

    public void Bind(int at, long value) => Check(SqliteApi.BindInteger(handle, at, value));

    public void Bind(int at, double value) => Check(SqliteApi.BindFloat(handle, at, value));

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

    /// <summary>Text in UTF-8.</summary>
    public void Bind(int at, ReadOnlySpan<byte> utf8)
    {
        byte none;
        // "" is not NULL, so that even no bytes must begin somewhere.
        fixed (byte* start = utf8) Check(SqliteApi.BindText(handle, at, start is null ? &none : start, utf8.Length, SqliteApi.Copied));
    }

    public void Bind(int at, byte[]? blob)
    {
        if (blob is null)
        {
            BindNull(at);
            return;
        }
        byte none;
        fixed (byte* start = blob) Check(SqliteApi.BindBlob(handle, at, start is null ? &none : start, blob.Length, SqliteApi.Copied));
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
        TypeHandlers.WriteInstant(utf8, instant.UtcDateTime);
        Bind(at, utf8);
    }

    public void Bind(int at, DateOnly day)
    {
        Span<byte> utf8 = stackalloc byte[10];
        TypeHandlers.WriteDay(utf8, day);
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

    private static object? Value(string name, ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        foreach (var (given, value) in parameters)
        {
            if (given == name) return value;
        }
        throw new InvalidOperationException($"The statement's parameter @{name} was not given.");
    }

    private void Bind(ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        for (var i = 0; i < names.Length; i++) BindAny(i + 1, Value(names[i], parameters));
    }

    private void Each(TakeRow read)
    {
        try
        {
            while (Step())
            {
                var row = new Row(handle, columns.Length);
                if (!read(ref row)) return;
            }
        }
        finally
        {
            SqliteApi.Reset(handle);
        }
    }

    private void Bind(object parameters)
    {
        if (names.Length == 0) return;
        if (parameters is SqlValues values)
        {
            for (var i = 0; i < names.Length; i++) BindAny(i + 1, values[names[i]]);
            return;
        }
        if (!members.TryGetValue(parameters.GetType(), out var mine)) members[parameters.GetType()] = mine = Members(parameters.GetType());
        for (var i = 0; i < mine.Length; i++) mine[i].Bind(this, i + 1, parameters);
    }

    private ParameterMember[] Members(Type type)
    {
        var all = ParameterMembers.Of(type);
        return [.. names.Select(name => all.TryGetValue(name, out var member)
            ? member : throw new InvalidOperationException($"The statement's parameter @{name} was not given."))];
    }

    private bool Step()
    {
        var code = SqliteApi.Step(handle);
        if (code is SqliteApi.Row) return true;
        if (code is not SqliteApi.Done) Check(code);
        return false;
    }

    private void Check(int code)
    {
        if (code != 0) SqliteException.ThrowExceptionForRC(code, session.Handle);
    }
}
