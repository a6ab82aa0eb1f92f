using Tributary.Core.Catalog;
using Tributary.Core.Kernel;

namespace Tributary.Core.Currencies;

/// <summary>A currency of the workspace's own, such as points or a token.</summary>
public sealed record NewCurrency
{
    public required string Code { get; init; }
    public required string Name { get; init; }

    /// <summary>The code when left out.</summary>
    public string? Symbol { get; init; }
    public int Decimals { get; init; } = 2;
}

/// <summary>Changes to a currency. Names, symbols and decimals of ISO 4217 are not the workspace's to change.</summary>
public sealed record CurrencyPatch
{
    public Field<string> Name { get; init; }
    public Field<string> Symbol { get; init; }
    public Field<int> Decimals { get; init; }

    /// <summary>False keeps it from being offered; what is stored in it stays.</summary>
    public Field<bool> IsActive { get; init; }
}

/// <summary>
/// From that day on, one unit of the currency was worth <paramref name="Rate"/> units of the base currency, says the source.
/// </summary>
public sealed record CurrencyRate(string Code, DateOnly Day, decimal Rate, string Source);

/// <summary>Which currencies and rates a workspace may have.</summary>
internal static class CurrencyRules
{
    public const int MaxCustom = 200;
    public const int MaxRates = 1000;

    // The bounds keep every conversion of a sum that can be stored within a decimal.
    public const decimal MinRate = 0.0000001m;
    public const decimal MaxRate = 5_000_000m;

    private static readonly DateOnly FirstDay = new(1970, 1, 1);

    public static Currency New(NewCurrency given, WorkspaceCatalog catalog, long id, Guid uid)
    {
        var checks = new Checks();
        var code = checks.Currency("code", given.Code);
        var currency = new Currency
        {
            Id = id,
            Uid = uid,
            Code = code,
            Name = checks.Text("name", given.Name, 100),
            Symbol = checks.Text("symbol", given.Symbol ?? code, 10),
            Decimals = Decimals(checks, given.Decimals),
            IsActive = true,
            IsCustom = true,
        };
        checks.Done();

        if (catalog.Currency(currency.Code) is not null)
        {
            throw Problem.Conflict(new FieldError("code", $"There is already a currency {currency.Code}."));
        }
        if (catalog.Currencies.Count(other => other.IsCustom) >= MaxCustom)
        {
            throw Problem.TooLarge($"A workspace has at most {MaxCustom} currencies of its own.");
        }
        return currency;
    }

    public static Currency Apply(Currency before, CurrencyPatch patch, string baseCurrency)
    {
        var checks = new Checks();
        var after = before with
        {
            Name = patch.Name.IsSet ? checks.Text("name", patch.Name.Value, 100) : before.Name,
            Symbol = patch.Symbol.IsSet ? checks.Text("symbol", patch.Symbol.Value, 10) : before.Symbol,
            Decimals = patch.Decimals.IsSet ? Decimals(checks, patch.Decimals.Value) : before.Decimals,
            IsActive = patch.IsActive.Or(before.IsActive),
        };
        checks.Require(before.IsCustom || after with { IsActive = before.IsActive } == before, "code",
            $"{before.Code} is defined by ISO 4217. Only is_active can change.");
        checks.Done();

        if (!after.IsActive && after.Code == baseCurrency)
        {
            throw Problem.Conflict("The base currency of the workspace cannot be deactivated.", "currency");
        }
        return after;
    }

    public static IReadOnlyList<CurrencyRate> Rates(IReadOnlyList<CurrencyRate> given, WorkspaceCatalog catalog, DateOnly today)
    {
        var checks = new Checks();
        checks.Require(given.Count is >= 1 and <= MaxRates, "rates", $"1 to {MaxRates} rates can be set at once.");
        var rates = given.Take(MaxRates).Select((rate, index) => Rate(checks, $"rates[{index}].", rate, catalog, today)).ToList();
        checks.Require(rates.DistinctBy(rate => (rate.Code, rate.Day)).Count() == rates.Count, "rates", "A currency has one rate a day.");
        checks.Done();
        return rates;
    }

    private static CurrencyRate Rate(Checks checks, string prefix, CurrencyRate given, WorkspaceCatalog catalog, DateOnly today)
    {
        var code = checks.Currency(prefix + "code", given.Code);
        checks.Require(catalog.Currency(code) is not null, prefix + "code", $"This workspace has no currency {code}.");
        checks.Require(code != catalog.Workspace.BaseCurrency, prefix + "code", $"{code} is the base currency: its rate is always 1.");
        // A rate of tomorrow would have to come true by itself, in every server's memory at once.
        checks.Require(given.Day >= FirstDay && given.Day <= today, prefix + "day", $"day must be from {FirstDay:yyyy-MM-dd} to today.");
        checks.Require(given.Rate is >= MinRate and <= MaxRate, prefix + "rate", $"rate must be a number from {MinRate} to {MaxRate}.");
        return given with { Code = code, Source = checks.Text(prefix + "source", given.Source, 100) };
    }

    private static int Decimals(Checks checks, int decimals)
    {
        checks.Require(decimals is >= 0 and <= 4, "decimals", "decimals must be a whole number from 0 to 4.");
        return decimals;
    }
}
