namespace Tributary.Core.Storage;

/// <summary>Opens units of work on one backend.</summary>
internal abstract class Units : IAsyncDisposable
{
    public abstract Task<Tx> Write(long workspace, bool mayTakeLong, bool isApart, bool isAlone, CancellationToken ct);

    /// <summary>One consistent snapshot.</summary>
    /// <param name="workspace">What it reads of.</param>
    /// <param name="asksOnce">See <see cref="Db.ReadTogether"/>.</param>
    /// <param name="ct">Stops what runs.</param>
    public abstract Task<Tx> Read(long workspace, bool asksOnce, CancellationToken ct);

    /// <summary>Waits for running work, within reason; what begins meanwhile is refused.</summary>
    public abstract ValueTask DisposeAsync();
}
