using Tributary.Core.Kernel;
using Tributary.Core.Storage;

namespace Tributary.Core.Search;

/// <summary>Keeps what can be found: one row of folded text per searchable value.</summary>
internal static class SearchTexts
{
    /// <summary>Beyond this a value is still stored, but only its beginning is found.</summary>
    private const int MaxText = 8_000;

    private const string Insert = """
        INSERT INTO search_docs (workspace_id, subject, subject_id, field, source_id, text)
        VALUES (@Workspace, @subject, @subjectId, @field, @sourceId, @text)
        """;

    private const string Replace = """

        ON CONFLICT (workspace_id, subject, subject_id, field, source_id) DO UPDATE SET text = excluded.text
        """;

    /// <summary>Makes a value findable under a subject, or not any more when it is blank.</summary>
    /// <param name="sourceId">Tells two values of one field apart: the note, the custom field; 0 when there is only one.</param>
    public static Task Put(Tx tx, string subject, long subjectId, string field, long sourceId, string? text) =>
        Put(tx, subject, subjectId, field, sourceId, text, isNew: false);

    /// <summary>
    /// The same for a member of a record that was something else before, or nothing: then no row is there, and SQLite need not keep what
    /// the statement changes until it has ended, as it does where a trigger could follow.
    /// </summary>
    public static Task Follow(Tx tx, string subject, long subjectId, string field, long sourceId, string? before, string? after) =>
        before == after ? Task.CompletedTask : Put(tx, subject, subjectId, field, sourceId, after, string.IsNullOrEmpty(before));

    private static Task Put(Tx tx, string subject, long subjectId, string field, long sourceId, string? text, bool isNew)
    {
        var folded = Folding.Fold(text ?? "");
        if (folded.Length == 0) return isNew ? Task.CompletedTask : Remove(tx, subject, subjectId, field, sourceId);

        tx.HasTexts = true;
        return tx.Put(isNew ? Insert : Insert + Replace,
            new { tx.Workspace, subject, subjectId, field, sourceId, text = folded.Length > MaxText ? folded[..MaxText] : folded });
    }

    public static Task Remove(Tx tx, string subject, long subjectId, string field, long sourceId) => tx.Put("""
        DELETE FROM search_docs
        WHERE workspace_id = @Workspace AND subject = @subject AND subject_id = @subjectId AND field = @field AND source_id = @sourceId
        """, new { tx.Workspace, subject, subjectId, field, sourceId });

    /// <summary>SQLite only, just before a commit: brings the texts that its changes added into the index, all at once.</summary>
    public static void IndexNew(SqliteSession session)
    {
        session.Execute("""
            INSERT INTO search_trigrams (rowid, found)
            SELECT doc_id, found FROM search_docs WHERE doc_id > (SELECT last FROM sequences WHERE name = 'search_indexed') ORDER BY doc_id
            """);
        session.Execute("""
            UPDATE sequences SET last = (SELECT MAX(doc_id) FROM search_docs)
            WHERE name = 'search_indexed' AND last < (SELECT MAX(doc_id) FROM search_docs)
            """);
    }

    /// <summary>For a purge: nothing of the record is found any more.</summary>
    public static Task Forget(Tx tx, string subject, long subjectId) => tx.Run("""
        DELETE FROM search_docs
        WHERE workspace_id = @Workspace AND subject = @subject AND subject_id = @subjectId
        """, new { tx.Workspace, subject, subjectId });
}
