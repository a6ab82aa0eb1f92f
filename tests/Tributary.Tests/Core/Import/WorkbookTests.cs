using System.IO.Compression;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Tributary.Core.Import;
using Tributary.Core.Kernel;

namespace Tributary.Tests.Core.Import;

/// <summary>
/// Excel workbooks as ECMA-376 part 1 describes them: 18.3 sheets, 18.4 shared texts, 18.8.30 number formats, 18.17.4 days.
/// </summary>
public sealed class WorkbookTests
{
    private const string Main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    private const string Office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("""<c r="A1"><v>1234.5</v></c>""", "1234.5")]
    [InlineData("""<c r="A1"><v>1.234</v></c>""", "1.2340")] // "1.234" could be a thousand and more
    [InlineData("""<c r="A1"><v>0.30000000000000004</v></c>""", "0.3")] // Excel shows 15 digits
    [InlineData("""<c r="A1"><v>1E+3</v></c>""", "1000")]
    [InlineData("""<c r="A1" s="1"><v>46053</v></c>""", "2026-01-31")] // format 14
    [InlineData("""<c r="A1" s="2"><v>46053.75</v></c>""", "2026-01-31 18:00:00")] // format 22
    [InlineData("""<c r="A1" s="3"><v>46053</v></c>""", "2026-01-31")] // dd"."mm"."yyyy
    [InlineData("""<c r="A1" s="1"><v>59</v></c>""", "1900-02-28")]
    [InlineData("""<c r="A1" s="1"><v>61</v></c>""", "1900-03-01")] // day 60 never was
    [InlineData("""<c r="A1" s="4"><v>0.25</v></c>""", "25%")]
    [InlineData("""<c r="A1" s="5"><v>1500</v></c>""", "1500")] // [Red]"dollars" #,##0: letters of a colour and a word
    [InlineData("""<c r="A1" s="6"><v>0.5</v></c>""", "12:00:00")] // [h]:mm
    [InlineData("""<c r="A1" t="b"><v>1</v></c>""", "true")]
    [InlineData("""<c r="A1" t="e"><v>#N/A</v></c>""", "#N/A")]
    [InlineData("""<c r="A1" t="s"><v>1</v></c>""", "Rich text")]
    [InlineData("""<c r="A1" t="s"><v>2</v></c>""", "東京")] // without how it is pronounced
    [InlineData("""<c r="A1" t="str"><f>1+1</f><v>by formula</v></c>""", "by formula")]
    [InlineData("""<c r="A1" t="inlineStr"><is><t xml:space="preserve"> in place </t></is></c>""", " in place ")]
    [InlineData("""<c t="d"><v>2026-01-31</v></c>""", "2026-01-31")] // without a reference, next to the one before
    public async Task A_cell_says_what_it_shows(string cell, string text)
    {
        using var file =
            Book($"""<row r="1"><c r="A1" t="inlineStr"><is><t>Head</t></is></c></row><row r="2">{cell.Replace("A1", "A2", StringComparison.Ordinal)}</row>""");

        Assert.Equal([text], (await Rows(file)).Single().Cells);
    }

    [Fact]
    public async Task Days_of_the_1904_calendar_are_read_as_they_are_meant()
    {
        using var file = Book("""<row><c t="s"><v>0</v></c></row><row><c s="1"><v>44591</v></c></row>""",
            properties: """<workbookPr date1904="1"/>""");

        Assert.Equal(["2026-01-31"], (await Rows(file)).Single().Cells);
    }

    [Fact]
    public async Task Cells_keep_their_columns_and_rows_their_numbers()
    {
        using var file = Book("""
            <row r="2"><c r="A2" t="s"><v>0</v></c><c r="B2" t="s"><v>1</v></c><c r="C2" t="s"><v>0</v></c></row>
            <row r="3"><c r="C3"><v>3</v></c></row>
            <row r="6"><c r="A6"><v>6</v></c><c r="D6"/></row>
            """);

        var rows = await Rows(file);

        Assert.Equal([["", "", "3"], ["6", "", ""]], rows.Select(row => row.Cells));
        Assert.Equal([2, 5], rows.Select(row => row.Line)); // the headings stand in line 1
    }

    [Fact]
    public async Task The_first_sheet_in_sight_is_read_unless_one_is_named()
    {
        using var file = Book("""<row><c t="s"><v>0</v></c></row><row><c><v>1</v></c></row>""",
            hidden: """<row><c t="s"><v>1</v></c></row><row><c><v>2</v></c></row>""");

        Assert.Equal(["Deals", "Past & gone"], await Workbook.Sheets(file, Ct));
        Assert.Equal(["1"], (await Rows(file)).Single().Cells);
        Assert.Equal(["2"], (await Rows(file, "Past & gone")).Single().Cells);
        var refused = await Assert.ThrowsAsync<ProblemException>(() => Rows(file, "2024"));
        Assert.Contains("Deals, Past & gone", refused.Problem.Fields.Single().Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_no_workbook_has_no_sheets_and_a_zip_of_something_else_is_refused()
    {
        using var csv = new MemoryStream("a,b"u8.ToArray());
        using var zip = new MemoryStream();
        using (var archive = new ZipArchive(zip, ZipArchiveMode.Create, leaveOpen: true)) archive.CreateEntry("readme.txt");
        zip.Position = 0;

        Assert.Empty(await Workbook.Sheets(csv, Ct));
        await Assert.ThrowsAsync<ProblemException>(() => Workbook.Sheets(zip, Ct));
    }

    [Fact]
    public void A_damaged_workbook_is_refused_and_never_breaks_the_reader()
    {
        var whole = Book("""<row r="1"><c r="A1" t="s"><v>0</v></c></row><row r="2"><c r="A2" s="1"><v>46053</v></c></row>""",
            compression: CompressionLevel.NoCompression).ToArray();

        Prop.ForAll(Gen.Choose(0, whole.Length - 1).Two().ToArbitrary(), Gen.Choose(0, 255).ToArbitrary(), (places, value) =>
        {
            var bytes = (byte[])whole.Clone();
            bytes[places.Item1] = (byte)value;
            bytes[places.Item2] ^= (byte)(value | 1);
            using var damaged = new MemoryStream(bytes);
            try
            {
                Rows(damaged).GetAwaiter().GetResult();
            }
            catch (ProblemException refused)
            {
                Assert.Equal(ProblemCode.Invalid, refused.Problem.Code);
            }
        }).QuickCheckThrowOnFailure();
    }

    private static async Task<List<ImportRow>> Rows(Stream file, string? sheet = null)
    {
        var path = Path.GetTempFileName();
        try
        {
            if ((await Workbook.Sheets(file, Ct)).Count == 0) return [];
            await Workbook.ToCsv(file, sheet, path, long.MaxValue, Ct);
            await using var source = await CsvSource.Open(File.OpenRead(path), ct: Ct);
            return await source.Rows(Ct).ToListAsync(Ct);
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static MemoryStream Book(string rows, string? hidden = null, string properties = "",
        CompressionLevel compression = CompressionLevel.Fastest)
    {
        var file = new MemoryStream();
        using (var zip = new ZipArchive(file, ZipArchiveMode.Create, leaveOpen: true))
        {
            Part("_rels/.rels", Links(("rId1", "officeDocument", "/office/book.xml")));
            Part("office/_rels/book.xml.rels",
                Links(("rId1", "worksheet", "sheets/one.xml"), ("rId2", "worksheet", "sheets/two.xml"),
                    ("rId3", "sharedStrings", "texts.xml"), ("rId4", "styles", "styles.xml")));
            var second = hidden is null ? "" : """<sheet name="Past &amp; gone" sheetId="1" state="hidden" r:id="rId2"/>""";
            Part("office/book.xml",
                $"""<workbook xmlns="{Main}" xmlns:r="{Office}">{properties}<sheets>{second}<sheet name="Deals" sheetId="2" r:id="rId1"/></sheets></workbook>""");
            Part("office/sheets/one.xml", Sheet(rows));
            Part("office/sheets/two.xml", Sheet(hidden ?? ""));
            Part("office/texts.xml",
                $"""<sst xmlns="{Main}"><si><t>Head</t></si><si><r><t>Rich </t></r><r><rPr><b/></rPr><t>text</t></r></si><si><t>東京</t><rPh sb="0" eb="2"><t>とうきょう</t></rPh></si></sst>""");
            Part("office/styles.xml", $"""
                <styleSheet xmlns="{Main}"><numFmts count="3"><numFmt numFmtId="164" formatCode="dd&quot;.&quot;mm&quot;.&quot;yyyy"/><numFmt numFmtId="165" formatCode="[Red]&quot;dollars&quot; #,##0"/><numFmt numFmtId="166" formatCode="[h]:mm"/></numFmts>
                <cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="22"/><xf numFmtId="164"/><xf numFmtId="9"/><xf numFmtId="165"/><xf numFmtId="166"/></cellXfs></styleSheet>
                """);

            void Part(string path, string xml)
            {
                using var part = zip.CreateEntry(path, compression).Open();
                part.Write(Encoding.UTF8.GetBytes(xml));
            }
        }
        file.Position = 0;
        return file;
    }

    private static string Sheet(string rows) => $"""<worksheet xmlns="{Main}"><sheetData>{rows}</sheetData></worksheet>""";

    private static string Links(params (string Id, string Type, string Target)[] links) =>
        $"""<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{string.Concat(links.Select(link => $"""<Relationship Id="{link.Id}" Type="{Office}/{link.Type}" Target="{link.Target}"/>"""))}</Relationships>""";
}
