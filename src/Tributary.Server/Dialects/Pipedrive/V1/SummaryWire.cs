using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Tributary.Core.Insights;
using Tributary.Core.Totals;
using Tributary.Server.Hosting;

namespace Tributary.Server.Dialects.Pipedrive.V1;

/// <summary>An interval with its deals, when they are asked for, and the currency of its converted totals.</summary>
internal sealed record IntervalView(TimelineInterval Interval, IReadOnlyList<DealView>? Deals, string? Currency);

/// <summary>Sums of deals, by currency (reference A5 and A7).</summary>
internal static class SummaryWire
{
    private static readonly JsonObject ByCurrency = new()
    {
        ["type"] = "object",
        ["additionalProperties"] = new JsonObject { ["type"] = new JsonArray("number", "object") },
    };

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

    /// <summary>"deals_summary" of a pipeline: per stage and currency, per currency, and converted per stage.</summary>
    public static void WriteStages(Utf8JsonWriter json, IReadOnlyDictionary<long, Summary> stages, bool converted)
    {
        var currencies = stages.Values.SelectMany(stage => stage.Currencies).GroupBy(total => total.Currency)
            .OrderBy(currency => currency.Key, StringComparer.Ordinal).ToList();
        json.WriteStartObject("deals_summary");
        json.WriteStartObject("per_stages");
        foreach (var (stage, summary) in stages.OrderBy(stage => stage.Key))
        {
            json.WritePropertyName(stage.ToString(CultureInfo.InvariantCulture));
            Each(json, summary, total => Amounts(json, total.Deals, total.Value, total.Weighted, total.Currency));
        }
        json.WriteEndObject();
        json.WriteStartObject("per_currency");
        foreach (var currency in currencies) json.WriteNumber(currency.Key, currency.Sum(total => total.Deals));
        json.WriteEndObject();
        json.WriteNumber("total_count", stages.Values.Sum(stage => stage.Deals));
        json.WriteStartObject("per_currency_full");
        foreach (var currency in currencies)
        {
            json.WriteStartObject(currency.Key);
            json.WriteNumber("count", currency.Sum(total => total.Deals));
            json.WriteNumber("value", Plain(currency.Sum(total => total.Value)));
            json.WriteEndObject();
        }
        json.WriteEndObject();
        if (converted)
        {
            json.WriteStartObject("per_stages_converted");
            foreach (var (stage, summary) in stages.OrderBy(stage => stage.Key))
            {
                json.WriteStartObject(stage.ToString(CultureInfo.InvariantCulture));
                Amounts(json, summary.Deals, summary.Value, summary.Weighted, summary.ConvertedTo);
                json.WriteEndObject();
            }
            json.WriteEndObject();
        }
        json.WriteEndObject();
    }

    private static void Amounts(Utf8JsonWriter json, long count, decimal value, decimal weighted, string currency)
    {
        json.WriteNumber("count", count);
        json.WriteNumber("value", Plain(value));
        json.WriteString("value_formatted", Spell.Money(value, currency));
        json.WriteNumber("weighted_value", Plain(weighted));
        json.WriteString("weighted_value_formatted", Spell.Money(weighted, currency));
    }

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
