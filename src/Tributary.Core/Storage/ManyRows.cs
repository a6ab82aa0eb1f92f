using System.Collections.Concurrent;
using System.Text.RegularExpressions;

namespace Tributary.Core.Storage;

/// <summary>
/// The INSERT of many rows at once that does what an INSERT of one row does for each of them (PostgreSQL only): each parameter
/// becomes an array, and the rows are read off the arrays.
/// </summary>
/// <param name="Names">The parameters, in the order of the arrays.</param>
/// <param name="Keys">The parameters that tell its rows apart where it minds what is there already: no two rows of one statement may have
/// the same.</param>
/// <remarks>Not COPY, which PostgreSQL refuses for tables with row-level security.</remarks>
internal sealed partial record ManyRows(string Text, string Table, IReadOnlyList<string> Names, IReadOnlyList<string> Keys)
{
    private static readonly ConcurrentDictionary<string, ManyRows?> known = new(SqlTexts.Same);

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
        return Keyed(insert) is not { } keys ? null
            : new($"INSERT INTO {table} ({columns}) SELECT {values} FROM unnest({arrays}) AS v ({places}) {conflict}", table, names, keys);
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
