using System.Globalization;
using System.Text.Json;
using Tributary.Core.Log;

namespace Tributary.Core.Currencies;

/// <summary>What the log records of currencies and their rates.</summary>
internal static class CurrencyHistory
{
    private static readonly IReadOnlyList<Tracked<Currency>> Fields =
    [
        new("code", currency => currency.Code),
        new("name", currency => currency.Name),
        new("symbol", currency => currency.Symbol),
        new("decimals", currency => currency.Decimals),
        new("is_active", currency => currency.IsActive),
    ];

    public static LogEntry Between(Currency? before, Currency after) => new()
    {
        Subject = "currency",
        SubjectId = after.Id,
        Action = before is null ? "created" : "updated",
        Changes = Tracked.Between(Fields, before, after),
    };

    /// <summary>A field "rate.2026-11-20" for each day whose rate was set, replaced or taken away.</summary>
    public static LogEntry Rates(Currency currency, IEnumerable<(DateOnly Day, decimal? Old, decimal? New)> rates) => new()
    {
        Subject = "currency",
        SubjectId = currency.Id,
        Action = "updated",
        Changes =
            [.. rates.Select(rate => new Change("rate." + rate.Day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), Json(rate.Old),
                Json(rate.New)))],
    };

    private static JsonElement? Json(decimal? rate) => rate is { } known ? JsonSerializer.SerializeToElement(known) : null;
}
