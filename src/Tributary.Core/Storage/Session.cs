namespace Tributary.Core.Storage;

/// <summary>
/// A connection as a unit of work uses it: how one backend is asked and told. Which one is decided once, when the unit of work begins.
/// What the database refuses comes as its provider's exception. Used by one unit of work at a time.
/// </summary>
internal abstract class Session
{
    /// <summary>The answer of a question. It must be disposed before anything else is asked.</summary>
    /// <param name="text">One statement.</param>
    /// <param name="parameters">A record with a member for each name in the text, <see cref="SqlValues"/>, or pairs.</param>
    /// <param name="ct">Stops what runs.</param>
    public abstract ValueTask<Rows> Ask(string text, object parameters, CancellationToken ct);

    /// <summary>The first row of a question that can go with those of others; none where it is to be asked by <see cref="Ask"/>.</summary>
    public virtual ValueTask<FirstRow<T>?> First<T>(string text, object parameters, ReadRow<T>? read) => default;

    /// <summary>The answers of several questions, one after another (<see cref="Rows.NextAnswer"/>).</summary>
    public abstract ValueTask<Rows> AskTogether(IReadOnlyList<(string Text, object Parameters)> questions, CancellationToken ct);

    /// <summary>How many rows the statement changed.</summary>
    public abstract ValueTask<int> Run(string text, object parameters, CancellationToken ct);

    /// <summary>A statement of whose answer nobody takes note: it may wait for the next question, or for the end.</summary>
    public abstract ValueTask Put(string text, object parameters, CancellationToken ct);

    /// <summary>A place in what the unit of work does, for <see cref="Forget"/>.</summary>
    public virtual int Mark() => 0;

    /// <summary>Drops what was put and still waits, or may have to be done again: the part of the unit of work since the mark is undone.</summary>
    public virtual void Forget(int mark)
    {
    }

    /// <summary>Where statements gather that run beside the unit of work. While it is not idle the connection is its own.</summary>
    public abstract ValueTask<PutQueue> Queue(CancellationToken ct);

    /// <summary>Runs several statements, which have no parameters.</summary>
    public abstract ValueTask RunScript(string text, CancellationToken ct);

    /// <summary>The answers of questions of one whole number each, in this order.</summary>
    public abstract ValueTask<IReadOnlyList<long?>> Wholes(IReadOnlyList<(string Text, object Parameters)> questions, CancellationToken ct);

    /// <summary>Which of a total's rows the unit of work adds to.</summary>
    public virtual int Shard => 0;

    /// <summary>Whether it can tell the catalog version without sending a message for it.</summary>
    public virtual bool HasBegun => true;

    /// <summary>The workspace's catalog version, where the connection knows it without asking.</summary>
    public abstract ValueTask<long?> CatalogVersion(long workspace, bool hasAsked, CancellationToken ct);

    /// <summary>The workspace's catalog version was asked for, and this is it.</summary>
    public virtual void NoteCatalogVersion(long workspace, long version)
    {
    }
}
