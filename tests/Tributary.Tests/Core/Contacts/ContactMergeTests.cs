using Tributary.Core.Contacts;
using Tributary.Core.Deals;
using Tributary.Core.Import;
using Tributary.Core.Kernel;
using Tributary.Core.Leads;
using Tributary.Core.Lists;
using Tributary.Core.Log;
using Tributary.Core.Notes;
using Tributary.Core.Storage;
using Tributary.Tests.Support;

namespace Tributary.Tests.Core.Contacts;

public sealed class ContactMergeTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, OnBothBackends]
    public async Task Nothing_that_hung_on_either_person_is_lost_by_a_merge(Backend backend)
    {
        var some = await Some.Workspace(backend);
        var (persons, deals) = (new PersonService(some.Db), new DealService(some.Db));
        var going = await persons.Create(some.Admin, new() { Name = "Jane Doe", JobTitle = "Buyer" }, Ct);
        var staying = await persons.Create(some.Admin, new() { Name = "Jane Doe" }, Ct);
        var own = await deals.Create(some.Admin, new() { Title = "Own", PersonId = going.Id }, Ct);
        var archived = await deals.Create(some.Admin, new() { Title = "Archived", PersonId = going.Id }, Ct);
        await deals.Update(some.Admin, archived.Id, new() { Archived = true }, Ct);
        var deleted = await deals.Create(some.Admin, new() { Title = "Deleted", PersonId = going.Id }, Ct);
        await deals.Delete(some.Admin, deleted.Id, Ct);
        var both = await deals.Create(some.Admin, new() { Title = "Both", PersonId = staying.Id }, Ct);
        await deals.AddContact(some.Admin, both.Id, going.Id, "champion", Ct);
        var lead = await new LeadService(some.Db).Create(some.Admin, new() { Title = "Lead", PersonId = going.Id }, Ct);
        await HangOn(some, "person_id", going.Id);
        var before = (await persons.Counts(some.Admin, [going.Id, staying.Id], Ct)).Values.ToList();

        var merged = await persons.Merge(some.Admin, going.Id, staying.Id, Ct);
        var after = (await persons.Counts(some.Admin, [staying.Id], Ct))[staying.Id];

        Assert.Equal("Buyer", merged.JobTitle);
        Assert.Equal(before.Sum(counts => counts.OpenDeals), after.OpenDeals);
        Assert.Equal(before.Sum(counts => counts.Activities), after.Activities);
        Assert.Equal(before.Sum(counts => counts.Notes), after.Notes);
        Assert.Equal(before.Sum(counts => counts.Files), after.Files);
        foreach (var id in new[] { own.Id, archived.Id, deleted.Id })
        {
            Assert.Equal(staying.Id, (await deals.Get(some.Admin, id, Ct)).PersonId);
        }
        Assert.Equal(staying.Id, (await new LeadService(some.Db).Get(some.Admin, lead.Id, Ct)).PersonId);
        Assert.True((await persons.Get(some.Admin, going.Id, Ct)).IsDeleted);
        Assert.Equal(1, (await deals.Get(some.Admin, both.Id, Ct)).Facts.Participants);
        Assert.Equal(["Both", "Own"],
            (await persons.Deals(some.Admin, staying.Id, new() { Sort = [new("title")] }, Ct)).Items.Select(deal => deal.Title));
        Assert.Equal([staying.Id], (await persons.OfDeal(some.Admin, both.Id, Ct)).Select(person => person.Id));

        await using var tx = await some.Db.Read(some.Id, Ct);
        Assert.Equal("champion",
            await tx.One<string>("SELECT role FROM deal_contacts WHERE workspace_id = @Workspace AND deal_id = @Id",
                new { tx.Workspace, both.Id }));
        Assert.Equal("deleted", (await EventStore.OfSubject(tx, "person", going.Id, null, 1))[0].Action);
        Assert.Equal("merged", (await EventStore.OfSubject(tx, "person", staying.Id, null, 1))[0].Action);
        Assert.Contains((await EventStore.OfDeal(tx, own.Id, null, 10)).SelectMany(line => line.Changes),
            change => change.Field == "person_id");
    }

    [Theory, OnBothBackends]
    public async Task Who_took_part_in_an_activity_takes_part_once_under_the_name_that_stays(Backend backend)
    {
        var some = await Some.Workspace(backend);
        var persons = new PersonService(some.Db);
        var going = await persons.Create(some.Admin, new() { Name = "Jane" }, Ct);
        var staying = await persons.Create(some.Admin, new() { Name = "Jane" }, Ct);
        var activity = await HangOn(some, "person_id", going.Id,
            $$"""[{"person_id":{{going.Id}},"primary":true},{"person_id":{{staying.Id}},"primary":false}]""");

        await persons.Merge(some.Admin, going.Id, staying.Id, Ct);

        await using var tx = await some.Db.Read(some.Id, Ct);
        var participants = await tx.One<string>("SELECT participants FROM activities WHERE workspace_id = @Workspace AND id = @activity",
            new { tx.Workspace, activity });
        Assert.Equal($$"""[{"person_id":{{staying.Id}},"primary":true}]""",
            participants!.Replace(" ", "", StringComparison.Ordinal)
                .Replace($$"""{"primary":true,"person_id":{{staying.Id}}}""", $$"""{"person_id":{{staying.Id}},"primary":true}""",
                    StringComparison.Ordinal));
    }

    [Theory, OnBothBackends]
    public async Task Notes_that_moved_are_found_under_the_name_that_stays(Backend backend)
    {
        var some = await Some.Workspace(backend);
        var persons = new PersonService(some.Db);
        var going = await persons.Create(some.Admin, new() { Name = "Jane" }, Ct);
        var staying = await persons.Create(some.Admin, new() { Name = "Jane", Notes = "Own words" }, Ct);
        await new NoteService(some.Db).Create(some.Admin, new() { Content = "<p>Prefers aubergines</p>", PersonId = going.Id }, Ct);

        await persons.Merge(some.Admin, going.Id, staying.Id, Ct);

        await using var tx = await some.Db.Read(some.Id, Ct);
        var found =
            await tx.Many<string>(
                "SELECT text FROM search_docs WHERE workspace_id = @Workspace AND subject = 'person' AND subject_id = @Id AND field = 'notes' ORDER BY text", new { tx.Workspace, staying.Id });
        Assert.Equal(["own words", "prefers aubergines"], found.Select(text => text.Trim()));
    }

    [Theory, OnBothBackends]
    public async Task An_organization_takes_over_persons_deals_and_where_they_came_from(Backend backend)
    {
        var some = await Some.Workspace(backend);
        var organizations = new OrganizationService(some.Db);
        var going = await organizations.Create(some.Admin, new() { Name = "Acme", Website = "https://acme.test", Phone = "1" }, Ct);
        var staying = await organizations.Create(some.Admin, new() { Name = "Acme", Phone = "2" }, Ct);
        var person = await new PersonService(some.Db).Create(some.Admin, new() { Name = "Jane", OrgId = going.Id }, Ct);
        await new DealService(some.Db).Create(some.Admin, new() { Title = "Deal", OrgId = going.Id }, Ct);
        await HangOn(some, "org_id", going.Id);
        await using (var tx = await some.Db.Write(some.Id, Ct))
        {
            await ExternalIdStore.Put(tx, "organization", "crm", new Dictionary<string, long> { ["A-1"] = going.Id });
            await tx.Commit();
        }

        var merged = await organizations.Merge(some.Admin, going.Id, staying.Id, Ct);
        var counts = (await organizations.Counts(some.Admin, [staying.Id], Ct))[staying.Id];

        Assert.Equal(("2", "https://acme.test"), (merged.Phone, merged.Website));
        Assert.Equal((1, 1, 1, 1, 1), (counts.Persons, counts.OpenDeals, counts.Activities, counts.Notes, counts.Files));
        Assert.Equal(staying.Id, (await new PersonService(some.Db).Get(some.Admin, person.Id, Ct)).OrgId);
        await using var read = await some.Db.Read(some.Id, Ct);
        Assert.Equal(staying.Id, (await ExternalIdStore.Find(read, "organization", "crm", ["A-1", "A-2"]))["A-1"]);
    }

    [Theory, OnBothBackends]
    public async Task A_record_is_not_merged_with_itself_or_with_one_that_is_hidden_or_gone(Backend backend)
    {
        var some = await Some.Workspace(backend);
        var persons = new PersonService(some.Db);
        var person = await persons.Create(some.Admin, new() { Name = "Jane" }, Ct);
        var hidden = await persons.Create(some.Admin, new() { Name = "Jane", VisibleTo = 1 }, Ct);
        var gone = await persons.Create(some.Admin, new() { Name = "Jane" }, Ct);
        await persons.Delete(some.Admin, gone.Id, Ct);

        Assert.Equal(ProblemCode.Invalid,
            (await Assert.ThrowsAsync<ProblemException>(() => persons.Merge(some.Admin, person.Id, person.Id, Ct))).Problem.Code);
        Assert.Equal(ProblemCode.NotFound,
            (await Assert.ThrowsAsync<ProblemException>(() => persons.Merge(some.Member, hidden.Id, person.Id, Ct))).Problem.Code);
        Assert.Equal(ProblemCode.NotFound,
            (await Assert.ThrowsAsync<ProblemException>(() => persons.Merge(some.Admin, gone.Id, person.Id, Ct))).Problem.Code);
        Assert.Equal(ProblemCode.NotFound,
            (await Assert.ThrowsAsync<ProblemException>(() => persons.Merge(some.Outsider, person.Id, hidden.Id, Ct))).Problem.Code);
    }

    [Fact]
    public void The_survivors_values_win_and_addresses_of_both_are_kept_once()
    {
        var survivor =
            PersonRules.Create(new() { Name = "Jane", JobTitle = "Buyer", Emails = (Seq<ContactPoint>)[new("jane@x.test", "work", true)] },
                PersonRulesTests.Context());
        var victim =
            PersonRules.Create(new()
            {
                Name = "J. Doe",
                JobTitle = "Seller",
                Source = "fair",
                Emails = (Seq<ContactPoint>)[new("JANE@x.test", "", true), new("home@x.test")]
            }, PersonRulesTests.Context());

        var merged = ContactMergeRules.Merge(survivor, victim, Caller.System(1), TestClock.Start);

        Assert.Equal(("Jane", "Buyer", "fair"), (merged.Name, merged.JobTitle, merged.Source));
        Assert.Equal([new("jane@x.test", "work", true), new("home@x.test")], merged.Emails);
    }

    [Theory]
    [InlineData("Jane Doe", "jane  DOE", "+1 (555) 0100", "15550100", "name,phone")]
    [InlineData("Jane Doe", "Jane Doe", "1", "2", "")]
    [InlineData("Jane Doe", "Jane Do", "1", "1", "")]
    [InlineData("Jane Doe", "Jane Doe", "ext.", "ext", "")]
    public void Namesakes_are_duplicates_when_something_else_agrees(string one, string other, string phone, string otherPhone,
        string reasons)
    {
        var first = PersonRules.Create(new() { Name = one, Phones = (Seq<ContactPoint>)[new(phone)] }, PersonRulesTests.Context());
        var second = PersonRules.Create(new() { Name = other, Phones = (Seq<ContactPoint>)[new(otherPhone)] }, PersonRulesTests.Context());

        Assert.Equal(reasons, string.Join(',', DuplicateRules.Reasons(first, second)));
    }

    [Theory, OnBothBackends]
    public async Task The_queue_of_duplicates_shows_each_pair_once_and_says_why(Backend backend)
    {
        var some = await Some.Workspace(backend);
        var (persons, contacts) = (new PersonService(some.Db), new ContactService(some.Db));
        var organization = await new OrganizationService(some.Db).Create(some.Admin, new() { Name = "Acme" }, Ct);
        var a = await persons.Create(some.Admin,
            new() { Name = "Jane Doe", OrgId = organization.Id, Emails = (Seq<ContactPoint>)[new("jane@x.test")] }, Ct);
        var b = await persons.Create(some.Admin,
            new() { Name = "jané doe", Emails = (Seq<ContactPoint>)[new("other@x.test"), new("JANE@x.test")] }, Ct);
        var c = await persons.Create(some.Admin, new() { Name = "Jane Doe", OrgId = organization.Id }, Ct);
        var hidden = await persons.Create(some.Admin, new() { Name = "Jane Doe", OrgId = organization.Id, VisibleTo = 1 }, Ct);
        await persons.Create(some.Admin, new() { Name = "Jane Doe" }, Ct);

        var first = await contacts.Duplicates(some.Member, ContactKind.Person, DuplicatePlace.Start, 1, Ct);
        var second = await contacts.Duplicates(some.Member, ContactKind.Person, first.Next!.Value, 10, Ct);

        Assert.Equal([(a.Id, b.Id, "name,email"), (a.Id, c.Id, "name,organization")],
            first.Items.Concat(second.Items).Select(pair => (pair.First.Id, pair.Second.Id, string.Join(',', pair.Reasons))));
        Assert.Null(second.Next);
        Assert.Contains((await contacts.Duplicates(some.Admin, ContactKind.Person, DuplicatePlace.Start, 10, Ct)).Items,
            pair => pair.Second.Id == hidden.Id);
        Assert.DoesNotContain((await contacts.Duplicates(some.Outsider, ContactKind.Person, DuplicatePlace.Start, 10, Ct)).Items,
            pair => pair.First.Id == a.Id);
    }

    /// <summary>One activity, note and file on a contact. Answers the activity.</summary>
    private static async Task<long> HangOn(SomeWorkspace some, string column, long id, string participants = "[]")
    {
        await using var tx = await some.Db.Write(some.Id, Ct);
        var activity = await tx.NextId("activity_ids");
        var values = new
        {
            tx.Workspace,
            id,
            activity,
            participants,
            note = await tx.NextId("note_ids"),
            file = await tx.NextId("file_ids"),
            uid = tx.NextUid(),
            tx.Now,
            no = false
        };
        await tx.Run($"""
            INSERT INTO activities (workspace_id, id, uid, type, subject, {column}, busy, status, done, participants, attendees, added_at,
                updated_at, version)
            VALUES (@Workspace, @activity, @uid, 'call', 'Call', @id, @no, 'open', @no, {tx.Sql.Json("participants")},
                {(tx.Sql.IsPostgres ? "CAST('[]' AS JSONB)" : "'[]'")}, @Now, @Now, 1)
            """, values);
        await tx.Run($"""
            INSERT INTO notes (workspace_id, id, uid, content, {column}, pinned_to_deal, pinned_to_lead, pinned_to_person, pinned_to_org,
                added_at, updated_at, version)
            VALUES (@Workspace, @note, @uid, 'Note', @id, @no, @no, @no, @no, @Now, @Now, 1)
            """, values);
        await tx.Run($"""
            INSERT INTO files (workspace_id, id, uid, name, content_type, size_bytes, storage_key, {column}, added_at, updated_at, version)
            VALUES (@Workspace, @file, @uid, 'a.txt', 'text/plain', 1, 'local/a', @id, @Now, @Now, 1)
            """, values);
        await tx.Commit();
        return activity;
    }
}
