using System.Globalization;

namespace Tributary.Bench.Results;

/// <summary>A picture of some rows.</summary>
internal sealed record Plot(string Name, string Title, string Svg);

/// <summary>Pure: which pictures a run makes.</summary>
internal static class Plots
{
    public static IEnumerable<Plot> Of(IReadOnlyList<Row> rows)
    {
        foreach (var backend in rows.Select(row => row.Backend).Distinct())
        {
            var bars = (from row in rows
                        where row.Backend == backend
                        from held in row.Held
                        where held is { Unit: "×", AtLeast: > 0 }
                        select new Bar(Label(row), held.Value, held.AtLeast!.Value)).ToList();
            if (bars.Count > 0) yield return new($"ratios-{backend}", $"Ratios to the floor, {backend}", BarPlot.Draw($"Requests per second, as a part of the floor's: {backend}", bars));
        }
        foreach (var group in rows.SelectMany(row => row.Curves.Select(curve => (row, curve))).GroupBy(each => (each.row.Scenario, each.row.Backend, each.curve.Over)))
        {
            var curves = group.Select(each => each.curve).GroupBy(curve => curve.Name).Select(same => new Curve(same.Key, group.Key.Over, [.. same.SelectMany(curve => curve.Points).OrderBy(point => point.X)])).ToList();
            var title = $"{group.Key.Scenario}, {group.Key.Backend}";
            yield return new($"{group.Key.Scenario}-{group.Key.Backend}", title, CurvePlot.Draw(title, group.Key.Over, group.Key.Over == "connections" ? "requests/s" : "ms (p50)", curves));
        }
    }

    private static string Label(Row row) => row.Connections is { } many ? string.Create(CultureInfo.InvariantCulture, $"{row.Scenario}, {many} connections") : row.Scenario;
}
