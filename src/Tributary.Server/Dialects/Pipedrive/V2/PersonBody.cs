using Tributary.Core.Catalog;
using Tributary.Core.Contacts;
using Tributary.Core.Kernel;
using Tributary.Server.Hosting;

namespace Tributary.Server.Dialects.Pipedrive.V2;

/// <summary>What v2 reads of a person.</summary>
internal static class PersonBody
{
    private static readonly Member<string> Name = Members.Text("name", "", 255);
    private static readonly Member<long> OrgId = Members.Id("org_id", "").Nullable();
    private static readonly Member<Seq<ContactPoint>> Emails = ContactParts.Points("emails");
    private static readonly Member<Seq<ContactPoint>> Phones = ContactParts.Points("phones");
    private static readonly Member<Seq<ContactPoint>> Im = ContactParts.Points("im");
    private static readonly Member<PostalAddress> Address = ContactParts.AddressMember("postal_address");
    private static readonly Member<string> Notes = Members.LongText("notes", "").Nullable();
    private static readonly Member<DateOnly> Birthday = Members.Day("birthday", "").Nullable();
    private static readonly Member<string> JobTitle = Members.Text("job_title", "", 255).Nullable();
    private static readonly Member<string> MarketingStatus =
        Members.Word("marketing_status", "",
            [.. new[] { "no_consent", "unsubscribed", "subscribed", "archived" }.Select(word => (word, word))]);

    private static readonly Member[] Both =
        [ContactParts.OwnerId, OrgId, Emails, Phones, ContactParts.VisibleTo, ContactParts.LabelIds, Address, Notes, Im, Birthday, JobTitle,
            MarketingStatus, CustomFields.Member];

    public static readonly Shape New = new("NewPerson", [Name.Required(), .. Both, ContactParts.AddTime]);
    public static readonly Shape Changes = new("PersonChanges", [Name, .. Both]);

    public static PersonPatch Read(Body body, WorkspaceCatalog catalog) => new()
    {
        Name = body.Get(Name),
        OwnerId = body.Get(ContactParts.OwnerId).As(id => (long?)id),
        OrgId = body.Clearable(OrgId),
        Emails = body.ClearableList(Emails),
        Phones = body.ClearableList(Phones),
        Im = body.ClearableList(Im),
        VisibleTo = body.Get(ContactParts.VisibleTo).As(Spell.Visibility),
        LabelIds = body.ClearableList(ContactParts.LabelIds),
        Address = body.ClearableObject(Address),
        Notes = body.ClearableText(Notes),
        Birthday = body.Clearable(Birthday),
        JobTitle = body.ClearableText(JobTitle),
        MarketingStatus = body.Get(MarketingStatus).As(word => (string?)word),
        Custom = CustomFields.Read(body, catalog, "person"),
        AddedAt = body.Get(ContactParts.AddTime),
    };
}
