using Tributary.Core.Catalog;
using Tributary.Core.Contacts;
using Tributary.Core.Kernel;
using Tributary.Server.Hosting;

namespace Tributary.Server.Dialects.AutomateNexus;

/// <summary>
/// What is read of a contact. Left out keeps, null clears; unknown members are ignored, and so is the engagement score, which is computed.
/// </summary>
internal static class ContactBody
{
    public static readonly (string, string)[] Statuses = Same("active", "inactive", "lead", "customer", "churned");
    public static readonly (string, string)[] Sources = Same("website", "referral", "social", "paid_ads", "manual", "api", "import");

    private static readonly Member<string> FirstName = Members.Text("first_name", "A contact has a first or a last name.", 255).Nullable();
    private static readonly Member<string> LastName = Members.Text("last_name", "", 255).Nullable();
    private static readonly Member<string> Email = Members.Email("email", "").Nullable();
    private static readonly Member<string> Phone = Members.Text("phone", "", 100).Nullable();
    private static readonly Member<string> Company = Members.Text("company", "The name of an organization.", 255).Nullable();
    private static readonly Member<string> JobTitle = Members.Text("job_title", "", 255).Nullable();
    private static readonly Member<string> Status = Members.Word("status", "", Statuses).Nullable();
    private static readonly Member<string> Source = Members.Word("source", "", Sources).Nullable();
    private static readonly Member<Seq<string>> Tags = Members.List("tags", "Replaces all tags.", Members.Text("", "", 100)).Nullable();
    private static readonly Member<Guid> AssignedTo = Ids.User.Reference("assigned_to", "").Nullable();

    public static readonly Shape Shape =
        new("ContactBody", FirstName, LastName, Email, Phone, Company, JobTitle, Status, Source, Tags, AssignedTo, CustomFields.Member);

    public static SentContact Read(Body body, WorkspaceCatalog catalog) => new(
        new()
        {
            FirstName = body.ClearableText(FirstName),
            LastName = body.ClearableText(LastName),
            Emails = body.ClearableText(Email).As(Points),
            Phones = body.ClearableText(Phone).As(Points),
            JobTitle = body.ClearableText(JobTitle),
            Status = body.ClearableText(Status),
            Source = body.ClearableText(Source),
            Tags = body.ClearableList(Tags),
            OwnerId = Users.Read(body, AssignedTo, catalog),
            Custom = CustomFields.Read(body),
        },
        body.ClearableText(Company).As(name => string.IsNullOrWhiteSpace(name) ? null : name.Trim()));

    private static Seq<ContactPoint> Points(string? value) => string.IsNullOrWhiteSpace(value) ? [] : [new(value, "work", true)];

    private static (string, string)[] Same(params string[] words) => [.. words.Select(word => (word, word))];
}

/// <summary>A patch whose company is still to be looked up by its name.</summary>
internal sealed record SentContact(PersonPatch Patch, Field<string?> Company);
