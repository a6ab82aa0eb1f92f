using System.Threading.Channels;
using Tributary.Core.Storage;

namespace Tributary.Server.Background;

/// <summary>
/// Wakes who reads the log when something is written to it. Commits of other processes ring no bell here, so who waits looks
/// by itself after a while. PostgreSQL's NOTIFY would ring it, but lets commits through one at a time.
/// </summary>
internal sealed class Wake : IDisposable
{
    /// <summary>What is written meanwhile is read together.</summary>
    private static readonly TimeSpan breath = TimeSpan.FromMilliseconds(50);

    private readonly Channel<bool> bell =
        Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private readonly Db db;
    private readonly TimeProvider clock;

    public Wake(Db db, TimeProvider clock)
    {
        (this.db, this.clock) = (db, clock);
        db.LogAppended += Ring;
    }

    public async Task Wait(TimeSpan atMost, CancellationToken ct)
    {
        using (var end = CancellationTokenSource.CreateLinkedTokenSource(ct))
        {
            await Task.WhenAny(bell.Reader.WaitToReadAsync(end.Token).AsTask(), Task.Delay(atMost, clock, end.Token));
            await end.CancelAsync();
        }
        ct.ThrowIfCancellationRequested();
        if (bell.Reader.TryRead(out _)) await Task.Delay(breath, clock, ct);
    }

    public void Dispose() => db.LogAppended -= Ring;

    private void Ring(long workspace) => bell.Writer.TryWrite(true);
}
