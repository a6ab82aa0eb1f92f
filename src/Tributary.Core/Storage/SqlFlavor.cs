using System.Text.Json;

namespace Tributary.Core.Storage;

/// <summary>
/// The few places where the two backends do not read the same SQL. Anything not listed here is written in the common
/// subset (docs/sql.md), and every member below is exercised by FlavorTests on both backends.
/// </summary>
internal sealed record SqlFlavor(string Name)
{
    public static readonly SqlFlavor Sqlite = new("sqlite");
    public static readonly SqlFlavor Postgres = new("postgres");

    public bool IsPostgres => ReferenceEquals(this, Postgres);

    /// <summary>
    /// SQLite has one writer, which already holds the database; PostgreSQL must lock the row. Not FOR UPDATE, which waits for
    /// everyone who has inserted a row that refers to this one: two who did, and then lock it, would wait for each other.
    /// https://www.postgresql.org/docs/15/explicit-locking.html#LOCKING-ROWS
    /// </summary>
    public string ForUpdate => IsPostgres ? "FOR NO KEY UPDATE" : "";

    /// <summary>For queues on PostgreSQL: take the rows nobody else holds. SQLite's one writer needs no such word.</summary>
    public string SkipLocked => IsPostgres ? "FOR NO KEY UPDATE SKIP LOCKED" : "";

    /// <summary>Membership in a list parameter made by <see cref="List(IReadOnlyCollection{long})"/>.</summary>
    public string In(string column, string parameter) => IsPostgres
        ? $"{column} = ANY(@{parameter})"
        : $"{column} IN (SELECT value FROM json_each(@{parameter}))";

    public object List(IReadOnlyCollection<long> ids) => IsPostgres ? ids.ToArray() : JsonSerializer.Serialize(ids);

    public object List(IReadOnlyCollection<string> words) => IsPostgres ? words.ToArray() : JsonSerializer.Serialize(words);

    public object List(IReadOnlyCollection<Guid> uids) =>
        IsPostgres ? uids.ToArray() : JsonSerializer.Serialize(uids.Select(uid => uid.ToString("D")));

    /// <summary>A JSON parameter. CAST(@p AS JSONB) is legal in SQLite and silently stores 0, hence this member.</summary>
    public string Json(string parameter) => IsPostgres ? $"CAST(@{parameter} AS JSONB)" : $"@{parameter}";

    /// <summary>
    /// A member of a JSON object as text: texts, whole numbers and booleans read the same on both. SQLite's ->> would keep
    /// numbers as numbers and spell true as 1, and its JSON paths cannot quote a quote.
    /// </summary>
    public string JsonText(string column, string parameter) => IsPostgres
        ? $"({column} ->> @{parameter})"
        : $"(SELECT CASE WHEN type IN ('true', 'false') THEN type ELSE CAST(value AS TEXT) END FROM json_each({column}) WHERE key = @{parameter})";

    /// <summary>A parameter that names a place inside a JSON column, for the members below.</summary>
    public object Path(params string[] members) => IsPostgres ? members : "$" + string.Concat(members.Select(member => $".\"{member}\""));

    /// <summary>
    /// What is at a <see cref="Path"/>, as text in byte order; JSON text inside PostgreSQL would be ordered by the database's locale.
    /// </summary>
    public string TextAt(string column, string path) => IsPostgres
        ? $"(({column} #>> @{path}) COLLATE \"C\")"
        : $"CAST(json_extract({column}, @{path}) AS TEXT)";

    /// <summary>What is at a <see cref="Path"/>, as a floating-point number; NULL when it is not one.</summary>
    public string NumberAt(string column, string path) => IsPostgres
        ? $"(CASE WHEN jsonb_typeof({column} #> @{path}) = 'number' THEN CAST({column} #>> @{path} AS DOUBLE PRECISION) END)"
        : $"(CASE WHEN json_type({column}, @{path}) IN ('integer', 'real') THEN CAST(json_extract({column}, @{path}) AS REAL) END)";

    /// <summary>An element of a JSON array, which is the column or what is at a path in it.</summary>
    public string Holds(string column, string? path, string parameter) => IsPostgres
        ? $"{(path is null ? column : $"({column} #> @{path})")} @> to_jsonb(@{parameter})"
        : $"EXISTS (SELECT 1 FROM json_each({column}{(path is null ? "" : $", @{path}")}) WHERE value = @{parameter})";

    /// <summary>A number of a JSON array of numbers.</summary>
    public string HasNumber(string column, string parameter) => IsPostgres
        ? $"{column} @> to_jsonb(@{parameter})"
        : $"EXISTS (SELECT 1 FROM json_each({column}) WHERE value = @{parameter})";

    /// <summary>An object of a JSON array of objects whose member is a number.</summary>
    public string HasMember(string column, string member, string parameter) => IsPostgres
        ? $"{column} @> jsonb_build_array(jsonb_build_object('{member}', @{parameter}))"
        : $"EXISTS (SELECT 1 FROM json_each({column}) WHERE json_extract(value, '$.{member}') = @{parameter})";

    /// <summary>
    /// The number of this transaction in commit order, so that readers of the log skip nothing (docs/architecture.md, "One log").
    /// </summary>
    public string TransactionNumber => IsPostgres ? "CAST(CAST(pg_current_xact_id() AS TEXT) AS BIGINT)" : "0";

    /// <summary>
    /// Lines of the log beyond a position. SQLite has one writer, so that ids alone are in the order of commits and no index needs both.
    /// </summary>
    public string LaterInLog => IsPostgres ? "(tx, id) > (@Tx, @EventId)" : "id > @EventId";

    public string EarlierInLog => IsPostgres ? "(tx, id) < (@Tx, @EventId)" : "id < @EventId";

    public string LogOrder => IsPostgres ? "tx, id" : "id";

    public string LogOrderBackwards => IsPostgres ? "tx DESC, id DESC" : "id DESC";

    /// <summary>What a reader of the log may see: events whose transaction, and every earlier one, has ended.</summary>
    public string SettledOnly => IsPostgres ? "AND tx < CAST(CAST(pg_snapshot_xmin(pg_current_snapshot()) AS TEXT) AS BIGINT)" : "";

    /// <summary>Rows of search_docs whose text contains the parameter, which <see cref="SearchTerm"/> made.</summary>
    public string Contains(string parameter) => IsPostgres
        ? $"text LIKE @{parameter}"
        : $"doc_id IN (SELECT rowid FROM search_trigrams WHERE found MATCH @{parameter})";

    /// <summary>The same for terms of one or two characters, which no trigram index can find.</summary>
    public string ContainsShort(string parameter) => IsPostgres ? $"text LIKE @{parameter}" : $"instr(text, @{parameter}) > 0";

    /// <summary>Whichever of the two a term made by <see cref="SearchTerm"/> needs.</summary>
    public string Finds(string folded, string parameter) => IsShort(folded) ? ContainsShort(parameter) : Contains(parameter);

    /// <summary>A text as part of a LIKE pattern, where it stands for itself: <c>LIKE @p ESCAPE '\'</c>.</summary>
    public static string Like(string text) =>
        text.Replace(@"\", @"\\", StringComparison.Ordinal).Replace("%", @"\%", StringComparison.Ordinal)
        .Replace("_", @"\_", StringComparison.Ordinal);

    public string SearchTerm(string folded) =>
        IsPostgres ? "%" + Like(folded) + "%" :
        IsShort(folded) ? folded :
        "\"" + folded.Replace("\"", "\"\"", StringComparison.Ordinal) + "\"";

    // A trigram is three characters, and a character may be two chars.
    public static bool IsShort(string folded) => folded.Length < 6 && folded.EnumerateRunes().Count() < 3;
}
