using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Data.Sqlite;

namespace Tributary.Core.Storage;

/// <summary>
/// Rows in this program's memory, which SQLite reads as a table: so one INSERT writes thousands of them. A statement opens every index of its
/// table and closes it again, which for a deal's two dozen takes longer than writing a row into them.
///
/// To SQLite it is a virtual table of one connection, named <see cref="Name"/>, with the columns p1, p2 and so on; which rows it
/// has is said before each statement. https://www.sqlite.org/vtab.html
/// </summary>
internal sealed unsafe class SqliteGiven : IDisposable
{
    public const string Name = "given_rows";

    /// <summary>How many columns there are.</summary>
    public const int Width = 120;

    private static readonly byte[] name = Encoding.ASCII.GetBytes($"{Name}\0");
    private static readonly byte[] declaration =
        Encoding.ASCII.GetBytes($"CREATE TABLE x ({string.Join(", ", Enumerable.Range(1, Width).Select(n => $"p{n}"))})\0");

    private static readonly Module* module = MakeModule();

    private readonly Source* source = (Source*)NativeMemory.AllocZeroed((nuint)sizeof(Source));

    public SqliteGiven(SqliteConnection connection)
    {
        fixed (byte* text = name)
        {
            var code = SqliteApi.CreateModule(connection.Handle!.DangerousGetHandle(), text, module, source, null);
            SqliteException.ThrowExceptionForRC(code, connection.Handle);
        }
    }

    /// <summary>Runs a statement that reads these rows.</summary>
    /// <param name="statement">It reads from <see cref="Name"/>.</param>
    /// <param name="cells">The values of all rows.</param>
    /// <param name="texts">Where the cells' texts and blobs are.</param>
    /// <param name="starts">The first cell of each row.</param>
    public void Run(SqliteStatement statement, Cell* cells, byte* texts, ReadOnlySpan<int> starts)
    {
        fixed (int* first = starts)
        {
            *source = new() { Cells = cells, Texts = texts, Starts = first, Rows = starts.Length };
            try
            {
                statement.Run();
            }
            finally
            {
                *source = default;
            }
        }
    }

    /// <summary>Only when the connection is closed.</summary>
    public void Dispose() => NativeMemory.Free(source);

    /// <summary>One value: a number, or where its bytes begin and how many they are.</summary>
    public struct Cell
    {
        public byte Kind;
        public int Length;
        public long Number;
    }

    private struct Source
    {
        public Cell* Cells;
        public byte* Texts;
        public int* Starts;
        public int Rows;
    }

    // sqlite3_vtab and sqlite3_vtab_cursor, each with what is ours behind what is SQLite's.
    private struct Table
    {
        public nint Module;
        public int References;
        public nint Error;
        public Source* Source;
    }

    private struct Cursor
    {
        public Table* Table;
        public Source* Source;
        public Cell* Row;
        public int At;
    }

    // sqlite3_module; those that write, rename or overload are missing, which SQLite takes for "cannot".
    private struct Module
    {
        public int Version;
        public nint Create;
        public delegate* unmanaged[Cdecl]<nint, Source*, int, nint, Table**, nint, int> Connect;
        public delegate* unmanaged[Cdecl]<Table*, nint, int> BestIndex;
        public delegate* unmanaged[Cdecl]<Table*, int> Disconnect;
        public delegate* unmanaged[Cdecl]<Table*, int> Destroy;
        public delegate* unmanaged[Cdecl]<Table*, Cursor**, int> Open;
        public delegate* unmanaged[Cdecl]<Cursor*, int> Close;
        public delegate* unmanaged[Cdecl]<Cursor*, int, nint, int, nint, int> Filter;
        public delegate* unmanaged[Cdecl]<Cursor*, int> Next;
        public delegate* unmanaged[Cdecl]<Cursor*, int> IsAtEnd;
        public delegate* unmanaged[Cdecl]<Cursor*, nint, int, int> Column;
        public delegate* unmanaged[Cdecl]<Cursor*, long*, int> RowId;
        public Others Others;
    }

    [InlineArray(11)]
    private struct Others
    {
        private nint none;
    }

    private static Module* MakeModule()
    {
        var made = (Module*)NativeMemory.Alloc((nuint)sizeof(Module));
        *made = new()
        {
            Version = 0,
            // Without it the table is there without having been created, and in no schema.
            Create = 0,
            Connect = &Connect,
            BestIndex = &BestIndex,
            Disconnect = &Disconnect,
            Destroy = &Disconnect,
            Open = &Open,
            Close = &Close,
            Filter = &Filter,
            Next = &Next,
            IsAtEnd = &IsAtEnd,
            Column = &Column,
            RowId = &RowId,
            Others = default,
        };
        return made;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Connect(nint connection, Source* source, int count, nint arguments, Table** made, nint error)
    {
        fixed (byte* text = declaration)
        {
            var code = SqliteApi.DeclareTable(connection, text);
            if (code != 0) return code;
        }
        *made = (Table*)NativeMemory.Alloc((nuint)sizeof(Table));
        **made = new() { Module = 0, References = 0, Error = 0, Source = source };
        return 0;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int BestIndex(Table* table, nint question) => 0;

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Disconnect(Table* table)
    {
        NativeMemory.Free(table);
        return 0;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Open(Table* table, Cursor** opened)
    {
        *opened = (Cursor*)NativeMemory.Alloc((nuint)sizeof(Cursor));
        **opened = new() { Table = table, Source = table->Source };
        return 0;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Close(Cursor* cursor)
    {
        NativeMemory.Free(cursor);
        return 0;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Filter(Cursor* cursor, int plan, nint name, int count, nint values)
    {
        GoTo(cursor, 0);
        return 0;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Next(Cursor* cursor)
    {
        GoTo(cursor, cursor->At + 1);
        return 0;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int IsAtEnd(Cursor* cursor) => cursor->At < cursor->Source->Rows ? 0 : 1;

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Column(Cursor* cursor, nint result, int column)
    {
        var cell = cursor->Row + column;
        // Of a value that is not answered SQLite makes NULL.
        switch (cell->Kind)
        {
            case SqliteApi.Integer: SqliteApi.AnswerInteger(result, cell->Number); break;
            case SqliteApi.Float: SqliteApi.AnswerFloat(result, BitConverter.Int64BitsToDouble(cell->Number)); break;
            case SqliteApi.Text: SqliteApi.AnswerText(result, cursor->Source->Texts + cell->Number, cell->Length, SqliteApi.Kept); break;
            case SqliteApi.Bytes: SqliteApi.AnswerBlob(result, cursor->Source->Texts + cell->Number, cell->Length, SqliteApi.Kept); break;
        }
        return 0;
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int RowId(Cursor* cursor, long* id)
    {
        *id = cursor->At;
        return 0;
    }

    private static void GoTo(Cursor* cursor, int row)
    {
        cursor->At = row;
        if (row < cursor->Source->Rows) cursor->Row = cursor->Source->Cells + cursor->Source->Starts[row];
    }
}
