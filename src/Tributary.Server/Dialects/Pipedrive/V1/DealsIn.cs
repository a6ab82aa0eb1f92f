using Tributary.Core.Deals;
using Tributary.Core.Lists;
using Tributary.Core.Totals;
using Tributary.Server.Hosting;

namespace Tributary.Server.Dialects.Pipedrive.V1;

/// <summary>The deals in a pipeline or a stage, and how they are narrowed.</summary>
internal static class DealsIn
{
    private static readonly Member<long> UserId = Members.Id("user_id", "The owner; filter_id is not considered beside it.");
    private static readonly Member<bool> Everyone =
        Members.Flag("everyone", "1: deals of everyone; neither filter_id nor user_id is considered.");

    public static readonly Member[] Parameters = [DealLists.FilterId, UserId, Everyone, .. Paging.Parameters];

    public static readonly Many<DealView> Answer = new(DealWire.Plain);

    // "If no parameters are provided open deals owned by the authorized user will be returned."
    public static async Task<Reply> Reply(Call call, SummaryQuery asked, bool withSummary = false, bool converted = false)
    {
        var (filter, user, everyone) = (call.Query(DealLists.FilterId), call.Query(UserId), call.Query(Everyone, false));
        var query = Paging.Read(call) with { Sort = [new("id")] };
        call.Checked();
        if (!everyone && (user.IsSet || !filter.IsSet)) asked = asked with { OwnerId = user.Or(call.Caller.UserId ?? 0) };
        else if (!everyone) asked = asked with { Condition = await DealLists.Saved(call, filter.Value) };

        var conditions = new List<Condition> { asked.Condition, Condition.Equal("status", "open") };
        if (asked.PipelineId is { } pipeline) conditions.Add(Condition.Equal("pipeline_id", pipeline));
        if (asked.StageId is { } stage) conditions.Add(Condition.Equal("stage_id", stage));
        if (asked.OwnerId is { } owner) conditions.Add(Condition.Equal("owner_id", owner));
        var stages = withSummary ? await call.Service<TotalsService>().ByStage(call.Caller, asked, call.Ct) : null;
        return await DealLists.Page(call, query with { Condition = Condition.AllOf([.. conditions]) }, Answer,
            stages is null ? null : json => SummaryWire.WriteStages(json, stages, converted));
    }
}
