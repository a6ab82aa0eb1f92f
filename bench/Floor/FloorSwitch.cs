using System.Text.Json;
using Tributary.Core.Storage;

namespace Tributary.Bench.Floor;

/// <summary>A deal as Switch spells it.</summary>
internal static class FloorSwitch
{
    public static async ValueTask<long> One(FloorSession session, Guid uid, Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WritePropertyName("data"u8);
        await session.Read("get-switch", uid, (ref row) => Write(ref row, json));
        json.WriteEndObject();
        return 0;
    }

    public static async ValueTask<long> List(FloorSession session, long stage, Utf8JsonWriter json)
    {
        var total = await FloorAnswers.Total(session, "total", stage);
        json.WriteStartObject();
        json.WriteStartArray("data"u8);
        var written = 0;
        await session.Read("list-switch", stage, (ref row) =>
        {
            written++;
            return Write(ref row, json);
        });
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

    private static bool Write(ref Row row, Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.Uid("id"u8, ref row);
        json.WriteString("organization_id"u8, FloorNames.Workspace);
        json.WriteString("pipeline_id"u8, FloorNames.Pipelines[row.Whole()].Uid);
        var stage = FloorNames.Stages[row.Whole()];
        json.WriteString("stage_id"u8, stage.Uid);
        json.Text("name"u8, ref row);
        json.Units("amount"u8, ref row);
        json.Text("currency"u8, ref row);
        json.Text("status"u8, ref row);
        json.Text("priority"u8, ref row);
        var owner = row.WholeOrNone() is { } id ? FloorNames.Users[id] : null;
        var (closing, notes, tags, position) = (FloorJson.DayOrNone(ref row), row.TextOrNone(), row.Text(), row.Whole());
        var (won, lost, added) = (FloorJson.Moment(ref row), FloorJson.Moment(ref row), FloorJson.Moment(ref row));
        var (personId, personName, emails) = (Uid(ref row), row.TextOrNone(), row.TextOrNone());
        var (companyId, company, companyEmail) = (Uid(ref row), row.TextOrNone(), row.TextOrNone());
        var customerId = personId ?? companyId;
        json.WriteString("customer_id"u8, customerId);
        if (owner is null) json.WriteNull("owner_id"u8);
        else json.WriteString("owner_id"u8, owner.Uid);
        json.WriteString("expected_close_date"u8, closing);
        json.WriteString("notes"u8, notes);
        json.TagNames("tags"u8, tags);
        json.Decimal("position"u8, position / 10_000m);
        json.Seconds("won_at"u8, won);
        json.Seconds("lost_at"u8, lost);
        json.Seconds("created_at"u8, added);
        if (customerId is null) json.WriteNull("customer"u8);
        else
        {
            json.WriteStartObject("customer"u8);
            json.WriteString("id"u8, customerId);
            json.WriteString("name"u8, personId is null ? company : personName);
            json.WriteString("email"u8, personId is null ? companyEmail : Primary(emails!));
            json.WriteString("company"u8, company);
            json.WriteEndObject();
        }
        if (owner is null) json.WriteNull("owner"u8);
        else
        {
            json.WriteStartObject("owner"u8);
            json.WriteString("id"u8, owner.Uid);
            json.WriteString("name"u8, owner.Name);
            json.WriteString("email"u8, owner.Email);
            json.WriteEndObject();
        }
        json.WriteStartObject("stage"u8);
        json.WriteString("id"u8, stage.Uid);
        json.WriteString("name"u8, stage.Name);
        json.WriteNumber("position"u8, stage.Position);
        json.WriteEndObject();
        json.WriteEndObject();
        return true;
    }

    private static string? Uid(ref Row row)
    {
        if (row.IsNone()) return null;
        return FloorNames.IsPostgres ? row.Uid().ToString("D") : row.Text();
    }

    /// <summary>The first of a person's addresses.</summary>
    public static string? Primary(string emails)
    {
        if (emails.Length == 2) return null;
        using var document = JsonDocument.Parse(emails);
        return document.RootElement[0].GetProperty("value"u8).GetString();
    }
}
