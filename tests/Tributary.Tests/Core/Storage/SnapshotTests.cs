using Tributary.Core.Catalog;
using Tributary.Core.Storage;
using Tributary.Tests.Support;

namespace Tributary.Tests.Core.Storage;

/// <summary>What POST /_sandbox/reset stands on (design §9).</summary>
public sealed class SnapshotTests
{
    private const string TagCount = "SELECT COUNT(*) FROM tags WHERE workspace_id = @workspace";

    [Fact]
    public async Task A_restored_database_is_what_it_was_and_gives_the_same_ids_again()
    {
        await using var db = await Backends.Own(Backend.Sqlite);
        var workspace = await Scratch.Workspace(db);
        await Scratch.Tag(db, workspace, "seed");
        using var seeded = await db.Snapshot(CancellationToken.None);

        for (var round = 0; round < 3; round++)
        {
            var first = await Scratch.Tag(db, workspace, "first");
            for (var i = 0; i < 200; i++) await Scratch.Tag(db, workspace, $"tag {i}");
            Assert.Equal(202, await Scratch.Ask<int>(db, workspace, TagCount, new { workspace }));

            await db.Restore(seeded, CancellationToken.None);

            Assert.Equal(1, await Scratch.Ask<int>(db, workspace, TagCount, new { workspace }));
            Assert.Equal(first, await Scratch.Tag(db, workspace, "first"));
            Assert.Equal("ok", await Scratch.Ask<string>(db, workspace, "PRAGMA integrity_check"));
            await db.Restore(seeded, CancellationToken.None);
        }
    }

    [Fact]
    public async Task Who_reads_on_sees_the_past_to_the_end_and_others_the_restored_state()
    {
        await using var db = await Backends.Own(Backend.Sqlite);
        var workspace = await Scratch.Workspace(db);
        using var seeded = await db.Snapshot(CancellationToken.None);
        await Scratch.Tag(db, workspace, "later");

        await using var reading = await db.Read(workspace, CancellationToken.None);
        Assert.Equal(1, await reading.One<int>(TagCount, new { workspace }));
        await db.Restore(seeded, CancellationToken.None);

        Assert.Equal(1, await reading.One<int>(TagCount, new { workspace }));
        Assert.Equal(0, await Scratch.Ask<int>(db, workspace, TagCount, new { workspace }));
    }

    [Fact]
    public async Task A_restore_waits_for_the_change_that_has_the_turn()
    {
        await using var db = await Backends.Own(Backend.Sqlite);
        var workspace = await Scratch.Workspace(db);
        using var seeded = await db.Snapshot(CancellationToken.None);

        var change = await db.Write(workspace, CancellationToken.None);
        await Scratch.AddTag(change, workspace, "undone by the restore");
        var restoring = db.Restore(seeded, CancellationToken.None);
        Assert.False(restoring.IsCompleted);
        await change.Commit();
        await restoring;

        Assert.Equal(0, await Scratch.Ask<int>(db, workspace, TagCount, new { workspace }));
    }

    [Fact]
    public async Task The_catalog_of_before_is_forgotten_even_when_an_old_reader_loads_it_late()
    {
        await using var db = await Backends.Own(Backend.Sqlite);
        var workspace = await Scratch.Workspace(db);
        using var seeded = await db.Snapshot(CancellationToken.None);
        await AddTag("past");
        await using var reading = await db.Read(workspace, CancellationToken.None);
        await reading.One<int>(TagCount, new { workspace });

        await db.Restore(seeded, CancellationToken.None);
        Assert.NotNull((await reading.Catalog()).Tag("past"));
        await AddTag("present");

        await using var fresh = await db.Read(workspace, CancellationToken.None);
        var catalog = await fresh.Catalog();
        Assert.Null(catalog.Tag("past"));
        Assert.NotNull(catalog.Tag("present"));

        async Task AddTag(string name)
        {
            await using var tx = await db.Write(workspace, CancellationToken.None);
            await Scratch.AddTag(tx, workspace, name);
            await tx.CatalogHasChanged();
            await tx.Commit();
        }
    }
}
