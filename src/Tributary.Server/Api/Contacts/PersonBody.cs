using Tributary.Core.Catalog;
using Tributary.Core.Contacts;
using Tributary.Core.Kernel;
using Tributary.Server.Hosting;

namespace Tributary.Server.Api.Contacts;

/// <summary>What our own API reads of a person. Members left out keep their value; null clears.</summary>
internal static class PersonBody
{
    private static readonly Member<string> Value = Members.Text("value", "", 254);
    private static readonly Member<string> Label = Members.Text("label", "work, home, mobile, …");
    private static readonly Member<bool> Primary = Members.Flag("primary", "Exactly one is; left out of all of them, the first.");

    private static readonly Member<string> Name = Members.Text("name", "1 to 255 characters. Left out: made of first and last name.");
    private static readonly Member<string> FirstName = Members.Text("first_name", "").Nullable();
    private static readonly Member<string> LastName = Members.Text("last_name", "").Nullable();
    private static readonly Member<Seq<ContactPoint>> Emails = Points("emails", "E-mail addresses.");
    private static readonly Member<Seq<ContactPoint>> Phones = Points("phones", "Telephone numbers.");
    private static readonly Member<Seq<ContactPoint>> Im = Points("im", "Names in messengers.");
    private static readonly Member<DateOnly> Birthday = Members.Day("birthday", "").Nullable();
    private static readonly Member<string> JobTitle = Members.Text("job_title", "").Nullable();
    private static readonly Member<string> Notes = Members.LongText("notes", "").Nullable();
    private static readonly Member<string> Status = Members.Text("status", "").Nullable();
    private static readonly Member<string> Source = Members.Text("source", "").Nullable();
    private static readonly Member<string> TaxNumber = Members.Text("tax_number", "").Nullable();
    private static readonly Member<string> MarketingStatus = Members.Text("marketing_status", "").Nullable();
    private static readonly Member<long> EngagementScore = Members.Whole("engagement_score", "").Nullable();
    private static readonly Member<string> DecisionRole = Members.Text("decision_role", "").Nullable();

    private static readonly Member[] Both =
    [
        Name, FirstName, LastName, RecordMembers.OrgId, RecordMembers.OwnerId, RecordMembers.VisibleTo, Emails, Phones, Im,
        AddressWire.Member, Birthday, JobTitle, Notes, Status, Source,
        TaxNumber, MarketingStatus, EngagementScore, DecisionRole, RecordMembers.LabelIds, RecordMembers.Tags, RecordMembers.TagIds,
        CustomJson.Member,
    ];

    public static readonly Shape New = new("NewPerson", [.. Both, .. RecordMembers.Imported]);
    public static readonly Shape Patch = new("PersonPatch", [.. Both, Versions.Member]);

    public static PersonPatch Read(Body body, WorkspaceCatalog catalog, long? ifMatch) => new()
    {
        ExpectedVersion = RecordMembers.Expected(body, ifMatch),
        Name = body.Get(Name),
        FirstName = body.ClearableText(FirstName),
        LastName = body.ClearableText(LastName),
        OrgId = body.Clearable(RecordMembers.OrgId),
        OwnerId = body.Clearable(RecordMembers.OwnerId),
        VisibleTo = RecordMembers.ReadVisibleTo(body),
        Emails = body.ClearableList(Emails),
        Phones = body.ClearableList(Phones),
        Im = body.ClearableList(Im),
        Address = body.ClearableObject(AddressWire.Member),
        Birthday = body.Clearable(Birthday),
        JobTitle = body.ClearableText(JobTitle),
        Notes = body.ClearableText(Notes),
        Status = body.ClearableText(Status),
        Source = body.ClearableText(Source),
        TaxNumber = body.ClearableText(TaxNumber),
        MarketingStatus = body.ClearableText(MarketingStatus),
        EngagementScore = body.Clearable(EngagementScore),
        DecisionRole = body.ClearableText(DecisionRole),
        LabelIds = body.ClearableList(RecordMembers.LabelIds),
        Tags = body.ClearableList(RecordMembers.Tags),
        TagIds = body.ClearableList(RecordMembers.TagIds),
        Custom = CustomJson.Read(body, catalog, "person"),
        Id = body.Get(RecordMembers.Id),
        Uid = body.Get(RecordMembers.Uid),
        AddedAt = body.Get(RecordMembers.AddedAt),
        UpdatedAt = body.Get(RecordMembers.UpdatedAt),
    };

    private static Member<Seq<ContactPoint>> Points(string name, string description) => Members.List(name, $"{description} The whole list.",
        Members.Object(name, "", new("ContactPointBody", Value.Required(), Label, Primary),
            body => new ContactPoint(body.Get(Value).Or(""), body.Get(Label).Or(""), body.Get(Primary).Or(false))));
}
