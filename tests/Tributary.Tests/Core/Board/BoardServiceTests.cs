using Tributary.Core.Board;
using Tributary.Core.Catalog;
using Tributary.Core.Deals;
using Tributary.Core.Kernel;
using Tributary.Core.Lists;
using Tributary.Core.Storage;
using Tributary.Tests.Core.Totals;
using Tributary.Tests.Support;

namespace Tributary.Tests.Core.Board;

public sealed class BoardServiceTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, OnBothBackends]
    public async Task A_column_has_the_counts_sums_and_activity_states_of_all_its_open_deals(Backend backend)
    {
        var some = await Some.Workspace(backend);
        var today = some.Db.Today();
        foreach (var offset in (int?[])[-2, 0, 3, null, null])
        {
            var deal = await some.Deal(new() { Value = 100m, StageId = some.Stages[1] });
            if (offset is { } days) await some.Due(deal.Id, today.AddDays(days));
        }
        await some.Deal(new() { Value = 7m, StageId = some.Stages[1], Status = DealStatus.Won });

        var kept = await Board(some, new() { Cards = 2 });
        var counted = await Board(some, new() { Cards = 2, Condition = Condition.Test("value", Operator.More, 0m) });

        foreach (var board in (PipelineBoard[])[kept, counted])
        {
            var column = board.Columns[1];
            Assert.Equal(some.Stages, [.. board.Columns.Select(each => each.Stage.Id)]);
            Assert.Equal((5L, 500m, 250m), (column.Totals.Deals, column.Totals.Value, column.Totals.Weighted));
            Assert.Equal(new(1, 1, 1, 2), column.Activities);
            Assert.Equal((2, true), (column.Cards.Count, column.NextCursor is not null));
            Assert.Equal(5, board.Totals.Deals);
        }
    }

    [Theory, OnBothBackends]
    public async Task Cards_come_by_urgency_overdue_today_nothing_planned_later_page_by_page(Backend backend)
    {
        var some = await Some.Workspace(backend);
        var today = some.Db.Today();
        var ids = new List<long>();
        foreach (var offset in (int?[])[5, null, 0, -1, -3, null, 9])
        {
            var deal = await some.Deal(new() { StageId = some.Stages[0] });
            if (offset is { } days) await some.Due(deal.Id, today.AddDays(days));
            ids.Add(deal.Id);
        }
        long[] expected = [ids[4], ids[3], ids[2], ids[5], ids[1], ids[0], ids[6]];

        for (var cards = 1; cards <= 8; cards++)
        {
            var seen = new List<long>();
            var page = (await Board(some, new() { Cards = cards })).Columns[0];
            seen.AddRange(page.Cards.Select(card => card.Id));
            for (var cursor = page.NextCursor; cursor is not null;)
            {
                var more = await new BoardService(some.Db).Column(some.Admin, some.Stages[0], new() { Cards = cards }, cursor, Ct);
                Assert.NotEmpty(more.Items);
                seen.AddRange(more.Items.Select(card => card.Id));
                cursor = more.NextCursor;
            }
            Assert.Equal(expected, seen);
        }
    }

    [Theory, OnBothBackends]
    public async Task Cards_can_be_ordered_otherwise_and_columns_folded(Backend backend)
    {
        var some = await Some.Workspace(backend);
        var small = await some.Deal(new() { Title = "Beta", Value = 1m });
        var large = await some.Deal(new() { Title = "Alpha", Value = 2m });

        async Task<IEnumerable<long>> Cards(BoardQuery query) => (await Board(some, query)).Columns[0].Cards.Select(card => card.Id);

        foreach (var order in (CardOrder[])[CardOrder.Value, CardOrder.Title, CardOrder.NextActivity])
        {
            Assert.Equal([large.Id, small.Id], await Cards(new() { Order = order }));
        }
        foreach (var order in (CardOrder[])[CardOrder.Position, CardOrder.StageAge])
        {
            Assert.Equal([small.Id, large.Id], await Cards(new() { Order = order }));
        }
        Assert.Empty(await Cards(new() { Collapsed = [some.Stages[0]] }));
        Assert.Empty(await Cards(new() { Cards = 0 }));
    }

    [Theory, OnBothBackends]
    public async Task Rotten_deals_are_counted_alike_from_totals_and_from_deals(Backend backend)
    {
        var some = await Some.Workspace(backend);
        await using (var tx = await some.Db.Write(some.Id, Ct))
        {
            await tx.Run("UPDATE stages SET rotten_days = 3 WHERE workspace_id = @Workspace AND id = @stage",
                new { tx.Workspace, stage = some.Stages[0] });
            await tx.CatalogHasChanged();
            await tx.Commit();
        }
        for (var n = 0; n < 6; n++)
        {
            TestClock.Instance.Set(TestClock.Start.AddDays(-n));
            await some.Deal(new() { StageId = some.Stages[n % 2] });
        }
        TestClock.Instance.Set(TestClock.Start);

        var kept = (await Board(some, new())).Columns[0];
        var counted = (await Board(some, new() { Condition = Condition.Test("id", Operator.More, 0m) })).Columns[0];

        Assert.Equal((1L, 1L), (kept.Rotten, counted.Rotten));
        Assert.Single(kept.Cards, card => RottenRules.RottenSince(card, kept.Stage, TestClock.Start) is not null);
    }

    [Theory, OnBothBackends]
    public async Task A_board_shows_and_counts_only_what_the_caller_sees(Backend backend)
    {
        var some = await Some.Workspace(backend);
        var mine = await some.Deal(new() { Value = 1m, VisibleTo = 1, OwnerId = some.Member.UserId });
        await some.Deal(new() { Value = 2m, VisibleTo = 1, OwnerId = some.Admin.UserId });

        var column = (await Board(some, new(), some.Member)).Columns[0];

        Assert.Equal((1L, 1m, 1L), (column.Totals.Deals, column.Totals.Value, column.Activities.None));
        Assert.Equal([mine.Id], column.Cards.Select(card => card.Id));
        Assert.Equal(ProblemCode.NotFound,
            (await Assert.ThrowsAsync<ProblemException>(() => Board(some, new(), some.Outsider))).Problem.Code);
    }

    [Theory, OnBothBackends]
    public async Task A_board_runs_as_many_statements_for_many_deals_as_for_few(Backend backend)
    {
        var some = await Some.Workspace(backend);
        async Task<int> Statements()
        {
            await using var tx = await some.Db.Read(some.Id, Ct);
            await BoardService.Board(tx, some.Admin, some.PipelineId, new() { Cards = 3, Order = CardOrder.Position });
            return tx.Statements;
        }

        for (var n = 0; n < 3; n++) await some.Deal(new() { StageId = some.Stages[n] });
        var few = await Statements();
        for (var n = 0; n < 15; n++) await some.Deal(new() { StageId = some.Stages[n % 3] });

        Assert.Equal(few, await Statements());
        Assert.InRange(few, 1, 3 + some.Stages.Count);
    }

    [Theory, OnBothBackends]
    public async Task A_cursor_that_is_none_and_too_many_cards_are_refused(Backend backend)
    {
        var some = await Some.Workspace(backend);
        var service = new BoardService(some.Db);

        foreach (var cursor in (string[])["", "x", "9.", "0.AAAA"])
        {
            Assert.Equal("cursor",
                (await Assert.ThrowsAsync<ProblemException>(() =>
                    service.Column(some.Admin, some.Stages[0], new(), cursor, Ct))).Problem.Fields.Single().Field);
        }
        Assert.Equal("cards",
            (await Assert.ThrowsAsync<ProblemException>(() => Board(some, new() { Cards = 101 }))).Problem.Fields.Single().Field);
    }

    private static Task<PipelineBoard> Board(SomeWorkspace some, BoardQuery query, Caller? caller = null) =>
        new BoardService(some.Db).Board(caller ?? some.Admin, some.PipelineId, query, CancellationToken.None);
}
