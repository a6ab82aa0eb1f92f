using System.Diagnostics;

namespace Tributary.Bench.Scenarios;

/// <summary>
/// What one run of "tributary import csv" took: seconds, seconds of the processor, and MiB at most, to the end and until half time.
/// </summary>
internal sealed record ImportCommand(double Seconds, double Processor, double Peak, double Half)
{
    /// <summary>By the command that anybody would use, from the start of its process to its end.</summary>
    public static async Task<ImportCommand> Run(string program, IEnumerable<string> arguments, Dictionary<string, string> settings,
        CancellationToken ct)
    {
        var start = new ProcessStartInfo(program) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in (string[])["import", "csv", .. arguments]) start.ArgumentList.Add(argument);
        foreach (var (name, value) in settings) start.Environment[name] = value;
        var started = Stopwatch.GetTimestamp();
        using var process = Process.Start(start)!;
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(ct), process.StandardError.ReadToEndAsync(ct));
        var exit = process.WaitForExitAsync(ct);
        // A process that has ended tells no more.
        var seen = new List<(double At, double Processor, double Peak)>();
        try
        {
            while (await Task.WhenAny(exit, Task.Delay(20, ct)) != exit)
            {
                ct.ThrowIfCancellationRequested();
                if (Seen(process) is var (processor, peak)) seen.Add((Stopwatch.GetElapsedTime(started).TotalSeconds, processor, peak));
            }
        }
        finally
        {
            if (!process.HasExited) process.Kill();
        }
        var seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"The import ended with {process.ExitCode}: {await output}{await errors}");
        }
        // What is read while it ends may be nothing.
        return new(seconds, seen.Max(each => each.Processor), seen.Max(each => each.Peak), seen.Last(each => each.At <= seconds / 2).Peak);
    }

    private static (double Processor, double Peak)? Seen(Process process)
    {
        try
        {
            process.Refresh();
            return (process.TotalProcessorTime.TotalSeconds, process.PeakWorkingSet64 / 1048576.0);
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }
}
