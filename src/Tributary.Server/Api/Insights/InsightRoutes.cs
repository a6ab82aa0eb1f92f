using Tributary.Core.Currencies;
using Tributary.Core.Deals;
using Tributary.Core.Insights;
using Tributary.Core.Totals;
using Tributary.Server.Api.Deals;
using Tributary.Server.Api.Workspaces;
using Tributary.Server.Hosting;

namespace Tributary.Server.Api.Insights;

/// <summary>What deals tell together, now and as they stood.</summary>
internal static class InsightRoutes
{
    private static readonly Member<long> PipelineId = Members.Id("pipeline_id", "Deals of this pipeline.");
    private static readonly Member<long> OfPipeline = PipelineId.Required();
    private static readonly Member<long> StageId = Members.Id("stage_id", "Deals in this stage.");
    private static readonly Member<long> OwnerId = Members.Id("owner_id", "Deals of this owner.");
    private static readonly Member<DealStatus> Status = Members.Word("status", "Deals of this status.", Words.Statuses);
    private static readonly Member<bool> Archived = Members.Flag("archived", "Archived deals only, instead of live ones only.");
    private static readonly Member<string> ConvertTo =
        Members.Text("convert_to", "ISO 4217; the workspace's base currency when left out.", 3);
    private static readonly Member<DateTimeOffset> AsOf =
        Members.Instant("as_of", "Deals as they stood at this moment, put together from the log.");
    private static readonly Member<DateOnly> From = Members.Day("from", "First day of the date that the insight goes by.");
    private static readonly Member<DateOnly> To = Members.Day("to", "Last day, included.");
    private static readonly Member<long> Days =
        Members.Whole("days", "How many days before as_of, or before now, to compare with; 30 when left out.", 1, 3_660);
    private static readonly Member<DateTimeOffset> Since = Members.Instant("since", "Where the movement begins.").Required();
    private static readonly Member<DateOnly> FirstMonth =
        Members.Day("first_month", "A day of the first month; the current one when left out.");
    private static readonly Member<Interval> ForecastInterval =
        Members.Word("interval", "What the forecast is cut into; month when left out. Weeks begin on Monday.", ("week", Interval.Week),
            ("month", Interval.Month), ("quarter", Interval.Quarter));
    private static readonly Member<ForecastGroup> GroupBy =
        Members.Word("group_by", "Also cut by owner or pipeline: the buckets of each, one after the other.", ("owner", ForecastGroup.Owner),
            ("pipeline", ForecastGroup.Pipeline));
    private static readonly Member<bool> Recurring =
        Members.Flag("recurring", "Sum the monthly recurring revenue of deals in the place of their values.");
    private static readonly Member<DateOnly> Start = Members.Day("start_date", "The first day of the first interval.").Required();
    private static readonly Member<Interval> Every =
        Members.Word("interval", "How long each is.", ("day", Interval.Day), ("week", Interval.Week), ("month", Interval.Month),
            ("quarter", Interval.Quarter)).Required();
    private static readonly Member<long> Amount = Members.Whole("amount", "How many intervals.", 1, 366).Required();
    private static readonly Member<string> FieldKey =
        Members.Text("field_key", "The date that counts: expected_close, added_at, won_at, custom.<slug>, …; expected_close when left out.",
            200);
    private static readonly Member<string> ActivityType = Members.Text("type", "Activities of this type, by its key.", 100);
    private static readonly Member<bool> WithDeals = Members.Flag("with_deals", "Also the ids of the deals.");

    private static readonly Member<ReportRates> Rates = Members.Word("rates",
        "locked: closed deals are converted at the rate of the day they closed, as of no past moment; today: all at today's. The workspace's report_rates when left out; a summary: today.", WorkspaceBody.RateWords);
    private static readonly Member[] Narrowing = [OwnerId, AsOf, From, To, ConvertTo, Rates, .. DealLists.Narrowed.Narrowing];

    public static readonly IReadOnlyList<Operation> All =
    [
        new("GET", "/deals/summary", "getDealSummary", Summary)
        {
            Tag = "Insights", Summary = "Count and sum deals",
            Parameters = [PipelineId, StageId, Status, OwnerId, Archived, ConvertTo, Rates, .. DealLists.Narrowed.Narrowing],
            Answer = SummaryWire.Summary,
        },
        Insight("/deals/timeline", "getDealTimelineIntervals", "Open and won deals by a date of theirs, cut into intervals",
            new ListOf("TimelineIntervals", InsightWire.Interval), Timeline, PipelineId, Start, Every, Amount, FieldKey, WithDeals),
        Insight("/insights/forecast", "getForecast", "What is won and expected, month by month, or by week or quarter",
            new ListOf("Forecast", InsightWire.Forecast),
            async (call, insights, query) =>
            {
                var cut = new ForecastCut
                {
                    First = Optional(call, FirstMonth),
                    Interval = call.Query(ForecastInterval, Interval.Month),
                    GroupBy = Optional(call, GroupBy),
                    Recurring = call.Query(Recurring, false),
                };
                return ListOf.Reply(InsightWire.Forecast, await insights.Forecast(call.Caller, await query(), cut, call.Ct));
            }, PipelineId, FirstMonth, ForecastInterval, GroupBy, Recurring),
        Insight("/insights/forecast/comparison", "compareForecast",
            "The forecast beside the one of some days ago: what slipped, grew, came and went", InsightWire.Comparison,
            async (call, insights, query) =>
            {
                var (days, first) = ((int)call.Query(Days, 30), call.Query(FirstMonth));
                return Reply.Json(InsightWire.Comparison,
                    await insights.CompareForecast(call.Caller, await query(), days, first.IsSet ? first.Value : null, call.Ct));
            }, PipelineId, Days, FirstMonth, WithDeals),
        Insight("/insights/standing", "getStanding", "A pipeline's open deals by stage, as they stand or stood", InsightWire.Standing,
            async (call, insights, query) => Reply.Json(InsightWire.Standing,
                await insights.Standing(call.Caller, call.Query(OfPipeline, 0), await query(), call.Ct)), OfPipeline),
        Insight("/insights/funnel", "getFunnel", "How far deals come, with the conversion from stage to stage", InsightWire.Funnel,
            async (call, insights, query) => Reply.Json(InsightWire.Funnel,
                await insights.Funnel(call.Caller, call.Query(OfPipeline, 0), await query(), call.Ct)), OfPipeline),
        Insight("/insights/velocity", "getVelocity", "How long deals stay in stages, and what the pipeline earns a day",
            InsightWire.Velocity,
            async (call, insights, query) => Reply.Json(InsightWire.Velocity,
                await insights.Velocity(call.Caller, call.Query(OfPipeline, 0), await query(), call.Ct)), OfPipeline),
        Insight("/insights/ageing", "getAgeing", "How long open deals have been in their stages", new ListOf("Ageing", InsightWire.Age),
            async (call, insights, query) => ListOf.Reply(InsightWire.Age,
                await insights.Ageing(call.Caller, call.Query(OfPipeline, 0), await query(), call.Ct)), OfPipeline),
        Insight("/insights/win-rate", "getWinRate", "Won against lost, by month", new ListOf("WinRate", InsightWire.WinRate),
            async (call, insights, query) => ListOf.Reply(InsightWire.WinRate, await insights.WinRate(call.Caller, await query(), call.Ct)),
            PipelineId),
        Insight("/insights/loss-reasons", "getLossReasons", "Why deals were lost, and where",
            new ListOf("LossReasonTotals", InsightWire.LossReason),
            async (call, insights, query) => ListOf.Reply(InsightWire.LossReason,
                await insights.LossReasons(call.Caller, await query(), call.Ct)), PipelineId),
        Insight("/insights/won-over-time", "getWonOverTime", "Won deals by month", new ListOf("WonOverTime", InsightWire.Won),
            async (call, insights, query) => ListOf.Reply(InsightWire.Won, await insights.Won(call.Caller, await query(), call.Ct)),
            PipelineId),
        new("GET", "/insights/activities", "getActivityCounts", Activities)
        {
            Tag = "Insights", Summary = "Done, planned and overdue activities by user", Parameters = [OwnerId, ActivityType, From, To],
            Answer = new ListOf("ActivityCounts", InsightWire.Activities),
        },
        Insight("/insights/movement", "getMovement", "How the value of open deals went from what it was to what it is",
            InsightWire.Movement,
            async (call, insights, query) =>
            {
                var since = call.Query(Since);
                return Reply.Json(InsightWire.Movement, await insights.Movement(call.Caller, await query(), since.Value, call.Ct));
            }, PipelineId, Since, WithDeals),
    ];

    /// <summary>The handler asks for the query last: reading it refuses whatever was wrong with any parameter.</summary>
    private static Operation Insight(string path, string id, string summary, ISchema answer,
        Func<Call, InsightsService, Func<Task<InsightQuery>>, Task<Reply>> read, params Member[] own) =>
        new("GET", path, id, call => read(call, call.Service<InsightsService>(), () => Query(call)))
        {
            Tag = "Insights",
            Summary = summary,
            Parameters = [.. own, .. Narrowing],
            Answer = answer
        };

    private static async Task<InsightQuery> Query(Call call)
    {
        var query = new InsightQuery
        {
            PipelineId = call.Operation.Parameters.Contains(PipelineId) ? Optional(call, PipelineId) : null,
            OwnerId = Optional(call, OwnerId),
            AsOf = Optional(call, AsOf),
            From = Optional(call, From),
            To = Optional(call, To),
            ConvertTo = call.Query(ConvertTo, null!),
            Rates = call.Query(Rates) is { IsSet: true } rates ? rates.Value : null,
            WithDeals = call.Operation.Parameters.Contains(WithDeals) && call.Query(WithDeals, false),
        };
        return query with { Condition = await DealLists.Narrowed.Narrow(call) };
    }

    private static async Task<Reply> Timeline(Call call, InsightsService insights, Func<Task<InsightQuery>> query)
    {
        var timeline = new TimelineQuery(call.Query(Start, default), call.Query(Every, default), (int)call.Query(Amount, 0),
            call.Query(FieldKey, "expected_close"), call.Query(WithDeals, false));
        return ListOf.Reply(InsightWire.Interval, await insights.Timeline(call.Caller, await query(), timeline, call.Ct));
    }

    private static async Task<Reply> Activities(Call call)
    {
        var query = new ActivityCountQuery
        {
            OwnerId = Optional(call, OwnerId),
            Type = call.Query(ActivityType, null!),
            From = Optional(call, From),
            To = Optional(call, To),
        };
        call.Checked();
        return ListOf.Reply(InsightWire.Activities, await call.Service<InsightsService>().Activities(call.Caller, query, call.Ct));
    }

    private static async Task<Reply> Summary(Call call)
    {
        var query = new SummaryQuery
        {
            PipelineId = Optional(call, PipelineId),
            StageId = Optional(call, StageId),
            Status = Optional(call, Status),
            OwnerId = Optional(call, OwnerId),
            Archived = call.Query(Archived, false),
            ConvertTo = call.Query(ConvertTo, null!),
            Rates = call.Query(Rates, ReportRates.Today),
        };
        query = query with { Condition = await DealLists.Narrowed.Narrow(call) };
        return Reply.Json(SummaryWire.Summary, await call.Service<TotalsService>().Summary(call.Caller, query, call.Ct));
    }

    private static T? Optional<T>(Call call, Member<T> member) where T : struct =>
        call.Query(member) is { IsSet: true, Value: var value } ? value : null;
}
