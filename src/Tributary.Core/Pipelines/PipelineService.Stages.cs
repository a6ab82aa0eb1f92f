using Tributary.Core.Catalog;
using Tributary.Core.Deals;
using Tributary.Core.Kernel;
using Tributary.Core.Log;
using Tributary.Core.Storage;

namespace Tributary.Core.Pipelines;

/// <summary>The verbs of stages.</summary>
public sealed partial class PipelineService
{
    /// <summary>
    /// More deals than this are moved in smaller steps first: one unit of work must not keep every writer waiting for minutes.
    /// </summary>
    private const int MaxMoved = 10_000;
    private const int MovedAtOnce = 500;

    /// <summary>The live stages of a pipeline, left to right, or of all pipelines.</summary>
    public async Task<IReadOnlyList<Stage>> ListStages(Caller caller, long? pipelineId, CancellationToken ct)
    {
        caller.MustRead("pipelines");
        await using var tx = await db.Read(caller.Workspace, ct);
        var catalog = await tx.CatalogFor(caller);
        return pipelineId is { } id ? StagesOf(catalog, Live(catalog, id).Id)
            : [.. catalog.Pipelines.SelectMany(pipeline => StagesOf(catalog, pipeline.Id))];
    }

    /// <summary>Not found when it was deleted.</summary>
    public async Task<Stage> GetStage(Caller caller, long id, CancellationToken ct)
    {
        caller.MustRead("pipelines");
        await using var tx = await db.Read(caller.Workspace, ct);
        return LiveStage(await tx.CatalogFor(caller), id);
    }

    /// <summary>The same by its uid.</summary>
    public async Task<Stage> GetStage(Caller caller, Guid uid, CancellationToken ct) =>
        (await ListStages(caller, null, ct)).FirstOrDefault(stage => stage.Uid == uid) ?? throw Problem.NotFound("stage", uid);

    /// <summary>
    /// How many deals the caller sees in each stage of a pipeline, stages without any included. Totals know owners and
    /// visibility but no followers, so a hidden deal that the caller only follows is not counted.
    /// </summary>
    public async Task<IReadOnlyList<StageDeals>> CountDeals(Caller caller, long pipelineId, CancellationToken ct)
    {
        caller.MustRead("pipelines");
        await using var tx = await db.Read(caller.Workspace, ct);
        var catalog = await tx.Catalog();
        var counts = (await StageStore.Deals(tx, caller, Live(catalog, pipelineId).Id)).ToDictionary(count => count.StageId);
        return [.. StagesOf(catalog, pipelineId)
            .Select(stage => counts.GetValueOrDefault(stage.Id) ?? new() { StageId = stage.Id, Open = 0, Won = 0, Lost = 0 })];
    }

    /// <summary>Puts a stage into a pipeline, at the end unless the patch says where.</summary>
    public async Task<Stage> CreateStage(Caller caller, StagePatch patch, CancellationToken ct)
    {
        caller.MustManage("pipelines");
        await using var tx = await db.Write(caller.Workspace, ct);
        var created = await CreateStage(tx, caller, patch);
        await tx.Commit();
        return created;
    }

    /// <summary>Creation inside a unit of work that does more (imports).</summary>
    internal static async Task<Stage> CreateStage(Tx tx, Caller caller, StagePatch patch)
    {
        var catalog = await Locked(tx);
        var pipelineId = Target(catalog, patch, null);
        var before = StagesOf(catalog, pipelineId);
        var after = await Added(tx, catalog, before, patch, pipelineId);
        await Save(tx, caller, before, after);

        return LiveStage(await tx.Catalog(), after.Select(stage => stage.Id).Except(before.Select(stage => stage.Id)).Single());
    }

    /// <summary>
    /// The open stage whose name has this slug; when there is none, one is made at the end of the pipeline, as likely to be
    /// won as the one before it. For dialects that take any word for a stage (cPod).
    /// </summary>
    /// <param name="most">So many open stages a pipeline may come to have this way.</param>
    public async Task<Stage> StageNamed(Caller caller, long pipelineId, string name, int most, CancellationToken ct)
    {
        caller.MustManage("pipelines");
        await using var tx = await db.Write(caller.Workspace, ct);

        var catalog = await Locked(tx);
        var before = StagesOf(catalog, Live(catalog, pipelineId).Id);
        var open = before.Where(stage => stage.Kind is StageKind.Open).ToList();
        if (open.Find(stage => stage.Name == name || Slug.Of(name, StageRules.MaxName)
            is { Length: > 0 } slug && Slug.Of(stage.Name, StageRules.MaxName) == slug) is { } found) return found;
        if (open.Count >= most)
        {
            throw Problem.Invalid("stage_id",
                $"stage_id must be a stage of the pipeline: it has {open.Count} already, and no more are made by naming them.");
        }

        var patch = new StagePatch { Name = name, Probability = open.Count > 0 ? open[^1].Probability : 100 };
        var after = await Added(tx, catalog, before, patch, pipelineId);
        await Save(tx, caller, before, after);
        await tx.Commit();
        return after.Single(stage => before.All(old => old.Id != stage.Id));
    }

    /// <summary>Changes what the patch names; a stage that goes to another pipeline takes its deals along.</summary>
    public async Task<Stage> UpdateStage(Caller caller, long id, StagePatch patch, CancellationToken ct)
    {
        caller.MustManage("pipelines");
        await using var tx = await db.Write(caller.Workspace, ct);

        var catalog = await Locked(tx);
        var stage = LiveStage(catalog, id);
        var pipelineId = Target(catalog, patch, stage);
        var moves = pipelineId != stage.PipelineId;
        var left = moves ? StagesOf(catalog, stage.PipelineId) : [];
        var entered = StagesOf(catalog, pipelineId);

        IReadOnlyList<Stage> before = [.. left, .. entered];
        IReadOnlyList<Stage> after = [.. moves ? StageRules.Remove(left, stage) : [],
            .. StageRules.Change(entered, stage, patch, catalog.SeenBy(caller))];
        await Save(tx, caller, before, after);
        if (moves) await Move(tx, caller, [id], (await tx.Catalog()).Stage(id)!);

        var changed = LiveStage(await tx.CatalogFor(caller), id);
        await tx.Commit();
        return changed;
    }

    /// <param name="ids">Each live stage of the pipeline once, in the order wanted; the open ones stay before the others.</param>
    public async Task<IReadOnlyList<Stage>> ReorderStages(Caller caller, long pipelineId, IReadOnlyList<long> ids, CancellationToken ct)
    {
        caller.MustManage("pipelines");
        await using var tx = await db.Write(caller.Workspace, ct);

        var catalog = await Locked(tx);
        var before = StagesOf(catalog, Live(catalog, pipelineId).Id);
        await Save(tx, caller, before, StageRules.Reorder(before, ids));
        var after = StagesOf(await tx.CatalogFor(caller), pipelineId);
        await tx.Commit();
        return after;
    }

    /// <summary>
    /// Marks a stage as deleted. Deals in it first move to the end of <paramref name="moveTo"/>; without one they keep it from going.
    /// </summary>
    public async Task DeleteStage(Caller caller, long id, long? moveTo, long? expected, CancellationToken ct)
    {
        caller.MustManage("pipelines");
        await using var tx = await db.Write(caller.Workspace, ct);

        var catalog = await Locked(tx);
        var gone = LiveStage(catalog, id);
        Problem.MustBeAt(expected, gone.Version, "stage", id);
        var before = StagesOf(catalog, gone.PipelineId);
        var after = StageRules.Remove(before, gone);
        await Empty(tx, caller, catalog, [id], moveTo, "stage");

        await Save(tx, caller, before, after);
        await tx.Commit();
    }

    private static Stage LiveStage(WorkspaceCatalog catalog, long id) =>
        catalog.Stage(id) is { DeletedAt: null } stage ? stage : throw Problem.NotFound("stage", id);

    private static IReadOnlyList<Stage> StagesOf(WorkspaceCatalog catalog, long pipelineId) =>
        [.. catalog.Stages.Where(stage => stage.PipelineId == pipelineId)];

    private static long Target(WorkspaceCatalog catalog, StagePatch patch, Stage? current)
    {
        if (current is not null && !patch.PipelineId.IsSet) return current.PipelineId;
        if (patch.PipelineId.IsSet && catalog.Pipeline(patch.PipelineId.Value) is { DeletedAt: null } pipeline) return pipeline.Id;
        throw Problem.Invalid("pipeline_id", patch.PipelineId.IsSet
            ? $"No pipeline with id {patch.PipelineId.Value}." : "pipeline_id must be the id of a pipeline.");
    }

    private static async Task<IReadOnlyList<Stage>> Added(Tx tx, WorkspaceCatalog catalog, IReadOnlyList<Stage> stages, StagePatch patch,
        long pipelineId)
    {
        var id = await tx.IdOf("stage_ids", patch.Id,
            stated => catalog.Stage(stated) is not null || stages.Any(stage => stage.Id == stated));
        return StageRules.Add(stages, patch, pipelineId, id, patch.Uid.IsSet ? patch.Uid.Value : tx.NextUid(), tx.Now, catalog);
    }

    private static async Task Save(Tx tx, Caller caller, IReadOnlyList<Stage> before, IReadOnlyList<Stage> after)
    {
        foreach (var (old, @new) in Places.Differences(before, after, stage => stage.Id))
        {
            var saved = old is null ? @new! : (@new ?? old with { DeletedAt = tx.Now }) with
            {
                UpdatedAt = tx.Now,
                Version = old.Version + 1,
            };
            await (old is null ? StageStore.Insert(tx, saved) : StageStore.Update(tx, saved));
            await EventStore.Append(tx, caller, PipelineHistory.Between(old, saved));
            await tx.CatalogHasChanged();
        }
    }

    private static async Task Empty(Tx tx, Caller caller, WorkspaceCatalog catalog, IReadOnlyCollection<long> stageIds, long? moveTo,
        string what)
    {
        var heir = StageRules.Heir(catalog, moveTo, stageIds);
        var count = await StageStore.CountDeals(tx, stageIds);
        if (count == 0) return;
        if (heir is null)
        {
            throw Problem.Conflict(new FieldError("move_to",
                $"This {what} still has {count} deals, closed, archived and restorable ones included. Name with move_to the open stage that takes them."));
        }
        await Move(tx, caller, stageIds, heir);
    }

    /// <summary>
    /// Each deal is changed like any other: its own version, totals and line of the log. Closed ones stay closed, archived ones archived.
    /// </summary>
    private static async Task Move(Tx tx, Caller caller, IReadOnlyCollection<long> stageIds, Stage to)
    {
        if (await StageStore.CountDeals(tx, stageIds) is > MaxMoved and var count)
        {
            throw Problem.TooLarge($"{count} deals would have to move, and at most {MaxMoved} move at once. Move some of them first.");
        }

        var mover = caller with { IsBulk = true };
        for (var last = 0L; ;)
        {
            var deals = await StageStore.DealsAfter(tx, stageIds, last, MovedAtOnce);
            foreach (var deal in deals) await DealSaving.Change(tx, mover, deal, Moved(deal, to, caller, tx.Now));
            if (deals.Count < MovedAtOnce) return;
            last = deals[^1].Id;
        }
    }

    private static Deal Moved(Deal deal, Stage to, Caller caller, DateTimeOffset now) => DealRules.Stamped(
        deal with { PipelineId = to.PipelineId, StageId = to.Id, StageChangedAt = deal.StageId == to.Id ? deal.StageChangedAt : now },
        caller, now);
}
