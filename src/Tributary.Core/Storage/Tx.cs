using System.Collections.Concurrent;
using System.Data.Common;
using Tributary.Core.Catalog;

namespace Tributary.Core.Storage;

/// <summary>
/// One unit of work in one workspace. It carries its own clock so that every row it writes has the same time, and so
/// that no SQL text ever asks the database what time it is. Disposing it without <see cref="Commit"/> undoes it.
/// </summary>
internal sealed partial class Tx(Db db, Session session, long workspace, Func<bool, ValueTask> end, StorageMeter.Measure measure,
    CancellationToken ct) : IAsyncDisposable
{
    private List<Action>? committed;
    private PutQueue? queue;
    private SharedRead? shared;
    private bool ended;
    private bool failed;

    public Db Db => db;
    public SqlFlavor Sql => db.Sql;
    public long Workspace => workspace;
    public DateTimeOffset Now { get; } = db.Now();

    /// <summary>How many statements this unit of work has run; tests of "no N+1" read it.</summary>
    public int Statements { get; private set; }

    /// <summary>Which of a total's rows this unit of work adds to, so that it waits for no other one of its workspace.</summary>
    public int Shard => session.Shard;

    /// <summary>The database has refused a statement; PostgreSQL answers no other after that.</summary>
    public bool HasFailed => failed;

    /// <summary>Set where hundreds of deals are written at once. What it keeps back is to be settled before the commit.</summary>
    public Bulk? Bulk { get; set; }

    /// <summary>What is counted may have gaps, so that nobody waits for this unit of work to take their number.</summary>
    public bool CountsApart { get; set; }

    /// <summary>New texts to be found were written. SQLite indexes them just before the commit; until then they are not found.</summary>
    public bool HasTexts { get; set; }

    /// <summary>The catalogs that were true when this unit of work began; a restored database starts a new set.</summary>
    internal ConcurrentDictionary<long, WorkspaceCatalog> Catalogs { get; } = db.Catalogs;

    /// <summary>Whose version the first question is to find, where that is a transaction by itself.</summary>
    internal WorkspaceCatalog? ExpectedCatalog { get; init; }

    /// <summary>It is expected to ask one question, which can go with those of others.</summary>
    internal bool AsksOnce => ExpectedCatalog is not null;

    /// <summary>What <see cref="CatalogStore"/> remembers for this unit of work.</summary>
    internal WorkspaceCatalog? KnownCatalog { get; set; }
    internal bool CatalogChanged { get; set; }

    /// <summary>What <see cref="Sequences"/> took for this unit of work and has not given out.</summary>
    internal Dictionary<string, Queue<long>> Reserved => field ??= [];

    public Guid NextUid() => db.Uids.Next();

    /// <summary>The rows of a question. <see cref="Answers"/> has the ways to take them.</summary>
    public ValueTask<Rows> Ask(string text, object parameters)
    {
        Runs(text, parameters);
        if (queue is { IsIdle: false }) return Later(null, text, parameters);
        try
        {
            // SQLite has answered when it returns.
            var asked = session.Ask(text, parameters, ct);
            if (!asked.IsCompletedSuccessfully) return Later(asked, text, parameters);
            var rows = asked.Result;
            rows.Of = this;
            return new(rows);
        }
        catch (DbException error)
        {
            throw Said(error);
        }
    }

    /// <summary>
    /// The first row of a question that can go with those of others; none where it is to be asked by <see cref="Ask"/>.
    /// <see cref="Answers"/> knows.
    /// </summary>
    public async ValueTask<FirstRow<T>?> First<T>(string text, object parameters, ReadRow<T>? read)
    {
        MustBeOpen();
        try
        {
            if (await session.First(text, parameters, read) is not { } first) return null;
            Runs(text, parameters);
            return first;
        }
        catch (DbException error)
        {
            throw Said(error);
        }
    }

    private async ValueTask<Rows> Later(ValueTask<Rows>? asked, string text, object parameters)
    {
        try
        {
            await Settle();
            var rows = await (asked ?? session.Ask(text, parameters, ct));
            rows.Of = this;
            return rows;
        }
        catch (DbException error)
        {
            throw Said(error);
        }
    }

    /// <summary>The same of several questions: on PostgreSQL they go in one message.</summary>
    public async ValueTask<Rows> AskTogether(params IReadOnlyList<(string Text, object Parameters)> questions)
    {
        foreach (var (text, parameters) in questions) Runs(text, parameters);
        try
        {
            await Settle();
            var rows = await session.AskTogether(questions, ct);
            rows.Of = this;
            return rows;
        }
        catch (DbException error)
        {
            throw Said(error);
        }
    }

    /// <summary>The answers of questions of one whole number each: in this order, and on PostgreSQL in one round trip.</summary>
    public Task<IReadOnlyList<long?>> Wholes(params IReadOnlyList<(string Text, object Parameters)> questions) => Translated(async () =>
    {
        foreach (var (text, parameters) in questions) Runs(text, parameters);
        await Settle();
        return await session.Wholes(questions, ct);
    });

    /// <summary>How many rows the statement changed.</summary>
    public Task<int> Run(string text, object parameters) => Translated(async () =>
    {
        Runs(text, parameters);
        await Settle();
        return await session.Run(text, parameters, ct);
    });

    /// <summary>
    /// Runs a statement that answers no rows and of whose count nobody takes note. On PostgreSQL, and while much is written, it runs
    /// later and together with others, at the latest with the next question or the commit; what is wrong with it is said then.
    /// </summary>
    public Task Put(string text, object parameters)
    {
        Runs(text, parameters);
        try
        {
            // SQLite has run it when it returns, and on PostgreSQL it waits.
            var put = Bulk is null ? session.Put(text, parameters, ct) : PutInBulk(text, parameters);
            return put.IsCompletedSuccessfully ? Task.CompletedTask : Translated(async () =>
            {
                await put;
                return true;
            });
        }
        catch (DbException error)
        {
            throw Said(error);
        }
    }

    private async ValueTask PutInBulk(string text, object parameters) =>
        await (queue ??= await session.Queue(ct)).Add(text, parameters);

    /// <summary>Runs several statements, which have no parameters.</summary>
    public Task RunScript(string text) => Translated(async () =>
    {
        Runs(text, new { });
        await Settle();
        await session.RunScript(text, ct);
        return true;
    });

    /// <summary>PostgreSQL only: see <see cref="Db.Alone(long, string, object, CancellationToken)"/>.</summary>
    public Task<long> Alone(string text, object parameters)
    {
        Runs(text, parameters);
        return db.Alone(workspace, text, parameters, ct);
    }

    /// <summary>Whether <see cref="CatalogVersion"/> costs no message.</summary>
    public bool HasBegun => session.HasBegun;

    /// <summary>The workspace's catalog version, where the connection knows it without asking.</summary>
    public ValueTask<long?> CatalogVersion()
    {
        MustBeOpen();
        var version = session.CatalogVersion(workspace, Statements > 0, ct);
        return version.IsCompletedSuccessfully ? version : new(Translated(version.AsTask));
    }

    /// <summary>What the connection did not know.</summary>
    public void NoteCatalogVersion(long version) => session.NoteCatalogVersion(workspace, version);

    /// <summary>Runs after the commit has succeeded, in order; used to drop what a cache held.</summary>
    public void WhenCommitted(Action action) => (committed ??= []).Add(action);

    /// <summary>What takes back all that is remembered and waits since now, for a part that is undone.</summary>
    internal Action Mark()
    {
        var (changed, known, waiting, mark) = (CatalogChanged, KnownCatalog, committed?.Count ?? 0, session.Mark());
        return () =>
        {
            session.Forget(mark);
            (CatalogChanged, KnownCatalog) = (changed, known);
            committed?.RemoveRange(waiting, committed.Count - waiting);
        };
    }

    /// <summary>Not cancellable: a caller who hangs up now must not leave us unsure whether it happened.</summary>
    public Task Commit() => Translated(async () =>
    {
        MustBeOpen();
        await Settle();
        ended = true;
        shared?.Keeps(isSound: false);
        try
        {
            await end(true);
        }
        finally
        {
            measure.End(Statements);
        }
        foreach (var action in committed ?? []) action();
        return true;
    });

    /// <summary>Open again for a verb that reads in what another one began.</summary>
    internal void LendTo(SharedRead flow) => (shared, ended) = (flow, false);

    public ValueTask DisposeAsync()
    {
        if (ended) return ValueTask.CompletedTask;
        ended = true;
        return shared?.Keeps(isSound: !failed) == true ? ValueTask.CompletedTask : End();
    }

    /// <summary>Undoes what was not committed, and gives the connection back.</summary>
    internal async ValueTask End()
    {
        ended = true;
        if (queue is not null) await queue.Stop();
        measure.End(Statements);
        await end(false);
    }

    /// <summary>What an error of the database means to the caller. SQLite reports an interruption as an error.</summary>
    internal Exception Said(DbException error)
    {
        failed = true;
        return ct.IsCancellationRequested && !ended ? new OperationCanceledException(ct) : (Exception?)DbErrors.Translate(error) ?? error;
    }

    private void Runs(string text, object parameters)
    {
        MustBeOpen();
        Statements++;
        db.Runs(this, text, parameters);
    }

    private Task Settle() => queue is null or { IsIdle: true } ? Task.CompletedTask : queue.Settle();

    // On SQLite the connection already serves somebody else.
    private void MustBeOpen() => ObjectDisposedException.ThrowIf(ended, this);

    private async Task<T> Translated<T>(Func<Task<T>> work)
    {
        try
        {
            return await work();
        }
        catch (DbException error)
        {
            throw Said(error);
        }
    }
}
