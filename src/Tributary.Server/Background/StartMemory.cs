using System.Runtime.InteropServices;

namespace Tributary.Server.Background;

/// <summary>
/// What putting the program together left behind, which is more than what it keeps. Nothing is collected before a generation is full, so
/// that an idle server would hold it for days.
/// </summary>
internal static class StartMemory
{
    /// <summary>
    /// The runtime gives back what it compiled in only when finalizers run, and of that only what has not been used since their run before,
    /// two seconds ago or more.
    /// </summary>
    private static readonly TimeSpan beat = TimeSpan.FromSeconds(2.1);

    /// <summary>The first may only note the time, the second sets aside, the third gives back; the last, what was compiled meanwhile.</summary>
    private const int Runs = 4;

    /// <summary>Gives it back to the system, once, some seconds after the start.</summary>
    public static async Task GiveBack(CancellationToken stop)
    {
        for (var run = 0; run < Runs; run++)
        {
            await Task.Delay(beat, stop);
            GC.WaitForPendingFinalizers();
        }
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        if (OperatingSystem.IsLinux()) TrimNative();
    }

    // What was freed between two blocks that are in use stays with the process until it is asked for.
    private static void TrimNative()
    {
        try
        {
            _ = Trim(0);
        }
        catch (Exception e) when (e is EntryPointNotFoundException or DllNotFoundException)
        {
            // Other C libraries than GNU's have no such call, or another name, and keep less. The server goes on.
        }
    }

    [DllImport("libc", EntryPoint = "malloc_trim")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Trim(nuint keep);
}
