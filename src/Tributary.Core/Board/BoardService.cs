using Tributary.Core.Catalog;
using Tributary.Core.Deals;
using Tributary.Core.Kernel;
using Tributary.Core.Lists;
using Tributary.Core.Pipelines;
using Tributary.Core.Storage;
using Tributary.Core.Totals;

namespace Tributary.Core.Board;

/// <summary>Reads boards.</summary>
public sealed class BoardService(Db db)
{
    /// <summary>
    /// A pipeline's columns in one consistent read. Counts and sums come from the totals that writes keep where these tell
    /// all there is to tell; with a condition, or where the caller does not see every deal, the deals are added up.
    /// </summary>
    public async Task<PipelineBoard> Board(Caller caller, long pipelineId, BoardQuery query, CancellationToken ct)
    {
        await using var tx = await db.Read(caller.Workspace, ct);
        return await Board(tx, caller, pipelineId, query);
    }

    /// <summary>More cards of one column, from where a board or an earlier page of the same order ended.</summary>
    public async Task<Page<Deal>> Column(Caller caller, long stageId, BoardQuery query, string? cursor, CancellationToken ct)
    {
        MustFit(caller, query);
        await using var tx = await db.Read(caller.Workspace, ct);
        var catalog = await tx.CatalogFor(caller);
        if (catalog.Stage(stageId) is not { DeletedAt: null, Kind: StageKind.Open } stage) throw Problem.NotFound("stage", stageId);
        var today = Calendar.At(tx.Now, catalog.Workspace.TimeZone).Today;
        return await new BoardCards(tx, caller, catalog, query, today).Of(stage, cursor);
    }

    internal static Task<PipelineBoard> Board(Tx tx, Caller caller, long pipelineId, BoardQuery query)
    {
        MustFit(caller, query);
        return tx.ByCatalog(() => Read(tx, caller, pipelineId, query));
    }

    private static async Task<PipelineBoard> Read(Tx tx, Caller caller, long pipelineId, BoardQuery query)
    {
        var catalog = await tx.CatalogFor(caller);
        if (catalog.Pipeline(pipelineId) is not { DeletedAt: null } pipeline) throw Problem.NotFound("pipeline", pipelineId);

        var today = Calendar.At(tx.Now, catalog.Workspace.TimeZone).Today;
        var stages = catalog.StagesOf(pipelineId).ToList();
        var convertTo = SummaryRules.Target(query.ConvertTo, catalog);
        var open = new SummaryQuery { PipelineId = pipelineId, Status = DealStatus.Open, Condition = query.Condition };

        var isKept = query.Condition == Condition.Everything && caller.AppId is null
            && await BoardStore.SeesAll(tx, caller, catalog, pipelineId);
        var questions = new Together(tx);
        var total = questions.Many(isKept ? SummaryStore.Kept(tx, caller, catalog, open) : SummaryStore.OfDeals(tx, caller, catalog, open));
        var state = questions.Many(isKept ? BoardStore.KeptStates(tx, pipelineId, stages, today)
            : BoardStore.StatesOfDeals(tx, caller, catalog, open, stages, today));
        var shown = stages.Where(stage => query.Cards > 0 && !query.Collapsed.Contains(stage.Id)).ToList();
        var cards = await new BoardCards(tx, caller, catalog, query, today).Of(questions, shown);

        var totals = total.Value;
        var states = state.Value.ToDictionary(one => one.StageId);
        return new(pipeline, SummaryRules.Of(totals, catalog, convertTo), [.. stages.Select(Column)]);

        BoardColumn Column(Stage stage)
        {
            var waiting = states.GetValueOrDefault(stage.Id) ?? new();
            var page = cards.GetValueOrDefault(stage.Id);
            return new(stage, SummaryRules.Of(totals.Where(one => one.StageId == stage.Id), catalog, convertTo),
                new(waiting.Overdue, waiting.Today, waiting.Planned, waiting.None), waiting.Rotten, page?.Items ?? [], page?.NextCursor);
        }
    }

    private static void MustFit(Caller caller, BoardQuery query)
    {
        caller.MustRead("deals");
        if (query.Cards is < 0 or > BoardQuery.MaxCards)
        {
            throw Problem.Invalid("cards", $"cards must be a whole number from 0 to {BoardQuery.MaxCards}.");
        }
    }
}
