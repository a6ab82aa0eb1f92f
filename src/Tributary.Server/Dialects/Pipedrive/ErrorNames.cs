using Tributary.Server.Hosting;

namespace Tributary.Server.Dialects.Pipedrive;

/// <summary>What refusals call fields and records: the engine's names in Pipedrive's words.</summary>
internal static class ErrorNames
{
    /// <summary>The engine's names of fields in Pipedrive's words, where v1 and v2 agree.</summary>
    private static readonly Dictionary<string, string> Names = new()
    {
        ["expected_close"] = "expected_close_date",
        ["won_at"] = "won_time",
        ["lost_at"] = "lost_time",
        ["closed_at"] = "close_time",
        ["archived_at"] = "archive_time",
        ["added_at"] = "add_time",
        ["updated_at"] = "update_time",
        ["stage_changed_at"] = "stage_change_time",
        ["deleted_at"] = "is_deleted",
        ["source"] = "origin",
        ["provenance"] = "origin",
        ["creator_id"] = "creator_user_id",
        ["variation_id"] = "product_variation_id",
        ["billing_cycles"] = "billing_frequency_cycles",
        ["billing_start"] = "billing_start_date",
        ["billing_on"] = "billing_date",
        ["due_on"] = "due_date",
        ["duration_minutes"] = "duration",
        ["done_at"] = "marked_as_done_time",
        ["uses_probability"] = "is_deal_probability_enabled",
        ["rotten_days"] = "days_to_rotten",
        ["position"] = "order_nr",
        ["channel_name"] = "channel",
    };

    /// <summary>The same in v1, whose pages differ: the first that the operation reads, unless it reads the engine's own name.</summary>
    private static readonly Dictionary<string, string[]> V1Names = new()
    {
        ["owner_id"] = ["user_id"],
        ["org_id"] = ["organization_id"],
        ["label_ids"] = ["label"],
        ["uses_probability"] = ["deal_probability"],
        ["rotten_days"] = ["rotten_days"],
        ["is_enabled"] = ["enabled_flag"],
        ["survivor_id"] = ["merge_with_id"],
        ["pinned_to_deal"] = ["pinned_to_deal_flag"],
        ["pinned_to_lead"] = ["pinned_to_lead_flag"],
        ["pinned_to_person"] = ["pinned_to_person_flag"],
        ["pinned_to_org"] = ["pinned_to_organization_flag"],
        ["emails"] = ["email"],
        ["phones"] = ["phone"],
        ["type"] = ["field_type"],
        ["is_linkable"] = ["selectable"],
        ["storage_key"] = ["remote_id", "title"],
        ["name"] = ["title", "remote_id"],
        ["url"] = ["subscription_url"],
        ["events"] = ["event_object"],
        ["headers"] = ["http_auth_user"],
        ["condition"] = ["conditions"],
    };

    private static readonly Dictionary<string, string> Nouns = new()
    {
        ["deal product"] = "Deal product",
        ["activity"] = "Activity",
        ["participant"] = "Participant",
        ["mail_message"] = "Mail message",
        ["endpoint"] = "Endpoint",
    };

    /// <summary>
    /// The field in Pipedrive's words; "custom.&lt;key&gt;" is the key itself in v1, which has its custom values at the top.
    /// </summary>
    public static string Of(string field, bool isV1, Operation? operation = null)
    {
        if (field.StartsWith("custom.", StringComparison.Ordinal)) return (isV1 ? "" : "custom_fields.") + field["custom.".Length..];
        if (isV1 && Reads(operation, field)) return field;
        if (isV1 && V1Names.TryGetValue(field, out var old)) return old.FirstOrDefault(name => Reads(operation, name))
            ?? Names.GetValueOrDefault(field) ?? old[0];
        if (Names.TryGetValue(field, out var known)) return known;
        // "data.0.item_price", and "[0].item_price" where the engine was given a list: the name behind the place.
        if (field.StartsWith('[')) return Of("data." + field[1..].Replace("]", "", StringComparison.Ordinal), isV1);
        var at = field.LastIndexOf('.');
        return at < 0 ? field : field[..(at + 1)] + Of(field[(at + 1)..], isV1, operation);
    }

    private static bool Reads(Operation? operation, string name) =>
        operation is not null && (operation.Parameters.Any(member => member.Name == name)
            || operation.Body?.Members.Any(member => member.Name == name) == true);

    public static string Noun(string subject) =>
        Nouns.TryGetValue(subject, out var known) ? known
            : subject.Length == 0 ? "Entity"
            : char.ToUpperInvariant(subject[0]) + subject[1..].Replace('_', ' ');
}
