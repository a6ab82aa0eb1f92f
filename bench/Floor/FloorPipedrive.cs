using System.Text.Json;
using Tributary.Core.Storage;

namespace Tributary.Bench.Floor;

/// <summary>A deal as Pipedrive's v2 spells it.</summary>
internal static class FloorPipedrive
{
    public static async ValueTask<long> One(FloorSession session, long id, Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteBoolean("success"u8, true);
        json.WritePropertyName("data"u8);
        await session.Read("get-pipedrive", id, (ref row) => Write(ref row, json));
        json.WriteEndObject();
        return 0;
    }

    public static async ValueTask<long> List(FloorSession session, long stage, Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteBoolean("success"u8, true);
        json.WriteStartArray("data"u8);
        var written = 0;
        await session.Read("list-pipedrive", stage, (ref row) => written++ < 100 && Write(ref row, json));
        json.WriteEndArray();
        WriteNext(json, written > 100 ? FloorAnswers.Cursor : null);
        json.WriteEndObject();
        return 0;
    }

    public static async ValueTask<long> Search(FloorSession session, string term, Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteBoolean("success"u8, true);
        json.WriteStartObject("data"u8);
        json.WriteStartArray("items"u8);
        var written = 0;
        await session.Read("search-pipedrive", $"\"{term}\"", (ref row) => written++ < 100 && WriteHit(ref row, json, term.Length));
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

    // Shortest text first. A text as long as the term is the term, a longer one begins with it.
    private static bool WriteHit(ref Row row, Utf8JsonWriter json, int length)
    {
        var found = row.Whole();
        json.WriteStartObject();
        json.Decimal("result_score"u8, (found == length ? 1.2m : 0.9m) + decimal.Round(0.1m * length / found, 6, MidpointRounding.ToZero));
        json.WriteStartObject("item"u8);
        json.Whole("id"u8, ref row);
        json.WriteString("type"u8, "deal"u8);
        json.Text("title"u8, ref row);
        json.Units("value"u8, ref row);
        json.Text("currency"u8, ref row);
        json.Text("status"u8, ref row);
        json.Whole("visible_to"u8, ref row);
        json.WriteStartObject("owner"u8);
        json.Whole("id"u8, ref row);
        json.WriteEndObject();
        var stage = row.Whole();
        json.WriteStartObject("stage"u8);
        json.WriteNumber("id"u8, stage);
        json.WriteString("name"u8, FloorNames.Stages[stage].Name);
        json.WriteEndObject();
        json.WriteStartObject("pipeline"u8);
        json.Whole("id"u8, ref row);
        json.WriteEndObject();
        WriteContact(ref row, json, "person"u8, hasAddress: false);
        WriteContact(ref row, json, "organization"u8, hasAddress: true);
        json.Empty("custom_fields"u8);
        json.Empty("notes"u8);
        json.WriteBoolean("is_archived"u8, false);
        json.WriteEndObject();
        json.WriteEndObject();
        return true;
    }

    private static void WriteContact(ref Row row, Utf8JsonWriter json, ReadOnlySpan<byte> name, bool hasAddress)
    {
        if (row.IsNone())
        {
            row.Skip();
            json.WriteNull(name);
            return;
        }
        json.WriteStartObject(name);
        json.Whole("id"u8, ref row);
        json.Text("name"u8, ref row);
        if (hasAddress) json.WriteNull("address"u8);
        json.WriteEndObject();
    }

    private static bool Write(ref Row row, Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.Whole("id"u8, ref row);
        json.Text("title"u8, ref row);
        json.Whole("creator_user_id"u8, ref row);
        json.Whole("owner_id"u8, ref row);
        json.Units("value"u8, ref row);
        json.Whole("person_id"u8, ref row);
        json.Whole("org_id"u8, ref row);
        json.Whole("stage_id"u8, ref row);
        json.Whole("pipeline_id"u8, ref row);
        json.Text("currency"u8, ref row);
        var archived = FloorJson.Moment(ref row);
        json.Seconds("archive_time"u8, archived);
        json.Seconds("add_time"u8, ref row);
        json.Seconds("update_time"u8, ref row);
        json.Seconds("stage_change_time"u8, ref row);
        json.Text("status"u8, ref row);
        json.WriteBoolean("is_archived"u8, archived is not null);
        json.WriteBoolean("is_deleted"u8, false);
        if (row.IsNone()) json.WriteNull("probability"u8);
        else json.Decimal("probability"u8, row.Whole() / 100m);
        json.Text("lost_reason"u8, ref row);
        json.Whole("visible_to"u8, ref row);
        var (closed, won, lost) = (FloorJson.Moment(ref row), FloorJson.Moment(ref row), FloorJson.Moment(ref row));
        json.Seconds("close_time"u8, closed);
        json.Seconds("won_time"u8, won);
        json.Seconds("lost_time"u8, lost);
        json.LocalDay("local_won_date"u8, won);
        json.LocalDay("local_lost_date"u8, lost);
        json.LocalDay("local_close_date"u8, closed);
        json.Day("expected_close_date"u8, ref row);
        json.Document("label_ids"u8, ref row);
        json.Text("origin"u8, ref row);
        json.Text("origin_id"u8, ref row);
        json.Whole("channel"u8, ref row);
        json.Text("channel_id"u8, ref row);
        json.Units("acv"u8, ref row);
        json.Units("arr"u8, ref row);
        json.Units("mrr"u8, ref row);
        json.WriteNull("custom_fields"u8);
        json.WriteEndObject();
        return true;
    }
}
