using System.Globalization;
using System.Net;
using System.Text;
using static System.FormattableString;

namespace Tributary.Bench.Results;

/// <summary>Writes the few shapes that plots need. Colours follow the reader's light or dark scheme.</summary>
internal sealed class Svg
{
    private const string Style = """
        <style>
        text { font: 12px system-ui, sans-serif; fill: #1f2933 } .title { font-size: 14px; font-weight: 600 } .quiet { fill: #52606d }
        .ground { fill: #ffffff } .grid { stroke: #d9dee4 } .goal { stroke: #b42318; stroke-dasharray: 4 3; stroke-width: 1.5 }
        .good { fill: #2f6fb0 } .bad { fill: #c4621d } .on { fill: #ffffff }
        .l0 { stroke: #2f6fb0 } .l1 { stroke: #c4621d } .l2 { stroke: #2d7d46 } .l3 { stroke: #8b4fb3 } .l4 { stroke: #9a6b00 } .l5 { stroke: #51606f }
        .f0 { fill: #2f6fb0 } .f1 { fill: #c4621d } .f2 { fill: #2d7d46 } .f3 { fill: #8b4fb3 } .f4 { fill: #9a6b00 } .f5 { fill: #51606f }
        @media (prefers-color-scheme: dark) {
        text { fill: #e4e9ef } .quiet { fill: #a7b2be } .ground { fill: #161b22 } .grid { stroke: #343c46 } .goal { stroke: #ff8f84 } .on { fill: #161b22 }
        .good { fill: #6aa9e6 } .bad { fill: #ef9a5a }
        .l0 { stroke: #6aa9e6 } .l1 { stroke: #ef9a5a } .l2 { stroke: #6cc58a } .l3 { stroke: #c79be4 } .l4 { stroke: #e0b64a } .l5 { stroke: #a7b2be }
        .f0 { fill: #6aa9e6 } .f1 { fill: #ef9a5a } .f2 { fill: #6cc58a } .f3 { fill: #c79be4 } .f4 { fill: #e0b64a } .f5 { fill: #a7b2be }
        }
        .line { fill: none; stroke-width: 2 }
        </style>
        """;

    private readonly StringBuilder text = new();

    public Svg(int width, int height, string title)
    {
        Add($"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" width=\"{width}\" height=\"{height}\" role=\"img\" aria-label=\"{Escaped(title)}\">");
        text.Append(Style).Append('\n');
        Add($"<rect class=\"ground\" width=\"{width}\" height=\"{height}\" rx=\"6\"/>");
        Text(16, 26, title, "title");
    }

    public void Text(double x, double y, string words, string kind = "", string anchor = "start") =>
        Add($"<text x=\"{x:0.#}\" y=\"{y:0.#}\" class=\"{kind}\" text-anchor=\"{anchor}\">{Escaped(words)}</text>");

    public void Rect(double x, double y, double width, double height, string kind) =>
        Add($"<rect class=\"{kind}\" x=\"{x:0.#}\" y=\"{y:0.#}\" width=\"{Math.Max(0, width):0.#}\" height=\"{height:0.#}\"/>");

    public void Line(double x1, double y1, double x2, double y2, string kind) =>
        Add($"<line class=\"{kind}\" x1=\"{x1:0.#}\" y1=\"{y1:0.#}\" x2=\"{x2:0.#}\" y2=\"{y2:0.#}\"/>");

    public void Path(IEnumerable<(double X, double Y)> points, string kind) =>
        Add($"<polyline class=\"line {kind}\" points=\"{string.Join(' ', points.Select(point => Invariant($"{point.X:0.#},{point.Y:0.#}")))}\"/>");

    public void Dot(double x, double y, string kind, string says) =>
        Add($"<circle class=\"{kind}\" cx=\"{x:0.#}\" cy=\"{y:0.#}\" r=\"3.5\"><title>{Escaped(says)}</title></circle>");

    public override string ToString() => text + "</svg>\n";

    private void Add(FormattableString shape) => text.Append(shape.ToString(CultureInfo.InvariantCulture)).Append('\n');

    private static string Escaped(string words) => WebUtility.HtmlEncode(words);
}
