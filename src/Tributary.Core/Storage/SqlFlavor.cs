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

    /// <summary>SQLite has one writer, which already holds the database; PostgreSQL must lock the row.</summary>
    public string ForUpdate => IsPostgres ? "FOR UPDATE" : "";

    /// <summary>For queues on PostgreSQL: take the rows nobody else holds. SQLite's one writer needs no such word.</summary>
    public string SkipLocked => IsPostgres ? "FOR UPDATE SKIP LOCKED" : "";

    /// <summary>Membership in a list parameter made by <see cref="List(IReadOnlyCollection{long})"/>.</summary>
    public string In(string column, string parameter) => IsPostgres
        ? $"{column} = ANY(@{parameter})"
        : $"{column} IN (SELECT value FROM json_each(@{parameter}))";

    public object List(IReadOnlyCollection<long> ids) => IsPostgres ? ids.ToArray() : JsonSerializer.Serialize(ids);

    public object List(IReadOnlyCollection<string> words) => IsPostgres ? words.ToArray() : JsonSerializer.Serialize(words);

    public object List(IReadOnlyCollection<Guid> uids) => IsPostgres ? uids.ToArray() : JsonSerializer.Serialize(uids.Select(uid => uid.ToString("D")));

    /// <summary>A JSON parameter. CAST(@p AS JSONB) is legal in SQLite and silently stores 0, hence this member.</summary>
    public string Json(string parameter) => IsPostgres ? $"CAST(@{parameter} AS JSONB)" : $"@{parameter}";

    /// <summary>A member of a JSON object as text, whatever its JSON type. SQLite's ->> would keep numbers as numbers.</summary>
    public string JsonText(string column, string parameter) => IsPostgres
        ? $"({column} ->> @{parameter})"
        : $"CAST(json_extract({column}, '$.\"' || @{parameter} || '\"') AS TEXT)";

    /// <summary>A member of a JSON object as a number; NULL when it is not one.</summary>
    public string JsonNumber(string column, string parameter) => IsPostgres
        ? $"(CASE WHEN jsonb_typeof({column} -> @{parameter}) = 'number' THEN CAST({column} ->> @{parameter} AS NUMERIC) END)"
        : $"(CASE WHEN json_type({column}, '$.\"' || @{parameter} || '\"') IN ('integer', 'real') THEN json_extract({column}, '$.\"' || @{parameter} || '\"') END)";

    /// <summary>A number of a JSON array of numbers.</summary>
    public string HasNumber(string column, string parameter) => IsPostgres
        ? $"{column} @> to_jsonb(@{parameter})"
        : $"EXISTS (SELECT 1 FROM json_each({column}) WHERE value = @{parameter})";

    /// <summary>A text of a JSON array of texts.</summary>
    public string HasText(string column, string parameter) => HasNumber(column, parameter);

    /// <summary>The number of this transaction in commit order, so that readers of the log skip nothing (docs/architecture.md, "One log").</summary>
    public string TransactionNumber => IsPostgres ? "CAST(CAST(pg_current_xact_id() AS TEXT) AS BIGINT)" : "0";

    /// <summary>What a reader of the log may see: events whose transaction, and every earlier one, has ended.</summary>
    public string SettledOnly => IsPostgres ? "AND tx < CAST(CAST(pg_snapshot_xmin(pg_current_snapshot()) AS TEXT) AS BIGINT)" : "";

    /// <summary>Rows of search_docs whose text contains the parameter, which <see cref="SearchTerm"/> made.</summary>
    public string Contains(string parameter) => IsPostgres
        ? $"text LIKE @{parameter}"
        : $"doc_id IN (SELECT rowid FROM search_trigrams WHERE text MATCH @{parameter})";

    /// <summary>The same for terms of one or two characters, which no trigram index can find.</summary>
    public string ContainsShort(string parameter) => IsPostgres ? $"text LIKE @{parameter}" : $"instr(text, @{parameter}) > 0";

    public string SearchTerm(string folded) =>
        IsPostgres ? "%" + folded.Replace(@"\", @"\\", StringComparison.Ordinal).Replace("%", @"\%", StringComparison.Ordinal).Replace("_", @"\_", StringComparison.Ordinal) + "%" :
        folded.Length < 3 ? folded :
        "\"" + folded.Replace("\"", "\"\"", StringComparison.Ordinal) + "\"";
}
