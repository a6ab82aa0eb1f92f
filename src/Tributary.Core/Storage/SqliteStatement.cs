using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Data.Sqlite;

namespace Tributary.Core.Storage;

/// <summary>A compiled statement of one session, run without the provider. It is never left half read: a statement that is not reset would keep its snapshot.</summary>
internal sealed unsafe class SqliteStatement : IDisposable
{
    private readonly SqliteSession session;
    private readonly string[] names;
    private nint handle;

    public SqliteStatement(SqliteSession session, string text)
    {
        this.session = session;
        var utf8 = Encoding.UTF8.GetBytes(text);
        nint prepared;
        fixed (byte* start = utf8) Check(SqliteApi.Prepare(session.Handle!.DangerousGetHandle(), start, utf8.Length, SqliteApi.Persistent, &prepared, null));
        handle = prepared;
        names = new string[SqliteApi.ParameterCount(handle)];
        // Without the @ they begin with.
        for (var i = 0; i < names.Length; i++) names[i] = Marshal.PtrToStringUTF8((nint)SqliteApi.ParameterName(handle, i + 1))![1..];
    }

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

    /// <summary>Gives each row to <paramref name="read"/> until that returns false.</summary>
    public void Read(ReadOnlySpan<(string Name, object? Value)> parameters, TakeRow read)
    {
        try
        {
            for (var i = 0; i < names.Length; i++) Bind(i + 1, Value(names[i], parameters));
            var columns = SqliteApi.ColumnCount(handle);
            while (Step())
            {
                var row = new Row(handle, columns);
                if (!read(ref row)) return;
            }
        }
        finally
        {
            SqliteApi.Reset(handle);
        }
    }

    public void Dispose()
    {
        if (handle == 0) return;
        SqliteApi.Finish(handle);
        handle = 0;
    }

    private static object? Value(string name, ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        foreach (var (given, value) in parameters)
        {
            if (given == name) return value;
        }
        throw new InvalidOperationException($"The statement's parameter @{name} was not given.");
    }

    private bool Step()
    {
        var code = SqliteApi.Step(handle);
        if (code is SqliteApi.Row) return true;
        if (code is not SqliteApi.Done) Check(code);
        return false;
    }

    // The same spellings as TypeHandlers'.
    private void Bind(int at, object? value)
    {
        Check(value switch
        {
            null => SqliteApi.BindNull(handle, at),
            long number => SqliteApi.BindInteger(handle, at, number),
            int number => SqliteApi.BindInteger(handle, at, number),
            bool flag => SqliteApi.BindInteger(handle, at, flag ? 1 : 0),
            double number => SqliteApi.BindFloat(handle, at, number),
            string text => BindText(at, text),
            Guid uid => BindText(at, uid.ToString("D")),
            DateTimeOffset instant => BindText(at, TypeHandlers.InstantText(instant)),
            DateOnly day => BindText(at, day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)),
            _ => throw new InvalidOperationException($"A hot statement takes no {value.GetType().Name}."),
        });
    }

    private int BindText(int at, string text)
    {
        var room = Encoding.UTF8.GetMaxByteCount(text.Length);
        var utf8 = room <= 512 ? stackalloc byte[512] : new byte[room];
        var length = Encoding.UTF8.GetBytes(text, utf8);
        // A span of no bytes still begins somewhere, so that "" is not NULL.
        fixed (byte* start = utf8) return SqliteApi.BindText(handle, at, start, length, SqliteApi.Copied);
    }

    private void Check(int code)
    {
        if (code != 0) SqliteException.ThrowExceptionForRC(code, session.Handle);
    }
}
