using Tributary.Core.Catalog;
using Tributary.Core.Kernel;
using Tributary.Core.Lists;
using Tributary.Core.Storage;

namespace Tributary.Core.Search;

/// <summary>The SQL of what can be found: one row of folded text per searchable value.</summary>
internal static class SearchStore
{
    /// <summary>Beyond this a value is still stored, but only its beginning is found.</summary>
    private const int MaxText = 8_000;

    /// <summary>How many matches of a kind are ranked, and how many values are looked through for a term too short for the index.</summary>
    private const int MaxMatches = 2_000;
    private const int MaxScanned = 20_000;

    /// <summary>Longer texts are not read back to rank them.</summary>
    private const int MaxRanked = 400;

    /// <summary>Makes a value findable under a subject, or not any more when it is blank.</summary>
    /// <param name="sourceId">Tells two values of one field apart: the note, the custom field; 0 when there is only one.</param>
    public static Task Put(Tx tx, string subject, long subjectId, string field, long sourceId, string? text)
    {
        var folded = Folding.Fold(text ?? "");
        if (folded.Length == 0) return Remove(tx, subject, subjectId, field, sourceId);

        tx.HasTexts = true;
        return tx.Put("""
            INSERT INTO search_docs (workspace_id, subject, subject_id, field, source_id, text)
            VALUES (@Workspace, @subject, @subjectId, @field, @sourceId, @text)
            ON CONFLICT (workspace_id, subject, subject_id, field, source_id) DO UPDATE SET text = excluded.text
            """, new { tx.Workspace, subject, subjectId, field, sourceId, text = folded.Length > MaxText ? folded[..MaxText] : folded });
    }

    public static Task Remove(Tx tx, string subject, long subjectId, string field, long sourceId) => tx.Put("""
        DELETE FROM search_docs
        WHERE workspace_id = @Workspace AND subject = @subject AND subject_id = @subjectId AND field = @field AND source_id = @sourceId
        """, new { tx.Workspace, subject, subjectId, field, sourceId });

    /// <summary>SQLite only, just before a commit: brings the texts that its changes added into the index, all at once.</summary>
    public static void IndexNew(SqliteSession session)
    {
        session.Execute("""
            INSERT INTO search_trigrams (rowid, text)
            SELECT doc_id, text FROM search_docs WHERE doc_id > (SELECT last FROM sequences WHERE name = 'search_indexed') ORDER BY doc_id
            """);
        session.Execute(
            "UPDATE sequences SET last = (SELECT MAX(doc_id) FROM search_docs) WHERE name = 'search_indexed' AND last < (SELECT MAX(doc_id) FROM search_docs)");
    }

    /// <summary>For a purge: nothing of the record is found any more.</summary>
    public static Task Forget(Tx tx, string subject, long subjectId) => tx.Run("""
        DELETE FROM search_docs
        WHERE workspace_id = @Workspace AND subject = @subject AND subject_id = @subjectId
        """, new { tx.Workspace, subject, subjectId });

    /// <summary>
    /// The newest values that contain the folded term, or are it, of records that the caller sees and that <paramref name="reach"/> is true
    /// of.
    /// </summary>
    public static Task<IReadOnlyList<FoundText>> Find(Tx tx, Caller caller, WorkspaceCatalog catalog, SearchQuery query, string subject,
        string folded, Condition reach)
    {
        var sql = Statement(tx, caller, catalog, query, subject, folded, reach);
        return tx.Many<FoundText>(sql.ToString(), sql.Parameters);
    }

    // Differs by necessity: SQLite walks its index from the newest value on and stops when it has enough; PostgreSQL's has no order.
    internal static ListSql Statement(Tx tx, Caller caller, WorkspaceCatalog catalog, SearchQuery query, string subject, string folded,
        Condition reach)
    {
        const string newestFirst = " ORDER BY subject_id DESC, field, source_id";
        var source = ListSources.Of(subject);
        var sql = new ListSql(tx.Sql, source, tx.Workspace).Add($"SELECT {Columns} FROM ");
        var term = sql.Name(tx.Sql.SearchTerm(folded));
        var isShort = SqlFlavor.IsShort(folded);
        var order = newestFirst;
        if (isShort)
        {
            sql.Add("(SELECT workspace_id, subject, subject_id, field, source_id, text FROM search_docs");
            AddWhere(sql, tx, catalog, query, subject).Add($"{newestFirst} LIMIT {MaxScanned}) newest WHERE {tx.Sql.ContainsShort(term)}");
        }
        else if (tx.Sql.IsPostgres)
        {
            AddWhere(sql.Add("search_docs"), tx, catalog, query, subject).Add($" AND text LIKE @{term}");
        }
        else
        {
            sql.Add($"(SELECT rowid AS found FROM search_trigrams WHERE text MATCH @{term} ORDER BY rowid DESC) CROSS JOIN search_docs ON doc_id = found");
            AddWhere(sql, tx, catalog, query, subject);
            order = "";
        }

        if (query.Exact) sql.Add($" AND text = {sql.Parameter(folded)}");
        sql.Add(" AND EXISTS (SELECT 1");
        ListStore.Where(sql, tx, caller, source, catalog, reach, Scope.Kept);
        return sql.Add($" AND id = subject_id){order} LIMIT {MaxMatches}");
    }

    private static ListSql AddWhere(ListSql sql, Tx tx, WorkspaceCatalog catalog, SearchQuery query, string subject)
    {
        sql.Add($" WHERE workspace_id = @Workspace AND subject = {sql.Parameter(subject)}");
        if (catalog.Hidden.Count > 0)
        {
            sql.Add($" AND NOT (field = 'custom' AND {tx.Sql.In("source_id", sql.Name(tx.Sql.List([.. catalog.Hidden.Select(field => field.Id)])))})");
        }
        return query.Fields.Count == 0 ? sql : sql.Add($" AND {tx.Sql.In("field", sql.Name(tx.Sql.List(query.Fields)))}");
    }

    private static readonly string Columns =
        $"subject_id, field, source_id, LENGTH(text) AS length, CASE WHEN LENGTH(text) <= {MaxRanked} THEN text END AS text";
}
