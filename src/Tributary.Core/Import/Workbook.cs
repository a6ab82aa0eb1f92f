using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Xml;
using Tributary.Core.Kernel;

namespace Tributary.Core.Import;

/// <summary>
/// A workbook of Excel (.xlsx, ECMA-376 transitional or strict), read row by row; only the texts that cells share are held in
/// memory. What it holds is reached through relationships, as the standard asks, since programs name the parts as they like.
/// </summary>
public sealed class Workbook : IDisposable
{
    private const int MaxColumns = 16_384;
    private const int MaxRows = 1_048_576;
    private const long MaxSharedLetters = 128L * 1024 * 1024;
    private const string Relationships = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    private const string StrictRelationships = "http://purl.oclc.org/ooxml/officeDocument/relationships";
    private const string Damaged = "The workbook is damaged, or is none; save it again as .xlsx, or as CSV.";

    private readonly ZipArchive zip;
    private readonly List<(string Name, string Part, bool IsHidden)> sheets = [];
    private readonly List<string> shared = [];
    private readonly List<WorkbookNumber> styles = [];
    private bool from1904;

    private Workbook(ZipArchive zip) => this.zip = zip;

    /// <summary>
    /// The names of the sheets, those in sight first; none when the file is no workbook. The stream must be able to seek.
    /// </summary>
    public static async Task<IReadOnlyList<string>> Sheets(Stream file, CancellationToken ct)
    {
        file.Position = 0;
        var mark = new byte[4];
        var read = await file.ReadAtLeastAsync(mark, mark.Length, throwOnEndOfStream: false, ct);
        file.Position = 0;
        // As zip files begin.
        if (read < mark.Length || mark is not [(byte)'P', (byte)'K', 3, 4]) return [];
        using var workbook = Open(file);
        return workbook.Names;
    }

    /// <summary>
    /// Writes a sheet as CSV, the first one when none is named: days as 2026-01-31, percentages with their mark, numbers so that
    /// they can be read in one way only.
    /// </summary>
    public static async Task ToCsv(Stream file, string? sheet, string path, long maxBytes, CancellationToken ct)
    {
        file.Position = 0;
        using var workbook = Open(file);
        await using var csv = new FileStream(path, FileMode.Create, FileAccess.Write);
        workbook.Write(sheet ?? workbook.Names[0], csv, maxBytes, ct);
        csv.Flush(flushToDisk: true);
    }

    private IReadOnlyList<string> Names => [.. sheets.OrderBy(sheet => sheet.IsHidden).Select(sheet => sheet.Name)];

    public void Dispose() => zip.Dispose();

    private static Workbook Open(Stream file) => Guarded(() =>
    {
        var workbook = new Workbook(new(file, ZipArchiveMode.Read, leaveOpen: true));
        try
        {
            workbook.Read();
            return workbook;
        }
        catch
        {
            workbook.Dispose();
            throw;
        }
    });

    private void Write(string sheet, Stream csv, long maxBytes, CancellationToken ct) => Guarded(() =>
    {
        if (sheets.Find(each => each.Name == sheet) is not { Part: { } part })
        {
            throw Problem.Invalid("sheet", $"The workbook has no sheet {Converted.Quote(sheet)}; it has {string.Join(", ", Names)}.");
        }
        using var writer = CsvHelper.CsvWriter.Create(csv, new() { ValidateFieldCount = false }, leaveOpen: true);
        var (width, last) = (0, 0);
        foreach (var (number, cells) in Rows(part))
        {
            ct.ThrowIfCancellationRequested();
            if (width == 0)
            {
                // Empty rows above the headings; below, empty rows stay, so that lines are the sheet's rows.
                if (cells.Count == 0) continue;
                (width, last) = (cells.Count, number - 1);
            }
            for (; last < number - 1; last++) writer.WriteRecord([""]);
            writer.WriteRecord([.. cells, .. Enumerable.Repeat("", Math.Max(0, width - cells.Count))]);
            last = number;
            if (csv.Position > maxBytes) throw Problem.TooLarge($"A sheet to import has at most {maxBytes} bytes as CSV.");
        }
        return true;
    });

    private void Read()
    {
        var book = Targets("").FirstOrDefault(target => target.Type == "officeDocument").Part ?? throw Problem.Invalid("file", Damaged);
        var parts = Targets(book).ToDictionary(target => target.Id);
        using (var xml = Part(book))
        {
            while (xml.Read())
            {
                if (xml is { NodeType: XmlNodeType.Element, LocalName: "workbookPr" })
                {
                    from1904 = xml.GetAttribute("date1904") is "1" or "true";
                }
                if (xml is not { NodeType: XmlNodeType.Element, LocalName: "sheet" }) continue;
                var id = xml.GetAttribute("id", Relationships) ?? xml.GetAttribute("id", StrictRelationships) ?? "";
                // Sheets of charts alone have no cells.
                if (parts.TryGetValue(id, out var target) && target.Type == "worksheet")
                {
                    sheets.Add((xml.GetAttribute("name") ?? "", target.Part, xml.GetAttribute("state") is "hidden" or "veryHidden"));
                }
            }
        }
        if (sheets.Count == 0) throw Problem.Invalid("file", "The workbook has no sheet with cells.");
        foreach (var (_, type, part) in parts.Values)
        {
            if (type == "sharedStrings") ReadShared(part);
            if (type == "styles") ReadStyles(part);
        }
    }

    private void ReadShared(string part)
    {
        using var xml = Part(part);
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

    private void ReadStyles(string part)
    {
        var formats = new Dictionary<int, WorkbookNumber>();
        var isCell = false;
        using var xml = Part(part);
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
    private IEnumerable<(int Number, IReadOnlyList<string> Cells)> Rows(string part)
    {
        using var xml = Part(part);
        var number = 0;
        while (xml.Read())
        {
            if (xml is not { NodeType: XmlNodeType.Element, LocalName: "row" }) continue;
            var told = Whole(xml.GetAttribute("r"));
            number = told > number ? told : number + 1;
            if (number > MaxRows) throw Problem.Invalid("file", Damaged);
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
            if (column >= MaxColumns || column < cells.Count) throw Problem.Invalid("file", Damaged);
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
                ? shared[at] : throw Problem.Invalid("file", Damaged),
            "b" => text == "1" ? "true" : "false",
            "n" when text.Length > 0 => WorkbookFormats.Text(text, style < styles.Count ? styles[style] : WorkbookNumber.Plain, from1904),
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
        return column > 0 ? column - 1 : throw Problem.Invalid("file", Damaged);
    }

    private static int Whole(string? text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
        ? number : 0;

    /// <summary>What a part, or the package itself, refers to.</summary>
    private List<(string Id, string Type, string Part)> Targets(string part)
    {
        var folder = part.LastIndexOf('/') is >= 0 and var end ? part[..(end + 1)] : "";
        var targets = new List<(string, string, string)>();
        using var xml = Part($"{folder}_rels/{part[folder.Length..]}.rels");
        while (xml.Read())
        {
            if (xml is not { NodeType: XmlNodeType.Element, LocalName: "Relationship" } || xml.GetAttribute("TargetMode") == "External")
            {
                continue;
            }
            var (type, target) = (xml.GetAttribute("Type") ?? "", xml.GetAttribute("Target") ?? "");
            if (!Uri.TryCreate(new Uri($"zip:///{folder}"), target, out var resolved)) continue;
            targets.Add(
                (xml.GetAttribute("Id") ?? "", type[(type.LastIndexOf('/') + 1)..], Uri.UnescapeDataString(resolved.AbsolutePath)
                    .TrimStart('/')));
        }
        return targets;
    }

    private XmlReader Part(string name) => XmlReader.Create(
        (zip.GetEntry(name) ?? throw Problem.Invalid("file", Damaged)).Open(),
        new() { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null, CloseInput = true });

    /// <summary>What is wrong with the bytes of the file is said as a refusal.</summary>
    private static T Guarded<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception damaged) when (damaged is InvalidDataException or XmlException or EndOfStreamException or NotSupportedException
            or ArgumentException)
        {
            throw Problem.Invalid("file", Damaged);
        }
    }
}
