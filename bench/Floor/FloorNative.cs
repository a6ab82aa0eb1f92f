using System.Data.Common;
using System.Text;
using System.Text.Json;

namespace Tributary.Bench.Floor;

/// <summary>A deal as our own API spells it, written from the columns of <see cref="FloorStatements"/>.</summary>
internal static class FloorNative
{
    public static long WriteOne(DbDataReader rows, Utf8JsonWriter json)
    {
        if (!rows.Read()) throw new InvalidOperationException("The data set lacks this deal.");
        Write(rows, json);
        return rows.GetInt64(73);
    }

    public static long WriteList(DbDataReader rows, Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteStartArray("data"u8);
        var written = 0;
        var cursor = "";
        var hasMore = false;
        while (rows.Read())
        {
            if (written++ == 100)
            {
                hasMore = true;
                break;
            }
            Write(rows, json);
            if (written == 100) cursor = $"{rows.GetValue(66)},{rows.GetInt64(0)}";
        }
        json.WriteEndArray();
        // As long as a sealed one.
        if (hasMore) json.WriteString("next_cursor"u8, Convert.ToBase64String(Encoding.UTF8.GetBytes(cursor.PadRight(90))));
        else json.WriteNull("next_cursor"u8);
        json.WriteBoolean("has_more"u8, hasMore);
        json.WriteEndObject();
        return 0;
    }

    private static void Write(DbDataReader row, Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.Whole("id"u8, row, 0);
        json.Uid("uid"u8, row, 1);
        json.Text("number"u8, row, 2);
        json.Text("title"u8, row, 3);
        json.Units("value"u8, row, 4);
        json.Text("currency"u8, row, 5);
        var own = row.IsDBNull(9) ? (decimal?)null : row.GetInt64(9) / 100m;
        var probability = own ?? FloorNames.Stages[row.GetInt64(7)].ProbabilityBp / 100m;
        if (row.IsDBNull(4)) json.WriteNull("weighted_value"u8);
        else json.Decimal("weighted_value"u8, decimal.Round(row.GetInt64(4) / 10_000m * probability / 100, 4, MidpointRounding.ToEven));
        json.Whole("pipeline_id"u8, row, 6);
        json.Whole("stage_id"u8, row, 7);
        json.Text("status"u8, row, 8);
        if (own is { } percent) json.Decimal("probability"u8, percent);
        else json.WriteNull("probability"u8);
        json.Decimal("effective_probability"u8, probability);
        json.Text("priority"u8, row, 10);
        json.Units("position"u8, row, 11);
        json.Whole("owner_id"u8, row, 12);
        json.Whole("assignee_id"u8, row, 13);
        json.Whole("creator_id"u8, row, 14);
        json.Whole("person_id"u8, row, 15);
        json.Whole("org_id"u8, row, 16);
        json.Day("expected_close"u8, row, 17);
        json.Milliseconds("next_followup_at"u8, row, 18);
        json.Milliseconds("won_at"u8, row, 19);
        json.Milliseconds("lost_at"u8, row, 20);
        json.Milliseconds("closed_at"u8, row, 21);
        json.Milliseconds("first_won_at"u8, row, 22);
        json.Milliseconds("stage_changed_at"u8, row, 23);
        json.Text("won_reason"u8, row, 24);
        json.Text("lost_reason"u8, row, 25);
        json.Text("loss_category"u8, row, 26);
        json.Text("closure_notes"u8, row, 27);
        json.Document("competitors"u8, row, 28);
        json.Text("source"u8, row, 29);
        json.Text("deal_type"u8, row, 30);
        json.Text("forecast_category"u8, row, 31);
        json.Text("description"u8, row, 32);
        json.Document("label_ids"u8, row, 33);
        json.TagNames("tags"u8, row.GetString(34));
        json.Document("tag_ids"u8, row, 34);
        json.Whole("visible_to"u8, row, 35);
        json.Document("custom"u8, row, 36);
        json.Text("rfp_id"u8, row, 37);
        json.Document("links"u8, row, 38);
        json.Text("origin"u8, row, 39);
        json.Text("origin_id"u8, row, 40);
        json.Whole("channel"u8, row, 41);
        json.Text("channel_id"u8, row, 42);
        json.Uid("source_lead_uid"u8, row, 43);
        json.Text("provenance"u8, row, 44);
        json.Text("source_type"u8, row, 45);
        json.Whole("app_id"u8, row, 46);
        json.Units("mrr"u8, row, 47);
        json.Units("arr"u8, row, 48);
        json.Units("acv"u8, row, 49);
        json.WriteStartObject("facts"u8);
        json.Whole("products"u8, row, 50);
        json.Whole("files"u8, row, 51);
        json.Whole("notes"u8, row, 52);
        json.Whole("followers"u8, row, 53);
        json.Whole("participants"u8, row, 54);
        json.Whole("activities"u8, row, 55);
        json.Whole("done_activities"u8, row, 56);
        json.Whole("mail_messages"u8, row, 57);
        json.Whole("next_activity_id"u8, row, 58);
        json.Day("next_activity_on"u8, row, 59);
        json.Text("next_activity_time"u8, row, 60);
        json.Whole("last_activity_id"u8, row, 61);
        json.Day("last_activity_on"u8, row, 62);
        json.Milliseconds("last_incoming_mail_at"u8, row, 63);
        json.Milliseconds("last_outgoing_mail_at"u8, row, 64);
        json.Milliseconds("touched_at"u8, row, 65);
        json.WriteEndObject();
        json.Milliseconds("added_at"u8, row, 66);
        json.Milliseconds("updated_at"u8, row, 67);
        json.Whole("updated_by"u8, row, 68);
        json.Milliseconds("archived_at"u8, row, 69);
        json.Milliseconds("deleted_at"u8, row, 70);
        json.Whole("deleted_by"u8, row, 71);
        json.Whole("schema_version"u8, row, 72);
        json.Whole("version"u8, row, 73);
        json.WriteEndObject();
    }
}
