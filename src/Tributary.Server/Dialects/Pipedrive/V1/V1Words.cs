using System.Globalization;
using Tributary.Core.Catalog;
using Tributary.Core.Deals;
using Tributary.Core.Kernel;
using Tributary.Core.Products;

namespace Tributary.Server.Dialects.Pipedrive.V1;

/// <summary>The engine's words in v1's spelling.</summary>
internal static class V1Words
{
    /// <summary>
    /// Fields of deals, by the engine's name; those that are not here and are no custom fields have no name in Pipedrive.
    /// </summary>
    private static readonly Dictionary<string, string> DealFields = new()
    {
        ["title"] = "title",
        ["value"] = "value",
        ["currency"] = "currency",
        ["weighted_value"] = "weighted_value",
        ["pipeline_id"] = "pipeline",
        ["stage_id"] = "stage_id",
        ["status"] = "status",
        ["probability"] = "probability",
        ["owner_id"] = "user_id",
        ["creator_id"] = "creator_user_id",
        ["person_id"] = "person_id",
        ["org_id"] = "org_id",
        ["expected_close"] = "expected_close_date",
        ["won_at"] = "won_time",
        ["lost_at"] = "lost_time",
        ["closed_at"] = "close_time",
        ["first_won_at"] = "first_won_time",
        ["stage_changed_at"] = "stage_change_time",
        ["lost_reason"] = "lost_reason",
        ["label_ids"] = "label",
        ["visible_to"] = "visible_to",
        ["channel"] = "channel",
        ["channel_id"] = "channel_id",
        ["origin"] = "origin",
        ["origin_id"] = "origin_id",
        ["mrr"] = "mrr",
        ["arr"] = "arr",
        ["acv"] = "acv",
        ["added_at"] = "add_time",
        ["updated_at"] = "update_time",
        ["archived_at"] = "archive_time",
        ["deleted_at"] = "deleted",
        ["next_activity_on"] = "next_activity_date",
        ["last_activity_on"] = "last_activity_date",
        ["last_incoming_mail_at"] = "last_incoming_mail_time",
        ["last_outgoing_mail_at"] = "last_outgoing_mail_time",
        ["products_count"] = "products_count",
        ["files_count"] = "files_count",
        ["notes_count"] = "notes_count",
        ["followers_count"] = "followers_count",
        ["participants_count"] = "participants_count",
        ["activities_count"] = "activities_count",
        ["done_activities_count"] = "done_activities_count",
        ["mail_count"] = "email_messages_count",
    };

    /// <summary>What the log keeps of deals that Pipedrive has no word for.</summary>
    public static readonly Seq<string> Unspoken =
    [
        "priority", "position", "assignee_id", "next_followup_at", "won_reason", "loss_category", "closure_notes", "competitors", "source",
        "deal_type", "forecast_category", "description",
        "tag_ids", "rfp_id", "links", "number", "deleted_by", "participant_role", "merged_from", "merged_into",
        // Of persons and organizations.
        "tax_number", "engagement_score", "decision_role",
    ];

    /// <summary>What "sort" of a list of deals may name; columns that every deal has come first.</summary>
    public static readonly (string Name, string Field)[] DealSorts =
    [
        ("id", "id"),
        .. DealFields.Where(
            pair => pair.Key is not ("label_ids" or "deleted_at" or "origin" or "origin_id" or "channel_id" or "pipeline_id"))
                .Select(pair => (pair.Value, pair.Key)),
        ("pipeline_id", "pipeline_id"), ("owner_id", "owner_id"), ("next_activity_id", "next_activity_id"),
        ("last_activity_id", "last_activity_id"),
    ];

    /// <summary>Fields of persons and organizations, where Pipedrive's keys differ from the engine's.</summary>
    private static readonly Dictionary<string, string> ContactFields = new()
    {
        ["emails"] = "email",
        ["phones"] = "phone",
        ["label_ids"] = "label",
        ["added_at"] = "add_time",
        ["updated_at"] = "update_time",
        ["deleted_at"] = "active_flag",
    };

    /// <summary>The key of a field, custom ones included.</summary>
    public static string Field(string subject, string field) => subject == "deal" ? DealField(field)
        : field.StartsWith("custom.", StringComparison.Ordinal) ? field["custom.".Length..] : ContactFields.GetValueOrDefault(field, field);

    /// <summary>A level of visibility, which v1 spells as a text.</summary>
    public static string Level(int visibleTo) => visibleTo.ToString(CultureInfo.InvariantCulture);

    /// <summary>The key of a field of deals, custom ones included.</summary>
    public static string DealField(string field) =>
        field.StartsWith("custom.", StringComparison.Ordinal) ? field["custom.".Length..] : DealFields.GetValueOrDefault(field, field);

    /// <summary>The engine's name of a date-typed field of deals, by its key; none when there is no such field.</summary>
    public static string? DealDate(string key, WorkspaceCatalog catalog) =>
        catalog.Field("deal", key) is { DeletedAt: null } ? $"custom.{key}" : DealFields.FirstOrDefault(pair => pair.Value == key).Key;
}
