using System.Text.Json;
using Tributary.Core.Catalog;
using Tributary.Core.Deals;
using Tributary.Core.Fields;
using Tributary.Core.Kernel;
using Tributary.Core.Storage;
using Tributary.Tests.Support;

namespace Tributary.Tests.Core.Deals;

public sealed class DealServiceTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, OnBothBackends]
    public async Task What_was_created_is_what_is_read(Backend backend)
    {
        var some = await Some.Workspace(backend);
        var person = await some.Person();

        var created = await some.Deal(new()
        {
            Title = "Boat",
            Value = 12.3456m,
            Currency = "usd",
            Probability = 33.33m,
            PersonId = person,
            ExpectedClose = new DateOnly(2026, 12, 31),
            Tags = (Seq<string>)["hot", "new"],
            NextFollowupAt = TestClock.Start.AddDays(1),
            Competitors = (Seq<string>)["Other"],
            Quotes = (Seq<string>)["qte-1"],
            Description = "Ünïcode ✓",
            Priority = DealPriority.Urgent,
        });

        Assert.Equal(created, await some.Deals().Get(some.Admin, created.Id, Ct));
        Assert.Equal(created, await some.Deals().Get(some.Admin, created.Uid, Ct));
        Assert.Equal((12.3456m, "USD", 33.33m, some.Stages[0], 1, 1),
            (created.Value, created.Currency, created.Probability, created.StageId, created.FollowersCount, created.ParticipantsCount));
        Assert.Equal(2, created.TagIds.Count);
    }

    [Theory, OnBothBackends]
    public async Task Ids_that_an_import_brings_are_kept_and_never_given_again(Backend backend) // design §2
    {
        var some = await Some.Workspace(backend);
        var before = await some.Deal();
        var uid = new Guid("01935b0e-0000-7000-8000-0000000000a1");

        var imported = await some.Deal(new() { Id = before.Id + 1000, Uid = uid, Number = "DEAL-2026-00500" });
        var next = await some.Deal();

        Assert.Equal((before.Id + 1000, uid), (imported.Id, imported.Uid));
        Assert.True(next.Id > imported.Id);
        Assert.Equal("DEAL-2026-00501", next.Number);
        foreach (var again in new DealPatch[] { new() { Id = imported.Id }, new() { Uid = uid }, new() { Number = "DEAL-2026-00500" } })
        {
            Assert.Equal(ProblemCode.Conflict, await SomeDeals.Code(() => some.Deal(again)));
        }
    }

    [Theory, OnBothBackends]
    public async Task Numbers_count_per_workspace_and_year(
        Backend backend) // C: DEAL-<UTC year>-<5 digits per tenant and year>; deleted deals keep theirs
    {
        var (one, other) = (await Some.Workspace(backend), await Some.Workspace(backend));

        var first = await one.Deal();
        await one.Deals().Delete(one.Admin, first.Id, Ct);
        var numbers = new[] { first.Number, (await one.Deal()).Number,
            (await one.Deal(new() { AddedAt = TestClock.Start.AddYears(-1) })).Number, (await other.Deal()).Number };

        Assert.Equal(["DEAL-2026-00001", "DEAL-2026-00002", "DEAL-2025-00001", "DEAL-2026-00001"], numbers);
        Assert.Equal(ProblemCode.Conflict, await SomeDeals.Code(() => one.Deal(new() { Number = first.Number })));
    }

    [Theory, OnBothBackends]
    public async Task New_and_moved_deals_go_to_the_end_of_their_stage(Backend backend) // S: 0-based, max + 1
    {
        var some = await Some.Workspace(backend);
        var (a, b) = (await some.Deal(), await some.Deal());
        var inSecond = await some.Deal(new() { StageId = some.Stages[1] });

        var moved = await some.Deals().Update(some.Admin, a.Id, new() { StageId = some.Stages[1] }, Ct);
        var placed = await some.Deals().Update(some.Admin, b.Id, new() { StageId = some.Stages[1], Position = 0.5m }, Ct);

        Assert.Equal((0m, 1m, 0m, 1m, 0.5m), (a.Position, b.Position, inSecond.Position, moved.Position, placed.Position));
        Assert.Equal(TestClock.Start, moved.StageChangedAt);
    }

    [Theory, OnBothBackends]
    public async Task A_change_appends_one_line_that_says_what_was_and_is(Backend backend) // design §4
    {
        var some = await Some.Workspace(backend);
        var deal = await some.Deal(new() { Value = 10 });

        await some.Deals().Update(some.Member, deal.Id, new() { StageId = some.Stages[1], Value = 20, Note = "Liked it" }, Ct);
        await some.Deals().Update(some.Member, deal.Id, new() { Value = 20 }, Ct);

        var log = await some.Log(deal.Id);
        Assert.Equal(["updated", "created"], log.Select(line => line.Action));
        var line = log[0];
        Assert.Equal((some.Member.UserId, "native", deal.Id, "Liked it"), (line.ActorId, line.Dialect, line.DealId, line.Note));
        Assert.Equal((some.Stages[0], some.Stages[1], null, null), (line.FromStageId, line.ToStageId, line.FromStatus, line.ToStatus));
        var value = Assert.Single(line.Changes, change => change.Field == "value");
        Assert.Equal((10m, 20m), (value.Old!.Value.GetDecimal(), value.New!.Value.GetDecimal()));
        Assert.Equal((some.Stages[0], "open"), (log[1].ToStageId, log[1].ToStatus));
    }

    [Theory, OnBothBackends]
    public async Task Who_read_an_older_version_is_refused(Backend backend) // C: mismatch → 409
    {
        var some = await Some.Workspace(backend);
        var deal = await some.Deal();
        await some.Deals().Update(some.Admin, deal.Id, new() { Title = "Second" }, Ct);

        Assert.Equal(ProblemCode.Stale,
            await SomeDeals.Code(() => some.Deals().Update(some.Admin, deal.Id, new() { Title = "Third", ExpectedVersion = 1 }, Ct)));
        Assert.Equal(ProblemCode.Stale, await SomeDeals.Code(() => some.Deals().Delete(some.Admin, deal.Id, 1, Ct)));
        Assert.Equal("Second", (await some.Deals().Get(some.Admin, deal.Id, Ct)).Title);
    }

    [Theory, OnBothBackends]
    public async Task Concurrent_changes_all_count(Backend backend) // design §3: lost updates are impossible
    {
        var some = await Some.Workspace(backend);
        var deal = await some.Deal();

        await Task.WhenAll(Enumerable.Range(0, 8)
            .Select(n => some.Deals().Update(some.Admin, deal.Id, new() { Title = $"Title {n}" }, Ct)));

        Assert.Equal(9, (await some.Deals().Get(some.Admin, deal.Id, Ct)).Version);
        Assert.Equal(9, (await some.Log(deal.Id)).Count);
    }

    [Theory, OnBothBackends]
    public async Task Deleted_can_be_restored_and_purged_is_gone(Backend backend)
    {
        var some = await Some.Workspace(backend);
        var deal = await some.Deal(new() { PersonId = await some.Person() });

        var deleted = await some.Deals().Delete(some.Admin, deal.Id, Ct);
        var restored = await some.Deals().Restore(some.Admin, deal.Id, Ct);
        await some.Deals().Purge(some.Admin, deal.Id, Ct);

        Assert.Equal((TestClock.Start, some.Admin.UserId, false), (deleted.DeletedAt, deleted.DeletedBy, restored.IsDeleted));
        Assert.Equal(ProblemCode.NotFound, await SomeDeals.Code(() => some.Deals().Get(some.Admin, deal.Id, Ct)));
        var line = Assert.Single(await some.Log(deal.Id));
        Assert.Equal(("purged", deal.Uid), (line.Action, line.Changes[0].Old!.Value.GetGuid()));
        Assert.Equal((0, 0), (await some.Count("deal_contacts", deal.Id), await some.Count("deal_followers", deal.Id)));
    }

    [Theory, OnBothBackends]
    public async Task Another_workspaces_deals_are_not_found(Backend backend)
    {
        var some = await Some.Workspace(backend);
        var deal = await some.Deal();
        var deals = some.Deals();

        Func<Task>[] verbs =
        [
            () => deals.Get(some.Outsider, deal.Id, Ct), () => deals.Get(some.Outsider, deal.Uid, Ct),
            () => deals.Update(some.Outsider, deal.Id, new() { Title = "x" }, Ct),
            () => deals.Delete(some.Outsider, deal.Id, Ct), () => deals.Purge(some.Outsider, deal.Id, Ct),
            () => deals.Followers(some.Outsider, deal.Id, Ct),
            () => deals.Follow(some.Outsider, deal.Id, 1, Ct), () => deals.Contacts(some.Outsider, deal.Id, Ct),
            () => deals.AddContact(some.Outsider, deal.Id, 1, null, Ct),
            () => deals.Changelog(some.Outsider, deal.Id, null, 10, Ct), () => deals.AsOf(some.Outsider, deal.Id, TestClock.Start, Ct),
            () => deals.PermittedUsers(some.Outsider, deal.Id, Ct),
        ];

        foreach (var verb in verbs) Assert.Equal(ProblemCode.NotFound, await SomeDeals.Code(verb));
        Assert.Empty(await deals.FindMany(some.Outsider, [deal.Id], Ct));
    }

    [Theory, OnBothBackends]
    public async Task References_to_another_workspace_are_refused(Backend backend) // A: foreign contact_id → 422
    {
        var (some, other) = (await Some.Workspace(backend), await Some.Workspace(backend));
        var theirs = await other.Person();

        var problem =
            await SomeDeals.Refused(
                () => some.Deal(new() { PersonId = theirs, OrgId = 1, OwnerId = other.Admin.UserId, StageId = some.Stages[0] }));

        Assert.Equal(["owner_id", "person_id", "org_id"], problem.Fields.Select(field => field.Field));
        Assert.Equal(ProblemCode.Invalid, await SomeDeals.Code(() => some.Deal(new() { StageId = other.Stages[0] })));
    }

    [Theory, OnBothBackends]
    public async Task Custom_values_are_checked_and_kept_in_one_spelling(
        Backend backend) // P 7; unknown users, persons and organizations are refused
    {
        var some = await Some.Workspace(backend);
        var fields = new FieldService(some.Db);
        var number = await fields.Create(some.Admin, new() { Subject = "deal", Name = "Size", Type = FieldType.Double }, Ct);
        var user = await fields.Create(some.Admin, new() { Subject = "deal", Name = "Coach", Type = FieldType.User }, Ct);
        var person = await fields.Create(some.Admin, new() { Subject = "deal", Name = "Friend", Type = FieldType.People }, Ct);

        var deal = await some.Deal(new() { Custom = Values((number.Key, 2.5m), (user.Slug, some.Member.UserId!.Value)) });
        var kept = await some.Deals().Update(some.Admin, deal.Id, new() { Custom = Values((number.Key, 3)) }, Ct);
        var problem =
            await SomeDeals.Refused(
                () => some.Deal(
                    new()
                    {
                        Title = " ",
                        Custom = Values((number.Key, "big"), (user.Key, 999_999_999), (person.Key, 999_999_999), ("nothing", 1))
                    }));

        Assert.Equal((3m, some.Member.UserId!.Value),
            (kept.Custom[number.Key]!.Value.GetDecimal(), kept.Custom[user.Key]!.Value.GetInt64()));
        Assert.Equal(kept, await some.Deals().Get(some.Admin, deal.Id, Ct));
        Assert.Equal([$"custom.{number.Key}", $"custom.{user.Key}", "custom.nothing", $"custom.{person.Key}", "title"],
            problem.Fields.Select(field => field.Field));
    }

    private static CustomPatch Values(params (string Key, object Value)[] values) =>
        new(values.ToDictionary(value => value.Key, value => JsonSerializer.SerializeToElement(value.Value)));

    [Theory, OnBothBackends]
    public async Task Scopes_decide_what_a_credential_may_do(Backend backend)
    {
        var some = await Some.Workspace(backend);
        var deal = await some.Deal();
        var reader = some.Admin with { Scopes = ["read"] };
        var noDeals = some.Admin with { Scopes = ["persons:write"] };

        Assert.Equal(deal, await some.Deals().Get(reader, deal.Id, Ct));
        Assert.Equal(ProblemCode.Forbidden, await SomeDeals.Code(() => some.Deals().Update(reader, deal.Id, new() { Title = "x" }, Ct)));
        Assert.Equal(ProblemCode.Forbidden, await SomeDeals.Code(() => some.Deal(caller: reader)));
        Assert.Equal(ProblemCode.Forbidden, await SomeDeals.Code(() => some.Deals().Get(noDeals, deal.Id, Ct)));
    }

    [Theory, OnBothBackends]
    public async Task Creating_and_changing_take_a_bounded_number_of_statements(Backend backend)
    {
        var some = await Some.Workspace(backend);
        var person = await some.Person();
        Seq<string> many = [.. Enumerable.Range(0, 50).Select(n => $"tag {n}")];
        await some.Deal(new() { Tags = many });

        await using var tx = await some.Db.Write(some.Id, Ct);
        await tx.Catalog();
        var known = tx.Statements;
        var deal = await DealService.Create(tx, some.Admin, new() { Title = "x", Value = 1, PersonId = person, Tags = many });
        var created = tx.Statements - known;
        await DealService.Update(tx, some.Admin, deal,
            new()
            {
                StageId = some.Stages[1],
                Value = 2,
                PersonId = new(true, null),
                OwnerId = some.Member.UserId,
                Tags = (Seq<string>)[many[0]],
            });

        Assert.InRange(created, 1, 16);
        Assert.InRange(tx.Statements - known - created, 1, 13);
    }

    [Theory, OnBothBackends]
    public async Task A_batch_stores_what_is_right_and_says_what_is_wrong(Backend backend) // design §8: per-item results
    {
        var some = await Some.Workspace(backend);
        var kept = await some.Deal();

        var created = await some.Batch(
            new BatchItem.Create(new() { Title = "One", Tags = (Seq<string>)["fresh"] }),
            new BatchItem.Create(new() { Title = "", Tags = (Seq<string>)["lost"] }),
            new BatchItem.Create(new() { Title = "Three", Tags = (Seq<string>)["fresh"] }));
        var updated = await some.Batch(
            new BatchItem.Update(kept.Id, new() { Title = "Kept" }),
            new BatchItem.Update(999_999_999, new() { Title = "x" }),
            new BatchItem.Update(kept.Id, new() { ExpectedVersion = 1, Title = "y" }));
        var deleted = await some.Deals().BulkDelete(some.Admin, [kept.Id, 999_999_999, kept.Id], Ct);

        Assert.Equal([true, false, true], created.Select(result => result.IsDone));
        Assert.Equal("title", created[1].Problem!.Fields.Single().Field);
        Assert.Equal([null, ProblemCode.NotFound, ProblemCode.Stale], updated.Select(result => result.Problem?.Code));
        Assert.Equal([kept.Id], deleted);
        Assert.True((await some.Log(created[0].Deal!.Id)).Single().IsBulk);
        Assert.Equal(created[0].Deal!.TagIds, created[2].Deal!.TagIds);
        await using var tx = await some.Db.Read(some.Id, Ct);
        Assert.Equal((true, true), ((await tx.Catalog()).Tag("fresh") is not null, (await tx.Catalog()).Tag("lost") is null));
    }

    [Theory, OnBothBackends]
    public async Task A_batch_has_a_limit(Backend backend)
    {
        var some = await Some.Workspace(backend);

        Assert.Equal(ProblemCode.TooLarge,
            await SomeDeals.Code(() => some.Deals().BulkDelete(some.Admin, [.. Enumerable.Range(1, 1001).Select(n => (long)n)], Ct)));
    }

    [Theory, OnBothBackends]
    public async Task The_number_of_a_deal_that_nobody_named_is_its_title(
        Backend backend) // C: name "not required (any deal may be drafted)"
    {
        var some = await Some.Workspace(backend);
        var nameless = new DealPatch { TitlePolicy = TitlePolicy.NumberStandsIn };

        var deal = await some.Deals().Create(some.Admin, nameless, Ct);
        var numbered = await some.Deals().Update(some.Admin, deal.Id, new() { Number = "D-1" }, Ct);
        var named = await some.Deals().Update(some.Admin, deal.Id, new() { Title = "Fleet" }, Ct);
        var again = await some.Deals().Update(some.Admin, deal.Id, nameless with { Title = "" }, Ct);

        Assert.Equal((deal.Number, "D-1", "Fleet", "D-1"), (deal.Title, numbered.Title, named.Title, again.Title));
        Assert.Equal((true, true, false, true), (deal.IsNameless, numbered.IsNameless, named.IsNameless, again.IsNameless));
        Assert.Equal(["title"],
            (await SomeDeals.Refused(() => some.Deals().Create(some.Admin, new(), Ct))).Fields.Select(field => field.Field));
    }

    [Theory, OnBothBackends]
    public async Task A_stale_write_is_told_the_current_version(Backend backend) // C: 409 with current_version
    {
        var some = await Some.Workspace(backend);
        var deal = await some.Deal();
        await some.Deals().Update(some.Admin, deal.Id, new() { Title = "Other" }, Ct);

        var problem = await SomeDeals.Refused(() => some.Deals()
            .Update(some.Admin, deal.Id, new() { Title = "Mine", ExpectedVersion = 1 }, Ct));

        Assert.Equal((ProblemCode.Stale, 2L), (problem.Code, problem.CurrentVersion));
    }
}
