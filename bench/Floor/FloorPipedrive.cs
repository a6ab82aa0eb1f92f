using System.Data.Common;
using System.Text;
using System.Text.Json;

namespace Tributary.Bench.Floor;

/// <summary>A deal as Pipedrive's v2 spells it, written from the columns of <see cref="FloorStatements"/>.</summary>
internal static class FloorPipedrive
{
    public static long WriteOne(DbDataReader rows, Utf8JsonWriter json)
    {
        if (!rows.Read()) throw new InvalidOperationException("The data set lacks this deal.");
        json.WriteStartObject();
        json.WriteBoolean("success"u8, true);
        json.WritePropertyName("data"u8);
        Write(rows, json);
        json.WriteEndObject();
        return 0;
    }

    public static long WriteList(DbDataReader rows, Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteBoolean("success"u8, true);
        json.WriteStartArray("data"u8);
        var written = 0;
        var cursor = "";
        while (rows.Read() && written < 100)
        {
            Write(rows, json);
            if (++written == 100) cursor = $"{rows.GetValue(11)},{rows.GetInt64(0)}";
        }
        json.WriteEndArray();
        WriteNext(json, cursor.Length == 0 ? null : Convert.ToBase64String(Encoding.UTF8.GetBytes(cursor.PadRight(90))));
        json.WriteEndObject();
        return 0;
    }

    /// <param name="rows">Shortest text first.</param>
    /// <param name="json">Where to.</param>
    /// <param name="length">Of the term: a text of that length is the term, a longer one begins with it.</param>
    public static long WriteFound(DbDataReader rows, Utf8JsonWriter json, int length)
    {
        json.WriteStartObject();
        json.WriteBoolean("success"u8, true);
        json.WriteStartObject("data"u8);
        json.WriteStartArray("items"u8);
        var written = 0;
        while (rows.Read() && written++ < 100) WriteHit(rows, json, length);
        json.WriteEndArray();
        json.WriteEndObject();
        WriteNext(json, null);
        json.WriteEndObject();
        return 0;
    }

    private static void WriteNext(Utf8JsonWriter json, string? cursor)
    {
        json.WriteStartObject("additional_data"u8);
        json.WriteString("next_cursor"u8, cursor);
        json.WriteEndObject();
    }

    private static void WriteHit(DbDataReader row, Utf8JsonWriter json, int length)
    {
        var stage = row.GetInt64(7);
        var found = row.GetInt64(14);
        json.WriteStartObject();
        json.Decimal("result_score"u8, (found == length ? 1.2m : 0.9m) + decimal.Round(0.1m * length / found, 6, MidpointRounding.ToZero));
        json.WriteStartObject("item"u8);
        json.Whole("id"u8, row, 0);
        json.WriteString("type"u8, "deal"u8);
        json.Text("title"u8, row, 1);
        json.Units("value"u8, row, 2);
        json.Text("currency"u8, row, 3);
        json.Text("status"u8, row, 4);
        json.Whole("visible_to"u8, row, 5);
        json.WriteStartObject("owner"u8);
        json.Whole("id"u8, row, 6);
        json.WriteEndObject();
        json.WriteStartObject("stage"u8);
        json.WriteNumber("id"u8, stage);
        json.WriteString("name"u8, FloorNames.Stages[stage].Name);
        json.WriteEndObject();
        json.WriteStartObject("pipeline"u8);
        json.Whole("id"u8, row, 8);
        json.WriteEndObject();
        WriteContact(row, json, "person"u8, 9, hasAddress: false);
        WriteContact(row, json, "organization"u8, 11, hasAddress: true);
        json.WriteStartArray("custom_fields"u8);
        json.WriteEndArray();
        json.WriteStartArray("notes"u8);
        json.WriteEndArray();
        json.WriteBoolean("is_archived"u8, false);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteContact(DbDataReader row, Utf8JsonWriter json, ReadOnlySpan<byte> name, int column, bool hasAddress)
    {
        if (row.IsDBNull(column))
        {
            json.WriteNull(name);
            return;
        }
        json.WriteStartObject(name);
        json.Whole("id"u8, row, column);
        json.Text("name"u8, row, column + 1);
        if (hasAddress) json.WriteNull("address"u8);
        json.WriteEndObject();
    }

    private static void Write(DbDataReader row, Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.Whole("id"u8, row, 0);
        json.Text("title"u8, row, 1);
        json.Whole("creator_user_id"u8, row, 2);
        json.Whole("owner_id"u8, row, 3);
        json.Units("value"u8, row, 4);
        json.Whole("person_id"u8, row, 5);
        json.Whole("org_id"u8, row, 6);
        json.Whole("stage_id"u8, row, 7);
        json.Whole("pipeline_id"u8, row, 8);
        json.Text("currency"u8, row, 9);
        json.Seconds("archive_time"u8, row, 10);
        json.Seconds("add_time"u8, row, 11);
        json.Seconds("update_time"u8, row, 12);
        json.Seconds("stage_change_time"u8, row, 13);
        json.Text("status"u8, row, 14);
        json.WriteBoolean("is_archived"u8, !row.IsDBNull(10));
        json.WriteBoolean("is_deleted"u8, false);
        if (row.IsDBNull(15)) json.WriteNull("probability"u8);
        else json.Decimal("probability"u8, row.GetInt64(15) / 100m);
        json.Text("lost_reason"u8, row, 16);
        json.Whole("visible_to"u8, row, 17);
        json.Seconds("close_time"u8, row, 18);
        json.Seconds("won_time"u8, row, 19);
        json.Seconds("lost_time"u8, row, 20);
        LocalDay(json, "local_won_date"u8, row, 19);
        LocalDay(json, "local_lost_date"u8, row, 20);
        LocalDay(json, "local_close_date"u8, row, 18);
        json.Day("expected_close_date"u8, row, 21);
        json.Document("label_ids"u8, row, 22);
        json.Text("origin"u8, row, 23);
        json.Text("origin_id"u8, row, 24);
        json.Whole("channel"u8, row, 25);
        json.Text("channel_id"u8, row, 26);
        json.Units("acv"u8, row, 27);
        json.Units("arr"u8, row, 28);
        json.Units("mrr"u8, row, 29);
        json.WriteNull("custom_fields"u8);
        json.WriteEndObject();
    }

    // The company of the data set lives by UTC.
    private static void LocalDay(Utf8JsonWriter json, ReadOnlySpan<byte> name, DbDataReader row, int column)
    {
        if (row.IsDBNull(column)) json.WriteNull(name);
        else if (row is Npgsql.NpgsqlDataReader) json.WriteString(name,
            row.GetDateTime(column).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture));
        else json.WriteString(name, row.GetString(column).AsSpan(0, 10));
    }
}
