using Npgsql;

namespace Tributary.Core.Storage;

/// <summary>
/// The connections to a PostgreSQL server. Those that have just read are kept back for a moment with their transaction open, for the next
/// unit of work to end it; all others are the provider's, which closes and replaces them.
/// </summary>
/// <param name="source">The provider's pool.</param>
/// <param name="most">How many connections it has at most.</param>
/// <param name="mayLinger">False where a pooler is in between: it cannot give a connection to others whose transaction is open.</param>
internal sealed class PostgresSessions(NpgsqlDataSource source, int most, bool mayLinger) : IAsyncDisposable
{
    /// <summary>How long a transaction stays open that nobody needs any more.</summary>
    private static readonly TimeSpan moment = TimeSpan.FromMilliseconds(10);

    /// <summary>How long a connection is kept from the provider, which looks after its age and its host.</summary>
    private const long Longest = 1_000;

    private readonly SemaphoreSlim free = new(most, most);
    private readonly Lock gate = new();
    private readonly List<PostgresSession> idle = [];
    private Task sweeping = Task.CompletedTask;
    private bool isSweeping;
    private bool closed;

    /// <summary>A connection for one unit of work.</summary>
    public async ValueTask<PostgresSession> Take(CancellationToken ct)
    {
        if (!await free.WaitAsync(SqliteWriter.Patience, ct)) throw DbErrors.Unavailable();
        try
        {
            return Last() ?? new(this, await source.OpenConnectionAsync(ct));
        }
        catch
        {
            free.Release();
            throw;
        }
    }

    /// <param name="session">What was taken.</param>
    /// <param name="isSound">It has read or committed; what has failed, or is to be undone, is left to the provider.</param>
    public async ValueTask Return(PostgresSession session, bool isSound)
    {
        try
        {
            session.End();
            if (!isSound || !session.OnlyRead || !mayLinger || !TryKeep(session)) await session.DisposeAsync();
        }
        finally
        {
            free.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        lock (gate) closed = true;
        await sweeping;
        await source.DisposeAsync();
    }

    private PostgresSession? Last()
    {
        lock (gate)
        {
            if (idle.Count == 0) return null;
            var session = idle[^1];
            idle.RemoveAt(idle.Count - 1);
            return session;
        }
    }

    private bool TryKeep(PostgresSession session)
    {
        session.IdleSince = Environment.TickCount64;
        if (session.IdleSince - session.OpenedAt > Longest) return false;
        lock (gate)
        {
            if (closed) return false;
            idle.Add(session);
            if (isSweeping) return true;
            isSweeping = true;
            sweeping = Sweep();
            return true;
        }
    }

    // The last given back is the first taken, so that those who wait longest stand at the beginning.
    private async Task Sweep()
    {
        while (true)
        {
            await Task.Delay(moment);
            List<PostgresSession> late;
            lock (gate)
            {
                var since = Environment.TickCount64 - (long)moment.TotalMilliseconds;
                late = closed ? [.. idle] : idle.FindAll(session => session.IdleSince <= since);
                idle.RemoveAll(late.Contains);
                if (late.Count == 0 && idle.Count == 0)
                {
                    isSweeping = false;
                    return;
                }
            }
            foreach (var session in late) await Ended(session);
        }
    }

    private static async Task Ended(PostgresSession session)
    {
        try
        {
            await session.DisposeAsync();
        }
        catch (NpgsqlException)
        {
            // What was read was read; only this connection is finished.
        }
    }
}
