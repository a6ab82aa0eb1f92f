using Microsoft.Data.Sqlite;

namespace Tributary.Core.Storage;

/// <summary>Units of work on SQLite: those that write take turns on one connection, those that read have one each.</summary>
internal sealed class SqliteUnits(Db db, SqliteFile file) : Units
{
    private readonly SqliteWriter writer = new(file.OpenFirst(), new(file), file.Use is SqliteUse.Filling, db.Forget);
    private readonly SqliteReaders readers = new(file);

    /// <summary>How many commits the writer made; changes that shared one count once.</summary>
    public int Commits => writer.Commits;

    /// <summary>Runs work on the writing connection while no change is under way.</summary>
    public Task Alone(Action<SqliteSession> work, CancellationToken ct) => writer.Alone(work, ct);

    public override async Task<Tx> Write(long workspace, bool mayTakeLong, bool isApart, bool isAlone, CancellationToken ct)
    {
        var measure = StorageMeter.Begin("write");
        await writer.Begin(ct);
        return Writing(workspace, isApart, measure, ct);
    }

    /// <summary>Whoever fills a database has all of it to do; others' requests are not to wait for one unit of work after the other.</summary>
    public bool GoesOn => file.Use is SqliteUse.Filling;

    /// <summary>The unit of work that follows another, and what says that the other is committed.</summary>
    public async Task<(Tx Next, Task Committed)> GoOn(Tx tx, PutQueue queue, CancellationToken ct)
    {
        object? seen = null;
        var committed = await queue.Then(before => writer.Session.Beside(before, () => seen = writer.CommitAndKeepTurn(tx.HasTexts)));
        await queue.Then(before => writer.Session.Beside(before, () => writer.BeginNext(seen)));
        return (Writing(tx.Workspace, isApart: true, StorageMeter.Begin("write"), ct), committed);
    }

    private Tx Writing(long workspace, bool isApart, StorageMeter.Measure measure, CancellationToken ct)
    {
        Tx? tx = null;
        return tx = new(db, writer.Session, workspace, End, measure, ct);

        async ValueTask End(bool commit)
        {
            if (commit) await writer.Commit(tx!.HasTexts, isApart);
            else await writer.Rollback();
        }
    }

    /// <summary>A question costs little beside its transaction's beginning and end, both calls of a library: there is no other way for one.</summary>
    public override Task<Tx> Read(long workspace, bool asksOnce, CancellationToken ct)
    {
        var taken = readers.Take(ct);
        return taken.IsCompletedSuccessfully ? Task.FromResult(Begin(taken.Result, workspace, ct)) : Begin(taken, workspace, ct);
    }

    private async Task<Tx> Begin(ValueTask<SqliteSession> taken, long workspace, CancellationToken ct) =>
        Begin(await taken, workspace, ct);

    private Tx Begin(SqliteSession session, long workspace, CancellationToken ct)
    {
        try
        {
            // The snapshot begins with the first statement, after the unit of work has noted which catalogs are current.
            session.Begin();
        }
        catch
        {
            readers.Return(session, false);
            throw;
        }
        var stop = ct.UnsafeRegister(static session => ((SqliteSession)session!).Interrupt(), session);
        return new(db, session, workspace, End, StorageMeter.Begin("read"), ct);

        async ValueTask End(bool commit)
        {
            await stop.DisposeAsync();
            var isSound = false;
            try
            {
                session.Commit();
                isSound = true;
            }
            catch (SqliteException)
            {
                // What was read was read; only this connection is finished.
            }
            finally
            {
                readers.Return(session, isSound);
            }
        }
    }

    public override async ValueTask DisposeAsync()
    {
        await readers.DisposeAsync();
        await writer.DisposeAsync();
        file.Sync();
    }
}
