using Tributary.Core.Kernel;

namespace Tributary.Core.Contacts;

/// <summary>What persons and organizations have in common. Pure.</summary>
internal static class ContactChecks
{
    public const int MaxName = 255;
    public const int MaxText = 255;
    public const int MaxNotes = 65_535;
    public const int MaxPoints = 50;

    /// <summary>Of a whole address as somebody wrote it; its parts are texts.</summary>
    public const int MaxAddress = 1000;

    /// <summary>An address; none when every part of it is blank.</summary>
    public static PostalAddress? Address(this Checks checks, string field, Field<PostalAddress?> sent, PostalAddress? current)
    {
        if (!sent.IsSet) return current;
        if (sent.Value is not { } given) return null;
        var address = new PostalAddress
        {
            Value = checks.OptionalText($"{field}.value", given.Value, MaxAddress),
            Country = Part("country", given.Country),
            AdminAreaLevel1 = Part("admin_area_level_1", given.AdminAreaLevel1),
            AdminAreaLevel2 = Part("admin_area_level_2", given.AdminAreaLevel2),
            Locality = Part("locality", given.Locality),
            Sublocality = Part("sublocality", given.Sublocality),
            Route = Part("route", given.Route),
            StreetNumber = Part("street_number", given.StreetNumber),
            Subpremise = Part("subpremise", given.Subpremise),
            PostalCode = Part("postal_code", given.PostalCode),
        };
        return address == new PostalAddress() ? null : address;

        string? Part(string name, string? value) => checks.OptionalText($"{field}.{name}", value, MaxText);
    }

    /// <summary>A list of addresses, numbers or names of which exactly one is the primary, unless it is empty.</summary>
    public static Seq<ContactPoint> Points(this Checks checks, string field, Field<Seq<ContactPoint>> sent, Seq<ContactPoint> current,
        bool areEmails = false)
    {
        if (!sent.IsSet) return current;
        checks.Require(sent.Value.Count <= MaxPoints, field, $"{field} holds at most {MaxPoints} values.");

        var points = sent.Value.Take(MaxPoints).Where(point => !string.IsNullOrWhiteSpace(point.Value)).Select(point => point with
        {
            Value = areEmails ? checks.Email(field, point.Value) : checks.Text(field, point.Value, MaxText),
            Label = checks.OptionalText(field, point.Label, MaxText) ?? "",
        }).ToList();
        checks.Require(points.Count(point => point.Primary) <= 1, field, $"Only one of {field} can be the primary.");
        if (points.Count > 0 && !points.Any(point => point.Primary)) points[0] = points[0] with { Primary = true };
        return [.. points];
    }
}
