namespace Tributary.Core.Storage;

/// <summary>
/// What one flow of work reads of a workspace, read in one unit of work: it begins with the first read and ends when this is disposed, so
/// that an answer made of several verbs is one snapshot's, and the database begins and ends once. Each verb takes it as if it were its
/// own; a read inside another, or beside it, has a unit of its own. After a write of the same flow nothing is shared any
/// more: what follows must see what was written.
/// </summary>
/// <param name="begin">Begins a unit of work.</param>
/// <param name="beginFirst">Begins the one that is shared.</param>
internal sealed class SharedRead(Func<long, CancellationToken, Task<Tx>> begin, Func<long, CancellationToken, Task<Tx>> beginFirst)
    : IAsyncDisposable
{
    private Tx? unit;
    private Task<Tx>? lent;
    private int isTaken;
    private volatile bool isOver;

    public bool IsOver => isOver;

    public Task<Tx> Take(long workspace, CancellationToken ct)
    {
        if (isOver || Interlocked.Exchange(ref isTaken, 1) == 1) return begin(workspace, ct);
        if (unit is not { } open || open.Workspace != workspace) return Begin(workspace, ct);
        open.LendTo(this);
        return lent ??= Task.FromResult(open);
    }

    private async Task<Tx> Begin(long workspace, CancellationToken ct)
    {
        try
        {
            // One connection at a time: who waits for a second while holding a first waits for others who do the same.
            if (unit is not null) await End();
            unit = await beginFirst(workspace, ct);
            lent = null;
            unit.LendTo(this);
            return unit;
        }
        catch
        {
            isTaken = 0;
            throw;
        }
    }

    /// <summary>A verb is done with the unit of work; false when it is to end.</summary>
    public bool Keeps(bool isSound)
    {
        var keeps = isSound && !isOver;
        if (!keeps) unit = null;
        isTaken = 0;
        return keeps;
    }

    /// <summary>Ends what is open, now or when the verb that has it is done.</summary>
    public async ValueTask DisposeAsync()
    {
        isOver = true;
        if (Interlocked.Exchange(ref isTaken, 1) == 1) return;
        await End();
    }

    private async ValueTask End()
    {
        if (unit is not { } ended) return;
        unit = null;
        await ended.End();
    }
}
