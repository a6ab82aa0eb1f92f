using System.Text.Json;
using Tributary.Core.Storage;

namespace Tributary.Bench.Floor;

/// <summary>A deal as AutomateNexus spells it; one alone with its contacts and its way through the stages.</summary>
internal static class FloorAutomateNexus
{
    public static async ValueTask<long> One(FloorSession session, Guid uid, Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteBoolean("success"u8, true);
        json.WriteStartObject("data"u8);
        var (id, added, wonReason, lostReason, closed) = (0L, "", (string?)null, (string?)null, (string?)null);
        await session.Read("get-automatenexus", uid, (ref row) =>
        {
            id = row.Whole();
            added = Write(ref row, json);
            json.TagNames("tags"u8, row.Text());
            (wonReason, lostReason, closed) = (row.TextOrNone(), row.TextOrNone(), FloorJson.Moment(ref row));
            return false;
        });
        json.WriteStartArray("contacts"u8);
        await session.Read("contacts", id, (ref row) => WriteContact(ref row, json));
        json.WriteEndArray();
        json.WriteStartArray("stage_history"u8);
        await session.Read("moves", id, (ref row) => WriteStay(ref row, json, added));
        json.WriteEndArray();
        json.WriteString("won_reason"u8, wonReason);
        json.WriteString("lost_reason"u8, lostReason);
        json.WriteNull("competitor"u8);
        json.Seconds("closed_at"u8, closed);
        json.WriteEndObject();
        json.WriteEndObject();
        return 0;
    }

    public static async ValueTask<long> List(FloorSession session, long stage, Utf8JsonWriter json)
    {
        var total = await FloorAnswers.Total(session, "total-of-all", stage);
        json.WriteStartObject();
        json.WriteBoolean("success"u8, true);
        json.WriteStartArray("data"u8);
        await session.Read("list-automatenexus", stage, (ref row) =>
        {
            row.Skip();
            json.WriteStartObject();
            Write(ref row, json);
            json.WriteEndObject();
            return true;
        });
        json.WriteEndArray();
        json.WriteStartObject("meta"u8);
        json.WriteNumber("total"u8, total);
        json.WriteNumber("limit"u8, 100);
        json.WriteBoolean("has_more"u8, total > 100);
        json.WriteString("next_cursor"u8, total > 100 ? FloorAnswers.Cursor : null);
        json.WriteEndObject();
        json.WriteEndObject();
        return 0;
    }

    /// <returns>When the deal was added.</returns>
    private static string Write(ref Row row, Utf8JsonWriter json)
    {
        json.Base32("id"u8, "deal_", row.Uid());
        json.Text("title"u8, ref row);
        json.WriteString("pipeline_id"u8, FloorNames.Pipelines[row.Whole()].AutomateNexusId);
        var stage = FloorNames.Stages[row.Whole()];
        json.WriteString("stage_id"u8, stage.AutomateNexusId);
        json.WriteString("stage_name"u8, stage.Name);
        json.Units("value"u8, ref row);
        json.Text("currency"u8, ref row);
        var status = row.Text();
        var own = row.SmallOrNone();
        json.Decimal("probability"u8, status switch { "won" => 100, "lost" => 0, _ => (own ?? stage.ProbabilityBp) / 100m });
        json.WriteString("owner_id"u8, row.WholeOrNone() is { } owner ? FloorNames.Users[owner].AutomateNexusId : null);
        json.Base32("contact_id"u8, "con_", row.UidOrNone());
        json.Day("expected_close_date"u8, ref row);
        json.WriteString("status"u8, status);
        json.Document("custom_fields"u8, ref row);
        var added = FloorJson.Moment(ref row)!;
        json.Seconds("created_at"u8, added);
        json.Seconds("updated_at"u8, ref row);
        return added;
    }

    private static bool WriteContact(ref Row row, Utf8JsonWriter json)
    {
        row.Skip();
        json.WriteStartObject();
        json.Base32("id"u8, "con_", row.Uid());
        json.Text("name"u8, ref row);
        json.WriteString("email"u8, FloorSwitch.Primary(row.Text()));
        json.Text("role"u8, ref row);
        json.WriteBoolean("is_primary"u8, row.Whole() == 1);
        json.WriteEndObject();
        return true;
    }

    private static bool WriteStay(ref Row row, Utf8JsonWriter json, string added)
    {
        row.Skip();
        row.Skip();
        var (from, to) = (row.WholeOrNone(), row.WholeOrNone());
        if (to is not { } entered) return true;
        row.Skip();
        row.Skip();
        var at = FloorJson.Moment(ref row)!;
        var actor = row.WholeOrNone();
        var (before, after) = (from is { } left ? FloorNames.Stages[left] : null, FloorNames.Stages[entered]);
        json.WriteStartObject();
        json.WriteString("from_stage_id"u8, before?.AutomateNexusId);
        json.WriteString("to_stage_id"u8, after.AutomateNexusId);
        json.WriteString("from_stage_name"u8, before?.Name);
        json.WriteString("to_stage_name"u8, after.Name);
        json.Text("note"u8, ref row);
        json.WriteString("changed_by"u8, actor is { } by ? FloorNames.Users[by].AutomateNexusId : null);
        json.Seconds("changed_at"u8, before is null && string.CompareOrdinal(added, at) < 0 ? added : at);
        json.WriteEndObject();
        return true;
    }
}
