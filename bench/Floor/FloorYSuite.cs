using System.Text.Json;
using Tributary.Core.Storage;

namespace Tributary.Bench.Floor;

/// <summary>A deal as YSuite spells it; one alone with every field it has.</summary>
internal static class FloorYSuite
{
    public static async ValueTask<long> One(FloorSession session, long id, Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteBoolean("success"u8, true);
        json.WriteStartObject("data"u8);
        await session.Read("get-ysuite", id, (ref row) =>
        {
            var owner = Write(ref row, json);
            json.Text("company_name"u8, ref row);
            var currency = row.Text();
            json.WriteNumber("deal_amount_currency"u8, FloorNames.Currencies[currency]);
            json.WriteString("deal_amount_currency_code"u8, currency);
            if (owner is null) json.WriteNull("deal_owner_id"u8);
            else json.WriteNumber("deal_owner_id"u8, owner.Id);
            json.Whole("deal_contact_id"u8, ref row);
            json.Text("deal_contact_name"u8, ref row);
            json.Text("deal_description"u8, ref row);
            var assignee = row.WholeOrNone() is { } known ? FloorNames.Users[known] : null;
            if (assignee is null) json.WriteNull("deal_assignedto"u8);
            else json.WriteNumber("deal_assignedto"u8, assignee.Id);
            json.WriteString("assigned_to"u8, assignee?.Name);
            var stage = FloorNames.Stages[row.Whole()];
            var status = row.Text();
            var shown = status switch { "won" => FloorNames.Won, "lost" => FloorNames.Lost, _ => stage };
            json.WriteString("pipeline_name"u8, FloorNames.Pipelines.First().Value.Name);
            json.WriteNumber("deal_current_stage"u8, shown.Id);
            json.WriteString("stage_name"u8, shown.Name);
            json.WriteString("stage_type"u8, status switch { "won" => "Won", "lost" => "Lost", _ => "Open" });
            var tags = row.Text();
            json.Document("tag_ids"u8, tags);
            json.TagNames("tags"u8, tags);
            json.Seconds("deal_closed_on"u8, ref row);
            json.Seconds("created_on"u8, ref row);
            json.Seconds("updated_on"u8, ref row);
            return false;
        });
        json.WriteEndObject();
        json.WriteEndObject();
        return 0;
    }

    public static async ValueTask<long> List(FloorSession session, long stage, Utf8JsonWriter json)
    {
        var total = await FloorAnswers.Total(session, "total", stage);
        json.WriteStartObject();
        json.WriteBoolean("success"u8, true);
        json.WriteStartObject("data"u8);
        json.WriteStartArray("data"u8);
        await session.Read("list-ysuite", stage, (ref row) =>
        {
            json.WriteStartObject();
            Write(ref row, json);
            json.WriteEndObject();
            return true;
        });
        json.WriteEndArray();
        json.WriteNumber("current_page"u8, 1);
        json.WriteNumber("total_records"u8, total);
        json.WriteNumber("total_pages"u8, (total + 99) / 100);
        json.WriteEndObject();
        json.WriteEndObject();
        return 0;
    }

    /// <returns>Whose it is.</returns>
    private static FloorUser? Write(ref Row row, Utf8JsonWriter json)
    {
        json.Whole("deal_id"u8, ref row);
        json.Text("deal_name"u8, ref row);
        // Two decimals, as 15000.00.
        if (row.IsNone()) json.WriteNull("deal_amount"u8);
        else json.WriteNumber("deal_amount"u8, decimal.Round(row.Whole() / 10_000m, 2) + 0.00m);
        json.Text("deal_source"u8, ref row);
        json.Day("deal_expected_close_date"u8, ref row);
        json.Whole("pipeline_id"u8, ref row);
        json.Whole("cstid"u8, ref row);
        var owner = row.WholeOrNone() is { } known ? FloorNames.Users[known] : null;
        json.WriteString("owner"u8, owner?.Name);
        return owner;
    }
}
