using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Text.Json;
using System.Xml;

namespace Tributary.Server.Api.Tables;

/// <summary>
/// A workbook of one sheet (ECMA-376), with numbers as numbers, days as days and the headings kept in sight. It is made in a
/// temporary file, because a zip is written synchronously and answers are not.
/// </summary>
internal static class XlsxTable
{
    private const string Main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    private const int DayStyle = 1;
    private const int InstantStyle = 2;
    private const int HeadingStyle = 3;

    // Day 1 is 1900-01-01, and a day that never was, 1900-02-29, is counted too: so all that is newer counts from here.
    private static readonly DateTimeOffset Epoch = new(1899, 12, 30, 0, 0, 0, TimeSpan.Zero);

    private static readonly (string Path, string Xml)[] Fixed =
    [
        ("[Content_Types].xml",
            """<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>"""),
        ("_rels/.rels",
            """<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>"""),
        ("xl/_rels/workbook.xml.rels",
            """<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles" Target="styles.xml"/></Relationships>"""),
        ("xl/styles.xml",
            $"""<styleSheet xmlns="{Main}"><fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="4"><xf/><xf numFmtId="14" applyNumberFormat="1"/><xf numFmtId="22" applyNumberFormat="1"/><xf fontId="1" applyFont="1"/></cellXfs></styleSheet>"""),
    ];

    /// <param name="name">A word of ours, such as "Deals", so nothing in it needs to be escaped.</param>
    private static string Workbook(string name) =>
        $"""<workbook xmlns="{Main}" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="{name}" sheetId="1" r:id="rId1"/></sheets></workbook>""";

    public static async Task Write(Stream output, Table table, CancellationToken ct)
    {
        await using var file = new FileStream(Path.Combine(Path.GetTempPath(), Path.GetRandomFileName()), FileMode.CreateNew,
            FileAccess.ReadWrite, FileShare.None, 65_536, FileOptions.DeleteOnClose);
        using (var zip = new ZipArchive(file, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (path, xml) in Fixed.Append(("xl/workbook.xml", Workbook(table.Name))))
            {
                using var part = new StreamWriter(zip.CreateEntry(path).Open(), new UTF8Encoding(false));
                part.Write(xml);
            }
            using var sheet = XmlWriter.Create(zip.CreateEntry("xl/worksheets/sheet1.xml", CompressionLevel.Fastest).Open(),
                new() { CloseOutput = true });
            await Sheet(sheet, table, ct);
        }
        file.Position = 0;
        await file.CopyToAsync(output, ct);
    }

    private static async Task Sheet(XmlWriter xml, Table table, CancellationToken ct)
    {
        xml.WriteStartElement("worksheet", Main);
        xml.WriteRaw(
            "<sheetViews><sheetView workbookViewId=\"0\"><pane ySplit=\"1\" topLeftCell=\"A2\" activePane=\"bottomLeft\" state=\"frozen\"/></sheetView></sheetViews>");
        xml.WriteStartElement("sheetData", Main);
        xml.WriteStartElement("row", Main);
        foreach (var column in table.Columns) Text(xml, column.Heading, HeadingStyle);
        xml.WriteEndElement();
        await foreach (var row in table.Rows.WithCancellation(ct))
        {
            xml.WriteStartElement("row", Main);
            for (var at = 0; at < row.Count; at++) Cell(xml, table.Columns[at], row[at]);
            xml.WriteEndElement();
        }
        xml.WriteEndElement();
        xml.WriteEndElement();
    }

    private static void Cell(XmlWriter xml, TableColumn column, JsonElement? given)
    {
        if (given is not { } value)
        {
            xml.WriteElementString("c", Main, null);
            return;
        }
        if (value.ValueKind is JsonValueKind.Number) Number(xml, value.GetRawText());
        else if (column.IsDay && DateOnly.TryParseExact(TableColumn.Text(value), "yyyy-MM-dd", out var day))
            Number(xml, Serial(new(day, TimeOnly.MinValue, TimeSpan.Zero)), DayStyle);
        else if (column.IsInstant && value.TryGetDateTimeOffset(out var at)) Number(xml, Serial(at), InstantStyle);
        else Text(xml, TableColumn.Text(value));
    }

    private static string Serial(DateTimeOffset at) => (at - Epoch).TotalDays.ToString("0.######", CultureInfo.InvariantCulture);

    private static void Number(XmlWriter xml, string number, int style = 0)
    {
        xml.WriteStartElement("c", Main);
        if (style > 0) xml.WriteAttributeString("s", style.ToString(CultureInfo.InvariantCulture));
        xml.WriteElementString("v", Main, number);
        xml.WriteEndElement();
    }

    private static void Text(XmlWriter xml, string text, int style = 0)
    {
        xml.WriteStartElement("c", Main);
        xml.WriteAttributeString("t", "inlineStr");
        if (style > 0) xml.WriteAttributeString("s", style.ToString(CultureInfo.InvariantCulture));
        xml.WriteStartElement("is", Main);
        // XML has no way to write most control characters.
        xml.WriteElementString("t", Main, string.Concat(text.Where(letter => XmlConvert.IsXmlChar(letter) || char.IsSurrogate(letter))));
        xml.WriteEndElement();
        xml.WriteEndElement();
    }
}
