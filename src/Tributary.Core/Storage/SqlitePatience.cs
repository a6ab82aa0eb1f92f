using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Microsoft.Data.Sqlite;

namespace Tributary.Core.Storage;

/// <summary>
/// How a connection waits while another process (an import, a backup) writes: it asks again each millisecond, for so many seconds, and then is
/// refused. SQLite's own waiting asks at last every 100 ms, and so misses the moment that somebody who writes all the time leaves to others.
/// https://www.sqlite.org/c3ref/busy_handler.html
/// </summary>
internal static unsafe class SqlitePatience
{
    public const int Seconds = 10;

    private const int Again = 1;

    // So that those who wait have asked again, on a busy machine too.
    private const int Moment = 3;

    [ThreadStatic]
    private static long since;

    public static void Give(SqliteConnection connection)
    {
        delegate* unmanaged[Cdecl]<void*, int, int> wait = &Wait;
        SqliteException.ThrowExceptionForRC(SqliteApi.BusyHandler(connection.Handle!.DangerousGetHandle(), wait, null), connection.Handle);
    }

    /// <summary>For whoever writes all the time, after each commit: others may begin now.</summary>
    public static void LeaveMoment() => SqliteApi.Sleep(Moment);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int Wait(void* nothing, int asked)
    {
        if (asked == 0) since = Stopwatch.GetTimestamp();
        if (Stopwatch.GetElapsedTime(since).TotalSeconds >= Seconds) return 0;
        SqliteApi.Sleep(Again);
        return 1;
    }
}
