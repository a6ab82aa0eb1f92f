using System.Text.Json;
using Tributary.Core.Storage;

namespace Tributary.Bench.Floor;

/// <summary>A deal as our own API spells it.</summary>
internal static class FloorNative
{
    public static async ValueTask<long> One(FloorSession session, long id, Utf8JsonWriter json)
    {
        var version = 0L;
        await session.Read("get-native", id, (ref row) =>
        {
            version = Write(ref row, json);
            return false;
        });
        return version;
    }

    public static async ValueTask<long> List(FloorSession session, long stage, Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteStartArray("data"u8);
        var written = 0;
        await session.Read("list-native", stage, (ref row) =>
        {
            if (written++ == 100) return false;
            Write(ref row, json);
            return true;
        });
        var hasMore = written > 100;
        json.WriteEndArray();
        json.WriteString("next_cursor"u8, hasMore ? FloorAnswers.Cursor : null);
        json.WriteBoolean("has_more"u8, hasMore);
        json.WriteEndObject();
        return 0;
    }

    private static long Write(ref Row row, Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.Whole("id"u8, ref row);
        json.Uid("uid"u8, ref row);
        json.Text("number"u8, ref row);
        json.Text("title"u8, ref row);
        var units = row.WholeOrNone();
        if (units is { } known) json.Decimal("value"u8, known / 10_000m);
        else json.WriteNull("value"u8);
        json.Text("currency"u8, ref row);
        var own = row.SmallOrNone() / 100m;
        var (pipeline, stage) = (row.Whole(), row.Whole());
        var probability = own ?? FloorNames.Stages[stage].ProbabilityBp / 100m;
        if (units is { } value)
        {
            json.Decimal("weighted_value"u8, decimal.Round(value / 10_000m * probability / 100, 4, MidpointRounding.ToEven));
        }
        else json.WriteNull("weighted_value"u8);
        json.WriteNumber("pipeline_id"u8, pipeline);
        json.WriteNumber("stage_id"u8, stage);
        json.Text("status"u8, ref row);
        if (own is { } percent) json.Decimal("probability"u8, percent);
        else json.WriteNull("probability"u8);
        json.Decimal("effective_probability"u8, probability);
        json.Text("priority"u8, ref row);
        json.Units("position"u8, ref row);
        json.Whole("owner_id"u8, ref row);
        json.Whole("assignee_id"u8, ref row);
        json.Whole("creator_id"u8, ref row);
        json.Whole("person_id"u8, ref row);
        json.Whole("org_id"u8, ref row);
        json.Day("expected_close"u8, ref row);
        json.Milliseconds("next_followup_at"u8, ref row);
        json.Milliseconds("won_at"u8, ref row);
        json.Milliseconds("lost_at"u8, ref row);
        json.Milliseconds("closed_at"u8, ref row);
        json.Milliseconds("first_won_at"u8, ref row);
        json.Milliseconds("stage_changed_at"u8, ref row);
        json.Text("won_reason"u8, ref row);
        json.Text("lost_reason"u8, ref row);
        json.Text("loss_category"u8, ref row);
        json.Text("closure_notes"u8, ref row);
        json.Document("competitors"u8, ref row);
        json.Text("source"u8, ref row);
        json.Text("deal_type"u8, ref row);
        json.Text("forecast_category"u8, ref row);
        json.Text("description"u8, ref row);
        json.Document("label_ids"u8, ref row);
        var tags = row.Text();
        json.TagNames("tags"u8, tags);
        json.Document("tag_ids"u8, tags);
        json.Whole("visible_to"u8, ref row);
        json.Document("custom"u8, ref row);
        json.Text("rfp_id"u8, ref row);
        json.Members("links"u8, row.Text(), "quotes", "proposals", "tasks", "attachments");
        json.Text("origin"u8, ref row);
        json.Text("origin_id"u8, ref row);
        json.Whole("channel"u8, ref row);
        json.Text("channel_id"u8, ref row);
        json.Uid("source_lead_uid"u8, ref row);
        json.Text("provenance"u8, ref row);
        json.Text("source_type"u8, ref row);
        json.Whole("app_id"u8, ref row);
        json.Units("mrr"u8, ref row);
        json.Units("arr"u8, ref row);
        json.Units("acv"u8, ref row);
        json.WriteStartObject("facts"u8);
        json.Whole("products"u8, ref row);
        json.Whole("files"u8, ref row);
        json.Whole("notes"u8, ref row);
        json.Whole("followers"u8, ref row);
        json.Whole("participants"u8, ref row);
        json.Whole("activities"u8, ref row);
        json.Whole("done_activities"u8, ref row);
        json.Whole("mail_messages"u8, ref row);
        json.Whole("next_activity_id"u8, ref row);
        json.Day("next_activity_on"u8, ref row);
        json.Text("next_activity_time"u8, ref row);
        json.Whole("last_activity_id"u8, ref row);
        json.Day("last_activity_on"u8, ref row);
        json.Milliseconds("last_incoming_mail_at"u8, ref row);
        json.Milliseconds("last_outgoing_mail_at"u8, ref row);
        json.Milliseconds("touched_at"u8, ref row);
        json.WriteEndObject();
        json.Milliseconds("added_at"u8, ref row);
        json.Milliseconds("updated_at"u8, ref row);
        json.Whole("updated_by"u8, ref row);
        json.Milliseconds("archived_at"u8, ref row);
        json.Milliseconds("deleted_at"u8, ref row);
        json.Whole("deleted_by"u8, ref row);
        json.Whole("schema_version"u8, ref row);
        var version = row.Whole();
        json.WriteNumber("version"u8, version);
        json.WriteEndObject();
        return version;
    }
}
