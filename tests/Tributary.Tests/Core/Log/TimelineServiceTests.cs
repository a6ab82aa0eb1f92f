using Tributary.Core.Activities;
using Tributary.Core.Deals;
using Tributary.Core.Kernel;
using Tributary.Core.Log;
using Tributary.Core.Mail;
using Tributary.Core.Notes;
using Tributary.Tests.Support;

namespace Tributary.Tests.Core.Log;

public sealed class TimelineServiceTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, OnBothBackends]
    public async Task A_deals_timeline_is_all_that_happened_around_it_newest_first(Backend backend)
    {
        // dialects/pipedrive.md §9.6: newest first, mixed kinds; a creation is a change of the time it was added.
        var some = await Some.Workspace(backend);
        var deal = await Around.Deal(some);
        await Later(() => new NoteService(some.Db).Create(some.Admin, new() { Content = "n", DealId = deal.Id }, Ct));
        await Later(() => new DealService(some.Db).Update(some.Admin, deal.Id, new() { Title = "Renamed", Value = 50 }, Ct));
        var call = await Later(() => new ActivityService(some.Db).Create(some.Admin, new() { DealId = deal.Id }, Ct));
        await Later(() => new MailService(some.Db).Create(some.Admin, new() { DealId = deal.Id, Subject = "m" }, Ct));
        await Later(() => new ActivityService(some.Db).Create(some.Admin, new() { DealId = deal.Id, Subject = "planned" }, Ct));
        await Later(() => new ActivityService(some.Db).Update(some.Admin, call.Id, new() { Done = true }, Ct));

        var page = await new TimelineService(some.Db).OfDeal(some.Admin, deal.Id, new(), Ct);

        Assert.Equal(
            [
                TimelineKind.Activity, TimelineKind.PlannedActivity, TimelineKind.Mail, TimelineKind.DealChange, TimelineKind.DealChange,
                TimelineKind.Note,
                TimelineKind.DealChange, TimelineKind.DealFollower,
            ],
            page.Items.Select(entry => entry.Kind));
        Assert.Equal(["title", "value"], page.Items.Skip(3).Take(2).Select(entry => entry.Change!.Field));
        Assert.Equal(("added_at", null), (page.Items[6].Change!.Field, page.Items[6].Change!.Old));
        Assert.Equal((call.Id, "planned", "m", "n"),
            (page.Items[0].Activity!.Id, page.Items[1].Activity!.Subject, page.Items[2].Mail!.Subject, page.Items[5].Note!.Content));
        Assert.False(page.HasMore);
    }

    [Theory, OnBothBackends]
    public async Task Changes_of_fields_that_are_not_wanted_and_mail_without_attachments_can_be_left_out(Backend backend)
    {
        var some = await Some.Workspace(backend);
        var deal = await Around.Deal(some);
        await Later(() => new DealService(some.Db)
            .Update(some.Admin, deal.Id, new() { Title = "Renamed", Priority = DealPriority.High }, Ct));
        await Later(() => new MailService(some.Db).Create(some.Admin, new() { DealId = deal.Id, Subject = "plain" }, Ct));
        await Later(() => new MailService(some.Db)
            .Create(some.Admin, new() { DealId = deal.Id, Subject = "with a file", HasAttachments = true }, Ct));
        var service = new TimelineService(some.Db);

        var changes = await service.OfDeal(some.Admin, deal.Id, new() { Kinds = [TimelineKind.DealChange], Without = ["priority"] }, Ct);
        var mail = await service.OfDeal(some.Admin, deal.Id, new() { Kinds = [TimelineKind.Mail], OnlyMailWithAttachments = true }, Ct);
        var log = await new DealService(some.Db).Changelog(some.Admin, deal.Id, ["priority"], null, 1, Ct);

        Assert.Equal(["title", "added_at"], changes.Items.Select(entry => entry.Change!.Field));
        Assert.Equal(["with a file"], mail.Items.Select(entry => entry.Mail!.Subject));
        Assert.Equal(["title"], log.Items.Select(change => change.Field));
    }

    [Theory, OnBothBackends]
    public async Task Its_pages_put_together_are_the_whole(Backend backend)
    {
        var some = await Some.Workspace(backend);
        var deal = await Around.Deal(some);
        for (var i = 0; i < 7; i++)
        {
            await Later(() => new NoteService(some.Db).Create(some.Admin, new() { Content = $"note {i}", DealId = deal.Id }, Ct));
            await Later(() => new DealService(some.Db).Update(some.Admin, deal.Id, new() { Title = $"Title {i}", Value = i }, Ct));
        }
        var service = new TimelineService(some.Db);

        var whole = await service.OfDeal(some.Admin, deal.Id, new(), Ct);
        var pages = new List<TimelineEntry>();
        for (var more = true; more;)
        {
            var page = await service.OfDeal(some.Admin, deal.Id, new() { Offset = pages.Count, Limit = 3 }, Ct);
            pages.AddRange(page.Items);
            more = page.HasMore;
        }

        Assert.Equal(23, whole.Items.Count); // 7 notes, 14 changes, the creation and its follower
        Assert.Equal(whole.Items.Select(Name), pages.Select(Name));
        Assert.Equal(7, (await service.OfDeal(some.Admin, deal.Id, new() { Kinds = [TimelineKind.Note] }, Ct)).Items.Count);

        static (TimelineKind, long, string?) Name(TimelineEntry entry) => (entry.Kind, entry.Id, entry.Change?.Field);
    }

    [Theory, OnBothBackends]
    public async Task A_long_page_costs_no_more_statements_than_a_short_one(Backend backend)
    {
        // Nobody else commits there: on SQLite that is what has the catalog asked for again.
        await using var own = await OwnDatabase.Open(backend);
        var some = await Some.Workspace(own.Db);
        var (quiet, busy) = (await Around.Deal(some), await Around.Deal(some));
        await new NoteService(some.Db).Create(some.Admin, new() { Content = "n", DealId = quiet.Id }, Ct);
        for (var i = 0; i < 20; i++) await new NoteService(some.Db).Create(some.Admin, new() { Content = "n", DealId = busy.Id }, Ct);

        await Statements(quiet.Id);
        Assert.Equal(await Statements(quiet.Id), await Statements(busy.Id));

        async Task<int> Statements(long dealId)
        {
            await using var tx = await some.Db.Read(some.Id, Ct);
            await TimelineService.OfDeal(tx, some.Admin, dealId, new());
            return tx.Statements;
        }
    }

    [Theory, OnBothBackends]
    public async Task A_persons_timeline_shows_their_deals_and_notes_as_far_as_the_caller_sees_them(Backend backend)
    {
        var some = await Some.Workspace(backend);
        var person = await Around.Person(some);
        var hidden = await new DealService(some.Db).Create(some.Admin, new() { Title = "Hidden", PersonId = person, VisibleTo = 1 }, Ct);
        var open = await new DealService(some.Db).Create(some.Admin, new() { Title = "Open", PersonId = person }, Ct);
        var note = await new NoteService(some.Db).Create(some.Admin, new() { Content = "n", PersonId = person }, Ct);
        await new NoteService(some.Db).Create(some.Admin, new() { Content = "secret", PersonId = person, DealId = hidden.Id }, Ct);

        var seen = (await new TimelineService(some.Db).OfPerson(some.Member, person, new(), Ct)).Items;

        Assert.Equal([(TimelineKind.Note, note.Id), (TimelineKind.Deal, open.Id)], seen.Select(entry => (entry.Kind, entry.Id)));
    }

    [Theory, OnBothBackends]
    public async Task Nobody_reads_the_timeline_of_a_deal_they_do_not_see(Backend backend)
    {
        var some = await Some.Workspace(backend);
        var deal = await Around.Deal(some, visibleTo: 1);
        var service = new TimelineService(some.Db);

        await Around.IsNotFound(() => service.OfDeal(some.Member, deal.Id, new(), Ct));
        await Around.IsNotFound(() => service.OfDeal(some.Outsider, deal.Id, new(), Ct));
        await Around.IsNotFound(() => service.OfOrganization(some.Admin, 999_999_999, new(), Ct));
        Assert.Equal(["limit", "offset"],
            await Around.Refused(() => service.OfDeal(some.Admin, deal.Id, new() { Limit = 0, Offset = -1 }, Ct)));
    }

    [Theory, OnBothBackends]
    public async Task What_a_credential_may_not_read_is_left_out(Backend backend)
    {
        var some = await Some.Workspace(backend);
        var deal = await Around.Deal(some);
        await new NoteService(some.Db).Create(some.Admin, new() { Content = "n", DealId = deal.Id }, Ct);

        var page = await new TimelineService(some.Db).OfDeal(some.Admin with { Scopes = ["deals:read"] }, deal.Id, new(), Ct);

        Assert.Equal([TimelineKind.DealChange, TimelineKind.DealFollower], page.Items.Select(entry => entry.Kind));
    }

    // Not async: what an async method does to the clock ends with it.
    private static Task<T> Later<T>(Func<Task<T>> act)
    {
        TestClock.Instance.Advance(TimeSpan.FromMinutes(1));
        return act();
    }
}
