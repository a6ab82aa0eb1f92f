using Tributary.Core.Deals;
using Tributary.Core.Kernel;
using Tributary.Core.Labels;
using Tributary.Core.Log;
using Tributary.Tests.Support;

namespace Tributary.Tests.Core.Labels;

public sealed class LabelServiceTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, OnBothBackends]
    public async Task Labels_are_kept_in_order_per_kind_of_record(Backend backend)
    {
        var some = await Some.Workspace(backend);
        var labels = new LabelService(some.Db);

        var hot = await labels.Create(some.Manager, new() { Subject = "deal", Name = "Hot", Color = "Red" }, Ct);
        var warm = await labels.Create(some.Manager, new() { Subject = "deal", Name = "Warm", Color = "#FFAA00", Position = 1 }, Ct);
        var person = await labels.Create(some.Manager, new() { Subject = "person", Name = "Hot", Id = 8_000_001 }, Ct);
        var reordered = await labels.Reorder(some.Manager, "deal", [hot.Id, warm.Id], Ct);

        Assert.Equal([("Hot", "red", 1L), ("Warm", "#ffaa00", 2L)], reordered.Select(label => (label.Name, label.Color, label.Position)));
        Assert.Equal((8_000_001, "gray", 1), (person.Id, person.Color, person.Position));
        Assert.Equal([person], await labels.List(some.Member, "person", Ct));
        Assert.Equal(reordered[0], await labels.Get(some.Member, hot.Uid, Ct));
    }

    [Theory]
    [InlineData("deal", "hót", "red", "name")]
    [InlineData("deal", "", "red", "name")]
    [InlineData("deal", "New", "#12345", "color")]
    [InlineData("deal", "New", "dark gray", "color")]
    [InlineData("filter", "New", "red", "subject")]
    public async Task A_label_that_cannot_be_is_refused_by_field(string subject, string name, string color, string field)
    {
        var some = await Some.Workspace(Backend.Sqlite);
        var labels = new LabelService(some.Db);
        await labels.Create(some.Admin, new() { Subject = "deal", Name = "Hot", Color = "red" }, Ct);

        var refusal =
            await Assert.ThrowsAsync<ProblemException>(() =>
                labels.Create(some.Admin, new() { Subject = subject, Name = name, Color = color }, Ct));

        Assert.Equal([field], refusal.Problem.Fields.Select(each => each.Field));
    }

    [Theory, OnBothBackends]
    public async Task A_deleted_label_leaves_the_deals_that_carried_it(Backend backend)
    {
        var some = await Some.Workspace(backend);
        var labels = new LabelService(some.Db);
        var hot = await labels.Create(some.Admin, new() { Subject = "deal", Name = "Hot" }, Ct);
        var old = await labels.Create(some.Admin, new() { Subject = "deal", Name = "Old" }, Ct);
        var deal = await new DealService(some.Db).Create(some.Admin, new() { Title = "D", LabelIds = (Seq<long>)[hot.Id, old.Id] }, Ct);

        await labels.Delete(some.Admin, hot.Id, null, Ct);
        var after = await new DealService(some.Db).Get(some.Admin, deal.Id, Ct);

        Assert.Equal(([old.Id], 2L), (after.LabelIds, after.Version));
        Assert.Equal([(old.Id, 1L)], (await labels.List(some.Admin, "deal", Ct)).Select(label => (label.Id, label.Position)));
        Assert.Equal("label_ids", Assert.Single((await History(some, "deal", deal.Id))[0].Changes).Field);
        Assert.Equal("deleted", (await History(some, "label", hot.Id))[0].Action);
        Assert.Equal(ProblemCode.NotFound, await Refused(() => labels.Get(some.Admin, hot.Id, Ct)));
    }

    [Theory, OnBothBackends]
    public async Task A_stale_writer_a_member_and_a_stranger_change_no_label(Backend backend)
    {
        var some = await Some.Workspace(backend);
        var labels = new LabelService(some.Db);
        var hot = await labels.Create(some.Admin, new() { Subject = "deal", Name = "Hot" }, Ct);
        await labels.Update(some.Admin, hot.Id, new() { Color = "blue", ExpectedVersion = 1 }, Ct);

        Assert.Equal(ProblemCode.Stale,
            await Refused(() => labels.Update(some.Admin, hot.Id, new() { Color = "red", ExpectedVersion = 1 }, Ct)));
        Assert.Equal(ProblemCode.Forbidden, await Refused(() => labels.Update(some.Member, hot.Id, new() { Color = "red" }, Ct)));
        Assert.Equal(ProblemCode.NotFound, await Refused(() => labels.Update(some.Outsider, hot.Id, new() { Color = "red" }, Ct)));
    }

    [Theory, OnBothBackends]
    public async Task Merged_tags_become_one_on_every_record(Backend backend)
    {
        var some = await Some.Workspace(backend);
        var (tags, deals) = (new TagService(some.Db), new DealService(some.Db));
        var both = await deals.Create(some.Admin, new() { Title = "D", Tags = (Seq<string>)["vip", "VIP!", "eu"] }, Ct);
        var one = await deals.Create(some.Admin, new() { Title = "D", Tags = (Seq<string>)["VIP!"] }, Ct);
        var (vip, bad, eu) = (both.TagIds[0], both.TagIds[1], both.TagIds[2]);

        await tags.Merge(some.Manager, bad, vip, Ct);
        await tags.Delete(some.Manager, eu, Ct);

        Assert.Equal([vip], (await deals.Get(some.Admin, both.Id, Ct)).TagIds);
        Assert.Equal([vip], (await deals.Get(some.Admin, one.Id, Ct)).TagIds);
        Assert.Equal(["vip"], (await tags.List(some.Member, Ct)).Select(tag => tag.Name));
        Assert.Equal("merged", (await History(some, "tag", bad))[0].Action);
        Assert.Equal(ProblemCode.Invalid, await Refused(() => tags.Merge(some.Manager, vip, vip, Ct)));
    }

    [Theory, OnBothBackends]
    public async Task A_tag_takes_a_new_name_unless_another_has_it(Backend backend)
    {
        var some = await Some.Workspace(backend);
        var tags = new TagService(some.Db);
        var vip = await tags.Create(some.Member, "vip", Ct);
        await tags.Create(some.Member, "eu", Ct);

        var renamed = await tags.Rename(some.Manager, vip.Id, " gold ", Ct);

        Assert.Equal((vip.Id, "gold"), (renamed.Id, renamed.Name));
        Assert.Equal(renamed, await tags.Create(some.Member, "gold", Ct));
        Assert.Equal(ProblemCode.Conflict, await Refused(() => tags.Rename(some.Manager, vip.Id, "eu", Ct)));
        Assert.Equal(ProblemCode.Forbidden, await Refused(() => tags.Rename(some.Member, vip.Id, "mine", Ct)));
        Assert.Equal(["updated", "created"], (await History(some, "tag", vip.Id)).Select(line => line.Action));
    }

    [Theory, OnBothBackends]
    public async Task Lost_reasons_have_an_order_and_a_category(Backend backend)
    {
        var some = await Some.Workspace(backend);
        var reasons = new LostReasonService(some.Db);
        var price = await reasons.Create(some.Manager, new() { Name = "Too expensive", Category = "price" }, Ct);
        var rival = await reasons.Create(some.Manager, new() { Name = "Chose a competitor", Position = 1 }, Ct);

        var changed = await reasons.Update(some.Manager, price.Id, new() { IsActive = false, Position = 1, ExpectedVersion = 2 }, Ct);
        await reasons.Delete(some.Manager, rival.Id, null, Ct);

        Assert.Equal([changed], await reasons.List(some.Member, Ct));
        Assert.Equal(("Too expensive", "price", 1L, false, 3L),
            (changed.Name, changed.Category, changed.Position, changed.IsActive, changed.Version));
        Assert.Equal(ProblemCode.Conflict, await Refused(() => reasons.Create(some.Manager, new() { Name = "too expensive" }, Ct)));
        Assert.Equal(["deleted", "updated", "created"], (await History(some, "lost_reason", rival.Id)).Select(line => line.Action));
    }

    private static async Task<IReadOnlyList<LogEvent>> History(SomeWorkspace some, string subject, long id)
    {
        await using var tx = await some.Db.Read(some.Id, Ct);
        return await EventStore.OfSubject(tx, subject, id, null, 50);
    }

    private static async Task<ProblemCode> Refused(Func<Task> verb) => (await Assert.ThrowsAsync<ProblemException>(verb)).Problem.Code;
}
