using System.Data.Common;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Tributary.Bench.Floor;

/// <summary>Columns to JSON. SQLite keeps instants, days and uids as the text that is answered; PostgreSQL as types of its own.</summary>
internal static class FloorJson
{
    public static void Whole(this Utf8JsonWriter json, ReadOnlySpan<byte> name, DbDataReader row, int column)
    {
        if (row.IsDBNull(column)) json.WriteNull(name);
        else json.WriteNumber(name, row.GetInt64(column));
    }

    public static void Text(this Utf8JsonWriter json, ReadOnlySpan<byte> name, DbDataReader row, int column)
    {
        if (row.IsDBNull(column)) json.WriteNull(name);
        else json.WriteString(name, row.GetString(column));
    }

    public static void Uid(this Utf8JsonWriter json, ReadOnlySpan<byte> name, DbDataReader row, int column)
    {
        if (row.IsDBNull(column)) json.WriteNull(name);
        else if (row is Npgsql.NpgsqlDataReader) json.WriteString(name, row.GetGuid(column));
        else json.WriteString(name, row.GetString(column));
    }

    /// <summary>Ten-thousandths.</summary>
    public static void Units(this Utf8JsonWriter json, ReadOnlySpan<byte> name, DbDataReader row, int column)
    {
        if (row.IsDBNull(column)) json.WriteNull(name);
        else json.Decimal(name, row.GetInt64(column) / 10_000m);
    }

    public static void Decimal(this Utf8JsonWriter json, ReadOnlySpan<byte> name, decimal value) => json.WriteNumber(name, value / 1.0000000000000000000000000000m);

    public static void Day(this Utf8JsonWriter json, ReadOnlySpan<byte> name, DbDataReader row, int column)
    {
        if (row.IsDBNull(column)) json.WriteNull(name);
        else if (row is Npgsql.NpgsqlDataReader) json.WriteString(name, row.GetFieldValue<DateOnly>(column).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        else json.WriteString(name, row.GetString(column));
    }

    public static void Milliseconds(this Utf8JsonWriter json, ReadOnlySpan<byte> name, DbDataReader row, int column)
    {
        if (row.IsDBNull(column)) json.WriteNull(name);
        else if (row is Npgsql.NpgsqlDataReader) json.WriteString(name, row.GetDateTime(column).ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture));
        else json.WriteString(name, row.GetString(column));
    }

    public static void Seconds(this Utf8JsonWriter json, ReadOnlySpan<byte> name, DbDataReader row, int column)
    {
        if (row.IsDBNull(column))
        {
            json.WriteNull(name);
            return;
        }
        if (row is Npgsql.NpgsqlDataReader)
        {
            json.WriteString(name, row.GetDateTime(column).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture));
            return;
        }
        Span<char> text = stackalloc char[20];
        row.GetString(column).AsSpan(0, 19).CopyTo(text);
        text[19] = 'Z';
        json.WriteString(name, text);
    }

    /// <summary>A JSON column as it is, but for the spaces PostgreSQL puts into it.</summary>
    public static void Document(this Utf8JsonWriter json, ReadOnlySpan<byte> name, DbDataReader row, int column)
    {
        json.WritePropertyName(name);
        if (row is not Npgsql.NpgsqlDataReader)
        {
            json.WriteRawValue(row.GetString(column), skipInputValidation: true);
            return;
        }
        using var document = JsonDocument.Parse(row.GetString(column));
        document.RootElement.WriteTo(json);
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
}
