using CsvHelper;

namespace Tributary.Core.Import;

/// <summary>
/// Writes rejected rows as they were, with their line and reason behind, so that the file can be mended and imported again. Cells
/// that a spreadsheet would run as formulas get an apostrophe in front, which <see cref="CsvSource"/> takes away when it reads them.
/// </summary>
public sealed class RejectsWriter : IAsyncDisposable
{
    private readonly CsvWriter writer;
    private readonly int columns;

    /// <summary>Writes the names of the columns first, unless the stream already has rows.</summary>
    public RejectsWriter(Stream stream, IReadOnlyList<string> headers)
    {
        columns = headers.Count;
        writer = CsvWriter.Create(stream, new() { Injection = CsvInjection.Escape, ValidateFieldCount = false }, leaveOpen: true);
        if (!stream.CanSeek || stream.Position == 0) writer.WriteRecord([.. headers, "line", "reason"]);
    }

    public long Count { get; private set; }

    /// <summary>A row that is too short is filled up; what a row has too much stands behind the reason, under no header.</summary>
    public async Task Write(ImportRow row, string reason, CancellationToken ct)
    {
        var cells = row.Cells.Concat(Enumerable.Repeat("", Math.Max(0, columns - row.Cells.Count))).ToList();
        var line = row.Line.ToString(System.Globalization.CultureInfo.InvariantCulture);
        await writer.WriteRecordAsync([.. cells[..columns], line, reason, .. cells[columns..]], ct);
        Count++;
    }

    public async ValueTask DisposeAsync() => await writer.DisposeAsync();

    internal static string Restore(string cell) =>
        cell.Length > 1 && cell[0] == '\'' && cell[1] is '=' or '+' or '-' or '@' or '\t' or '\r' ? cell[1..] : cell;
}
