namespace Tributary.Core.Storage;

// Changes that follow each other with one turn (Tx.GoOn).
internal sealed partial class SqliteWriter
{
    // Does not change with what is written through this connection. https://www.sqlite.org/pragma.html#pragma_data_version
    private const string OthersWrites = "PRAGMA data_version";

    /// <summary>
    /// Commits the change that has the turn, which it keeps for <see cref="BeginNext"/>. On any thread, as long as no other uses the connection.
    /// </summary>
    /// <returns>What tells whether somebody else has written since.</returns>
    public object? CommitAndKeepTurn(bool hasTexts)
    {
        var batch = open!;
        var seen = session.Value(OthersWrites);
        Join(batch, hasTexts, isApart: true);
        Finish(batch);
        batch.Written.GetAwaiter().GetResult();
        return seen;
    }

    /// <summary>Begins the change that has the turn now. Whoever ends it gives the turn back.</summary>
    /// <exception cref="OvertakenException">Another process has written in between; the change has begun all the same.</exception>
    public void BeginNext(object? seen)
    {
        BeginBatch();
        if (!Equals(session.Value(OthersWrites), seen)) throw new OvertakenException();
    }
}
