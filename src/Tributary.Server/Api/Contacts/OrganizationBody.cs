using Tributary.Core.Catalog;
using Tributary.Core.Contacts;
using Tributary.Core.Kernel;
using Tributary.Server.Hosting;

namespace Tributary.Server.Api.Contacts;

/// <summary>What our own API reads of an organization. Members left out keep their value; null clears.</summary>
internal static class OrganizationBody
{
    private static readonly Member<string> Name = Members.Name("name", "1 to 255 characters.");
    private static readonly Member<string> Email = Members.Email("email", "").Nullable();
    private static readonly Member<string> Phone = Members.Text("phone", "").Nullable();
    private static readonly Member<string> Website = Members.Text("website", "").Nullable();
    private static readonly Member<string> Linkedin = Members.Text("linkedin", "").Nullable();
    private static readonly Member<string> Industry = Members.Text("industry", "").Nullable();
    private static readonly Member<decimal> AnnualRevenue =
        Members.Number("annual_revenue", "In the workspace's base currency.").Nullable();
    private static readonly Member<long> EmployeeCount = Members.Whole("employee_count", "").Nullable();
    private static readonly Member<string> TaxNumber = Members.Text("tax_number", "").Nullable();
    private static readonly Member<string> Notes = Members.LongText("notes", "").Nullable();

    private static readonly Member[] Both =
    [
        RecordMembers.OwnerId, RecordMembers.VisibleTo, Email, Phone, Website, Linkedin, Industry, AnnualRevenue, EmployeeCount, TaxNumber,
        AddressWire.Member, Notes,
        RecordMembers.LabelIds, RecordMembers.Tags, RecordMembers.TagIds, CustomJson.Member,
    ];

    public static readonly Shape New = new("NewOrganization", [Name.Required(), .. Both, .. RecordMembers.Imported]);
    public static readonly Shape Patch = new("OrganizationPatch", [Name, .. Both, Versions.Member]);

    public static OrganizationPatch Read(Body body, WorkspaceCatalog catalog, long? ifMatch) => new()
    {
        ExpectedVersion = RecordMembers.Expected(body, ifMatch),
        Name = body.Get(Name),
        OwnerId = body.Clearable(RecordMembers.OwnerId),
        VisibleTo = RecordMembers.ReadVisibleTo(body),
        Email = body.ClearableText(Email),
        Phone = body.ClearableText(Phone),
        Website = body.ClearableText(Website),
        Linkedin = body.ClearableText(Linkedin),
        Industry = body.ClearableText(Industry),
        AnnualRevenue = body.Clearable(AnnualRevenue),
        EmployeeCount = body.Clearable(EmployeeCount),
        TaxNumber = body.ClearableText(TaxNumber),
        Address = body.ClearableObject(AddressWire.Member),
        Notes = body.ClearableText(Notes),
        LabelIds = body.ClearableList(RecordMembers.LabelIds),
        Tags = body.ClearableList(RecordMembers.Tags),
        TagIds = body.ClearableList(RecordMembers.TagIds),
        Custom = CustomJson.Read(body, catalog, "organization"),
        Id = body.Get(RecordMembers.Id),
        Uid = body.Get(RecordMembers.Uid),
        AddedAt = body.Get(RecordMembers.AddedAt),
        UpdatedAt = body.Get(RecordMembers.UpdatedAt),
    };
}
