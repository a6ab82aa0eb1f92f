using Tributary.Core.Deals;
using Tributary.Core.Lists;
using Tributary.Tests.Support;

namespace Tributary.Tests.Core.Lists;

public sealed class RelativeDayTests
{
    // A Friday.
    private static readonly DateOnly Today = new(2026, 11, 20);

    [Theory]
    [InlineData("today", "2026-11-20")]
    [InlineData("yesterday", "2026-11-19")]
    [InlineData("tomorrow", "2026-11-21")]
    [InlineData("today-2w", "2026-11-06")]
    [InlineData("today+3d", "2026-11-23")]
    [InlineData("today-6m", "2026-05-20")]
    [InlineData("this_month:first", "2026-11-01")]
    [InlineData("last_week:last", "2026-11-15")]
    [InlineData("next_quarter:first", "2027-01-01")]
    public void A_day_is_named_from_today(string text, string day) =>
    Assert.Equal(DateOnly.Parse(day, System.Globalization.CultureInfo.InvariantCulture), RelativeDay.Find(text, Today));

    [Theory]
    [InlineData("")]
    [InlineData("someday")]
    [InlineData("today+")]
    [InlineData("today+3y")]
    [InlineData("today-99999d")]
    [InlineData("this_decade:first")]
    [InlineData("this_month:middle")]
    public void Anything_else_names_no_day(string text) => Assert.Null(RelativeDay.Find(text, Today));

    [Theory, OnBothBackends]
    public async Task Deals_are_found_by_stages_they_have_been_in_and_by_their_owners_group(Backend backend)
    {
        var some = await Some.Workspace(backend);
        var deals = new DealService(some.Db);
        var moved = await deals.Create(some.Admin, new() { Title = "moved", StageId = some.Stages[0] }, default);
        await deals.Update(some.Admin, moved.Id, new() { StageId = some.Stages[1] }, default);
        await deals.Create(some.Admin, new() { Title = "stays", StageId = some.Stages[1] }, default);

        Assert.Equal(["moved"], await Found(Condition.Test("been_in_stage", Operator.Has, some.Stages[0])));
        Assert.Equal(["moved", "stays"], await Found(Condition.Test("been_in_stage", Operator.Has, some.Stages[1])));
        Assert.Empty(await Found(Condition.Equal("owner_group_id", 999_999_999)));

        async Task<IEnumerable<string>> Found(Condition condition) =>
            (await deals.List(some.Admin, new() { Condition = condition, Sort = [new("title")] }, default)).Items.Select(
                deal => deal.Title);
    }
}
