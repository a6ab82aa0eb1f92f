using Tributary.Core.Catalog;
using Tributary.Core.Kernel;
using Tributary.Core.Pipelines;

namespace Tributary.Core.Deals;

/// <summary>
/// Whether a deal may enter the stages that a change brings it to: the open one it moves to, and the won or lost one it closes
/// through. Pure. Reopening, archiving and whatever happens to a deal that stays are no entry; neither is a move that follows
/// from deleting or moving a stage.
/// </summary>
internal static class DealEntryRules
{
    /// <param name="before">None for a new deal, which has skipped nothing and comes back from nowhere.</param>
    /// <param name="after">The deal as it would be.</param>
    /// <param name="named">The stage that the caller named; it says which outcome, where a pipeline has several of a kind.</param>
    public static void Check(Deal? before, Deal after, Field<long> named, WorkspaceCatalog catalog, Caller caller)
    {
        var entered = Entered(before, after, named, catalog);
        if (entered.TrueForAll(stage => stage.Entry == StageEntry.Free)) return;

        if (entered.Find(stage => !stage.Entry.Who.Has(caller)) is { } closed)
        {
            throw Problem.Forbidden($"Only {CircleRules.Told(closed.Entry.Who, catalog)} may bring deals to {closed.Name}.");
        }
        var checks = new Checks();
        foreach (var stage in entered)
        {
            if (before is not null) CheckWay(before, after, stage, catalog, checks);
            CheckFields(after, stage, catalog, catalog.SeenBy(caller), checks);
        }
        checks.Done();
    }

    private static List<Stage> Entered(Deal? before, Deal after, Field<long> named, WorkspaceCatalog catalog)
    {
        var entered = new List<Stage>(2);
        var moves = before?.StageId != after.StageId && !FoundItsStageGone(before, named, catalog);
        var closes = after.Status is not DealStatus.Open && after.Status != before?.Status;
        if (moves && catalog.Stage(after.StageId) is { } stage) entered.Add(stage);
        if (closes && Outcome(after, named, catalog) is { } outcome) entered.Add(outcome);
        return entered;
    }

    /// <summary>A deal that comes back from the bin or the archive may have to begin anew; nobody brought it there.</summary>
    private static bool FoundItsStageGone(Deal? before, Field<long> named, WorkspaceCatalog catalog) =>
        before is not null && !named.IsSet && catalog.Stage(before.StageId) is not { DeletedAt: null };

    private static Stage? Outcome(Deal deal, Field<long> named, WorkspaceCatalog catalog)
    {
        var kind = deal.Status is DealStatus.Won ? StageKind.Won : StageKind.Lost;
        return named.IsSet && catalog.Stage(named.Value) is { } stage && stage.Kind == kind
            ? stage
            : catalog.StagesOf(deal.PipelineId, kind).FirstOrDefault();
    }

    private static void CheckWay(Deal before, Deal after, Stage to, WorkspaceCatalog catalog, Checks checks)
    {
        if (to.Entry is { MaySkip: true, MayReturn: true } || before.PipelineId != to.PipelineId) return;

        var open = catalog.StagesOf(to.PipelineId).ToList();
        var isOutcome = to.Kind is not StageKind.Open;
        var from = open.FindIndex(stage => stage.Id == (isOutcome ? after : before).StageId);
        var at = isOutcome ? open.Count : open.FindIndex(stage => stage.Id == to.Id);
        if (from < 0) return; // its stage is gone: it comes from nowhere
        if (!to.Entry.MaySkip && at > from + 1)
        {
            checks.Fail(isOutcome ? "status" : "stage_id", isOutcome
                ? $"Deals are {Closed(to)} from {open[at - 1].Name}, the last stage; this one is in {open[from].Name}."
                : $"Deals enter {to.Name} from {open[at - 1].Name}, the stage before it; this one is in {open[from].Name}.");
        }
        if (!to.Entry.MayReturn && at < from)
        {
            checks.Fail("stage_id", $"Deals do not come back to {to.Name}: from {open[from].Name} they go to later stages only.");
        }
    }

    private static void CheckFields(Deal deal, Stage to, WorkspaceCatalog catalog, WorkspaceCatalog seen, Checks checks)
    {
        var when = to.Kind is StageKind.Open ? $"enters {to.Name}" : $"is {Closed(to)}";
        foreach (var name in to.Entry.Required)
        {
            if (EntryFields.Find(name, catalog) is not { } field || field.IsGiven(deal)) continue;
            if (EntryFields.Find(name, seen) is null)
            {
                checks.Fail("stage_id", $"{to.Name} asks for something that you do not see; whoever sees it must fill it in first.");
            }
            else checks.Add(new(field.Name, $"{field.Name} must be {field.Accepts}, before a deal {when}.") { Key = field.Key });
        }
    }

    private static string Closed(Stage outcome) => outcome.Kind is StageKind.Won ? "won" : "lost";
}
