using System.Globalization;
using Tributary.Core.Catalog;
using Tributary.Core.Contacts;
using Tributary.Core.Kernel;
using Tributary.Server.Hosting;

namespace Tributary.Server.Dialects.Pipedrive.V2;

internal sealed record OrganizationView(Organization Organization, RecordSelection Asked, ContactCounts? Counts)
{
    public bool Shows(string extra) => Asked.Extras.Contains(extra);
}

/// <summary>The organization of v2.</summary>
internal static class OrganizationWire
{
    public static readonly Wire<OrganizationView> Organization = new Wire<OrganizationView>("Organization")
        .Whole("id", o => o.Organization.Id)
        .Text("name", o => o.Organization.Name, nullable: false)
        .Whole("owner_id", o => o.Organization.OwnerId)
        .Instant("add_time", o => o.Organization.AddedAt, Spell.V2Time)
        .Instant("update_time", o => o.Organization.UpdatedAt, Spell.V2Time)
        .Object("address", o => o.Organization.Address, ContactParts.Address)
        .Flag("is_deleted", o => o.Organization.IsDeleted)
        .Whole("visible_to", o => o.Organization.VisibleTo)
        .Wholes("label_ids", o => o.Organization.LabelIds)
        .Text("website", o => o.Organization.Website)
        .Text("linkedin", o => o.Organization.Linkedin)
        .Whole("industry", o => long.TryParse(o.Organization.Industry, NumberStyles.None, CultureInfo.InvariantCulture, out var id)
            ? id : null, "Pipedrive's number of an industry; null when it was written in words.")
        .Number("annual_revenue", o => o.Organization.AnnualRevenue)
        .Whole("employee_count", o => o.Organization.EmployeeCount)
        .Json("custom_fields", CustomFields.Schema(),
            (json, o) => CustomFields.Write(json, o.Asked.Fields, o.Organization.Custom, o.Asked.HasOptionLabels))
        .Objects("labels", o => ContactParts.Labels(o.Asked.Catalog, o.Organization.LabelIds), ContactParts.Label,
            "Only with include_labels.", when: o => o.Asked.HasLabels)
        .WithCounts(o => o.Counts, (o, name) => o.Shows(name))
        .Whole("people_count", o => o.Counts?.Persons ?? 0, when: o => o.Shows("people_count"))
        .Text("smart_bcc_email", o => Spell.SmartBcc(o.Asked.Catalog, "org", o.Organization.Id), when: o => o.Shows("smart_bcc_email"));

    public static readonly Wire<OrganizationView> One = Envelope.One(Organization);
    public static readonly PageOf<OrganizationView> Page = new(Organization);
}

/// <summary>What v2 reads of an organization.</summary>
internal static class OrganizationBody
{
    private static readonly Member<string> Name = Members.Text("name", "", 255);
    private static readonly Member<PostalAddress> Address = ContactParts.AddressMember("address");
    private static readonly Member<string> Website = Members.Text("website", "").Nullable();
    private static readonly Member<string> Linkedin = Members.Text("linkedin", "").Nullable();
    private static readonly Member<long> Industry = Members.Whole("industry", "Pipedrive's number of an industry.", 0).Nullable();
    private static readonly Member<decimal> AnnualRevenue = Members.Number("annual_revenue", "").Nullable();
    private static readonly Member<long> EmployeeCount = Members.Whole("employee_count", "", 0).Nullable();

    private static readonly Member[] Both =
        [ContactParts.OwnerId, ContactParts.VisibleTo, ContactParts.LabelIds, Address, Website, Linkedin, Industry, AnnualRevenue,
            EmployeeCount, CustomFields.Member];

    public static readonly Shape New = new("NewOrganization", [Name.Required(), .. Both, ContactParts.AddTime]);
    public static readonly Shape Changes = new("OrganizationChanges", [Name, .. Both]);

    public static OrganizationPatch Read(Body body, WorkspaceCatalog catalog) => new()
    {
        Name = body.Get(Name),
        OwnerId = body.Get(ContactParts.OwnerId).As(id => (long?)id),
        VisibleTo = body.Get(ContactParts.VisibleTo).As(Spell.Visibility),
        LabelIds = body.ClearableList(ContactParts.LabelIds),
        Address = body.ClearableObject(Address),
        Website = body.ClearableText(Website),
        Linkedin = body.ClearableText(Linkedin),
        Industry = body.Clearable(Industry).As(id => id?.ToString(CultureInfo.InvariantCulture)),
        AnnualRevenue = body.Clearable(AnnualRevenue),
        EmployeeCount = body.Clearable(EmployeeCount),
        Custom = CustomFields.Read(body, catalog, "organization"),
        AddedAt = body.Get(ContactParts.AddTime),
    };
}
