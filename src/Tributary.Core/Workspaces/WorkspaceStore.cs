using Tributary.Core.Catalog;
using Tributary.Core.Storage;

namespace Tributary.Core.Workspaces;

/// <summary>The SQL of workspaces, which are keyed by their own id.</summary>
internal static class WorkspaceStore
{
    public static Task<int> Insert(Tx tx, Workspace workspace) => tx.Run($"""
        INSERT INTO workspaces (id, uid, name, base_currency, time_zone, catalog_version, settings, added_at)
        VALUES (@Id, @Uid, @Name, @BaseCurrency, @TimeZone, 1, {tx.Sql.Json("Settings")}, @AddedAt)
        """, workspace);

    public static Task<int> Update(Tx tx, Workspace workspace) => tx.Run($"""
        UPDATE workspaces
        SET name = @Name, base_currency = @BaseCurrency, time_zone = @TimeZone, report_rates = @rates, settings = {tx.Sql.Json("Settings")}
        WHERE id = @Id
        """, new { workspace.Id, workspace.Name, workspace.BaseCurrency, workspace.TimeZone, workspace.Settings, rates = WorkspaceRules.Word(workspace.ReportRates) });

    /// <summary>Every workspace, oldest first; for the program's own verbs and background work.</summary>
    public static Task<IReadOnlyList<Workspace>> All(Tx tx) =>
        tx.Many<Workspace>("SELECT id, uid, name, base_currency, time_zone, report_rates, settings, added_at FROM workspaces ORDER BY id",
            new { });

    public static async Task<long?> First(Tx tx) => (await tx.Wholes(("SELECT id FROM workspaces ORDER BY id LIMIT 1", new { })))[0];

    public static Task<long?> IdOf(Tx tx, Guid uid) => tx.One<long?>("SELECT id FROM workspaces WHERE uid = @uid", new { uid });
}
