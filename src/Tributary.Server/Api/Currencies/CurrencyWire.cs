using System.Globalization;
using Tributary.Core.Currencies;
using Tributary.Server.Hosting;

namespace Tributary.Server.Api.Currencies;

internal static class CurrencyWire
{
    public static readonly Wire<Currency> Currency =
        new Wire<Currency>("Currency", "A currency of the workspace: those of ISO 4217, and its own.")
        .Whole("id", c => c.Id)
        .Uid("uid", c => c.Uid)
        .Text("code", c => c.Code, "Three letters.", nullable: false)
        .Text("name", c => c.Name, nullable: false)
        .Text("symbol", c => c.Symbol, nullable: false)
        .Whole("decimals", c => c.Decimals)
        .Flag("is_active", c => c.IsActive)
        .Flag("is_custom", c => c.IsCustom, "Made here; the others are ISO 4217's.")
        .Number("rate", c => c.Rate, "The latest: how much of the base currency one unit is worth. Null when nobody said.");

    public static readonly Wire<CurrencyRate> Rate =
        new Wire<CurrencyRate>("CurrencyRate", "What one unit was worth in the base currency, from a day on.")
        .Text("code", r => r.Code, nullable: false)
        .Day("day", r => r.Day)
        .Json("rate", new() { ["type"] = "number" }, (json, r) =>
            json.WriteRawValue(r.Rate.ToString("0.#######", CultureInfo.InvariantCulture)))
        .Text("source", r => r.Source, "Who said so.", nullable: false);

    public static readonly Wire<Conversion> Conversion = new Wire<Conversion>("ConvertedAmount", "An amount in another currency.")
        .Number("amount", c => c.Amount)
        .Text("from", c => c.From, nullable: false)
        .Text("to", c => c.To, nullable: false)
        .Day("day", c => c.Day)
        .Number("converted", c => c.Converted, "Null when a rate is missing on that day.");
}

internal sealed record Conversion(decimal Amount, string From, string To, DateOnly Day, decimal? Converted);
