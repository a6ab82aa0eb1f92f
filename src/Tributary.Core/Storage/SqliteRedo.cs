namespace Tributary.Core.Storage;

/// <summary>
/// What the changes of a batch have written. A savepoint for each would make SQLite copy every page that one changes, though the next
/// changes the same ones; so one change is undone by undoing the batch and writing again what the others wrote: from the same state and in
/// the same order, which gives the same rows and the same ids (decision 0034).
/// </summary>
internal sealed class SqliteRedo(SqliteSession session)
{
    // More than requests write together; for who writes as much, a savepoint costs little.
    private const int Most = 2_000;

    private readonly List<(string Text, object Parameters)> written = [];
    private bool hasSavepoint;

    // Something was done that cannot be written again from here.
    private bool isLost;

    // Of the change that has the turn: where it began, and the same.
    private int own;
    private bool isOwnLost;

    /// <summary>How many statements there are to write again.</summary>
    public int Count => written.Count;

    /// <summary>
    /// Begins a batch, with SQLite's lock. A savepoint outside of a transaction begins one, costs nothing, and can be gone back to without
    /// anybody else writing meanwhile; but it takes the lock with the first statement that writes, for which a pragma stands that does nothing
    /// here. https://www.sqlite.org/lang_savepoint.html
    /// </summary>
    public void Open()
    {
        // What was written outside of a batch is nobody's to undo.
        End();
        session.Execute("SAVEPOINT batch");
        try
        {
            session.Execute("PRAGMA incremental_vacuum(1)");
        }
        catch
        {
            session.Execute("ROLLBACK");
            throw;
        }
    }

    /// <summary>Another change of the batch begins.</summary>
    public void Next()
    {
        if (isLost) Move();
    }

    /// <summary>A statement that writes is run. Its parameters must stay as they are.</summary>
    public void Add(string text, object parameters)
    {
        if (isOwnLost) return;
        if (Count - own < Most) written.Add((text, parameters));
        else LoseOwn();
    }

    /// <summary>The change that has the turn writes what cannot be written again from here.</summary>
    public void LoseOwn()
    {
        isOwnLost = true;
        CutTo(own);
    }

    /// <summary>A part of the change that has the turn, which began when there were so many, was undone.</summary>
    public void CutTo(int count)
    {
        if (count < Count) written.RemoveRange(count, Count - count);
    }

    /// <summary>The change that has the turn is done.</summary>
    public void Keep()
    {
        MustBeOpen();
        isLost |= isOwnLost || Count > Most;
        (own, isOwnLost) = (Count, false);
    }

    /// <summary>Undoes the change that has the turn. What the others wrote is written again at most once, however many are undone.</summary>
    public void Undo()
    {
        MustBeOpen();
        if (Count == own && !isOwnLost) return;
        session.Execute(hasSavepoint ? "ROLLBACK TO change" : "ROLLBACK TO batch");
        foreach (var (text, parameters) in written.Take(own)) session.Prepared(text).Run(parameters);
        Move();
    }

    /// <summary>The batch is committed or undone, and its savepoints with it.</summary>
    public void End()
    {
        hasSavepoint = false;
        Clear();
    }

    // A full disk or a broken file makes SQLite undo everything by itself; what is written after that would be on its own.
    private void MustBeOpen()
    {
        if (!session.IsInTransaction) throw DbErrors.Unavailable();
    }

    private void Move()
    {
        if (hasSavepoint) session.Execute("RELEASE change");
        session.Execute("SAVEPOINT change");
        hasSavepoint = true;
        Clear();
    }

    private void Clear()
    {
        written.Clear();
        (own, isOwnLost, isLost) = (0, false, false);
    }
}
