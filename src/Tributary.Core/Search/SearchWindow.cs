using Tributary.Core.Lists;
using Tributary.Core.Storage;

namespace Tributary.Core.Search;

/// <summary>
/// The window of one kind of record while it is read: one question after the other, so that those of all kinds can go together
/// (<see cref="Read"/>).
/// </summary>
internal sealed class SearchWindow(SearchStore store, SearchSpan span, bool isShort)
{
    private const int Unlimited = 1_000_000;

    private readonly List<FoundText> found = [];
    private IReadOnlyList<FoundText> answer = [];

    /// <summary>What the window holds.</summary>
    public IReadOnlyList<FoundText> Texts { get; private set; } = [];

    /// <summary>The window with its edges.</summary>
    public SearchSpan Span { get; private set; } = span;

    /// <summary>Reads windows step by step: on PostgreSQL a step of all of them is one message.</summary>
    public static async Task Read(Tx tx, IEnumerable<SearchWindow> windows)
    {
        var all = windows.Select(window => (Window: window, Steps: window.Steps().GetEnumerator())).ToList();
        while (true)
        {
            all.RemoveAll(one => !one.Steps.MoveNext());
            if (all.Count == 0) return;
            var questions = new Together(tx);
            var answers = all.ConvertAll(one => questions.Many(Question(one.Steps.Current)));
            await questions.Ask();
            for (var n = 0; n < all.Count; n++) all[n].Window.answer = answers[n].Value;
        }

        // To plan one takes PostgreSQL as long as to answer it, and there is one way to: the index of trigrams, then records by their key.
        static Question<FoundText> Question(ListSql sql)
        {
            sql.Parameters.HasOnePlan = true;
            return new(sql.ToString(), sql.Parameters);
        }
    }

    // Differs by necessity: on SQLite what is written counts up its values (doc_id), in whose order its index is read from any place and
    // stops when there is enough; PostgreSQL's has no order, and what counts is the record's id.
    private IEnumerable<ListSql> Steps() => isShort ? Short() : store.IsPostgres ? ByEra() : Walked();

    private IEnumerable<ListSql> Short()
    {
        // Differs by necessity: asked as SQLite is, PostgreSQL would go through its index for what that cannot tell.
        yield return store.IsPostgres ? store.ShortNewest(Span.Subject) : store.ShortWalked(Span.Subject);
        (Texts, Span) = (answer, Span with { Below = 0, From = 0, Top = 0 });
        if (Texts.Count < SearchStore.MostRanked) yield break;
        foreach (var sql in LastWhole()) yield return sql;
    }

    private IEnumerable<ListSql> Walked()
    {
        var limit = Span.From is null ? SearchStore.MostRanked : Unlimited;
        yield return store.Walked(Span, limit);
        found.AddRange(answer);
        if (Span.Below is null) BeginBelow(found.Count == 0 ? 0 : found[0].Place);
        if (!IsCut(limit)) yield break;
        // A window may end between two values of a record, which were written at different times.
        yield return store.Older(Span.Subject, [.. found.Select(text => text.SubjectId).Distinct()], Span.From!.Value);
        Texts = [.. found, .. answer];
    }

    private IEnumerable<ListSql> ByEra()
    {
        var limit = Span.From is null ? SearchStore.MostRanked : Unlimited;
        if (Span.Below is null)
        {
            yield return store.NewestRecord(Span.Subject, below: null);
            BeginBelow(answer[0].SubjectId);
        }
        var last = (Span.From ?? 0) / SearchStore.Era;
        // The eras down to this one have been asked.
        var era = (Span.Below!.Value - 1) / SearchStore.Era;
        if (Span.Below > 1)
        {
            yield return store.Newest(Span, era, limit);
            Add(answer, limit);
        }
        var seen = Span.Below.Value - era * SearchStore.Era;
        for (var mayBeRare = true; found.Count < limit && era > last;)
        {
            if (era - last > SearchRules.MostEras)
            {
                // Ids may lie far apart, those that an import brought above all: eras of which no record is are passed over.
                yield return store.NewestRecord(Span.Subject, below: era * SearchStore.Era);
                var next = answer[0].SubjectId;
                if (next < Math.Max(Span.From ?? 0, 1)) break;
                era = next / SearchStore.Era + 1;
            }
            var left = era * SearchStore.Era;
            if (mayBeRare && SearchRules.IsRare(found.Count, seen, left))
            {
                mayBeRare = false;
                yield return store.Rare(Span with { Below = left }, limit);
                if (answer.Any(text => text.SubjectId == SearchStore.TooMany)) continue;
                Add(answer.Where(text => text.SubjectId > 0).OrderByDescending(text => text.SubjectId), limit);
                break;
            }
            var to = Math.Max(era - SearchRules.MoreEras(limit - found.Count, found.Count, seen), last);
            yield return to == era - 1 ? store.Newest(Span, to, limit) : store.Eras(Span, era - 1, to, limit);
            Add(answer, limit);
            seen += (era - to) * SearchStore.Era;
            era = to;
        }
        // Up to an edge that is known nothing is missing; where the limit cut, only of the last record.
        var isKnown = Span.From is not null;
        if (!IsCut(limit) || isKnown) yield break;
        foreach (var sql in LastWhole()) yield return sql;
    }

    // The limit may have cut between two values of the last record.
    private IEnumerable<ListSql> LastWhole()
    {
        var cut = Texts[^1].SubjectId;
        yield return store.Whole(Span.Subject, [cut]);
        Texts = [.. Texts.Where(text => text.SubjectId != cut), .. answer];
    }

    private void Add(IEnumerable<FoundText> more, int limit) => found.AddRange(more.Take(limit - found.Count));

    private void BeginBelow(long newest) => Span = Span with { Below = newest + 1, Top = newest + 1 };

    // Whether there may be more than was found; notes what was.
    private bool IsCut(int limit)
    {
        var isCut = Span.From > 0 || found.Count == limit;
        (Texts, Span) = (found, Span with { From = Span.From ?? (isCut ? found[^1].Place : 0) });
        return isCut && found.Count > 0;
    }
}
