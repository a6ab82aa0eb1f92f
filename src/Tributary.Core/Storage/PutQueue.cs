namespace Tributary.Core.Storage;

/// <summary>
/// Statements that nobody waits for one by one. They gather in lots, which run in the order of asking while the unit of work goes on
/// with what comes next; a question must come after <see cref="Settle"/>, which also says what was wrong with one of them.
/// </summary>
internal sealed class PutQueue(IReadOnlyList<PutLot> lots, int most)
{
    // Worth the way to the database when nothing else is on it.
    private readonly int least = most / 5;
    private readonly Task[] runs = [.. lots.Select(_ => Task.CompletedTask)];
    private Task last = Task.CompletedTask;
    private int gathering;

    private PutLot Waiting => lots[gathering];

    /// <summary>Nothing waits, nothing runs, nothing failed.</summary>
    public bool IsIdle => Waiting.Count == 0 && last.IsCompletedSuccessfully;

    /// <summary>Waits only when all lots are full.</summary>
    public Task Add(string text, object parameters)
    {
        Waiting.Add(text, parameters);
        var isEnough = Waiting.Count >= most || (Waiting.Count >= least && last.IsCompleted);
        return isEnough ? Start() : Task.CompletedTask;
    }

    public async Task Settle()
    {
        if (Waiting.Count > 0) await Start();
        await last;
    }

    /// <summary>What runs after all that was put, and before all that will be, unless something before it fails.</summary>
    public async Task<Task> Then(Func<Task, Task> run)
    {
        if (Waiting.Count > 0) await Start();
        return last = run(last);
    }

    /// <summary>Forgets what waits, for a unit of work that is undone; the connection is free afterwards.</summary>
    public async Task Stop()
    {
        Waiting.Clear();
        await last.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private async Task Start()
    {
        runs[gathering] = last = Waiting.Run(last);
        gathering = (gathering + 1) % lots.Count;
        await runs[gathering];
        Waiting.Clear();
    }
}

/// <summary>Statements that gather, to run one after the other as they were asked for.</summary>
internal abstract class PutLot
{
    public abstract int Count { get; }

    public abstract void Add(string text, object parameters);

    /// <summary>Runs them when the lot before is done, and not at all when that failed, with whose failure it ends then.</summary>
    public abstract Task Run(Task before);

    public abstract void Clear();
}
