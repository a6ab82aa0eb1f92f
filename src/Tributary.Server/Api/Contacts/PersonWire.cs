using Tributary.Core.Catalog;
using Tributary.Core.Contacts;
using Tributary.Server.Hosting;

namespace Tributary.Server.Api.Contacts;

/// <summary>A person and what its spelling needs beside it.</summary>
internal sealed record PersonView(Person Record, WorkspaceCatalog Catalog)
{
    /// <summary>The caller asked to see the organization, which is there when there is one that they see.</summary>
    public bool IncludesOrganization { get; init; }
    public View<Organization>? Organization { get; init; }

    /// <summary>The persons with the catalog and, when asked for, their organizations, in a fixed number of statements.</summary>
    public static async Task<IReadOnlyList<PersonView>> Of(Call call, IReadOnlyList<Person> persons, IReadOnlySet<string> include)
    {
        var catalog = await call.Service<CatalogService>().Latest(call.Caller, call.Ct);
        if (!include.Contains("organization")) return [.. persons.Select(person => new PersonView(person, catalog))];

        var ids = persons.Select(person => person.OrgId).OfType<long>().Distinct().ToList();
        var organizations = (await call.Service<OrganizationService>().FindMany(call.Caller, ids, call.Ct))
            .ToDictionary(organization => organization.Id);
        return
        [
            .. persons.Select(person => new PersonView(person, catalog)
            {
                IncludesOrganization = true,
                Organization = person.OrgId is { } id && organizations.TryGetValue(id, out var organization)
                    ? new(organization, catalog) : null,
            }),
        ];
    }
}

/// <summary>How our own API spells a person.</summary>
internal static class PersonWire
{
    private static readonly Wire<ContactPoint> Point = new Wire<ContactPoint>("ContactPoint", "One way to reach a person.")
        .Text("value", p => p.Value, nullable: false)
        .Text("label", p => p.Label, nullable: false)
        .Flag("primary", p => p.Primary);

    public static readonly Wire<PersonView> Person = new Wire<PersonView>("Person", "Someone on the buying side.")
        .Whole("id", p => p.Record.Id)
        .Uid("uid", p => p.Record.Uid)
        .Text("name", p => p.Record.Name, nullable: false)
        .Text("first_name", p => p.Record.FirstName)
        .Text("last_name", p => p.Record.LastName)
        .Whole("org_id", p => p.Record.OrgId)
        .Whole("owner_id", p => p.Record.OwnerId)
        .Whole("visible_to", p => p.Record.VisibleTo, "1 the owner, 3 the owner's group, 5 that group and those below it, 7 everyone.")
        .Text("email", p => p.Record.Email, "The primary one of emails.")
        .Text("phone", p => p.Record.Phone, "The primary one of phones.")
        .Objects("emails", p => p.Record.Emails, Point)
        .Objects("phones", p => p.Record.Phones, Point)
        .Objects("im", p => p.Record.Im, Point, "Names in messengers.")
        .Object("address", p => p.Record.Address, AddressWire.Address)
        .Day("birthday", p => p.Record.Birthday)
        .Text("job_title", p => p.Record.JobTitle)
        .Text("notes", p => p.Record.Notes)
        .Text("status", p => p.Record.Status)
        .Text("source", p => p.Record.Source)
        .Text("tax_number", p => p.Record.TaxNumber)
        .Text("marketing_status", p => p.Record.MarketingStatus)
        .Whole("engagement_score", p => p.Record.EngagementScore)
        .Text("decision_role", p => p.Record.DecisionRole)
        .Wholes("label_ids", p => p.Record.LabelIds)
        .Texts("tags", p => p.Catalog.TagNames(p.Record.TagIds))
        .Wholes("tag_ids", p => p.Record.TagIds)
        .Custom("person", p => p.Catalog, p => p.Record.Custom)
        .Instant("added_at", p => p.Record.AddedAt, TimeStyle.IsoMilliseconds)
        .Whole("added_by", p => p.Record.AddedBy)
        .Instant("updated_at", p => p.Record.UpdatedAt, TimeStyle.IsoMilliseconds)
        .Whole("updated_by", p => p.Record.UpdatedBy)
        .Instant("deleted_at", p => p.Record.DeletedAt, TimeStyle.IsoMilliseconds)
        .Whole("deleted_by", p => p.Record.DeletedBy)
        .Whole("version", p => p.Record.Version, "Also the ETag.")
        .Object("organization", p => p.Organization, OrganizationWire.Organization, "With include=organization.",
            p => p.IncludesOrganization);
}
