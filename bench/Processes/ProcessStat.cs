using System.Globalization;

namespace Tributary.Bench.Processes;

/// <summary>Pure: what Linux tells of a process in /proc (proc(5)).</summary>
internal static class ProcessStat
{
    // The unit of times there; Linux shows 100 a second to programs, whatever its own clock does.
    private const double TicksPerSecond = 100;

    /// <summary>Seconds in user and system mode, from /proc/PID/stat. The name before them may hold blanks and parentheses.</summary>
    public static double CpuSeconds(string stat)
    {
        var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
        return (long.Parse(fields[11], CultureInfo.InvariantCulture)
            + long.Parse(fields[12], CultureInfo.InvariantCulture)) / TicksPerSecond;
    }

    /// <summary>The most resident memory so far, from /proc/PID/status, in MiB.</summary>
    public static double PeakMiB(string status)
    {
        var line = status.Split('\n').First(line => line.StartsWith("VmHWM:", StringComparison.Ordinal));
        return long.Parse(line["VmHWM:".Length..^"kB".Length].Trim(), CultureInfo.InvariantCulture) / 1024.0;
    }

    public static double CpuSecondsOf(int process) => CpuSeconds(File.ReadAllText($"/proc/{process}/stat"));

    public static double PeakMiBOf(int process) => PeakMiB(File.ReadAllText($"/proc/{process}/status"));

    /// <summary>Lets the peak begin anew ("5" in proc(5), clear_refs).</summary>
    public static void ForgetPeak(int process) => File.WriteAllText($"/proc/{process}/clear_refs", "5");
}
