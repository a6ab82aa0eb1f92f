using Tributary.Core.Storage;

namespace Tributary.Tests.Support;

/// <summary>A migrated database of one test's own, for work that spans workspaces.</summary>
public sealed record OwnDatabase(Db Db) : IAsyncDisposable
{
    public static async Task<OwnDatabase> Open(Backend backend) => new(await Backends.Own(backend));

    public ValueTask DisposeAsync() => Db.DisposeAsync();
}
