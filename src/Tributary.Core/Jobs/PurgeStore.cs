using Tributary.Core.Storage;

namespace Tributary.Core.Jobs;

/// <summary>A kind of record that can be deleted: its word in the log, its table, and the column by which others hang on it.</summary>
internal sealed record PurgeNoun(string Subject, string Table, string? Column = null);

/// <summary>The SQL of the purge. Table and column names come from the closed lists below.</summary>
internal static class PurgeStore
{
    public static readonly PurgeNoun Persons = new("person", "persons", "person_id");

    /// <summary>Those that others hang on before those that hang.</summary>
    public static readonly IReadOnlyList<PurgeNoun> Nouns =
    [
        new("lead", "leads", "lead_id"),
        Persons,
        new("organization", "organizations", "org_id"),
        new("product", "products", "product_id"),
        new("activity", "activities", "activity_id"),
        new("note", "notes"),
        new("mail_message", "mail_messages"),
        new("file", "files"),
    ];

    /// <summary>What may hang on several records at once, and by which columns.</summary>
    private static readonly (string Subject, string Table, string[] Columns)[] Hanging =
    [
        ("activity", "activities", ["deal_id", "lead_id", "person_id", "org_id"]),
        ("note", "notes", ["deal_id", "lead_id", "person_id", "org_id"]),
        ("mail_message", "mail_messages", ["deal_id", "lead_id"]),
        ("file", "files", ["deal_id", "lead_id", "person_id", "org_id", "product_id", "activity_id"]),
    ];

    /// <summary>Loose references: the record goes on without.</summary>
    private static readonly (string Table, string Column)[] Loose =
        [("leads", "person_id"), ("leads", "org_id"), ("persons", "org_id"), ("deal_products", "product_id")];

    public static Task<IReadOnlyList<long>> Workspaces(Tx tx) => tx.Many<long>("SELECT id FROM workspaces ORDER BY id", new { });

    public static Task<IReadOnlyList<long>> Due(Tx tx, string table, DateTimeOffset before, int limit) => tx.Many<long>($"""
        SELECT id
        FROM {table}
        WHERE workspace_id = @Workspace AND deleted_at < @before
        ORDER BY deleted_at, id
        LIMIT @limit
        """, new { tx.Workspace, before, limit });

    /// <summary>The deals that name one of the records.</summary>
    public static async Task<IReadOnlyList<long>> DealsOf(Tx tx, PurgeNoun noun, IReadOnlyList<long> ids)
    {
        if (noun.Column is not ("person_id" or "org_id")) return [];
        var contacts = noun.Column == "person_id"
            ? $"UNION SELECT deal_id FROM deal_contacts WHERE workspace_id = @Workspace AND {tx.Sql.In("person_id", "ids")}" : "";
        return await tx.Many<long>($"""
            SELECT id FROM deals WHERE workspace_id = @Workspace AND {tx.Sql.In(noun.Column, "ids")}
            {contacts}
            """, new { tx.Workspace, ids = tx.Sql.List(ids) });
    }

    /// <summary>What hangs on the records alone is deleted with them; what hangs on others too stays with those.</summary>
    public static async Task LetGo(Tx tx, PurgeNoun noun, IReadOnlyList<long> ids)
    {
        if (noun.Column is not { } column) return;
        var scope = new { tx.Workspace, ids = tx.Sql.List(ids) };
        foreach (var (subject, table, columns) in Hanging)
        {
            if (!columns.Contains(column)) continue;
            var alone = string.Join(" AND ", columns.Where(other => other != column).Select(other => $"{other} IS NULL")
                .Prepend(tx.Sql.In(column, "ids")));
            await tx.Run($"""
                DELETE FROM events
                WHERE workspace_id = @Workspace AND subject = '{subject}'
                    AND subject_id IN (SELECT id FROM {table} WHERE workspace_id = @Workspace AND {alone})
                """, scope);
            await tx.Run($"DELETE FROM {table} WHERE workspace_id = @Workspace AND {alone}", scope);
            await tx.Run($"UPDATE {table} SET {column} = NULL WHERE workspace_id = @Workspace AND {tx.Sql.In(column, "ids")}", scope);
        }
        foreach (var (table, loose) in Loose)
        {
            if (loose == column)
            {
                await tx.Run($"UPDATE {table} SET {column} = NULL WHERE workspace_id = @Workspace AND {tx.Sql.In(column, "ids")}", scope);
            }
        }
    }

    /// <summary>The rows, their history, and where they came from.</summary>
    public static async Task Delete(Tx tx, PurgeNoun noun, IReadOnlyList<long> ids)
    {
        var scope = new { tx.Workspace, noun.Subject, ids = tx.Sql.List(ids) };
        await tx.Run($"DELETE FROM events WHERE workspace_id = @Workspace AND subject = @Subject AND {tx.Sql.In("subject_id", "ids")}",
            scope);
        await tx.Run(
            $"DELETE FROM external_ids WHERE workspace_id = @Workspace AND subject = @Subject AND {tx.Sql.In("subject_id", "ids")}", scope);
        await tx.Run($"DELETE FROM {noun.Table} WHERE workspace_id = @Workspace AND {tx.Sql.In("id", "ids")}", scope);
    }
}
