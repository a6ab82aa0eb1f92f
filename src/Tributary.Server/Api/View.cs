using Tributary.Core.Catalog;
using Tributary.Server.Hosting;

namespace Tributary.Server.Api;

/// <summary>A record and what its spelling needs beside it.</summary>
internal sealed record View<T>(T Record, WorkspaceCatalog Catalog)
{
    /// <summary>Each record with the workspace's catalog.</summary>
    public static async Task<IReadOnlyList<View<T>>> Of(Call call, IReadOnlyList<T> records, IReadOnlySet<string> include)
    {
        var catalog = await call.Service<CatalogService>().Latest(call.Caller, call.Ct);
        return [.. records.Select(record => new View<T>(record, catalog))];
    }
}
