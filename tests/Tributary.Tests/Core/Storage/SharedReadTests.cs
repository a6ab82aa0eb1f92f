using Tributary.Core.Catalog;
using Tributary.Core.Deals;
using Tributary.Core.Kernel;
using Tributary.Core.Storage;
using Tributary.Tests.Core.Deals;
using Tributary.Tests.Support;

namespace Tributary.Tests.Core.Storage;

/// <summary>What one request reads, through however many verbs, is one snapshot (docs/architecture.md, "Units of work").</summary>
public sealed class SharedReadTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, OnBothBackends]
    public async Task Verbs_of_one_flow_see_one_snapshot_and_later_flows_what_came_meanwhile(Backend backend)
    {
        var some = await Some.Workspace(backend);
        var deal = await some.Deal(new() { Title = "Before" });
        var deals = new DealService(some.Db);
        var (read, written) = (new TaskCompletionSource(), new TaskCompletionSource());

        var reading = Reader();
        await read.Task;
        await deals.Update(some.Admin, deal.Id, new() { Title = "After" }, Ct);
        written.SetResult();

        Assert.Equal(("Before", "Before"), await reading);
        Assert.Equal("After", (await deals.Get(some.Admin, deal.Id, Ct)).Title);

        async Task<(string, string)> Reader()
        {
            await using var together = some.Db.ReadTogether();
            var first = (await deals.Get(some.Admin, deal.Id, Ct)).Title;
            read.SetResult();
            await written.Task;
            return (first, (await deals.Get(some.Admin, deal.Id, Ct)).Title);
        }
    }

    [Theory, OnBothBackends]
    public async Task What_a_flow_wrote_it_reads(Backend backend)
    {
        var some = await Some.Workspace(backend);
        var deal = await some.Deal(new() { Title = "Before" });
        var deals = new DealService(some.Db);

        await using var together = some.Db.ReadTogether();
        await deals.Get(some.Admin, deal.Id, Ct);
        await deals.Update(some.Admin, deal.Id, new() { Title = "After" }, Ct);

        Assert.Equal("After", (await deals.Get(some.Admin, deal.Id, Ct)).Title);
    }

    [Theory, OnBothBackends]
    public async Task One_verb_after_the_other_has_the_same_unit_of_work_and_one_inside_another_has_its_own(Backend backend)
    {
        var some = await Some.Workspace(backend);
        await using var together = some.Db.ReadTogether();

        var first = await some.Db.Read(some.Id, Ct);
        await using (var inside = await some.Db.Read(some.Id, Ct)) Assert.NotSame(first, inside);
        await first.DisposeAsync();
        await Assert.ThrowsAsync<ObjectDisposedException>(() => first.One<long>("SELECT 1", new { }));
        await using var second = await some.Db.Read(some.Id, Ct);

        Assert.Same(first, second);
        Assert.Equal(1, await second.One<long>("SELECT 1", new { }));
    }

    [Theory, OnBothBackends]
    public async Task A_flow_that_reads_another_workspace_reads_only_that(Backend backend)
    {
        var some = await Some.Workspace(backend);
        var deal = await some.Deal();
        var deals = new DealService(some.Db);
        await using var together = some.Db.ReadTogether();

        await deals.Get(some.Admin, deal.Id, Ct);
        var refusal = await Assert.ThrowsAsync<ProblemException>(() => deals.Get(some.Outsider, deal.Id, Ct));

        Assert.Equal(ProblemCode.NotFound, refusal.Problem.Code);
        Assert.Equal(deal.Id, (await deals.Get(some.Admin, deal.Id, Ct)).Id);
    }

    [Theory, OnBothBackends]
    public async Task After_a_statement_that_failed_the_flow_goes_on_in_a_new_unit_of_work(Backend backend)
    {
        var some = await Some.Workspace(backend);
        await using var together = some.Db.ReadTogether();

        await using (var broken = await some.Db.Read(some.Id, Ct))
        {
            await Assert.ThrowsAnyAsync<Exception>(() => broken.One<long>("SELECT nothing FROM nowhere", new { }));
        }

        await using var next = await some.Db.Read(some.Id, Ct);
        Assert.Equal(1, await next.One<long>("SELECT 1", new { }));
    }

    // The version of a catalog is not asked for again on a connection that has seen nothing new; another process is another Db.
    [Fact]
    public async Task What_another_process_changed_in_the_catalog_the_next_read_knows()
    {
        var file = Path.Combine(Leftovers.Folder(), "shared.db");
        await using var here = Db.Sqlite(file, TestClock.Instance, Backends.Uids());
        await Migrator.Run(here, Ct);
        await using var there = Db.Sqlite(file, TestClock.Instance, Backends.Uids());
        var some = await Some.Workspace(here);
        var deal = await some.Deal();

        for (var round = 1; round <= 3; round++)
        {
            await new DealService(here).Get(some.Admin, deal.Id, Ct);
            var name = $"Stage {round}";
            await using (var tx = await there.Write(some.Id, Ct))
            {
                await tx.Run("UPDATE stages SET name = @name WHERE workspace_id = @Workspace AND id = @id",
                    new { tx.Workspace, id = deal.StageId, name });
                await tx.CatalogHasChanged();
                await tx.Commit();
            }

            await using var read = await here.Read(some.Id, Ct);
            await read.One<long>("SELECT 1 FROM deals WHERE workspace_id = @Workspace AND id = @id", new { read.Workspace, id = deal.Id });
            Assert.Equal(name, (await read.Catalog()).Stage(deal.StageId)!.Name);
        }
    }

    // More flows than SQLite has connections to read: one that was not given back would be missing in the end.
    [Theory, OnBothBackends]
    public async Task A_flow_gives_back_what_it_held_also_when_a_verb_ends_after_it(Backend backend)
    {
        var some = await Some.Workspace(backend);
        for (var i = 0; i < SqliteReaders.Most * 2; i++) await Flow(isLate: i % 2 == 0);

        await using var unit = await some.Db.Read(some.Id, Ct);
        Assert.Equal(1, await unit.One<long>("SELECT 1", new { }));

        async Task Flow(bool isLate)
        {
            var together = some.Db.ReadTogether();
            var verb = await some.Db.Read(some.Id, Ct);
            if (isLate) await together.DisposeAsync();
            await verb.DisposeAsync();
            if (!isLate) await together.DisposeAsync();
        }
    }
}
