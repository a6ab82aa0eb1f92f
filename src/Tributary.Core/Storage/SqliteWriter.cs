using System.Diagnostics;
using Microsoft.Data.Sqlite;
using Tributary.Core.Search;

namespace Tributary.Core.Storage;

/// <summary>
/// The one writer of a SQLite database, shared by all requests: group commit.
///
/// SQLite has one writer at a time and each commit waits for the disk. So changes take turns on one connection, inside one
/// transaction. The first of them commits for all: when it is done it passes the turn on and queues once more, behind
/// everyone who was already waiting, and then commits what has joined, with one fsync; all are answered only then. A single
/// writer commits at once; sixteen share a commit. A change that fails is undone (<see cref="SqliteRedo"/>) and disturbs
/// nobody.
///
/// Those who were just answered come back with their next change a moment after a commit, too late for the one that
/// follows; so it waits for as many as there were, but no longer than another sync would take. Whoever does not come costs
/// the others that much once; work in the background, which seldom comes back at once, says so and is not waited for.
///
/// The turn is handed on in the order of asking (<see cref="SqliteTurn"/>), and no thread is woken for it.
/// </summary>
internal sealed partial class SqliteWriter(SqliteSession session, SqliteCheckpoints checkpoints, bool isFilling, Action lost) : IAsyncDisposable
{
    /// <summary>How long anyone waits for a turn. Changes take milliseconds, so this long means that one was never ended.</summary>
    internal static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly SqliteTurn turn = new();

    /// <summary>However slow the disk: a change is not held up for longer than this for the sake of others.</summary>
    private static readonly TimeSpan MostPatience = TimeSpan.FromMilliseconds(10);

    private volatile bool closed;
    private SqliteBatch? open;

    // How many there were at the last commit, done or waiting for their turn, and what it took.
    private int company;
    private TimeSpan sync;

    public SqliteSession Session => session;

    /// <summary>How many commits reached the disk; fewer than the changes, when several shared one.</summary>
    public int Commits { get; private set; }

    /// <summary>
    /// Waits for the turn and begins a change. The caller must end it with <see cref="Commit"/> or <see cref="Rollback"/>.
    /// </summary>
    public async Task Begin(CancellationToken ct)
    {
        await TakeTurn(ct);
        try
        {
            if (open is null) BeginBatch();
            else session.Redo.Next();
        }
        catch (Exception e)
        {
            if (open is { HasMembers: false }) Abandon(e);
            turn.Release();
            throw;
        }
    }

    /// <summary>Returns when the change is on disk. Throws when the batch could not be written; then nothing of it was.</summary>
    /// <param name="hasTexts">The change wrote new texts, which are to be found.</param>
    /// <param name="isApart">Whoever made it does not come back at once with another.</param>
    public async Task Commit(bool hasTexts = false, bool isApart = false)
    {
        var batch = open!;
        var isFirst = !batch.HasMembers;
        try
        {
            Join(batch, hasTexts, isApart);
        }
        catch (Exception e)
        {
            Abandon(e);
            throw;
        }
        finally
        {
            // Nothing is answered before they have written too.
            turn.PassOn();
        }

        if (isFirst)
        {
            await Gather(batch);
            await turn.Take(Timeout.InfiniteTimeSpan, CancellationToken.None);
            try
            {
                if (ReferenceEquals(open, batch)) Finish(batch);
            }
            finally
            {
                turn.Release();
            }
            await LetOthersWrite();
        }
        await batch.Written;
    }

    // Whoever has the turn next may be waiting for this thread, which has an answer to send.
    private async ValueTask LetOthersWrite()
    {
        if (turn.RunsOthers) await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
    }

    private void Join(SqliteBatch batch, bool hasTexts, bool isApart)
    {
        session.Redo.Keep();
        batch.Members++;
        if (isApart) batch.Apart++;
        batch.HasTexts |= hasTexts;
    }

    private void BeginBatch()
    {
        session.Redo.Open();
        open = new();
    }

    private async Task Gather(SqliteBatch batch)
    {
        var since = Stopwatch.GetTimestamp();
        while (batch.Members - batch.Apart < company && !batch.Written.IsCompleted && Stopwatch.GetElapsedTime(since) < sync)
        {
            await Task.Yield();
        }
    }

    /// <summary>Undoes the change that has the turn.</summary>
    public ValueTask Rollback()
    {
        try
        {
            if (open is { HasMembers: true }) session.Redo.Undo();
            else
            {
                session.Execute("ROLLBACK");
                End();
            }
        }
        catch (Exception e)
        {
            // A full disk or a broken file makes SQLite roll back everything.
            Abandon(e);
        }
        finally
        {
            turn.Release();
        }
        return LetOthersWrite();
    }

    /// <summary>Runs work on the connection outside any transaction (checkpoint, backup).</summary>
    public async Task Alone(Action<SqliteSession> work, CancellationToken ct)
    {
        await TakeTurn(ct);
        try
        {
            if (open is { } batch) Finish(batch);
            work(session);
        }
        finally
        {
            turn.Release();
        }
        await LetOthersWrite();
    }

    /// <summary>Refuses newcomers, waits (within reason) for the change that has the turn, commits what is done.</summary>
    public async ValueTask DisposeAsync()
    {
        if (closed) return;
        closed = true;

        var isMine = await turn.Take(Patience, CancellationToken.None);
        if (open is { } batch)
        {
            if (isMine) Finish(batch);
            else Abandon(new TimeoutException("A change was never ended."));
        }
        await checkpoints.DisposeAsync();
        Tidy();
        session.Dispose();
        turn.Release();
    }

    private async Task TakeTurn(CancellationToken ct)
    {
        var since = Stopwatch.GetTimestamp();
        if (!await turn.Take(Patience, ct)) throw DbErrors.Unavailable();
        StorageMeter.Waited(since);
        if (!closed) return;
        turn.Release();
        throw DbErrors.Unavailable();
    }

    private void Tidy()
    {
        try
        {
            session.Analyze("PRAGMA optimize");
            session.Execute("PRAGMA wal_checkpoint(TRUNCATE)");
        }
        catch (SqliteException)
        {
            // Nothing is lost: the next start finds the log and reads it.
        }
    }

    private void Finish(SqliteBatch batch)
    {
        try
        {
            if (batch.HasTexts) SearchTexts.IndexNew(session);
            var since = Stopwatch.GetTimestamp();
            session.Commit();
            var took = Stopwatch.GetElapsedTime(since);
            (company, sync) = (batch.Members - batch.Apart + turn.Waiting, took < MostPatience ? took : MostPatience);
            End();
            if (batch.HasMembers) Commits++;
            StorageMeter.Committed(batch.Members);
            batch.Succeed();
        }
        catch (Exception e)
        {
            Abandon(e);
            return;
        }
        checkpoints.After(session);
        if (isFilling) SqlitePatience.LeaveMoment();
    }

    private void End()
    {
        open = null;
        session.Redo.End();
    }

    private void Abandon(Exception reason)
    {
        var batch = open;
        End();
        try
        {
            session.Execute("ROLLBACK");
        }
        catch (SqliteException)
        {
            // Already rolled back by SQLite itself.
        }
        // Later members of a batch may have read, and kept in a cache, what earlier ones wrote.
        lost();
        batch?.Fail(reason);
    }
}
