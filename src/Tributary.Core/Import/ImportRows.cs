using Tributary.Core.Kernel;
using Tributary.Core.Storage;

namespace Tributary.Core.Import;

/// <summary>Writes the rows of one chunk after the other, each as a new record or over the one that it is about.</summary>
internal sealed class ImportRows<T>(ImportOrder order, IImportKind<T> kind, ImportNames names, ImportTally tally)
    where T : class
{
    private readonly string? source = order.Mapping.ExternalId?.Source;
    // A dry run undoes what it wrote, so it must remember itself which ids it has seen.
    private readonly HashSet<string> seenIds = new(StringComparer.Ordinal);
    private readonly List<long> made = [];
    private ChunkLookup lookup = new(new Dictionary<string, long>(), [], []);

    /// <summary>What the current chunk has created from its rows.</summary>
    public IReadOnlyList<long> Made => made;

    /// <summary>Begins a chunk: looks up whatever its rows are about.</summary>
    /// <returns>How many of the rows have an external id that is known already.</returns>
    public async Task<int> Begin(Tx tx, IReadOnlyList<T> records)
    {
        kind.Forget();
        made.Clear();
        var basics = records.Select(kind.BasicsOf).ToList();
        var known = source is null ? new Dictionary<string, long>()
            : await ExternalIdStore.Find(tx, kind.Subject, source, [.. basics.Select(each => each.ExternalId).OfType<string>().Distinct()]);
        var byName = records.Select(Named).OfType<long>().ToList();
        await kind.Load(tx, [.. known.Values.Concat(basics.Select(each => each.Id).OfType<long>()).Concat(byName).Distinct()]);
        var claimed = source is null || byName.Count == 0 ? [] : await ImportStore.Claimed(tx, kind.Subject, source, byName);
        lookup = new(known, new(StringComparer.Ordinal), [.. claimed]);
        return known.Count;
    }

    /// <summary>
    /// Writes one row and answers what became of it, or why it is refused; carefully means that a refused one leaves nothing.
    /// </summary>
    public async Task<(RowOutcome Outcome, IReadOnlyList<FieldError>? Why)> Write(Tx tx, T record, bool isCareful)
    {
        var mark = isCareful ? names.Mark() : default;
        var (outcome, id) = (RowOutcome.Created, 0L);
        var refusal = isCareful ? await tx.Attempt(Change) : await Refusal(Change);
        if (refusal is not null)
        {
            // Otherwise the whole chunk is undone.
            if (isCareful) names.Undo(mark, keepCounts: false);
            return (default, refusal.Fields.Count > 0 ? refusal.Fields : [new("row", refusal.Message)]);
        }

        async Task Change()
        {
            var existing = Existing(record);
            if (existing is { } there && !kind.Has(there)) await kind.Load(tx, [there]);
            if (existing is not { } seen || !kind.Has(seen))
            {
                id = await kind.Create(tx, record);
                return;
            }
            id = seen;
            if (order.Mapping.Existing is ExistingPolicy.Keep)
            {
                tally.Warn("left as it is: it was there already", kind.BasicsOf(record).Line);
                outcome = RowOutcome.Unchanged;
                return;
            }
            outcome = await kind.Update(tx, id, record);
        }

        if (outcome is RowOutcome.Created) made.Add(id);
        if (kind.BasicsOf(record).ExternalId is not { } externalId) return (outcome, null);
        if (order.IsDryRun && !seenIds.Add(externalId)) outcome = RowOutcome.Unchanged;
        if (!lookup.Known.TryGetValue(externalId, out var known) || known != id)
        {
            lookup.Fresh[externalId] = id;
            if (source is not null) await ExternalIdStore.Put(tx, kind.Subject, source, externalId, id);
        }
        lookup.Claimed.Add(id);
        return (outcome, null);
    }

    private static async Task<Problem?> Refusal(Func<Task> write)
    {
        try
        {
            await write();
            return null;
        }
        catch (ProblemException refused) when (refused.Problem.Code is not ProblemCode.Unavailable)
        {
            return refused.Problem;
        }
    }

    /// <summary>
    /// The record that the row is about: by the other system's id, by ours, by name. A name that another row of the source has claimed is
    /// somebody else's.
    /// </summary>
    private long? Existing(T record)
    {
        var basics = kind.BasicsOf(record);
        if (basics.ExternalId is { } externalId)
        {
            if (lookup.Fresh.TryGetValue(externalId, out var fresh)) return fresh;
            if (lookup.Known.TryGetValue(externalId, out var known) && kind.Has(known)) return known;
        }
        if (basics.Id is { } own && kind.Has(own)) return own;
        return kind.ByName(record) is { } named && !lookup.Claimed.Contains(named) ? named : null;
    }

    /// <summary>Refusals of an ambiguous name come when the row's turn comes.</summary>
    private long? Named(T record)
    {
        try
        {
            return kind.ByName(record);
        }
        catch (ProblemException)
        {
            return null;
        }
    }

    /// <summary>What a chunk knows of external ids: those there before, those it has given, and the records that have one.</summary>
    private sealed record ChunkLookup(IReadOnlyDictionary<string, long> Known, Dictionary<string, long> Fresh, HashSet<long> Claimed);
}
