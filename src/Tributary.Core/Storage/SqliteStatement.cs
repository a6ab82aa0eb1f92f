using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Data.Sqlite;

namespace Tributary.Core.Storage;

/// <summary>
/// A compiled statement of one connection, run without the provider. Whoever reads its rows lets go of them: a statement that is not reset
/// would keep its snapshot.
/// </summary>
internal sealed unsafe class SqliteStatement : SqliteParameters, IDisposable
{
    private readonly SqliteConnection connection;
    private readonly string[] names;
    private readonly string[] columns;
    private readonly Dictionary<Type, ParameterMember[]> members = [];
    private readonly Dictionary<Type, Delegate> readers = [];
    private readonly SqliteRows rows;
    private nint handle;

    public SqliteStatement(SqliteConnection connection, string text)
    {
        this.connection = connection;
        rows = new(this);
        var utf8 = Encoding.UTF8.GetBytes(text);
        nint prepared;
        fixed (byte* start = utf8)
        {
            byte* rest;
            Check(SqliteApi.Prepare(connection.Handle!.DangerousGetHandle(), start, utf8.Length, SqliteApi.Persistent, &prepared, &rest));
            HasMore = new ReadOnlySpan<byte>(rest, (int)(start + utf8.Length - rest)).ContainsAnyExcept(" \t\r\n;"u8);
        }
        handle = prepared;
        ChangesNothing = SqliteApi.IsReadOnly(handle) != 0;
        names = new string[SqliteApi.ParameterCount(handle)];
        // Without the @ they begin with.
        for (var i = 0; i < names.Length; i++) names[i] = Marshal.PtrToStringUTF8((nint)SqliteApi.ParameterName(handle, i + 1))![1..];
        columns = new string[SqliteApi.ColumnCount(handle)];
        for (var i = 0; i < columns.Length; i++) columns[i] = Marshal.PtrToStringUTF8((nint)SqliteApi.ColumnName(handle, i))!;
    }

    /// <summary>Whether the text goes on after its first statement, which is all that was compiled.</summary>
    public bool HasMore { get; }

    /// <summary>A question, or a transaction's beginning or end.</summary>
    public bool ChangesNothing { get; }

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
            Reset();
        }
    }

    /// <summary>How many rows the statement changed.</summary>
    public int Run(object parameters)
    {
        Bind(parameters);
        Run();
        return ChangesNothing ? 0 : SqliteApi.Changes(connection.Handle!.DangerousGetHandle());
    }

    /// <summary>The rows of the answer.</summary>
    public SqliteRows Ask(object parameters)
    {
        if (rows.IsOpen) throw new InvalidOperationException("The rows of this statement are still being read.");
        Bind(parameters);
        rows.IsOpen = true;
        return rows;
    }

    /// <summary>Gives each row to <paramref name="read"/> until that returns false.</summary>
    public void Read(object parameters, TakeRow read)
    {
        Bind(parameters);
        try
        {
            while (Step())
            {
                var row = Current;
                if (!read(ref row)) return;
            }
        }
        finally
        {
            Reset();
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

    public int ParameterCount => names.Length;

    /// <summary>Whether somebody still reads its rows.</summary>
    public bool IsRead => rows.IsOpen;

    /// <summary>The row it stands at, valid until the next step.</summary>
    public Row Current => new(handle, columns.Length);

    /// <summary>Goes to the next row; false when there is none.</summary>
    public bool Step()
    {
        var code = SqliteApi.Step(handle);
        if (code is SqliteApi.Row) return true;
        if (code is not SqliteApi.Done) Check(code);
        return false;
    }

    /// <summary>Lets go of the rows.</summary>
    public void Reset() => SqliteApi.Reset(handle);

    public void Dispose()
    {
        if (handle == 0) return;
        SqliteApi.Finish(handle);
        handle = 0;
    }

    public override void BindNull(int at) => Check(SqliteApi.BindNull(handle, at));

    public override void Bind(int at, long value) => Check(SqliteApi.BindInteger(handle, at, value));

    public override void Bind(int at, double value) => Check(SqliteApi.BindFloat(handle, at, value));

    public override void Bind(int at, ReadOnlySpan<byte> utf8)
    {
        byte none;
        // "" is not NULL, so that even no bytes must begin somewhere.
        fixed (byte* start = utf8) Check(SqliteApi.BindText(handle, at, start is null ? &none : start, utf8.Length, SqliteApi.Copied));
    }

    public override void BindBlob(int at, ReadOnlySpan<byte> blob)
    {
        byte none;
        fixed (byte* start = blob) Check(SqliteApi.BindBlob(handle, at, start is null ? &none : start, blob.Length, SqliteApi.Copied));
    }

    /// <summary>A value whose text stays where it is until the statement has run, so that SQLite need not copy it.</summary>
    public void BindKept(int at, SqliteGiven.Cell cell, byte* texts) => Check(cell.Kind switch
    {
        SqliteApi.Integer => SqliteApi.BindInteger(handle, at, cell.Number),
        SqliteApi.Float => SqliteApi.BindFloat(handle, at, BitConverter.Int64BitsToDouble(cell.Number)),
        SqliteApi.Text => SqliteApi.BindText(handle, at, texts + cell.Number, cell.Length, SqliteApi.Kept),
        SqliteApi.Bytes => SqliteApi.BindBlob(handle, at, texts + cell.Number, cell.Length, SqliteApi.Kept),
        _ => SqliteApi.BindNull(handle, at),
    });

    private void Bind(object parameters)
    {
        if (names.Length == 0) return;
        if (parameters is SqlValues or (string Name, object? Value)[])
        {
            BindNamed(names, parameters);
            return;
        }
        if (!members.TryGetValue(parameters.GetType(), out var mine))
        {
            members[parameters.GetType()] = mine = ParameterMembers.Of(parameters.GetType(), names);
        }
        for (var i = 0; i < mine.Length; i++) mine[i].Bind(this, i + 1, parameters);
    }

    private void Check(int code)
    {
        if (code != 0) SqliteException.ThrowExceptionForRC(code, connection.Handle);
    }
}
