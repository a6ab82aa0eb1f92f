using System.Globalization;

namespace Tributary.Bench.Processes;

/// <summary>Pure: how many calls the table of "strace -c" counts.</summary>
internal static class StraceOutput
{
    // % time     seconds  usecs/call     calls    errors syscall
    private const int CallsColumn = 3;

    public static long Calls(string table) => table.Split('\n')
        .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        .Where(words => words.Length > CallsColumn && words[^1] is "fsync" or "fdatasync")
        .Sum(words => long.Parse(words[CallsColumn], CultureInfo.InvariantCulture));
}
