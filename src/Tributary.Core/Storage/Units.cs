namespace Tributary.Core.Storage;

/// <summary>Opens units of work on one backend.</summary>
internal abstract class Units : IAsyncDisposable
{
    public abstract Task<Tx> Write(long workspace, bool mayTakeLong, bool isApart, bool isAlone, CancellationToken ct);

    /// <summary>One consistent snapshot.</summary>
    public abstract Task<Tx> Read(long workspace, CancellationToken ct);

    /// <summary>Waits for running work, within reason; what begins meanwhile is refused.</summary>
    public abstract ValueTask DisposeAsync();
}
