using System.Diagnostics;
using System.Globalization;
using static System.FormattableString;

namespace Tributary.Bench.Data;

/// <summary>Tells whoever waits how far it is: one line that is written over on a terminal, a line for each tenth elsewhere.</summary>
internal sealed class Progress(string what, long total)
{
    private const int Width = 30;
    private const int StepsWhenLogged = 10;

    private static readonly bool IsTerminal = !Console.IsErrorRedirected;

    private readonly long started = Stopwatch.GetTimestamp();
    private long said = -1;
    private long last;

    public void Reached(long done)
    {
        last = done;
        var steps = IsTerminal ? 200 : StepsWhenLogged;
        var step = done * steps / total;
        if (step == said) return;
        said = step;
        Say(Line(what, done, total, Stopwatch.GetElapsedTime(started)));
    }

    /// <summary>A part of the work that cannot say how far it is.</summary>
    public void Now(string part) => Say($"{what}: {part}, after {Stopwatch.GetElapsedTime(started).TotalSeconds:0} s");

    public void Done() =>
        Say($"{what}: done in {Stopwatch.GetElapsedTime(started).TotalSeconds.ToString("0.0", CultureInfo.InvariantCulture)} s", end: true);

    internal static string Line(string what, long done, long total, TimeSpan elapsed)
    {
        var filled = (int)(done * Width / total);
        var left = done == 0 ? ""
            : Invariant($", {done / Math.Max(elapsed.TotalSeconds, 0.001):N0}/s, {elapsed.TotalSeconds * (total - done) / done:0} s left");
        return Invariant($"{what} [{new string('#', filled)}{new string('.', Width - filled)}] {done:N0} of {total:N0}{left}");
    }

    private void Say(string line, bool end = false)
    {
        if (IsTerminal) Console.Error.Write("\r" + line.PadRight(110) + (end ? "\n" : ""));
        else if (end || last > 0 || line.Contains(": ", StringComparison.Ordinal)) Console.Error.WriteLine(line);
    }
}
