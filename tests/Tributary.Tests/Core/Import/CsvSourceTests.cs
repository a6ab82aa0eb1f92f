using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Tributary.Core.Import;
using Tributary.Core.Kernel;
using Tributary.Tests.Support;

namespace Tributary.Tests.Core.Import;

public sealed class CsvSourceTests
{
    [Theory]
    [InlineData("a,b\n1,2\n", ',')]
    [InlineData("a;b\n1;2\n", ';')]
    [InlineData("a\tb\n1\t2\n", '\t')]
    [InlineData("a|b\r\n1|2", '|')]
    public async Task The_separator_is_found(string text, char separator)
    {
        await using var source = await Open(text);
        var rows = await All(source);

        Assert.Equal(separator, source.Separator);
        Assert.Equal(["a", "b"], source.Headers);
        Assert.Equal(["1", "2"], Assert.Single(rows).Cells);
    }

    [Theory]
    [InlineData("utf-8")]
    [InlineData("utf-16")]
    [InlineData("utf-16BE")]
    public async Task The_byte_order_mark_tells_the_encoding(string name)
    {
        var encoding = Encoding.GetEncoding(name);
        await using var source = await CsvSource.Open(
            new MemoryStream([.. encoding.GetPreamble(), .. encoding.GetBytes("größe,b\n€,2\n")]));

        Assert.Equal("größe", source.Headers[0]);
        Assert.Equal("€", (await All(source))[0].Cells[0]);
    }

    [Fact]
    public async Task A_row_knows_the_line_it_starts_on()
    {
        await using var source = await Open("a,b\n1,\"two\nlines\"\n\n,\n3,4\n");
        var rows = await All(source);

        Assert.Equal([(1L, 2L), (2L, 6L)], rows.Select(row => (row.Number, row.Line)));
        Assert.Equal("two\nlines", rows[0].Cells[1]);
    }

    [Theory]
    [InlineData("a,b\n1,2\n\"3,4\n5,6\n")]
    [InlineData("a,b\n1,2\n\"3,4\n5,\"6\"\n")]
    public async Task An_unclosed_quote_costs_its_own_line_only(string text)
    {
        await using var source = await Open(text);
        var rows = await All(source);

        Assert.Equal([null, "quote", null], rows.Select(row => row.Reason is null ? null : row.Reason.Contains("quote") ? "quote" : "?"));
        Assert.Equal([2L, 3L, 4L], rows.Select(row => row.Line));
        Assert.Equal(["\"3,4"], rows[1].Cells);
        Assert.Equal(["5", "6"], rows[2].Cells);
    }

    [Fact]
    public async Task An_unclosed_quote_does_not_swallow_a_large_file()
    {
        var text = "a,b\n\"1,2\n" + string.Concat(Enumerable.Repeat("3,4\n", 200_000));
        await using var source = await Open(text, new(RowBytes: 10_000));
        var rows = await All(source);

        Assert.Equal(200_001, rows.Count);
        Assert.NotNull(rows[0].Reason);
        Assert.All(rows.Skip(1), row => Assert.Null(row.Reason));
        Assert.Equal(200_002, rows[^1].Line);
    }

    [Theory]
    [InlineData("1,2,3", "3 cells where the header has 2")]
    [InlineData("1", "1 cells where the header has 2")]
    [InlineData("\"1\"x,2", "quote")]
    public async Task A_broken_row_is_a_row_with_a_reason(string line, string reason)
    {
        await using var source = await Open($"a,b\n{line}\n5,6\n");
        var rows = await All(source);

        Assert.Contains(reason, rows[0].Reason, StringComparison.Ordinal);
        Assert.Null(rows[1].Reason);
    }

    [Fact]
    public async Task A_quote_inside_a_cell_is_text()
    {
        await using var source = await Open("a,b\n5\" pipe,2\n");

        Assert.Equal("5\" pipe", Assert.Single(await All(source)).Cells[0]);
    }

    [Fact]
    public async Task Bytes_that_are_not_UTF_8_are_a_reason()
    {
        await using var source = await CsvSource.Open(new MemoryStream([.. "a,b\n1,M"u8, 0xFC, .. "ller\n"u8]));

        Assert.Contains("UTF-8", Assert.Single(await All(source)).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Headers_are_made_distinct()
    {
        await using var source = await Open("Name,,Name\n1,2,3\n");

        Assert.Equal(["Name", "column 2", "Name (2)"], source.Headers);
    }

    [Fact]
    public async Task An_empty_file_is_refused() => await Assert.ThrowsAsync<ProblemException>(() => Open(""));

    [Fact]
    public void Rejected_rows_read_back_as_they_were()
    {
        var letters = Gen.Elements('a', '1', ',', ';', '"', '\n', '=', '+', '-', '@', ' ', '\t', 'é');
        var cell = Gen.ListOf(letters).Select(list => RejectsWriter.Restore(string.Concat(list)));
        var rows = Gen.ArrayOf(cell.Two().Select(pair => new[] { "x" + pair.Item1, pair.Item2 }));

        Properties.ForAll(rows.ToArbitrary(), written =>
        {
            var read = RoundTrip(written).GetAwaiter().GetResult();
            return read.Count == written.Length
                && read.Zip(written).All(pair => pair.First.Reason is null && pair.First.Cells.Take(2).SequenceEqual(pair.Second));
        });
    }

    [Fact]
    public async Task A_formula_among_the_rejects_is_defused()
    {
        var stream = new MemoryStream();
        await using (var rejects = new RejectsWriter(stream, ["a"])) await rejects.Write(new(1, 2, ["=1+1", "too much"]), "bad", default);

        Assert.Equal("a,line,reason\r\n\"'=1+1\",2,bad,too much\r\n", Encoding.UTF8.GetString(stream.ToArray()));
    }

    private static async Task<List<ImportRow>> RoundTrip(string[][] rows)
    {
        var stream = new MemoryStream();
        await using (var rejects = new RejectsWriter(stream, ["a", "b"]))
        {
            foreach (var (cells, number) in rows.Select((cells, number) => (cells, number)))
                await rejects.Write(new(number, number, cells), "a reason, with a comma", default);
        }

        stream.Position = 0;
        await using var source = await CsvSource.Open(stream);
        return await All(source);
    }

    private static Task<CsvSource> Open(string text, CsvLimits? limits = null) =>
        CsvSource.Open(new MemoryStream(Encoding.UTF8.GetBytes(text)), limits);

    private static async Task<List<ImportRow>> All(CsvSource source)
    {
        var rows = new List<ImportRow>();
        await foreach (var row in source.Rows()) rows.Add(row);
        return rows;
    }
}
