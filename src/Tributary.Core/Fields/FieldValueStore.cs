using Tributary.Core.Storage;

namespace Tributary.Core.Fields;

/// <summary>The SQL of field_values, where lists find records by the values of indexed fields.</summary>
internal static class FieldValueStore
{
    public static Task Insert(Tx tx, string subject, long recordId, long fieldId, long item, string? text, double? number) => tx.Put("""
        INSERT INTO field_values (workspace_id, subject, record_id, field_id, item, text_value, number_value)
        VALUES (@Workspace, @subject, @recordId, @fieldId, @item, @text, @number)
        """, new { tx.Workspace, subject, recordId, fieldId, item, text, number });

    public static Task Remove(Tx tx, string subject, long recordId, long fieldId) => tx.Put("""
        DELETE FROM field_values
        WHERE workspace_id = @Workspace AND subject = @subject AND record_id = @recordId AND field_id = @fieldId
        """, new { tx.Workspace, subject, recordId, fieldId });

    /// <summary>For a purge: the record is found no more.</summary>
    public static Task Forget(Tx tx, string subject, long recordId) => tx.Run("""
        DELETE FROM field_values
        WHERE workspace_id = @Workspace AND subject = @subject AND record_id = @recordId
        """, new { tx.Workspace, subject, recordId });

    public static Task Clear(Tx tx, long fieldId) =>
        tx.Run("DELETE FROM field_values WHERE workspace_id = @Workspace AND field_id = @fieldId", new { tx.Workspace, fieldId });

    public static Task MarkIndexed(Tx tx, long fieldId) =>
        tx.Run("UPDATE fields SET indexed_at = @Now WHERE workspace_id = @Workspace AND id = @fieldId",
            new { tx.Workspace, fieldId, tx.Now });

    /// <summary>Whether every unit of work that began before the field's last change has ended.</summary>
    public static async Task<bool> IsKnownToAll(Tx tx, long fieldId) => await tx.One<long>($"""
        SELECT COUNT(*)
        FROM events
        WHERE workspace_id = @Workspace AND subject = 'field' AND subject_id = @fieldId
          AND id NOT IN (SELECT id FROM events WHERE workspace_id = @Workspace AND subject = 'field'
          AND subject_id = @fieldId {tx.Sql.SettledOnly})
        """, new { tx.Workspace, fieldId }) == 0;
}
