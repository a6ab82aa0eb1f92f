using System.Globalization;

namespace Tributary.Bench.Results;

internal readonly record struct Bar(string Label, double Value, double Goal);

/// <summary>Pure: a bar for each ratio, a mark where its goal is, the colour saying whether it got there.</summary>
internal static class BarPlot
{
    private const int Width = 760;
    private const int Left = 230;
    private const int Row = 24;
    private const int Top = 44;

    public static string Draw(string title, IReadOnlyList<Bar> bars)
    {
        var most = Math.Max(1.0, bars.Max(bar => Math.Max(bar.Value, bar.Goal))) * 1.05;
        var height = Top + bars.Count * Row + 30;
        var svg = new Svg(Width, height, title);
        for (var tick = 0.0; tick <= most; tick += most > 4 ? 1 : 0.25)
        {
            svg.Line(X(tick), Top - 4, X(tick), height - 26, "grid");
            svg.Text(X(tick), height - 10, tick.ToString("0.##", CultureInfo.InvariantCulture), "quiet", "middle");
        }
        for (var n = 0; n < bars.Count; n++)
        {
            var (y, bar) = (Top + n * Row, bars[n]);
            svg.Text(Left - 8, y + 14, bar.Label, anchor: "end");
            svg.Rect(Left, y + 3, X(bar.Value) - Left, Row - 8, bar.Value >= bar.Goal ? "good" : "bad");
            svg.Line(X(bar.Goal), y, X(bar.Goal), y + Row - 2, "goal");
            var inside = X(bar.Value) > Width - 60;
            svg.Text(X(bar.Value) + (inside ? -5 : 5), y + 15, bar.Value.ToString("0.00", CultureInfo.InvariantCulture), inside ? "on" : "",
                inside ? "end" : "start");
        }
        return svg.ToString();

        double X(double value) => Left + value / most * (Width - Left - 20);
    }
}
