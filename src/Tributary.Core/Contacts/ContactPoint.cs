using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Tributary.Core.Kernel;

namespace Tributary.Core.Contacts;

/// <summary>
/// One way to reach a person: an address, a number or a name in a messenger. Of a person's, exactly one of each kind is the primary.
/// </summary>
public sealed record ContactPoint(string Value, string Label = "", bool Primary = false);

/// <summary>Where somebody is: the whole address as written, and its parts as far as they are known.</summary>
public sealed record PostalAddress
{
    public string? Value { get; init; }
    public string? Country { get; init; }

    [JsonPropertyName("admin_area_level_1")]
    public string? AdminAreaLevel1 { get; init; }

    [JsonPropertyName("admin_area_level_2")]
    public string? AdminAreaLevel2 { get; init; }
    public string? Locality { get; init; }
    public string? Sublocality { get; init; }
    public string? Route { get; init; }
    public string? StreetNumber { get; init; }
    public string? Subpremise { get; init; }
    public string? PostalCode { get; init; }

    /// <summary>What is searched: the address as written, or its parts when only they are known.</summary>
    internal string Text =>
        Value ?? string.Join(' ',
            new[] { Subpremise, StreetNumber, Route, Sublocality, Locality, PostalCode, AdminAreaLevel2, AdminAreaLevel1,
                Country }.OfType<string>());
}

/// <summary>The two kinds of contacts, which share one space of ids.</summary>
public enum ContactKind { Person, Organization }

internal static class ContactPoints
{
    /// <summary>The one to use when only one can be used.</summary>
    public static string? Primary(this Seq<ContactPoint> points) =>
        (points.FirstOrDefault(point => point.Primary) ?? (points.Count > 0 ? points[0] : null))?.Value;

    /// <summary>The same, read out of the column as it is stored.</summary>
    public static string? Primary(string json)
    {
        var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes(json));
        var (first, value, isValue, isFlag, isPrimary) = ((string?)null, (string?)null, false, false, false);
        while (reader.Read())
        {
            switch (reader.TokenType)
            {
                case JsonTokenType.StartObject:
                    (value, isPrimary) = (null, false);
                    break;
                case JsonTokenType.PropertyName:
                    (isValue, isFlag) = (reader.ValueTextEquals("value"u8), reader.ValueTextEquals("primary"u8));
                    break;
                case JsonTokenType.String when isValue:
                    value = reader.GetString();
                    break;
                case JsonTokenType.True when isFlag:
                    isPrimary = true;
                    break;
                case JsonTokenType.EndObject when isPrimary:
                    return value;
                case JsonTokenType.EndObject:
                    first ??= value;
                    break;
            }
        }
        return first;
    }
}
