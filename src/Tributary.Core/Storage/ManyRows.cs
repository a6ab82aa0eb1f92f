using System.Collections.Concurrent;
using System.Text.RegularExpressions;

namespace Tributary.Core.Storage;

/// <summary>
/// The INSERT of many rows at once that does what an INSERT of one row does for each of them. Where the rows come from differs by
/// necessity: PostgreSQL reads them off arrays, one for each parameter; SQLite off <see cref="SqliteGiven"/>.
/// </summary>
/// <param name="Names">The parameters, in the order of the arrays, or of the columns that are given.</param>
/// <param name="Keys">The parameters that tell its rows apart where it minds what is there already: no two rows of one statement may have
/// the same on PostgreSQL.</param>
/// <remarks>Not COPY, which PostgreSQL refuses for tables with row-level security.</remarks>
internal sealed partial record ManyRows(string ForPostgres, string ForSqlite, string Table, IReadOnlyList<string> Names,
    IReadOnlyList<string> Keys)
{
    private static readonly ConcurrentDictionary<string, ManyRows?> known = new(SqlTexts.Same);

    /// <summary>Rows of these are named by rows of others.</summary>
    private static readonly string[] named = ["organizations", "persons", "deals"];

    /// <summary>Statements that are put together run in this order, and those of one rank as they came.</summary>
    public int Rank { get; } = Array.IndexOf(named, Table) is var at and >= 0 ? at : named.Length;

    /// <summary>None for a statement that is no INSERT of one row.</summary>
    public static ManyRows? Of(string text) => known.GetOrAdd(text, static text =>
    {
        var insert = Insert().Match(text);
        var conflict = insert.Groups["conflict"].Value;
        if (!insert.Success || conflict.Contains('@')) return null;
        var names = new List<string>();
        var values = PostgresStatement.Name().Replace(insert.Groups["values"].Value, match =>
        {
            var name = match.Groups[1].Value;
            if (!names.Contains(name)) names.Add(name);
            return $"v.p{names.IndexOf(name) + 1}";
        });
        var places = string.Join(", ", names.Select((_, at) => $"p{at + 1}"));
        var arrays = string.Join(", ", names.Select((_, at) => $"${at + 1}"));
        var table = insert.Groups["table"].Value;
        var columns = insert.Groups["columns"].Value;
        if (names.Count is 0 or > SqliteGiven.Width || Keyed(insert) is not { } keys) return null;
        var begin = $"INSERT INTO {table} ({columns}) SELECT {values} FROM";
        // Without a WHERE, SQLite takes the ON of a conflict for that of a join.
        return new($"{begin} unnest({arrays}) AS v ({places}) {conflict}", $"{begin} {SqliteGiven.Name} AS v WHERE TRUE {conflict}", table,
            names, keys);
    });

    /// <summary>None when a column of the key is no parameter.</summary>
    private static List<string>? Keyed(Match insert)
    {
        var columns = insert.Groups["columns"].Value.Split(',', StringSplitOptions.TrimEntries).ToList();
        var values = Comma().Split(insert.Groups["values"].Value).Select(value => value.Trim()).ToList();
        var keys = new List<string>();
        foreach (var key in insert.Groups["key"].Value.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            if (columns.IndexOf(key) is not (var at and >= 0)
                || PostgresStatement.Name().Match(values[at]) is not { Success: true } name || name.Length != values[at].Length)
            {
                return null;
            }
            keys.Add(name.Groups[1].Value);
        }
        return keys;
    }

    [GeneratedRegex(@"^\s*INSERT INTO (?<table>\w+) \((?<columns>[^)]*)\)\s+VALUES\s*\((?<values>.*?)\)\s*(?<conflict>ON CONFLICT \((?<key>[^)]*)\).*)?$", RegexOptions.Singleline)]
    private static partial Regex Insert();

    /// <summary>A comma that is not inside of parentheses.</summary>
    [GeneratedRegex(@",(?![^(]*\))")]
    private static partial Regex Comma();
}
