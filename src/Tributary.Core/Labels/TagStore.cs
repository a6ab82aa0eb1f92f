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

        var ids = new List<long>();
        foreach (var name in clean) ids.Add((await tx.Catalog()).Tag(name)?.Id ?? await Add(tx, name));
        return [.. ids];
    }

    private static async Task<long> Add(Tx tx, string name)
    {
        // Two requests may bring the same new tag at once; the unique name lets one in and the other takes its id.
        await tx.Run("""
            INSERT INTO tags (workspace_id, id, uid, name, added_at)
            VALUES (@Workspace, @id, @uid, @name, @Now)
            ON CONFLICT (workspace_id, name) DO NOTHING
            """, new { tx.Workspace, id = await tx.NextId("tag_ids"), uid = tx.NextUid(), name, tx.Now });
        await tx.CatalogHasChanged();
        return await tx.One<long>("SELECT id FROM tags WHERE workspace_id = @Workspace AND name = @name", new { tx.Workspace, name });
    }
}
