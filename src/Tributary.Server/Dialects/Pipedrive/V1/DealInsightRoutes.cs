using Tributary.Core.Catalog;
using Tributary.Core.Deals;
using Tributary.Core.Insights;
using Tributary.Core.Kernel;
using Tributary.Core.Lists;
using Tributary.Core.Totals;
using Tributary.Server.Hosting;

namespace Tributary.Server.Dialects.Pipedrive.V1;

/// <summary>"Get deals summary" and "Get deals timeline", of live deals and of archived ones.</summary>
internal static class DealInsightRoutes
{
    private const string Tag = "Deals v1";
    private const string DefaultCurrency = "default_currency";

    private static readonly Member<DealStatus> Status = Members.Word("status", "All when left out.", Spell.Statuses);
    private static readonly Member<long> UserId = Members.Id("user_id", "The owner; not considered beside filter_id.");
    private static readonly Member<long> PipelineId = Members.Id("pipeline_id", "");
    private static readonly Member<long> StageId = Members.Id("stage_id", "");
    private static readonly Member<DateOnly> StartDate = Members.Day("start_date", "The day when the first interval starts.").Required();
    private static readonly Member<Interval> Interval =
        Members.Word("interval", "A week is 7 days from start_date; months and quarters are those of the calendar, from start_date.",
        ("day", Core.Insights.Interval.Day), ("week", Core.Insights.Interval.Week), ("month", Core.Insights.Interval.Month),
        ("quarter", Core.Insights.Interval.Quarter)).Required();
    private static readonly Member<long> Amount = Members.Whole("amount", "How many intervals.", 1, 366).Required();
    private static readonly Member<string> FieldKey =
        Members.Text("field_key", "The key of a field of deals that holds a date.", 100).Required();
    private static readonly Member<bool> ExcludeDeals = Members.Flag("exclude_deals", "1: no lists of deals, only the totals.");
    private static readonly Member<string> ConvertCurrency =
        Members.Text("totals_convert_currency", "A currency, or default_currency for the user's own: adds totals_converted.", 20);

    private static readonly Member[] OfSummary = [Status, DealLists.FilterId, UserId, PipelineId, StageId];
    private static readonly Member[] OfTimeline =
        [StartDate, Interval, Amount, FieldKey, UserId, PipelineId, DealLists.FilterId, ExcludeDeals, ConvertCurrency];

    private static readonly One<Summary> SummaryReply = new(SummaryWire.Summary);
    private static readonly Many<IntervalView> TimelineReply = new(SummaryWire.Interval);

    public static readonly IReadOnlyList<Operation> All =
    [
        new("GET", "/deals/summary", "getDealsSummary", call => Summarize(call, archived: false))
        {
            Tag = Tag, Summary = "Get deals summary", Cost = 40, Parameters = OfSummary, Answer = SummaryReply,
        },
        new("GET", "/deals/summary/archived", "getArchivedDealsSummary", call => Summarize(call, archived: true))
        {
            Tag = Tag, Summary = "Get archived deals summary", Cost = 80, Parameters = OfSummary, Answer = SummaryReply,
        },
        new("GET", "/deals/timeline", "getDealsTimeline", call => Timeline(call, archived: false))
        {
            Tag = Tag, Summary = "Get deals timeline", Cost = 20, Parameters = OfTimeline, Answer = TimelineReply,
        },
        new("GET", "/deals/timeline/archived", "getArchivedDealsTimeline", call => Timeline(call, archived: true))
        {
            Tag = Tag, Summary = "Get archived deals timeline", Cost = 40, Parameters = OfTimeline, Answer = TimelineReply,
        },
    ];

    private static async Task<Reply> Summarize(Call call, bool archived)
    {
        call.Caller.MustRead("deals");
        var (status, filter, user, pipeline, stage) =
            (call.Query(Status), call.Query(DealLists.FilterId), call.Query(UserId), call.Query(PipelineId), call.Query(StageId));
        call.Checked();
        var catalog = await call.Service<CatalogService>().Latest(call.Caller, call.Ct);
        var query = new SummaryQuery
        {
            Status = status.IsSet ? status.Value : null,
            OwnerId = filter.IsSet ? null : Or(user),
            PipelineId = Or(pipeline),
            StageId = Or(stage),
            Archived = archived,
            Condition = filter.IsSet ? await DealLists.Saved(call, filter.Value) : Condition.Everything,
            ConvertTo = catalog.User(call.Caller.UserId)?.DefaultCurrency,
        };
        return SummaryReply.Reply(await call.Service<TotalsService>().Summary(call.Caller, query, call.Ct));
    }

    private static async Task<Reply> Timeline(Call call, bool archived)
    {
        call.Caller.MustRead("deals");
        var (start, interval, amount, key) = (call.Query(StartDate), call.Query(Interval), call.Query(Amount), call.Query(FieldKey));
        var (user, pipeline, filter) = (call.Query(UserId), call.Query(PipelineId), call.Query(DealLists.FilterId));
        var withDeals = !call.Query(ExcludeDeals, false);
        var catalog = await call.Service<CatalogService>().Latest(call.Caller, call.Ct);
        var field = key.IsSet ? V1Words.DealDate(key.Value, catalog) : null;
        if (key.IsSet && field is null) call.Wrong(FieldKey, "field_key must be the key of a deal field that holds a date.");
        var currency = Currency(call, ConvertCurrency, catalog);
        call.Checked();

        var asked = new InsightQuery
        {
            OwnerId = Or(user),
            PipelineId = Or(pipeline),
            Condition = filter.IsSet ? await DealLists.Saved(call, filter.Value) : Condition.Everything,
            Archived = archived,
            ConvertTo = currency,
        };
        var intervals = await call.Service<InsightsService>()
            .Timeline(call.Caller, asked, new(start.Value, interval.Value, (int)amount.Value, field!, withDeals), call.Ct);
        var deals = await Deals(call, [.. intervals.SelectMany(one => one.DealIds).Distinct()]);
        return TimelineReply.Reply(
            [.. intervals.Select(one => new IntervalView(one,
                withDeals ? [.. one.DealIds.Select(id => deals.GetValueOrDefault(id)).OfType<DealView>()] : null, currency))]);
    }

    /// <summary>The currency that totals_convert_currency asks for; none when it is left out.</summary>
    public static string? Currency(Call call, Member<string> member, WorkspaceCatalog catalog)
    {
        var sent = call.Query(member);
        if (!sent.IsSet) return null;
        var currency = sent.Value == DefaultCurrency ? catalog.User(call.Caller.UserId)?.DefaultCurrency ?? catalog.Workspace.BaseCurrency
            : sent.Value.ToUpperInvariant();
        if (catalog.Currency(currency) is null)
        {
            call.Wrong(member, $"{member.Name} must be a currency of this company, or default_currency.");
        }
        return currency;
    }

    private static async Task<Dictionary<long, DealView>> Deals(Call call, IReadOnlyList<long> ids)
    {
        var found = new List<Deal>();
        foreach (var some in ids.Chunk(ListQuery.MaxLimit))
        {
            found.AddRange(await call.Service<DealService>().FindMany(call.Caller, some, call.Ct));
        }
        return (await DealView.Of(call, found)).ToDictionary(view => view.Deal.Id);
    }

    private static long? Or(Field<long> sent) => sent.IsSet ? sent.Value : null;
}
