using Tributary.Core.Kernel;
using Tributary.Core.Storage;

namespace Tributary.Core.Fields;

/// <summary>The SQL of field definitions. Reading them is the catalog's, except for the deleted ones' slugs.</summary>
internal static class FieldStore
{
    /// <summary>Every field of a kind of record, the deleted included.</summary>
    public static Task<IReadOnlyList<FieldDefinition>> All(Tx tx, string subject) => tx.Many<FieldDefinition>("""
        SELECT id, uid, subject, key, slug, name, type, description, options, old_options, group_name, editors,
               readers, is_indexed, indexed_at, settings, position, added_at, added_by, updated_at, deleted_at, version
        FROM fields
        WHERE workspace_id = @Workspace AND subject = @subject
        ORDER BY position, id
        """, new { tx.Workspace, subject });

    public static Task Insert(Tx tx, FieldDefinition field) => tx.Run($"""
        INSERT INTO fields (workspace_id, id, uid, subject, key, slug, name, type, description, options, old_options, group_name, editors,
                            readers, settings, is_indexed, indexed_at, position, added_at, added_by, updated_at, version)
        VALUES (@Workspace, @Id, @Uid, @Subject, @Key, @Slug, @Name, @type, @Description, {tx.Sql.Json("Options")},
                {tx.Sql.Json("OldOptions")}, @GroupName, {tx.Sql.Json("editors")}, {tx.Sql.Json("readers")}, {tx.Sql.Json("Settings")},
                @IsIndexed, @IndexedAt, @Position, @AddedAt, @AddedBy, @UpdatedAt, @Version)
        """, Row(tx, field));

    /// <summary>Refuses as stale when someone else was faster.</summary>
    public static async Task Update(Tx tx, FieldDefinition field)
    {
        var changed = await tx.Run($"""
            UPDATE fields
            SET name = @Name, type = @type, description = @Description, options = {tx.Sql.Json("Options")},
                old_options = {tx.Sql.Json("OldOptions")}, group_name = @GroupName, editors = {tx.Sql.Json("editors")},
                readers = {tx.Sql.Json("readers")}, settings = {tx.Sql.Json("Settings")}, position = @Position, is_indexed = @IsIndexed,
                indexed_at = @IndexedAt, updated_at = @UpdatedAt, deleted_at = @DeletedAt, version = @Version
            WHERE workspace_id = @Workspace AND id = @Id AND version = @Version - 1
            """, Row(tx, field));
        if (changed == 0) throw Problem.Stale("field", field.Id);
    }

    private static object Row(Tx tx, FieldDefinition field) => new
    {
        tx.Workspace,
        field.Id,
        field.Uid,
        field.Subject,
        field.Key,
        field.Slug,
        field.Name,
        type = FieldTypes.Word(field.Type),
        field.Description,
        field.Options,
        field.OldOptions,
        field.GroupName,
        editors = field.Editors.IsEveryone() ? null : field.Editors,
        readers = field.Readers.IsEveryone() ? null : field.Readers,
        field.Settings,
        field.IsIndexed,
        field.IndexedAt,
        field.Position,
        field.AddedAt,
        field.AddedBy,
        field.UpdatedAt,
        field.DeletedAt,
        field.Version,
    };
}

/// <summary>The words of the field types, as they are stored and as Pipedrive spells them.</summary>
public static class FieldTypes
{
    private static readonly (FieldType Type, string Word)[] Words =
        [.. Enum.GetValues<FieldType>()
            .Select(type => (type, type is FieldType.VarcharAuto ? "varchar_auto" : $"{type}".ToLowerInvariant()))];

    public static string Word(FieldType type) => Words[(int)type].Word;

    public static FieldType? Find(string word) =>
        Words.Where(pair => pair.Word == word).Select(pair => (FieldType?)pair.Type).FirstOrDefault();
}
