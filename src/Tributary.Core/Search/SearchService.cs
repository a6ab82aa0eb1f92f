using System.Globalization;
using System.Text;
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
    /// terms are looked for in the newest records only. Of a term that occurs all over, the newest occurrences are ranked.
    /// </summary>
    public async Task<Page<SearchHit>> Search(Caller caller, SearchQuery query, CancellationToken ct)
    {
        var (subjects, folded) = Check(caller, query);
        await using var tx = await db.Read(caller.Workspace, ct);
        var catalog = await tx.CatalogFor(caller);

        var hits = new List<SearchHit>();
        foreach (var subject in subjects)
        {
            if (SearchRules.Reach(query, subject) is { } reach)
            {
                hits.AddRange(SearchRules.Hits(subject, folded,
                    await SearchStore.Find(tx, caller, catalog, query, subject, folded, reach)));
            }
        }
        return Page(SearchRules.InOrder(hits), query, folded);
    }

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

    private Page<SearchHit> Page(IReadOnlyList<SearchHit> hits, SearchQuery query, string folded)
    {
        var rest = query.Cursor is { } cursor ? Open(cursor, folded) is var place
            ? hits.Where(hit => SearchRules.IsAfter(hit, place)) : hits : hits;
        var page = rest.Take(query.Limit + 1).ToList();
        if (page.Count <= query.Limit) return new(page, null, HasMore: false, Total: null);

        page.RemoveAt(query.Limit);
        return new(page, Seal(page[^1], folded), HasMore: true, Total: null);
    }

    private string Seal(SearchHit last, string folded) =>
        db.Cursors.Seal(
            Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture,
                $"search\n{last.Score}\n{last.Subject}\n{last.Id}\n{folded}")));

    private (decimal, string, long) Open(string cursor, string folded)
    {
        if (db.Cursors.TryOpen(cursor, out var payload)
            && Encoding.UTF8.GetString(payload).Split('\n', 5) is ["search", var score, var subject, var id, var term]
            && term == folded)
        {
            return (decimal.Parse(score, CultureInfo.InvariantCulture), subject, long.Parse(id, CultureInfo.InvariantCulture));
        }
        throw Problem.Invalid("cursor", "cursor must be the next_cursor of an earlier page of the same search.");
    }
}
