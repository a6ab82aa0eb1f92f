using static System.FormattableString;


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
            if (bars.Count > 0) yield return new($"ratios-{backend}", $"Ratios to the floor, {backend}",
                BarPlot.Draw($"Requests per second, as a part of the floor's: {backend}", bars));
        }
        foreach (var plot in rows.SelectMany(row => row.Curves.Select(curve => (row.Backend, Curve: curve)))
            .GroupBy(each => (each.Backend, each.Curve.Plot, each.Curve.Over)))
        {
            var curves = plot.GroupBy(each => each.Curve.Name)
                .Select(same => new Curve(plot.Key.Plot, same.Key, plot.Key.Over,
                    [.. same.SelectMany(each => each.Curve.Points).OrderBy(point => point.X)])).ToList();
            var (title, unit) = plot.Key.Over == "connections" ? ("GET one deal", "requests/s") : ("As deals grow", "ms, p50");
            yield return new($"{plot.Key.Plot}-{plot.Key.Backend}", $"{title}, {plot.Key.Backend}",
                CurvePlot.Draw($"{title}: {plot.Key.Backend}", plot.Key.Over, unit, curves));
        }
    }

    private static string Label(Row row) => row.Connections is { } many ? Invariant($"{row.Scenario}, {many} connections") : row.Scenario;
}
