using Tributary.Core.Activities;
using Tributary.Core.Kernel;
using Tributary.Core.Lists;
using Tributary.Core.Log;
using Tributary.Core.Totals;
using Tributary.Tests.Support;

namespace Tributary.Tests.Core.Activities;

public sealed class ActivityServiceTests
{
    private static readonly DateOnly Monday = new(2026, 11, 23);
    private static readonly DateOnly Friday = new(2026, 11, 27);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, OnBothBackends]
    public async Task What_is_written_is_what_is_read(Backend backend)
    {
        var some = await Some.Workspace(backend);
        var deal = await Around.Deal(some);
        var (pat, kim, org) = (await Around.Person(some), await Around.Person(some, "Kim"), await Around.Organization(some));
        var service = new ActivityService(some.Db);

        var created = await service.Create(some.Member, new()
        {
            Type = "meeting",
            Subject = "Demo at their place",
            Note = "<b>bring</b> the prototype",
            PublicDescription = "Product demo",
            DealId = deal.Id,
            OrgId = org,
            DueOn = Monday,
            DueTime = "09:30",
            DurationMinutes = 45,
            Busy = true,
            Priority = 2,
            Location = new ActivityLocation { Value = "Main St 1", Country = "Estonia", PostalCode = "10616" },
            Participants = (Seq<ActivityParticipant>)[new(kim, false), new(pat, true)],
            Attendees = (Seq<ActivityAttendee>)[new() { Email = "x@y.test", Name = "X", Status = "accepted", IsOrganizer = true }],
        }, Ct);

        Assert.Equal(created, await service.Get(some.Admin, created.Id, Ct));
        Assert.Equal(created, await service.Get(some.Admin, created.Uid, Ct));
        Assert.Equal([created], await service.FindMany(some.Admin, [created.Id, 999_999_999], Ct));
        Assert.Equal((pat, some.Member.UserId, some.Member.UserId, false),
            (created.PersonId, created.OwnerId, created.CreatorId, created.Done));
    }

    [Theory, OnBothBackends]
    public async Task A_deals_next_activity_is_its_earliest_open_one_and_the_totals_follow_it(Backend backend)
    {
        var some = await Some.Workspace(backend);
        var (deal, other) = (await Around.Deal(some), await Around.Deal(some, "Other"));
        var service = new ActivityService(some.Db);
        Assert.Equal(2, (await Around.Due(some))[TotalsRules.Never]);

        var late = await service.Create(some.Admin, new() { DealId = deal.Id, DueOn = Friday }, Ct);
        var early = await service.Create(some.Admin, new() { DealId = deal.Id, DueOn = Monday, DueTime = "10:00" }, Ct);
        Assert.Equal((early.Id, Monday, "10:00", 2, 0), Facts(await Around.Reload(some, deal)));
        Assert.Equal(new() { [TotalsRules.Never] = 1, [Monday] = 1 }, await Around.Due(some));

        await service.Update(some.Admin, early.Id, new() { Done = true }, Ct);
        Assert.Equal((late.Id, Friday, null, 2, 1), Facts(await Around.Reload(some, deal)));
        Assert.Equal(early.Id, (await Around.Reload(some, deal)).LastActivityId);

        await service.Update(some.Admin, late.Id, new() { DealId = other.Id }, Ct);
        Assert.Equal((null, null, null, 1, 1), Facts(await Around.Reload(some, deal)));
        Assert.Equal((late.Id, Friday, null, 1, 0), Facts(await Around.Reload(some, other)));
        Assert.Equal(new() { [TotalsRules.Never] = 1, [Friday] = 1 }, await Around.Due(some));

        await service.Delete(some.Admin, late.Id, Ct);
        Assert.Equal(new() { [TotalsRules.Never] = 2 }, await Around.Due(some));
        await service.Restore(some.Admin, late.Id, Ct);
        Assert.Equal(new() { [TotalsRules.Never] = 1, [Friday] = 1 }, await Around.Due(some));

        static (long?, DateOnly?, string?, int, int) Facts(Tributary.Core.Deals.Deal deal) =>
            (deal.NextActivityId, deal.NextActivityOn, deal.NextActivityTime, deal.ActivitiesCount, deal.DoneActivitiesCount);
    }

    [Theory, OnBothBackends]
    public async Task A_cancelled_activity_is_neither_done_nor_the_next_one(Backend backend)
    {
        var some = await Some.Workspace(backend);
        var deal = await Around.Deal(some);
        var service = new ActivityService(some.Db);
        var activity = await service.Create(some.Admin, new() { DealId = deal.Id, DueOn = Monday }, Ct);

        var cancelled = await service.Update(some.Admin, activity.Id, new() { Status = ActivityStatus.Cancelled }, Ct);

        Assert.False(cancelled.Done);
        Assert.Null((await Around.Reload(some, deal)).NextActivityId);
    }

    [Theory, OnBothBackends]
    public async Task Doing_something_around_a_deal_touches_it_without_raising_its_version(Backend backend)
    {
        var some = await Some.Workspace(backend);
        var deal = await Around.Deal(some);
        TestClock.Instance.Advance(TimeSpan.FromDays(3));

        await new ActivityService(some.Db).Create(some.Admin, new() { DealId = deal.Id }, Ct);

        var touched = await Around.Reload(some, deal);
        Assert.Equal((TestClock.Instance.GetUtcNow(), deal.Version), (touched.TouchedAt, touched.Version));
    }

    [Theory, OnBothBackends]
    public async Task Whoever_does_not_see_the_deal_sees_nothing_of_its_activities(Backend backend)
    {
        var some = await Some.Workspace(backend);
        var deal = await Around.Deal(some, visibleTo: 1);
        var service = new ActivityService(some.Db);
        var activity = await service.Create(some.Admin, new() { DealId = deal.Id }, Ct);

        await Around.IsNotFound(() => service.Get(some.Member, activity.Id, Ct));
        await Around.IsNotFound(() => service.Update(some.Member, activity.Id, new() { Done = true }, Ct));
        await Around.IsNotFound(() => service.Delete(some.Member, activity.Id, Ct));
        Assert.Empty(await service.FindMany(some.Member, [activity.Id], Ct));
        Assert.Equal(["deal_id"], await Around.Refused(() => service.Create(some.Member, new() { DealId = deal.Id }, Ct)));
        await Around.IsNotFound(() => service.Get(some.Outsider, activity.Id, Ct));
    }

    [Theory, OnBothBackends]
    public async Task Every_record_an_activity_names_must_be_there_and_all_that_are_not_are_named_at_once(Backend backend)
    {
        var some = await Some.Workspace(backend);

        var fields = await Around.Refused(() => new ActivityService(some.Db).Create(some.Admin, new()
        {
            Type = "seance",
            DealId = 999_999_991,
            LeadId = 999_999_992,
            PersonId = 999_999_993,
            OrgId = 999_999_994,
            OwnerId = 999_999_995,
            DueTime = "25:00",
            DurationMinutes = -1,
            Subject = new string('x', 256),
            Participants = (Seq<ActivityParticipant>)[new(999_999_996, false)],
        }, Ct));

        Assert.Equal(["deal_id", "due_time", "duration_minutes", "lead_id", "org_id", "owner_id", "participants", "person_id", "subject",
            "type"], fields.Distinct().Order());
    }

    [Theory, OnBothBackends]
    public async Task The_log_says_what_changed_and_hangs_it_on_the_deal(Backend backend)
    {
        var some = await Some.Workspace(backend);
        var deal = await Around.Deal(some);
        var service = new ActivityService(some.Db);
        var activity = await service.Create(some.Admin, new() { DealId = deal.Id }, Ct);

        await service.Update(some.Admin, activity.Id, new() { Subject = "Ring them" }, Ct);
        await service.Update(some.Admin, activity.Id, new() { Subject = "Ring them" }, Ct);
        await service.Delete(some.Admin, activity.Id, Ct);

        await using var tx = await some.Db.Read(some.Id, Ct);
        var lines = await EventStore.OfSubject(tx, "activity", activity.Id, null, 10);
        Assert.Equal(["deleted", "updated", "created"], lines.Select(line => line.Action));
        Assert.All(lines, line => Assert.Equal(deal.Id, line.DealId));
        Assert.Equal("Ring them", Assert.Single(lines[1].Changes).New!.Value.GetString());
    }

    [Theory, OnBothBackends]
    public async Task Nobody_overwrites_what_they_have_not_seen(Backend backend)
    {
        var some = await Some.Workspace(backend);
        var service = new ActivityService(some.Db);
        var activity = await service.Create(some.Admin, new(), Ct);
        await service.Update(some.Admin, activity.Id, new() { Subject = "First" }, Ct);

        var refusal =
            await Assert.ThrowsAsync<ProblemException>(() =>
                service.Update(some.Admin, activity.Id, new() { Subject = "Second", ExpectedVersion = 1 }, Ct));

        Assert.Equal(ProblemCode.Stale, refusal.Problem.Code);
    }

    [Theory, OnBothBackends]
    public async Task An_import_keeps_its_ids_and_they_are_not_given_out_again(Backend backend)
    {
        var some = await Some.Workspace(backend);
        var service = new ActivityService(some.Db);
        var next = (await service.Create(some.Admin, new(), Ct)).Id + 40;

        var imported = await service.Create(some.Admin,
            new() { Id = next, AddedAt = new DateTimeOffset(2020, 1, 2, 3, 4, 5, TimeSpan.Zero) }, Ct);
        var refusal = await Assert.ThrowsAsync<ProblemException>(() => service.Create(some.Admin, new() { Id = next }, Ct));

        Assert.Equal((next, 2020, 2020), (imported.Id, imported.AddedAt.Year, imported.UpdatedAt.Year));
        Assert.Equal(ProblemCode.Conflict, refusal.Problem.Code);
        Assert.True((await service.Create(some.Admin, new(), Ct)).Id > next);
    }

    [Theory, OnBothBackends]
    public async Task A_reader_writes_no_activities(Backend backend)
    {
        var some = await Some.Workspace(backend);
        var reader = some.Admin with { Scopes = ["read"] };

        var refusal = await Assert.ThrowsAsync<ProblemException>(() => new ActivityService(some.Db).Create(reader, new(), Ct));

        Assert.Equal(ProblemCode.Forbidden, refusal.Problem.Code);
    }

    [Theory, OnBothBackends]
    public async Task A_list_shows_what_matches_and_hangs_on_something_the_caller_sees(Backend backend)
    {
        var some = await Some.Workspace(backend);
        var (open, hidden) = (await Around.Deal(some), await Around.Deal(some, visibleTo: 1));
        var private1 = await Around.Person(some, visibleTo: 1, owner: some.Manager.UserId);
        var service = new ActivityService(some.Db);
        var late = await service.Create(some.Admin, new() { DealId = open.Id, DueOn = Friday, Type = "meeting" }, Ct);
        var early =
            await service.Create(some.Admin,
                new() { DealId = open.Id, PersonId = private1, DueOn = Monday, Status = ActivityStatus.InProgress }, Ct);
        var alone = await service.Create(some.Admin, new() { OwnerId = some.Member.UserId }, Ct);
        var secret = await service.Create(some.Admin, new() { DealId = hidden.Id, DueOn = Monday }, Ct);
        var personal = await service.Create(some.Admin, new() { PersonId = private1 }, Ct);
        var gone = await service.Delete(some.Admin, (await service.Create(some.Admin, new() { DealId = open.Id }, Ct)).Id, Ct);

        Assert.Equal([early.Id, late.Id, alone.Id], await Ids(some.Member, new()));
        Assert.Equal([early.Id, late.Id, alone.Id, personal.Id], await Ids(some.Manager, new()));
        Assert.Equal([early.Id, secret.Id, late.Id, alone.Id, personal.Id], await Ids(some.Admin, new()));
        Assert.Equal([gone.Id], await Ids(some.Member, new() { Scope = Scope.Deleted }));
        Assert.Equal([late.Id], await Ids(some.Member, new() { Condition = Condition.Equal("type", "meeting") }));
        Assert.Equal([early.Id],
            await Ids(some.Member,
                new()
                {
                    Condition = Condition.AllOf(Condition.Equal("deal_id", open.Id), Condition.Equal("status", "in_progress"),
                    Condition.Equal("done", false))
                }));
        Assert.Equal([early.Id], await Ids(some.Member, new() { Condition = Condition.Test("due_on", Operator.Between, Monday, Monday) }));

        async Task<IEnumerable<long>> Ids(Caller caller, ListQuery query) =>
            (await service.List(caller, query with { Sort = [new("due_on"), new("id")] }, Ct)).Items.Select(activity => activity.Id);
    }
}
