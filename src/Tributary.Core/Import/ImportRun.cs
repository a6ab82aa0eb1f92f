using System.Diagnostics;
using System.Numerics;
using System.Runtime.CompilerServices;
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
    Db db, Caller caller, ImportOrder order, IImportKind<T> kind, ImportNames names, ImportTally tally, IReadOnlyList<string> stages)
        : IAsyncDisposable
    where T : class
{
    /// <summary>Rows of a piece of a chunk in which one was refused.</summary>
    private const int PieceRows = 250;

    private readonly ImportTally reasons = new();
    // A dry run undoes what it wrote, so it must remember itself which ids it has seen.
    private readonly HashSet<string> seenIds = new(StringComparer.Ordinal);
    private readonly long started = Stopwatch.GetTimestamp();
    // What the current chunk has created from its rows.
    private readonly List<long> made = [];
    private ImportState state = new() { Report = new() { Kind = order.Mapping.Kind, IsDryRun = order.IsDryRun } };
    private ImportReport earlier = new() { Kind = order.Mapping.Kind };
    private Stream? rejects;
    private bool isPrepared;
    private readonly string? source = order.Mapping.ExternalId?.Source;

    public async Task<ImportReport> Through(CsvSource file, CancellationToken ct)
    {
        await using (var tx = await db.Read(caller.Workspace, ct))
        {
            await names.Load(tx, order.Mapping.Kind);
            if (order is { Resume: true, Key: { } key } && await ImportStore.Find(tx, key) is { } kept) Continue(kept);
        }
        if (state.IsDone) return state.Report;
        if (source is null && kind is DealImport)
        {
            tally.Warn("deals without an external id: importing the file again would make them again", 1);
        }

        var chunks = 0;
        await foreach (var chunk in Ahead(file, ct))
        {
            await Through(file, chunk, ct);
            if (!order.IsDryRun && !chunk.IsLast && BitOperations.IsPow2(++chunks)) await ImportStore.Measure(db, caller.Workspace, ct);
        }
        return state.Report;
    }

    /// <summary>The chunks of the file; one more is read, and its cells understood, while the one before is written.</summary>
    private async IAsyncEnumerable<Chunk> Ahead(CsvSource file, [EnumeratorCancellation] CancellationToken ct)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var done = state.Row;
        var chunks = Chunks(file, done, stop.Token).GetAsyncEnumerator(stop.Token);
        var reading = Task.Run(Read, CancellationToken.None);
        try
        {
            while (await reading is { } chunk)
            {
                reading = Task.Run(Read, CancellationToken.None);
                yield return chunk;
            }
        }
        finally
        {
            // Who stops taking chunks must not close the file under the one who reads it.
            await stop.CancelAsync();
            await ((Task)reading).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await chunks.DisposeAsync();
        }

        async Task<Chunk?> Read() => await chunks.MoveNextAsync() ? chunks.Current : null;
    }

    private async IAsyncEnumerable<Chunk> Chunks(CsvSource file, long done, [EnumeratorCancellation] CancellationToken ct)
    {
        var rows = new List<(ImportRow, RowRead<T>)>(order.ChunkRows);
        await foreach (var row in file.Rows(ct))
        {
            if (row.Number <= done) continue;
            rows.Add((row, kind.Read(row)));
            if (rows.Count < order.ChunkRows) continue;
            yield return new([.. rows], file.Progress, IsLast: false);
            rows.Clear();
        }
        yield return new([.. rows], Progress: 1, IsLast: true);
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

    private async Task Through(CsvSource file, Chunk chunk, CancellationToken ct)
    {
        if (await Try(chunk)) return;
        foreach (var piece in chunk.Pieces(PieceRows))
        {
            if (chunk.Rows.Length <= PieceRows || !await Try(piece)) await Write(file, piece, isCareful: true, ct);
        }

        async Task<bool> Try(Chunk some)
        {
            var (mark, counted) = (names.Mark(), tally.Copy());
            if (await IsGood(() => Write(file, some, isCareful: false, ct))) return true;
            names.Undo(mark, keepCounts: false);
            tally.Restore(counted);
            return false;
        }
    }

    // Statements run when their row is past, and so may a refusal come then.
    private static async Task<bool> IsGood(Func<Task<bool>> chunk)
    {
        try
        {
            return await chunk();
        }
        catch (ProblemException refused) when (refused.Problem.Code is not ProblemCode.Unavailable)
        {
            return false;
        }
    }

    /// <summary>False when a row was refused and the chunk is to be done again, row by row.</summary>
    private async Task<bool> Write(CsvSource file, Chunk chunk, bool isCareful, CancellationToken ct)
    {
        var rows = chunk.Rows;
        var mark = names.Mark();
        await using var tx = await db.Write(caller.Workspace, ct);
        if (!isPrepared || order.IsDryRun) await kind.Prepare(tx, stages);

        if (!isCareful) tx.Bulk = new() { NumbersAtOnce = Math.Max(1, rows.Length) };
        kind.Forget();
        made.Clear();
        List<T> records = [.. rows.Select(each => each.Read.Record).OfType<T>()];
        var lookup = await Lookup(tx, records);
        await kind.Foresee(tx, records);
        if (rows.Length > lookup.Known.Count)
        {
            await tx.Reserve(kind.Ids, rows.Length - lookup.Known.Count);
            await tx.Reserve("event_ids", rows.Length - lookup.Known.Count);
        }
        var counts = state.Report;
        var refused = new List<(ImportRow Row, string Reason)>();
        foreach (var (row, read) in rows)
        {
            ct.ThrowIfCancellationRequested();
            var (outcome, why) = read.Record is { } record ? await Row(tx, record, lookup, isCareful) : (default, read.Reasons);
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
            await ImportedRecordStore.Put(tx, import, kind.Subject, made);
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
            await tx.Commit();
        }
        isPrepared = true;
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

    /// <summary>
    /// Writes one row and answers what became of it, or why it is refused; carefully means that a refused one leaves nothing.
    /// </summary>
    private async Task<(RowOutcome Outcome, IReadOnlyList<FieldError>? Why)> Row(Tx tx, T record, ChunkLookup lookup, bool isCareful)
    {
        var mark = isCareful ? names.Mark() : default;
        var (outcome, id) = (RowOutcome.Created, 0L);
        var refusal = isCareful ? await tx.Attempt(Write) : await Refusal(Write);
        if (refusal is not null)
        {
            // Otherwise the whole chunk is undone.
            if (isCareful) names.Undo(mark, keepCounts: false);
            return (default, refusal.Fields.Count > 0 ? refusal.Fields : [new("row", refusal.Message)]);
        }

        async Task Write()
        {
            var existing = Existing(record, lookup);
            if (existing is { } there && !kind.Has(there)) await kind.Load(tx, [there]);
            if (existing is not { } seen || !kind.Has(seen))
            {
                id = await kind.Create(tx, record);
                return;
            }
            id = seen;
            if (order.Mapping.Existing is ExistingPolicy.Keep)
            {
                tally.Warn("left as it is: it was there already", kind.BasicsOf(record).Line);
                outcome = RowOutcome.Unchanged;
                return;
            }
            outcome = await kind.Update(tx, id, record);
        }

        if (outcome is RowOutcome.Created) made.Add(id);
        if (kind.BasicsOf(record).ExternalId is not { } externalId) return (outcome, null);
        if (order.IsDryRun && !seenIds.Add(externalId)) outcome = RowOutcome.Unchanged;
        if (!lookup.Known.TryGetValue(externalId, out var known) || known != id)
        {
            lookup.Fresh[externalId] = id;
            if (source is not null) await ExternalIdStore.Put(tx, kind.Subject, source, externalId, id);
        }
        lookup.Claimed.Add(id);
        return (outcome, null);
    }

    private static async Task<Problem?> Refusal(Func<Task> write)
    {
        try
        {
            await write();
            return null;
        }
        catch (ProblemException refused) when (refused.Problem.Code is not ProblemCode.Unavailable)
        {
            return refused.Problem;
        }
    }

    /// <summary>
    /// The record that the row is about: by the other system's id, by ours, by name. A name that another row of the source has claimed is
    /// somebody else's.
    /// </summary>
    private long? Existing(T record, ChunkLookup lookup)
    {
        var basics = kind.BasicsOf(record);
        if (basics.ExternalId is { } externalId)
        {
            if (lookup.Fresh.TryGetValue(externalId, out var fresh)) return fresh;
            if (lookup.Known.TryGetValue(externalId, out var known) && kind.Has(known)) return known;
        }
        if (basics.Id is { } own && kind.Has(own)) return own;
        return kind.ByName(record) is { } named && !lookup.Claimed.Contains(named) ? named : null;
    }

    private async Task<ChunkLookup> Lookup(Tx tx, IReadOnlyList<T> records)
    {
        var basics = records.Select(kind.BasicsOf).ToList();
        var known = source is null ? new Dictionary<string, long>()
            : await ExternalIdStore.Find(tx, kind.Subject, source, [.. basics.Select(each => each.ExternalId).OfType<string>().Distinct()]);
        var byName = records.Select(Named).OfType<long>().ToList();
        await kind.Load(tx, [.. known.Values.Concat(basics.Select(each => each.Id).OfType<long>()).Concat(byName).Distinct()]);
        var claimed = source is null || byName.Count == 0 ? [] : await ImportStore.Claimed(tx, kind.Subject, source, byName);
        return new(known, new(StringComparer.Ordinal), [.. claimed]);
    }

    /// <summary>Refusals of an ambiguous name come when the row's turn comes.</summary>
    private long? Named(T record)
    {
        try
        {
            return kind.ByName(record);
        }
        catch (ProblemException)
        {
            return null;
        }
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

    /// <summary>Rows with what they say, and how far the file was read with the last of them.</summary>
    private sealed record Chunk((ImportRow Row, RowRead<T> Read)[] Rows, double Progress, bool IsLast)
    {
        public IEnumerable<Chunk> Pieces(int count)
        {
            if (Rows.Length <= count) return [this];
            return Rows.Chunk(count).Select((some, at) => this with { Rows = some, IsLast = IsLast && (at + 1) * count >= Rows.Length });
        }
    }

    /// <summary>What a chunk knows of external ids: those there before, those it has given, and the records that have one.</summary>
    private sealed record ChunkLookup(IReadOnlyDictionary<string, long> Known, Dictionary<string, long> Fresh, HashSet<long> Claimed);
}
