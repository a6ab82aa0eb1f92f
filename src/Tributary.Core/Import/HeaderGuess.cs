namespace Tributary.Core.Import;

/// <summary>
/// Why a column is thought to hold a field, from 0 to 1: its header is the field's name, a known synonym, or a synonym after a
/// prefix.
/// </summary>
public sealed record HeaderMatch(string Header, string Field, double Certainty);

/// <summary>
/// What a file seems to hold, for a person to confirm: the mapping it would be imported with, and the columns it would leave out.
/// </summary>
public sealed record HeaderGuess(
    ImportKind Kind, ImportMapping Mapping, IReadOnlyList<HeaderMatch> Matches,
    IReadOnlyList<string> LeftOver, IReadOnlyList<string> Undecided)
{
    private const double AsName = 1.0;
    private const double AsSynonym = 0.9;
    private const double AfterPrefix = 0.7;
    private const string IdField = "external_id";

    // "Deal - Title", "Opportunity Owner": exports put the noun of the file in front.
    private static readonly Dictionary<ImportKind, string[]> Prefixes = new()
    {
        [ImportKind.Deals] = ["deal", "opportunity", "lead"],
        [ImportKind.Organizations] = ["organization", "organisation", "account", "company"],
        [ImportKind.Persons] = ["person", "contact"],
        [ImportKind.Products] = ["product", "item"],
        [ImportKind.Users] = ["user", "agent"],
    };

    /// <summary>
    /// The kind whose fields the headers name best, unless it is told. <paramref name="source"/> names the system the ids come from.
    /// A column whose values cannot be what its header says is left over.
    /// </summary>
    public static HeaderGuess From(
        IReadOnlyList<string> headers, IReadOnlyList<IReadOnlyList<string>> sample, string source, ImportKind? told = null)
    {
        var kinds = told is { } one ? [one]
            : new[] { ImportKind.Deals, ImportKind.Organizations, ImportKind.Persons, ImportKind.Products, ImportKind.Users };
        var (kind, matches) = kinds
            .Select(kind => (Kind: kind, Matches: Match(kind, headers)))
            .MaxBy(guess => guess.Matches.Sum(match => match.Certainty));
        matches = [.. matches.Where(match => HoldsUp(kind, match, Values(headers, sample, match.Header)))];

        var id = matches.FirstOrDefault(match => match.Field == IdField);
        var mapping = new ImportMapping
        {
            Kind = kind,
            Columns = matches.Where(match => match != id).ToDictionary(match => match.Header, match => new ColumnMapping(match.Field)),
            ExternalId = id is null ? null : new(id.Header, source),
        }.Settle(headers, sample);

        var undecided = mapping.Columns
            .Where(pair => pair.Value.Format is null && Values(headers, sample, pair.Key).Any(text => IsDoubtful(kind, pair.Value, text)))
            .Select(pair => pair.Key);
        var matched = matches.Select(match => match.Header).ToHashSet(StringComparer.Ordinal);
        return new(kind, mapping, matches, [.. headers.Where(header => !matched.Contains(header))], [.. undecided]);
    }

    /// <summary>Each column at most one field and each field at most one column, the surest first.</summary>
    private static List<HeaderMatch> Match(ImportKind kind, IReadOnlyList<string> headers)
    {
        var possible = headers
            .SelectMany(header => Candidates(kind).Concat(Prices(kind, header))
                .Select(candidate => new HeaderMatch(header, candidate.Name, Certainty(kind, header, candidate))))
            .Where(match => match.Certainty > 0)
            .OrderByDescending(match => match.Certainty);
        var (usedHeaders, usedFields) = (new HashSet<string>(StringComparer.Ordinal), new HashSet<string>(StringComparer.Ordinal));
        var matches = new List<HeaderMatch>();
        foreach (var match in possible)
        {
            if (usedHeaders.Contains(match.Header) || usedFields.Contains(match.Field)) continue;
            usedHeaders.Add(match.Header);
            usedFields.Add(match.Field);
            matches.Add(match);
        }

        return matches;
    }

    /// <summary>Fields and, first, the external id: a plain "id" is the other system's, never ours, unless the header says so.</summary>
    private static IEnumerable<ImportField> Candidates(ImportKind kind) =>
        ImportFields.Of(kind).Where(field => field.Name is not ("id" or "uid"))
            .Prepend(new(IdField, ImportType.Text, ImportFields.ExternalIdHeaders[kind]));

    // "Price (EUR)": which currencies a workspace has is not known here, so the header itself says which price it may be.
    private static IEnumerable<ImportField> Prices(ImportKind kind, string header) =>
        kind is ImportKind.Products && NearName.Squeeze(header) is { Length: > 3 } squeezed
            && ImportFields.Find(kind, ImportFields.PricePrefix + squeezed[^3..].ToUpperInvariant()) is { } price ? [price] : [];

    private static double Certainty(ImportKind kind, string header, ImportField field)
    {
        var squeezed = NearName.Squeeze(header);
        if (squeezed == NearName.Squeeze(field.Name)) return AsName;
        var synonyms = field.Synonyms.Select(NearName.Squeeze).ToList();
        if (synonyms.Contains(squeezed)) return AsSynonym;

        foreach (var prefix in Prefixes[kind])
        {
            if (!squeezed.StartsWith(prefix, StringComparison.Ordinal)) continue;
            var rest = squeezed[prefix.Length..];
            if (rest == NearName.Squeeze(field.Name) || synonyms.Contains(rest)) return AfterPrefix;
        }

        return 0;
    }

    /// <summary>At least half of the values can be read, or are only doubtful; text fields and empty columns always hold up.</summary>
    private static bool HoldsUp(ImportKind kind, HeaderMatch match, List<string> values)
    {
        var type = ImportFields.Find(kind, match.Field)?.Type ?? ImportType.Text;
        return values.Count == 0 || values.Count(text => CanBe(type, text)) * 2 >= values.Count;
    }

    private static bool CanBe(ImportType type, string text) => type switch
    {
        ImportType.Date or ImportType.Instant =>
            !ConvertDate.Date(text, ConvertDate.DayFirst).IsRefused || !ConvertDate.Date(text, ConvertDate.MonthFirst).IsRefused
            || !ConvertDate.Date(text, ConvertDate.Excel).IsRefused,
        ImportType.Money =>
            !ConvertNumber.Money(text, NumberStyle.Point).IsRefused || !ConvertNumber.Money(text, NumberStyle.Comma).IsRefused,
        ImportType.WholeNumber => !ConvertNumber.Whole(text, NumberStyle.Undecided).IsRefused,
        ImportType.Percentage => !ConvertNumber.Percentage(text, PercentStyle.Percent, NumberStyle.Point).IsRefused,
        ImportType.Status => !ConvertWord.Status(text).IsRefused,
        ImportType.Boolean => !ConvertWord.Boolean(text).IsRefused,
        ImportType.Currency => !CurrencyMark.Currency(text).IsRefused,
        ImportType.Text or ImportType.Stage or ImportType.User or ImportType.Organization or ImportType.Person or ImportType.Product
            or ImportType.Tags => true,
    };

    /// <summary>A value that its type has, but that cannot be read until the column's format is told.</summary>
    private static bool IsDoubtful(ImportKind kind, ColumnMapping column, string text) => ImportFields.Find(kind, column.Field)?.Type switch
    {
        ImportType.Date or ImportType.Instant => ConvertDate.Date(text, null).IsRefused,
        ImportType.Money => ConvertNumber.Money(text, NumberStyle.Undecided).IsRefused,
        ImportType.Percentage => ConvertNumber.Percentage(text, PercentStyle.Undecided, NumberStyle.Undecided).IsRefused,
        _ => false,
    };

    private static List<string> Values(IReadOnlyList<string> headers, IReadOnlyList<IReadOnlyList<string>> sample, string header)
    {
        var at = headers.ToList().IndexOf(header);
        return [.. sample.Where(row => at < row.Count).Select(row => row[at].Trim()).Where(text => text.Length > 0)];
    }
}
