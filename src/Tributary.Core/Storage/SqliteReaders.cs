using System.Collections.Concurrent;

namespace Tributary.Core.Storage;

/// <summary>
/// The connections that read a SQLite database: opened when needed, kept for the next reader, never more than a few,
/// because each brings a page cache of its own and SQLite reads occupy their thread anyway.
/// </summary>
internal sealed class SqliteReaders(SqliteFile file) : IAsyncDisposable
{
    internal const int Most = 32;

    private readonly SemaphoreSlim free = new(Most, Most);
    private readonly ConcurrentStack<SqliteSession> idle = [];
    private volatile bool closed;

    public ValueTask<SqliteSession> Take(CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        return free.Wait(0, CancellationToken.None) ? new(Free()) : Wait(ct);
    }

    private async ValueTask<SqliteSession> Wait(CancellationToken ct) =>
        await free.WaitAsync(SqliteWriter.Patience, ct) ? Free() : throw DbErrors.Unavailable();

    private SqliteSession Free()
    {
        try
        {
            if (closed) throw DbErrors.Unavailable();
            return idle.TryPop(out var session) ? session : file.Open(isReader: true);
        }
        catch
        {
            free.Release();
            throw;
        }
    }

    /// <summary>A session in doubt is not given to anyone else.</summary>
    public void Return(SqliteSession session, bool isSound)
    {
        if (isSound) idle.Push(session);
        else session.Dispose();
        free.Release();
    }

    /// <summary>Waits for those who still read, within reason.</summary>
    public async ValueTask DisposeAsync()
    {
        closed = true;
        using var late = new CancellationTokenSource(SqliteWriter.Patience);
        try
        {
            for (var i = 0; i < Most; i++) await free.WaitAsync(late.Token);
            free.Release(Most);
        }
        catch (OperationCanceledException)
        {
            // Somebody never ended a unit of work. Its connection goes with the process.
        }
        while (idle.TryPop(out var session)) session.Dispose();
    }
}
