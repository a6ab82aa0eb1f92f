using Tributary.Core.Catalog;
using Tributary.Core.Kernel;

namespace Tributary.Core.Contacts;

/// <summary>Which organizations may exist. Pure.</summary>
internal static class OrganizationRules
{
    /// <summary>A new organization, without ids, which storage gives.</summary>
    public static Organization Create(OrganizationPatch patch, ContactContext context)
    {
        var added = Instants.Cut(patch.AddedAt.Or(context.Now));
        var blank = new Organization
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
        return Fill(blank, patch with { Name = patch.Name.Or("") }, context);
    }

    /// <summary>The organization after the patch; the same instance when nothing changes.</summary>
    public static Organization Apply(Organization before, OrganizationPatch patch, ContactContext context)
    {
        Problem.MustBeAt(patch.ExpectedVersion, before.Version, "organization", before.Id);
        if (before.IsDeleted && !patch.Deleted.IsSet)
        {
            throw Problem.Conflict("A deleted organization cannot be changed. Restore it first.", "organization");
        }

        var after = Fill(before, patch, context);
        return after == before ? before : after with
        {
            UpdatedAt = context.Now,
            UpdatedBy = context.Caller.UserId,
            Version = before.Version + 1,
        };
    }

    private static Organization Fill(Organization before, OrganizationPatch patch, ContactContext context)
    {
        var checks = context.Checks;
        checks.User("owner_id", patch.OwnerId, before.OwnerId, context.Catalog);
        checks.VisibleTo(patch.VisibleTo);
        checks.Labels(patch.LabelIds, before.LabelIds, "organization", context.Catalog);
        checks.Tags(patch.TagIds, context.Catalog);
        if (patch.AnnualRevenue is { IsSet: true, Value: { } revenue }) checks.Amount("annual_revenue", revenue);
        checks.Require(patch.EmployeeCount.Or(null) is null or >= 0 and <= int.MaxValue, "employee_count",
            $"employee_count must be a whole number from 0 to {int.MaxValue}.");

        var bin = new Deletion(before.DeletedAt, before.DeletedBy).After(patch.Deleted, context.Now, context.Caller);
        var after = before with
        {
            Name = patch.Name.IsSet ? checks.Text("name", patch.Name.Value, ContactChecks.MaxName) : before.Name,
            OwnerId = patch.OwnerId.Or(before.OwnerId),
            VisibleTo = patch.VisibleTo.Or(before.VisibleTo),
            Email = patch.Email.IsSet ? string.IsNullOrWhiteSpace(patch.Email.Value)
                ? null : checks.Email("email", patch.Email.Value) : before.Email,
            Phone = checks.OptionalText("phone", patch.Phone, before.Phone, ContactChecks.MaxText),
            Website = checks.OptionalText("website", patch.Website, before.Website, ContactChecks.MaxText),
            Linkedin = checks.OptionalText("linkedin", patch.Linkedin, before.Linkedin, ContactChecks.MaxText),
            Industry = checks.OptionalText("industry", patch.Industry, before.Industry, ContactChecks.MaxText),
            AnnualRevenue = checks.AllGood ? patch.AnnualRevenue.Or(before.AnnualRevenue) : before.AnnualRevenue,
            EmployeeCount = patch.EmployeeCount.Or(before.EmployeeCount),
            TaxNumber = checks.OptionalText("tax_number", patch.TaxNumber, before.TaxNumber, ContactChecks.MaxText),
            Address = checks.Address("address", patch.Address, before.Address),
            Notes = checks.OptionalText("notes", patch.Notes, before.Notes, ContactChecks.MaxNotes),
            LabelIds = patch.LabelIds.IsSet ? [.. patch.LabelIds.Value.Distinct()] : before.LabelIds,
            TagIds = patch.Tags.IsSet ? context.Tags : patch.TagIds.IsSet ? [.. patch.TagIds.Value.Distinct()] : before.TagIds,
            Custom = context.Custom,
            DeletedAt = bin.At,
            DeletedBy = bin.By,
        };
        checks.Done();
        return after;
    }
}
