using System.Globalization;
using Tributary.Core.Import;
using Tributary.Tests.Support;

namespace Tributary.Tests.Core.Import;

public sealed class ExternalIdStoreTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, OnBothBackends]
    public async Task An_import_finds_again_what_it_made_under_its_own_source_and_workspace(Backend backend)
    {
        var some = await Some.Workspace(backend);
        var ids = Enumerable.Range(1, 1_203).ToDictionary(n => n.ToString(CultureInfo.InvariantCulture), n => (long)n);
        await using (var tx = await some.Db.Write(some.Id, Ct))
        {
            await ExternalIdStore.Put(tx, "deal", "crm", ids);
            await ExternalIdStore.Put(tx, "deal", "crm", new Dictionary<string, long> { ["7"] = 7_007 });
            await ExternalIdStore.Put(tx, "deal", "crm", new Dictionary<string, long>());
            await tx.Commit();
        }

        await using var read = await some.Db.Read(some.Id, Ct);
        var found = await ExternalIdStore.Find(read, "deal", "crm", ["1", "7", "1203", "1204"]);
        await using var outside = await some.Db.Read(some.Outsider.Workspace, Ct);

        Assert.Equal([("1", 1L), ("1203", 1203L), ("7", 7_007L)], found.Select(pair => (pair.Key, pair.Value)).Order());
        Assert.Empty(await ExternalIdStore.Find(read, "deal", "erp", ["1"]));
        Assert.Empty(await ExternalIdStore.Find(read, "person", "crm", ["1"]));
        Assert.Empty(await ExternalIdStore.Find(outside, "deal", "crm", ["1"]));
        Assert.Equal([("crm", "7")], await ExternalIdStore.Of(read, "deal", 7_007));
    }
}
