using System.Collections.Frozen;
using Tributary.Core.Catalog;
using Tributary.Core.Deals;
using Tributary.Core.Kernel;
using Tributary.Core.Lists;
using Tributary.Core.Log;
using Tributary.Core.Storage;

namespace Tributary.Core.Insights;

/// <summary>
/// Deals as they once stood: what they are now, with the lines of the log after that moment undone. They are read a thousand at a
/// time, so that memory and the number of statements do not grow with the deal's history, and hardly with the pipeline.
/// </summary>
internal static class PastDeals
{
    // What hangs on a deal has a log of its own, and these follow from it or from the writes themselves.
    private static readonly FrozenSet<string> NotTold = FrozenSet.Create(
        "updated_at", "updated_by", "touched_at", "version", "is_rotten", "products_count", "files_count", "notes_count",
        "activities_count", "done_activities_count",
        "mail_count", "next_activity_id", "next_activity_on", "last_activity_id", "last_activity_on", "last_incoming_mail_at",
        "last_outgoing_mail_at");

    /// <summary>
    /// Every deal the caller sees that could have been in the pipeline at one of the moments, with its states, latest first. A moment
    /// before a deal has none; deleted and archived deals are among them, since they may not have been then.
    /// </summary>
    public static async IAsyncEnumerable<Deal?[]> Read(Tx tx, Caller caller, long? pipelineId, IReadOnlyList<DateTimeOffset> latestFirst)
    {
        await foreach (var deals in Candidates(tx, caller, pipelineId, latestFirst[0], latestFirst[^1]))
        {
            var lines = (await EventStore.OfDealsSince(tx, [.. deals.Select(deal => deal.Id)], latestFirst[^1]))
                .ToLookup(line => line.SubjectId);
            foreach (var deal in deals) yield return DealReplay.At(deal, lines[deal.Id], [.. latestFirst]);
        }
    }

    /// <summary>Refuses tests of what the log of deals does not tell.</summary>
    public static void MustBeTold(Condition condition, WorkspaceCatalog catalog)
    {
        foreach (var name in Names(condition))
        {
            if (NotTold.Contains(name) || ListSources.Deals.Find(name, catalog) is { Through: not null })
            {
                throw Problem.Invalid(name, $"{name} cannot be asked of the past.");
            }
        }
    }

    private static IEnumerable<string> Names(Condition condition) => condition switch
    {
        Condition.And and => and.Conditions.SelectMany(Names),
        Condition.Or or => or.Conditions.SelectMany(Names),
        Condition.Not not => Names(not.Condition),
        Condition.Is test => [test.Field],
        _ => throw new InvalidOperationException("Conditions are a closed set."),
    };

    // Those that are in the pipeline now, or in a stage that went with its deals to another one; then those that have left either since.
    private static async IAsyncEnumerable<IReadOnlyList<Deal>> Candidates(Tx tx, Caller caller, long? pipelineId, DateTimeOffset latest,
        DateTimeOffset earliest)
    {
        var query = new ListQuery
        {
            Condition = Condition.Test("added_at", Operator.AtMost, latest),
            Scope = Scope.Any,
            Sort = [new("id")],
            Limit = ListQuery.MaxLimit,
        };
        if (pipelineId is not { } pipeline)
        {
            await foreach (var deals in Pages(query)) yield return deals;
            yield break;
        }

        var goneStages = (await InsightStore.StageLines(tx, earliest))
            .Where(line => line.Changes.Any(change => change.Field == "pipeline_id" && change.Old?.GetInt64() == pipeline))
            .Select(line => line.StageId).Distinct().ToList();
        var there = Condition.Equal("pipeline_id", pipeline);
        if (goneStages.Count > 0)
        {
            there = Condition.AnyOf(there, Condition.Test("stage_id", Operator.In, [.. goneStages.Select(id => (Operand)id)]));
        }
        await foreach (var deals in Pages(query.And(there))) yield return deals;

        foreach (var ids in (await InsightStore.Left(tx, [.. await InsightStore.Stages(tx, pipeline), .. goneStages], earliest))
            .Chunk(ListQuery.MaxLimit))
        {
            var left = Condition.AllOf(Condition.Test("id", Operator.In, [.. ids.Select(id => (Operand)id)]), new Condition.Not(there));
            yield return (await ListStore.Rows<Deal>(tx, caller, ListSources.Deals, DealStore.Columns, query.And(left))).Items;
        }

        async IAsyncEnumerable<IReadOnlyList<Deal>> Pages(ListQuery page)
        {
            do
            {
                var deals = await ListStore.Rows<Deal>(tx, caller, ListSources.Deals, DealStore.Columns, page);
                page = page with { Cursor = deals.NextCursor };
                yield return deals.Items;
            }
            while (page.Cursor is not null);
        }
    }
}
