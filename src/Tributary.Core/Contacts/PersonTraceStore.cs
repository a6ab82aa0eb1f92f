using System.Text;
using Tributary.Core.Storage;

namespace Tributary.Core.Contacts;

/// <summary>
/// Takes a person out of what is no record of theirs: lists of people inside activities and mail with the lines of the log about these, and
/// copies of requests and answers that are kept for a while. All are looked through, a page at a time, without keeping anybody from writing;
/// what names the person is then locked, looked at again and changed, in a unit of work for each page that has some.
/// </summary>
internal static class PersonTraceStore
{
    private const int PageSize = 500;

    /// <summary>Where lists of people stand.</summary>
    private static readonly (string Subject, Source Source)[] Lists =
    [
        ("activity", new("activities", "participants") { HasAny = "CAST(participants AS TEXT) <> '[]'" }),
        ("activity", new("activities", "attendees") { HasAny = "CAST(attendees AS TEXT) <> '[]'" }),
        ("mail_message", new("mail_messages", "parties")),
    ];

    /// <summary>What is kept of requests, and what is left of a row that names the person.</summary>
    private static readonly (Source Source, string Left)[] Copies =
    [
        (new("webhook_deliveries", "request", "reply"), "request = NULL, reply = NULL, error = NULL"),
        (new("automation_runs", "message", "CAST(steps AS TEXT)"), "message = NULL, steps = '[]'"),
        (new("jobs", "CAST(result AS TEXT)"), "result = NULL"),
    ];

    /// <summary>A table with up to two texts in a row.</summary>
    /// <param name="Table">Its rows have an id.</param>
    /// <param name="First">A column, or what makes a text of it.</param>
    /// <param name="Second">The same, or NULL.</param>
    private sealed record Source(string Table, string First, string Second = "NULL")
    {
        /// <summary>What holds of the rows that are worth a look.</summary>
        public string HasAny { get; init; } = "1 = 1";
    }

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
        foreach (var (subject, source) in Lists)
        {
            await EachNaming(db, workspace, source, row => traces.Without(row.First!) is not null, async (tx, row) =>
            {
                await tx.Run($"""
                    UPDATE {source.Table} SET {source.First} = {tx.Sql.Json("left")}
                    WHERE workspace_id = @Workspace AND id = @Id
                    """, new { tx.Workspace, row.Id, left = traces.Without(row.First!) });
                await LeaveLog(tx, subject, row.Id, traces);
            }, ct);
        }
    }

    public static async Task LeaveCopies(Db db, long workspace, PersonTraces traces, CancellationToken ct)
    {
        foreach (var (source, left) in Copies)
        {
            await EachNaming(db, workspace, source, row => traces.AreIn(row.First) || traces.AreIn(row.Second), (tx, row) => tx.Run(
                $"UPDATE {source.Table} SET {left} WHERE workspace_id = @Workspace AND id = @Id", new { tx.Workspace, row.Id }), ct);
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

    private static async Task EachNaming(Db db, long workspace, Source source, Func<Text, bool> names, Func<Tx, Text, Task> leave,
        CancellationToken ct)
    {
        for (long? after = 0; after is { } last;)
        {
            var page = await Page(db, workspace, source, last, ct);
            IReadOnlyList<long> found = [.. page.Where(names).Select(row => row.Id)];
            if (found.Count > 0)
            {
                await using var tx = await db.Write(workspace, ct);
                foreach (var row in await Locked(tx, source, found))
                {
                    if (names(row)) await leave(tx, row);
                }
                await tx.Commit();
            }
            after = page.Count < PageSize ? null : page[^1].Id;
        }
    }

    private static async Task<IReadOnlyList<Text>> Page(Db db, long workspace, Source source, long after, CancellationToken ct)
    {
        await using var tx = await db.Read(workspace, ct);
        return await tx.Many<Text>($"""
            SELECT id, {source.First} AS first, {source.Second} AS second
            FROM {source.Table}
            WHERE workspace_id = @Workspace AND id > @after AND {source.HasAny}
            ORDER BY id
            LIMIT {PageSize}
            """, new { tx.Workspace, after });
    }

    private static Task<IReadOnlyList<Text>> Locked(Tx tx, Source source, IReadOnlyList<long> ids) => tx.Many<Text>($"""
        SELECT id, {source.First} AS first, {source.Second} AS second
        FROM {source.Table}
        WHERE workspace_id = @Workspace AND {tx.Sql.In("id", "ids")}
        ORDER BY id
        {tx.Sql.ForUpdate}
        """, new { tx.Workspace, ids = tx.Sql.List(ids) });

    /// <summary>An answer that would be given again is not, once it names somebody who is gone: its request would be done anew.</summary>
    private static async Task LeaveAnswers(Db db, long workspace, PersonTraces traces, CancellationToken ct)
    {
        for (var last = new Kept { KeyId = 0, Lookup = "" }; last is not null;)
        {
            var page = await Answers(db, workspace, last, ct);
            var named = page.Where(kept => kept.Body is { } body && traces.AreIn(Encoding.UTF8.GetString(body))).ToList();
            if (named.Count > 0)
            {
                await using var tx = await db.Write(workspace, ct);
                foreach (var kept in named)
                {
                    await tx.Run("DELETE FROM idempotency_keys WHERE workspace_id = @Workspace AND key_id = @KeyId AND lookup = @Lookup",
                        new { tx.Workspace, kept.KeyId, kept.Lookup });
                }
                await tx.Commit();
            }
            last = page.Count < PageSize ? null : page[^1];
        }
    }

    private static async Task<IReadOnlyList<Kept>> Answers(Db db, long workspace, Kept last, CancellationToken ct)
    {
        await using var tx = await db.Read(workspace, ct);
        return await tx.Many<Kept>($"""
            SELECT key_id, lookup, body
            FROM idempotency_keys
            WHERE workspace_id = @Workspace AND (key_id, lookup) > (@KeyId, @Lookup)
            ORDER BY key_id, lookup
            LIMIT {PageSize}
            """, new { tx.Workspace, last.KeyId, last.Lookup });
    }
}
