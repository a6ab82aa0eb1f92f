using Tributary.Core.Deals;
using Tributary.Core.Jobs;
using Tributary.Core.Kernel;
using Tributary.Core.Storage;
using Tributary.Tests.Core.Deals;
using Tributary.Tests.Support;

namespace Tributary.Tests.Core.Jobs;

public sealed class PurgeDeletedTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, OnBothBackends]
    public async Task What_was_deleted_more_than_thirty_days_ago_goes_in_every_workspace(Backend backend) // design §3
    {
        await using var own = await OwnDatabase.Open(backend);
        var (one, two) = (await Some.Workspace(own.Db), await Some.Workspace(own.Db));
        var (old, recent, living) = (await one.Deal(), await one.Deal(), await one.Deal());
        var theirs = await two.Deal();
        await one.Deals().Delete(one.Admin, old.Id, Ct);
        await two.Deals().Delete(two.Admin, theirs.Id, Ct);
        TestClock.Instance.Advance(TimeSpan.FromDays(1));
        await one.Deals().Delete(one.Admin, recent.Id, Ct);
        TestClock.Instance.Advance(TimeSpan.FromDays(29) + TimeSpan.FromHours(1));

        var (first, second) = (await new PurgeDeleted(own.Db).Step(Ct), await new PurgeDeleted(own.Db).Step(Ct));

        Assert.Equal((2, 0), (first, second));
        Assert.Equal(["purged"], (await one.Log(old.Id)).Select(line => line.Action));
        Assert.Equal([recent.Id, living.Id], (await one.Deals().FindMany(one.Admin, [old.Id, recent.Id, living.Id], Ct))
            .Select(deal => deal.Id));
        Assert.False((await one.Deals().Restore(one.Admin, recent.Id, Ct)).IsDeleted);
        Assert.Empty(await two.Deals().FindMany(two.Admin, [theirs.Id], Ct));
    }

    [Theory, OnBothBackends]
    public async Task More_than_a_batch_goes_in_one_step(Backend backend)
    {
        await using var own = await OwnDatabase.Open(backend);
        var some = await Some.Workspace(own.Db);
        await some.Batch(
            [.. Enumerable.Range(0, 120).Select(n => new BatchItem.Create(new() { Title = $"Deal {n}", Deleted = true }))]);
        TestClock.Instance.Advance(TimeSpan.FromDays(31));

        Assert.Equal(120, await new PurgeDeleted(own.Db).Step(Ct));
    }

    [Theory, OnBothBackends]
    public async Task A_purged_person_leaves_deals_by_a_change_that_the_log_tells(Backend backend)
    {
        await using var own = await OwnDatabase.Open(backend);
        var some = await Some.Workspace(own.Db);
        var (person, other) = (await some.Person(), await some.Person());
        var primary = await some.Deal(new() { PersonId = person });
        var partner = await some.Deal(new() { PersonId = other });
        await some.Deals().AddContact(some.Admin, partner.Id, person, "champion", Ct);
        await Delete(some, "persons", person);
        TestClock.Instance.Advance(TimeSpan.FromDays(31));

        Assert.Equal(1, await new PurgeDeleted(own.Db).Step(Ct));

        var (left, kept) = (await some.Deals().Get(some.Admin, primary.Id, Ct), await some.Deals().Get(some.Admin, partner.Id, Ct));
        Assert.Equal((null, 0, 2L), (left.PersonId, left.ParticipantsCount, left.Version));
        Assert.Equal((other, 1, 1L), (kept.PersonId, kept.ParticipantsCount, kept.Version));
        Assert.Equal(["person_id", "participant"], (await some.Log(primary.Id))[0].Changes.Select(change => change.Field));
        Assert.Equal(["participant"], (await some.Log(partner.Id))[0].Changes.Select(change => change.Field));
    }

    [Theory, OnBothBackends]
    public async Task A_purged_person_takes_along_the_notes_that_hang_on_nobody_else(Backend backend)
    {
        await using var own = await OwnDatabase.Open(backend);
        var some = await Some.Workspace(own.Db);
        var person = await some.Person();
        var deal = await some.Deal();
        await Note(some, person, null);
        await Note(some, person, deal.Id);
        await Delete(some, "persons", person);
        TestClock.Instance.Advance(TimeSpan.FromDays(31));

        await new PurgeDeleted(own.Db).Step(Ct);

        await using var tx = await own.Db.Read(some.Id, Ct);
        Assert.Equal([deal.Id],
            await tx.Many<long>("SELECT deal_id FROM notes WHERE workspace_id = @Workspace AND person_id IS NULL", new { tx.Workspace }));
        Assert.Equal(1, await tx.One<int>("SELECT COUNT(*) FROM notes WHERE workspace_id = @Workspace", new { tx.Workspace }));
    }

    private static async Task Delete(SomeWorkspace some, string table, long id)
    {
        await using var tx = await some.Db.Write(some.Id, Ct);
        await tx.Run($"UPDATE {table} SET deleted_at = @Now WHERE workspace_id = @Workspace AND id = @id",
            new { tx.Workspace, tx.Now, id });
        await tx.Commit();
    }

    private static async Task Note(SomeWorkspace some, long personId, long? dealId)
    {
        await using var tx = await some.Db.Write(some.Id, Ct);
        await tx.Run("""
            INSERT INTO notes (workspace_id, id, uid, content, person_id, deal_id, pinned_to_deal, pinned_to_lead, pinned_to_person,
                pinned_to_org, added_at, updated_at, version)
            VALUES (@Workspace, @id, @uid, 'Note', @personId, @dealId, @no, @no, @no, @no, @Now, @Now, 1)
            """, new { tx.Workspace, id = await tx.NextId("note_ids"), uid = tx.NextUid(), personId, dealId, no = false, tx.Now });
        await tx.Commit();
    }
}
