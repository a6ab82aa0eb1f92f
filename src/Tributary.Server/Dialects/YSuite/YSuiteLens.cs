using System.Globalization;
using Tributary.Server.Hosting;

namespace Tributary.Server.Dialects.YSuite;

/// <summary>What YSuite says of a deal.</summary>
internal static class YSuiteLens
{
    public static readonly DealLens Deal = new()
    {
        Name = "YSuite",
        Operation = "getDeal",
        Id = deal => deal.Id.ToString(CultureInfo.InvariantCulture),
        Says =
        [
            ("id", "deal_id"), ("title", "deal_name"), ("value", "deal_amount"),
            ("currency", "deal_amount_currency,deal_amount_currency_code"), ("pipeline_id", "pipeline_id,pipeline_name"),
            ("stage_id", "deal_current_stage,stage_name"), ("status", "stage_type,deal_current_stage,stage_name"),
            ("owner_id", "deal_owner_id,owner"),
            ("assignee_id", "deal_assignedto,assigned_to"), ("person_id", "deal_contact_id,deal_contact_name"),
            ("org_id", "cstid,company_name"), ("expected_close", "deal_expected_close_date"),
            ("closed_at", "deal_closed_on"), ("source", "deal_source"), ("description", "deal_description"), ("tags", "tags,tag_ids"),
            ("tag_ids", "tags,tag_ids"), ("added_at", "created_on"),
            ("updated_at", "updated_on"),
        ],
        Notes = [("value", "with two decimals"), ("status", "a closed deal is shown in the pipeline's stage of that type"),
            ("added_at", "to the second, as are closed_at and updated_at")],
    };
}
