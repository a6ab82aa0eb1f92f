extern alias bench;
using System.Xml.Linq;
using bench::Tributary.Bench.Results;

namespace Tributary.Tests.Bench;

public sealed class PlotTests
{
    private static readonly XNamespace Svg = "http://www.w3.org/2000/svg";

    [Fact]
    public void A_bar_is_as_long_as_its_value_and_its_goal_is_marked()
    {
        var drawn = XDocument.Parse(BarPlot.Draw("Ratios", [new("half <&>", 0.5, 0.7), new("one", 1.0, 0.7)]));

        var bars = drawn.Descendants(Svg + "rect").Where(rect => (string?)rect.Attribute("class") is "good" or "bad").ToList();
        Assert.Equal(["bad", "good"], bars.Select(bar => bar.Attribute("class")!.Value));
        Assert.Equal(2.0, Number(bars[1], "width") / Number(bars[0], "width"), 2);
        var goals = drawn.Descendants(Svg + "line").Where(line => (string?)line.Attribute("class") == "goal")
            .Select(line => Number(line, "x1")).ToList();
        Assert.Equal(2, goals.Count);
        Assert.InRange(goals[0], Number(bars[0], "x") + Number(bars[0], "width"), Number(bars[1], "x") + Number(bars[1], "width"));
        Assert.Contains(drawn.Descendants(Svg + "text"), text => text.Value == "half <&>");
    }

    [Fact]
    public void A_curve_rises_with_its_values_and_stays_inside_the_picture()
    {
        var flat = new Curve("growth", "board", "deals", [new(1000, 1.0), new(10_000, 1.0), new(1_000_000, 1.0)]);
        var steep = new Curve("growth", "search", "deals", [new(1000, 1.0), new(10_000, 10), new(1_000_000, 1000)]);

        var drawn = XDocument.Parse(CurvePlot.Draw("Growth", "deals", "ms", [flat, steep]));

        var lines = drawn.Descendants(Svg + "polyline").Select(line => line.Attribute("points")!.Value.Split(' ').Select(Point).ToList())
            .ToList();
        Assert.All(lines[0], point => Assert.Equal(lines[0][0].Y, point.Y));
        Assert.Equal(lines[1].Select(point => point.Y).OrderDescending(), lines[1].Select(point => point.Y));
        Assert.All(lines.SelectMany(line => line), point => Assert.True(point is { X: > 0 and < 760, Y: > 0 and < 340 }));
    }

    [Fact]
    public void Pictures_follow_the_readers_light_or_dark_scheme()
    {
        Assert.Contains("@media (prefers-color-scheme: dark)", BarPlot.Draw("Ratios", [new("one", 1, 1)]), StringComparison.Ordinal);
    }

    private static (double X, double Y) Point(string text)
    {
        var parts = text.Split(',').Select(part => double.Parse(part, System.Globalization.CultureInfo.InvariantCulture)).ToList();
        return (parts[0], parts[1]);
    }

    private static double Number(XElement element, string attribute) => (double)element.Attribute(attribute)!;
}
