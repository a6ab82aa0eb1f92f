namespace Tributary.Core.Storage;

/// <summary>
/// The one writer of a SQLite database, shared by all requests: group commit.
///
/// SQLite has one writer at a time and each commit waits for the disk. So changes take turns on one connection, each in
/// its own savepoint, inside one transaction; a change that is done passes the turn on and then queues once more, behind
/// everyone who was already waiting. Whoever gets that second turn first commits for all that joined before, with one
/// fsync, and all of them are answered only then. A single writer commits at once; sixteen share a commit. A change that
/// fails rolls back to its own savepoint and disturbs nobody.
/// </summary>
internal sealed class SqliteWriter(SqliteSession session) : IDisposable
{
    private readonly SemaphoreSlim turn = new(1, 1);
    private Batch? open;

    public SqliteSession Session => session;

    /// <summary>Waits for the turn and opens a savepoint. The caller must end it with <see cref="Commit"/> or <see cref="Rollback"/>.</summary>
    public async Task Begin(CancellationToken ct)
    {
        await turn.WaitAsync(ct);
        try
        {
            if (open is null)
            {
                session.Execute("BEGIN IMMEDIATE");
                open = new();
            }
            session.Execute("SAVEPOINT change");
        }
        catch (Exception e)
        {
            if (open is { HasMembers: false }) Abandon(e);
            turn.Release();
            throw;
        }
    }

    /// <summary>Returns when the change is on disk. Throws when the batch could not be written; then nothing of it was.</summary>
    public async Task Commit()
    {
        var batch = open!;
        try
        {
            session.Execute("RELEASE change");
            batch.HasMembers = true;
        }
        catch (Exception e)
        {
            Abandon(e);
            throw;
        }
        finally
        {
            turn.Release();
        }

        await turn.WaitAsync(CancellationToken.None);
        try
        {
            if (ReferenceEquals(open, batch)) Finish(batch);
        }
        finally
        {
            turn.Release();
        }
        await batch.Written;
    }

    public void Rollback()
    {
        try
        {
            session.Execute("ROLLBACK TO change");
            session.Execute("RELEASE change");
            if (open is { HasMembers: false } empty) Finish(empty);
        }
        catch (Exception e)
        {
            // A full disk or a broken file makes SQLite roll back everything, the savepoint included.
            Abandon(e);
        }
        finally
        {
            turn.Release();
        }
    }

    /// <summary>Runs work on the connection outside any transaction (checkpoint, backup).</summary>
    public async Task Alone(Action<SqliteSession> work, CancellationToken ct)
    {
        await turn.WaitAsync(ct);
        try
        {
            if (open is { } batch) Finish(batch);
            work(session);
        }
        finally
        {
            turn.Release();
        }
    }

    public void Dispose()
    {
        session.Dispose();
        turn.Dispose();
    }

    private void Finish(Batch batch)
    {
        try
        {
            session.Execute("COMMIT");
            open = null;
            batch.Succeed();
        }
        catch (Exception e)
        {
            Abandon(e);
        }
    }

    private void Abandon(Exception reason)
    {
        var batch = open;
        open = null;
        try
        {
            session.Execute("ROLLBACK");
        }
        catch (Microsoft.Data.Sqlite.SqliteException)
        {
            // Already rolled back by SQLite itself.
        }
        batch?.Fail(reason);
    }

    /// <summary>The changes that share one commit.</summary>
    private sealed class Batch
    {
        private readonly TaskCompletionSource written = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public bool HasMembers { get; set; }
        public Task Written => written.Task;

        public void Succeed() => written.TrySetResult();

        public void Fail(Exception reason)
        {
            if (HasMembers) written.TrySetException(reason);
        }
    }
}
