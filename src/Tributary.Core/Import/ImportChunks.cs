using System.Runtime.CompilerServices;

namespace Tributary.Core.Import;

/// <summary>Rows with what they say, and how far the file was read with the last of them.</summary>
internal sealed record ImportChunk<T>((ImportRow Row, RowRead<T> Read)[] Rows, double Progress, bool IsLast)
    where T : class
{
    public IEnumerable<ImportChunk<T>> Pieces(int count)
    {
        if (Rows.Length <= count) return [this];
        return Rows.Chunk(count).Select((some, at) => this with { Rows = some, IsLast = IsLast && (at + 1) * count >= Rows.Length });
    }
}

/// <summary>A file's rows after those that are done, in chunks.</summary>
/// <param name="next">How many rows the next chunk is to have.</param>
internal sealed class ImportChunks<T>(CsvSource file, IImportKind<T> kind, Func<int> next, long done)
    where T : class
{
    /// <summary>Each with the one after it, which is read, and its cells understood, while the first is written.</summary>
    public async IAsyncEnumerable<(ImportChunk<T> Chunk, Task<ImportChunk<T>?> Next)> Ahead([EnumeratorCancellation] CancellationToken ct)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var chunks = Each(stop.Token).GetAsyncEnumerator(stop.Token);
        var reading = Task.Run(Read, CancellationToken.None);
        try
        {
            while (await reading is { } chunk)
            {
                reading = Task.Run(Read, CancellationToken.None);
                yield return (chunk, reading);
            }
        }
        finally
        {
            // Who stops taking chunks must not close the file under the one who reads it.
            await stop.CancelAsync();
            await ((Task)reading).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await chunks.DisposeAsync();
        }

        async Task<ImportChunk<T>?> Read() => await chunks.MoveNextAsync() ? chunks.Current : null;
    }

    private async IAsyncEnumerable<ImportChunk<T>> Each([EnumeratorCancellation] CancellationToken ct)
    {
        var count = next();
        var rows = new List<(ImportRow, RowRead<T>)>(count);
        await foreach (var row in file.Rows(ct))
        {
            if (row.Number <= done) continue;
            rows.Add((row, kind.Read(row)));
            if (rows.Count < count) continue;
            yield return new([.. rows], file.Progress, IsLast: false);
            rows.Clear();
            count = next();
        }
        yield return new([.. rows], Progress: 1, IsLast: true);
    }
}
