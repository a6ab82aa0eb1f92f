using Tributary.Core.Storage;

namespace Tributary.Core.Log;

/// <summary>The SQL of how far a reader of the log has come. Whoever holds the row is alone, however many servers read.</summary>
internal sealed class LogReader
{
    public static readonly LogReader Webhooks = new("webhooks");
    public static readonly LogReader Automations = new("automations");

    private readonly string name;

    private LogReader(string name) => this.name = name;

    /// <summary>None before there was anybody to read for.</summary>
    public async Task<LogPosition?> Position(Tx tx, bool forUpdate = false) => await tx.Many($"""
        SELECT tx, event_id
        FROM log_positions
        WHERE workspace_id = @Workspace AND reader = @name
        {(forUpdate ? tx.Sql.ForUpdate : "")}
        """, EventStore.Position, ("Workspace", tx.Workspace), ("name", name)) is [var position] ? position : null;

    public Task<int> SetPosition(Tx tx, LogPosition position) => tx.Run("""
        INSERT INTO log_positions (workspace_id, reader, tx, event_id, updated_at) VALUES (@Workspace, @name, @Tx, @EventId, @Now)
        ON CONFLICT (workspace_id, reader) DO UPDATE SET tx = @Tx, event_id = @EventId, updated_at = @Now
        """, new { tx.Workspace, name, position.Tx, position.EventId, tx.Now });

    /// <summary>Whether there is anything to read on. Looking costs no writer's turn.</summary>
    public async Task<bool> HasNews(Db db, long workspace, CancellationToken ct)
    {
        await using var tx = await db.Read(workspace, ct);
        return await Position(tx) is { } position && (await EventStore.After(tx, position, 1)).Count > 0;
    }
}
