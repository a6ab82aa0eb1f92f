namespace Tributary.Core.Import;

/// <summary>
/// Where a column goes. The format says how its cells are written where that can be doubted; <see cref="Times"/> scales a number.
/// </summary>
public sealed record ColumnMapping(string Field, string? Format = null, decimal? Times = null);

/// <summary>What a word of the stage column means: a stage, a status, or both.</summary>
public sealed record StageMeaning(string? Stage, ImportedStatus Status);

/// <summary>The column that holds the ids of the system the file comes from, and that system's name.</summary>
public sealed record ExternalIdMapping(string Column, string Source);

/// <summary>Nouns that a row may name before they exist.</summary>
public enum ImportNoun { Organizations, Persons, Users, Products, Pipelines, Stages }

/// <summary>What a row does to the record that is there already: makes it what the row says, or leaves it alone.</summary>
public enum ExistingPolicy { Update, Keep }

/// <summary>Everything an import is told about its file. Nothing is created, and no near name is taken, unless it says so.</summary>
public sealed record ImportMapping
{
    public required ImportKind Kind { get; init; }

    public required IReadOnlyDictionary<string, ColumnMapping> Columns { get; init; }

    /// <summary>Fields that have the same text in every row.</summary>
    public IReadOnlyDictionary<string, string> Constants { get; init; } = new Dictionary<string, string>();

    public string? Pipeline { get; init; }

    /// <summary>The currency of amounts that state none.</summary>
    public string? Currency { get; init; }

    public IReadOnlyDictionary<string, StageMeaning> Stages { get; init; } = new Dictionary<string, StageMeaning>();

    public IReadOnlyDictionary<ImportNoun, MissingPolicy> Missing { get; init; } = new Dictionary<ImportNoun, MissingPolicy>();

    public bool NearNames { get; init; }

    public ExistingPolicy Existing { get; init; }

    public ExternalIdMapping? ExternalId { get; init; }

    /// <summary>The format of date columns that state none.</summary>
    public string? Dates { get; init; }

    /// <summary>The format of number columns that state none: "1,234.50" or "1.234,50".</summary>
    public string? Numbers { get; init; }

    public MissingPolicy PolicyFor(ImportNoun noun) => Missing.TryGetValue(noun, out var policy) ? policy : MissingPolicy.Refuse;

    /// <summary>
    /// The same mapping with a format on each date, number and percentage column that states none, decided over the whole sample.
    /// A column whose sample proves nothing stays without one, so its doubtful cells are refused and not guessed.
    /// </summary>
    public ImportMapping Settle(IReadOnlyList<string> headers, IReadOnlyList<IReadOnlyList<string>> sample)
    {
        var settled = new Dictionary<string, ColumnMapping>(StringComparer.Ordinal);
        foreach (var (header, column) in Columns)
        {
            var at = headers.ToList().IndexOf(header);
            var texts = at < 0 ? [] : sample.Where(row => at < row.Count).Select(row => row[at]).Where(text => text.Trim().Length > 0);
            settled[header] = column.Format is null ? column with { Format = FormatOf(column, texts) } : column;
        }

        return this with { Columns = settled };
    }

    private string? FormatOf(ColumnMapping column, IEnumerable<string> texts)
    {
        var type = ImportFields.Find(Kind, column.Field)?.Type;
        if (type is ImportType.Date or ImportType.Instant) return Dates ?? ConvertDate.Decide(texts);
        if (type == ImportType.Percentage)
            return PercentName(ConvertNumber.DecidePercent(texts, Cell.Numbers(Numbers)));
        return type == ImportType.Money ? Numbers ?? StyleName(ConvertNumber.Decide(texts)) : null;
    }

    private static string? StyleName(NumberStyle style) => style switch
    {
        NumberStyle.Undecided => null,
        NumberStyle.Point => ConvertNumber.PointFormat,
        NumberStyle.Comma => ConvertNumber.CommaFormat,
    };

    private static string? PercentName(PercentStyle style) => style switch
    {
        PercentStyle.Undecided => null,
        PercentStyle.Percent => "percent",
        PercentStyle.Fraction => "fraction",
    };
}
