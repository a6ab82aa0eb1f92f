using Tributary.Server.Hosting;

namespace Tributary.Server.Dialects.AutomateNexus;

/// <summary>What AutomateNexus says of a deal.</summary>
internal static class AutomateNexusLens
{
    public static readonly DealLens Deal = new()
    {
        Name = "AutomateNexus",
        Operation = "getDeal",
        Id = deal => Ids.Deal.Spell(deal.Uid)!,
        Says =
        [
            ("uid", "id"), ("title", "title"), ("value", "value"), ("currency", "currency"), ("pipeline_id", "pipeline_id"),
            ("stage_id", "stage_id,stage_name,stage_history"), ("status", "status,probability"),
            ("probability", "probability"), ("effective_probability", "probability"), ("owner_id", "owner_id"),
            ("person_id", "contact_id,contacts"), ("expected_close", "expected_close_date"),
            ("closed_at", "closed_at"), ("won_reason", "won_reason"), ("lost_reason", "lost_reason"), ("competitors", "competitor"),
            ("tags", "tags"), ("tag_ids", "tags"), ("custom", "custom_fields"),
            ("added_at", "created_at"), ("updated_at", "updated_at"),
        ],
        Notes = [("probability", "the stage's when the deal has none of its own; a closed deal is 100 or 0"),
            ("competitors", "as one text"), ("added_at", "to the second, as are closed_at and updated_at")],
    };
}
