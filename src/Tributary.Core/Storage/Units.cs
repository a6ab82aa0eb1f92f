namespace Tributary.Core.Storage;

/// <summary>Opens units of work on one backend.</summary>
internal abstract class Units : IAsyncDisposable
{
    public abstract Task<Tx> Write(long workspace, bool mayTakeLong, bool isApart, bool isAlone, CancellationToken ct);

    /// <summary>One consistent snapshot.</summary>
    public abstract Task<Tx> Read(long workspace, CancellationToken ct);

    /// <summary>Whether <see cref="Tx.GoOn"/> can be.</summary>
    public virtual bool GoesOn => false;

    /// <summary>The unit of work that follows another, and what says that the other is committed.</summary>
    public virtual Task<(Tx Next, Task Committed)> GoOn(Tx tx, PutQueue queue, CancellationToken ct) => throw new NotSupportedException();

    /// <summary>Waits for running work, within reason; what begins meanwhile is refused.</summary>
    public abstract ValueTask DisposeAsync();
}
