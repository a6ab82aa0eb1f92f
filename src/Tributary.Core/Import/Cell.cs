using Tributary.Core.Kernel;
using Tributary.Core.Products;

namespace Tributary.Core.Import;

/// <summary>One row seen through its mapping: reads fields by name and collects every reason against the row on the way.</summary>
internal sealed class Cell(
    ImportMapping mapping, IReadOnlyDictionary<string, int> places, IReadOnlyDictionary<string, ColumnMapping> columns, ImportRow row)
{
    public List<FieldError> Reasons { get; } = [];

    public List<string> Warnings { get; } = [];

    /// <summary>The trimmed text of a field, or null when its cell is empty; a constant fills what no cell does.</summary>
    public string? Text(string field)
    {
        var text = places.TryGetValue(field, out var at) && at < row.Cells.Count ? row.Cells[at].Trim() : "";
        if (text.Length == 0) text = mapping.Constants.GetValueOrDefault(field, "").Trim();
        return text.Length == 0 ? null : text;
    }

    public DateTimeOffset? Instant(string field) =>
        Read(field, (text, column) => ConvertDate.Instant(text, column?.Format ?? mapping.Dates));

    public DateOnly? Date(string field) => Read(field, (text, column) => ConvertDate.Date(text, column?.Format ?? mapping.Dates));

    public long? Whole(string field) =>
        Read(field, (text, column) => ConvertNumber.Whole(text, Numbers(column?.Format ?? mapping.Numbers)));

    public bool? Boolean(string field) => Read(field, (text, _) => ConvertWord.Boolean(text));

    public BillingFrequency? Billing(string field) => Read(field, (text, _) => ConvertWord.Billing(text));

    public ImportedStatus? Status(string field) => Read(field, (text, _) => ConvertWord.Status(text));

    public decimal? Percentage(string field) => Read(field, (text, column) =>
        ConvertNumber.Percentage(text, Percents(column?.Format), Numbers(mapping.Numbers)));

    public Guid? Uid()
    {
        var text = Text("uid");
        if (text is null) return null;
        if (Guid.TryParse(text, out var uid)) return uid;
        Refuse("uid", $"{Converted.Quote(text)} is not a UUID.");
        return null;
    }

    /// <summary>
    /// An amount and its currency. The row's own currency column decides, then the mark at the amount, then the mapping; a mark that
    /// contradicts what was decided refuses the row, since one of the two is wrong.
    /// </summary>
    public (decimal? Amount, string? Currency) Money(string field)
    {
        var stated = Text("currency") is { } text ? CurrencyMark.Currency(text) : default;
        if (stated.IsRefused) Refuse("currency", stated.Reason!);
        return Money(field, stated.Value);
    }

    /// <summary>The amounts of columns that each are in a currency of their own, by its code.</summary>
    public Dictionary<string, decimal> Prices()
    {
        var prices = new Dictionary<string, decimal>(StringComparer.Ordinal);
        foreach (var field in places.Keys.Concat(mapping.Constants.Keys))
        {
            if (!field.StartsWith(ImportFields.PricePrefix, StringComparison.Ordinal)) continue;
            var currency = field[ImportFields.PricePrefix.Length..];
            if (Money(field, currency).Amount is { } price) prices[currency] = price;
        }

        return prices;
    }

    private (decimal? Amount, string? Currency) Money(string field, string? stated)
    {
        var column = columns.GetValueOrDefault(field);
        if (Text(field) is not { } written) return (null, stated ?? mapping.Currency);
        var read = ConvertNumber.Money(written, Numbers(column?.Format ?? mapping.Numbers));
        if (read.Value is not { } money)
        {
            Refuse(field, read.Reason!);
            return (null, null);
        }

        var currency = stated ?? (money.Currencies.Count == 1 ? money.Currencies[0] : mapping.Currency);
        if (money.Currencies.Count > 0 && !money.Currencies.Contains(currency ?? ""))
        {
            Refuse(field, currency is null
                ? $"{Converted.Quote(written)} can be {string.Join(", ", money.Currencies)}; map a currency column or set \"currency\"."
                : $"{Converted.Quote(written)} is not in {currency}, which the row or the mapping states.");
        }

        return (Scale(field, money.Amount, column?.Times), currency);
    }

    public Dictionary<string, string> Custom()
    {
        var custom = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var field in places.Keys.Concat(mapping.Constants.Keys))
        {
            if (field.StartsWith(ImportFields.CustomPrefix, StringComparison.Ordinal) && Text(field) is { } text)
                custom[field[ImportFields.CustomPrefix.Length..]] = text;
        }

        return custom;
    }

    public IReadOnlyList<string> Tags() => Text("tags") is { } text ? ConvertWord.Tags(text) : [];

    public void Refuse(string field, string reason) => Reasons.Add(new(field, reason));

    internal static NumberStyle Numbers(string? format) => format switch
    {
        ConvertNumber.PointFormat => NumberStyle.Point,
        ConvertNumber.CommaFormat => NumberStyle.Comma,
        _ => NumberStyle.Undecided,
    };

    private static PercentStyle Percents(string? format) => format switch
    {
        "percent" => PercentStyle.Percent,
        "fraction" => PercentStyle.Fraction,
        _ => PercentStyle.Undecided,
    };

    private decimal? Scale(string field, decimal amount, decimal? times)
    {
        if (times is not { } factor) return amount;
        if (Math.Abs(amount) <= Kernel.Money.Max / factor) return amount * factor;
        Refuse(field, $"The amount times {factor} is larger than {Kernel.Money.Max:#,##0.####}.");
        return null;
    }

    private T? Read<T>(string field, Func<string, ColumnMapping?, Converted<T>> convert)
        where T : struct
    {
        if (Text(field) is not { } text) return null;
        var read = convert(text, columns.GetValueOrDefault(field));
        if (!read.IsRefused) return read.Value;
        Refuse(field, read.Reason!);
        return null;
    }
}
