using System.Globalization;
using System.Text;

namespace Tributary.Bench.Results;

/// <summary>Pure: findings as a page. Goals first, then what each side did, then whatever else was said.</summary>
internal static class Markdown
{
    public static string Of(Findings findings, BenchOptions options, IReadOnlyList<(string Title, string File)> plots)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture,
            $"Made by `{findings.Command}`; do not edit.\n\n{findings.Machine}.\nRounds of {options.Seconds} s × {options.Rounds}, in turns; the median counts.\n");
        Goals(text, findings.Rows);
        foreach (var (title, file) in plots) text.Append(CultureInfo.InvariantCulture, $"\n![{title}]({file})\n");
        Sides(text, findings.Rows);
        Notes(text, findings.Rows);
        return text.ToString();
    }

    private static void Goals(StringBuilder text, IReadOnlyList<Row> rows)
    {
        if (!rows.Any(row => row.Held.Count > 0)) return;
        text.Append("\n## Goals\n\n| work | backend | deals | connections | must reach | found | holds |\n|---|---|---|---|---|---|---|\n");
        foreach (var row in rows)
        {
            foreach (var held in row.Held)
            {
                text.Append(CultureInfo.InvariantCulture,
                    $"| {held.Name} | {row.Backend} | {row.Deals:N0} | {row.Connections} | {Bound(held)} | {Number(held.Value)} {held.Unit} | {(held.Holds ? "yes" : "**no**")} |\n");
            }
        }
    }

    private static void Sides(StringBuilder text, IReadOnlyList<Row> rows)
    {
        if (!rows.Any(row => row.Sides.Count > 0)) return;
        text.Append(
            "\n## Sides\n\nProcessor, memory and allocations are those of the process that answers; on PostgreSQL the database's own are not in them.\n\n");
        text.Append(
            "| scenario | backend | deals | connections | side | requests/s | p50 ms | p99 ms | CPU s / 1,000 | peak MiB | allocated / request |\n|---|---|---|---|---|---|---|---|---|---|---|\n");
        foreach (var row in rows)
        {
            foreach (var side in row.Sides)
            {
                text.Append(CultureInfo.InvariantCulture,
                    $"| {row.Scenario} | {row.Backend} | {row.Deals:N0} | {row.Connections} | {side.Name} | {side.PerSecond:N0} | {side.P50:0.00} | {side.P99:0.00} | ");
                text.Append(CultureInfo.InvariantCulture,
                    $"{side.Cost?.CpuSecondsPerThousand:0.000} | {side.Cost?.PeakMiB:0} | {side.Cost?.AllocatedPerRequest:N0} |\n");
            }
        }
    }

    private static void Notes(StringBuilder text, IReadOnlyList<Row> rows)
    {
        text.Append("\n## Said\n\n| scenario | backend | figure | note |\n|---|---|---|---|\n");
        foreach (var row in rows) text.Append(CultureInfo.InvariantCulture,
            $"| {row.Scenario} | {row.Backend} | {Cell(row.Figure)} | {Cell(row.Note)} |\n");
    }

    public static string Bound(Held held) => held switch
    {
        { AtLeast: { } least } => $"≥ {Number(least)} {held.Unit}",
        { AtMost: { } most } => $"≤ {Number(most)} {held.Unit}",
        _ => "",
    };

    private static string Number(double value) =>
        value.ToString(Math.Abs(value) >= 100 ? "N0" : Math.Abs(value) >= 10 ? "0.0" : "0.00", CultureInfo.InvariantCulture);

    private static string Cell(string text) => text.ReplaceLineEndings(" ").Replace("|", "\\|", StringComparison.Ordinal);
}
