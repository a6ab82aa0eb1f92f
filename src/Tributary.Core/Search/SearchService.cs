using Tributary.Core.Catalog;
using Tributary.Core.Kernel;
using Tributary.Core.Lists;
using Tributary.Core.Storage;

namespace Tributary.Core.Search;

/// <summary>Finds records by what is written in them.</summary>
public sealed class SearchService(Db db)
{
    private const int MaxTerm = 500;

    /// <summary>
    /// Best matches first. Three characters and more are found through an index, however many records there are; shorter
    /// terms are looked for in the newest values only. Of a term that occurs all over, the newest matches come first, ranked among
    /// themselves, then the next newest, and so on to the oldest (<see cref="SearchPlace"/>).
    /// </summary>
    public async Task<Page<SearchHit>> Search(Caller caller, SearchQuery query, CancellationToken ct)
    {
        var (subjects, folded) = Check(caller, query);
        await using var tx = await db.Read(caller.Workspace, ct);
        return await tx.ByCatalog(() => Page(tx, caller, query, subjects, folded));
    }

    private async Task<Page<SearchHit>> Page(Tx tx, Caller caller, SearchQuery query, IReadOnlyList<string> subjects, string folded)
    {
        var catalog = await tx.CatalogFor(caller);
        var place = query.Cursor is { } cursor ? SearchPlace.Open(db.Cursors, cursor, folded).Among(subjects) : SearchPlace.Start(subjects);

        var page = new List<SearchHit>();
        while (true)
        {
            var (hits, read) = await Windows(tx, caller, catalog, query, folded, place);
            var rest = SearchRules.After(SearchRules.InOrder(hits), place.After);
            var room = query.Limit - page.Count;
            page.AddRange(rest.Take(room));
            if (rest.Count > room) return Cut(page, read with { After = (page[^1].Score, page[^1].Subject, page[^1].Id) }, folded);
            if (read.Next() is not { } next) return new(page, null, HasMore: false, Total: null);
            if (rest.Count == room) return Cut(page, next, folded);
            place = next;
        }
    }

    /// <summary>What the windows of a place hold, and their edges.</summary>
    private static async Task<(List<SearchHit> Hits, SearchPlace Read)> Windows(Tx tx, Caller caller, WorkspaceCatalog catalog,
        SearchQuery query, string folded, SearchPlace place)
    {
        var windows = new List<SearchWindow>();
        foreach (var span in place.Spans)
        {
            if (SearchRules.Reach(query, span.Subject) is not { } reach) continue;
            windows.Add(new(new(tx, caller, catalog, query, folded, reach), span, SqlFlavor.IsShort(folded)));
        }
        await SearchWindow.Read(tx, windows);
        return ([.. windows.SelectMany(window => SearchRules.Hits(window.Span.Subject, folded, window.Texts))],
            new([.. windows.Select(window => window.Span)], place.After));
    }

    private Page<SearchHit> Cut(List<SearchHit> page, SearchPlace place, string folded) =>
        new(page, place.Seal(db.Cursors, folded), HasMore: true, Total: null);

    private static (IReadOnlyList<string> Subjects, string Folded) Check(Caller caller, SearchQuery query)
    {
        var checks = new Checks();
        var folded = Folding.Fold(checks.Text("term", query.Term, MaxTerm));
        if (checks.AllGood) checks.Require(folded.Length > 0, "term", "term must hold a letter, a digit or a sign to search for.");
        checks.Require(query.Limit is > 0 and <= SearchQuery.MaxLimit, "limit",
            $"limit must be a whole number from 1 to {SearchQuery.MaxLimit}.");
        checks.Require(query.Subjects.All(SearchRules.Subjects.Contains), "subjects",
            $"subjects are among {string.Join(", ", SearchRules.Subjects)}.");
        checks.Require(query.Fields.All(SearchRules.Fields.Contains), "fields",
            $"fields are among {string.Join(", ", SearchRules.Fields)}.");
        checks.Done();

        foreach (var subject in query.Subjects) caller.MustRead(subject + "s");
        return ([
            .. SearchRules.Subjects.Where(subject => query.Subjects.Count == 0
                ? caller.MayRead(subject + "s") : query.Subjects.Contains(subject))], folded);
    }
}
