namespace Tributary.Core.Storage;

/// <summary>
/// Questions of many callers, each of which is a unit of work by itself, sent together (decision 0033). As many messages are under way as
/// there are processors; who asks meanwhile is in line, and goes with those of the same workspace as soon as one of them is answered. So
/// nobody waits who could be asked at once, and the more there are, the less each costs.
/// </summary>
/// <param name="open">A connection for a workspace's questions, which is returned when they are answered.</param>
internal sealed class PostgresRounds(Func<long, CancellationToken, Task<PostgresSession>> open)
{
    /// <summary>How many questions go in one message at most: with more, the database waits while their answers are read.</summary>
    internal const int Largest = 8;

    internal static readonly int Most = Math.Max(2, Environment.ProcessorCount);

    private readonly Lock gate = new();
    private readonly Queue<PostgresAsked> line = new();
    private int underWay;

    /// <summary>Sends it, now or with others, and lets whoever asked go on with the answer.</summary>
    public void Ask(PostgresAsked asked)
    {
        lock (gate)
        {
            if (underWay == Most)
            {
                line.Enqueue(asked);
                return;
            }
            underWay++;
        }
        _ = Send([asked]);
    }

    private async Task Send(List<PostgresAsked> round)
    {
        try
        {
            var session = await open(round[0].Workspace, CancellationToken.None);
            try
            {
                await session.AskAll(round);
            }
            catch (Exception) when (round.Count > 1)
            {
                // One of them is at fault, or the connection: each that has no answer is asked by itself, and hears what is wrong with it.
            }
            finally
            {
                await session.Return();
            }
        }
#pragma warning disable CA1031 // Whoever asked is told.
        catch (Exception error)
#pragma warning restore CA1031
        {
            foreach (var asked in round) asked.Refuse(error);
        }
        // The database answers the next while these go on.
        if (Next() is { } next) _ = Send(next);
        for (var i = 0; i < round.Count - 1; i++) ThreadPool.UnsafeQueueUserWorkItem(round[i], preferLocal: false);
        round[^1].GoOn();
    }

    // Those of one workspace only: what names it for one question still does when the next of the same message is asked.
    private List<PostgresAsked>? Next()
    {
        lock (gate)
        {
            if (line.Count == 0)
            {
                underWay--;
                return null;
            }
            var round = new List<PostgresAsked>(Math.Min(line.Count, Largest));
            for (var left = line.Count; left > 0; left--)
            {
                var asked = line.Dequeue();
                if (round.Count == 0 || (round.Count < Largest && round[0].Workspace == asked.Workspace)) round.Add(asked);
                else line.Enqueue(asked);
            }
            return round;
        }
    }
}
