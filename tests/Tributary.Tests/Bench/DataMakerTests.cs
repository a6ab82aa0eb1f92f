extern alias bench;
using bench::Tributary.Bench.Data;
using Npgsql;
using Tributary.Core.Deals;
using Tributary.Core.Kernel;
using Tributary.Core.Lists;
using Tributary.Core.Search;
using Tributary.Core.Storage;
using Tributary.Core.Totals;
using Tributary.Tests.Support;

namespace Tributary.Tests.Bench;

public sealed class DataMakerTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, OnBothBackends]
    public async Task A_set_is_what_the_engine_would_have_written(Backend backend)
    {
        var file = await Sqlite(new(2, 60));
        await using var db = await Opened(backend, file);

        Assert.Empty(await new TotalsService(db).Verify(Ct));
        var caller = Caller.System(2);
        var newest = await new DealService(db).List(caller, new() { Limit = 1, WantTotal = true }, Ct);
        Assert.Equal(60, newest.Total);
        await using var tx = await db.Read(2, Ct);
        Assert.Equal(60,
            await tx.One<long>("SELECT COUNT(*) FROM events WHERE workspace_id = @Workspace AND subject = 'deal' AND action = 'created'",
                new { tx.Workspace }));
        Assert.Equal(60, await tx.One<long>("SELECT COUNT(*) FROM deal_followers WHERE workspace_id = @Workspace", new { tx.Workspace }));
        Assert.Equal(20, await tx.One<long>("SELECT COUNT(*) FROM activities WHERE workspace_id = @Workspace", new { tx.Workspace }));
    }

    [Theory, OnBothBackends]
    public async Task Writing_goes_on_where_the_maker_stopped(Backend backend)
    {
        var file = await Sqlite(new(1, 30));
        await using var db = await Opened(backend, file);
        var caller = Caller.System(1) with { UserId = 1 };

        var created = await new DealService(db).Create(caller, new() { Title = "Quarry lease" }, Ct);

        Assert.Equal(31, created.Id);
        Assert.Equal("DEAL-2026-00031", created.Number);
        var found = await new SearchService(db).Search(caller, new() { Term = "quarry" }, Ct);
        Assert.Contains(found.Items, hit => hit.Id == created.Id);
        Assert.Empty(await new TotalsService(db).Verify(Ct));
    }

    [Fact]
    public async Task The_same_set_made_again_is_the_same_rows()
    {
        var (once, again) = (await Sqlite(new(1, 30)), await Sqlite(new(1, 30)));
        await using var first = Db.Sqlite(once, TestClock.Instance, Backends.Uids());
        await using var second = Db.Sqlite(again, TestClock.Instance, Backends.Uids());

        Assert.Equal(await Rows(first), await Rows(second));

        static async Task<IReadOnlyList<string>> Rows(Db db)
        {
            await using var tx = await db.ReadEverywhere(Ct);
            return await tx.Many<string>(
                "SELECT id || uid || number || title || value_units || stage_id || added_at || COALESCE(person_id, 0) FROM deals WHERE workspace_id = 1 ORDER BY id", new { });
        }
    }

    [Fact]
    public async Task Filling_leaves_every_index_that_migrations_make()
    {
        await using var filled = Db.Sqlite(await Sqlite(new(1, 10)), TestClock.Instance, Backends.Uids());
        await using var empty = await Backends.Own(Backend.Sqlite);

        Assert.Equal(await Indexes(empty), await Indexes(filled));

        static async Task<IReadOnlyList<string>> Indexes(Db db)
        {
            await using var tx = await db.ReadEverywhere(Ct);
            return await tx.Many<string>(
                "SELECT name FROM sqlite_schema WHERE type IN ('index', 'trigger') AND sql IS NOT NULL ORDER BY name", new { });
        }
    }

    private static async Task<string> Sqlite(DataShape shape)
    {
        var file = Path.Combine(Leftovers.Folder(), "set.db");
        await DataHome.Make(file, shape, null, Ct);
        return file;
    }

    private static async Task<Db> Opened(Backend backend, string file)
    {
        if (backend is Backend.Sqlite) return Db.Sqlite(file, TestClock.Instance, Backends.Uids());
        var address = await Backends.NewPostgres();
        await DataHome.Copy(file, new NpgsqlConnectionStringBuilder(address) { Pooling = false }.ToString(), null, Ct);
        return Db.Postgres(address, TestClock.Instance, Backends.Uids());
    }
}
