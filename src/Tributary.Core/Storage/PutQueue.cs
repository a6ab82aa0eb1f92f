namespace Tributary.Core.Storage;

/// <summary>
/// Statements that nobody waits for one by one. They gather, and run in the order of asking while the unit of work goes on with
/// what comes next; a question must come after <see cref="Settle"/>, which also says what was wrong with one of them.
/// </summary>
internal abstract class PutQueue(int most)
{
    private List<Statement> waiting = new(most);
    private Task running = Task.CompletedTask;

    /// <summary>Nothing waits, nothing runs, nothing failed.</summary>
    public bool IsIdle => waiting.Count == 0 && running.IsCompletedSuccessfully;

    /// <summary>Waits only when two lots are full.</summary>
    public Task Add(string text, object parameters)
    {
        waiting.Add(new(text, parameters));
        return waiting.Count < most ? Task.CompletedTask : Start();
    }

    public async Task Settle()
    {
        if (waiting.Count > 0) await Start();
        await running;
    }

    /// <summary>Forgets what waits, for a unit of work that is undone; the connection is free afterwards.</summary>
    public async Task Stop()
    {
        waiting.Clear();
        await running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    protected abstract Task Run(IReadOnlyList<Statement> statements);

    private async Task Start()
    {
        await running;
        var lot = waiting;
        waiting = new(most);
        running = Task.Run(() => Run(lot));
    }

    internal readonly record struct Statement(string Text, object Parameters);
}

/// <summary>On SQLite another thread runs them: it writes while the rules are asked about the next rows.</summary>
internal sealed class SqliteQueue(SqliteSession session, CancellationToken ct) : PutQueue(most: 250)
{
    protected override Task Run(IReadOnlyList<Statement> statements)
    {
        foreach (var (text, parameters) in statements)
        {
            ct.ThrowIfCancellationRequested();
            session.Prepared(text).Run(parameters);
        }
        return Task.CompletedTask;
    }
}
