using Tributary.Core.Deals;
using Tributary.Core.Kernel;
using Tributary.Core.Storage;
using Tributary.Core.Users;
using Tributary.Tests.Support;

namespace Tributary.Tests.Core.Users;

/// <summary>"Show what X sees" (ui.md §5.8).</summary>
public sealed class SightServiceTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    // Scopes: 1 owner and followers, 3 owner's group, 5 group and those below, 7 everyone; admins see all.
    [Theory, OnBothBackends]
    public async Task Each_record_that_somebody_sees_has_its_reason_and_the_others_have_none(Backend backend)
    {
        var some = await Some.Workspace(backend);
        var groups = new GroupService(some.Db);
        var top = await groups.Create(some.Admin, "Top", null, Ct);
        var below = await groups.Create(some.Admin, "Below", top.Id, Ct);
        var boss = await Some.User(some.Db, some.Id, "Bo Boss", groupId: top.Id);
        var peer = await Some.User(some.Db, some.Id, "Pia Peer", groupId: below.Id);
        var seller = await Some.User(some.Db, some.Id, "Sue Seller", groupId: below.Id);
        var deals = new DealService(some.Db);
        var expected = new Dictionary<long, SightReason>
        {
            [(await Deal(seller, 1)).Id] = SightReason.Owner,
            [(await Deal(boss, 7)).Id] = SightReason.Everyone,
            [(await Deal(peer, 3)).Id] = SightReason.Group,
            [(await Deal(boss, 5)).Id] = SightReason.GroupBelow,
            [(await Deal(boss, 3)).Id] = SightReason.None,
            [(await Deal(peer, 1)).Id] = SightReason.None,
        };
        var followed = await Deal(boss, 1);
        await deals.Follow(some.Admin, followed.Id, seller.UserId!.Value, Ct);
        expected[followed.Id] = SightReason.Follower;
        var sight = new SightService(some.Db);

        var list = await sight.List(some.Admin, seller.UserId!.Value, "deal", 2, null, Ct);
        var rest = await sight.List(some.Admin, seller.UserId!.Value, "deal", 100, list.Page.NextCursor, Ct);
        var each = new Dictionary<long, SightReason>();
        foreach (var id in expected.Keys) each[id] = (await sight.Get(some.Admin, seller.UserId!.Value, "deal", id, Ct)).Why;

        Assert.Equal(expected, each);
        Assert.Equal((5, 7, 2), (list.Visible, list.All, list.Page.Items.Count));
        Assert.Equal(expected.Where(pair => pair.Value is not SightReason.None).OrderBy(pair => pair.Key),
            list.Page.Items.Concat(rest.Page.Items).Select(record => KeyValuePair.Create(record.Id, record.Why)));

        Task<Deal> Deal(Caller owner, int visibleTo) =>
            deals.Create(some.Admin,
                new() { Title = $"Shown to {visibleTo}", OwnerId = owner.UserId, VisibleTo = visibleTo, PipelineId = some.PipelineId }, Ct);
    }

    [Theory, OnBothBackends]
    public async Task Only_admins_look_and_that_they_did_stands_in_the_log(Backend backend)
    {
        var some = await Some.Workspace(backend);
        var sight = new SightService(some.Db);

        await Assert.ThrowsAsync<ProblemException>(() => sight.List(some.Manager, some.Member.UserId!.Value, "deal", 10, null, Ct));
        await sight.List(some.Admin, some.Member.UserId!.Value, "person", 10, null, Ct);
        await using var tx = await some.Db.Read(some.Id, Ct);
        var logged =
            await tx.Many("""
                SELECT actor_id, action, note
                FROM events
                WHERE workspace_id = @Workspace AND subject = 'user' AND action = 'previewed' AND subject_id = @id
                """, (ref row) => (row.Whole(), row.Text(), row.Text()), ("Workspace", tx.Workspace), ("id", some.Member.UserId));

        Assert.Equal([(some.Admin.UserId!.Value, "previewed", "person")], logged);
    }
}
