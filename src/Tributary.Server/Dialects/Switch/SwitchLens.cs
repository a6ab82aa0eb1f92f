using Tributary.Server.Hosting;

namespace Tributary.Server.Dialects.Switch;

/// <summary>What Switch says of a deal.</summary>
internal static class SwitchLens
{
    public static readonly DealLens Deal = new()
    {
        Name = "Switch",
        Operation = "getDeal",
        Id = deal => deal.Uid.ToString("D"),
        Says =
        [
            ("uid", "id"), ("title", "name"), ("value", "amount"), ("currency", "currency"), ("pipeline_id", "pipeline_id"),
            ("stage_id", "stage_id,stage"), ("status", "status"),
            ("priority", "priority"), ("position", "position"), ("owner_id", "owner_id,owner"), ("person_id", "customer_id,customer"),
            ("org_id", "customer_id,customer"),
            ("expected_close", "expected_close_date"), ("won_at", "won_at"), ("lost_at", "lost_at"), ("description", "notes"),
            ("tags", "tags"), ("tag_ids", "tags"), ("added_at", "created_at"),
        ],
        Notes = [("org_id", "only without a person is the customer the organization; else it is the customer's company"),
            ("added_at", "to the second, as are won_at and lost_at")],
    };
}
