using Tributary.Core.Fields;
using Tributary.Core.Kernel;
using Tributary.Core.Storage;

namespace Tributary.Core.Contacts;

/// <summary>Reads contacts. The members stand in the order of the stores' columns, and are read in that order.</summary>
internal static class ContactRows
{
    public static Person Person(ref Row row) => new()
    {
        Id = row.Whole(),
        Uid = row.Uid(),
        Name = row.Text(),
        FirstName = row.TextOrNone(),
        LastName = row.TextOrNone(),
        OrgId = row.WholeOrNone(),
        OwnerId = row.WholeOrNone(),
        VisibleTo = row.Small(),
        Emails = row.Document<Seq<ContactPoint>>([], "[]"u8),
        Phones = row.Document<Seq<ContactPoint>>([], "[]"u8),
        Im = row.Document<Seq<ContactPoint>>([], "[]"u8),
        Address = row.DocumentOrNone<PostalAddress>(),
        Birthday = row.DayOrNone(),
        JobTitle = row.TextOrNone(),
        Notes = row.TextOrNone(),
        Status = row.TextOrNone(),
        Source = row.TextOrNone(),
        TaxNumber = row.TextOrNone(),
        MarketingStatus = row.TextOrNone(),
        EngagementScore = row.WholeOrNone(),
        DecisionRole = row.TextOrNone(),
        LabelIds = row.Wholes(),
        TagIds = row.Wholes(),
        Custom = CustomValues.Parse(row.Text()),
        AddedAt = row.Instant(),
        AddedBy = row.WholeOrNone(),
        UpdatedAt = row.Instant(),
        UpdatedBy = row.WholeOrNone(),
        DeletedAt = row.InstantOrNone(),
        DeletedBy = row.WholeOrNone(),
        Version = row.Whole(),
    };

    public static Organization Organization(ref Row row) => new()
    {
        Id = row.Whole(),
        Uid = row.Uid(),
        Name = row.Text(),
        OwnerId = row.WholeOrNone(),
        VisibleTo = row.Small(),
        Email = row.TextOrNone(),
        Phone = row.TextOrNone(),
        Website = row.TextOrNone(),
        Linkedin = row.TextOrNone(),
        Industry = row.TextOrNone(),
        AnnualRevenueUnits = row.WholeOrNone(),
        EmployeeCount = row.WholeOrNone(),
        TaxNumber = row.TextOrNone(),
        Address = row.DocumentOrNone<PostalAddress>(),
        Notes = row.TextOrNone(),
        LabelIds = row.Wholes(),
        TagIds = row.Wholes(),
        Custom = CustomValues.Parse(row.Text()),
        AddedAt = row.Instant(),
        AddedBy = row.WholeOrNone(),
        UpdatedAt = row.Instant(),
        UpdatedBy = row.WholeOrNone(),
        DeletedAt = row.InstantOrNone(),
        DeletedBy = row.WholeOrNone(),
        Version = row.Whole(),
    };
}
