using Tributary.Core.Contacts;
using Tributary.Core.Kernel;
using Tributary.Server.Hosting;

namespace Tributary.Server.Dialects.YSuite;

/// <summary>The page "Contacts": individuals (persons) and businesses (organizations) in one list of cstid.</summary>
internal static class ContactRoutes
{
    private static readonly Member<long> Id = Members.Id("id", "The cstid.").InPath();
    private static readonly Member<string> Search = Members.Text("search", "Name, e-mail address or mobile number.", 200);
    private static readonly Member<ContactKind> Type =
        Members.Word("type", "1 Individual, 2 Business.", ("1", ContactKind.Person), ("2", ContactKind.Organization));

    private static readonly Member<string> Name = Members.Text("cstname", "At most 100 characters.", 100);
    private static readonly Member<long> ContactType = Members.Whole("contact_type", "1 Individual, 2 Business.", 1, 2);
    private static readonly Member<string> Email = Members.Email("cstemail", "").Nullable();
    private static readonly Member<string> Mobile = Members.Text("cstmobile", "", 50).Nullable();
    private static readonly Member<string> Address = Members.Text("cstaddress", "At most 255 characters.", 255).Nullable();
    private static readonly Member<string> TaxNumber = Members.Text("ct_taxnumber", "At most 50 characters.", 50).Nullable();
    private static readonly Member<string> Notes = Members.Text("cstnotes", "At most 2000 characters.", 2000).Nullable();
    private static readonly Member<long> Parent = Members.Id("contact_parent", "The business of an individual.").Nullable();
    private static readonly Member<Seq<long>> Tags = Members.List("cst_tag_id", "", Members.Id("", ""));

    private static readonly Shape Body =
        new("ContactBody", Name.Required(), ContactType.Required(), Email, Mobile, Address, TaxNumber, Notes, Parent, Tags);

    private static readonly Wire<Contact> Contact = new Wire<Contact>("Contact")
        .Whole("cstid", c => c.Id)
        .Text("cstname", c => c.Name, nullable: false)
        .Whole("contact_type", c => c.Kind is ContactKind.Person ? 1 : 2, "1 Individual, 2 Business.")
        .Text("cstemail", c => c.Email)
        .Text("cstmobile", c => c.Phone)
        .Text("cstaddress", c => (c.Person?.Address ?? c.Organization?.Address)?.Value)
        .Text("ct_taxnumber", c => c.Person is { } person ? person.TaxNumber : c.Organization!.TaxNumber)
        .Text("cstnotes", c => c.Person is { } person ? person.Notes : c.Organization!.Notes)
        .Whole("contact_parent", c => c.Person?.OrgId)
        .Wholes("cst_tag_id", c => c.Person is { } person ? person.TagIds : c.Organization!.TagIds)
        .Instant("cstcreated_on", c => c.Person is { } person ? person.AddedAt : c.Organization!.AddedAt, TimeStyle.IsoSeconds);

    private static readonly Wire<Contact> One = Envelope.One(Contact);
    private static readonly Wire<PageOf<Contact>> List = Envelope.List(Contact);
    private static readonly Wire<Contact> Created = Envelope.Created("New contact has been created successfully.",
        new Wire<Contact>("NewContact").Whole("cstid", c => c.Id).Text("cstname", c => c.Name, nullable: false));

    public static readonly IReadOnlyList<Operation> All =
    [
        new("GET", "/v1/contacts", "listContacts", ListAll)
        {
            Tag = "Contacts", Summary = "List contacts", Parameters = [Paging.Size, Paging.Index, Search, Type], Answer = List,
        },
        new("GET", "/v1/contacts/{id}", "getContact", Get) { Tag = "Contacts", Summary = "Get a contact", Parameters = [Id], Answer = One },
        new("POST", "/v1/contacts", "createContact", Create)
        {
            Tag = "Contacts", Summary = "Create a contact", Coverage = "partial",
            CoverageNote = "cstmobile_country_id and the notify switches are not kept.", Body = Body, Answer = Created,
        },
        new("PUT", "/v1/contacts/{id}", "updateContact", Update)
        {
            Tag = "Contacts", Summary = "Update a contact", Coverage = "partial",
            CoverageNote = "cstmobile_country_id and the notify switches are not kept.", Parameters = [Id], Body = Body,
            Answer = Envelope.Done,
        },
        new("DELETE", "/v1/contacts/{id}", "deleteContact", Delete)
        {
            Tag = "Contacts", Summary = "Delete a contact", Parameters = [Id], Answer = Envelope.Done,
        },
    ];

    private static async Task<Reply> ListAll(Call call)
    {
        var (size, index) = Paging.Read(call);
        var type = call.Query(Type);
        var query = new ContactQuery
        {
            Search = call.Query(Search).Or(null!),
            Kind = type.IsSet ? type.Value : null,
            NewestFirst = true,
            Offset = size * index,
            Limit = (int)size,
        };
        call.Checked();
        var contacts = call.Service<ContactService>();
        return Reply.Json(List,
            new PageOf<Contact>(await contacts.List(call.Caller, query, call.Ct), index, size,
                await contacts.Count(call.Caller, query, call.Ct)));
    }

    private static async Task<Reply> Get(Call call) => Reply.Json(One, await Find(call));

    private static async Task<Reply> Create(Call call)
    {
        var sent = await call.Read(Read);
        Contact created = sent.Kind is ContactKind.Person
            ? new(await call.Service<PersonService>().Create(call.Caller, sent.Person, call.Ct), null)
            : new(null, await call.Service<OrganizationService>().Create(call.Caller, sent.Organization, call.Ct));
        return Reply.Json(Created, created);
    }

    private static async Task<Reply> Update(Call call)
    {
        var contact = await Find(call);
        call.Caller.MustWrite(contact.Kind is ContactKind.Person ? "persons" : "organizations");
        var sent = await call.Read(Read);
        if (sent.Kind != contact.Kind)
        {
            throw Problem.Invalid("contact_type", "contact_type must stay what it is: an individual does not become a business.");
        }
        if (contact.Kind is ContactKind.Person) await call.Service<PersonService>().Update(call.Caller, contact.Id, sent.Person, call.Ct);
        else await call.Service<OrganizationService>().Update(call.Caller, contact.Id, sent.Organization, call.Ct);
        return Envelope.Said("Contact updated successfully!");
    }

    private static async Task<Reply> Delete(Call call)
    {
        var contact = await Find(call);
        if (contact.Kind is ContactKind.Person) await call.Service<PersonService>().Delete(call.Caller, contact.Id, call.Ct);
        else await call.Service<OrganizationService>().Delete(call.Caller, contact.Id, call.Ct);
        return Envelope.Said("Contact deleted successfully");
    }

    private static async Task<Contact> Find(Call call)
    {
        var id = call.Path(Id, "contact");
        return await call.Service<ContactService>().Find(call.Caller, id, call.Ct) is { IsDeleted: false } contact ? contact
            : throw Problem.NotFound("contact", id);
    }

    private static SentContact Read(Body body)
    {
        var (name, mobile, email) = (body.Get(Name), body.ClearableText(Mobile), body.ClearableText(Email));
        var (address, tax, notes, tags) = (body.ClearableText(Address)
            .As(text => text is null ? null : new PostalAddress { Value = text }), body.ClearableText(TaxNumber), body.ClearableText(
                Notes), body.ClearableList(Tags));
        var kind = body.Get(ContactType).Or(2) == 1 ? ContactKind.Person : ContactKind.Organization;
        return new(kind,
            new()
            {
                Name = name,
                Emails = email.As(Points),
                Phones = mobile.As(Points),
                Address = address,
                TaxNumber = tax,
                Notes = notes,
                OrgId = body.Clearable(Parent),
                TagIds = tags,
            },
            new() { Name = name, Email = email, Phone = mobile, Address = address, TaxNumber = tax, Notes = notes, TagIds = tags });
    }

    private static Seq<ContactPoint> Points(string? value) => string.IsNullOrWhiteSpace(value) ? [] : [new(value, "work", true)];

    private sealed record SentContact(ContactKind Kind, PersonPatch Person, OrganizationPatch Organization);
}
