using System.Runtime.InteropServices;

namespace Tributary.Core.Storage;

/// <summary>
/// The functions of SQLite that run on hot paths, called directly. The provider's own calls pin a handle around each column,
/// which for a row of 75 columns costs more than reading it. https://www.sqlite.org/c3ref/funclist.html
/// </summary>
internal static unsafe class SqliteApi
{
    public const int Row = 100;
    public const int Done = 101;
    public const int Integer = 1;
    public const int Float = 2;
    public const int Text = 3;
    public const int Bytes = 4;
    public const int Null = 5;

    /// <summary>Kept for long (SQLITE_PREPARE_PERSISTENT).</summary>
    public const uint Persistent = 1;

    /// <summary>SQLite copies the text before the call returns (SQLITE_TRANSIENT).</summary>
    public const nint Copied = -1;

    /// <summary>The text stays where it is for as long as it is needed (SQLITE_STATIC).</summary>
    public const nint Kept = 0;

    private static readonly nint Library = NativeSqlite.Open();

    public static readonly delegate* unmanaged[Cdecl]<nint, byte*, int, uint, nint*, byte**, int> Prepare =
        (delegate* unmanaged[Cdecl]<nint, byte*, int, uint, nint*, byte**, int>)Find("sqlite3_prepare_v3");
    public static readonly delegate* unmanaged[Cdecl]<nint, int> Step = (delegate* unmanaged[Cdecl]<nint, int>)Find("sqlite3_step");
    public static readonly delegate* unmanaged[Cdecl]<nint, int> Reset = (delegate* unmanaged[Cdecl]<nint, int>)Find("sqlite3_reset");
    public static readonly delegate* unmanaged[Cdecl]<nint, int> Finish = (delegate* unmanaged[Cdecl]<nint, int>)Find("sqlite3_finalize");
    public static readonly delegate* unmanaged[Cdecl]<nint,
        int> ParameterCount = (delegate* unmanaged[Cdecl]<nint, int>)Find("sqlite3_bind_parameter_count");
    public static readonly delegate* unmanaged[Cdecl]<nint, int,
        byte*> ParameterName = (delegate* unmanaged[Cdecl]<nint, int, byte*>)Find("sqlite3_bind_parameter_name");
    public static readonly delegate* unmanaged[Cdecl]<nint, int, byte*, int, nint, int> BindText =
        (delegate* unmanaged[Cdecl]<nint, int, byte*, int, nint, int>)Find("sqlite3_bind_text");
    public static readonly delegate* unmanaged[Cdecl]<nint, int, byte*, int, nint, int> BindBlob =
        (delegate* unmanaged[Cdecl]<nint, int, byte*, int, nint, int>)Find("sqlite3_bind_blob");
    public static readonly delegate* unmanaged[Cdecl]<nint,
        int> IsReadOnly = (delegate* unmanaged[Cdecl]<nint, int>)Find("sqlite3_stmt_readonly");
    public static readonly delegate* unmanaged[Cdecl]<nint, int> Changes = (delegate* unmanaged[Cdecl]<nint, int>)Find("sqlite3_changes");
    public static readonly delegate* unmanaged[Cdecl]<nint, int,
        byte*> ColumnName = (delegate* unmanaged[Cdecl]<nint, int, byte*>)Find("sqlite3_column_name");
    public static readonly delegate* unmanaged[Cdecl, SuppressGCTransition]<nint, int, long, int> BindInteger =
        (delegate* unmanaged[Cdecl, SuppressGCTransition]<nint, int, long, int>)Find("sqlite3_bind_int64");
    public static readonly delegate* unmanaged[Cdecl, SuppressGCTransition]<nint, int, double, int> BindFloat =
        (delegate* unmanaged[Cdecl, SuppressGCTransition]<nint, int, double, int>)Find("sqlite3_bind_double");
    public static readonly delegate* unmanaged[Cdecl, SuppressGCTransition]<nint, int, int> BindNull =
        (delegate* unmanaged[Cdecl, SuppressGCTransition]<nint, int, int>)Find("sqlite3_bind_null");

    /// <summary>The middle parameter: what SQLite asks, with how often it asked before, whether to try again for a lock.</summary>
    public static readonly delegate* unmanaged[Cdecl]<nint, void*, void*, int> BusyHandler =
        (delegate* unmanaged[Cdecl]<nint, void*, void*, int>)Find("sqlite3_busy_handler");

    /// <summary>So many milliseconds.</summary>
    public static readonly delegate* unmanaged[Cdecl]<int, int> Sleep = (delegate* unmanaged[Cdecl]<int, int>)Find("sqlite3_sleep");

    /// <summary>SQLITE_FCNTL_DATA_VERSION of https://www.sqlite.org/c3ref/c_fcntl_begin_atomic_write.html.</summary>
    public const int DataVersion = 35;

    public static readonly delegate* unmanaged[Cdecl]<nint, byte*, int, void*, int> FileControl =
        (delegate* unmanaged[Cdecl]<nint, byte*, int, void*, int>)Find("sqlite3_file_control");

    /// <summary>Nothing was read or written since the transaction began (SQLITE_TXN_NONE).</summary>
    public const int NoTransaction = 0;

    public static readonly delegate* unmanaged[Cdecl, SuppressGCTransition]<nint, byte*, int> TransactionState =
        (delegate* unmanaged[Cdecl, SuppressGCTransition]<nint, byte*, int>)Find("sqlite3_txn_state");

    // A column of a row that is already in memory: a few instructions, shorter than telling the collector about the call.
    public static readonly delegate* unmanaged[Cdecl, SuppressGCTransition]<nint, int> ColumnCount =
        (delegate* unmanaged[Cdecl, SuppressGCTransition]<nint, int>)Find("sqlite3_column_count");
    public static readonly delegate* unmanaged[Cdecl, SuppressGCTransition]<nint, int, int> ColumnType =
        (delegate* unmanaged[Cdecl, SuppressGCTransition]<nint, int, int>)Find("sqlite3_column_type");
    public static readonly delegate* unmanaged[Cdecl, SuppressGCTransition]<nint, int, long> ColumnInteger =
        (delegate* unmanaged[Cdecl, SuppressGCTransition]<nint, int, long>)Find("sqlite3_column_int64");
    public static readonly delegate* unmanaged[Cdecl, SuppressGCTransition]<nint, int, double> ColumnFloat =
        (delegate* unmanaged[Cdecl, SuppressGCTransition]<nint, int, double>)Find("sqlite3_column_double");
    public static readonly delegate* unmanaged[Cdecl, SuppressGCTransition]<nint, int, byte*> ColumnText =
        (delegate* unmanaged[Cdecl, SuppressGCTransition]<nint, int, byte*>)Find("sqlite3_column_text");
    public static readonly delegate* unmanaged[Cdecl, SuppressGCTransition]<nint, int, byte*> ColumnBlob =
        (delegate* unmanaged[Cdecl, SuppressGCTransition]<nint, int, byte*>)Find("sqlite3_column_blob");
    public static readonly delegate* unmanaged[Cdecl, SuppressGCTransition]<nint, int, int> ColumnBytes =
        (delegate* unmanaged[Cdecl, SuppressGCTransition]<nint, int, int>)Find("sqlite3_column_bytes");

    // Values of a virtual table's row, which SQLite takes as they are.
    public static readonly delegate* unmanaged[Cdecl, SuppressGCTransition]<nint, long, void> AnswerInteger =
        (delegate* unmanaged[Cdecl, SuppressGCTransition]<nint, long, void>)Find("sqlite3_result_int64");
    public static readonly delegate* unmanaged[Cdecl, SuppressGCTransition]<nint, double, void> AnswerFloat =
        (delegate* unmanaged[Cdecl, SuppressGCTransition]<nint, double, void>)Find("sqlite3_result_double");
    public static readonly delegate* unmanaged[Cdecl, SuppressGCTransition]<nint, byte*, int, nint, void> AnswerText =
        (delegate* unmanaged[Cdecl, SuppressGCTransition]<nint, byte*, int, nint, void>)Find("sqlite3_result_text");
    public static readonly delegate* unmanaged[Cdecl, SuppressGCTransition]<nint, byte*, int, nint, void> AnswerBlob =
        (delegate* unmanaged[Cdecl, SuppressGCTransition]<nint, byte*, int, nint, void>)Find("sqlite3_result_blob");

    /// <summary>The last parameter: what to call with the source when the connection is closed.</summary>
    public static readonly delegate* unmanaged[Cdecl]<nint, byte*, void*, void*, void*, int> CreateModule =
        (delegate* unmanaged[Cdecl]<nint, byte*, void*, void*, void*, int>)Find("sqlite3_create_module_v2");
    public static readonly delegate* unmanaged[Cdecl]<nint, byte*, int> DeclareTable =
        (delegate* unmanaged[Cdecl]<nint, byte*, int>)Find("sqlite3_declare_vtab");

    private static nint Find(string function) => NativeLibrary.GetExport(Library, function);
}
