using System.Globalization;
using Tributary.Core.Deals;
using Tributary.Server.Hosting;

namespace Tributary.Server.Dialects.Pipedrive;

/// <summary>What the two versions of Pipedrive's API say of a deal.</summary>
internal static class PipedriveLenses
{
    private static readonly (string, string)[] both =
    [
        ("id", "id"), ("title", "title"), ("pipeline_id", "pipeline_id"), ("probability", "probability"), ("lost_reason", "lost_reason"),
        ("visible_to", "visible_to"),
        ("stage_changed_at", "stage_change_time"), ("expected_close", "expected_close_date"), ("label_ids", "label_ids,label,labels"),
        ("origin", "origin"), ("origin_id", "origin_id"), ("channel", "channel"),
        ("channel_id", "channel_id"), ("added_at", "add_time"), ("updated_at", "update_time"), ("archived_at", "archive_time,is_archived"),
        ("deleted_at", "is_deleted,deleted,active,status"),
    ];

    public static readonly DealLens V2 = new()
    {
        Name = "Pipedrive v2",
        Operation = "getDeal",
        Id = Id,
        Says =
        [
            .. both, ("status", "status"), ("value", "value"), ("currency", "currency"), ("stage_id", "stage_id"), ("owner_id", "owner_id"),
            ("creator_id", "creator_user_id"), ("person_id", "person_id"), ("org_id", "org_id"),
            ("won_at", "won_time,local_won_date"), ("lost_at", "lost_time,local_lost_date"), ("closed_at", "close_time,local_close_date"),
            ("custom", "custom_fields"),
            ("mrr", "mrr"), ("arr", "arr"), ("acv", "acv"),
        ],
        Notes = [("value", "0 for none"), ("added_at", "to the second, as are all moments")],
    };

    public static readonly DealLens V1 = new()
    {
        Name = "Pipedrive v1",
        Operation = "getDealV1",
        Id = Id,
        Says =
        [
            .. both, ("status", "status,active"), ("value", "value,formatted_value,weighted_value,formatted_weighted_value"),
            ("weighted_value", "weighted_value,formatted_weighted_value"),
            ("currency",
                "currency,formatted_value,formatted_weighted_value,weighted_value_currency,acv_currency,arr_currency,mrr_currency"),
                ("stage_id", "stage_id,stage_order_nr,rotten_time"),
            ("owner_id", "user_id,owner_name"), ("creator_id", "creator_user_id"), ("person_id", "person_id,person_name,person_hidden"),
            ("org_id", "org_id,org_name,org_hidden"),
            ("won_at", "won_time"), ("lost_at", "lost_time"), ("closed_at", "close_time"), ("first_won_at", "first_won_time"),
            ("source_lead_uid", "source_lead_id"),
            ("mrr", "mrr,mrr_currency"), ("arr", "arr,arr_currency"), ("acv", "acv,acv_currency"), ("custom", "<40 hex>"),
            ("facts",
                "products_count,files_count,notes_count,followers_count,email_messages_count,activities_count,done_activities_count,undone_activities_count,participants_count,next_activity_id,"
                + "next_activity_date,next_activity_time,last_activity_id,last_activity_date,last_incoming_mail_time,last_outgoing_mail_time,rotten_time"),
        ],
        Notes = [("value", "0 for none"), ("custom", "each under its key, beside the other members"),
            ("added_at", "to the second, as are all moments")],
    };

    private static string Id(Deal deal) => deal.Id.ToString(CultureInfo.InvariantCulture);
}
