namespace Tributary.Server.Seeding;

/// <summary>
/// What is going to happen, and when. Happenings run in the order of their time, each while the clock stands there, so that the log tells
/// the story.
/// </summary>
internal sealed class Agenda(MovableClock clock)
{
    private readonly PriorityQueue<Func<Task>, (DateTimeOffset At, int Order)> queue = new();
    private int order;

    public int Count => queue.Count;

    public void At(DateTimeOffset at, Func<Task> happens) => queue.Enqueue(happens, (at, order++));

    /// <summary>Runs all of it; a happening may add later ones.</summary>
    public async Task Run(Action? afterEach, CancellationToken ct)
    {
        while (queue.TryDequeue(out var happens, out var due))
        {
            ct.ThrowIfCancellationRequested();
            clock.Put(due.At);
            await happens();
            afterEach?.Invoke();
        }
    }
}
