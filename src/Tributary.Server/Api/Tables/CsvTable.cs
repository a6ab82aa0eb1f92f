using System.Buffers;
using System.Text;
using System.Text.Json;

namespace Tributary.Server.Api.Tables;

/// <summary>CSV as spreadsheets read it: UTF-8 with its mark, commas, CRLF (RFC 4180).</summary>
internal static class CsvTable
{
    private static readonly SearchValues<char> Quoted = SearchValues.Create(",\"\r\n");

    public static async Task Write(Stream output, Table table, CancellationToken ct)
    {
        await using var text = new StreamWriter(output, new UTF8Encoding(encoderShouldEmitUTF8Identifier: true), 32_768, leaveOpen: true);
        var line = new StringBuilder();
        await Line(table.Columns.Select(column => Cell(column.Heading)));
        await foreach (var row in table.Rows.WithCancellation(ct)) await Line(row.Select(value => value is { } known ? Cell(known) : ""));

        async Task Line(IEnumerable<string> cells)
        {
            line.Clear().AppendJoin(',', cells).Append("\r\n");
            await text.WriteAsync(line, ct);
        }
    }

    private static string Cell(JsonElement value) =>
        value.ValueKind is JsonValueKind.String or JsonValueKind.Array ? Cell(TableColumn.Text(value)) : TableColumn.Text(value);

    // A text that begins like a formula would be run by the spreadsheet that opens it (OWASP, CSV injection).
    private static string Cell(string text)
    {
        if (text is ['=' or '+' or '-' or '@' or '\t' or '\r', ..]) text = "'" + text;
        return text.AsSpan().ContainsAny(Quoted) ? $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : text;
    }
}
