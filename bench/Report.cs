using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;

namespace Tributary.Bench;

/// <summary>One measured thing.</summary>
internal sealed record Row(string Scenario, string Backend, string Figure, string Note);

/// <summary>Prints rows as they come and writes them down at the end.</summary>
internal sealed class Report(BenchOptions options)
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    private readonly List<Row> rows = [];

    public string Machine { get; } = string.Create(CultureInfo.InvariantCulture,
        $"{Environment.ProcessorCount} processors, {GC.GetGCMemoryInfo().TotalAvailableMemoryBytes >> 30} GiB, {RuntimeInformation.OSDescription}, {RuntimeInformation.FrameworkDescription}, {TimeProvider.System.GetUtcNow():yyyy-MM-dd HH:mm} UTC, load {Load()}");

    public void Add(Row row)
    {
        rows.Add(row);
        Console.WriteLine($"{row.Scenario,-12} {row.Backend,-9} {row.Figure}{(row.Note.Length > 0 ? "  (" + row.Note + ")" : "")}");
    }

    public async Task Write(string file, CancellationToken ct)
    {
        var text = new StringBuilder($"{Machine}; {options.Deals} deals, rounds of {options.Seconds} s × {options.Rounds}.\n\n| scenario | backend | figure | note |\n|---|---|---|---|\n");
        foreach (var row in rows) text.Append(CultureInfo.InvariantCulture, $"| {row.Scenario} | {row.Backend} | {row.Figure} | {row.Note} |\n");
        await File.WriteAllTextAsync(file, text.ToString(), ct);
        await File.WriteAllTextAsync(Path.ChangeExtension(file, ".json"), JsonSerializer.Serialize(new { Machine, options, rows }, Indented), ct);
    }

    // What else the machine is doing; figures taken under load are worth little but as ratios.
    private static string Load() => File.Exists("/proc/loadavg") ? File.ReadAllText("/proc/loadavg").Split(' ')[0] : "unknown";
}
