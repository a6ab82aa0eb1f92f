using Tributary.Core.Catalog;
using Tributary.Core.Kernel;

namespace Tributary.Core.Contacts;

/// <summary>Which persons may exist. Pure.</summary>
internal static class PersonRules
{
    private const long MaxScore = 1_000_000;

    /// <summary>A new person, without ids, which storage gives.</summary>
    public static Person Create(PersonPatch patch, ContactContext context)
    {
        var added = Instants.Cut(patch.AddedAt.Or(context.Now));
        var blank = new Person
        {
            Id = 0,
            Uid = default,
            Name = "",
            OwnerId = context.Caller.UserId,
            VisibleTo = 7,
            AddedAt = added,
            AddedBy = context.Caller.UserId,
            UpdatedAt = Instants.Cut(patch.UpdatedAt.Or(added)),
            Version = 1,
        };
        return Fill(blank, patch, context);
    }

    /// <summary>The person after the patch; the same instance when nothing changes.</summary>
    public static Person Apply(Person before, PersonPatch patch, ContactContext context)
    {
        Problem.MustBeAt(patch.ExpectedVersion, before.Version, "person", before.Id);
        if (before.IsDeleted && !patch.Deleted.IsSet)
        {
            throw Problem.Conflict("A deleted person cannot be changed. Restore them first.", "person");
        }

        var after = Fill(before, patch, context);
        return after == before ? before : after with
        {
            UpdatedAt = context.Now,
            UpdatedBy = context.Caller.UserId,
            Version = before.Version + 1,
        };
    }

    private static Person Fill(Person before, PersonPatch patch, ContactContext context)
    {
        var checks = context.Checks;
        checks.User("owner_id", patch.OwnerId, before.OwnerId, context.Catalog);
        checks.VisibleTo(patch.VisibleTo);
        checks.Labels(patch.LabelIds, before.LabelIds, "person", context.Catalog);
        checks.Tags(patch.TagIds, context.Catalog);
        checks.Require(context.OrgExists, "org_id", $"No organization with id {patch.OrgId.Or(null)}.");
        checks.Require(patch.Birthday.Or(null) is not { } day || day <= DateOnly.FromDateTime(context.Now.UtcDateTime).AddDays(1),
            "birthday", "birthday must be a day in the past.");
        checks.Require(patch.EngagementScore.Or(null) is null or >= -MaxScore and <= MaxScore, "engagement_score",
            $"engagement_score must be a whole number from -{MaxScore} to {MaxScore}.");

        var (name, first, last) = Names(before, patch, checks);
        var bin = new Deletion(before.DeletedAt, before.DeletedBy).After(patch.Deleted, context.Now, context.Caller);
        var after = before with
        {
            Name = name,
            FirstName = first,
            LastName = last,
            OrgId = patch.OrgId.Or(before.OrgId),
            OwnerId = patch.OwnerId.Or(before.OwnerId),
            VisibleTo = patch.VisibleTo.Or(before.VisibleTo),
            Emails = checks.Points("emails", patch.Emails, before.Emails, areEmails: true),
            Phones = checks.Points("phones", patch.Phones, before.Phones),
            Im = checks.Points("im", patch.Im, before.Im),
            Address = checks.Address("address", patch.Address, before.Address),
            Birthday = patch.Birthday.Or(before.Birthday),
            JobTitle = checks.OptionalText("job_title", patch.JobTitle, before.JobTitle, ContactChecks.MaxText),
            Notes = checks.OptionalText("notes", patch.Notes, before.Notes, ContactChecks.MaxNotes),
            Status = checks.OptionalText("status", patch.Status, before.Status, ContactChecks.MaxText),
            Source = checks.OptionalText("source", patch.Source, before.Source, ContactChecks.MaxText),
            TaxNumber = checks.OptionalText("tax_number", patch.TaxNumber, before.TaxNumber, ContactChecks.MaxText),
            MarketingStatus = checks.OptionalText("marketing_status", patch.MarketingStatus, before.MarketingStatus, ContactChecks.MaxText),
            EngagementScore = patch.EngagementScore.Or(before.EngagementScore),
            DecisionRole = checks.OptionalText("decision_role", patch.DecisionRole, before.DecisionRole, ContactChecks.MaxText),
            LabelIds = patch.LabelIds.IsSet ? [.. patch.LabelIds.Value.Distinct()] : before.LabelIds,
            TagIds = patch.Tags.IsSet ? context.Tags : patch.TagIds.IsSet ? [.. patch.TagIds.Value.Distinct()] : before.TagIds,
            Custom = context.Custom,
            DeletedAt = bin.At,
            DeletedBy = bin.By,
        };
        checks.Done();
        return after;
    }

    /// <summary>
    /// A full name is parted at its first space; parts without a full name are put together. What is stated stays as stated.
    /// </summary>
    private static (string Name, string? First, string? Last) Names(Person before, PersonPatch patch, Checks checks)
    {
        var partsSent = patch.FirstName.IsSet || patch.LastName.IsSet;
        var first = checks.OptionalText("first_name", patch.FirstName, before.FirstName, ContactChecks.MaxText);
        var last = checks.OptionalText("last_name", patch.LastName, before.LastName, ContactChecks.MaxText);
        if (!patch.Name.IsSet && !partsSent && before.Name.Length > 0) return (before.Name, first, last);

        if (partsSent && (!patch.Name.IsSet || string.IsNullOrWhiteSpace(patch.Name.Value)))
        {
            var joined = string.Join(' ', new[] { first, last }.OfType<string>());
            return (checks.Text("name", joined, 2 * ContactChecks.MaxText + 1), first, last);
        }

        var name = checks.Text("name", patch.Name.Or(""), ContactChecks.MaxName);
        if (partsSent || name.Length == 0) return (name, first, last);
        var space = name.IndexOf(' ', StringComparison.Ordinal);
        return space < 0 ? (name, name, null) : (name, name[..space], name[(space + 1)..].TrimStart());
    }
}
