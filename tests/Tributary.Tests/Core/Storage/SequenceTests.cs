using Tributary.Core.Storage;
using Tributary.Tests.Support;

namespace Tributary.Tests.Core.Storage;

public sealed class SequenceTests
{
    [Theory, OnBothBackends]
    public async Task Concurrent_changes_never_get_the_same_id(Backend backend)
    {
        await using var db = await Backends.Own(backend);

        var taken = await Task.WhenAll(Enumerable.Range(0, 12).Select(writer => Task.Run(async () =>
        {
            var ids = new List<long>();
            for (var i = 0; i < 10; i++)
            {
                await using var tx = await db.WriteEverywhere(CancellationToken.None);
                ids.Add(await tx.NextId("deal_ids"));
                var several = await tx.NextIds("deal_ids", 3);
                Assert.Equal(several.Order(), several);
                ids.AddRange(several);
                await tx.Commit();
            }
            return ids;
        })));

        var all = taken.SelectMany(ids => ids).ToList();
        Assert.Equal(12 * 10 * 4, all.Distinct().Count());
    }

    [Theory, OnBothBackends]
    public async Task An_id_is_not_given_again_after_its_record_is_gone(Backend backend)
    {
        var db = await Backends.Open(backend);
        var workspace = await Scratch.Workspace(db);
        var gone = await Scratch.Tag(db, workspace, "gone");

        await using (var tx = await db.Write(workspace, CancellationToken.None))
        {
            await tx.Run("DELETE FROM tags WHERE workspace_id = @workspace", new { workspace });
            await tx.Commit();
        }

        Assert.True(await Scratch.Tag(db, workspace, "next") > gone);
    }

    [Theory, OnBothBackends]
    public async Task The_first_id_is_one_and_sequences_count_apart(Backend backend)
    {
        await using var db = await Backends.Own(backend);
        await using var tx = await db.WriteEverywhere(CancellationToken.None);

        Assert.Equal([1, 2], await tx.NextIds("deal_ids", 2));
        Assert.Equal(1, await tx.NextId("contact_ids"));
        Assert.Equal(3, await tx.NextId("deal_ids"));
    }
}
