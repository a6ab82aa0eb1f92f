using System.Text.Json;
using System.Text.Json.Nodes;
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
    private static readonly Member<Interval> Interval = Members.Word("interval", "A week is 7 days from start_date; months and quarters are those of the calendar, from start_date.",
        ("day", Core.Insights.Interval.Day), ("week", Core.Insights.Interval.Week), ("month", Core.Insights.Interval.Month), ("quarter", Core.Insights.Interval.Quarter)).Required();
    private static readonly Member<long> Amount = Members.Whole("amount", "How many intervals.", 1, 366).Required();
    private static readonly Member<string> FieldKey = Members.Text("field_key", "The key of a field of deals that holds a date.", 100).Required();
    private static readonly Member<bool> ExcludeDeals = Members.Flag("exclude_deals", "1: no lists of deals, only the totals.");
    private static readonly Member<string> ConvertCurrency = Members.Text("totals_convert_currency", "A currency, or default_currency for the user's own: adds totals_converted.", 20);

    private static readonly Member[] OfSummary = [Status, DealLists.FilterId, UserId, PipelineId, StageId];
    private static readonly Member[] OfTimeline = [StartDate, Interval, Amount, FieldKey, UserId, PipelineId, DealLists.FilterId, ExcludeDeals, ConvertCurrency];

    private static readonly One<Summary> SummaryReply = new(SummaryWire.Summary);
    private static readonly Many<IntervalView> TimelineReply = new(SummaryWire.Interval);

    public static readonly IReadOnlyList<Operation> All =
    [
        new("GET", "/deals/summary", "getDealsSummary", call => Summarize(call, archived: false)) { Tag = Tag, Summary = "Get deals summary", Cost = 40, Parameters = OfSummary, Answer = SummaryReply },
        new("GET", "/deals/summary/archived", "getArchivedDealsSummary", call => Summarize(call, archived: true))
        {
            Tag = Tag, Summary = "Get archived deals summary", Cost = 80, Parameters = OfSummary, Answer = SummaryReply,
        },
        new("GET", "/deals/timeline", "getDealsTimeline", call => Timeline(call, archived: false)) { Tag = Tag, Summary = "Get deals timeline", Cost = 20, Parameters = OfTimeline, Answer = TimelineReply },
        new("GET", "/deals/timeline/archived", "getArchivedDealsTimeline", call => Timeline(call, archived: true))
        {
            Tag = Tag, Summary = "Get archived deals timeline", Cost = 40, Parameters = OfTimeline, Answer = TimelineReply,
        },
    ];

    private static async Task<Reply> Summarize(Call call, bool archived)
    {
        call.Caller.MustRead("deals");
        var (status, filter, user, pipeline, stage) = (call.Query(Status), call.Query(DealLists.FilterId), call.Query(UserId), call.Query(PipelineId), call.Query(StageId));
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
        var (user, pipeline, filter, convert) = (call.Query(UserId), call.Query(PipelineId), call.Query(DealLists.FilterId), call.Query(ConvertCurrency));
        var withDeals = !call.Query(ExcludeDeals, false);
        var catalog = await call.Service<CatalogService>().Latest(call.Caller, call.Ct);
        var field = key.IsSet ? V1Words.DealDate(key.Value, catalog) : null;
        if (key.IsSet && field is null) call.Wrong(FieldKey, "field_key must be the key of a deal field that holds a date.");
        var currency = convert.IsSet ? convert.Value == DefaultCurrency ? catalog.User(call.Caller.UserId)?.DefaultCurrency ?? catalog.Workspace.BaseCurrency : convert.Value.ToUpperInvariant() : null;
        if (currency is not null && catalog.Currency(currency) is null) call.Wrong(ConvertCurrency, "totals_convert_currency must be a currency of this company, or default_currency.");
        call.Checked();

        var asked = new InsightQuery
        {
            OwnerId = Or(user),
            PipelineId = Or(pipeline),
            Condition = filter.IsSet ? await DealLists.Saved(call, filter.Value) : Condition.Everything,
            Archived = archived,
            ConvertTo = currency,
        };
        var intervals = await call.Service<InsightsService>().Timeline(call.Caller, asked, new(start.Value, interval.Value, (int)amount.Value, field!, withDeals), call.Ct);
        var deals = await Deals(call, [.. intervals.SelectMany(one => one.DealIds).Distinct()]);
        return TimelineReply.Reply([.. intervals.Select(one => new IntervalView(one, withDeals ? [.. one.DealIds.Select(id => deals.GetValueOrDefault(id)).OfType<DealView>()] : null, currency))]);
    }

    private static async Task<Dictionary<long, DealView>> Deals(Call call, IReadOnlyList<long> ids)
    {
        var found = new List<Deal>();
        foreach (var some in ids.Chunk(ListQuery.MaxLimit)) found.AddRange(await call.Service<DealService>().FindMany(call.Caller, some, call.Ct));
        return (await DealView.Of(call, found)).ToDictionary(view => view.Deal.Id);
    }

    private static long? Or(Field<long> sent) => sent.IsSet ? sent.Value : null;
}

/// <summary>An interval with its deals, when they are asked for, and the currency of its converted totals.</summary>
internal sealed record IntervalView(TimelineInterval Interval, IReadOnlyList<DealView>? Deals, string? Currency);

/// <summary>Sums of deals, by currency (reference A5 and A7).</summary>
internal static class SummaryWire
{
    private static readonly JsonObject ByCurrency = new() { ["type"] = "object", ["additionalProperties"] = new JsonObject { ["type"] = new JsonArray("number", "object") } };

    public static readonly Wire<Summary> Summary = new Wire<Summary>("DealsSummaryV1")
        .Json("values_total", Sums(), (json, s) => Each(json, s, total =>
        {
            json.WriteNumber("value", Plain(total.Value));
            json.WriteNumber("count", total.Deals);
            if (total.ValueConverted is { } converted)
            {
                json.WriteNumber("value_converted", Plain(converted));
                json.WriteString("value_formatted", Spell.Money(total.Value, total.Currency));
                json.WriteString("value_converted_formatted", Spell.Money(converted, s.ConvertedTo));
                return;
            }
            json.WriteNull("value_converted");
            json.WriteString("value_formatted", Spell.Money(total.Value, total.Currency));
            json.WriteNull("value_converted_formatted");
        }))
        .Json("weighted_values_total", Sums(), (json, s) => Each(json, s, total =>
        {
            json.WriteNumber("value", Plain(total.Weighted));
            json.WriteNumber("count", total.Deals);
            json.WriteString("value_formatted", Spell.Money(total.Weighted, total.Currency));
        }))
        .Whole("total_count", s => s.Deals)
        .Number("total_currency_converted_value", s => s.Value)
        .Number("total_weighted_currency_converted_value", s => s.Weighted)
        .Text("total_currency_converted_value_formatted", s => Spell.Money(s.Value, s.ConvertedTo), nullable: false)
        .Text("total_weighted_currency_converted_value_formatted", s => Spell.Money(s.Weighted, s.ConvertedTo), nullable: false);

    private static readonly Wire<TimelineInterval> Totals = new Wire<TimelineInterval>("TimelineTotalsV1")
        .Whole("count", i => i.All.Deals)
        .Json("values", Sums(), (json, i) => Values(json, i.All, total => total.Value))
        .Json("weighted_values", Sums(), (json, i) => Values(json, i.All, total => total.Weighted))
        .Whole("open_count", i => i.Open.Deals)
        .Json("open_values", Sums(), (json, i) => Values(json, i.Open, total => total.Value))
        .Json("weighted_open_values", Sums(), (json, i) => Values(json, i.Open, total => total.Weighted))
        .Whole("won_count", i => i.Won.Deals)
        .Json("won_values", Sums(), (json, i) => Values(json, i.Won, total => total.Value));

    private static readonly Wire<TimelineInterval> Converted = new Wire<TimelineInterval>("TimelineConvertedV1")
        .Whole("count", i => i.All.Deals)
        .Text("currency", i => i.All.ConvertedTo, nullable: false)
        .Number("value", i => i.All.Value)
        .Number("weighted_value", i => i.All.Weighted)
        .Text("value_formatted", i => Spell.Money(i.All.Value, i.All.ConvertedTo), nullable: false)
        .Text("weighted_value_formatted", i => Spell.Money(i.All.Weighted, i.All.ConvertedTo), nullable: false)
        .Whole("open_count", i => i.Open.Deals)
        .Number("open_value", i => i.Open.Value)
        .Number("weighted_open_value", i => i.Open.Weighted)
        .Whole("won_count", i => i.Won.Deals)
        .Number("won_value", i => i.Won.Value);

    public static readonly Wire<IntervalView> Interval = new Wire<IntervalView>("TimelineIntervalV1")
        .Text("period_start", i => $"{Times.Spell(i.Interval.First)} 00:00:00", nullable: false)
        .Text("period_end", i => $"{Times.Spell(i.Interval.Last)} 23:59:59", nullable: false)
        .Objects("deals", i => i.Deals!, DealWire.Plain, when: i => i.Deals is not null)
        .Object("totals", i => i.Interval, Totals)
        .Object("totals_converted", i => i.Interval, Converted, when: i => i.Currency is not null);

    private static JsonObject Sums() => (JsonObject)ByCurrency.DeepClone();

    private static void Each(Utf8JsonWriter json, Summary summary, Action<CurrencyTotal> write)
    {
        json.WriteStartObject();
        foreach (var total in summary.Currencies)
        {
            json.WriteStartObject(total.Currency);
            write(total);
            json.WriteEndObject();
        }
        json.WriteEndObject();
    }

    private static void Values(Utf8JsonWriter json, Summary summary, Func<CurrencyTotal, decimal> value)
    {
        json.WriteStartObject();
        foreach (var total in summary.Currencies) json.WriteNumber(total.Currency, Plain(value(total)));
        json.WriteEndObject();
    }

    private static decimal Plain(decimal value) => value / 1.0000000000000000000000000000m;
}
