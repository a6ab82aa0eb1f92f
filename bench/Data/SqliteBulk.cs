using Tributary.Core.Storage;

namespace Tributary.Bench.Data;

/// <summary>
/// Makes a SQLite database quick to fill: without the indexes that no key needs, without the checks that the maker's rows
/// pass anyway, without waiting for the disk, and with the index of texts made at the end. Afterwards all of it is as migrations left it.
/// </summary>
internal static class SqliteBulk
{
    private const string IndexesOf = """
        SELECT name, sql FROM sqlite_schema
        WHERE type = 'index' AND sql IS NOT NULL
            AND tbl_name IN ('deals', 'events', 'deal_contacts', 'deal_followers', 'persons', 'organizations', 'activities')
        ORDER BY rowid
        """;

    /// <summary>Everything a text of which is behind this number waits to be indexed.</summary>
    private const string Never = "9223372036854775807";

    /// <returns>What is to be made again.</returns>
    public static async Task<IReadOnlyList<string>> Loosen(Db db, CancellationToken ct)
    {
        var indexes = new List<(string Name, string Sql)>();
        await db.Alone(session =>
        {
            session.Prepared(IndexesOf).Read(SqlValues.None, (ref row) =>
            {
                indexes.Add((row.Text(), row.Text()));
                return true;
            });
            session.Execute("PRAGMA foreign_keys = OFF");
            session.Execute("PRAGMA cache_size = -400000");
            foreach (var (name, _) in indexes) session.Execute($"DROP INDEX {name}");
            session.Execute($"UPDATE sequences SET last = {Never} WHERE name = 'search_indexed'");
        }, ct);
        return [.. indexes.Select(index => index.Sql)];
    }

    public static Task Tighten(Db db, IReadOnlyList<string> indexes, Progress? progress, CancellationToken ct) => db.Alone(session =>
    {
        progress?.Now("indexing texts");
        session.Execute("INSERT INTO search_trigrams (search_trigrams) VALUES ('rebuild')");
        session.Execute("UPDATE sequences SET last = (SELECT COALESCE(MAX(doc_id), 0) FROM search_docs) WHERE name = 'search_indexed'");
        session.Execute("PRAGMA threads = 2");
        progress?.Now("making indexes");
        foreach (var index in indexes) session.Execute(index);
        session.Execute("ANALYZE");
    }, ct);
}
