using Tributary.Core.Contacts;
using Tributary.Core.Kernel;
using Tributary.Core.Leads;
using Tributary.Core.Lists;
using Tributary.Core.Log;
using Tributary.Tests.Support;

namespace Tributary.Tests.Core.Leads;

public sealed class LeadServiceTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, OnBothBackends]
    public async Task A_lead_is_read_as_it_was_written(Backend backend)
    {
        var (some, person) = await WithPerson(backend);
        var leads = new LeadService(some.Db);
        var patch = new LeadPatch
        {
            Title = "Jane Doe Lead",
            Value = 999.5m,
            Currency = "USD",
            PersonId = person,
            ExpectedClose = new DateOnly(2026, 12, 24),
            VisibleTo = 3,
            WasSeen = true,
            OriginId = "form-7",
            Channel = 52,
            ChannelId = "Jun23 Billboards",
        };

        var created = await leads.Create(some.Admin, patch, Ct);

        Assert.Equal(created, await leads.Get(some.Admin, created.Id, Ct));
        Assert.Equal(created, await leads.Get(some.Admin, created.Uid, Ct));
        Assert.Equal((999.5m, "USD", "API", some.Admin.UserId), (created.Value, created.Currency, created.Origin, created.OwnerId));
    }

    [Theory, OnBothBackends]
    public async Task A_lead_needs_a_title_and_a_person_or_an_organization(Backend backend)
    {
        var (some, person) = await WithPerson(backend);
        var leads = new LeadService(some.Db);

        var nameless =
            await Assert.ThrowsAsync<ProblemException>(() =>
                leads.Create(some.Admin, new() { Currency = "ZZZ", LabelIds = (Seq<long>)[77] }, Ct));
        var lead = await leads.Create(some.Admin, new() { Title = "Lead", PersonId = person }, Ct);
        var bare = await Assert.ThrowsAsync<ProblemException>(() => leads.Update(some.Admin, lead.Id, new() { PersonId = null }, Ct));

        Assert.Equal(["currency", "label_ids", "person_id", "title"],
            nameless.Problem.Fields.Select(error => error.Field).Order(StringComparer.Ordinal));
        Assert.Equal(["person_id"], bare.Problem.Fields.Select(error => error.Field));
    }

    [Theory, OnBothBackends]
    public async Task Leads_are_filtered_sorted_and_paged_and_archived_ones_are_apart(Backend backend)
    {
        var (some, person) = await WithPerson(backend);
        var leads = new LeadService(some.Db);
        foreach (var value in new[] { 30m, 10m, 20m })
        {
            await leads.Create(some.Admin, new() { Title = $"Lead {value}", Value = value, PersonId = person }, Ct);
        }
        var archived = await leads.Create(some.Admin, new() { Title = "Archived", PersonId = person }, Ct);
        await leads.Update(some.Admin, archived.Id, new() { Archived = true }, Ct);
        await leads.Create(some.Admin, new() { Title = "Hidden", PersonId = person, VisibleTo = 1 }, Ct);
        var query = new ListQuery { Condition = Condition.Equal("person_id", person), Sort = [new("value")], Limit = 2 };

        var first = await leads.List(some.Member, query, Ct);
        var second = await leads.List(some.Member, query with { Cursor = first.NextCursor }, Ct);
        var inArchive = await leads.List(some.Member, query with { Scope = Scope.Archived }, Ct);

        Assert.Equal([10m, 20m, 30m], first.Items.Concat(second.Items).Select(lead => lead.Value));
        Assert.Equal(["Archived"], inArchive.Items.Select(lead => lead.Title));
    }

    [Theory, OnBothBackends]
    public async Task A_lead_is_seen_in_its_workspace_only_and_its_log_tells_what_happened(Backend backend)
    {
        var (some, person) = await WithPerson(backend);
        var leads = new LeadService(some.Db);
        var lead = await leads.Create(some.Admin, new() { Title = "Lead", PersonId = person }, Ct);

        await Assert.ThrowsAsync<ProblemException>(() => leads.Get(some.Outsider, lead.Id, Ct));
        await leads.Update(some.Admin, lead.Id, new() { Archived = true }, Ct);
        await leads.Delete(some.Admin, lead.Id, Ct);
        await leads.Restore(some.Admin, lead.Id, Ct);

        await using var tx = await some.Db.Read(some.Id, Ct);
        Assert.Equal(["restored", "deleted", "archived", "created"],
            (await EventStore.OfSubject(tx, "lead", lead.Id, null, 10)).Select(line => line.Action));
    }

    internal static async Task<(SomeWorkspace Some, long Person)> WithPerson(Backend backend)
    {
        var some = await Some.Workspace(backend);
        return (some, (await new PersonService(some.Db).Create(some.Admin, new() { Name = "Jane Doe" }, Ct)).Id);
    }
}
