using Tributary.Core.Deals;
using Tributary.Core.Kernel;
using Tributary.Core.Lists;

namespace Tributary.Core.Search;

/// <summary>A value that contains the term. Long texts are not carried along; for them only their length is known.</summary>
internal sealed record FoundText
{
    public long SubjectId { get; init; }
    public string Field { get; init; } = "";
    public long SourceId { get; init; }
    public string? Text { get; init; }
    public int Length { get; init; }

    /// <summary>Grows with what is written: of two matches the later has the higher; see <see cref="SearchSpan"/>.</summary>
    public long Place { get; init; }
}

/// <summary>Pure: how good a match is, and in which order hits are shown.</summary>
internal static class SearchRules
{
    private const long FewestTelling = 512;
    private const int MostWords = 4;
    private const int TrigramLength = 3;

    /// <summary>How many eras are asked at once: two million ids.</summary>
    public const int MostEras = 256;

    /// <summary>The order of kinds among hits that are equally good.</summary>
    public static readonly IReadOnlyList<string> Subjects = ["deal", "person", "organization", "product", "lead"];

    public static readonly IReadOnlyList<string> Fields =
        ["title", "number", "description", "notes", "custom", "name", "email", "phone", "address", "code"];

    /// <summary>
    /// The whole value counts 1.2, its beginning 0.9, the beginning of a word 0.6, anything else 0.3; half of it outside of
    /// titles and names. What is shorter is better: the share of the value that was asked for adds up to 0.1.
    /// </summary>
    public static decimal Score(string folded, FoundText found)
    {
        var kind = Kind(folded, found);
        var share = decimal.Round(0.1m * RuneCount(folded) / Math.Max(found.Length, 1), 6, MidpointRounding.ToZero);
        return (found.Field is "title" or "name" ? kind : kind / 2) + share;
    }

    /// <summary>Which records of a kind the query is about; none when it is about other kinds only.</summary>
    public static Condition? Reach(SearchQuery query, string subject)
    {
        var conditions = new List<Condition>();
        if (query.Status is { } status) conditions.Add(Condition.Equal("status", DealHistory.Word(status)));
        if (query.PersonId is { } person)
        {
            conditions.Add(subject is "deal" ? Condition.Test("participant_id", Operator.Has, person)
                : Condition.Equal("person_id", person));
        }
        if (query.OrgId is { } org) conditions.Add(Condition.Equal("org_id", org));
        return subject switch
        {
            "deal" => new Condition.And([.. conditions]),
            "lead" when query.Status is null => new Condition.And([.. conditions]),
            "person" when query is { Status: null, PersonId: null } => new Condition.And([.. conditions]),
            _ => conditions.Count == 0 ? Condition.Everything : null,
        };
    }

    /// <summary>One hit per record: the best of its matches counts, a word more of them does not.</summary>
    public static IEnumerable<SearchHit> Hits(string subject, string folded, IEnumerable<FoundText> found) => found
        .GroupBy(text => text.SubjectId)
        .Select(texts => new SearchHit(subject, texts.Key, texts.Max(text => Score(folded, text)), Matches(texts)));

    /// <summary>Best first; among equals by kind, then newest first.</summary>
    public static IReadOnlyList<SearchHit> InOrder(IEnumerable<SearchHit> hits) =>
        [.. hits.OrderByDescending(hit => hit.Score).ThenBy(hit => Rank(hit.Subject)).ThenByDescending(hit => hit.Id)];

    /// <summary>Whether a hit comes after a place in that order.</summary>
    public static bool IsAfter(SearchHit hit, (decimal Score, string Subject, long Id) place) =>
        hit.Score != place.Score ? hit.Score < place.Score :
        hit.Subject != place.Subject ? Rank(hit.Subject) > Rank(place.Subject) : hit.Id < place.Id;

    /// <summary>Those of hits in order that come after a place; all where there is none.</summary>
    public static IReadOnlyList<SearchHit> After(IReadOnlyList<SearchHit> hits, (decimal, string, long)? place) =>
        place is { } shown ? [.. hits.Where(hit => IsAfter(hit, shown))] : hits;

    /// <summary>
    /// Whether a term that so many of the newest ids had so often should be so rare among those that are left that all its matches can be
    /// fetched. Too few ids tell nothing.
    /// </summary>
    public static bool IsRare(int found, long seen, long left) =>
        seen >= FewestTelling && (decimal)found * left / seen < SearchStore.MostFetched / 2;

    /// <summary>
    /// Trigrams that a text must hold to hold a term of three characters or more: side by side, and the last. With all that overlap
    /// the index is read three times as much, and what it finds is hardly less.
    /// </summary>
    public static IEnumerable<string> Trigrams(string folded)
    {
        var characters = folded.EnumerateRunes().Select(rune => rune.ToString()).ToList();
        var last = characters.Count - TrigramLength;
        for (var start = 0; start < last; start += TrigramLength) yield return Trigram(start);
        yield return Trigram(last);

        string Trigram(int start) => string.Concat(characters.GetRange(start, TrigramLength));
    }

    /// <summary>
    /// The words of a term, of three letters or digits at least, with the spaces beside them: what begins or ends a word is rarer. None
    /// where the term is one word; of many the first.
    /// </summary>
    public static IEnumerable<string> Words(string folded)
    {
        for (var (start, count) = (0, 0); start < folded.Length && count < MostWords;)
        {
            var space = folded.IndexOf(' ', start + 1);
            var end = space < 0 ? folded.Length : space + 1;
            if (end - start < folded.Length && folded[start..end].Count(char.IsLetterOrDigit) >= 3)
            {
                count++;
                yield return folded[start..end];
            }
            start = space < 0 ? folded.Length : space;
        }
    }

    /// <summary>
    /// How many eras should have so many more matches; not many more than have been asked, since the older may have more than the newest.
    /// </summary>
    public static long MoreEras(long wanted, int found, long seen)
    {
        var asked = Math.Max(1, seen / SearchStore.Era);
        var enough = found == 0 ? long.MaxValue : (long)Math.Ceiling((decimal)wanted * seen / found / SearchStore.Era);
        return Math.Clamp(enough, 1, Math.Clamp(asked * 2, 4, MostEras));
    }

    private static decimal Kind(string folded, FoundText found)
    {
        if (found.Text is not { } text) return 0.3m;
        if (text == folded) return 1.2m;
        if (text.StartsWith(folded, StringComparison.Ordinal)) return 0.9m;
        for (var at = text.IndexOf(folded, StringComparison.Ordinal); at > 0; at = text.IndexOf(folded, at + 1, StringComparison.Ordinal))
        {
            if (!char.IsLetterOrDigit(text[at - 1])) return 0.6m;
        }
        return 0.3m;
    }

    private static Seq<SearchMatch> Matches(IEnumerable<FoundText> texts) =>
        [.. texts.Select(text => new SearchMatch(text.Field, text.SourceId)).OrderBy(match => match.Field, StringComparer.Ordinal)
            .ThenBy(match => match.SourceId)];

    private static int RuneCount(string text) => text.EnumerateRunes().Count();

    private static int Rank(string subject) => Subjects.ToList().IndexOf(subject);
}
