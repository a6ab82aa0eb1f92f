using System.Text;
using Tributary.Core.Catalog;
using Tributary.Core.Kernel;
using Tributary.Core.Lists;
using Tributary.Core.Storage;

namespace Tributary.Core.Search;

/// <summary>
/// The SQL of one search: the newest values that contain the folded term, or are it, of records that the caller sees and that
/// <paramref name="reach"/> is true of. It costs what a window holds, not what the term occurs.
/// </summary>
internal sealed class SearchStore(Tx tx, Caller caller, WorkspaceCatalog catalog, SearchQuery query, string folded, Condition reach)
{
    /// <summary>How many matches of a kind are ranked with one another.</summary>
    public const int MostRanked = 300;

    /// <summary>How many values of a kind are looked through for a term too short for the index.</summary>
    public const int MostScanned = 10_000;

    /// <summary>Longer texts are not read back to rank them.</summary>
    private const int LongestRanked = 400;

    /// <summary>
    /// PostgreSQL's index of trigrams has no order, but it knows of each text its kind and which ids its record is among: so many to an era
    /// (migration 0028 says the same number).
    /// </summary>
    internal const int Era = 8_192;

    /// <summary>More than this many matches of a kind are not fetched to be put in order.</summary>
    internal const int MostFetched = 4_000;

    /// <summary>What <see cref="Rare"/> answers instead of ids: that it is not rare.</summary>
    internal const long TooMany = -1;

    private const string NewestFirst = " ORDER BY subject_id DESC, field, source_id";

    // As the key has them, so that nothing is sorted.
    private const string Backwards = " ORDER BY subject_id DESC, field DESC, source_id DESC";

    /// <summary>
    /// PostgreSQL: a sub-select that is answered before its rows are put in order. It cannot know that a term common among persons is in no
    /// deal, and would walk all deals in their order to meet one.
    /// </summary>
    private const string Apart = " OFFSET 0) AS found WHERE TRUE";

    private static readonly string Ranked =
        $"field, source_id, LENGTH(text) AS length, CASE WHEN LENGTH(text) <= {LongestRanked} THEN text END AS text";

    public bool IsPostgres => tx.Sql.IsPostgres;

    /// <summary>PostgreSQL: the newest record of a kind that has anything to be found by; 0 where none has.</summary>
    /// <param name="subject">The kind.</param>
    /// <param name="below">Of those with a lower id.</param>
    internal ListSql NewestRecord(string subject, long? below)
    {
        var sql = Begin(subject);
        sql.Add("SELECT COALESCE(MAX(subject_id), 0) AS subject_id FROM search_docs WHERE workspace_id = @Workspace AND subject = ")
            .Add(sql.Parameter(subject));
        return below is { } id ? sql.Add($" AND subject_id < {sql.Parameter(id)}") : sql;
    }

    /// <summary>SQLite: from the newest value on, until there are enough.</summary>
    internal ListSql Walked(SearchSpan span, int limit)
    {
        var sql = Begin(span.Subject).Add($"SELECT subject_id, {Ranked}, doc_id AS place FROM (SELECT rowid AS hit FROM search_trigrams");
        var trigrams = SearchRules.Trigrams(folded).Select(tx.Sql.SearchTerm);
        sql.Add($" WHERE found MATCH {sql.Parameter(string.Join(" AND ", [$"\"{Signs(span.Subject)}\"", .. trigrams]))}");
        if (span.Below is { } below) sql.Add($" AND rowid < {sql.Parameter(below)}");
        if (span.From is { } from) sql.Add($" AND rowid >= {sql.Parameter(from)}");
        sql.Add(") CROSS JOIN search_docs ON doc_id = hit");
        // A text that holds the trigrams need not hold them side by side.
        AddWhere(sql, span.Subject).Add($" AND instr(text, {sql.Parameter(folded)}) > 0");
        if (!span.IsFirst)
        {
            // What a newer value of the record has shown already.
            AddWhere(sql.Add(" AND NOT EXISTS (SELECT 1 FROM search_docs newer"), span.Subject);
            sql.Add($" AND newer.subject_id = search_docs.subject_id AND newer.doc_id >= {sql.Parameter(span.Below!)}")
                .Add($" AND newer.doc_id < {sql.Parameter(span.Top!)}")
                .Add($" AND instr(newer.text, {sql.Parameter(folded)}) > 0)");
        }
        // Outside: an order inside a sub-select that is joined is nobody's promise, and SQLite leaves it out.
        return AddReach(sql, span.Subject).Add($" ORDER BY hit DESC LIMIT {limit}");
    }

    /// <summary>PostgreSQL: of one era, in order before it is asked who may see it, so that nobody is asked about more than the limit.</summary>
    internal ListSql Newest(SearchSpan span, long era, int limit)
    {
        var sql = Begin(span.Subject).Add($"SELECT subject_id, {Ranked}, subject_id AS place FROM ")
            .Add("(SELECT subject_id, field, source_id, text FROM search_docs");
        AddWhere(sql, span.Subject).Add($" AND subject_id / {Era} = CAST({sql.Parameter(era)} AS BIGINT)");
        AddSpan(sql.Add($" AND text LIKE {sql.Parameter(tx.Sql.SearchTerm(folded))}"), span).Add($"{NewestFirst}) AS found WHERE TRUE");
        return AddReach(sql, span.Subject).Add($"{NewestFirst} LIMIT {limit}");
    }

    /// <summary>PostgreSQL: of some eras.</summary>
    internal ListSql Eras(SearchSpan span, long newest, long oldest, int limit)
    {
        // Not a series: of one whose ends it does not know PostgreSQL expects a thousand.
        var eras = new long[newest - oldest + 1];
        for (var n = 0; n < eras.Length; n++) eras[n] = oldest + n;
        var sql = Begin(span.Subject).Add($"SELECT subject_id, {Ranked}, subject_id AS place FROM ");
        sql.Add($"unnest({sql.Parameter(tx.Sql.List(eras))}) AS era");
        sql.Add(" CROSS JOIN LATERAL (SELECT subject_id, field, source_id, text FROM search_docs");
        AddWhere(sql, span.Subject).Add($" AND subject_id / {Era} = era AND text LIKE {sql.Parameter(tx.Sql.SearchTerm(folded))}");
        AddSpan(sql, span).Add(Apart);
        return AddReach(sql, span.Subject).Add($"{NewestFirst} LIMIT {limit}");
    }

    /// <summary>
    /// PostgreSQL: all of a span at once, where they are few. A row besides says whether they are: its id is 0, or <see cref="TooMany"/> and
    /// there are no others. Words are looked for by themselves too: the index goes through all texts that hold the rarest trigram of a
    /// pattern, but from pattern to pattern it skips to where the next may match.
    /// </summary>
    internal ListSql Rare(SearchSpan span, int limit)
    {
        const string columns = "subject_id, field, source_id, text";
        var sql = Begin(span.Subject).Add($"WITH found AS MATERIALIZED (SELECT {columns} FROM search_docs");
        AddWhere(sql, span.Subject);
        foreach (var word in SearchRules.Words(folded)) sql.Add($" AND text LIKE {sql.Parameter(tx.Sql.SearchTerm(word))}");
        sql.Add($" AND text LIKE {sql.Parameter(tx.Sql.SearchTerm(folded))}");
        AddSpan(sql, span).Add($" LIMIT {MostFetched + 1})");
        sql.Add($" SELECT CASE WHEN COUNT(*) > {MostFetched} THEN {TooMany} ELSE 0 END AS subject_id,")
            .Add(" '' AS field, CAST(0 AS BIGINT) AS source_id, 0 AS length, '' AS text, CAST(0 AS BIGINT) AS place FROM found");
        sql.Add($" UNION ALL (SELECT subject_id, {Ranked}, subject_id AS place FROM (SELECT {columns} FROM found{NewestFirst}) AS sorted")
            .Add($" WHERE (SELECT COUNT(*) FROM found) <= {MostFetched}");
        return AddReach(sql, span.Subject).Add($"{NewestFirst} LIMIT {limit})");
    }

    /// <summary>SQLite, a term too short for the index: from the newest value on, until there are enough.</summary>
    internal ListSql ShortWalked(string subject)
    {
        var sql = Begin(subject).Add($"SELECT subject_id, {Ranked}, subject_id AS place FROM search_docs");
        AddValues(sql, subject).Add(" AND subject_id >= COALESCE((SELECT subject_id FROM search_docs");
        AddValues(sql, subject).Add($"{Backwards} LIMIT 1 OFFSET {MostScanned - 1}), 0) AND ")
            .Add(tx.Sql.ContainsShort(sql.Name(tx.Sql.SearchTerm(folded))));
        return AddReach(AddExact(sql), subject).Add($"{Backwards} LIMIT {MostRanked}");
    }

    /// <summary>PostgreSQL, the same: among so many of the newest values.</summary>
    internal ListSql ShortNewest(string subject)
    {
        var sql = Begin(subject).Add($"SELECT subject_id, {Ranked}, subject_id AS place FROM ")
            .Add("(SELECT workspace_id, subject, subject_id, field, source_id, text FROM search_docs");
        AddValues(sql, subject).Add($"{Backwards} LIMIT {MostScanned}) newest WHERE ")
            .Add(tx.Sql.ContainsShort(sql.Name(tx.Sql.SearchTerm(folded))));
        return AddReach(AddExact(sql), subject).Add($"{NewestFirst} LIMIT {MostRanked}");
    }

    /// <summary>
    /// SQLite: what matches of records that were found and was written before all that was. The key tells of most that they are not, so
    /// that only the others are read.
    /// </summary>
    internal ListSql Older(string subject, IReadOnlyList<long> ids, long from)
    {
        var sql = Whole(subject, ids);
        return sql.Add($" AND doc_id < {sql.Parameter(from)}");
    }

    /// <summary>All that matches of records that were found: a window may end between two values of one.</summary>
    internal ListSql Whole(string subject, IReadOnlyList<long> ids)
    {
        var sql = Begin(subject).Add($"SELECT subject_id, {Ranked}, subject_id AS place FROM search_docs");
        AddWhere(sql, subject).Add($" AND {tx.Sql.In("subject_id", sql.Name(tx.Sql.List(ids)))}");
        return sql.Add(tx.Sql.IsPostgres ? $" AND text LIKE {sql.Parameter(tx.Sql.SearchTerm(folded))}"
            : $" AND instr(text, {sql.Parameter(folded)}) > 0");
    }

    /// <summary>
    /// What texts of a kind begin with in SQLite's index: one trigram, so that it walks no other kind's (migration 0027).
    /// </summary>
    private string Signs(string subject) =>
        $"{Sign(subject[0] * 16 + subject.Length)}{Sign(tx.Workspace / 65_000)}{Sign(tx.Workspace % 65_000)}";

    private static Rune Sign(long number) => new((int)(0xF0000 + number));

    private ListSql Begin(string subject) => new(tx.Sql, ListSources.Of(subject), tx.Workspace);

    private ListSql AddWhere(ListSql sql, string subject) => AddExact(AddValues(sql, subject));

    private ListSql AddValues(ListSql sql, string subject)
    {
        sql.Add($" WHERE workspace_id = @Workspace AND subject = {sql.Parameter(subject)}");
        if (catalog.Hidden.Count > 0)
        {
            var hidden = sql.Name(tx.Sql.List([.. catalog.Hidden.Select(field => field.Id)]));
            sql.Add($" AND NOT (field = 'custom' AND {tx.Sql.In("source_id", hidden)})");
        }
        return query.Fields.Count == 0 ? sql : sql.Add($" AND {tx.Sql.In("field", sql.Name(tx.Sql.List(query.Fields)))}");
    }

    private ListSql AddExact(ListSql sql) => query.Exact ? sql.Add($" AND text = {sql.Parameter(folded)}") : sql;

    private static ListSql AddSpan(ListSql sql, SearchSpan span)
    {
        if (span.Below is { } below) sql.Add($" AND subject_id < {sql.Parameter(below)}");
        return span.From is { } from ? sql.Add($" AND subject_id >= {sql.Parameter(from)}") : sql;
    }

    private ListSql AddReach(ListSql sql, string subject)
    {
        sql.Add(" AND EXISTS (SELECT 1");
        ListStore.Where(sql, tx, caller, ListSources.Of(subject), catalog, reach, Scope.Kept);
        return sql.Add(" AND id = subject_id)");
    }
}
