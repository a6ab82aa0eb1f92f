using System.Runtime.InteropServices;
using SQLitePCL;

namespace Tributary.Core.Storage;

/// <summary>Points the managed provider at the operating system's own SQLite, which the system keeps patched.</summary>
internal static class NativeSqlite
{
    /// <summary>RETURNING came with 3.35, STRICT with 3.37, ->> with 3.38; 3.40 is the oldest the tests run on.</summary>
    private const int Oldest = 3_040_000;

    private const string Install =
        "Install SQLite 3.40 or later (Debian and Ubuntu: libsqlite3-0, Fedora: sqlite-libs, Alpine: sqlite-libs, macOS and Windows bring theirs), or use PostgreSQL.";

    private static readonly Lazy<bool> Loaded = new(() =>
    {
        NativeLibrary.SetDllImportResolver(typeof(SQLite3Provider_e_sqlite3).Assembly,
            static (name, _, _) => name == "e_sqlite3" ? Open() : 0);
        try
        {
            raw.SetProvider(new SQLite3Provider_e_sqlite3());
            // Each session is used by one caller at a time, so that locks around every call would guard nothing.
            _ = raw.sqlite3_config(raw.SQLITE_CONFIG_MULTITHREAD);
            // Nobody asks how much memory SQLite holds; counting it takes a lock with every piece.
            _ = raw.sqlite3_config(raw.SQLITE_CONFIG_MEMSTATUS, 0);
            Check(raw.sqlite3_libversion_number(), raw.sqlite3_compileoption_used("ENABLE_FTS5") == 1);
        }
        catch (DllNotFoundException e)
        {
            throw new StartupException($"The system has no SQLite library ({SystemName()}). {Install}", e);
        }
        return true;
    });

    public static void Load() => _ = Loaded.Value;

    /// <summary>Refuses a library that cannot run the schema.</summary>
    internal static void Check(int version, bool hasFullText)
    {
        if (version < Oldest)
        {
            throw new StartupException($"The system's SQLite is {version / 1_000_000}.{version / 1000 % 1000}.{version % 1000}. {Install}");
        }
        if (!hasFullText) throw new StartupException($"The system's SQLite was built without FTS5, which searching needs. {Install}");
    }

    public static nint Open() => NativeLibrary.Load(SystemName());

    private static string SystemName() =>
        OperatingSystem.IsWindows() ? "winsqlite3.dll" :
        OperatingSystem.IsMacOS() ? "libsqlite3.dylib" :
        "libsqlite3.so.0";
}
