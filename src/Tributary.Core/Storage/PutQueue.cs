namespace Tributary.Core.Storage;

/// <summary>
/// Statements that nobody waits for one by one. They gather, and run in the order of asking while the unit of work goes on with
/// what comes next; a question must come after <see cref="Settle"/>, which also says what was wrong with one of them.
/// </summary>
internal sealed class PutQueue(PutLot one, PutLot other, int most)
{
    // Worth the way to the database when nothing else is on it.
    private readonly int least = most / 5;
    private PutLot waiting = one;
    private PutLot running = other;
    private Task run = Task.CompletedTask;

    /// <summary>Nothing waits, nothing runs, nothing failed.</summary>
    public bool IsIdle => waiting.Count == 0 && run.IsCompletedSuccessfully;

    /// <summary>Waits only when two lots are full.</summary>
    public Task Add(string text, object parameters)
    {
        waiting.Add(text, parameters);
        var isEnough = waiting.Count >= most || (waiting.Count >= least && run.IsCompleted);
        return isEnough ? Start() : Task.CompletedTask;
    }

    public async Task Settle()
    {
        if (waiting.Count > 0) await Start();
        await run;
    }

    /// <summary>Forgets what waits, for a unit of work that is undone; the connection is free afterwards.</summary>
    public async Task Stop()
    {
        waiting.Clear();
        await run.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private async Task Start()
    {
        await run;
        (waiting, running) = (running, waiting);
        waiting.Clear();
        run = Task.Run(running.Run);
    }
}

/// <summary>Statements that gather, to run one after the other as they were asked for.</summary>
internal abstract class PutLot
{
    public abstract int Count { get; }

    public abstract void Add(string text, object parameters);

    public abstract Task Run();

    public abstract void Clear();
}
