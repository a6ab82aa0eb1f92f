using Tributary.Core.Storage;

namespace Tributary.Core.Import;

/// <summary>What a row did to the record it is about.</summary>
internal enum RowOutcome { Created, Updated, Unchanged }

/// <summary>What importing asks of one kind of record. Everything that is alike for all kinds is in ImportRun.</summary>
internal interface IImportKind<T>
    where T : class
{
    /// <summary>The noun of the log and of external ids.</summary>
    string Subject { get; }

    RowRead<T> Read(ImportRow row);

    ImportedBasics BasicsOf(T record);

    /// <summary>The record that the row is about though no id says so; none for kinds whose names tell nothing apart.</summary>
    long? ByName(T record);

    /// <summary>The sequence that gives its ids.</summary>
    string Ids { get; }

    /// <summary>What must be there before the first row.</summary>
    Task Prepare(Tx tx, IReadOnlyList<string> stages);

    /// <summary>
    /// Reads existing records, so that they can be updated; those that are not there, or that the caller does not see, are left out.
    /// </summary>
    Task Load(Tx tx, IReadOnlyCollection<long> ids);

    /// <summary>
    /// Looks up at once, before the rows of a chunk, whom they name: a question in between waits for everything that is still being
    /// written.
    /// </summary>
    Task Foresee(Tx tx, IReadOnlyList<T> records);

    /// <summary>Whether the record was loaded or created since <see cref="Forget"/>.</summary>
    bool Has(long id);

    /// <summary>A new chunk begins.</summary>
    void Forget();

    Task<long> Create(Tx tx, T record);

    /// <summary>Makes a loaded record what the row says. An empty cell says nothing.</summary>
    Task<RowOutcome> Update(Tx tx, long id, T record);
}
