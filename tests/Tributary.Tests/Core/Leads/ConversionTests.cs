using Tributary.Core.Deals;
using Tributary.Core.Jobs;
using Tributary.Core.Kernel;
using Tributary.Core.Leads;
using Tributary.Core.Storage;
using Tributary.Tests.Support;

namespace Tributary.Tests.Core.Leads;

/// <summary>
/// Source: Pipedrive, "Convert a deal to a lead", "Convert a lead to a deal" and their status, openapi of 2026-08-18; what they leave open
/// is decided here.
/// </summary>
public sealed class ConversionTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, OnBothBackends]
    public async Task A_deal_becomes_a_lead_that_has_its_notes_files_mail_and_activities(Backend backend)
    {
        var (some, person) = await LeadServiceTests.WithPerson(backend);
        var (deals, conversions) = (new DealService(some.Db), new ConversionService(some.Db));
        var deal =
            await deals.Create(some.Admin,
                new()
                {
                    Title = "Deal",
                    Value = 12.5m,
                    Currency = "USD",
                    PersonId = person,
                    VisibleTo = 3,
                    ExpectedClose = new DateOnly(2026, 12, 24)
                }, Ct);
        await HangOn(some, "deal", deal.Id);

        var asked = await conversions.ToLead(some.Admin, deal.Id, Ct);
        var waiting = await conversions.OfDeal(some.Admin, deal.Id, asked.Uid, Ct);
        Assert.True(await new JobService(some.Db).Step(some.Id, Ct));
        var ended = await conversions.OfDeal(some.Admin, deal.Id, asked.Uid, Ct);

        Assert.Equal((JobState.Waiting, null), (waiting.State, waiting.LeadUid));
        Assert.Equal(JobState.Completed, ended.State);
        var lead = await new LeadService(some.Db).Get(some.Admin, ended.LeadUid!.Value, Ct);
        Assert.Equal(("Deal", 12.5m, "USD", person, 3, deal.Id),
            (lead.Title, lead.Value, lead.Currency, lead.PersonId, lead.VisibleTo, lead.SourceDealId));
        var gone = await deals.Get(some.Admin, deal.Id, Ct);
        Assert.True(gone.IsDeleted);
        Assert.Equal((0, 0, 0, 0), (gone.Facts.Notes, gone.Facts.Files, gone.Facts.MailMessages, gone.Facts.Activities));
        Assert.Equal([1, 1, 1, 1], await Hanging(some, "lead", lead.Id));
    }

    [Theory, OnBothBackends]
    public async Task A_lead_becomes_a_deal_in_the_stage_asked_for(Backend backend)
    {
        var (some, person) = await LeadServiceTests.WithPerson(backend);
        var (leads, conversions) = (new LeadService(some.Db), new ConversionService(some.Db));
        var lead = await leads.Create(some.Admin, new() { Title = "Lead", Value = 5, Currency = "EUR", PersonId = person }, Ct);
        await HangOn(some, "lead", lead.Id);

        var asked = await conversions.ToDeal(some.Admin, lead.Uid, some.Stages[1], pipelineId: null, Ct);
        await new JobService(some.Db).Step(some.Id, Ct);
        var ended = await conversions.OfLead(some.Admin, lead.Uid, asked.Uid, Ct);

        var deal = await new DealService(some.Db).Get(some.Admin, ended.DealId!.Value, Ct);
        Assert.Equal(("Lead", 5m, some.Stages[1], lead.Uid), (deal.Title, deal.Value, deal.StageId, deal.SourceLeadId));
        Assert.Equal((1, 1, 1, 1), (deal.Facts.Notes, deal.Facts.Files, deal.Facts.MailMessages, deal.Facts.Activities));
        Assert.True((await leads.Get(some.Admin, lead.Id, Ct)).IsDeleted);
        Assert.Equal([0, 0, 0, 0], await Hanging(some, "lead", lead.Id));
    }

    [Theory, OnBothBackends]
    public async Task Asking_twice_is_one_conversion_and_afterwards_there_is_nothing_to_convert(Backend backend)
    {
        var (some, person) = await LeadServiceTests.WithPerson(backend);
        var conversions = new ConversionService(some.Db);
        var deal = await new DealService(some.Db).Create(some.Admin, new() { Title = "Deal", PersonId = person }, Ct);

        var first = await conversions.ToLead(some.Admin, deal.Id, Ct);
        var second = await conversions.ToLead(some.Admin, deal.Id, Ct);
        await new JobService(some.Db).Step(some.Id, Ct);
        var third = await Assert.ThrowsAsync<ProblemException>(() => conversions.ToLead(some.Admin, deal.Id, Ct));

        Assert.Equal(first.Uid, second.Uid);
        Assert.False(await new JobService(some.Db).Step(some.Id, Ct));
        Assert.Equal(ProblemCode.NotFound, third.Problem.Code);
    }

    [Theory, OnBothBackends]
    public async Task A_closed_deal_and_one_that_names_nobody_are_rejected_and_stay(Backend backend)
    {
        var (some, person) = await LeadServiceTests.WithPerson(backend);
        var (deals, conversions) = (new DealService(some.Db), new ConversionService(some.Db));
        var won = await deals.Create(some.Admin, new() { Title = "Won", PersonId = person, Status = DealStatus.Won }, Ct);
        var bare = await deals.Create(some.Admin, new() { Title = "Bare" }, Ct);

        foreach (var deal in new[] { won, bare })
        {
            var asked = await conversions.ToLead(some.Admin, deal.Id, Ct);
            await new JobService(some.Db).Step(some.Id, Ct);
            var ended = await conversions.OfDeal(some.Admin, deal.Id, asked.Uid, Ct);

            Assert.Equal((JobState.Rejected, null), (ended.State, ended.LeadUid));
            Assert.NotNull(ended.Error);
            Assert.False((await deals.Get(some.Admin, deal.Id, Ct)).IsDeleted);
        }
    }

    [Theory, OnBothBackends]
    public async Task A_conversion_is_asked_for_and_seen_in_its_own_workspace_and_under_its_own_record(Backend backend)
    {
        var (some, person) = await LeadServiceTests.WithPerson(backend);
        var (deals, conversions) = (new DealService(some.Db), new ConversionService(some.Db));
        var deal = await deals.Create(some.Admin, new() { Title = "Deal", PersonId = person }, Ct);
        var other = await deals.Create(some.Admin, new() { Title = "Other", PersonId = person }, Ct);
        var asked = await conversions.ToLead(some.Admin, deal.Id, Ct);

        await Assert.ThrowsAsync<ProblemException>(() => conversions.ToLead(some.Outsider, deal.Id, Ct));
        await Assert.ThrowsAsync<ProblemException>(() => conversions.OfDeal(some.Outsider, deal.Id, asked.Uid, Ct));
        var wrong = await Assert.ThrowsAsync<ProblemException>(() => conversions.OfDeal(some.Admin, other.Id, asked.Uid, Ct));

        Assert.Equal(ProblemCode.NotFound, wrong.Problem.Code);
    }

    private static async Task HangOn(SomeWorkspace some, string noun, long id)
    {
        await using var tx = await some.Db.Write(some.Id, Ct);
        var values = new { tx.Workspace, id, own = await tx.NextId("note_ids"), uid = tx.NextUid(), tx.Now, no = false, list = "[]" };
        await tx.Run($"""
            INSERT INTO activities (workspace_id, id, uid, type, subject, {noun}_id, busy, status, done, participants, attendees, added_at,
                updated_at, version)
            VALUES (@Workspace, @own, @uid, 'call', 'Call', @id, @no, 'open', @no, {tx.Sql.Json("list")}, {tx.Sql.Json("list")}, @Now, @Now,
                1)
            """, values);
        await tx.Run($"""
            INSERT INTO notes (workspace_id, id, uid, content, {noun}_id, pinned_to_deal, pinned_to_lead, pinned_to_person, pinned_to_org,
                added_at, updated_at, version)
            VALUES (@Workspace, @own, @uid, 'Note', @id, @no, @no, @no, @no, @Now, @Now, 1)
            """, values);
        await tx.Run($"""
            INSERT INTO files (workspace_id, id, uid, name, content_type, size_bytes, storage_key, {noun}_id, added_at, updated_at, version)
            VALUES (@Workspace, @own, @uid, 'a.txt', 'text/plain', 1, 'local/a', @id, @Now, @Now, 1)
            """, values);
        await tx.Run($"""
            INSERT INTO mail_messages (workspace_id, id, uid, thread_id, direction, subject, snippet, parties, {noun}_id, is_read, is_draft,
                has_attachments, message_at, added_at, updated_at, version)
            VALUES (@Workspace, @own, @uid, 1, 'incoming', 'Hello', '', {tx.Sql.Json("list")}, @id, @no, @no, @no, @Now, @Now, @Now, 1)
            """, values);
        await tx.Commit();
        if (noun != "deal") return;

        await using var touch = await some.Db.Write(some.Id, Ct);
        await DealSaving.Touch(touch, id);
        await touch.Commit();
    }

    private static async Task<IReadOnlyList<long>> Hanging(SomeWorkspace some, string noun, long id)
    {
        await using var tx = await some.Db.Read(some.Id, Ct);
        var counts = new List<long>();
        foreach (var table in new[] { "activities", "notes", "files", "mail_messages" }) counts.Add(await Count(tx, table));
        return counts;

        Task<long> Count(Tx at, string table) =>
            at.One<long>($"SELECT COUNT(*) FROM {table} WHERE workspace_id = @Workspace AND {noun}_id = @id", new { at.Workspace, id });
    }
}
