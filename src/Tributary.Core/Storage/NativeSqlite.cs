using System.Runtime.InteropServices;
using SQLitePCL;

namespace Tributary.Core.Storage;

/// <summary>Points the managed provider at the operating system's own SQLite, which the system keeps patched.</summary>
internal static class NativeSqlite
{
    private static readonly Lazy<bool> Loaded = new(() =>
    {
        NativeLibrary.SetDllImportResolver(typeof(SQLite3Provider_e_sqlite3).Assembly,
            static (name, _, _) => name == "e_sqlite3" ? NativeLibrary.Load(SystemName()) : 0);
        raw.SetProvider(new SQLite3Provider_e_sqlite3());
        return true;
    });

    public static void Load() => _ = Loaded.Value;

    private static string SystemName() =>
        OperatingSystem.IsWindows() ? "winsqlite3.dll" :
        OperatingSystem.IsMacOS() ? "libsqlite3.dylib" :
        "libsqlite3.so.0";
}
