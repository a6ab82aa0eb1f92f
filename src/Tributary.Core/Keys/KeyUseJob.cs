using Tributary.Core.Storage;

namespace Tributary.Core.Keys;

/// <summary>Writes when keys were last used: what requests noted in memory, at most once a minute per key.</summary>
public sealed class KeyUseJob(Db db)
{
    /// <returns>How many keys were written.</returns>
    public async Task<int> Step(CancellationToken ct)
    {
        var written = 0;
        foreach (var workspace in db.Callers.TakeUses().GroupBy(use => use.Workspace))
        {
            await using var tx = await db.Write(workspace.Key, ct);
            foreach (var use in workspace) written += await KeyStore.SetLastUsed(tx, use.Key, use.At);
            await tx.Commit();
        }
        return written;
    }
}
