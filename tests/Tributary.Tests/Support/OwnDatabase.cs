using Tributary.Core.Storage;

namespace Tributary.Tests.Support;

/// <summary>A migrated database of one test's own, for work that spans workspaces.</summary>
public sealed record OwnDatabase(Db Db) : IAsyncDisposable
{
    public static async Task<OwnDatabase> Open(Backend backend)
    {
        var db = backend is Backend.Postgres
            ? Db.Postgres(await Backends.NewPostgres(), TestClock.Instance, Backends.Uids())
            : Db.Sqlite(Path.Combine(Directory.CreateTempSubdirectory("tributary-").FullName, "own.db"), TestClock.Instance, Backends.Uids(), durable: false);
        await Migrator.Run(db, CancellationToken.None);
        return new(db);
    }

    public ValueTask DisposeAsync() => Db.DisposeAsync();
}
