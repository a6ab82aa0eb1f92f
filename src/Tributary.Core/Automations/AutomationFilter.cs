using Tributary.Core.Kernel;
using Tributary.Core.Lists;
using Tributary.Core.Storage;

namespace Tributary.Core.Automations;

/// <summary>Which deals an automation is about.</summary>
internal static class AutomationFilter
{
    /// <summary>
    /// Those of the deals that are neither deleted nor archived and that the filter fits. None at all when the filter can no
    /// longer be read, because a field it names is gone: then the automation is turned off and says so.
    /// </summary>
    public static async Task<IReadOnlySet<long>?> Fitting(Tx tx, Automation automation, IReadOnlyCollection<long> dealIds)
    {
        var fitting = new HashSet<long>();
        foreach (var some in dealIds.Chunk(ListQuery.MaxLimit))
        {
            if (await Page(tx, automation, Condition.Test("id", Operator.In, [.. some.Select(id => (Operand)id)]), null) is not { } page)
            {
                return null;
            }
            fitting.UnionWith(page.Items);
        }
        return fitting;
    }

    /// <summary>A page of the deals that fit the filter and a condition besides.</summary>
    public static async Task<Page<long>?> Page(Tx tx, Automation automation, Condition condition, string? cursor)
    {
        try
        {
            return await ListStore.Ids(tx, Caller.System(tx.Workspace), ListSources.Deals, new()
            {
                Condition = automation.Filter == Condition.Everything ? condition : Condition.AllOf(condition, automation.Filter),
                Limit = ListQuery.MaxLimit,
                Cursor = cursor,
            });
        }
        catch (ProblemException refused) when (refused.Problem.Code is ProblemCode.Invalid)
        {
            await AutomationService.TurnOff(tx, automation, $"Its filter can no longer be read: {refused.Message}");
            return null;
        }
    }
}
