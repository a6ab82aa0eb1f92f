using Tributary.Core.Catalog;
using Tributary.Core.Deals;
using Tributary.Core.Fields;
using Tributary.Core.Kernel;
using Tributary.Core.Labels;
using Tributary.Core.Pipelines;
using Tributary.Core.Products;
using Tributary.Core.Storage;
using Tributary.Core.Users;

namespace Tributary.Core.Import;

// What shapes a workspace. It is made where it is missing, taken by its name where it is there, and never changed: how the
// workspace is set up is for its people to say.
public sealed partial class Copier
{
    /// <summary>Those whose address a user here has are that user; others are made, without a password, when they may be.</summary>
    public async Task Users(IReadOnlyList<Copied<NewUser>> users, bool create, CancellationToken ct)
    {
        await using var tx = await db.Write(caller.Workspace, ct);
        var here = (await tx.Catalog()).Users.ToDictionary(user => Folding.Fold(user.Email), user => user.Id);
        var known = await ExternalIdStore.Find(tx, "user", source, [.. users.Select(user => user.TheirId)]);
        var found = new Dictionary<string, long>(StringComparer.Ordinal);
        foreach (var (theirId, given) in users)
        {
            var isNew = false;
            if (!here.TryGetValue(Folding.Fold(given.Email), out var id) && !known.TryGetValue(theirId, out id))
            {
                if (!create || await tx.Attempt(async () => id = (await UserService.Create(tx, caller, given)).Id) is not null) continue;
                isNew = true;
            }
            found[theirId] = id;
            Count("user", isNew);
        }
        await ExternalIdStore.Put(tx, "user", source, found);
        await End(tx);
    }

    public async Task Pipelines(IReadOnlyList<CopiedPipeline> pipelines, CancellationToken ct)
    {
        await using var tx = await db.Write(caller.Workspace, ct);
        var known = await ExternalIdStore.Find(tx, "pipeline", source, [.. pipelines.Select(pipeline => pipeline.TheirId)]);
        var knownStages = await ExternalIdStore.Find(tx, "stage", source,
            [.. pipelines.SelectMany(pipeline => pipeline.Stages).Select(stage => stage.TheirId)]);
        var (found, stages) = (new Dictionary<string, long>(StringComparer.Ordinal), new Dictionary<string, long>(StringComparer.Ordinal));
        var (claimed, claimedStages) = (known.Values.ToHashSet(), knownStages.Values.ToHashSet());
        foreach (var (theirId, patch, theirStages) in pipelines)
        {
            var catalog = await tx.Catalog();
            var there = Find(catalog.Pipelines.Where(pipeline => pipeline.DeletedAt is null), known, claimed, theirId,
                pipeline => (pipeline.Id, pipeline.Name), patch.Name.Value);
            var pipeline = there ?? await PipelineService.Create(tx, caller, Free(patch, theirId, catalog), []);
            found[theirId] = pipeline.Id;
            Count("pipeline", there is null);
            foreach (var (theirStage, given) in theirStages)
            {
                catalog = await tx.Catalog();
                var open = catalog.StagesOf(pipeline.Id).Where(stage => stage is { Kind: StageKind.Open, DeletedAt: null });
                var here = Find(open, knownStages, claimedStages, theirStage, stage => (stage.Id, stage.Name), given.Name.Value);
                var stagePatch = given with
                {
                    PipelineId = pipeline.Id,
                    Id = IdOf(theirStage) is { } id && catalog.Stage(id) is null ? id : default(Field<long>),
                };
                stages[theirStage] = (here ?? await PipelineService.CreateStage(tx, caller, stagePatch)).Id;
                Count("stage", here is null);
            }
        }
        await ExternalIdStore.Put(tx, "pipeline", source, found);
        await ExternalIdStore.Put(tx, "stage", source, stages);
        await End(tx);

        static T? Find<T>(IEnumerable<T> all, IReadOnlyDictionary<string, long> ids, HashSet<long> claimed, string theirId,
            Func<T, (long Id, string Name)> of, string name) where T : class
        {
            var candidates = all.ToList();
            var match = ids.TryGetValue(theirId, out var id) ? candidates.Find(each => of(each).Id == id) : null;
            match ??= candidates.Find(each => Folding.Fold(of(each).Name) == Folding.Fold(name) && !claimed.Contains(of(each).Id));
            if (match is not null) claimed.Add(of(match).Id);
            return match;
        }
    }

    /// <summary>Labels are told apart by the kind of record and their id, since ids are counted per kind elsewhere.</summary>
    public async Task Labels(IReadOnlyList<Copied<LabelPatch>> labels, CancellationToken ct)
    {
        await using var tx = await db.Write(caller.Workspace, ct);
        var known = await ExternalIdStore.Find(tx, "label", source, [.. labels.Select(label => label.TheirId)]);
        var found = new Dictionary<string, long>(StringComparer.Ordinal);
        foreach (var (theirId, patch) in labels)
        {
            var catalog = await tx.Catalog();
            var there = catalog.Labels.FirstOrDefault(label => known.TryGetValue(theirId, out var id) && label.Id == id)
                ?? catalog.Labels.FirstOrDefault(label => label.Subject == patch.Subject.Value
                    && Folding.Fold(label.Name) == Folding.Fold(patch.Name.Value));
            var wanted = patch.Id is { IsSet: true } id && catalog.Label(id.Value) is null ? patch : patch with { Id = default };
            found[theirId] = (there ?? await LabelService.Create(tx, caller, wanted)).Id;
            Count("label", there is null);
        }
        await ExternalIdStore.Put(tx, "label", source, found);
        await End(tx);
    }

    /// <summary>By their key, where a field of the same type has it; options that a field lacks are added to it.</summary>
    public async Task Fields(IReadOnlyList<CopiedField> fields, CancellationToken ct)
    {
        await using var tx = await db.Write(caller.Workspace, ct);
        var known = await ExternalIdStore.Find(tx, "field", source, [.. fields.Select(field => field.TheirId)]);
        var found = new Dictionary<string, long>(StringComparer.Ordinal);
        foreach (var (theirId, given) in fields)
        {
            var catalog = await tx.Catalog();
            var there = catalog.FieldsOf(given.Subject)
                .FirstOrDefault(field => field.Type == given.Type
                    && (field.Key == given.Key || known.TryGetValue(theirId, out var id) && field.Id == id));
            FieldDefinition? field = null;
            var refused = await tx.Attempt(async () => field = there is null
                ? await FieldService.Create(tx, caller, given) : await FieldService.WithOptions(tx, caller, there, given.Options));
            if (refused is not null) reasons.Warn($"field {given.Name}: {Sentence(refused)}", 0);
            if (field is null) continue;
            found[theirId] = field.Id;
            Count("field", there is null);
        }
        await ExternalIdStore.Put(tx, "field", source, found);
        await End(tx);
    }

    /// <summary>The lines of deals, which are in the same order as their patches. Archived deals keep those they have.</summary>
    public async Task Lines(IReadOnlyList<(long DealId, IReadOnlyList<Copied<DealProductPatch>> Lines)> deals, CancellationToken ct)
    {
        await using var tx = await db.Write(caller.Workspace, ct, mayTakeLong: true);
        var known = await ExternalIdStore.Find(tx, "deal_product", source,
            [.. deals.SelectMany(deal => deal.Lines).Select(line => line.TheirId)]);
        var fresh = new Dictionary<string, long>(StringComparer.Ordinal);
        foreach (var (dealId, lines) in deals)
        {
            var made = new Dictionary<string, long>(StringComparer.Ordinal);
            var isArchived = await DealStore.Find(tx, dealId) is { IsArchived: true };
            var refused = isArchived
                ? null : await tx.Attempt(() => DealProductService.Copy(tx, caller, dealId,
                    [.. lines.Select(
                        line => (line.TheirId, known.TryGetValue(line.TheirId, out var id)
                            ? id : (long?)null, IdOf(line.TheirId), line.Patch))], made));
            if (refused is not null) reasons.Warn($"products of a deal: {Sentence(refused)}", dealId);
            foreach (var line in lines)
            {
                counts["deal_product"] = Counted(counts.GetValueOrDefault("deal_product") ?? new("deal_product", 0, 0, 0, 0, 0),
                    refused is not null ? null : made.ContainsKey(line.TheirId) ? RowOutcome.Created : RowOutcome.Unchanged);
            }
            if (refused is null) foreach (var (theirId, id) in made) fresh[theirId] = id;
        }
        await ExternalIdStore.Put(tx, "deal_product", source, fresh);
        await End(tx);
    }

    private void Count(string subject, bool isNew) =>
        counts[subject] = Counted(counts.GetValueOrDefault(subject) ?? new(subject, 0, 0, 0, 0, 0),
            isNew ? RowOutcome.Created : RowOutcome.Unchanged);

    private static PipelinePatch Free(PipelinePatch patch, string theirId, WorkspaceCatalog catalog) =>
        IdOf(theirId) is { } id && catalog.Pipeline(id) is null ? patch with { Id = id } : patch;
}
