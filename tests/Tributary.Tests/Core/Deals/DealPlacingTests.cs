using Tributary.Core.Deals;
using Tributary.Core.Kernel;
using Tributary.Tests.Support;

namespace Tributary.Tests.Core.Deals;

public sealed class DealPlacingTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, OnBothBackends]
    public async Task A_deal_goes_before_after_or_to_a_place(Backend backend)
    {
        var some = await Some.Workspace(backend);
        var (a, b, c, d) = (await Deal(some, "a"), await Deal(some, "b"), await Deal(some, "c"), await Deal(some, "d"));

        await Drop(some, d, new() { BeforeId = b });
        var before = await Order(some, some.Stages[0]);
        await Drop(some, a, new() { AfterId = c });
        var after = await Order(some, some.Stages[0]);
        await Drop(some, c, new() { Place = 1 });
        var first = await Order(some, some.Stages[0]);
        await Drop(some, c, new() { Place = 3 });
        var third = await Order(some, some.Stages[0]);
        await Drop(some, b, new());
        var last = await Order(some, some.Stages[0]);

        Assert.Equal(["a d b c", "d b c a", "c d b a", "d b c a", "d c a b"], [before, after, first, third, last]);
    }

    [Theory, OnBothBackends]
    public async Task A_deal_dropped_in_another_stage_moves_there_between_the_two(Backend backend)
    {
        var some = await Some.Workspace(backend);
        var (a, b, moved) = (await Deal(some, "a", 1), await Deal(some, "b", 1), await Deal(some, "moved"));

        var after = await Drop(some, moved, new() { StageId = some.Stages[1], AfterId = a, Note = "They called back" });

        Assert.Equal("a moved b", await Order(some, some.Stages[1]));
        Assert.Equal((some.Stages[1], 2L, b > 0), (after.StageId, after.Version, true));
    }

    // Halving a gap of 1.0 in ten-thousandths ends after some thirteen drops; the stage is then numbered anew.
    [Theory, OnBothBackends]
    public async Task However_often_deals_go_to_the_same_gap_the_order_holds(Backend backend)
    {
        var some = await Some.Workspace(backend);
        var (a, b) = (await Deal(some, "a"), await Deal(some, "z"));
        var expected = new List<string>();
        for (var i = 0; i < 20; i++)
        {
            var title = $"n{i:00}";
            await Drop(some, await Deal(some, title, 1), new() { StageId = some.Stages[0], AfterId = a });
            expected.Insert(0, title);
        }

        Assert.Equal($"a {string.Join(' ', expected)} z", await Order(some, some.Stages[0]));
        Assert.Equal(1, (await new DealService(some.Db).Get(some.Admin, b, Ct)).Version);
    }

    [Theory, OnBothBackends]
    public async Task A_neighbour_must_be_an_open_deal_of_the_stage(Backend backend)
    {
        var some = await Some.Workspace(backend);
        var (a, elsewhere, closed) = (await Deal(some, "a"), await Deal(some, "b", 1), await Deal(some, "c"));
        await new DealService(some.Db).Update(some.Admin, closed, new() { Status = DealStatus.Won }, Ct);

        foreach (var neighbour in new[] { elsewhere, closed, a, 999_999_999 })
        {
            Assert.Equal(["before_id"], await Around.Refused(() => Drop(some, a, new() { BeforeId = neighbour })));
        }
        Assert.Equal(["before_id", "place"],
            await Around.Refused(() => Drop(some, a, new() { BeforeId = elsewhere, AfterId = elsewhere, Place = 0 })));
        Assert.Equal(["stage_id"], await Around.Refused(() => Drop(some, a, new() { StageId = 999_999_999 })));
    }

    [Theory, OnBothBackends]
    public async Task What_hangs_on_many_deals_costs_as_many_statements_as_on_one(Backend backend)
    {
        var some = await Some.Workspace(backend);
        var person = await Around.Person(some);
        var ids = new List<long>();
        for (var i = 0; i < 12; i++)
        {
            ids.Add((await new DealService(some.Db).Create(some.Admin, new() { Title = $"Deal {i}", PersonId = person }, Ct)).Id);
        }

        Assert.Equal(await Statements([ids[0]]), await Statements(ids));

        async Task<int> Statements(IReadOnlyCollection<long> deals)
        {
            await using var tx = await some.Db.Read(some.Id, Ct);
            var related = await DealService.Related(tx, some.Admin, deals, (DealParts)63);
            Assert.Equal(deals.Count, related.Contacts.Count);
            return tx.Statements;
        }
    }

    private static async Task<long> Deal(SomeWorkspace some, string title, int stage = 0) =>
        (await new DealService(some.Db).Create(some.Admin, new() { Title = title, StageId = some.Stages[stage] }, Ct)).Id;

    private static Task<Deal> Drop(SomeWorkspace some, long deal, DealDrop drop) =>
        new DealService(some.Db).Place(some.Admin, deal, drop, Ct);

    private static async Task<string> Order(SomeWorkspace some, long stage)
    {
        var page = await new DealService(some.Db).List(some.Admin, new()
        {
            Condition = Tributary.Core.Lists.Condition.AllOf(Tributary.Core.Lists.Condition.Equal("stage_id", stage),
                Tributary.Core.Lists.Condition.Equal("status", "open")),
            Sort = [new("position")],
        }, Ct);
        return string.Join(' ', page.Items.Select(deal => deal.Title));
    }
}
