using System.Globalization;
using System.Text;
using System.Text.Json;
using Tributary.Core.Kernel;
using Tributary.Core.Storage;

namespace Tributary.Bench.Floor;

/// <summary>
/// The next column of a row to JSON, read as the server reads rows. SQLite keeps instants, days and uids as the text that is
/// answered; PostgreSQL as types of its own.
/// </summary>
internal static class FloorJson
{
    public static void Whole(this Utf8JsonWriter json, ReadOnlySpan<byte> name, ref Row row)
    {
        if (row.IsNone()) json.WriteNull(name);
        else json.WriteNumber(name, row.Whole());
    }

    public static void Text(this Utf8JsonWriter json, ReadOnlySpan<byte> name, ref Row row) => json.WriteString(name, row.TextOrNone());

    public static void Uid(this Utf8JsonWriter json, ReadOnlySpan<byte> name, ref Row row)
    {
        if (row.IsNone()) json.WriteNull(name);
        else if (FloorNames.IsPostgres) json.WriteString(name, row.Uid());
        else json.WriteString(name, row.Text());
    }

    /// <summary>A uid behind a prefix, "con-0192e6bd-…".</summary>
    public static void Reference(this Utf8JsonWriter json, ReadOnlySpan<byte> name, string prefix, Guid? uid)
    {
        if (uid is { } known) json.WriteString(name, $"{prefix}-{known:D}");
        else json.WriteNull(name);
    }

    /// <summary>A uid in base32 behind a prefix, "deal_01m6dmbe…".</summary>
    public static void Base32(this Utf8JsonWriter json, ReadOnlySpan<byte> name, string prefix, Guid? uid)
    {
        if (uid is { } known) json.WriteString(name, prefix + UidText.ToBase32(known));
        else json.WriteNull(name);
    }

    /// <summary>Ten-thousandths.</summary>
    public static void Units(this Utf8JsonWriter json, ReadOnlySpan<byte> name, ref Row row)
    {
        if (row.IsNone()) json.WriteNull(name);
        else json.Decimal(name, row.Whole() / 10_000m);
    }

    public static void Decimal(this Utf8JsonWriter json, ReadOnlySpan<byte> name, decimal value) =>
        json.WriteNumber(name, value / 1.0000000000000000000000000000m);

    public static void Day(this Utf8JsonWriter json, ReadOnlySpan<byte> name, ref Row row) => json.WriteString(name, DayOrNone(ref row));

    public static string? DayOrNone(ref Row row)
    {
        if (row.IsNone()) return null;
        return FloorNames.IsPostgres ? row.Day().ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) : row.Text();
    }

    public static void Milliseconds(this Utf8JsonWriter json, ReadOnlySpan<byte> name, ref Row row)
    {
        if (row.IsNone()) json.WriteNull(name);
        else if (FloorNames.IsPostgres)
            json.WriteString(name, row.Instant().ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture));
        else json.WriteString(name, row.Text());
    }

    public static void Seconds(this Utf8JsonWriter json, ReadOnlySpan<byte> name, ref Row row) => json.Seconds(name, Moment(ref row));

    public static void Seconds(this Utf8JsonWriter json, ReadOnlySpan<byte> name, string? moment)
    {
        if (moment is null)
        {
            json.WriteNull(name);
            return;
        }
        Span<char> text = stackalloc char[20];
        moment.AsSpan(0, 19).CopyTo(text);
        text[19] = 'Z';
        json.WriteString(name, text);
    }

    /// <summary>An instant as text that begins with the day and has the second after it; the same order as the instants.</summary>
    public static string? Moment(ref Row row)
    {
        if (row.IsNone()) return null;
        return FloorNames.IsPostgres ? row.Instant().ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture) : row.Text();
    }

    public static void LocalDay(this Utf8JsonWriter json, ReadOnlySpan<byte> name, string? moment)
    {
        // The company of the data set lives by UTC.
        if (moment is null) json.WriteNull(name);
        else json.WriteString(name, moment.AsSpan(0, 10));
    }

    /// <summary>A JSON column as it is, but for the spaces PostgreSQL puts into it.</summary>
    public static void Document(this Utf8JsonWriter json, ReadOnlySpan<byte> name, ref Row row) => json.Document(name, row.Text());

    public static void Document(this Utf8JsonWriter json, ReadOnlySpan<byte> name, string text)
    {
        json.WritePropertyName(name);
        if (!FloorNames.IsPostgres || text.Length == 2)
        {
            json.WriteRawValue(text, skipInputValidation: true);
            return;
        }
        using var document = JsonDocument.Parse(text);
        document.RootElement.WriteTo(json);
    }

    /// <summary>A JSON column whose members have an order in the answer: PostgreSQL gives them by their length.</summary>
    public static void Members(this Utf8JsonWriter json, ReadOnlySpan<byte> name, string text, params ReadOnlySpan<string> members)
    {
        if (!FloorNames.IsPostgres)
        {
            json.Document(name, text);
            return;
        }
        using var document = JsonDocument.Parse(text);
        json.WriteStartObject(name);
        foreach (var member in members)
        {
            json.WritePropertyName(member);
            document.RootElement.GetProperty(member).WriteTo(json);
        }
        json.WriteEndObject();
    }

    /// <summary>The elements of a JSON array of numbers, without reading it as a document.</summary>
    public static void TagNames(this Utf8JsonWriter json, ReadOnlySpan<byte> name, string ids)
    {
        json.WriteStartArray(name);
        var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes(ids));
        while (reader.Read())
        {
            if (reader.TokenType is JsonTokenType.Number) json.WriteStringValue(FloorNames.Tags[reader.GetInt64()]);
        }
        json.WriteEndArray();
    }

    public static void Empty(this Utf8JsonWriter json, ReadOnlySpan<byte> name)
    {
        json.WriteStartArray(name);
        json.WriteEndArray();
    }
}
