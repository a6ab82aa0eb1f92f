using Tributary.Core.Kernel;
using Tributary.Core.Storage;

namespace Tributary.Core.Import;

/// <summary>
/// The units of work of one import, one for each chunk. Where nobody else writes (<see cref="Db.GoesOn"/>) the next one begins while the last
/// one is committed, in which was asked what its rows need to know; and they become larger, since of the pages that their rows share
/// each is written once per commit. That ends with the first write of somebody else (decision 0030).
/// </summary>
internal sealed class ImportUnits<T>(
    Db db, Caller caller, ImportOrder order, IImportKind<T> kind, ImportRows<T> written, IReadOnlyList<string> stages) : IAsyncDisposable
    where T : class
{
    private const int TimesAlone = 4;

    private Tx? begun;
    private Task committed = Task.CompletedTask;
    private volatile bool isOvertaken;
    private bool isPrepared;
    private int rows;

    /// <summary>The next one has begun with what was true in the last, which may not be committed yet.</summary>
    public bool HasBegun => begun is not null;

    /// <summary>How many rows a unit of work may have. Fewer since somebody else has written, also of what was read before.</summary>
    public int MostRows => db.GoesOn && !isOvertaken ? order.ChunkRows * TimesAlone : order.ChunkRows;

    /// <summary>How many rows the next chunk to be read is to have: more step by step, so that a short file is written while it is read.</summary>
    public int NextRows() => rows = rows == 0 ? order.ChunkRows : Math.Min(rows * 2, MostRows);

    /// <summary>The one that has begun, else a new one in which was asked what the rows need to know.</summary>
    public async Task<Tx> Next(ImportChunk<T> chunk, bool isCareful, CancellationToken ct)
    {
        if (begun is { } next)
        {
            begun = null;
            return next;
        }
        var tx = await db.Write(caller.Workspace, ct);
        try
        {
            if (!isPrepared || order.IsDryRun) await kind.Prepare(tx, stages);
            var many = Math.Max(1, chunk.Rows.Length);
            if (!isCareful) tx.Bulk = new() { NumbersAtOnce = many, IdsAtOnce = many };
            await Foresee(tx, chunk);
            return tx;
        }
        catch
        {
            await tx.DisposeAsync();
            throw;
        }
    }

    /// <summary>Commits, and begins the next one beside that where it can.</summary>
    public async Task End(Tx tx, Task<ImportChunk<T>?>? next)
    {
        if (db.GoesOn && !isOvertaken && tx.Bulk is { } bulk && next is { IsCompletedSuccessfully: true, Result: { } chunk })
        {
            await Foresee(tx, chunk);
            (begun, committed) = await tx.GoOn();
            begun.Bulk = bulk.Next();
        }
        else await tx.Commit();
        isPrepared = true;
    }

    /// <summary>
    /// To be asked before anything is done again in which a unit of work that had begun has failed.
    /// </summary>
    /// <returns>Whether it failed because somebody else has written meanwhile.</returns>
    /// <exception cref="Exception">The one before is not in the database, so none may follow it.</exception>
    public async Task<bool> WasOvertaken()
    {
        await committed;
        return isOvertaken;
    }

    /// <summary>Somebody else has written meanwhile.</summary>
    public void Overtaken() => isOvertaken = true;

    public async ValueTask DisposeAsync()
    {
        if (begun is not null) await begun.DisposeAsync();
    }

    /// <summary>A question between the rows would wait for all that is being written.</summary>
    private async Task Foresee(Tx tx, ImportChunk<T> chunk)
    {
        List<T> records = [.. chunk.Rows.Select(each => each.Read.Record).OfType<T>()];
        var known = await written.Begin(tx, records);
        await kind.Foresee(tx, records);
        if (chunk.Rows.Length <= known) return;
        await tx.Reserve(kind.Ids, chunk.Rows.Length - known);
        await tx.Reserve("event_ids", chunk.Rows.Length - known);
    }
}
