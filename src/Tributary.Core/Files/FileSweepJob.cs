using Tributary.Core.Storage;
using Tributary.Core.Workspaces;

namespace Tributary.Core.Files;

/// <summary>Removes bytes that no row names any more: uploads that a crash cut off, and files purged together with their deal.</summary>
public sealed class FileSweepJob(Db db, FileFolder folder)
{
    /// <summary>No upload takes longer than this between its last byte and its row.</summary>
    public static readonly TimeSpan Grace = TimeSpan.FromDays(1);

    private const int BatchSize = 500;

    /// <returns>How many files were removed.</returns>
    public async Task<int> Step(CancellationToken ct)
    {
        var removed = 0;
        foreach (var workspace in await new WorkspaceService(db).All(ct))
        {
            foreach (var uids in folder.WrittenBefore(workspace.Uid, db.Now() - Grace).Chunk(BatchSize))
            {
                await using var tx = await db.Read(workspace.Id, ct);
                var known = (await FileStore.KnownKeys(tx, [.. uids.Select(FileFolder.KeyOf)])).ToHashSet();
                foreach (var orphan in uids.Where(uid => !known.Contains(FileFolder.KeyOf(uid))))
                {
                    folder.Delete(workspace.Uid, orphan);
                    removed++;
                }
            }
        }
        return removed;
    }
}
