using Tributary.Core.Kernel;

namespace Tributary.Core.Contacts;

/// <summary>Why two records of one name may be one and the same. Pure.</summary>
internal static class DuplicateRules
{
    /// <summary>
    /// Pipedrive's condition for persons ("person_duplicate_condition": name and one of organization, e-mail or phone). Empty: only
    /// namesakes.
    /// </summary>
    public static Seq<string> Reasons(Person one, Person other)
    {
        if (Folding.Fold(one.Name) != Folding.Fold(other.Name)) return [];
        var reasons = new List<string>();
        if (one.OrgId is not null && one.OrgId == other.OrgId) reasons.Add("organization");
        if (one.Emails.Select(point => Folding.Fold(point.Value)).Intersect(other.Emails.Select(point => Folding.Fold(point.Value))).Any())
        {
            reasons.Add("email");
        }
        if (one.Phones.Select(point => Digits(point.Value)).Intersect(other.Phones.Select(point => Digits(point.Value)))
            .Any(digits => digits.Length > 0)) reasons.Add("phone");
        return reasons.Count == 0 ? [] : ["name", .. reasons];
    }

    /// <summary>An organization is its name, so the same name is enough; what else agrees is told too.</summary>
    public static Seq<string> Reasons(Organization one, Organization other)
    {
        if (Folding.Fold(one.Name) != Folding.Fold(other.Name)) return [];
        var reasons = new List<string> { "name" };
        if (Same(one.Email, other.Email)) reasons.Add("email");
        if (one.Phone is { } phone && Digits(phone) is { Length: > 0 } digits && other.Phone is { } second && Digits(second) == digits)
        {
            reasons.Add("phone");
        }
        if (Same(one.Website, other.Website)) reasons.Add("website");
        if (Same(one.TaxNumber, other.TaxNumber)) reasons.Add("tax_number");
        if (Same(one.Address?.Text, other.Address?.Text)) reasons.Add("address");
        return [.. reasons];
    }

    private static bool Same(string? one, string? other) =>
        one is not null && other is not null && Folding.Fold(one) is { Length: > 0 } folded && folded == Folding.Fold(other);

    /// <summary>"+1 (555) 0100" and "15550100" are one number.</summary>
    private static string Digits(string number) => string.Concat(number.Where(char.IsAsciiDigit));
}
