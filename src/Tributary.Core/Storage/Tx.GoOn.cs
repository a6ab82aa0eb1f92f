namespace Tributary.Core.Storage;

// One unit of work after the other, where nobody else writes (decision 0030).
internal sealed partial class Tx
{
    /// <summary>
    /// Ends this unit of work and begins the one that follows it, which needs to wait for nothing until it asks a question: it gathers
    /// statements while this one is committed, and they run after that. Nobody writes in between, so that what was asked in this one is
    /// still true in the other: its catalog and reserved ids are the other's. Only where <see cref="Db.GoesOn"/>.
    /// </summary>
    /// <returns>The next unit of work, and what ends when this one is committed or fails when it cannot be; the next one fails then too.
    /// It fails with <see cref="OvertakenException"/> when another process has written in between after all.</returns>
    public async Task<(Tx Next, Task Committed)> GoOn()
    {
        MustBeOpen();
        queue ??= await session.Queue(ct);
        var (next, commit) = await db.GoOn(this, queue, ct);
        ended = true;
        (next.queue, next.KnownCatalog) = (queue, KnownCatalog);
        foreach (var (sequence, ids) in Reserved) next.Reserved[sequence] = ids;
        return (next, Committed());

        async Task Committed()
        {
            try
            {
                await commit;
            }
            finally
            {
                measure.End(Statements);
            }
            foreach (var action in committed ?? []) action();
        }
    }
}
