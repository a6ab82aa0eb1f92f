using Tributary.Core.Contacts;
using Tributary.Core.Deals;
using Tributary.Server.Api.Deals;
using Tributary.Server.Hosting;

namespace Tributary.Server.Api.Contacts;

internal static class PersonRoutes
{
    private static readonly Listing<PersonView> Persons = new("person", PersonWire.Person, "-added_at")
    {
        Filters = [RecordFilters.Owner, RecordFilters.Org, RecordFilters.Label, RecordFilters.Tag,
            ListFilter.Equal(Members.Text("email", "Persons with this address.", 320)), RecordFilters.Search("name", "email"),
            .. RecordFilters.Times],
        Includes = ["organization"],
    };

    private static readonly RecordRoutes<Person, PersonPatch, PersonView> Life = new("Person", "Persons", "/persons", "a person")
    {
        Tag = "Persons",
        Wire = PersonWire.Person,
        Listing = Persons,
        New = PersonBody.New,
        Patch = PersonBody.Patch,
        Read = PersonBody.Read,
        Identity = person => (person.Id, person.Version),
        Show = PersonView.Of,
        List = (call, query) => call.Service<PersonService>().List(call.Caller, query, call.Ct),
        Get = (call, id) => call.Service<PersonService>().Get(call.Caller, id, call.Ct),
        Create = (call, patch) => call.Service<PersonService>().Create(call.Caller, patch, call.Ct),
        Update = (call, id, patch) => call.Service<PersonService>().Update(call.Caller, id, patch, call.Ct),
        Deletion = (deleted, version) => new() { Deleted = deleted, ExpectedVersion = version },
        Exported = _ => ["name", "organization.name", "email", "phone", "job_title", "owner.name", "labels", "added_at"],
    };

    public static readonly IReadOnlyList<Operation> All =
    [
        .. Life.All(),
        new("POST", "/persons/{id}/merge", "mergePerson", Merge)
        {
            Tag = "Persons", Summary = "Merge a person into another, which stays and is answered", Parameters = [RecordMembers.PathId],
            Body = ContactWire.Merge, Answer = PersonWire.Person,
        },
        new("POST", "/persons/{id}/purge", "purgePerson", Purge)
        {
            Tag = "Persons", Summary = "Erase a person at once and for good; for admins",
            Description =
                "The record and those merged into it, their lines of the log, notes, activities and files that hang on nothing else, and their names and addresses in lists of people and in kept copies of requests. Deals and leads go on without them. What others wrote about them in their own words (titles, notes on deals, bodies of mail) stays. Purged already: nothing happens.",
            Parameters = [RecordMembers.PathId], Status = 204,
        },
        ContactRoutes.Duplicates("/persons", "Person", ContactKind.Person),
        ContactRoutes.Counts("/persons", "Person", (call, id) => call.Service<PersonService>().Counts(call.Caller, [id], call.Ct)),
        new("GET", "/persons/{id}/deals", "listDealsOfPerson", Deals)
        {
            Tag = "Persons", Summary = "List a person's deals, their own and those they take part in",
            Parameters = [RecordMembers.PathId, .. DealLists.Deals.Parameters], Answer = DealLists.Deals,
        },
    ];

    private static async Task<Reply> Merge(Call call)
    {
        var id = call.Path(RecordMembers.PathId, "person");
        return await Life.Shown(call, await call.Service<PersonService>()
            .Merge(call.Caller, id, await ContactWire.ReadSurvivor(call), call.Ct));
    }

    private static async Task<Reply> Purge(Call call)
    {
        await call.Service<PersonPurgeService>().Purge(call.Caller, call.Path(RecordMembers.PathId, "person"), call.Ct);
        return Reply.Empty();
    }

    private static Task<Reply> Deals(Call call)
    {
        var id = call.Path(RecordMembers.PathId, "person");
        return DealLists.Answer(call, query => call.Service<PersonService>().Deals(call.Caller, id, query, call.Ct));
    }
}
