using Tributary.Core.Deals;

namespace Tributary.Tests.Core.Deals;

// Sources are named by page: P = pipedrive.md, A = other-systems.md §2.4, S = §3.4, C = §4.7.
public sealed class DealStatusRulesTests
{
    private static readonly DateTimeOffset Later = DealDesk.Now.AddDays(2);

    [Fact]
    public void Winning_stamps_won_closed_and_first_won() // P 8.2
    {
        var won = DealDesk.Apply(DealDesk.Deal(), new() { Status = DealStatus.Won, WonReason = "Fit" }, Later);

        Assert.Equal((Later, Later, Later), (won.WonAt, won.ClosedAt, won.FirstWonAt));
        Assert.Equal(("Fit", null, null), (won.WonReason, won.LostAt, won.LostReason));
    }

    [Fact]
    public void Losing_stamps_lost_and_closed_and_keeps_the_reason() // P 8.2
    {
        var lost = DealDesk.Apply(DealDesk.Deal(), new() { Status = DealStatus.Lost, LostReason = "Price", LossCategory = "price" }, Later);

        Assert.Equal((Later, Later, "Price", "price"), (lost.LostAt, lost.ClosedAt, lost.LostReason, lost.LossCategory));
        Assert.Equal((null, null), (lost.WonAt, lost.FirstWonAt));
    }

    [Fact]
    public void Reopening_clears_times_and_reasons_and_keeps_the_first_win() // P 8.2, A, C
    {
        var won = DealDesk.Apply(DealDesk.Deal(), new() { Status = DealStatus.Won, WonReason = "Fit", ClosureNotes = "Signed" });

        var open = DealDesk.Apply(won, new() { Status = DealStatus.Open }, Later);

        Assert.Equal((null, null, null), (open.WonAt, open.LostAt, open.ClosedAt));
        Assert.Equal((null, won.FirstWonAt, "Signed"), (open.WonReason, open.FirstWonAt, open.ClosureNotes));
    }

    [Fact]
    public void Winning_again_keeps_the_first_win() // P 8.2
    {
        var first = DealDesk.Won();
        var reopened = DealDesk.Apply(first, new() { Status = DealStatus.Open });

        var again = DealDesk.Apply(reopened, new() { Status = DealStatus.Won }, Later);

        Assert.Equal((Later, first.WonAt), (again.WonAt, again.FirstWonAt));
    }

    [Fact]
    public void The_same_status_again_keeps_the_first_stamp() // S
    {
        var won = DealDesk.Won();

        Assert.Same(won, DealDesk.Apply(won, new() { Status = DealStatus.Won }, Later));
    }

    [Fact]
    public void From_lost_to_won_nothing_of_the_loss_remains() // S: won → lost_at null
    {
        var won = DealDesk.Apply(DealDesk.Lost(), new() { Status = DealStatus.Won }, Later);

        Assert.Equal((Later, Later, null, null), (won.WonAt, won.ClosedAt, won.LostAt, won.LostReason));
    }

    [Fact]
    public void From_won_to_lost_nothing_of_the_win_but_its_first_time_remains()
    {
        var won = DealDesk.Won();

        var lost = DealDesk.Apply(won, new() { Status = DealStatus.Lost }, Later);

        Assert.Equal((null, null, Later, Later, won.WonAt), (lost.WonAt, lost.WonReason, lost.LostAt, lost.ClosedAt, lost.FirstWonAt));
    }

    [Theory]
    [InlineData(true, false)] // won_time stands for close_time too
    [InlineData(false, true)] // and the other way round
    public void A_stated_time_wins_over_the_clock(bool wonTime, bool closeTime) // design §3; P A26
    {
        var then = DealDesk.Now.AddDays(-30);
        var patch = new DealPatch { Status = DealStatus.Won };
        if (wonTime) patch = patch with { WonAt = then };
        if (closeTime) patch = patch with { ClosedAt = then };

        var won = DealDesk.Create(patch);

        Assert.Equal((then, then, then), (won.WonAt, won.ClosedAt, won.FirstWonAt));
    }

    [Fact]
    public void A_lost_time_can_be_corrected_afterwards()
    {
        var then = DealDesk.Now.AddDays(-1);

        var lost = DealDesk.Apply(DealDesk.Lost(), new() { LostAt = then }, Later);

        Assert.Equal((then, then), (lost.LostAt, lost.ClosedAt));
    }

    [Theory]
    [InlineData(DealStatus.Won, "lost_at lost_reason")]
    [InlineData(DealStatus.Lost, "won_at won_reason")]
    public void What_belongs_to_one_outcome_is_refused_with_the_other(DealStatus status, string fields) // P 8.1
    {
        var patch = status is DealStatus.Won
            ? new DealPatch { Status = status, LostAt = Later, LostReason = "x" }
            : new DealPatch { Status = status, WonAt = Later, WonReason = "x" };

        Assert.Equal(fields.Split(' '), DealDesk.Refused(() => DealDesk.Apply(DealDesk.Deal(), patch)));
    }

    [Fact]
    public void Clearing_what_is_not_there_is_no_mistake()
    {
        var deal = DealDesk.Deal();

        Assert.Same(deal,
            DealDesk.Apply(deal, new() { LostReason = new(true, null), WonAt = new(true, null), ClosedAt = new(true, null) }));
    }

    [Fact]
    public void A_reason_can_be_added_to_a_lost_deal() =>
        Assert.Equal("Timing", DealDesk.Apply(DealDesk.Lost(), new() { LostReason = "Timing" }).LostReason);

    [Fact]
    public void Where_a_loss_must_be_explained_each_missing_part_is_named() // C: "422 naming each missing member"
    {
        var patch = new DealPatch { ClosingPolicy = ClosingPolicy.LossIsExplained, Status = DealStatus.Lost };

        Assert.Equal(["lost_reason", "loss_category"], DealDesk.Refused(() => DealDesk.Apply(DealDesk.Deal(), patch)));
        Assert.Equal(["loss_category"],
            DealDesk.Refused(() => DealDesk.Apply(DealDesk.Deal(), patch with { LostReason = "x", LossCategory = " " })));
        Assert.Equal(["lost_reason"],
            DealDesk.Refused(() => DealDesk.Apply(DealDesk.Lost(), patch with { LostReason = new(true, null), LossCategory = "price" })));
        Assert.Equal(DealStatus.Lost, DealDesk.Apply(DealDesk.Deal(), patch with { LostReason = "x", LossCategory = "price" }).Status);
    }
}
