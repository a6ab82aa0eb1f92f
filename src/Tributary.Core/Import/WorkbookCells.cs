using System.Globalization;
using System.Text;
using System.Xml;
using Tributary.Core.Kernel;

namespace Tributary.Core.Import;

/// <summary>
/// The cells of a workbook's sheets as texts (ECMA-376 part 1, 18.3 and 18.4), row by row, and what all of them refer to: shared texts, and
/// formats of numbers. Only these are held in memory.
/// </summary>
internal sealed class WorkbookCells
{
    private const int MaxColumns = 16_384;
    private const int MaxRows = 1_048_576;
    private const long MaxSharedLetters = 128L * 1024 * 1024;

    private readonly List<string> shared = [];
    private readonly List<WorkbookNumber> styles = [];

    /// <summary>Whether days are counted from 1904, as old Macintosh files do.</summary>
    public bool From1904 { private get; set; }

    public void ReadShared(XmlReader xml)
    {
        var letters = 0L;
        while (xml.Read())
        {
            if (xml is not { NodeType: XmlNodeType.Element, LocalName: "si" }) continue;
            shared.Add(Texts(xml));
            if ((letters += shared[^1].Length) > MaxSharedLetters)
            {
                throw Problem.TooLarge("The workbook holds too many different texts; save the sheet as CSV.");
            }
        }
    }

    public void ReadStyles(XmlReader xml)
    {
        var formats = new Dictionary<int, WorkbookNumber>();
        var isCell = false;
        while (xml.Read())
        {
            if (xml.LocalName == "cellXfs") isCell = xml.NodeType is XmlNodeType.Element;
            if (xml.NodeType is not XmlNodeType.Element) continue;
            if (xml.LocalName == "numFmt")
            {
                formats[Whole(xml.GetAttribute("numFmtId"))] = WorkbookFormats.Of(xml.GetAttribute("formatCode") ?? "");
            }
            if (xml.LocalName != "xf" || !isCell) continue;
            var id = Whole(xml.GetAttribute("numFmtId"));
            styles.Add(formats.TryGetValue(id, out var told) ? told : WorkbookFormats.Known(id));
        }
    }

    /// <summary>Rows that have cells, with their number, without the empty cells at their end.</summary>
    public IEnumerable<(int Number, IReadOnlyList<string> Cells)> Rows(XmlReader xml)
    {
        var number = 0;
        while (xml.Read())
        {
            if (xml is not { NodeType: XmlNodeType.Element, LocalName: "row" }) continue;
            var told = Whole(xml.GetAttribute("r"));
            number = told > number ? told : number + 1;
            if (number > MaxRows) throw WorkbookPackage.Damaged();
            var cells = new List<string>();
            if (!xml.IsEmptyElement) Row(xml, cells);
            while (cells.Count > 0 && cells[^1].Length == 0) cells.RemoveAt(cells.Count - 1);
            yield return (number, cells);
        }
    }

    private void Row(XmlReader xml, List<string> cells)
    {
        while (xml.Read() && xml is not { NodeType: XmlNodeType.EndElement, LocalName: "row" })
        {
            if (xml is not { NodeType: XmlNodeType.Element, LocalName: "c" }) continue;
            var column = xml.GetAttribute("r") is { } place ? Column(place) : cells.Count;
            if (column >= MaxColumns || column < cells.Count) throw WorkbookPackage.Damaged();
            while (cells.Count < column) cells.Add("");
            cells.Add(Cell(xml));
        }
    }

    private string Cell(XmlReader xml)
    {
        var (type, style) = (xml.GetAttribute("t") ?? "n", Whole(xml.GetAttribute("s")));
        if (xml.IsEmptyElement) return "";
        var text = "";
        while (xml.Read() && xml is not { NodeType: XmlNodeType.EndElement, LocalName: "c" })
        {
            if (xml is { NodeType: XmlNodeType.Element, LocalName: "is" }) text = Texts(xml);
            else if (xml is { NodeType: XmlNodeType.Element, LocalName: "v", IsEmptyElement: false }) text = Content(xml);
        }
        return type switch
        {
            "s" => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var at) && at < shared.Count
                ? shared[at] : throw WorkbookPackage.Damaged(),
            "b" => text == "1" ? "true" : "false",
            "n" when text.Length > 0 => WorkbookFormats.Text(text, style < styles.Count ? styles[style] : WorkbookNumber.Plain, From1904),
            "str" => XmlConvert.DecodeName(text),
            // Texts in place, errors as "#N/A", days in ISO 8601.
            _ => text,
        };
    }

    /// <summary>The runs of a text together; how its characters are pronounced (rPh) is not part of it.</summary>
    private static string Texts(XmlReader xml)
    {
        if (xml.IsEmptyElement) return "";
        var (text, depth, isAside) = (new StringBuilder(), xml.Depth, false);
        while (xml.Read() && xml.Depth > depth)
        {
            if (xml.LocalName == "rPh") isAside = xml is { NodeType: XmlNodeType.Element, IsEmptyElement: false };
            else if (!isAside && xml is { NodeType: XmlNodeType.Element, LocalName: "t", IsEmptyElement: false }) text.Append(Content(xml));
        }
        // What XML cannot write stands as _x000D_.
        return XmlConvert.DecodeName(text.ToString())!;
    }

    private static string Content(XmlReader xml)
    {
        var (text, depth) = ("", xml.Depth);
        while (xml.Read() && xml.Depth > depth) text += xml.Value;
        return text;
    }

    private static int Column(string place)
    {
        var column = 0;
        foreach (var letter in place)
        {
            if (!char.IsAsciiLetterUpper(letter)) break;
            column = column * 26 + letter - 'A' + 1;
            if (column > MaxColumns) break;
        }
        return column > 0 ? column - 1 : throw WorkbookPackage.Damaged();
    }

    private static int Whole(string? text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
        ? number : 0;
}
