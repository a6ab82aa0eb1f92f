using Tributary.Core.Catalog;
using Tributary.Core.Contacts;
using Tributary.Core.Kernel;
using Tributary.Core.Lists;
using Tributary.Server.Hosting;

namespace Tributary.Server.Dialects.Pipedrive.V2;

/// <summary>Persons as v2 has them; reference §11 and the OpenAPI file.</summary>
internal static class PersonRoutes
{
    private static readonly Member<long> Id = Members.Id("id", "The ID of the person.").InPath();

    private static readonly RecordAsk Ask =
        new("person", "next_activity_id", "last_activity_id", "open_deals_count", "related_open_deals_count", "closed_deals_count",
            "related_closed_deals_count",
        "participant_open_deals_count", "participant_closed_deals_count", "email_messages_count", "activities_count",
        "done_activities_count", "undone_activities_count", "files_count", "notes_count",
        "followers_count", "won_deals_count", "related_won_deals_count", "lost_deals_count", "related_lost_deals_count",
        "last_incoming_mail_time", "last_outgoing_mail_time", "marketing_status",
        "doi_status", "smart_bcc_email");

    private static readonly RecordList List = new("person", new(("id", "id"), ("update_time", "updated_at"), ("add_time", "added_at")),
        RecordFilter.Id("owner_id"), RecordFilter.Id("org_id"),
        RecordFilter.Of(Members.Id("deal_id", "Who takes part in the deal."), deal => Condition.Test("deal", Operator.Has, deal)));

    public static readonly IReadOnlyList<Operation> All =
    [
        new("GET", "/persons", "getPersons", GetAll)
        {
            Tag = "Persons", Summary = "Get all persons", Cost = 10, Parameters = [.. List.Parameters, .. Ask.Parameters],
            Answer = PersonWire.Page,
        },
        new("GET", "/persons/{id}", "getPerson", Get)
        {
            Tag = "Persons", Summary = "Get details of a person", Parameters = [Id, .. Ask.Parameters], Answer = PersonWire.One,
        },
        new("POST", "/persons", "addPerson", Create)
        {
            Tag = "Persons", Summary = "Add a new person", Cost = 5, Body = PersonBody.New, Answer = PersonWire.One,
        },
        new("PATCH", "/persons/{id}", "updatePerson", Update)
        {
            Tag = "Persons", Summary = "Update a person", Cost = 5, Parameters = [Id], Body = PersonBody.Changes, Answer = PersonWire.One,
        },
        new("DELETE", "/persons/{id}", "deletePerson", Delete)
        {
            Tag = "Persons", Summary = "Delete a person", Cost = 3, Parameters = [Id], Answer = Envelope.Deleted,
        },
    ];

    private static async Task<Reply> GetAll(Call call)
    {
        call.Caller.MustRead("persons");
        var read = List.Read(call);
        var asked = await Ask.Read(call);
        var page = await call.Service<PersonService>().List(call.Caller, await read(call), call.Ct);
        var counts = await Counts(call, asked, page.Items);
        return Paging.Reply(PersonWire.Person,
            [.. page.Items.Select(person => new PersonView(person, asked, counts.GetValueOrDefault(person.Id)))], page.NextCursor);
    }

    private static async Task<Reply> Get(Call call)
    {
        var id = call.Path(Id, "person");
        var person = await call.Service<PersonService>().Get(call.Caller, id, call.Ct);
        if (person.IsDeleted) throw Problem.NotFound("person", id);
        var asked = await Ask.Read(call);
        return Reply.Json(PersonWire.One, new PersonView(person, asked, (await Counts(call, asked, [person])).GetValueOrDefault(id)));
    }

    private static async Task<Reply> Create(Call call)
    {
        call.Caller.MustWrite("persons");
        var catalog = await call.Service<CatalogService>().Current(call.Caller, call.Ct);
        return await Shown(call, await call.Service<PersonService>()
            .Create(call.Caller, await call.Read(body => PersonBody.Read(body, catalog)), call.Ct));
    }

    private static async Task<Reply> Update(Call call)
    {
        var id = call.Path(Id, "person");
        call.Caller.MustWrite("persons");
        var catalog = await call.Service<CatalogService>().Current(call.Caller, call.Ct);
        return await Shown(call, await call.Service<PersonService>()
            .Update(call.Caller, id, await call.Read(body => PersonBody.Read(body, catalog)), call.Ct));
    }

    private static async Task<Reply> Delete(Call call) =>
        Reply.Json(Envelope.Deleted,
            new Gone((await call.Service<PersonService>().Delete(call.Caller, call.Path(Id, "person"), call.Ct)).Id));

    private static async Task<Reply> Shown(Call call, Person person) =>
        Reply.Json(PersonWire.One, new PersonView(person, await RecordAsk.All(call, "person"), null));

    // One statement for the page, and none when nothing counted is asked for.
    private static async Task<IReadOnlyDictionary<long, ContactCounts>> Counts(Call call, RecordSelection asked,
        IReadOnlyList<Person> persons) => asked.Extras.Any(PersonWire.IsCounted)
        ? await call.Service<PersonService>().Counts(call.Caller, [.. persons.Select(person => person.Id)], call.Ct)
        : new Dictionary<long, ContactCounts>();
}
