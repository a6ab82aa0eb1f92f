using Tributary.Core.Catalog;
using Tributary.Core.Kernel;
using Tributary.Core.Pipelines;
using Tributary.Core.Storage;

namespace Tributary.Core.Deals;

/// <summary>Where a card is dropped: a stage, and a place among its open deals; without a place, the end.</summary>
public sealed record DealDrop
{
    /// <summary>Left out: the stage the deal is in.</summary>
    public long? StageId { get; init; }

    /// <summary>The open deal of the stage that shall come right after it, or right before it.</summary>
    public long? BeforeId { get; init; }
    public long? AfterId { get; init; }

    /// <summary>1 is the top of the stage.</summary>
    public int? Place { get; init; }
    public long? ExpectedVersion { get; init; }
    public string? Note { get; init; }

    /// <summary>What else changes with the drop, such as what the stage asks for. Where the deal stands is not its to say.</summary>
    public DealPatch? With { get; init; }
}

public sealed partial class DealService
{
    /// <summary>
    /// Puts a deal between two others. The number that keeps the place is ours to choose: half way between its neighbours, and
    /// when there is none left, the stage is numbered anew first, which changes no deal's place and is therefore no event.
    /// </summary>
    public async Task<Deal> Place(Caller caller, long id, DealDrop drop, CancellationToken ct)
    {
        caller.MustWrite("deals");
        DealPositionRules.Check(drop);
        await using var tx = await db.Write(caller.Workspace, ct);
        var before = await ForUpdate(tx, caller, id);
        var stageId = drop.StageId ?? before.StageId;
        var patch = (drop.With ?? new()) with { StageId = stageId, ExpectedVersion = drop.ExpectedVersion, Note = drop.Note };

        // A stage of kind won or lost holds no deals: dropping one there closes it, and it has no place to take.
        if ((await tx.Catalog()).Stage(stageId) is { Kind: StageKind.Open, DeletedAt: null })
        {
            if (await Position(tx, id, stageId, drop) is not { } units)
            {
                await DealStore.NumberAnew(tx, stageId);
                units = await Position(tx, id, stageId, drop)
                    ?? throw new InvalidOperationException("A stage that was numbered anew has room between any two deals.");
            }
            patch = patch with { Position = Money.ToAmount(units) };
        }
        var after = await Update(tx, caller, before, patch);
        await tx.Commit();
        return after;
    }

    private static async Task<long?> Position(Tx tx, long id, long stageId, DealDrop drop)
    {
        if (drop.Place is { } place)
        {
            var around = await DealStore.PositionsFrom(tx, stageId, id, Math.Max(place - 2, 0));
            return place == 1 ? DealPositionRules.Between(null, around.Count > 0 ? around[0] : null)
                : around.Count > 0 ? DealPositionRules.Between(around[0], around.Count > 1 ? around[1] : null)
                : DealPositionRules.Between(await DealStore.LastPosition(tx, stageId, id), null);
        }
        if ((drop.BeforeId ?? drop.AfterId) is not { } neighbourId)
        {
            return DealPositionRules.Between(await DealStore.LastPosition(tx, stageId, id), null);
        }

        var field = drop.BeforeId is null ? "after_id" : "before_id";
        if (neighbourId == id || await DealStore.Find(tx, neighbourId)
            is not { Status: DealStatus.Open, IsArchived: false, IsDeleted: false } neighbour || neighbour.StageId != stageId)
        {
            throw Problem.Invalid(field, $"{field} must be another open deal of the stage {stageId}.");
        }
        return drop.BeforeId is null
            ? DealPositionRules.Between(neighbour.PositionUnits, await DealStore.PositionBelow(tx, stageId, id, neighbour))
            : DealPositionRules.Between(await DealStore.PositionAbove(tx, stageId, id, neighbour), neighbour.PositionUnits);
    }
}
