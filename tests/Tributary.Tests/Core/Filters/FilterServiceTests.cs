using Tributary.Core.Filters;
using Tributary.Core.Kernel;
using Tributary.Core.Lists;
using Tributary.Tests.Support;

namespace Tributary.Tests.Core.Filters;

public sealed class FilterServiceTests
{
    private static readonly Condition Big =
        Condition.AllOf(Condition.Equal("status", "open"), Condition.Test("value", Operator.AtLeast, 1000.50m));

    [Theory, OnBothBackends]
    public async Task A_filter_reads_back_as_it_was_saved(Backend backend)
    {
        var some = await Some.Workspace(backend);
        var filters = new FilterService(some.Db);

        var saved = await filters.Create(some.Member,
            new() { Subject = "deal", Name = " Big ", Condition = Big, View = """{"columns": ["title"]}""" }, CancellationToken.None);

        var read = await filters.Get(some.Member, saved.Id, CancellationToken.None);
        Assert.Equal(("Big", Big, some.Member.UserId), (read.Name, read.Condition, read.OwnerId));
        Assert.Contains("columns", read.View, StringComparison.Ordinal);
    }

    [Theory, OnBothBackends]
    public async Task A_private_filter_is_its_owners_and_a_shared_one_everyones(Backend backend)
    {
        var some = await Some.Workspace(backend);
        var filters = new FilterService(some.Db);
        var mine = await filters.Create(some.Member, new() { Subject = "deal", Name = "Mine", Condition = Big }, CancellationToken.None);
        var ours = await filters.Create(some.Member, new() { Subject = "deal", Name = "Ours", Condition = Big, VisibleTo = 7 },
            CancellationToken.None);

        Assert.Equal([mine.Id, ours.Id], (await filters.List(some.Member, "deal", CancellationToken.None)).Select(filter => filter.Id));
        Assert.Equal([ours.Id], (await filters.List(some.Manager, "deal", CancellationToken.None)).Select(filter => filter.Id));
        Assert.Empty(await filters.List(some.Member, "person", CancellationToken.None));
        Assert.Equal(ProblemCode.NotFound,
            (await Assert.ThrowsAsync<ProblemException>(() => filters.Get(some.Manager, mine.Id, CancellationToken.None))).Problem.Code);
        Assert.Equal(ProblemCode.Forbidden,
            (await Assert.ThrowsAsync<ProblemException>(() =>
                filters.Delete(some.Manager, ours.Id, null, CancellationToken.None))).Problem.Code);
        Assert.Equal(ProblemCode.NotFound,
            (await Assert.ThrowsAsync<ProblemException>(() => filters.Get(some.Outsider, ours.Id, CancellationToken.None))).Problem.Code);
    }

    // ui.md §5.3: "Saved views: private, team, everyone; star as default."
    [Theory, OnBothBackends]
    public async Task Each_user_begins_the_lists_of_a_noun_with_one_filter_of_their_own_choice(Backend backend)
    {
        var some = await Some.Workspace(backend);
        var filters = new FilterService(some.Db);
        var one = await filters.Create(some.Member, new() { Subject = "deal", Name = "One", Condition = Big, VisibleTo = 7 },
            CancellationToken.None);
        var two = await filters.Create(some.Member, new() { Subject = "deal", Name = "Two", Condition = Big, VisibleTo = 7 },
            CancellationToken.None);

        await filters.MakeDefault(some.Member, one.Id, true, CancellationToken.None);
        await filters.MakeDefault(some.Manager, one.Id, true, CancellationToken.None);
        await filters.MakeDefault(some.Member, two.Id, true, CancellationToken.None);
        Assert.Equal([two.Id], await Defaults(some.Member));
        Assert.Equal([one.Id], await Defaults(some.Manager));
        Assert.True((await filters.Get(some.Manager, one.Id, CancellationToken.None)).IsDefault);

        await filters.MakeDefault(some.Member, two.Id, false, CancellationToken.None);
        await filters.Delete(some.Member, one.Id, null, CancellationToken.None);
        Assert.Empty(await Defaults(some.Member));
        Assert.Empty(await Defaults(some.Manager));

        async Task<IEnumerable<long>> Defaults(Caller caller) =>
            (await filters.List(caller, "deal", CancellationToken.None)).Where(filter => filter.IsDefault).Select(filter => filter.Id);
    }

    [Theory, OnBothBackends]
    public async Task A_filter_is_checked_when_it_is_saved(Backend backend)
    {
        var some = await Some.Workspace(backend);
        var filters = new FilterService(some.Db);

        async Task<string> Refused(NewFilter given) =>
            (await Assert.ThrowsAsync<ProblemException>(() =>
                filters.Create(some.Member, given, CancellationToken.None))).Problem.Fields[0].Field;

        Assert.Equal("nonsense", await Refused(new() { Subject = "deal", Name = "x", Condition = Condition.Equal("nonsense", 1) }));
        Assert.Equal("subject", await Refused(new() { Subject = "planet", Name = "x", Condition = Big }));
        Assert.Equal("name", await Refused(new() { Subject = "deal", Name = "", Condition = Big }));
        Assert.Equal("view", await Refused(new() { Subject = "deal", Name = "x", Condition = Big, View = """{"a": "\u0000"}""" }));
        Assert.Equal("visible_to", await Refused(new() { Subject = "deal", Name = "x", Condition = Big, VisibleTo = 2 }));
    }

    [Theory, OnBothBackends]
    public async Task Using_changing_and_deleting_a_filter(Backend backend)
    {
        var some = await Some.Workspace(backend);
        var filters = new FilterService(some.Db);
        var saved = await filters.Create(some.Member, new() { Subject = "deal", Name = "Big", Condition = Big, VisibleTo = 7 },
            CancellationToken.None);

        Assert.Equal(Big, await filters.Use(some.Manager, "deal", saved.Id, CancellationToken.None));
        await Assert.ThrowsAsync<ProblemException>(() => filters.Use(some.Manager, "person", saved.Id, CancellationToken.None));
        var changed = await filters.Update(some.Member, saved.Id, new() { Condition = Condition.Everything, ExpectedVersion = 1 },
            CancellationToken.None);
        await filters.Delete(some.Member, saved.Id, null, CancellationToken.None);

        Assert.Equal((Condition.Everything, 2L, TestClock.Start), (changed.Condition, changed.Version, changed.LastUsedAt));
        Assert.Empty(await filters.List(some.Member, null, CancellationToken.None));
    }
}
