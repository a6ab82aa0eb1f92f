using Tributary.Core.Activities;
using Tributary.Core.Currencies;
using Tributary.Core.Fields;
using Tributary.Core.Kernel;
using Tributary.Core.Labels;
using Tributary.Core.Pipelines;
using Tributary.Core.Storage;
using Tributary.Core.Users;

namespace Tributary.Core.Catalog;

/// <summary>Loads a workspace's catalog, at most once per version of it.</summary>
internal static class CatalogStore
{
    /// <summary>The catalog as this unit of work sees it, its own changes included.</summary>
    public static ValueTask<WorkspaceCatalog> Catalog(this Tx tx) => tx.KnownCatalog is { } known ? new(known) : new(Find(tx));

    private static async Task<WorkspaceCatalog> Find(Tx tx)
    {
        var version = await Version(tx) ?? throw new InvalidOperationException($"Workspace {tx.Workspace} does not exist.");
        if (tx.ExpectedCatalog is { } expected && expected.Version == version) return tx.KnownCatalog = expected;
        if (tx.Catalogs.TryGetValue(tx.Workspace, out var cached) && cached.Version == version) return tx.KnownCatalog = cached;

        var loaded = await Load(tx, version);
        // What an open transaction changed is not true yet for others.
        if (!tx.CatalogChanged) Keep(tx, loaded);
        return tx.KnownCatalog = loaded;
    }

    /// <summary>
    /// What <paramref name="ask"/> answers by the catalog. PostgreSQL tells its version with the first answer and not before: so it is asked
    /// by the catalog that was last known, and once more in the rare case that this is no longer true.
    /// </summary>
    public static async Task<T> ByCatalog<T>(this Tx tx, Func<Task<T>> ask)
    {
        if (tx.HasBegun || tx.KnownCatalog is not null || !tx.Catalogs.TryGetValue(tx.Workspace, out var last)) return await ask();
        tx.KnownCatalog = last;
        try
        {
            var answer = await ask();
            if (await tx.CatalogVersion() == last.Version) return answer;
        }
        catch (ProblemException) when (!tx.HasFailed)
        {
            // Refused for what the catalog says, such as a field that is new.
            if (await tx.CatalogVersion() == last.Version) throw;
        }
        tx.KnownCatalog = null;
        return await ask();
    }

    /// <summary>The catalog as the caller sees it: what a question of theirs may name, and what an answer to them may tell.</summary>
    public static async Task<WorkspaceCatalog> CatalogFor(this Tx tx, Caller caller) => (await tx.Catalog()).SeenBy(caller);

    /// <summary>Rises with every change to a catalog table; none when the workspace does not exist.</summary>
    public static async ValueTask<long?> Version(Tx tx)
    {
        if (await tx.CatalogVersion() is { } known) return known;
        var version = await tx.One("SELECT catalog_version FROM workspaces WHERE id = @Workspace", static (ref row) => (long?)row.Whole(),
            ("Workspace", tx.Workspace));
        if (version is { } found) tx.NoteCatalogVersion(found);
        return version;
    }

    /// <summary>To be called by every statement that changes a catalog table, in the same unit of work.</summary>
    public static async Task CatalogHasChanged(this Tx tx)
    {
        tx.KnownCatalog = null;
        if (tx.CatalogChanged) return;
        tx.CatalogChanged = true;
        tx.WhenCommitted(() => Keep(tx, tx.KnownCatalog));
        await tx.Run("UPDATE workspaces SET catalog_version = catalog_version + 1 WHERE id = @Workspace", new { tx.Workspace });
    }

    // Unless a newer one is kept already; none means that what is kept is no longer true.
    private static void Keep(Tx tx, WorkspaceCatalog? catalog)
    {
        if (catalog is null) tx.Catalogs.TryRemove(tx.Workspace, out _);
        else tx.Catalogs.AddOrUpdate(tx.Workspace, catalog, (_, kept) => kept.Version >= catalog.Version ? kept : catalog);
    }

    private static async Task<WorkspaceCatalog> Load(Tx tx, long version)
    {
        var scope = new { tx.Workspace, today = DateOnly.FromDateTime(tx.Now.UtcDateTime) };
        var workspace =
            await tx.One<Workspace>(
                "SELECT id, uid, name, base_currency, time_zone, report_rates, settings, added_at FROM workspaces WHERE id = @Workspace",
                scope);
        var pipelines = await tx.Many<Pipeline>("""
            SELECT id, uid, name, position, is_default, uses_probability, added_at, updated_at, deleted_at, version
            FROM pipelines WHERE workspace_id = @Workspace
            """, scope);
        var stages = await tx.Many<Stage>("""
            SELECT id, uid, pipeline_id, name, position, kind, probability_bp, rotten_days, color, entry,
                   added_at, updated_at, deleted_at, version
            FROM stages WHERE workspace_id = @Workspace
            """, scope);
        var users = await tx.Many<User>("""
            SELECT id, uid, name, email, role, group_id, phone, locale, time_zone, default_currency, is_active, last_login_at, added_at,
                updated_at, version
            FROM users WHERE workspace_id = @Workspace ORDER BY id
            """, scope);
        var groups =
            await tx.Many<UserGroup>(
                "SELECT id, uid, name, parent_id, added_at, updated_at, version FROM user_groups WHERE workspace_id = @Workspace ORDER BY id", scope);
        var labels = await tx.Many<Label>("""
            SELECT id, uid, subject, name, color, position, added_at, updated_at, deleted_at, version
            FROM labels WHERE workspace_id = @Workspace
            """, scope);
        var tags = await tx.Many<Tag>("SELECT id, uid, name, added_at FROM tags WHERE workspace_id = @Workspace ORDER BY id", scope);
        var fields = await tx.Many<FieldDefinition>("""
            SELECT id, uid, subject, key, slug, name, type, description, options, old_options, group_name,
                   editors, readers, is_indexed, indexed_at, settings, position, added_at, added_by, updated_at, deleted_at, version
            FROM fields WHERE workspace_id = @Workspace
            """, scope);
        var currencies = await tx.Many<Currency>("""
            SELECT id, uid, code, name, symbol, decimals, is_active, is_custom,
                   (SELECT rate_e8 FROM currency_rates r
                    WHERE r.workspace_id = c.workspace_id AND r.code = c.code AND r.day <= @today
                    ORDER BY day DESC LIMIT 1) AS rate_e8
            FROM currencies c WHERE workspace_id = @Workspace ORDER BY id
            """, scope);
        var lostReasons =
            await tx.Many<LostReason>(
                "SELECT id, uid, name, category, position, is_active, version FROM lost_reasons WHERE workspace_id = @Workspace ORDER BY position, id", scope);
        var activityTypes = await tx.Many<ActivityType>("""
            SELECT id, uid, key, name, icon, color, position, is_active, is_custom, added_at, updated_at, version
            FROM activity_types WHERE workspace_id = @Workspace ORDER BY position, id
            """, scope);
        return new(workspace!, version, pipelines, stages, users, groups, labels, tags, fields, currencies, lostReasons, activityTypes);
    }
}
