using System.Runtime.CompilerServices;
using CsvHelper;
using Tributary.Core.Kernel;

namespace Tributary.Core.Import;

/// <summary>
/// A row of a file: its place among the rows, the line it starts on, its cells, and why it cannot be used when it cannot.
/// </summary>
public sealed record ImportRow(long Number, long Line, IReadOnlyList<string> Cells, string? Reason = null);

/// <summary>How much a row may hold; what exceeds it is a reject, so that a hostile file cannot fill the memory.</summary>
public sealed record CsvLimits(int RowBytes = 1_000_000, int Columns = 1_000, int Restarts = 1_000);

/// <summary>
/// Reads a file of separated values row by row in flat memory. The byte order mark tells the encoding (UTF-8 without one), the first
/// lines the separator. A broken row is a row with a reason, never an exception: a quote that is not closed costs its own line only.
/// </summary>
public sealed class CsvSource : IAsyncDisposable
{
    private readonly Stream stream;
    private readonly CsvLimits limits;
    private readonly bool isUtf8;
    private CsvReader reader;
    private CsvMalformedRecord? malformed;
    private long lineBase;
    private long byteBase;

    private CsvSource(Stream stream, CsvLimits limits, bool isUtf8)
    {
        this.stream = stream;
        this.limits = limits;
        this.isUtf8 = isUtf8;
        reader = Reader(separator: null);
    }

    /// <summary>The column names, made distinct: an empty one is "column 3", a second "Name" is "Name (2)".</summary>
    public IReadOnlyList<string> Headers { get; private set; } = [];

    public char Separator => reader.Separator;

    /// <summary>How far the file has been read, from 0 to 1.</summary>
    public double Progress => stream.Length == 0 ? 1 : Math.Min(1, (double)stream.Position / stream.Length);

    /// <summary>Opens a stream that can seek, and closes it in the end.</summary>
    public static async Task<CsvSource> Open(Stream stream, CsvLimits? limits = null, CancellationToken ct = default)
    {
        if (!stream.CanSeek) throw new ArgumentException("The stream must be able to seek.", nameof(stream));

        var mark = new byte[2];
        var read = await stream.ReadAtLeastAsync(mark, 2, throwOnEndOfStream: false, ct);
        stream.Position = 0;
        var isUtf16 = read == 2 && mark is [0xFF, 0xFE] or [0xFE, 0xFF];
        var source = new CsvSource(stream, limits ?? new(), isUtf8: !isUtf16);
        try
        {
            await source.reader.ReadHeaderAsync(ct);
            source.Headers = Distinct(source.reader.Headers);
        }
        catch (CsvFormatException)
        {
            throw Problem.TooLarge($"The header row is longer than {source.limits.RowBytes} bytes.");
        }

        if (source.Headers.Count == 0) throw Problem.Invalid("file", "The file is empty; its first row must name the columns.");
        if (source.Headers.Count > source.limits.Columns)
            throw Problem.Invalid("file", $"The file has more than {source.limits.Columns} columns.");
        return source;
    }

    public async IAsyncEnumerable<ImportRow> Rows([EnumeratorCancellation] CancellationToken ct = default)
    {
        var number = 0L;
        var restarts = 0;
        while (true)
        {
            malformed = null;
            bool found;
            long brokenLine = 0, brokenByte = 0;
            string? broken = null;
            try
            {
                found = await reader.ReadAsync(ct);
            }
            catch (CsvFormatException e)
            {
                found = true;
                broken = $"The row is longer than {limits.RowBytes} bytes; a quote is probably not closed.";
                (brokenLine, brokenByte) = (e.LineNumber, e.ByteOffset);
            }

            if (!found) yield break;
            number++;
            if (broken is null)
            {
                var row = Row(number);
                var swallowedLines = malformed is { Reason: not CsvMalformedReason.StrayQuote } bad
                    && bad.RawRecord.AsSpan().TrimEnd("\r\n").ContainsAny('\r', '\n');
                if (!swallowedLines)
                {
                    if (row is not null) yield return row;
                    else number--;
                    continue;
                }

                broken = row?.Reason ?? Unclosed;
                (brokenLine, brokenByte) = (reader.LineNumber, reader.ByteOffset);
            }

            var line = lineBase + brokenLine;
            if (!isUtf8 || restarts++ >= limits.Restarts)
            {
                yield return new(number, line, [], $"{broken} The file was not read beyond this line.");
                yield break;
            }

            var text = await Restart(brokenLine, brokenByte, ct);
            yield return new(number, line, [text], broken);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await reader.DisposeAsync();
        await stream.DisposeAsync();
    }

    private const string Unclosed = "A quote in this row is not closed, or is followed by text.";

    /// <summary>The current record, or null when all its cells are empty: spreadsheets export such rows below their tables.</summary>
    private ImportRow? Row(long number)
    {
        var cells = reader.Current.ToArray();
        if (Array.TrueForAll(cells, string.IsNullOrWhiteSpace)) return null;
        for (var at = 0; at < cells.Length; at++) cells[at] = RejectsWriter.Restore(cells[at]);
        return new(number, lineBase + reader.LineNumber, cells, Objection(cells));
    }

    private string? Objection(string[] cells)
    {
        if (malformed is { Reason: not CsvMalformedReason.StrayQuote }) return Unclosed;
        if (cells.Length != Headers.Count) return $"The row has {cells.Length} cells where the header has {Headers.Count}.";
        if (Array.Exists(cells, cell => cell.Contains('\uFFFD'))) return "The row is not UTF-8; save the file as UTF-8.";
        return Array.Exists(cells, cell => cell.Contains('\0')) ? "The row holds a zero byte." : null;
    }

    /// <summary>Gives up the record that starts at that byte, returns its first line, and reads on from the second.</summary>
    private async Task<string> Restart(long line, long offset, CancellationToken ct)
    {
        var separator = reader.Separator;
        await reader.DisposeAsync();
        stream.Position = byteBase + offset;
        var text = new List<byte>();
        var one = new byte[4096];
        var ended = false;
        while (!ended)
        {
            var start = stream.Position;
            var count = await stream.ReadAsync(one, ct);
            if (count == 0) break;
            var end = one.AsSpan(0, count).IndexOf((byte)'\n');
            var taken = end < 0 ? count : end + 1;
            ended = end >= 0;
            stream.Position = start + taken;
            if (text.Count < limits.RowBytes) text.AddRange(one.AsSpan(0, taken));
        }

        (lineBase, byteBase) = (lineBase + line, stream.Position);
        reader = Reader(separator);
        return System.Text.Encoding.UTF8.GetString([.. text]).TrimEnd('\r', '\n');
    }

    private CsvReader Reader(char? separator) => CsvReader.Create(
        stream,
        new()
        {
            Separator = separator,
            HasHeader = separator is null,
            MaxRecordSize = limits.RowBytes,
            TrackLineNumbers = true,
            OnMalformedRecord = record => malformed = record,
        },
        leaveOpen: true);

    private static List<string> Distinct(IReadOnlyList<string> written)
    {
        var taken = new HashSet<string>(StringComparer.Ordinal);
        var headers = new List<string>(written.Count);
        for (var at = 0; at < written.Count; at++)
        {
            var name = RejectsWriter.Restore(written[at]).Trim();
            if (name.Length == 0) name = $"column {at + 1}";
            var header = name;
            for (var copy = 2; !taken.Add(header); copy++) header = $"{name} ({copy})";
            headers.Add(header);
        }

        return headers;
    }
}
