using Tributary.Core.Catalog;
using Tributary.Core.Kernel;
using Tributary.Core.Log;
using Tributary.Core.Storage;
using Tributary.Core.Users;

namespace Tributary.Core.Pipelines;

/// <summary>The verbs of pipelines and their stages. Everyone reads them; managers and admins change them.</summary>
public sealed partial class PipelineService(Db db)
{
    /// <summary>The live pipelines, in order.</summary>
    public async Task<IReadOnlyList<Pipeline>> List(Caller caller, CancellationToken ct)
    {
        caller.MustRead("pipelines");
        await using var tx = await db.Read(caller.Workspace, ct);
        return (await tx.CatalogFor(caller)).Pipelines;
    }

    /// <summary>Not found when it was deleted.</summary>
    public async Task<Pipeline> Get(Caller caller, long id, CancellationToken ct)
    {
        caller.MustRead("pipelines");
        await using var tx = await db.Read(caller.Workspace, ct);
        return Live(await tx.Catalog(), id);
    }

    /// <summary>The same by its uid.</summary>
    public async Task<Pipeline> Get(Caller caller, Guid uid, CancellationToken ct) =>
        (await List(caller, ct)).FirstOrDefault(pipeline => pipeline.Uid == uid) ?? throw Problem.NotFound("pipeline", uid);

    /// <summary>A pipeline with the stages named, and with a stage "Won" and a stage "Lost" when none of them is of that kind.</summary>
    public async Task<Pipeline> Create(Caller caller, PipelinePatch patch, IReadOnlyList<StagePatch> stages, CancellationToken ct)
    {
        caller.MustManage("pipelines");
        await using var tx = await db.Write(caller.Workspace, ct);
        var created = await Create(tx, caller, patch, stages);
        await tx.Commit();
        return created;
    }

    /// <summary>Creation inside a unit of work that does more (imports).</summary>
    internal static async Task<Pipeline> Create(Tx tx, Caller caller, PipelinePatch patch, IReadOnlyList<StagePatch> stages)
    {
        var catalog = await Locked(tx);
        var id = await tx.IdOf("pipeline_ids", patch.Id, stated => catalog.Pipeline(stated) is not null);
        var pipelines = PipelineRules.Add(catalog.Pipelines, patch, id, patch.Uid.IsSet ? patch.Uid.Value : tx.NextUid(), tx.Now);

        IReadOnlyList<Stage> all = [];
        foreach (var stage in stages.Concat(StageRules.Outcomes(stages))) all = await Added(tx, catalog, all, stage, id);
        await Save(tx, caller, catalog.Pipelines, pipelines);
        await Save(tx, caller, [], all);

        return Live(await tx.Catalog(), id);
    }

    /// <summary>Changes what the patch names; of the pipelines of a workspace exactly one stays the default.</summary>
    public async Task<Pipeline> Update(Caller caller, long id, PipelinePatch patch, CancellationToken ct)
    {
        caller.MustManage("pipelines");
        await using var tx = await db.Write(caller.Workspace, ct);

        var catalog = await Locked(tx);
        await Save(tx, caller, catalog.Pipelines, PipelineRules.Change(catalog.Pipelines, Live(catalog, id), patch));
        var after = Live(await tx.Catalog(), id);
        await tx.Commit();
        return after;
    }

    /// <param name="ids">Each live pipeline once, in the order wanted.</param>
    public async Task<IReadOnlyList<Pipeline>> Reorder(Caller caller, IReadOnlyList<long> ids, CancellationToken ct)
    {
        caller.MustManage("pipelines");
        await using var tx = await db.Write(caller.Workspace, ct);

        var catalog = await Locked(tx);
        await Save(tx, caller, catalog.Pipelines, PipelineRules.Reorder(catalog.Pipelines, ids));
        var after = (await tx.Catalog()).Pipelines;
        await tx.Commit();
        return after;
    }

    /// <summary>
    /// Marks a pipeline and its stages as deleted. Deals in it first move to the end of <paramref name="moveTo"/>; without one they keep it
    /// from going.
    /// </summary>
    public async Task Delete(Caller caller, long id, long? moveTo, long? expected, CancellationToken ct)
    {
        caller.MustManage("pipelines");
        await using var tx = await db.Write(caller.Workspace, ct);

        var catalog = await Locked(tx);
        var gone = Live(catalog, id);
        Problem.MustBeAt(expected, gone.Version, "pipeline", id);
        var rest = PipelineRules.Remove(catalog.Pipelines, gone);
        var stages = StagesOf(catalog, id);
        await Empty(tx, caller, catalog, [.. stages.Select(stage => stage.Id)], moveTo, "pipeline");

        await Save(tx, caller, stages, []);
        await Save(tx, caller, catalog.Pipelines, rest);
        await tx.Commit();
    }

    private static Pipeline Live(WorkspaceCatalog catalog, long id) =>
        catalog.Pipeline(id) is { DeletedAt: null } pipeline ? pipeline : throw Problem.NotFound("pipeline", id);

    /// <summary>The catalog while nobody else can change it: order and the default are rules about all pipelines at once.</summary>
    private static async Task<WorkspaceCatalog> Locked(Tx tx)
    {
        await UserStore.LockWorkspace(tx);
        return await tx.Catalog();
    }

    private static async Task Save(Tx tx, Caller caller, IReadOnlyList<Pipeline> before, IReadOnlyList<Pipeline> after)
    {
        foreach (var (old, @new) in Places.Differences(before, after, pipeline => pipeline.Id))
        {
            var saved = old is null ? @new! : (@new ?? old with { DeletedAt = tx.Now, IsDefault = false }) with
            {
                UpdatedAt = tx.Now,
                Version = old.Version + 1,
            };
            await (old is null ? PipelineStore.Insert(tx, saved) : PipelineStore.Update(tx, saved));
            await EventStore.Append(tx, caller, PipelineHistory.Between(old, saved));
            await tx.CatalogHasChanged();
        }
    }
}
