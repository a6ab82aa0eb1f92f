using Tributary.Core.Storage;

namespace Tributary.Tests.Support;

/// <summary>
/// Waits until readers of the log may see all of it. PostgreSQL holds back what was written while any older transaction of
/// the server runs, so that nobody skips a line (SqlFlavor.SettledOnly), and other tests run at the same time.
/// </summary>
internal static class Settled
{
    public static async Task Log(SomeWorkspace some)
    {
        while (await Waiting(some) > 0) await Task.Delay(5);
    }

    private static async Task<long> Waiting(SomeWorkspace some)
    {
        await using var tx = await some.Db.Read(some.Id, CancellationToken.None);
        var written = await tx.One<long>("SELECT COUNT(*) FROM events WHERE workspace_id = @Workspace", new { tx.Workspace });
        return written - await tx.One<long>($"SELECT COUNT(*) FROM events WHERE workspace_id = @Workspace {tx.Sql.SettledOnly}",
            new { tx.Workspace });
    }
}
