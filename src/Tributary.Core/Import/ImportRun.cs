using System.Diagnostics;
using System.Numerics;
using Tributary.Core.Deals;
using Tributary.Core.Kernel;
using Tributary.Core.Storage;
using Tributary.Core.Totals;

namespace Tributary.Core.Import;

/// <summary>
/// One run through one file. Rows go in chunks, each a unit of work that ends with how far the import is; the next chunk is read
/// meanwhile. A chunk is first tried as if every row were good; when one is refused, it is undone and done again in pieces, and the
/// piece with the refused row with a savepoint around each row, so that only the refused ones are left out (which takes several
/// times as long). A dry run does the same and undoes every chunk.
/// </summary>
internal sealed class ImportRun<T>(
    Db db, Caller caller, ImportOrder order, IImportKind<T> kind, ImportNames names, ImportTally tally, ImportRows<T> written,
    ImportUnits<T> units) : IAsyncDisposable
    where T : class
{
    /// <summary>Rows of a piece of a chunk in which one was refused.</summary>
    private const int PieceRows = 250;

    private readonly ImportTally reasons = new();
    private readonly long started = Stopwatch.GetTimestamp();
    private ImportState state = new() { Report = new() { Kind = order.Mapping.Kind, IsDryRun = order.IsDryRun } };
    private ImportReport earlier = new() { Kind = order.Mapping.Kind };
    private Stream? rejects;

    public async Task<ImportReport> Through(CsvSource file, CancellationToken ct)
    {
        await using (var tx = await db.Read(caller.Workspace, ct))
        {
            await names.Load(tx, order.Mapping.Kind);
            if (order is { Resume: true, Key: { } key } && await ImportStore.Find(tx, key) is { } kept) Continue(kept);
        }
        if (state.IsDone) return state.Report;
        if (order.Mapping.ExternalId is null && kind is DealImport)
        {
            tally.Warn("deals without an external id: importing the file again would make them again", 1);
        }

        var chunks = 0;
        await foreach (var (chunk, next) in new ImportChunks<T>(file, kind, units.NextRows, state.Row).Ahead(ct))
        {
            await Through(file, chunk, next, ct);
            if (!order.IsDryRun && !chunk.IsLast && BitOperations.IsPow2(++chunks)) await ImportStore.Measure(db, caller.Workspace, ct);
        }
        return state.Report;
    }

    public async ValueTask DisposeAsync()
    {
        if (rejects is not null) await rejects.DisposeAsync();
    }

    private void Continue(ImportState kept)
    {
        state = kept;
        earlier = kept.Report;
        tally.Continue(earlier.Warnings, earlier.NearNames);
        reasons.Continue(earlier.Reasons, []);
    }

    private async Task Through(CsvSource file, ImportChunk<T> chunk, Task<ImportChunk<T>?>? next, CancellationToken ct)
    {
        if (chunk.Rows.Length > units.MostRows)
        {
            foreach (var piece in chunk.Pieces(units.MostRows)) await Through(file, piece, null, ct);
            return;
        }
        var hadBegun = units.HasBegun;
        if (await Try(chunk, next)) return;
        if (hadBegun && await units.WasOvertaken())
        {
            await Through(file, chunk, next, ct);
            return;
        }
        foreach (var piece in chunk.Pieces(PieceRows))
        {
            if (chunk.Rows.Length <= PieceRows || !await Try(piece, null)) await Write(file, piece, null, isCareful: true, ct);
        }

        async Task<bool> Try(ImportChunk<T> some, Task<ImportChunk<T>?>? after)
        {
            var (mark, counted) = (names.Mark(), tally.Copy());
            if (await IsGood(() => Write(file, some, after, isCareful: false, ct))) return true;
            names.Undo(mark, keepCounts: false);
            tally.Restore(counted);
            return false;
        }
    }

    // Statements run when their row is past, and so may a refusal come then.
    private async Task<bool> IsGood(Func<Task<bool>> chunk)
    {
        try
        {
            return await chunk();
        }
        catch (ProblemException refused) when (refused.Problem.Code is not ProblemCode.Unavailable)
        {
            return false;
        }
        catch (OvertakenException)
        {
            units.Overtaken();
            return false;
        }
    }

    /// <summary>False when a row was refused and the chunk is to be done again, row by row.</summary>
    private async Task<bool> Write(
        CsvSource file, ImportChunk<T> chunk, Task<ImportChunk<T>?>? next, bool isCareful, CancellationToken ct)
    {
        var rows = chunk.Rows;
        var mark = names.Mark();
        await using var tx = await units.Next(chunk, isCareful, ct);
        var counts = state.Report;
        var refused = new List<(ImportRow Row, string Reason)>();
        foreach (var (row, read) in rows)
        {
            ct.ThrowIfCancellationRequested();
            var (outcome, why) = read.Record is { } record ? await written.Write(tx, record, isCareful) : (default, read.Reasons);
            if (why is not null && read.Record is not null && !isCareful) return false;
            counts = Counted(counts, why is null ? outcome : null);
            if (why is null)
            {
                foreach (var warning in read.Warnings) tally.Warn(warning, row.Line);
                continue;
            }
            var sentence = string.Join(" ", why.Select(error => $"{error.Field}: {error.Message}"));
            refused.Add((row, sentence));
        }
        foreach (var (row, reason) in refused) reasons.Warn(reason, row.Line);
        await TotalsStore.Settle(tx);
        if (tx.Bulk is { } bulk) await DealStore.ReturnNumbers(tx, bulk);
        if (order is { Key: { } import, IsUndoable: true, IsDryRun: false })
        {
            await ImportedRecordStore.Put(tx, import, kind.Subject, written.Made);
            foreach (var of in names.MadeSince(mark).GroupBy(each => each.Noun))
            {
                await ImportedRecordStore.Put(tx, import, ImportNames.Word(of.Key), [.. of.Select(each => each.Id)]);
            }
        }

        // The rejects first: rows of a chunk that then fails are cut off again when it is done once more.
        var after = state with
        {
            Row = rows.Length > 0 ? rows[^1].Row.Number : state.Row,
            RejectsBytes = await Reject(file, refused, ct),
            IsDone = chunk.IsLast,
            Report = counts with
            {
                CreatedByNoun = Sum(earlier.CreatedByNoun, names.Created),
                Reasons = reasons.Warnings(),
                Warnings = tally.Warnings(),
                NearNames = tally.NearNames(),
                Took = earlier.Took + Stopwatch.GetElapsedTime(started),
            },
        };
        var progress = new ImportProgress(chunk.Progress, after.Report);
        if (order is { Key: { } key, IsDryRun: false }) await ImportStore.Put(tx, key, after);
        if (order.IsDryRun)
        {
            names.Undo(mark, keepCounts: true);
            await tx.DisposeAsync();
            await Checkpoint(progress, ct);
        }
        else
        {
            if (order.Checkpoint is { } checkpoint) await checkpoint(tx, progress);
            await units.End(tx, next);
        }
        state = after;
        order.Progress?.Invoke(progress);
        return true;
    }

    /// <summary>That a dry run goes on is true, other than what it writes.</summary>
    private async Task Checkpoint(ImportProgress progress, CancellationToken ct)
    {
        if (order.Checkpoint is not { } checkpoint) return;
        await using var tx = await db.Write(caller.Workspace, ct);
        await checkpoint(tx, progress);
        await tx.Commit();
    }

    private async Task<long> Reject(CsvSource file, List<(ImportRow Row, string Reason)> refused, CancellationToken ct)
    {
        if (refused.Count == 0 || order.Rejects is null) return state.RejectsBytes;
        if (rejects is null)
        {
            rejects = order.Rejects();
            rejects.SetLength(state.RejectsBytes);
            rejects.Position = rejects.Length;
        }
        await using (var writer = new RejectsWriter(rejects, file.Headers))
        {
            foreach (var (row, reason) in refused) await writer.Write(row, reason, ct);
        }
        await rejects.FlushAsync(ct);
        return rejects.Position;
    }

    private static ImportReport Counted(ImportReport counts, RowOutcome? outcome) => outcome switch
    {
        RowOutcome.Created => counts with { Read = counts.Read + 1, Created = counts.Created + 1 },
        RowOutcome.Updated => counts with { Read = counts.Read + 1, Updated = counts.Updated + 1 },
        RowOutcome.Unchanged => counts with { Read = counts.Read + 1, Unchanged = counts.Unchanged + 1 },
        null => counts with { Read = counts.Read + 1, Rejected = counts.Rejected + 1 },
    };

    private static Dictionary<ImportNoun, long> Sum(IReadOnlyDictionary<ImportNoun, long> one,
        IReadOnlyDictionary<ImportNoun, long> other) =>
        one.Concat(other).GroupBy(pair => pair.Key).ToDictionary(group => group.Key, group => group.Sum(pair => pair.Value));
}
