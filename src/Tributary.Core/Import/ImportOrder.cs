namespace Tributary.Core.Import;

/// <summary>One file to import, and how.</summary>
public sealed record ImportOrder
{
    public required ImportMapping Mapping { get; init; }

    /// <summary>Opens the file at its start, in a stream that can seek.</summary>
    public required Func<Stream> Open { get; init; }

    /// <summary>Where rows go that cannot be imported: opened at the first of them, in a stream that can seek.</summary>
    public Func<Stream>? Rejects { get; init; }

    /// <summary>Everything is tried and undone again; the report says what would happen.</summary>
    public bool IsDryRun { get; init; }

    /// <summary>
    /// The name under which the progress is kept, in the same unit of work as the rows, so that the import can be resumed.
    /// </summary>
    public string? Key { get; init; }

    /// <summary>Goes on where the import of this key was interrupted.</summary>
    public bool Resume { get; init; }

    /// <summary>What it creates is kept under the key, so that it can be taken back.</summary>
    public bool IsUndoable { get; init; }

    /// <summary>Rows of one unit of work: what is lost at most when the import is interrupted.</summary>
    public int ChunkRows { get; init; } = 500;

    /// <summary>Told after each unit of work.</summary>
    public Action<ImportProgress>? Progress { get; init; }

    /// <summary>Runs in each unit of work, before it ends.</summary>
    internal Func<Storage.Tx, ImportProgress, Task>? Checkpoint { get; init; }
}

/// <summary>How far an import is, from 0 to 1, and what it did so far.</summary>
public sealed record ImportProgress(double Fraction, ImportReport SoFar);

/// <summary>What is kept of an import between its units of work.</summary>
internal sealed record ImportState
{
    /// <summary>The number of the last row that is done.</summary>
    public long Row { get; init; }

    /// <summary>How long the file of rejects was then; what stands behind is from rows that are done again.</summary>
    public long RejectsBytes { get; init; }
    public bool IsDone { get; init; }
    public required ImportReport Report { get; init; }
}
