using Tributary.Core.Kernel;
using Tributary.Core.Log;
using Tributary.Core.Notes;
using Tributary.Tests.Support;

namespace Tributary.Tests.Core.Notes;

public sealed class NoteServiceTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, OnBothBackends]
    public async Task A_note_is_kept_as_it_was_given(Backend backend)
    {
        var some = await Some.Workspace(backend);
        var deal = await Around.Deal(some);
        var service = new NoteService(some.Db);
        const string content = "  <p onclick=\"alert(1)\">Hello <b>world</b></p>\n<script>stay()</script>";

        var note = await service.Create(some.Member, new() { Content = content, DealId = deal.Id, PinnedToDeal = true }, Ct);

        Assert.Equal((content, true, some.Member.UserId), (note.Content, note.PinnedToDeal, note.UserId));
        Assert.Equal(note, await service.Get(some.Admin, note.Id, Ct));
        Assert.Equal(note, await service.Get(some.Admin, note.Uid, Ct));
        Assert.Equal(1, (await Around.Reload(some, deal)).NotesCount);
    }

    [Theory, OnBothBackends]
    public async Task A_note_belongs_to_something_and_is_pinned_only_to_that(Backend backend)
    {
        var some = await Some.Workspace(backend);
        var deal = await Around.Deal(some);
        var service = new NoteService(some.Db);

        Assert.Equal(["deal_id"], await Around.Refused(() => service.Create(some.Admin, new() { Content = "x" }, Ct)));
        Assert.Equal(["pinned_to_person"],
            await Around.Refused(() => service.Create(some.Admin, new() { Content = "x", DealId = deal.Id, PinnedToPerson = true }, Ct)));
        Assert.Equal(["content"], await Around.Refused(() => service.Create(some.Admin, new() { Content = " ", DealId = deal.Id }, Ct)));

        var note =
            await service.Create(some.Admin,
                new() { Content = "x", DealId = deal.Id, PersonId = await Around.Person(some), PinnedToDeal = true }, Ct);
        Assert.False((await service.Update(some.Admin, note.Id, new() { DealId = null }, Ct)).PinnedToDeal);
    }

    [Theory, OnBothBackends]
    public async Task A_note_has_at_most_100_KB_counted_in_bytes(Backend backend)
    {
        var some = await Some.Workspace(backend);
        var deal = await Around.Deal(some);
        var service = new NoteService(some.Db);

        await service.Create(some.Admin, new() { Content = new string('x', NoteRules.MaxBytes), DealId = deal.Id }, Ct);

        Assert.Equal(["content"],
            await Around.Refused(() => service.Create(some.Admin,
                new() { Content = new string('€', NoteRules.MaxBytes / 2), DealId = deal.Id }, Ct)));
    }

    [Theory, OnBothBackends]
    public async Task A_notes_text_is_found_under_all_it_belongs_to_until_it_leaves(Backend backend)
    {
        var some = await Some.Workspace(backend);
        var (deal, other, person) = (await Around.Deal(some), await Around.Deal(some), await Around.Person(some));
        var service = new NoteService(some.Db);

        var note = await service.Create(some.Admin, new() { Content = "<b>Zebra</b>", DealId = deal.Id, PersonId = person }, Ct);
        Assert.Equal((1, 1), (await Around.SearchTexts(some, "deal", deal.Id), await Around.SearchTexts(some, "person", person)));

        await service.Update(some.Admin, note.Id, new() { DealId = other.Id }, Ct);
        Assert.Equal((0, 1), (await Around.SearchTexts(some, "deal", deal.Id), await Around.SearchTexts(some, "deal", other.Id)));
        Assert.Equal((0, 1), ((await Around.Reload(some, deal)).NotesCount, (await Around.Reload(some, other)).NotesCount));

        await service.Delete(some.Admin, note.Id, Ct);
        Assert.Equal((0, 0), (await Around.SearchTexts(some, "deal", other.Id), await Around.SearchTexts(some, "person", person)));

        await service.Restore(some.Admin, note.Id, Ct);
        Assert.Equal((1, 1), (await Around.SearchTexts(some, "deal", other.Id), await Around.SearchTexts(some, "person", person)));
    }

    [Theory, OnBothBackends]
    public async Task Whoever_does_not_see_the_deal_sees_nothing_of_its_notes(Backend backend)
    {
        var some = await Some.Workspace(backend);
        var deal = await Around.Deal(some, visibleTo: 1);
        var service = new NoteService(some.Db);
        var note = await service.Create(some.Admin, new() { Content = "secret", DealId = deal.Id, PersonId = await Around.Person(some) },
            Ct);

        await Around.IsNotFound(() => service.Get(some.Member, note.Id, Ct));
        await Around.IsNotFound(() => service.Update(some.Member, note.Id, new() { Content = "mine" }, Ct));
        await Around.IsNotFound(() => service.Get(some.Outsider, note.Id, Ct));
        Assert.Empty(await service.FindMany(some.Member, [note.Id], Ct));
    }

    [Theory, OnBothBackends]
    public async Task A_note_about_a_person_is_seen_by_whoever_sees_the_person(Backend backend)
    {
        var some = await Some.Workspace(backend);
        var (open, closed) = (await Around.Person(some), await Around.Person(some, visibleTo: 1, owner: some.Manager.UserId));
        var service = new NoteService(some.Db);
        var seen = await service.Create(some.Admin, new() { Content = "x", PersonId = open }, Ct);
        var hidden = await service.Create(some.Admin, new() { Content = "x", PersonId = closed }, Ct);

        Assert.Equal([seen], await service.FindMany(some.Member, [seen.Id, hidden.Id], Ct));
        Assert.Equal([seen, hidden], await service.FindMany(some.Manager, [seen.Id, hidden.Id], Ct));
    }

    [Theory, OnBothBackends]
    public async Task The_log_keeps_what_a_note_said(Backend backend)
    {
        var some = await Some.Workspace(backend);
        var deal = await Around.Deal(some);
        var service = new NoteService(some.Db);
        var note = await service.Create(some.Admin, new() { Content = "first", DealId = deal.Id }, Ct);

        await service.Update(some.Admin, note.Id, new() { Content = "second" }, Ct);

        await using var tx = await some.Db.Read(some.Id, Ct);
        var line = (await EventStore.OfSubject(tx, "note", note.Id, null, 10))[0];
        Assert.Equal(("updated", "first", "second"),
            (line.Action, line.Changes[0].Old!.Value.GetString(), line.Changes[0].New!.Value.GetString()));
    }

    [Fact]
    public void What_is_found_are_the_words_between_the_tags() =>
        Assert.Equal(" a < b  c <3 ", NoteSearch.Words("<p>a < b</p><br/>c <3<!-- x -->"));
}
