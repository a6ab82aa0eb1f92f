using Tributary.Core.Totals;
using Tributary.Server.Hosting;

namespace Tributary.Server.Api.Insights;

/// <summary>How our own API spells counts and sums of deals.</summary>
internal static class SummaryWire
{
    private static readonly Wire<CurrencyTotal> Currency = new Wire<CurrencyTotal>("CurrencyTotal", "Deals of one currency.")
        .Text("currency", t => t.Currency, nullable: false)
        .Whole("deals", t => t.Deals)
        .Number("value", t => t.Value)
        .Number("weighted_value", t => t.Weighted)
        .Number("value_converted", t => t.ValueConverted, "null when a rate is missing.")
        .Number("weighted_value_converted", t => t.WeightedConverted);

    public static readonly Wire<Summary> Summary =
        new Wire<Summary>("Summary", "Deals of all currencies, per currency and converted to one.")
        .Text("converted_to", s => s.ConvertedTo, nullable: false)
        .Whole("deals", s => s.Deals)
        .Number("value", s => s.Value, "Of what could be converted at today's rates.")
        .Number("weighted_value", s => s.Weighted)
        .Objects("currencies", s => s.Currencies, Currency)
        .Texts("not_converted", s => s.NotConverted,
            "Currencies without a rate; their deals are counted but are not in the converted sums.");
}
