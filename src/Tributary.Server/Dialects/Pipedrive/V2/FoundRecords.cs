using System.Text.Json;
using Tributary.Core.Catalog;
using Tributary.Core.Contacts;
using Tributary.Core.Fields;
using Tributary.Core.Kernel;
using Tributary.Core.Leads;
using Tributary.Core.Notes;
using Tributary.Core.Products;
using Tributary.Core.Search;
using Tributary.Server.Hosting;

namespace Tributary.Server.Dialects.Pipedrive.V2;

/// <summary>A record that was found, with the texts in which it was found and what is shown around it.</summary>
internal sealed record FoundRecord<T>(T Record, WorkspaceCatalog Catalog)
{
    public IReadOnlyList<string> CustomTexts { get; init; } = [];
    public IReadOnlyList<string> Notes { get; init; } = [];
    public Person? Person { get; init; }
    public Organization? Organization { get; init; }
    public IReadOnlySet<string> Includes { get; init; } = new HashSet<string>();
}

/// <summary>
/// Hits of a search as v2 shows them: a fixed number of statements, however many hits and kinds. What was found and is not
/// visible any more is left out.
/// </summary>
internal static class FoundRecords
{
    private static readonly Wire<User> OwnerWire = new Wire<User>(null).Whole("id", u => u.Id);
    private static readonly Wire<Person> PersonWire =
        new Wire<Person>(null).Whole("id", p => p.Id).Text("name", p => p.Name, nullable: false);
    private static readonly Wire<Organization> OrganizationWire =
        new Wire<Organization>(null).Whole("id", o => o.Id).Text("name", o => o.Name, nullable: false)
        .Text("address", o => o.Address?.Value);

    private static readonly Wire<ProductPrice> PriceWire =
        new Wire<ProductPrice>(null).Text("currency", p => p.Currency, nullable: false).Number("price", p => p.Price);

    public static readonly Wire<FoundRecord<Person>> Person = new Wire<FoundRecord<Person>>("FoundPerson")
        .Whole("id", f => f.Record.Id)
        .Text("type", _ => "person", nullable: false)
        .Text("name", f => f.Record.Name, nullable: false)
        .Texts("phones", f => [.. f.Record.Phones.Select(point => point.Value)])
        .Texts("emails", f => [.. f.Record.Emails.Select(point => point.Value)])
        .Whole("visible_to", f => f.Record.VisibleTo)
        .Object("owner", f => Owner(f.Record.OwnerId), OwnerWire)
        .Object("organization", f => f.Organization, OrganizationWire)
        .Texts("custom_fields", f => f.CustomTexts, "Values in which the term was found.")
        .Texts("notes", f => f.Notes, "Notes in which the term was found.")
        .Text("picture", _ => null, "Only when include_fields names it; pictures are not kept.",
            when: f => f.Includes.Contains("person.picture"));

    public static readonly Wire<FoundRecord<Organization>> Organization = new Wire<FoundRecord<Organization>>("FoundOrganization")
        .Whole("id", f => f.Record.Id)
        .Text("type", _ => "organization", nullable: false)
        .Text("name", f => f.Record.Name, nullable: false)
        .Text("address", f => f.Record.Address?.Value)
        .Whole("visible_to", f => f.Record.VisibleTo)
        .Object("owner", f => Owner(f.Record.OwnerId), OwnerWire)
        .Texts("custom_fields", f => f.CustomTexts, "Values in which the term was found.")
        .Texts("notes", f => f.Notes, "Notes in which the term was found.");

    public static readonly Wire<FoundRecord<Product>> Product = new Wire<FoundRecord<Product>>("FoundProduct")
        .Whole("id", f => f.Record.Id)
        .Text("type", _ => "product", nullable: false)
        .Text("name", f => f.Record.Name, nullable: false)
        .Text("code", f => f.Record.Code)
        .Whole("visible_to", f => f.Record.VisibleTo)
        .Object("owner", f => Owner(f.Record.OwnerId), OwnerWire)
        .Texts("custom_fields", f => f.CustomTexts, "Values in which the term was found.")
        .Objects("prices", f => f.Record.Prices, PriceWire, "Only when include_fields names product.price.",
            when: f => f.Includes.Contains("product.price"));

    public static readonly Wire<FoundRecord<Lead>> Lead = new Wire<FoundRecord<Lead>>("FoundLead")
        .Uid("id", f => f.Record.Uid)
        .Text("type", _ => "lead", nullable: false)
        .Text("title", f => f.Record.Title, nullable: false)
        .Object("owner", f => Owner(f.Record.OwnerId), OwnerWire)
        .Object("person", f => f.Person, PersonWire)
        .Object("organization", f => f.Organization, OrganizationWire)
        .Texts("phones", f => [.. f.Person?.Phones.Select(point => point.Value) ?? []])
        .Texts("emails", f => [.. f.Person?.Emails.Select(point => point.Value) ?? []])
        .Texts("custom_fields", f => f.CustomTexts, "Values in which the term was found.")
        .Texts("notes", f => f.Notes, "Notes in which the term was found.")
        .Number("value", f => f.Record.Value)
        .Text("currency", f => f.Record.Value is null ? null : f.Record.Currency)
        .Whole("visible_to", f => f.Record.VisibleTo)
        .Flag("is_archived", f => f.Record.IsArchived)
        .Flag("was_seen", f => f.Record.WasSeen, "Only when include_fields names it.", when: f => f.Includes.Contains("lead.was_seen"));

    /// <summary>The hits with what is shown of them, in their order.</summary>
    public static async Task<IReadOnlyList<Found>> Show(Call call, IReadOnlyList<SearchHit> hits, IReadOnlySet<string> includes)
    {
        if (hits.Count == 0) return [];
        // What hangs on a record that was found may be named with it: notes, a person's organization.
        var around = call.Caller with { Scopes = [.. call.Caller.Scopes.Append("read").Distinct()] };
        var catalog = await call.Service<CatalogService>().Latest(call.Caller, call.Ct);

        var deals = hits.Any(hit => hit.Subject == "deal")
            ? await DealSearch.Show(call, [.. hits.Where(hit => hit.Subject == "deal")], includes.Contains("deal.cc_email")) : [];
        var leads = Ids("lead") is { Count: > 0 } leadIds ? await call.Service<LeadService>().FindMany(call.Caller, leadIds, call.Ct) : [];
        var persons = Ids("person") is { Count: > 0 } personIds ? await call.Service<PersonService>()
            .FindMany(call.Caller, personIds, call.Ct) : [];
        var organizations = Ids("organization") is { Count: > 0 } orgIds ? await call.Service<OrganizationService>()
            .FindMany(call.Caller, orgIds, call.Ct) : [];
        var products = Ids("product") is { Count: > 0 } productIds ? await call.Service<ProductService>()
            .FindMany(call.Caller, productIds, call.Ct) : [];

        var people = await Named(leads.Select(lead => lead.PersonId), ids => call.Service<PersonService>().FindMany(around, ids, call.Ct),
            person => person.Id);
        var companies = await Named(persons.Select(person => person.OrgId).Concat(leads.Select(lead => lead.OrgId)),
            ids => call.Service<OrganizationService>().FindMany(around, ids, call.Ct), one => one.Id);
        var notes = await Named(hits.Where(hit => hit.Subject != "deal").SelectMany(hit => hit.Matches)
            .Where(match => match is { Field: "notes", SourceId: > 0 }).Select(match => (long?)match.SourceId),
            ids => call.Service<NoteService>().FindMany(around, ids, call.Ct), note => note.Id);

        var shown = new Dictionary<(string, long), Action<Utf8JsonWriter>>();
        foreach (var deal in deals) shown[("deal", deal.Deal.Id)] = json => DealSearch.Item.Write(json, deal);
        var found = hits.ToDictionary(hit => (hit.Subject, hit.Id));
        foreach (var lead in leads) Add("lead", lead.Id, Lead, lead, lead.Custom, null, lead.PersonId, lead.OrgId);
        foreach (var person in persons) Add("person", person.Id, Person, person, person.Custom, person.Notes, null, person.OrgId);
        foreach (var organization in organizations)
        {
            Add("organization", organization.Id, Organization, organization, organization.Custom, organization.Notes, null, null);
        }
        foreach (var product in products) Add("product", product.Id, Product, product, product.Custom, null, null, null);
        return [.. hits.Where(hit => shown.ContainsKey((hit.Subject, hit.Id)))
            .Select(hit => new Found(hit.Score, shown[(hit.Subject, hit.Id)]))];

        List<long> Ids(string subject) => [.. hits.Where(hit => hit.Subject == subject).Select(hit => hit.Id)];

        void Add<T>(string subject, long id, Wire<FoundRecord<T>> wire, T record, CustomValues custom, string? ownNotes, long? person,
            long? organization)
        {
            var matches = found[(subject, id)].Matches;
            var row = new FoundRecord<T>(record, catalog)
            {
                CustomTexts = [.. matches.Where(match => match.Field == "custom")
                    .Select(match => CustomText(catalog, subject == "lead" ? "deal" : subject, match.SourceId, custom)).OfType<string>()],
                Notes = [.. matches.Where(match => match.Field == "notes")
                    .Select(match => match.SourceId == 0 ? ownNotes : notes.GetValueOrDefault(match.SourceId)?.Content).OfType<string>()],
                Person = people.GetValueOrDefault(person ?? 0),
                Organization = companies.GetValueOrDefault(organization ?? 0),
                Includes = includes,
            };
            shown[(subject, id)] = json => wire.Write(json, row);
        }
    }

    /// <summary>The value of the custom field in which the term was found, as text.</summary>
    public static string? CustomText(WorkspaceCatalog catalog, string subject, long fieldId, CustomValues values)
    {
        if (catalog.FieldsOf(subject).FirstOrDefault(field => field.Id == fieldId) is not { } field || values[field] is not { } value)
        {
            return null;
        }
        if (value.ValueKind is JsonValueKind.Object) value = value.GetProperty("value");
        return value.ValueKind is JsonValueKind.String ? value.GetString() : value.GetRawText();
    }

    private static async Task<IReadOnlyDictionary<long, T>> Named<T>(IEnumerable<long?> ids,
        Func<IReadOnlyCollection<long>, Task<IReadOnlyList<T>>> find, Func<T, long> id)
    {
        var wanted = ids.OfType<long>().Distinct().ToList();
        return wanted.Count == 0 ? new Dictionary<long, T>() : (await find(wanted)).ToDictionary(id);
    }

    private static User? Owner(long? id) => id is { } known ? new(known) : null;

    private sealed record User(long Id);
}
