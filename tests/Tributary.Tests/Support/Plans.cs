using System.Text.Json;
using System.Text.RegularExpressions;
using Tributary.Core.Storage;

namespace Tributary.Tests.Support;

/// <summary>How a backend would run a statement; hot queries have a test that it names their index.</summary>
internal static partial class Plans
{
    /// <summary>As text. PostgreSQL would rather read a table of a test's size whole, so it is told not to.</summary>
    public static async Task<string> Of(Tx tx, string text, object parameters)
    {
        if (!tx.Sql.IsPostgres)
        {
            return string.Join('\n', (await tx.Many<Line>($"EXPLAIN QUERY PLAN {text}", parameters)).Select(line => line.Detail));
        }

        await tx.Run("SET LOCAL enable_seqscan = off", new { });
        return string.Join('\n', await tx.Many<string>($"EXPLAIN {text}", parameters));
    }

    /// <summary>
    /// What a statement would do that costs more the more there is, for want of an index: read one of the tables whole, or sort
    /// what a page is cut from, unless something narrow was found first. SQLite's answer does not depend on the rows; PostgreSQL's does, so
    /// it is told to avoid both: it then does either only where nothing else is left. What an index yields and a filter drops is not seen
    /// here.
    /// </summary>
    public static Task<IReadOnlyList<string>> Costs(Tx tx, string text, object parameters, IReadOnlyCollection<string> tables) =>
        tx.Sql.IsPostgres ? PostgresCosts(tx, text, parameters, tables) : SqliteCosts(tx, text, parameters, tables);

    private static async Task<IReadOnlyList<string>> SqliteCosts(Tx tx, string text, object parameters, IReadOnlyCollection<string> tables)
    {
        // SQLite names tables by their alias.
        var names = tables.ToDictionary(table => table);
        foreach (Match alias in Alias().Matches(text))
        {
            if (tables.Contains(alias.Groups[1].Value)) names[alias.Groups[2].Value] = alias.Groups[1].Value;
        }
        var found = new List<string>();
        var lines = await tx.Many<Line>($"EXPLAIN QUERY PLAN {text}", parameters);
        foreach (var line in lines)
        {
            if (Scanned().Match(line.Detail) is { Success: true } scan && names.TryGetValue(scan.Groups[1].Value, out var table)
                && !IsNarrow(await IndexOf(tx, line.Detail))) found.Add($"reads {table} whole: {line.Detail}");
        }
        // The outermost loop decides how much is sorted.
        if (text.Contains("LIMIT", StringComparison.Ordinal) && lines.Any(line => line.Detail is "USE TEMP B-TREE FOR ORDER BY")
            && lines.FirstOrDefault(line => Searched().IsMatch(line.Detail))
            is { } outer && !Narrows(Searched().Match(outer.Detail).Groups[1].Value))
        {
            found.Add($"sorts what it pages ({outer.Detail})");
        }
        return found;
    }

    // What is found by one of these is a part that does not grow with its workspace: a record's own, or a stretch of time.
    private static bool Narrows(string bound) => Bound().Matches(bound)
        .Any(match => match.Groups[2].Value is "<" or ">" || !Coarse.Contains(match.Groups[1].Value));

    private static readonly HashSet<string> Coarse =
        ["workspace_id", "stage_id", "pipeline_id", "status", "owner_id", "done", "subject", "kind", "automation_id", "webhook_id",
            "archived_at", "deleted_at", "added_at"];

    // Of queues and of what was deleted.
    private static bool IsNarrow(string definition) =>
        definition.Contains("WHERE state", StringComparison.Ordinal)
        || definition.Contains("deleted_at IS NOT NULL", StringComparison.Ordinal);

    private static async Task<string> IndexOf(Tx tx, string detail) => Named().Match(detail) is { Success: true } named
        ? await tx.One<string>("SELECT sql FROM sqlite_master WHERE name = @name", new { name = named.Groups[1].Value }) ?? ""
        : "";

    [GeneratedRegex(@"USING (?:COVERING )?INDEX (\w+)")]
    private static partial Regex Named();

    [GeneratedRegex(@"^SEARCH \w+ USING .*\((.*)\)$")]
    private static partial Regex Searched();

    [GeneratedRegex(@"(\w+|<expr>)([=<>])\?")]
    private static partial Regex Bound();

    [GeneratedRegex(@"\b(?:FROM|JOIN|UPDATE)\s+(\w+)\s+(?:AS\s+)?(?!WHERE|ON|SET|JOIN|GROUP|ORDER|LIMIT|LEFT|CROSS|INNER)(\w+)")]
    private static partial Regex Alias();

    [GeneratedRegex(@"^SCAN (\w+)")]
    private static partial Regex Scanned();

    private static async Task<IReadOnlyList<string>> PostgresCosts(Tx tx, string text, object parameters,
        IReadOnlyCollection<string> tables)
    {
        var found = new List<string>();
        foreach (var habit in new[] { "enable_seqscan", "enable_sort" }) await tx.Run($"SET LOCAL {habit} = off", new { });
        foreach (var json in await tx.Many<string>($"EXPLAIN (FORMAT JSON) {text}", parameters))
        {
            var plan = JsonDocument.Parse(json).RootElement[0].GetProperty("Plan");
            Look(plan, isPaged: false, tables, [.. Limited(plan)], found);
        }
        return found;
    }

    // The names of what WITH says must be put together first, and ends with a limit.
    private static IEnumerable<string> Limited(JsonElement node) => Children(node).SelectMany(Limited)
        .Concat(node.GetProperty("Node Type").GetString() is "Limit" && node.TryGetProperty("Subplan Name", out var name)
            ? [name.GetString()!.Replace("CTE ", "", StringComparison.Ordinal)] : []);

    private static List<JsonElement> Children(JsonElement node) =>
        node.TryGetProperty("Plans", out var plans) ? plans.EnumerateArray().ToList() : [];

    private static void Look(JsonElement node, bool isPaged, IReadOnlyCollection<string> tables, IReadOnlyList<string> limited,
        List<string> found)
    {
        var kind = node.GetProperty("Node Type").GetString();
        var children = Children(node);
        if (kind is "Seq Scan" && node.GetProperty("Relation Name").GetString() is { } table && tables.Contains(table))
        {
            found.Add($"reads {table} whole");
        }
        if (kind is "Sort" && isPaged && children[0].GetProperty("Plan Rows").GetDouble() > ManyRows
            && !(children[0].TryGetProperty("CTE Name", out var name) && limited.Contains(name.GetString()!)))
        {
            found.Add($"sorts what it pages ({kind} by {node.GetProperty("Sort Key")})");
        }
        foreach (var child in children)
        {
            Look(child, isPaged && kind is not ("Aggregate" or "Group") || kind is "Limit", tables, limited, found);
        }
    }

    // Of the copies of one record; more than hang on any one.
    private const double ManyRows = 100;

    private sealed record Line
    {
        public string Detail { get; init; } = "";
    }
}
