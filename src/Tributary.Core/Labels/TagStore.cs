using Tributary.Core.Catalog;
using Tributary.Core.Kernel;
using Tributary.Core.Storage;

namespace Tributary.Core.Labels;

internal static class TagStore
{
    public const int MaxName = 100;
    public const int MaxPerRecord = 100;

    /// <summary>The ids of tags by name, in the order given; unknown names become tags.</summary>
    public static async Task<Seq<long>> IdsOf(Tx tx, Seq<string> names)
    {
        var checks = new Checks();
        checks.Require(names.Count <= MaxPerRecord, "tags", $"A record has at most {MaxPerRecord} tags.");
        var clean = names.Take(MaxPerRecord).Select(name => checks.Text("tags", name, MaxName)).Distinct(StringComparer.Ordinal).ToList();
        checks.Done();

        var catalog = await tx.Catalog();
        var unknown = clean.Where(name => catalog.Tag(name) is null).ToList();
        var added = unknown.Count == 0 ? new(StringComparer.Ordinal) : await Add(tx, unknown);
        return [.. clean.Select(name => catalog.Tag(name)?.Id ?? added[name])];
    }

    public static Task Rename(Tx tx, Tag tag) =>
        tx.Run("UPDATE tags SET name = @Name WHERE workspace_id = @Workspace AND id = @Id", new { tx.Workspace, tag.Id, tag.Name });

    public static Task Delete(Tx tx, long id) =>
        tx.Run("DELETE FROM tags WHERE workspace_id = @Workspace AND id = @id", new { tx.Workspace, id });

    private static async Task<Dictionary<string, long>> Add(Tx tx, List<string> names)
    {
        // Two requests may bring the same new tag at once; the unique name lets one in and the other takes its id.
        foreach (var (name, id) in names.Order(StringComparer.Ordinal).Zip(await tx.NextIds("tag_ids", names.Count)))
        {
            await tx.Run("""
                INSERT INTO tags (workspace_id, id, uid, name, added_at)
                VALUES (@Workspace, @id, @uid, @name, @Now)
                ON CONFLICT (workspace_id, name) DO NOTHING
                """, new { tx.Workspace, id, uid = tx.NextUid(), name, tx.Now });
        }
        await tx.CatalogHasChanged();
        var tags = await tx.Many<Tag>($"""
            SELECT id, uid, name, added_at
            FROM tags
            WHERE workspace_id = @Workspace AND {tx.Sql.In("name", "names")}
            """, new { tx.Workspace, names = tx.Sql.List(names) });
        return tags.ToDictionary(tag => tag.Name, tag => tag.Id, StringComparer.Ordinal);
    }
}
