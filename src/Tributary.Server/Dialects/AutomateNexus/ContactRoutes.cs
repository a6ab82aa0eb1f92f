using System.Text.Json.Nodes;
using Tributary.Core.Catalog;
using Tributary.Core.Contacts;
using Tributary.Core.Kernel;
using Tributary.Core.Lists;
using Tributary.Server.Api;
using Tributary.Server.Hosting;

namespace Tributary.Server.Dialects.AutomateNexus;

/// <summary>A contact with the name of its company, which is the organization of the person.</summary>
internal sealed record ContactView(Person Person, WorkspaceCatalog Catalog, string? Company);

/// <summary>The page "Contacts &amp; Leads API": contacts are persons.</summary>
internal static class ContactRoutes
{
    private static readonly Member<Guid> Id = Ids.Contact.InPath("id", "The contact.");
    private static readonly Member<string> Status = Members.Word("status", "Filter by status.", ContactBody.Statuses);
    private static readonly Member<string> Source = Members.Word("source", "Filter by lead source.", ContactBody.Sources);
    private static readonly Member<Guid> AssignedTo = Ids.User.Filter("assigned_to", "Filter by assigned user.");
    private static readonly Member<Seq<string>> Tags =
        Members.List("tags", "Comma-separated tag names: contacts that have one of them.", Members.Text("", "", 100));
    private static readonly Member<Operand> CreatedAfter = Bounds.Instant("created_after", "Created then or later.");
    private static readonly Member<Operand> CreatedBefore = Bounds.Instant("created_before", "Created then or earlier.");
    private static readonly Member<Operand> UpdatedAfter = Bounds.Instant("updated_after", "Updated then or later.");
    private static readonly Member<string> Company = Members.Text("company", "Part of the company's name.", 200);

    public static readonly Wire<ContactView> Contact = new Wire<ContactView>("Contact")
        .Id("id", c => c.Person.Uid, Ids.Contact.Spelled, nullable: false)
        .Text("first_name", c => c.Person.FirstName)
        .Text("last_name", c => c.Person.LastName)
        .Text("email", c => c.Person.Email)
        .Text("phone", c => c.Person.Phone)
        .Text("company", c => c.Company)
        .Text("job_title", c => c.Person.JobTitle)
        .Text("status", c => c.Person.Status)
        .Text("source", c => c.Person.Source)
        .Texts("tags", c => c.Catalog.TagNames(c.Person.TagIds))
        .Id("assigned_to", c => c.Catalog.User(c.Person.OwnerId)?.Uid, Ids.User.Spelled)
        .Whole("engagement_score", c => c.Person.EngagementScore)
        .Json("custom_fields", new JsonObject { ["type"] = "object", ["additionalProperties"] = true },
            (json, c) => CustomFields.Write(json, c.Catalog, "person", c.Person.Custom))
        .Instant("created_at", c => c.Person.AddedAt, TimeStyle.IsoSeconds)
        .Instant("updated_at", c => c.Person.UpdatedAt, TimeStyle.IsoSeconds);

    private static readonly Wire<ContactView> One = Envelope.One(Contact);

    private static readonly Listing<ContactView> Contacts =
        new(Contact, ("created_at", "added_at"), ("updated_at", "updated_at"), ("first_name", "first_name"), ("last_name", "last_name"));

    public static readonly IReadOnlyList<Operation> All =
    [
        new("GET", "/contacts", "listContacts", List)
        {
            Tag = "Contacts", Summary = "List contacts", Answer = Contacts,
            Parameters = [Status, Source, AssignedTo, Tags, CreatedAfter, CreatedBefore, UpdatedAfter, Company, .. Contacts.Parameters,
                Selection.Fields],
            Coverage = "partial", CoverageNote = "Not sorted by company.",
        },
        new("GET", "/contacts/{id}", "getContact", Get) { Tag = "Contacts", Summary = "Get a contact", Parameters = [Id], Answer = One },
        new("POST", "/contacts", "createContact", Create)
        {
            Tag = "Contacts", Summary = "Create a contact", Body = ContactBody.Shape, Status = 201, Answer = One,
            CoverageNote = "A company that is not there becomes an organization.",
        },
        new("PUT", "/contacts/{id}", "updateContact", Update)
        {
            Tag = "Contacts", Summary = "Update a contact", Parameters = [Id], Body = ContactBody.Shape, Answer = One,
        },
        new("DELETE", "/contacts/{id}", "deleteContact", Delete)
        {
            Tag = "Contacts", Summary = "Delete a contact", Parameters = [Id], Answer = Envelope.Deleted,
            CoverageNote = "Restorable for 30 days in the native API.",
        },
    ];

    private static async Task<Reply> List(Call call)
    {
        call.Caller.MustRead("persons");
        var catalog = await call.Service<CatalogService>().Current(call.Caller, call.Ct);
        var only = Selection.Read(call, Contact);
        var conditions = new List<Condition>();
        if (call.Query(Status) is { IsSet: true, Value: var status }) conditions.Add(Condition.Equal("status", status));
        if (call.Query(Source) is { IsSet: true, Value: var source }) conditions.Add(Condition.Equal("source", source));
        if (call.Query(AssignedTo) is { IsSet: true, Value: var user })
        {
            conditions.Add(Condition.Equal("owner_id", catalog.User(user)?.Id ?? 0));
        }
        if (call.Query(Tags) is { IsSet: true, Value: { Count: > 0 } tags })
        {
            conditions.Add(Condition.Test("tag", Operator.Has, [.. tags.Select(tag => (Operand)tag)]));
        }
        if (call.Query(CreatedAfter) is { IsSet: true, Value: var from })
        {
            conditions.Add(Condition.Test("added_at", Operator.AtLeast, from));
        }
        if (call.Query(CreatedBefore) is { IsSet: true, Value: var until })
        {
            conditions.Add(Condition.Test("added_at", Operator.AtMost, until));
        }
        if (call.Query(UpdatedAfter) is { IsSet: true, Value: var since })
        {
            conditions.Add(Condition.Test("updated_at", Operator.AtLeast, since));
        }
        if (call.Query(Company) is { IsSet: true, Value: var company } && !string.IsNullOrWhiteSpace(company))
        {
            conditions.Add(Condition.Test("organization.name", Operator.Contains, company));
        }
        return await Contacts.Answer(call, conditions, query => call.Service<PersonService>().List(call.Caller, query, call.Ct),
            persons => View(call, persons), only);
    }

    private static async Task<Reply> Get(Call call) => await Shown(call, await Find(call));

    private static async Task<Reply> Create(Call call)
    {
        call.Caller.MustWrite("persons");
        var patch = await Read(call);
        return await Shown(call, await call.Service<PersonService>().Create(call.Caller, patch, call.Ct), 201);
    }

    private static async Task<Reply> Update(Call call)
    {
        call.Caller.MustWrite("persons");
        var person = await Find(call);
        return await Shown(call, await call.Service<PersonService>().Update(call.Caller, person.Id, await Read(call), call.Ct));
    }

    private static async Task<Reply> Delete(Call call)
    {
        call.Caller.MustWrite("persons");
        var person = await Find(call);
        await call.Service<PersonService>().Delete(call.Caller, person.Id, call.Ct);
        return Reply.Json(Envelope.Deleted, Ids.Contact.Spell(person.Uid));
    }

    private static async Task<Person> Find(Call call)
    {
        var uid = call.Path(Id, "contact");
        return await call.Service<PersonService>().Get(call.Caller, uid, call.Ct) is { IsDeleted: false } person ? person
            : throw Problem.NotFound("contact", Ids.Contact.Spell(uid));
    }

    private static async Task<PersonPatch> Read(Call call)
    {
        var catalog = await call.Service<CatalogService>().Current(call.Caller, call.Ct);
        var sent = await call.Read(body => ContactBody.Read(body, catalog));
        return sent.Company.IsSet
            ? sent.Patch with { OrgId = new(true, sent.Company.Value is { } name ? await OrganizationOf(call, name) : null) } : sent.Patch;
    }

    /// <summary>The organization of that name, made when there is none.</summary>
    private static async Task<long> OrganizationOf(Call call, string name)
    {
        var organizations = call.Service<OrganizationService>();
        var named = await organizations.List(call.Caller,
            new() { Condition = Condition.Equal("name", name), Sort = [new("id")], Limit = 1 }, call.Ct);
        return named.Items.Count > 0 ? named.Items[0].Id : (await organizations.Create(call.Caller, new() { Name = name }, call.Ct)).Id;
    }

    private static async Task<Reply> Shown(Call call, Person person, int status = 200) =>
        Reply.Json(One, (await View(call, [person]))[0], status: status);

    private static async Task<IReadOnlyList<ContactView>> View(Call call, IReadOnlyList<Person> persons)
    {
        var companies = (await call.Service<OrganizationService>()
            .FindMany(call.Caller, [.. persons.Select(person => person.OrgId).OfType<long>().Distinct()], call.Ct))
            .ToDictionary(organization => organization.Id, organization => organization.Name);
        var catalog = await call.Service<CatalogService>().Latest(call.Caller, call.Ct);
        return [.. persons.Select(person => new ContactView(person, catalog, companies.GetValueOrDefault(person.OrgId ?? 0)))];
    }
}
