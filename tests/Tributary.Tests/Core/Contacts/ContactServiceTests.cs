using Tributary.Core.Contacts;
using Tributary.Core.Deals;
using Tributary.Core.Kernel;
using Tributary.Core.Lists;
using Tributary.Core.Log;
using Tributary.Tests.Support;

namespace Tributary.Tests.Core.Contacts;

public sealed class ContactServiceTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, OnBothBackends]
    public async Task A_person_is_read_as_it_was_written(Backend backend)
    {
        var some = await Some.Workspace(backend);
        var organization = await new OrganizationService(some.Db).Create(some.Admin, new() { Name = "Acme" }, Ct);
        var patch = new PersonPatch
        {
            Name = "Zoë Doe",
            OrgId = organization.Id,
            VisibleTo = 3,
            Emails = (Seq<ContactPoint>)[new("zoe@acme.test", "work", true), new("zoe@home.test", "home")],
            Phones = (Seq<ContactPoint>)[new("12345", "work")],
            Im = (Seq<ContactPoint>)[new("zoe", "skype")],
            Address = new PostalAddress { Value = "123 Main St", AdminAreaLevel1 = "CA", PostalCode = "94085" },
            Birthday = new DateOnly(2000, 12, 31),
            JobTitle = "Buyer",
            Notes = "Met at the fair",
            Status = "customer",
            Source = "referral",
            TaxNumber = "DE1",
            MarketingStatus = "subscribed",
            EngagementScore = 12,
            DecisionRole = "champion",
            Tags = (Seq<string>)["vip", "fair"],
        };

        var created = await new PersonService(some.Db).Create(some.Admin, patch, Ct);
        var read = await new PersonService(some.Db).Get(some.Admin, created.Id, Ct);

        Assert.Equal(created, read);
        Assert.Equal(read, await new PersonService(some.Db).Get(some.Admin, created.Uid, Ct));
        Assert.Equal(("CA", 2, some.Admin.UserId), (read.Address!.AdminAreaLevel1, read.TagIds.Count, read.OwnerId));
    }

    [Theory, OnBothBackends]
    public async Task An_organization_is_read_as_it_was_written(Backend backend)
    {
        var some = await Some.Workspace(backend);
        var patch = new OrganizationPatch
        {
            Name = "Acme",
            Email = "office@acme.test",
            Phone = "+1 555",
            Website = "https://acme.test",
            Linkedin = "https://linkedin.test/acme",
            Industry = "Tools",
            AnnualRevenue = 1234.5678m,
            EmployeeCount = 12,
            TaxNumber = "US1",
            Address = new PostalAddress { Locality = "Berlin" },
            Notes = "Pays late",
        };

        var created = await new OrganizationService(some.Db).Create(some.Admin, patch, Ct);
        var read = await new OrganizationService(some.Db).Get(some.Admin, created.Id, Ct);

        Assert.Equal(created, read);
        Assert.Equal(1234.5678m, read.AnnualRevenue);
        Assert.Equal(read, await new OrganizationService(some.Db).Get(some.Admin, created.Uid, Ct));
    }

    [Theory, OnBothBackends]
    public async Task Persons_and_organizations_share_one_space_of_ids(Backend backend)
    {
        var some = await Some.Workspace(backend);
        var person = await new PersonService(some.Db).Create(some.Admin, new() { Name = "Jane" }, Ct);

        var refusal = await Assert.ThrowsAsync<ProblemException>(() => new OrganizationService(some.Db)
            .Create(some.Admin, new() { Name = "Acme", Id = person.Id }, Ct));
        var organization = await new OrganizationService(some.Db).Create(some.Admin, new() { Name = "Acme" }, Ct);
        var contacts = new ContactService(some.Db);

        Assert.Equal((ProblemCode.Conflict, "id"), (refusal.Problem.Code, refusal.Problem.Fields[0].Field));
        Assert.Equal(ContactKind.Organization, (await contacts.Find(some.Admin, organization.Id, Ct))!.Kind);
        Assert.Equal(person.Id, (await contacts.Find(some.Admin, person.Uid, Ct))!.Id);
        Assert.Equal([person.Id, organization.Id],
            (await contacts.FindMany(some.Admin, [organization.Id, person.Id, 1_000_000_007], Ct)).Keys.Order());
    }

    [Theory, OnBothBackends]
    public async Task An_imported_contact_keeps_its_ids_and_they_are_never_given_out_again(Backend backend)
    {
        var some = await Some.Workspace(backend);
        var persons = new PersonService(some.Db);
        var first = await persons.Create(some.Admin, new() { Name = "A" }, Ct);
        var uid = Guid.Parse("01939d3a-7c00-7000-8000-00000000c0de");

        var imported = await persons.Create(some.Admin, new() { Name = "B", Id = first.Id + 5_000, Uid = uid }, Ct);
        var next = await persons.Create(some.Admin, new() { Name = "C" }, Ct);

        Assert.Equal((first.Id + 5_000, uid), (imported.Id, imported.Uid));
        Assert.True(next.Id > imported.Id);
    }

    [Theory, OnBothBackends]
    public async Task A_deleted_person_stays_on_their_deals_and_says_that_they_are_deleted(Backend backend)
    {
        var some = await Some.Workspace(backend);
        var persons = new PersonService(some.Db);
        var person = await persons.Create(some.Admin, new() { Name = "Jane" }, Ct);
        var deal = await new DealService(some.Db).Create(some.Admin, new() { Title = "Deal", PersonId = person.Id }, Ct);

        await persons.Delete(some.Admin, person.Id, Ct);

        Assert.Equal(person.Id, (await new DealService(some.Db).Get(some.Admin, deal.Id, Ct)).PersonId);
        Assert.True((await persons.Get(some.Admin, person.Id, Ct)).IsDeleted);
        Assert.False((await persons.Restore(some.Admin, person.Id, Ct)).IsDeleted);
    }

    [Theory, OnBothBackends]
    public async Task A_contact_is_seen_by_its_owner_their_group_or_everyone_as_its_level_says(Backend backend)
    {
        var some = await Some.Workspace(backend);
        var persons = new PersonService(some.Db);
        var mine = await persons.Create(some.Manager, new() { Name = "Mine", VisibleTo = 1 }, Ct);
        var ours = await persons.Create(some.Manager, new() { Name = "Everyone's", VisibleTo = 7 }, Ct);

        var refusal = await Assert.ThrowsAsync<ProblemException>(() => persons.Get(some.Member, mine.Id, Ct));
        var listed = await new ContactService(some.Db).List(some.Member, new(), Ct);

        Assert.Equal(ProblemCode.NotFound, refusal.Problem.Code);
        Assert.Equal([ours.Id], listed.Select(contact => contact.Id));
        Assert.Equal(2, await new ContactService(some.Db).Count(some.Admin, new(), Ct));
        Assert.Equal([ours.Id], (await persons.FindMany(some.Member, [mine.Id, ours.Id], Ct)).Select(person => person.Id));
    }

    [Theory, OnBothBackends]
    public async Task Another_workspace_sees_none_of_it(Backend backend)
    {
        var some = await Some.Workspace(backend);
        var organization = await new OrganizationService(some.Db).Create(some.Admin, new() { Name = "Acme" }, Ct);

        await Assert.ThrowsAsync<ProblemException>(() => new OrganizationService(some.Db).Get(some.Outsider, organization.Id, Ct));
        await Assert.ThrowsAsync<ProblemException>(() => new OrganizationService(some.Db)
            .Update(some.Outsider, organization.Id, new() { Name = "Ours" }, Ct));
        var referring = await Assert.ThrowsAsync<ProblemException>(() => new PersonService(some.Db)
            .Create(some.Outsider, new() { Name = "P", OrgId = organization.Id }, Ct));

        Assert.Equal(["org_id"], referring.Problem.Fields.Select(error => error.Field));
        Assert.Null(await new ContactService(some.Db).Find(some.Outsider, organization.Uid, Ct));
    }

    [Theory, OnBothBackends]
    public async Task The_combined_list_pages_through_both_kinds_by_id(Backend backend)
    {
        var some = await Some.Workspace(backend);
        var ids = new List<long>();
        for (var n = 0; n < 3; n++)
        {
            ids.Add((await new OrganizationService(some.Db).Create(some.Admin, new() { Name = $"Acme {n}" }, Ct)).Id);
            ids.Add((await new PersonService(some.Db).Create(some.Admin, new() { Name = $"Jane {n}" }, Ct)).Id);
        }
        var contacts = new ContactService(some.Db);

        var first = await contacts.List(some.Admin, new() { Limit = 4 }, Ct);
        var rest = await contacts.List(some.Admin, new() { Limit = 4, After = first[^1].Id }, Ct);
        var newest = await contacts.List(some.Admin, new() { Limit = 2, Offset = 1, NewestFirst = true }, Ct);

        Assert.Equal(ids, first.Concat(rest).Select(contact => contact.Id));
        Assert.Equal([ids[4], ids[3]], newest.Select(contact => contact.Id));
        Assert.All(await contacts.List(some.Admin, new() { Kind = ContactKind.Person }, Ct),
            contact => Assert.Equal(ContactKind.Person, contact.Kind));
    }

    [Theory, OnBothBackends]
    public async Task The_combined_list_is_searched_by_name_address_and_number(Backend backend)
    {
        var some = await Some.Workspace(backend);
        var jane = await new PersonService(some.Db)
            .Create(some.Admin, new() { Name = "Jané Doe", Emails = (Seq<ContactPoint>)[new("j@x.test"), new("second@acme.test")] }, Ct);
        var acme = await new OrganizationService(some.Db).Create(some.Admin, new() { Name = "Acme", Phone = "555-100%" }, Ct);
        var contacts = new ContactService(some.Db);

        Assert.Equal([jane.Id], await Found("jane d"));
        Assert.Equal([jane.Id, acme.Id], await Found("ACME"));
        Assert.Equal([acme.Id], await Found("0%"));
        await new PersonService(some.Db).Update(some.Admin, jane.Id, new() { Emails = (Seq<ContactPoint>)[new("j@x.test")] }, Ct);
        Assert.Equal([acme.Id], await Found("acme"));
        Assert.Equal(1, await contacts.Count(some.Admin, new() { Search = "acme" }, Ct));

        async Task<IEnumerable<long>> Found(string text) =>
            (await contacts.List(some.Admin, new() { Search = text }, Ct)).Select(contact => contact.Id);
    }

    [Theory, OnBothBackends]
    public async Task Each_change_is_one_line_of_the_log_and_no_change_is_none(Backend backend)
    {
        var some = await Some.Workspace(backend);
        var persons = new PersonService(some.Db);
        var person = await persons.Create(some.Admin, new() { Name = "Jane" }, Ct);

        await persons.Update(some.Admin, person.Id, new() { JobTitle = "Buyer" }, Ct);
        await persons.Update(some.Admin, person.Id, new() { JobTitle = "Buyer" }, Ct);
        await persons.Delete(some.Admin, person.Id, Ct);

        await using var tx = await some.Db.Read(some.Id, Ct);
        var lines = await EventStore.OfSubject(tx, "person", person.Id, null, 10);
        Assert.Equal(["deleted", "updated", "created"], lines.Select(line => line.Action));
        Assert.Equal(["job_title"], lines[1].Changes.Select(change => change.Field));
    }

    [Theory, OnBothBackends]
    public async Task Two_writers_of_one_version_cannot_both_succeed(Backend backend)
    {
        var some = await Some.Workspace(backend);
        var persons = new PersonService(some.Db);
        var person = await persons.Create(some.Admin, new() { Name = "Jane" }, Ct);

        await persons.Update(some.Admin, person.Id, new() { ExpectedVersion = 1, JobTitle = "Buyer" }, Ct);
        var refusal =
            await Assert.ThrowsAsync<ProblemException>(() =>
                persons.Update(some.Admin, person.Id, new() { ExpectedVersion = 1, JobTitle = "Seller" }, Ct));

        Assert.Equal(ProblemCode.Stale, refusal.Problem.Code);
    }

    [Theory, OnBothBackends]
    public async Task A_deal_cannot_name_a_person_that_the_caller_does_not_see(Backend backend)
    {
        var some = await Some.Workspace(backend);
        var hidden = await new PersonService(some.Db).Create(some.Admin, new() { Name = "Hidden", VisibleTo = 1 }, Ct);

        var refusal = await Assert.ThrowsAsync<ProblemException>(() => new DealService(some.Db)
            .Create(some.Member, new() { Title = "Deal", PersonId = hidden.Id }, Ct));

        Assert.Equal(["person_id"], refusal.Problem.Fields.Select(error => error.Field));
    }

    [Theory, OnBothBackends]
    public async Task The_persons_of_an_organization_are_listed_by_name_page_by_page(Backend backend)
    {
        var some = await Some.Workspace(backend);
        var acme = await new OrganizationService(some.Db).Create(some.Admin, new() { Name = "Acme" }, Ct);
        var persons = new PersonService(some.Db);
        foreach (var name in new[] { "Cleo", "Älva", "Bo" }) await persons.Create(some.Admin, new() { Name = name, OrgId = acme.Id }, Ct);
        await persons.Create(some.Admin, new() { Name = "Elsewhere" }, Ct);
        var query = new ListQuery { Condition = Condition.Equal("org_id", acme.Id), Sort = [new("name")], Limit = 2 };

        var first = await persons.List(some.Member, query, Ct);
        var second = await persons.List(some.Member, query with { Cursor = first.NextCursor }, Ct);

        Assert.Equal(["Älva", "Bo", "Cleo"], first.Items.Concat(second.Items).Select(person => person.Name));
        Assert.Equal((true, false), (first.HasMore, second.HasMore));
    }
}
