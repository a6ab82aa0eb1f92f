using System.Text;
using Tributary.Core.Storage;

namespace Tributary.Core.Contacts;

/// <summary>
/// Takes a person out of what is no record of theirs: lists of people inside activities and mail with the lines of the log about these, and
/// copies of requests and answers that are kept for a while. Each page is a unit of work of its own, so that nobody waits long.
/// </summary>
internal static class PersonTraceStore
{
    private const int PageSize = 500;

    /// <summary>Where lists of people stand.</summary>
    private static readonly (string Subject, string Table, string Column)[] Lists =
        [("activity", "activities", "participants"), ("activity", "activities", "attendees"), ("mail_message", "mail_messages", "parties")];

    /// <summary>What is kept of requests: up to two texts of a row, and what is left of one that names the person.</summary>
    private static readonly (string Table, string First, string Second, string Left)[] Copies =
    [
        ("webhook_deliveries", "request", "reply", "request = NULL, reply = NULL, error = NULL"),
        ("automation_runs", "message", "CAST(steps AS TEXT)", "message = NULL, steps = '[]'"),
        ("jobs", "CAST(result AS TEXT)", "NULL", "result = NULL"),
    ];

    private sealed record Text
    {
        public required long Id { get; init; }
        public string? First { get; init; }
        public string? Second { get; init; }
    }

    private sealed record Kept
    {
        public required long KeyId { get; init; }
        public required string Lookup { get; init; }
        public byte[]? Body { get; init; }
    }

    public static async Task LeaveLists(Db db, long workspace, PersonTraces traces, CancellationToken ct)
    {
        foreach (var (subject, table, column) in Lists)
        {
            await Pages(db, workspace, (tx, after) => Page(tx, table, column, "NULL", after), async (tx, row) =>
            {
                if (traces.Without(row.First!) is not { } left) return;
                await tx.Run($"UPDATE {table} SET {column} = {tx.Sql.Json("left")} WHERE workspace_id = @Workspace AND id = @Id",
                    new { tx.Workspace, row.Id, left });
                await LeaveLog(tx, subject, row.Id, traces);
            }, ct);
        }
    }

    public static async Task LeaveCopies(Db db, long workspace, PersonTraces traces, CancellationToken ct)
    {
        foreach (var (table, first, second, left) in Copies)
        {
            await Pages(db, workspace, (tx, after) => Page(tx, table, first, second, after), async (tx, row) =>
            {
                if (!traces.AreIn(row.First) && !traces.AreIn(row.Second)) return;
                await tx.Run($"UPDATE {table} SET {left} WHERE workspace_id = @Workspace AND id = @Id", new { tx.Workspace, row.Id });
            }, ct);
        }
        await LeaveAnswers(db, workspace, traces, ct);
    }

    /// <summary>The files that hang on these persons and on nothing else.</summary>
    public static Task<IReadOnlyList<long>> OwnFiles(Tx tx, IReadOnlyList<long> persons) => tx.Many<long>($"""
        SELECT id
        FROM files
        WHERE workspace_id = @Workspace AND {tx.Sql.In("person_id", "ids")} AND deal_id IS NULL AND lead_id IS NULL AND org_id IS NULL
          AND product_id IS NULL AND activity_id IS NULL
        """, new { tx.Workspace, ids = tx.Sql.List(persons) });

    public static async Task<bool> WasPurged(Tx tx, long person) => await tx.One<long>("""
        SELECT COUNT(*)
        FROM events
        WHERE workspace_id = @Workspace AND subject = 'person' AND subject_id = @person AND action = 'purged'
        """, new { tx.Workspace, person }) > 0;

    private static async Task LeaveLog(Tx tx, string subject, long id, PersonTraces traces)
    {
        var lines = await tx.Many<Text>("""
            SELECT id, changes AS first
            FROM events
            WHERE workspace_id = @Workspace AND subject = @subject AND subject_id = @id
            """, new { tx.Workspace, subject, id });
        foreach (var line in lines)
        {
            if (traces.Without(line.First!) is not { } left) continue;
            await tx.Run($"UPDATE events SET changes = {tx.Sql.Json("left")} WHERE workspace_id = @Workspace AND id = @Id",
                new { tx.Workspace, line.Id, left });
        }
    }

    private static Task<IReadOnlyList<Text>> Page(Tx tx, string table, string first, string second, long after) => tx.Many<Text>($"""
        SELECT id, {first} AS first, {second} AS second
        FROM {table}
        WHERE workspace_id = @Workspace AND id > @after
        ORDER BY id
        LIMIT {PageSize}
        """, new { tx.Workspace, after });

    private static async Task Pages(Db db, long workspace, Func<Tx, long, Task<IReadOnlyList<Text>>> read, Func<Tx, Text, Task> leave,
        CancellationToken ct)
    {
        for (long? after = 0; after is { } last;)
        {
            await using var tx = await db.Write(workspace, ct);
            var page = await read(tx, last);
            foreach (var row in page) await leave(tx, row);
            await tx.Commit();
            after = page.Count < PageSize ? null : page[^1].Id;
        }
    }

    /// <summary>An answer that would be given again is not, once it names somebody who is gone: its request would be done anew.</summary>
    private static async Task LeaveAnswers(Db db, long workspace, PersonTraces traces, CancellationToken ct)
    {
        for (var last = new Kept { KeyId = 0, Lookup = "" }; last is not null;)
        {
            await using var tx = await db.Write(workspace, ct);
            var page = await tx.Many<Kept>($"""
                SELECT key_id, lookup, body
                FROM idempotency_keys
                WHERE workspace_id = @Workspace AND (key_id, lookup) > (@KeyId, @Lookup)
                ORDER BY key_id, lookup
                LIMIT {PageSize}
                """, new { tx.Workspace, last.KeyId, last.Lookup });
            foreach (var kept in page.Where(kept => kept.Body is { } body && traces.AreIn(Encoding.UTF8.GetString(body))))
            {
                await tx.Run("DELETE FROM idempotency_keys WHERE workspace_id = @Workspace AND key_id = @KeyId AND lookup = @Lookup",
                    new { tx.Workspace, kept.KeyId, kept.Lookup });
            }
            await tx.Commit();
            last = page.Count < PageSize ? null : page[^1];
        }
    }
}
