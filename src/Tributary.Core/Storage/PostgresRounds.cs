using System.Collections.Concurrent;

namespace Tributary.Core.Storage;

/// <summary>
/// Questions of many callers, each of which is a unit of work by itself, sent together (decision 0033). Of a workspace as many messages are
/// under way as there are processors; who asks meanwhile is in line, and goes with the others there as soon as one of them is answered. So
/// nobody waits who could be asked at once, and the more there are, the less each costs.
/// </summary>
/// <param name="open">A connection for questions about a workspace, which is returned when they are answered.</param>
internal sealed class PostgresRounds(Func<long, CancellationToken, Task<PostgresSession>> open)
{
    /// <summary>How many questions go in one message at most: with more, the database waits while their answers are read.</summary>
    internal const int Largest = 8;

    /// <summary>How many messages of a workspace are under way at most.</summary>
    internal static readonly int Most = Math.Max(2, Environment.ProcessorCount);

    private readonly ConcurrentDictionary<long, Line> lines = new();

    /// <summary>A connection for one caller's questions.</summary>
    public Task<PostgresSession> Open(long workspace, CancellationToken ct) => open(workspace, ct);

    /// <summary>Sends it, now or with others, and lets whoever asked go on with the answer.</summary>
    public void Ask(long workspace, PostgresAsked asked)
    {
        var line = lines.GetOrAdd(workspace, static id => new(id));
        if (!line.MayGo(asked)) return;
        // The messages that follow are others', and none of this caller's work (its trace, what else goes with its flow).
        using var flow = ExecutionContext.SuppressFlow();
        _ = Send(line, [asked]);
    }

    private async Task Send(Line line, List<PostgresAsked> round)
    {
        try
        {
            var session = await open(line.Workspace, CancellationToken.None);
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
        if (line.Next() is { } next) _ = Send(line, next);
        for (var i = 0; i < round.Count - 1; i++) ThreadPool.UnsafeQueueUserWorkItem(round[i], preferLocal: false);
        round[^1].GoOn();
    }

    /// <summary>
    /// The questions of one workspace: what names it for one is in force until the message ends, and would be for another's after it.
    /// </summary>
    private sealed class Line(long workspace)
    {
        private readonly Lock gate = new();
        private readonly Queue<PostgresAsked> waiting = new();
        private int underWay;

        public long Workspace => workspace;

        /// <returns>Whether it is to be sent at once; else it is in line.</returns>
        public bool MayGo(PostgresAsked asked)
        {
            lock (gate)
            {
                if (underWay < Most)
                {
                    underWay++;
                    return true;
                }
                waiting.Enqueue(asked);
                return false;
            }
        }

        /// <summary>Those who go instead of a message that was answered, or none.</summary>
        public List<PostgresAsked>? Next()
        {
            lock (gate)
            {
                if (waiting.Count == 0)
                {
                    underWay--;
                    return null;
                }
                var round = new List<PostgresAsked>(Math.Min(waiting.Count, Largest));
                while (round.Count < Largest && waiting.TryDequeue(out var asked)) round.Add(asked);
                return round;
            }
        }
    }
}
