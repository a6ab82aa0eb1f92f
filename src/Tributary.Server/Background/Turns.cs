namespace Tributary.Server.Background;

/// <summary>
/// When the loops beside the requests look for work: again at once after they did something, else after a second. Their first turn comes
/// after that second too: a server that has just started is waited for, and requests come first.
/// </summary>
internal static class Turns
{
    private static readonly TimeSpan pause = TimeSpan.FromSeconds(1);

    /// <summary>Ends when the server stops.</summary>
    /// <param name="wait">Returns after that time, or sooner when it hears of work.</param>
    /// <param name="look">Does what there is to do. Returns whether it did something, which may have left more.</param>
    /// <param name="stop">The server stops.</param>
    public static async Task Take(Func<TimeSpan, CancellationToken, Task> wait, Func<CancellationToken, Task<bool>> look,
        CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            await wait(pause, stop);
            while (!stop.IsCancellationRequested && await look(stop)) { }
        }
    }
}
