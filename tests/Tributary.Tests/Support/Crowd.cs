using System.Globalization;
using Tributary.Core.Storage;

namespace Tributary.Tests.Support;

/// <summary>
/// Copies of what hangs on deals, made by SQL: so many that a database which reads a table whole, or sorts it, is a database
/// that has no better way. Whatever writes one record wrote each of them; only ids, uids and numbers differ.
/// </summary>
internal static class Crowd
{
    /// <summary>What grows as deals do, those referred to first.</summary>
    public static readonly string[] Tables =
    [
        "organizations", "persons", "products", "leads", "deals", "deal_contacts", "deal_followers", "deal_products", "activities", "notes",
        "files", "mail_messages",
        "events", "search_docs", "external_ids", "automation_runs", "webhook_deliveries", "idempotency_keys",
    ];

    /// <summary>Columns that name a record which is copied too, by the same copy's number.</summary>
    private static readonly HashSet<string> Ids =
        ["id", "deal_id", "person_id", "org_id", "lead_id", "product_id", "activity_id", "subject_id", "source_deal_id", "event_id"];

    private static readonly HashSet<string> Words = ["number", "key", "external_id"];

    /// <summary>Where all copies fall into different days, stages hold different numbers, and values differ.</summary>
    public static async Task Copy(Db db, long workspace, int times)
    {
        await using var tx = await db.Write(workspace, CancellationToken.None, mayTakeLong: true);
        foreach (var table in Tables)
        {
            var columns = (await Columns(tx, table)).Where(column => column.Name != "doc_id").ToList();
            var copied = columns.Select(column => Copied(tx, table, column));
            await tx.Run($"""
                INSERT INTO {table} ({string.Join(", ", columns.Select(column => column.Name))})
                WITH RECURSIVE copies (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM copies
                    WHERE n < {times.ToString(CultureInfo.InvariantCulture)})
                SELECT {string.Join(", ", copied)} FROM {table} one CROSS JOIN copies WHERE one.workspace_id = @Workspace
                """, new { tx.Workspace });
            if (tx.Sql.IsPostgres) await tx.Run($"ANALYZE {table}", new { });
        }
        await tx.Commit();
    }

    private static string Copied(Tx tx, string table, Column column) => column.Name switch
    {
        "uid" or "message_uid" => tx.Sql.IsPostgres
            ? $"CAST(lpad(to_hex(n), 8, '0') || substr(CAST(one.{column.Name} AS TEXT), 9) AS UUID)"
            : $"printf('%08x', n) || substr(one.{column.Name}, 9)",
        "value_units" or "position_units" => $"one.{column.Name} + n % 997 * 10000",
        var name when Words.Contains(name) => $"one.{name} || '-' || n",
        var name when Ids.Contains(name) => $"one.{name} + n * CAST(1000000 AS BIGINT)",
        "tx" when table == "events" => "one.tx + 0 * n",
        _ when column.IsInstant && tx.Sql.IsPostgres => $"one.{column.Name} - n * INTERVAL '7 minutes'",
        _ when column.IsInstant => $"strftime('%Y-%m-%dT%H:%M:%fZ', one.{column.Name}, '-' || (n * 7) || ' minutes')",
        var name => $"one.{name}",
    };

    private static async Task<IReadOnlyList<Column>> Columns(Tx tx, string table) => await tx.Many<Column>(tx.Sql.IsPostgres
        ? "SELECT column_name AS name, data_type AS type FROM information_schema.columns WHERE table_schema = 'public' AND table_name = @table ORDER BY ordinal_position"
        : "SELECT name, type FROM pragma_table_info(@table)", new { table });

    private sealed record Column
    {
        public string Name { get; init; } = "";
        public string Type { get; init; } = "";
        public bool IsInstant => Type == "timestamp with time zone" || Type == "TEXT" && Name.EndsWith("_at", StringComparison.Ordinal);
    }
}
