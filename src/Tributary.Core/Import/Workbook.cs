using System.Xml;
using Tributary.Core.Kernel;

namespace Tributary.Core.Import;

/// <summary>
/// A workbook of Excel (.xlsx, ECMA-376 transitional or strict), read row by row: which sheets it has, and each of them as
/// CSV.
/// </summary>
public sealed class Workbook : IDisposable
{
    private const string Relationships = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    private const string StrictRelationships = "http://purl.oclc.org/ooxml/officeDocument/relationships";

    private readonly WorkbookPackage package;
    private readonly WorkbookCells cells = new();
    private readonly List<(string Name, string Part, bool IsHidden)> sheets = [];

    private Workbook(WorkbookPackage package) => this.package = package;

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

    public void Dispose() => package.Dispose();

    private static Workbook Open(Stream file) => Guarded(() =>
    {
        var workbook = new Workbook(new(file));
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
        using var xml = package.Part(part);
        foreach (var (number, row) in cells.Rows(xml))
        {
            ct.ThrowIfCancellationRequested();
            if (width == 0)
            {
                // Empty rows above the headings; below, empty rows stay, so that lines are the sheet's rows.
                if (row.Count == 0) continue;
                (width, last) = (row.Count, number - 1);
            }
            for (; last < number - 1; last++) writer.WriteRecord([""]);
            writer.WriteRecord([.. row, .. Enumerable.Repeat("", Math.Max(0, width - row.Count))]);
            last = number;
            if (csv.Position > maxBytes) throw Problem.TooLarge($"A sheet to import has at most {maxBytes} bytes as CSV.");
        }
        return true;
    });

    private void Read()
    {
        var book = package.Targets("").FirstOrDefault(target => target.Type == "officeDocument").Part ?? throw WorkbookPackage.Damaged();
        var parts = package.Targets(book).ToDictionary(target => target.Id);
        using (var xml = package.Part(book))
        {
            while (xml.Read())
            {
                if (xml is { NodeType: XmlNodeType.Element, LocalName: "workbookPr" })
                {
                    cells.From1904 = xml.GetAttribute("date1904") is "1" or "true";
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
            if (type is not ("sharedStrings" or "styles")) continue;
            using var xml = package.Part(part);
            if (type == "styles") cells.ReadStyles(xml);
            else cells.ReadShared(xml);
        }
    }

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
            throw WorkbookPackage.Damaged();
        }
    }
}
