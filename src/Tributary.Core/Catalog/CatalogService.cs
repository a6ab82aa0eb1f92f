using Tributary.Core.Kernel;
using Tributary.Core.Storage;

namespace Tributary.Core.Catalog;

/// <summary>Gives dialects the names they spell; what the caller may not see has none.</summary>
public sealed class CatalogService(Db db)
{
    /// <summary>
    /// The catalog as the last verb in this process saw it. A verb looks at the catalog's version each time, so whoever
    /// has just called one gets names that are as true as its answer, without asking the database again.
    /// </summary>
    public ValueTask<WorkspaceCatalog> Latest(Caller caller, CancellationToken ct) =>
        db.Catalogs.TryGetValue(caller.Workspace, out var known) ? new(known.SeenBy(caller)) : new(Current(caller, ct));

    /// <summary>The catalog as the database has it now.</summary>
    public async Task<WorkspaceCatalog> Current(Caller caller, CancellationToken ct)
    {
        await using var tx = await db.Read(caller.Workspace, ct);
        return await tx.CatalogFor(caller);
    }
}
