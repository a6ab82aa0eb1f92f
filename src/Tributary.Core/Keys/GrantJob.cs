using Tributary.Core.Storage;
using Tributary.Core.Workspaces;

namespace Tributary.Core.Keys;

/// <summary>Forgets grants that have been over for 30 days.</summary>
public sealed class GrantJob(Db db)
{
    /// <returns>How many grants were forgotten.</returns>
    public async Task<int> Step(CancellationToken ct)
    {
        var forgotten = 0;
        foreach (var workspace in await new WorkspaceService(db).All(ct))
        {
            await using var tx = await db.Write(workspace.Id, ct);
            forgotten += await GrantStore.Purge(tx, tx.Now - GrantRules.Kept);
            await tx.Commit();
        }
        return forgotten;
    }
}
