using System.Text.Json;
using Tributary.Core.Kernel;
using Tributary.Core.Storage;

namespace Tributary.Bench.Floor;

/// <summary>
/// A deal as cPod spells it, with its contacts and the log of its moves, which stand in its middle and are therefore read before.
/// </summary>
internal static class FloorCPod
{
    public static async ValueTask<long> One(FloorSession session, Guid uid, Utf8JsonWriter json)
    {
        var contacts = await Contacts(session, "contacts-of-uid", uid);
        await Moves(session, "moves-of-uid", uid);
        var version = 0L;
        await session.Read("get-cpod", uid, (ref row) =>
        {
            version = Write(ref row, json, contacts);
            return false;
        });
        return version;
    }

    public static async ValueTask<long> List(FloorSession session, long stage, Utf8JsonWriter json)
    {
        var total = await FloorAnswers.Total(session, "total", stage);
        var contacts = await Contacts(session, "contacts-of-stage", stage);
        await Moves(session, "moves-of-stage", stage);
        json.WriteStartObject();
        json.WriteStartArray("data"u8);
        await session.Read("list-cpod", stage, (ref row) =>
        {
            Write(ref row, json, contacts);
            return true;
        });
        json.WriteEndArray();
        json.WriteNumber("total"u8, total);
        json.WriteString("next_cursor"u8, total > 100 ? FloorAnswers.Cursor : null);
        json.WriteBoolean("has_more"u8, total > 100);
        json.WriteEndObject();
        return 0;
    }

    private static async ValueTask<Dictionary<long, List<Guid>>> Contacts<TKey>(FloorSession session, string statement, TKey key)
        where TKey : notnull
    {
        var contacts = new Dictionary<long, List<Guid>>();
        await session.Read(statement, key, (ref row) =>
        {
            var deal = row.Whole();
            if (!contacts.TryGetValue(deal, out var known)) contacts.Add(deal, known = []);
            known.Add(row.Uid());
            return true;
        });
        return contacts;
    }

    /// <summary>The deals of the data set never moved: their log has nothing to show but must be read to know so.</summary>
    private static ValueTask Moves<TKey>(FloorSession session, string statement, TKey key) where TKey : notnull =>
        session.Read(statement, key, (ref row) =>
    {
        row.Skip();
        return row.Text() == "created" ? true : throw new InvalidOperationException("A deal of the data set has moved.");
    });

    private static long Write(ref Row row, Utf8JsonWriter json, Dictionary<long, List<Guid>> contacts)
    {
        var id = row.Whole();
        json.WriteStartObject();
        json.WriteString("id"u8, "deal_" + UidText.ToUlid(row.Uid()));
        json.WriteString("tenant_id"u8, FloorNames.Workspace);
        json.WriteNull("app_id"u8);
        json.Seconds("created_at"u8, ref row);
        json.Seconds("updated_at"u8, ref row);
        var creator = row.WholeOrNone();
        User(json, "created_by"u8, creator);
        User(json, "updated_by"u8, row.WholeOrNone() ?? creator);
        json.Text("source"u8, ref row);
        json.Text("source_type"u8, ref row);
        json.WriteBoolean("is_deleted"u8, false);
        json.WriteNull("deleted_at"u8);
        json.WriteNull("deleted_by"u8);
        json.Whole("schema_version"u8, ref row);
        json.Reference("account_id"u8, "acc", row.UidOrNone());
        json.WriteString("owner_id"u8, row.WholeOrNone() is { } owner ? FloorNames.Users[owner].CPodId : null);
        json.Text("name"u8, ref row);
        json.Text("deal_number"u8, ref row);
        json.WriteString("pipeline_id"u8, FloorNames.Pipelines[row.Whole()].Uid);
        var status = row.Text();
        var stage = FloorNames.Stages[row.Whole()];
        json.WriteString("stage"u8, status switch { "won" => "closed_won", "lost" => "closed_lost", _ => stage.Word });
        json.Units("value"u8, ref row);
        json.Text("currency"u8, ref row);
        if (row.IsNone()) json.WriteNull("probability"u8);
        else json.Decimal("probability"u8, row.Whole() / 100m);
        json.Text("forecast_category"u8, ref row);
        Midnight(json, "expected_close_date"u8, ref row);
        json.Seconds("actual_close_date"u8, ref row);
        json.Seconds("next_followup_date"u8, ref row);
        json.Text("deal_type"u8, ref row);
        json.Text("deal_source"u8, ref row);
        json.Document("competitors"u8, ref row);
        json.Text("loss_reason"u8, ref row);
        json.Text("loss_category"u8, ref row);
        json.Text("closure_notes"u8, ref row);
        json.Reference("primary_contact_id"u8, "con", row.UidOrNone());
        json.WriteStartArray("contact_ids"u8);
        if (contacts.TryGetValue(id, out var known))
        {
            foreach (var contact in known) json.WriteStringValue($"con-{contact:D}");
        }
        json.WriteEndArray();
        json.Text("rfp_record_id"u8, ref row);
        Links(json, row.Text());
        json.Empty("audit_log"u8);
        json.Document("custom_fields"u8, ref row);
        json.TagNames("tags"u8, row.Text());
        var version = row.Whole();
        json.WriteNumber("version"u8, version);
        json.WriteEndObject();
        return version;
    }

    private static void User(Utf8JsonWriter json, ReadOnlySpan<byte> name, long? id)
    {
        if (id is { } known) json.WriteString(name, FloorNames.Users[known].Uid);
        else json.WriteNull(name);
    }

    private static void Midnight(Utf8JsonWriter json, ReadOnlySpan<byte> name, ref Row row)
    {
        var day = FloorJson.DayOrNone(ref row);
        json.WriteString(name, day is null ? null : day + "T00:00:00Z");
    }

    private static void Links(Utf8JsonWriter json, string links)
    {
        if (links.Contains("\"]", StringComparison.Ordinal)) throw new InvalidOperationException("A deal of the data set is linked.");
        json.Empty("quote_ids"u8);
        json.Empty("proposal_ids"u8);
        json.Empty("attachment_refs"u8);
        json.Empty("linked_task_ids"u8);
    }
}
