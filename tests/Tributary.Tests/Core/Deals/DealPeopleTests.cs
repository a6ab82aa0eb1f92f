using Tributary.Core.Deals;
using Tributary.Core.Kernel;
using Tributary.Core.Users;
using Tributary.Tests.Support;

namespace Tributary.Tests.Core.Deals;

public sealed class DealPeopleTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, OnBothBackends]
    public async Task The_owner_follows_and_a_new_owner_follows_too(Backend backend) // P 9.4: followers_count 1 on new deals
    {
        var some = await Some.Workspace(backend);
        var deal = await some.Deal();

        var changed = await some.Deals().Update(some.Admin, deal.Id, new() { OwnerId = some.Member.UserId }, Ct);

        var followers = (await some.Deals().Followers(some.Admin, deal.Id, Ct)).Select(follower => follower.UserId);
        Assert.Equal([some.Admin.UserId!.Value, some.Member.UserId!.Value], followers.Order());
        Assert.Equal((2, changed), (changed.FollowersCount, await some.Deals().Get(some.Admin, deal.Id, Ct)));
    }

    [Theory, OnBothBackends]
    public async Task Following_is_one_line_of_the_log_and_leaves_the_version(Backend backend)
    {
        var some = await Some.Workspace(backend);
        var deal = await some.Deal();
        var user = some.Member.UserId!.Value;

        await some.Deals().Follow(some.Admin, deal.Id, user, Ct);
        await some.Deals().Follow(some.Admin, deal.Id, user, Ct);
        await some.Deals().Unfollow(some.Admin, deal.Id, user, Ct);

        Assert.Equal(3, (await some.Log(deal.Id)).Count);
        var after = await some.Deals().Get(some.Admin, deal.Id, Ct);
        Assert.Equal((1L, 1), (after.Version, after.FollowersCount));
        Assert.Equal(ProblemCode.NotFound, await SomeDeals.Code(() => some.Deals().Unfollow(some.Admin, deal.Id, user, Ct)));
        Assert.Equal(ProblemCode.Invalid, await SomeDeals.Code(() => some.Deals().Follow(some.Admin, deal.Id, 999_999_999, Ct)));
        var changes = (await some.Deals().FollowersChangelog(some.Admin, deal.Id, null, 10, Ct)).Items;
        Assert.Equal([(false, user), (true, user), (true, some.Admin.UserId!.Value)],
            changes.Select(change => (change.Added, change.SubjectId)));
    }

    [Theory, OnBothBackends]
    public async Task Contacts_have_roles_and_the_primary_person_is_first(Backend backend) // A: "roles …; primary contact listed first"
    {
        var some = await Some.Workspace(backend);
        var (first, primary) = (await some.Person(), await some.Person("Prim Ary"));
        var deal = await some.Deal();

        await some.Deals().AddContact(some.Admin, deal.Id, first, "champion", Ct);
        await some.Deals().Update(some.Admin, deal.Id, new() { PersonId = primary }, Ct);
        var changed = await some.Deals().SetRole(some.Admin, deal.Id, first, "blocker", Ct);

        var contacts = await some.Deals().Contacts(some.Admin, deal.Id, Ct);
        Assert.Equal([(primary, null), (first, "blocker")], contacts.Select(contact => (contact.PersonId, contact.Role)));
        Assert.Equal("blocker", changed.Role);
        Assert.Equal(contacts, (await some.Deals().Contacts(some.Admin, [deal.Id], Ct))[deal.Id]);
        Assert.Equal(["role"],
            (await SomeDeals.Refused(() => some.Deals().SetRole(some.Admin, deal.Id, first, "boss", Ct))).Fields.Select(
                field => field.Field));
        Assert.Equal(ProblemCode.Invalid, await SomeDeals.Code(() => some.Deals().AddContact(some.Admin, deal.Id, 999_999_999, null, Ct)));
    }

    [Theory, OnBothBackends]
    public async Task The_persons_place_is_taken_over_unless_they_play_a_part(Backend backend)
    {
        var some = await Some.Workspace(backend);
        var (plain, champion, last) = (await some.Person(), await some.Person(), await some.Person());
        var deal = await some.Deal(new() { PersonId = plain });

        await some.Deals().Update(some.Admin, deal.Id, new() { PersonId = champion }, Ct);
        await some.Deals().SetRole(some.Admin, deal.Id, champion, "champion", Ct);
        var after = await some.Deals().Update(some.Admin, deal.Id, new() { PersonId = last }, Ct);

        Assert.Equal([last, champion], (await some.Deals().Contacts(some.Admin, deal.Id, Ct)).Select(contact => contact.PersonId));
        Assert.Equal(2, after.ParticipantsCount);
    }

    [Theory, OnBothBackends]
    public async Task Removing_the_deals_own_person_leaves_it_without_one(Backend backend)
    {
        var some = await Some.Workspace(backend);
        var deal = await some.Deal(new() { PersonId = await some.Person() });
        var row = (await some.Deals().Contacts(some.Admin, deal.Id, Ct)).Single();

        await some.Deals().RemoveContactRow(some.Admin, deal.Id, row.Id, Ct);

        var after = await some.Deals().Get(some.Admin, deal.Id, Ct);
        Assert.Equal((null, 0, 2L), (after.PersonId, after.ParticipantsCount, after.Version));
        Assert.Equal(2, (await some.Log(deal.Id)).Count);
        Assert.Equal(ProblemCode.NotFound, await SomeDeals.Code(() => some.Deals().RemoveContact(some.Admin, deal.Id, row.PersonId, Ct)));
    }

    [Theory, OnBothBackends]
    public async Task Nobody_joins_an_archived_or_deleted_deal(Backend backend)
    {
        var some = await Some.Workspace(backend);
        var (archived, deleted) = (await some.Deal(new() { Archived = true }), await some.Deal(new() { Deleted = true }));
        var user = some.Member.UserId!.Value;

        Assert.Equal(ProblemCode.Conflict, await SomeDeals.Code(() => some.Deals().Follow(some.Admin, archived.Id, user, Ct)));
        Assert.Equal(ProblemCode.NotFound, await SomeDeals.Code(() => some.Deals().Follow(some.Admin, deleted.Id, user, Ct)));
        Assert.Single(await some.Deals().Followers(some.Admin, archived.Id, Ct));
    }

    [Theory, OnBothBackends]
    public async Task Visibility_decides_who_sees_a_deal(
        Backend backend) // P 8.7: 1 owner and followers, 3 group, 5 group and below, 7 everyone
    {
        var some = await Some.Workspace(backend);
        var groups = new GroupService(some.Db);
        var top = await groups.Create(some.Admin, "Top", null, Ct);
        var below = await groups.Create(some.Admin, "Below", top.Id, Ct);
        var owner = await Some.User(some.Db, some.Id, "Olga Owner", groupId: top.Id);
        var peer = await Some.User(some.Db, some.Id, "Peer Same", groupId: top.Id);
        var lower = await Some.User(some.Db, some.Id, "Lou Lower", groupId: below.Id);
        var follower = await Some.User(some.Db, some.Id, "Fay Follower");
        var stranger = some.Member;

        foreach (var (visibleTo, expected) in new[] { (1, (Caller[])[some.Admin, owner, follower]),
            (3, [some.Admin, owner, follower, peer]), (5, [some.Admin, owner, follower, peer, lower]),
            (7, [some.Admin, owner, follower, peer, lower, stranger]) })
        {
            var deal = await some.Deal(new() { OwnerId = owner.UserId, VisibleTo = visibleTo });
            await some.Deals().Follow(some.Admin, deal.Id, follower.UserId!.Value, Ct);

            var seeing = new List<Caller>();
            foreach (var caller in (Caller[])[some.Admin, owner, follower, peer, lower, stranger])
            {
                if ((await some.Deals().FindMany(caller, [deal.Id], Ct)).Count == 1) seeing.Add(caller);
                else Assert.Equal(ProblemCode.NotFound, await SomeDeals.Code(() => some.Deals().Get(caller, deal.Id, Ct)));
            }

            Assert.Equal(expected, seeing);
            var permitted = await some.Deals().PermittedUsers(some.Admin, deal.Id, Ct);
            Assert.Equal(expected.Select(caller => caller.UserId!.Value).Order(), permitted.Where(id => id != some.Manager.UserId));
        }
    }

    [Theory, OnBothBackends]
    public async Task An_app_sees_its_own_deals_and_those_of_no_app(Backend backend) // design §1: cPod's apps
    {
        var some = await Some.Workspace(backend);
        var (one, two) = (some.Admin with { AppId = 1 }, some.Admin with { AppId = 2 });
        var (ofOne, ofNone) = (await some.Deal(caller: one), await some.Deal());

        Assert.Equal((1L, null), (ofOne.AppId, ofNone.AppId));
        Assert.Equal([ofOne.Id, ofNone.Id], (await some.Deals().FindMany(one, [ofOne.Id, ofNone.Id], Ct)).Select(deal => deal.Id));
        Assert.Equal([ofNone.Id], (await some.Deals().FindMany(two, [ofOne.Id, ofNone.Id], Ct)).Select(deal => deal.Id));
        Assert.Equal(ofOne, await some.Deals().Get(some.Admin, ofOne.Id, Ct));
    }

    [Theory, OnBothBackends]
    public async Task A_patch_replaces_all_contacts_in_one_write(Backend backend) // C: "json arrays … PATCH replaces", version +1 per write
    {
        var some = await Some.Workspace(backend);
        var (ann, ben, cleo) = (await some.Person("Ann"), await some.Person("Ben"), await some.Person("Cleo"));
        var deal = await some.Deal(new() { PersonId = ann, ContactIds = (Seq<long>)[ben] });
        await some.Deals().SetRole(some.Admin, deal.Id, ben, "champion", Ct);

        var changed = await some.Deals().Update(some.Admin, deal.Id, new() { ContactIds = (Seq<long>)[cleo, ben] }, Ct);
        var same = await some.Deals().Update(some.Admin, deal.Id, new() { ContactIds = (Seq<long>)[ben, cleo] }, Ct);
        var moved = await some.Deals().Update(some.Admin, deal.Id, new() { PersonId = cleo, ContactIds = (Seq<long>)[ben] }, Ct);

        Assert.Equal((2, 3), (deal.ParticipantsCount, changed.ParticipantsCount)); // the deal's own person stays
        Assert.Equal((1L, 2L, 2L, 3L), (deal.Version, changed.Version, same.Version, moved.Version));
        var contacts = await some.Deals().Contacts(some.Admin, deal.Id, Ct);
        Assert.Equal([(cleo, null), (ben, "champion")], contacts.Select(contact => (contact.PersonId, contact.Role)));
        Assert.Equal(2, moved.ParticipantsCount);
        Assert.Equal(4, (await some.Log(deal.Id)).Count); // created, role, two changes
    }

    [Theory, OnBothBackends]
    public async Task Contacts_that_are_not_there_are_refused_and_the_deal_as_it_was_knows_its_version(Backend backend)
    {
        var some = await Some.Workspace(backend);
        var deal = await some.Deal();
        TestClock.Instance.Advance(TimeSpan.FromHours(1));
        await some.Deals().Update(some.Admin, deal.Id, new() { ContactIds = (Seq<long>)[await some.Person()] }, Ct);

        var refused = await SomeDeals.Refused(() => some.Deals()
            .Update(some.Admin, deal.Id, new() { ContactIds = (Seq<long>)[999_999_999] }, Ct));
        var before = await some.Deals().AsOf(some.Admin, deal.Id, TestClock.Start, Ct);

        Assert.Equal(["contact_ids"], refused.Fields.Select(field => field.Field));
        Assert.Equal((1L, 0), (before.Version, before.ParticipantsCount));
    }
}
