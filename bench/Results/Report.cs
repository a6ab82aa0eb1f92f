using System.Runtime.InteropServices;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using static System.FormattableString;

namespace Tributary.Bench.Results;

/// <summary>What a run found, as it is kept in a file.</summary>
internal sealed record Findings(string Machine, string Command, IReadOnlyList<Row> Rows);

/// <summary>Prints rows as they come and writes them down at the end.</summary>
internal sealed class Report(BenchOptions options)
{
    private static readonly JsonSerializerOptions Json = new()
    {
        WriteIndented = true,
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private readonly List<Row> rows = [];

    public string Machine { get; } = Invariant(
        $"{Environment.ProcessorCount} processors, {GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / (1 << 30) + 1} GiB, {RuntimeInformation.OSDescription}, {RuntimeInformation.FrameworkDescription}, {TimeProvider.System.GetUtcNow():yyyy-MM-dd HH:mm} UTC, load {Load()}");

    public IReadOnlyList<Row> Rows => rows;

    public void Add(Row row)
    {
        rows.Add(row);
        Console.WriteLine($"{row.Scenario,-18} {row.Backend,-9} {row.Figure}{(row.Note.Length > 0 ? "  (" + row.Note + ")" : "")}");
    }

    /// <summary>FILE.md for people, FILE.json for <see cref="Comparison"/>, and the plots beside them.</summary>
    public async Task Write(string file, string command, CancellationToken ct)
    {
        var folder = Path.GetDirectoryName(Path.GetFullPath(file))!;
        Directory.CreateDirectory(folder);
        var findings = new Findings(Machine, command, rows);
        await File.WriteAllTextAsync(Path.ChangeExtension(file, ".json"), JsonSerializer.Serialize(findings, Json) + "\n", ct);
        var plots = new List<(string Title, string File)>();
        foreach (var plot in Plots.Of(rows))
        {
            var name = $"{Path.GetFileNameWithoutExtension(file)}-{plot.Name}.svg";
            await File.WriteAllTextAsync(Path.Combine(folder, name), plot.Svg, ct);
            plots.Add((plot.Title, name));
        }
        await File.WriteAllTextAsync(file, Markdown.Of(findings, options, plots), new UTF8Encoding(false), ct);
    }

    public static async Task<Findings> Read(string file, CancellationToken ct)
    {
        await using var stream = File.OpenRead(file);
        var findings = await JsonSerializer.DeserializeAsync<Findings>(stream, Json, ct);
        return findings ?? throw new InvalidOperationException($"{file} is empty.");
    }

    // What else the machine is doing; figures taken under load are worth little but as ratios.
    public static string Load() => File.Exists("/proc/loadavg") ? File.ReadAllText("/proc/loadavg").Split(' ')[0] : "unknown";
}
