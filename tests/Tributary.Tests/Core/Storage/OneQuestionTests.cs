using Npgsql;
using Tributary.Core.Catalog;
using Tributary.Core.Deals;
using Tributary.Core.Fields;
using Tributary.Core.Kernel;
using Tributary.Core.Storage;
using Tributary.Tests.Core.Deals;
using Tributary.Tests.Support;

namespace Tributary.Tests.Core.Storage;

/// <summary>A question that is a transaction by itself on PostgreSQL: it sees what it would see of one that was begun before it.</summary>
public sealed class OneQuestionTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, OnPostgres]
    public async Task It_opens_no_transaction_and_needs_none(Backend backend)
    {
        var address = $"{await Scratch.Address(backend)};Application Name=asks once";
        await using var db = Scratch.At(backend, address);
        await Migrator.Run(db, Ct);
        var (some, deal) = await SomeDeal(db);

        await using (db.ReadTogether(asksOnce: true)) await new DealService(db).Get(some.Admin, deal.Id, Ct);

        await using var asked = NpgsqlDataSource.Create(address.Replace("asks once", "asks about it", StringComparison.Ordinal));
        await using var command = asked.CreateCommand(
            "SELECT state FROM pg_stat_activity WHERE application_name = 'asks once' AND query LIKE 'SELECT asked.*, %'");
        Assert.Equal("idle", await command.ExecuteScalarAsync(Ct));
    }

    [Theory, OnBothBackends]
    public async Task It_sees_the_workspace_and_no_other(Backend backend)
    {
        await using var own = await OwnDatabase.Open(backend);
        var (ours, deal) = await SomeDeal(own.Db);
        var (theirs, other) = await SomeDeal(own.Db);

        Assert.Equal("One", (await Once(ours, deal.Id)).Title);
        var refusal = await Assert.ThrowsAsync<ProblemException>(() => Once(theirs, deal.Id));
        Assert.Equal(ProblemCode.NotFound, refusal.Problem.Code);
        Assert.Equal("One", (await Once(theirs, other.Id)).Title);
    }

    [Theory, OnBothBackends]
    public async Task What_another_server_has_just_changed_in_the_catalog_is_seen_with_it(Backend backend)
    {
        var address = await Scratch.Address(backend);
        await using var here = Scratch.At(backend, address);
        await Migrator.Run(here, Ct);
        await using var there = Scratch.At(backend, address);
        var (some, deal) = await SomeDeal(here);
        var field = await new FieldService(there).Create(some.Admin, new() { Subject = "deal", Name = "Size", Type = FieldType.Varchar }, Ct);

        await using var together = here.ReadTogether(asksOnce: true);
        var found = await new DealService(here).Get(some.Admin, deal.Id, Ct);
        var catalog = await new CatalogService(here).Latest(some.Admin, Ct);

        Assert.Equal(deal.Id, found.Id);
        Assert.Contains(catalog.Fields, one => one.Id == field.Id);
    }

    [Theory, OnBothBackends]
    public async Task What_is_asked_after_it_is_answered_too(Backend backend)
    {
        await using var own = await OwnDatabase.Open(backend);
        var (some, deal) = await SomeDeal(own.Db);
        await Once(some, deal.Id);

        await using var together = own.Db.ReadTogether(asksOnce: true);
        var deals = new DealService(own.Db);
        var (found, page, again) = (await deals.Get(some.Admin, deal.Id, Ct), await deals.List(some.Admin, new(), Ct),
            await deals.Get(some.Admin, deal.Uid, Ct));

        Assert.Equal((deal.Id, deal.Id, deal.Id), (found.Id, Assert.Single(page.Items).Id, again.Id));
    }

    private static async Task<(SomeWorkspace Some, Deal Deal)> SomeDeal(Db db)
    {
        var some = await Some.Workspace(db);
        return (some, await some.Deal(new() { Title = "One" }));
    }

    private static async Task<Deal> Once(SomeWorkspace some, long id)
    {
        await using var together = some.Db.ReadTogether(asksOnce: true);
        return await new DealService(some.Db).Get(some.Admin, id, Ct);
    }
}
