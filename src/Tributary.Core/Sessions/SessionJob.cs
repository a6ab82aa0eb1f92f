using Tributary.Core.Storage;
using Tributary.Core.Workspaces;

namespace Tributary.Core.Sessions;

/// <summary>Forgets sessions that expired.</summary>
public sealed class SessionJob(Db db)
{
    /// <returns>How many were forgotten.</returns>
    public async Task<int> Step(CancellationToken ct)
    {
        var forgotten = 0;
        foreach (var workspace in await new WorkspaceService(db).All(ct))
        {
            await using var tx = await db.Write(workspace.Id, ct);
            var expired = await SessionStore.Purge(tx);
            await SessionService.Ended(tx, expired);
            await tx.Commit();
            forgotten += expired.Count;
        }
        return forgotten;
    }
}
