using Tributary.Core.Fields;
using Tributary.Core.Kernel;

namespace Tributary.Core.Contacts;

/// <summary>
/// Two records that are one: the survivor's values win, its empty ones are filled, and lists (addresses, numbers, labels,
/// tags) hold what either held, so that nothing is lost but second opinions. Pure.
/// </summary>
internal static class ContactMergeRules
{
    public static Person Merge(Person survivor, Person victim, Caller caller, DateTimeOffset now) => survivor with
    {
        FirstName = survivor.FirstName ?? (survivor.Name == victim.Name ? victim.FirstName : null),
        LastName = survivor.LastName ?? (survivor.Name == victim.Name ? victim.LastName : null),
        OrgId = survivor.OrgId ?? victim.OrgId,
        OwnerId = survivor.OwnerId ?? victim.OwnerId,
        Emails = Both(survivor.Emails, victim.Emails),
        Phones = Both(survivor.Phones, victim.Phones),
        Im = Both(survivor.Im, victim.Im),
        Address = survivor.Address ?? victim.Address,
        Birthday = survivor.Birthday ?? victim.Birthday,
        JobTitle = survivor.JobTitle ?? victim.JobTitle,
        Notes = survivor.Notes ?? victim.Notes,
        Status = survivor.Status ?? victim.Status,
        Source = survivor.Source ?? victim.Source,
        TaxNumber = survivor.TaxNumber ?? victim.TaxNumber,
        MarketingStatus = survivor.MarketingStatus ?? victim.MarketingStatus,
        EngagementScore = survivor.EngagementScore ?? victim.EngagementScore,
        DecisionRole = survivor.DecisionRole ?? victim.DecisionRole,
        LabelIds = [.. survivor.LabelIds.Union(victim.LabelIds)],
        TagIds = [.. survivor.TagIds.Union(victim.TagIds)],
        Custom = Both(survivor.Custom, victim.Custom),
        UpdatedAt = now,
        UpdatedBy = caller.UserId,
        Version = survivor.Version + 1,
    };

    public static Organization Merge(Organization survivor, Organization victim, Caller caller, DateTimeOffset now) => survivor with
    {
        OwnerId = survivor.OwnerId ?? victim.OwnerId,
        Email = survivor.Email ?? victim.Email,
        Phone = survivor.Phone ?? victim.Phone,
        Website = survivor.Website ?? victim.Website,
        Linkedin = survivor.Linkedin ?? victim.Linkedin,
        Industry = survivor.Industry ?? victim.Industry,
        AnnualRevenue = survivor.AnnualRevenue ?? victim.AnnualRevenue,
        EmployeeCount = survivor.EmployeeCount ?? victim.EmployeeCount,
        TaxNumber = survivor.TaxNumber ?? victim.TaxNumber,
        Address = survivor.Address ?? victim.Address,
        Notes = survivor.Notes ?? victim.Notes,
        LabelIds = [.. survivor.LabelIds.Union(victim.LabelIds)],
        TagIds = [.. survivor.TagIds.Union(victim.TagIds)],
        Custom = Both(survivor.Custom, victim.Custom),
        UpdatedAt = now,
        UpdatedBy = caller.UserId,
        Version = survivor.Version + 1,
    };

    /// <summary>The same address in another spelling is the same address; the survivor's primary stays the primary.</summary>
    private static Seq<ContactPoint> Both(Seq<ContactPoint> survivor, Seq<ContactPoint> victim)
    {
        var known = survivor.Select(point => Folding.Fold(point.Value)).ToHashSet(StringComparer.Ordinal);
        var added = victim.Where(point => known.Add(Folding.Fold(point.Value)))
            .Select(point => survivor.Count == 0 ? point : point with { Primary = false });
        return [.. survivor.Concat(added).Take(ContactChecks.MaxPoints)];
    }

    private static CustomValues Both(CustomValues survivor, CustomValues victim) => victim.With(survivor.All);
}
