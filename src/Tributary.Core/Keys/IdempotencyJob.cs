using Tributary.Core.Storage;
using Tributary.Core.Workspaces;

namespace Tributary.Core.Keys;

/// <summary>Forgets answers after their 24 hours.</summary>
public sealed class IdempotencyJob(Db db)
{
    /// <returns>How many answers were forgotten.</returns>
    public async Task<int> Step(CancellationToken ct)
    {
        var forgotten = 0;
        foreach (var workspace in await new WorkspaceService(db).All(ct))
        {
            await using var tx = await db.Write(workspace.Id, ct);
            forgotten += await IdempotencyStore.Purge(tx, tx.Now - IdempotencyRules.Kept);
            await tx.Commit();
        }
        return forgotten;
    }
}
