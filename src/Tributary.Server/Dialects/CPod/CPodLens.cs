using Tributary.Server.Hosting;

namespace Tributary.Server.Dialects.CPod;

/// <summary>What cPod says of a deal.</summary>
internal static class CPodLens
{
    public static readonly DealLens Deal = new()
    {
        Name = "cPod",
        Operation = "getDeal",
        Id = deal => Ids.Deal(deal.Uid),
        Says =
        [
            ("uid", "id"), ("number", "deal_number"), ("title", "name"), ("value", "value"), ("currency", "currency"),
            ("pipeline_id", "pipeline_id"), ("stage_id", "stage,audit_log"),
            ("status", "stage,audit_log"), ("probability", "probability"), ("owner_id", "owner_id"), ("creator_id", "created_by"),
            ("person_id", "primary_contact_id,contact_ids"), ("org_id", "account_id"),
            ("expected_close", "expected_close_date"), ("next_followup_at", "next_followup_date"), ("closed_at", "actual_close_date"),
            ("lost_reason", "loss_reason"), ("loss_category", "loss_category"),
            ("closure_notes", "closure_notes"), ("competitors", "competitors"), ("source", "deal_source"), ("deal_type", "deal_type"),
            ("forecast_category", "forecast_category"), ("tags", "tags"),
            ("tag_ids", "tags"), ("custom", "custom_fields"), ("rfp_id", "rfp_record_id"),
            ("links", "quote_ids,proposal_ids,attachment_refs,linked_task_ids"), ("provenance", "source"),
            ("source_type", "source_type"), ("app_id", "app_id"), ("added_at", "created_at"), ("updated_at", "updated_at"),
            ("updated_by", "updated_by"), ("deleted_at", "is_deleted,deleted_at"),
            ("deleted_by", "deleted_by"), ("schema_version", "schema_version"), ("version", "version"),
        ],
        Notes = [("status", "closed_won and closed_lost are words for the stage"), ("expected_close", "as its midnight in UTC"),
            ("added_at", "to the second, as are all moments"), ("app_id", "the caller's own app")],
    };
}
