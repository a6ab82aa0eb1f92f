using System.Diagnostics;
using System.Globalization;
using Tributary.Core.Activities;
using Tributary.Core.Catalog;
using Tributary.Core.Contacts;
using Tributary.Core.Deals;
using Tributary.Core.Kernel;
using Tributary.Core.Notes;
using Tributary.Core.Products;
using Tributary.Core.Storage;

namespace Tributary.Core.Import;

/// <summary>
/// Copies the records of another system, a page in one unit of work. A record keeps the id it has there where that is free
/// here, and is found again by it: copying twice changes nothing, and what was changed there meanwhile is changed here.
/// Records that were deleted here stay deleted.
/// </summary>
public sealed partial class Copier(Db db, Caller asked, string source)
{
    private readonly Caller caller = asked with { IsBulk = true };
    private readonly ImportTally reasons = new();
    private readonly ImportTally warnings = new();
    private readonly Dictionary<string, CopiedNoun> counts = [];
    private readonly long started = Stopwatch.GetTimestamp();

    /// <summary>Under which what is created is kept, so that it can be taken back.</summary>
    internal string? Key { get; init; }

    /// <summary>Runs in each unit of work, before it ends.</summary>
    internal Func<Tx, ImportReport, Task>? Checkpoint { get; init; }

    /// <summary>Told after each unit of work.</summary>
    public Action<ImportReport>? Progress { get; init; }

    public ImportReport Report => new()
    {
        Read = counts.Values.Sum(noun => noun.Read),
        Created = counts.Values.Sum(noun => noun.Created),
        Updated = counts.Values.Sum(noun => noun.Updated),
        Unchanged = counts.Values.Sum(noun => noun.Unchanged),
        Rejected = counts.Values.Sum(noun => noun.Rejected),
        Nouns = [.. counts.Values],
        Reasons = reasons.Warnings(),
        Warnings = warnings.Warnings(),
        Took = Stopwatch.GetElapsedTime(started),
    };

    /// <summary>Something was left out of a record; the copy goes on.</summary>
    public void Warn(string message, long theirId) => warnings.Warn(message, theirId);

    /// <summary>A record that cannot even be read.</summary>
    public void Refuse(string subject, Problem problem, long theirId)
    {
        reasons.Warn($"{subject}: {Sentence(problem)}", theirId);
        counts[subject] = Counted(counts.GetValueOrDefault(subject) ?? new(subject, 0, 0, 0, 0, 0), outcome: null);
    }

    public async Task<WorkspaceCatalog> Catalog(CancellationToken ct)
    {
        await using var tx = await db.Read(caller.Workspace, ct);
        return await tx.Catalog();
    }

    /// <summary>Their id → the id here, for those that were copied.</summary>
    public async Task<IReadOnlyDictionary<string, long>> Known(string subject, IReadOnlyCollection<string> theirIds, CancellationToken ct)
    {
        if (theirIds.Count == 0) return new Dictionary<string, long>();
        await using var tx = await db.Read(caller.Workspace, ct);
        return await ExternalIdStore.Find(tx, subject, source, theirIds);
    }

    public Task Organizations(IReadOnlyList<Copied<OrganizationPatch>> page, CancellationToken ct) =>
        Write(CopyNouns.Organizations, page, ct);

    public Task Persons(IReadOnlyList<Copied<PersonPatch>> page, CancellationToken ct) => Write(CopyNouns.Persons, page, ct);

    public Task Products(IReadOnlyList<Copied<ProductPatch>> page, CancellationToken ct) => Write(CopyNouns.Products, page, ct);

    public Task Deals(IReadOnlyList<Copied<DealPatch>> page, CancellationToken ct) => Write(CopyNouns.Deals, page, ct);

    public Task Activities(IReadOnlyList<Copied<ActivityPatch>> page, CancellationToken ct) => Write(CopyNouns.Activities, page, ct);

    public Task Notes(IReadOnlyList<Copied<NotePatch>> page, CancellationToken ct) => Write(CopyNouns.Notes, page, ct);

    /// <summary>Says again what could not be said before the records it names were copied. Not counted: they are known already.</summary>
    public Task Complete(IReadOnlyList<Copied<OrganizationPatch>> page, CancellationToken ct) =>
        Write(CopyNouns.Organizations, page, ct, counted: false);

    public Task Complete(IReadOnlyList<Copied<PersonPatch>> page, CancellationToken ct) =>
        Write(CopyNouns.Persons, page, ct, counted: false);

    public Task Complete(IReadOnlyList<Copied<DealPatch>> page, CancellationToken ct) => Write(CopyNouns.Deals, page, ct, counted: false);

    /// <summary>
    /// Ids up to the other system's greatest are not given out here, so that those of records yet to come stay free for them.
    /// </summary>
    public async Task Reserve(string subject, long greatest, CancellationToken ct)
    {
        var sequence = subject switch
        {
            "organization" => CopyNouns.Organizations.Ids,
            "person" => CopyNouns.Persons.Ids,
            "product" => CopyNouns.Products.Ids,
            "deal" => CopyNouns.Deals.Ids,
            "activity" => CopyNouns.Activities.Ids,
            "note" => CopyNouns.Notes.Ids,
            "stage" => "stage_ids",
            _ => throw new ArgumentOutOfRangeException(nameof(subject), subject, "No such subject is copied."),
        };
        await using var tx = await db.Write(caller.Workspace, ct);
        await tx.NeverGiveOut(sequence, greatest);
        await tx.Commit();
    }

    private async Task Write<TRecord, TPatch>(CopyNoun<TRecord, TPatch> noun, IReadOnlyList<Copied<TPatch>> page, CancellationToken ct,
        bool counted = true) where TRecord : class
    {
        if (page.Count == 0) return;
        await using var tx = await db.Write(caller.Workspace, ct, mayTakeLong: true);
        var known = await ExternalIdStore.Find(tx, noun.Subject, source, [.. page.Select(record => record.TheirId)]);
        var present = (await noun.Load(tx, [.. known.Values])).ToDictionary(record => noun.Of(record).Id);
        var taken = await Taken(tx, noun, [.. page.Select(record => IdOf(record.TheirId)).OfType<long>()]);
        var count = counts.GetValueOrDefault(noun.Subject) ?? new(noun.Subject, 0, 0, 0, 0, 0);
        var fresh = new Dictionary<string, long>(StringComparer.Ordinal);
        var refusals = new List<(string Reason, long Id)>();
        foreach (var (theirId, patch) in page)
        {
            ct.ThrowIfCancellationRequested();
            var before = known.TryGetValue(theirId, out var id) ? present.GetValueOrDefault(id) : null;
            var outcome = RowOutcome.Unchanged;
            var refused = before is not null && noun.Of(before).IsDeleted ? null : await tx.Attempt(async () =>
            {
                if (before is null)
                {
                    var wanted = IdOf(theirId) is { } free && taken.Add(free) ? noun.WithId(patch, free) : patch;
                    fresh[theirId] = noun.Of(await noun.Create(tx, caller, wanted)).Id;
                    outcome = RowOutcome.Created;
                }
                else if (!ReferenceEquals(await noun.Update(tx, caller, before, patch), before))
                {
                    outcome = RowOutcome.Updated;
                }
            });
            if (refused is not null) refusals.Add(($"{noun.Subject}: {Sentence(refused)}", IdOf(theirId) ?? 0));
            count = Counted(count, refused is null ? outcome : null);
        }
        await ExternalIdStore.Put(tx, noun.Subject, source, fresh);
        if (Key is { } key) await ImportedRecordStore.Put(tx, key, noun.Subject, [.. fresh.Values]);
        foreach (var (reason, id) in refusals) reasons.Warn(reason, id);
        if (counted) counts[noun.Subject] = count;
        await End(tx);
    }

    private static async Task<HashSet<long>> Taken<TRecord, TPatch>(Tx tx, CopyNoun<TRecord, TPatch> noun, IReadOnlyCollection<long> ids)
        where TRecord : class
    {
        var taken = (await noun.Load(tx, ids)).Select(record => noun.Of(record).Id).ToHashSet();
        if (noun.AlsoTaken is { } also) taken.UnionWith(await also(tx, ids));
        return taken;
    }

    private async Task End(Tx tx)
    {
        if (Checkpoint is { } checkpoint) await checkpoint(tx, Report);
        await tx.Commit();
        Progress?.Invoke(Report);
    }

    private static CopiedNoun Counted(CopiedNoun count, RowOutcome? outcome) => outcome switch
    {
        RowOutcome.Created => count with { Read = count.Read + 1, Created = count.Created + 1 },
        RowOutcome.Updated => count with { Read = count.Read + 1, Updated = count.Updated + 1 },
        RowOutcome.Unchanged => count with { Read = count.Read + 1, Unchanged = count.Unchanged + 1 },
        null => count with { Read = count.Read + 1, Rejected = count.Rejected + 1 },
    };

    private static string Sentence(Problem refused) =>
        refused.Fields.Count == 0 ? refused.Message : string.Join(" ", refused.Fields.Select(error => $"{error.Field}: {error.Message}"));

    private static long? IdOf(string theirId) => long.TryParse(theirId, NumberStyles.None, CultureInfo.InvariantCulture, out var id)
        && id is > 0 and <= 9_007_199_254_740_991 ? id : null;
}
