using System.Data.Common;
using System.Text.Json;

namespace Tributary.Bench.Floor;

/// <summary>A deal as Switch spells it, written from the columns of <see cref="FloorStatements"/>.</summary>
internal static class FloorSwitch
{
    public static long WriteOne(DbDataReader rows, Utf8JsonWriter json)
    {
        if (!rows.Read()) throw new InvalidOperationException("The data set lacks this deal.");
        json.WriteStartObject();
        json.WritePropertyName("data"u8);
        Write(rows, json);
        json.WriteEndObject();
        return 0;
    }

    public static long WriteList(DbDataReader rows, Utf8JsonWriter json, long total)
    {
        json.WriteStartObject();
        json.WriteStartArray("data"u8);
        var written = 0;
        while (rows.Read())
        {
            Write(rows, json);
            written++;
        }
        json.WriteEndArray();
        json.WriteStartObject("meta"u8);
        json.WriteNumber("total"u8, total);
        json.WriteNumber("limit"u8, 100);
        json.WriteNumber("offset"u8, 0);
        if (written < total) json.WriteNumber("next_offset"u8, written);
        else json.WriteNull("next_offset"u8);
        json.WriteEndObject();
        json.WriteEndObject();
        return 0;
    }

    private static void Write(DbDataReader row, Utf8JsonWriter json)
    {
        var stage = FloorNames.Stages[row.GetInt64(2)];
        var hasPerson = !row.IsDBNull(16);
        json.WriteStartObject();
        json.Uid("id"u8, row, 0);
        json.WriteString("organization_id"u8, FloorNames.Workspace);
        json.WriteString("pipeline_id"u8, FloorNames.Pipelines[row.GetInt64(1)]);
        json.WriteString("stage_id"u8, stage.Uid);
        json.Text("name"u8, row, 3);
        json.Units("amount"u8, row, 4);
        json.Text("currency"u8, row, 5);
        json.Text("status"u8, row, 6);
        json.Text("priority"u8, row, 7);
        json.Uid("customer_id"u8, row, hasPerson ? 16 : 19);
        if (row.IsDBNull(8)) json.WriteNull("owner_id"u8);
        else json.WriteString("owner_id"u8, FloorNames.Users[row.GetInt64(8)].Uid);
        json.Day("expected_close_date"u8, row, 9);
        json.Text("notes"u8, row, 10);
        json.TagNames("tags"u8, row.GetString(11));
        json.Units("position"u8, row, 12);
        json.Seconds("won_at"u8, row, 13);
        json.Seconds("lost_at"u8, row, 14);
        json.Seconds("created_at"u8, row, 15);
        WriteCustomer(row, json, hasPerson);
        if (row.IsDBNull(8)) json.WriteNull("owner"u8);
        else
        {
            var (uid, name, email) = FloorNames.Users[row.GetInt64(8)];
            json.WriteStartObject("owner"u8);
            json.WriteString("id"u8, uid);
            json.WriteString("name"u8, name);
            json.WriteString("email"u8, email);
            json.WriteEndObject();
        }
        json.WriteStartObject("stage"u8);
        json.WriteString("id"u8, stage.Uid);
        json.WriteString("name"u8, stage.Name);
        json.WriteNumber("position"u8, stage.Position);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteCustomer(DbDataReader row, Utf8JsonWriter json, bool hasPerson)
    {
        if (!hasPerson && row.IsDBNull(19))
        {
            json.WriteNull("customer"u8);
            return;
        }
        json.WriteStartObject("customer"u8);
        json.Uid("id"u8, row, hasPerson ? 16 : 19);
        json.Text("name"u8, row, hasPerson ? 17 : 20);
        if (hasPerson) WritePrimary(json, row.GetString(18));
        else json.Text("email"u8, row, 21);
        json.Text("company"u8, row, 20);
        json.WriteEndObject();
    }

    private static void WritePrimary(Utf8JsonWriter json, string emails)
    {
        using var document = JsonDocument.Parse(emails);
        if (document.RootElement.GetArrayLength() == 0) json.WriteNull("email"u8);
        else json.WriteString("email"u8, document.RootElement[0].GetProperty("value"u8).GetString());
    }
}
