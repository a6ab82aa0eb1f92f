using Tributary.Core.Contacts;
using Tributary.Server.Hosting;

namespace Tributary.Server.Api.Contacts;

/// <summary>How our own API spells an organization.</summary>
internal static class OrganizationWire
{
    public static readonly Wire<View<Organization>> Organization =
        new Wire<View<Organization>>("Organization", "A company or another body that buys.")
        .Whole("id", o => o.Record.Id)
        .Uid("uid", o => o.Record.Uid)
        .Text("name", o => o.Record.Name, nullable: false)
        .Whole("owner_id", o => o.Record.OwnerId)
        .Whole("visible_to", o => o.Record.VisibleTo, "1 the owner, 3 the owner's group, 5 that group and those below it, 7 everyone.")
        .Text("email", o => o.Record.Email)
        .Text("phone", o => o.Record.Phone)
        .Text("website", o => o.Record.Website)
        .Text("linkedin", o => o.Record.Linkedin)
        .Text("industry", o => o.Record.Industry)
        .Number("annual_revenue", o => o.Record.AnnualRevenue, "In the workspace's base currency.")
        .Whole("employee_count", o => o.Record.EmployeeCount)
        .Text("tax_number", o => o.Record.TaxNumber)
        .Object("address", o => o.Record.Address, AddressWire.Address)
        .Text("notes", o => o.Record.Notes)
        .Wholes("label_ids", o => o.Record.LabelIds)
        .Texts("tags", o => o.Catalog.TagNames(o.Record.TagIds))
        .Wholes("tag_ids", o => o.Record.TagIds)
        .Custom("organization", o => o.Catalog, o => o.Record.Custom)
        .Instant("added_at", o => o.Record.AddedAt, TimeStyle.IsoMilliseconds)
        .Whole("added_by", o => o.Record.AddedBy)
        .Instant("updated_at", o => o.Record.UpdatedAt, TimeStyle.IsoMilliseconds)
        .Whole("updated_by", o => o.Record.UpdatedBy)
        .Instant("deleted_at", o => o.Record.DeletedAt, TimeStyle.IsoMilliseconds)
        .Whole("deleted_by", o => o.Record.DeletedBy)
        .Whole("version", o => o.Record.Version, "Also the ETag.");
}
