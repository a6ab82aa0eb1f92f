using System.Globalization;

namespace Tributary.Bench.Results;

/// <summary>
/// Pure: lines over an axis of powers (deals, connections), from zero or, where values differ by magnitudes, in powers too.
/// </summary>
internal static class CurvePlot
{
    private static readonly double[] Steps = [1, 2, 4, 5, 8, 10];

    private const int Width = 760;
    private const int Height = 340;
    private const int Left = 64;
    private const int Right = 190;
    private const int Top = 48;
    private const int Bottom = 48;

    public static string Draw(string title, string over, string unit, IReadOnlyList<Curve> curves)
    {
        var svg = new Svg(Width, Height, title);
        var all = curves.SelectMany(curve => curve.Points).ToList();
        var (fewest, most) = (Math.Log10(all.Min(point => point.X)), Math.Log10(all.Max(point => point.X)));
        var (least, largest) = (all.Min(point => point.Y), all.Max(point => point.Y));
        var inPowers = least > 0 && largest / least > 30;
        var (floor, ceiling) = inPowers ? (Math.Floor(Math.Log10(least)), Math.Ceiling(Math.Log10(largest))) : (0, Nice(largest));

        foreach (var tick in inPowers ? Enumerable.Range((int)floor, (int)(ceiling - floor) + 1).Select(power => Math.Pow(10, power))
            : Enumerable.Range(0, 5).Select(n => ceiling * n / 4))
        {
            svg.Line(Left, Y(tick), Width - Right, Y(tick), "grid");
            svg.Text(Left - 6, Y(tick) + 4, Number(tick), "quiet", "end");
        }
        foreach (var x in all.Select(point => point.X).Distinct())
        {
            svg.Line(X(x), Top, X(x), Height - Bottom, "grid");
            svg.Text(X(x), Height - Bottom + 18, Number(x), "quiet", "middle");
        }
        svg.Text((Left + Width - Right) / 2.0, Height - 10, over, "quiet", "middle");
        svg.Text(Left, Top - 8, unit, "quiet");

        for (var n = 0; n < curves.Count; n++)
        {
            var curve = curves[n];
            svg.Path(curve.Points.Select(point => (X(point.X), Y(point.Y))), $"l{n % 6}");
            foreach (var point in curve.Points) svg.Dot(X(point.X), Y(point.Y), $"f{n % 6}",
                $"{curve.Name}: {Number(point.Y)} {unit} at {Number(point.X)}");
            svg.Rect(Width - Right + 16, Top + n * 22, 12, 12, $"f{n % 6}");
            svg.Text(Width - Right + 34, Top + n * 22 + 11, curve.Name);
        }
        return svg.ToString();

        double X(double value) => most > fewest ? Left + 12 + (Math.Log10(value) - fewest) / (most - fewest) * (Width - Left - Right - 24)
            : Left + 12;

        double Y(double value) =>
            Height - Bottom - ((inPowers ? Math.Log10(value) : value) - floor) / (ceiling - floor) * (Height - Top - Bottom);
    }

    /// <summary>The next 1, 2 or 5 of a power of ten, so that quarters of it are round.</summary>
    internal static double Nice(double value)
    {
        if (value <= 0) return 1;
        var power = Math.Pow(10, Math.Floor(Math.Log10(value)));
        return Steps.Select(step => step * power).First(step => step >= value);
    }

    private static string Number(double value) => value.ToString(value >= 1000 ? "N0" : "0.###", CultureInfo.InvariantCulture);
}
