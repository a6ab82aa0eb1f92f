using System.Collections.Frozen;
using Tributary.Core.Deals;
using static Tributary.Core.Lists.ListSources;

namespace Tributary.Core.Lists;

/// <summary>What deals can be filtered and sorted by, the computed fields included.</summary>
internal static class DealFields
{
    private const string Chance = """
        (CASE WHEN pipeline_id IN (SELECT id FROM pipelines WHERE workspace_id = @Workspace AND NOT uses_probability) THEN 10000
              ELSE COALESCE(probability_bp, (SELECT s.probability_bp FROM stages s
              WHERE s.workspace_id = deals.workspace_id AND s.id = deals.stage_id)) END)
        """;

    // In two steps that stay below 2^63: a value has up to 10^16 units and a probability up to 10^4. The rest is cut off.
    private const string Weighted = $"(value_units / 10000 * {Chance} + value_units % 10000 * {Chance} / 10000)";

    private static readonly ListField StageEntered =
        new("stage_entered_at", FieldKind.Instant, "COALESCE(stage_changed_at, added_at)") { CanSort = true };
    private static readonly ListField Touched = Instant("touched_at");
    private static readonly ListField StageId = Whole("stage_id") with { CanSort = true };
    private static readonly ListField OwnerId = Id("owner_id");
    private static readonly ListField Status = new("status", FieldKind.Word, "status")
    {
        CanSort = true,
        Words = FrozenSet.Create("open", "won", "lost"),
    };

    public static ListField[] All { get; } =
    [
        .. Record(), .. Guarded(), .. LabelFields("deal"), .. TagFields(),
        Title(), StageId, Status, Touched, StageEntered,
        new("number", FieldKind.Text, "number") { CanSort = true, Search = TextSearch.Document, Folded = "number" },
        Amount("value", "value_units") with { IsNullable = true, CanSort = true },
        Amount("weighted_value", Weighted) with { IsNullable = true, CanSort = true },
        Amount("probability", "probability_bp", 100) with { IsNullable = true, CanSort = true },
        Amount("position", "position_units") with { CanSort = true },
        Amount("mrr", "mrr_units") with { IsNullable = true, CanSort = true },
        Amount("arr", "arr_units") with { IsNullable = true, CanSort = true },
        Amount("acv", "acv_units") with { IsNullable = true, CanSort = true },
        Word("currency", nullable: false) with { CanSort = true },
        new("priority", FieldKind.Word, "priority") { CanSort = true, Words = FrozenSet.Create("low", "medium", "high", "urgent") },
        Whole("pipeline_id") with { CanSort = true },
        Id("assignee_id"), Id("creator_id"), Id("person_id"), Id("org_id"), Id("app_id"), Id("channel"), Id("deleted_by"),
        Id("schema_version") with { IsNullable = false },
        Day("expected_close"), Day("next_activity_on"), Day("last_activity_on"),
        Id("next_activity_id"), Id("last_activity_id"),
        Instant("next_followup_at", nullable: true), Instant("won_at", nullable: true), Instant("lost_at", nullable: true),
        Instant("closed_at", nullable: true),
        Instant("first_won_at", nullable: true), Instant("stage_changed_at", nullable: true), Instant("archived_at", nullable: true),
        Instant("last_incoming_mail_at", nullable: true), Instant("last_outgoing_mail_at", nullable: true),
        Text("won_reason"), Text("lost_reason") with { CanSort = true }, Text("loss_category"), Text("closure_notes"),
        Text("source") with { CanSort = true },
        Text("deal_type") with { CanSort = true }, Text("forecast_category") with { CanSort = true }, Text("rfp_id"), Text("origin"),
        Text("origin_id"), Text("channel_id"),
        Text("provenance"), Text("source_type"),
        new("description", FieldKind.Text, "description") { IsNullable = true, Search = TextSearch.Document, Folded = "description" },
        new("source_lead_id", FieldKind.Uid, "source_lead_id") { IsNullable = true },
        new("competitors", FieldKind.Words, "competitors"),
        .. Count("products_count", "files_count", "notes_count", "followers_count", "participants_count", "activities_count",
            "done_activities_count", "mail_count"),
        new("follower_id", FieldKind.Ids, "user_id")
        {
            Through = "id IN (SELECT deal_id FROM deal_followers WHERE workspace_id = @Workspace AND {0})",
        },
        new("participant_id", FieldKind.Ids, "person_id")
        {
            Through = "id IN (SELECT deal_id FROM deal_contacts WHERE workspace_id = @Workspace AND {0})",
        },
        new("product_id", FieldKind.Ids, "product_id")
        {
            Through = "id IN (SELECT deal_id FROM deal_products WHERE workspace_id = @Workspace AND {0})",
        },
        new("been_in_stage", FieldKind.Ids, "to_stage_id")
        {
            Through = "id IN (SELECT subject_id FROM events WHERE workspace_id = @Workspace AND subject = 'deal' AND {0})",
        },
        new("owner_group_id", FieldKind.Whole, "") { Rewrite = InGroup },
        new("days_in_stage", FieldKind.Whole, "") { Rewrite = DaysInStage },
        new("is_rotten", FieldKind.Flag, "") { Rewrite = IsRotten },
    ];

    private static IEnumerable<ListField> Count(params IEnumerable<string> names) =>
        names.Select(name => Whole(name) with { CanSort = true });

    /// <summary>Whole days since the deal came into its stage.</summary>
    private static Clause DaysInStage(Clause.One test, Binding binding)
    {
        // "At least n days" is "entered at or before now minus n days": the order turns around.
        return test.Comparison switch
        {
            Comparison.Present => Clause.Always,
            Comparison.In => new Clause.Any([.. ((long[])test.Value!).Select(Exactly)]),
            Comparison.Equal => Exactly((long)test.Value!),
            Comparison.Less => Entered(Comparison.More, (long)test.Value!),
            Comparison.AtMost => Entered(Comparison.More, (long)test.Value! + 1),
            Comparison.More => Entered(Comparison.AtMost, (long)test.Value! + 1),
            _ => Entered(Comparison.AtMost, (long)test.Value!),
        };

        Clause Exactly(long days) => new Clause.All([Entered(Comparison.AtMost, days), Entered(Comparison.More, days + 1)]);

        Clause Entered(Comparison comparison, long days) =>
            new Clause.One(StageEntered, comparison, binding.Calendar.Now.AddDays(-Math.Clamp(days, -100_000, 100_000)));
    }

    /// <summary>Its owner belongs to the group now.</summary>
    private static Clause InGroup(Clause.One test, Binding binding)
    {
        var owners = binding.Catalog.Users.Where(user => user.GroupId is { } group && test.Comparison switch
        {
            Comparison.Present => true,
            Comparison.In => ((long[])test.Value!).Contains(group),
            Comparison.Less => group < (long)test.Value!,
            Comparison.AtMost => group <= (long)test.Value!,
            Comparison.More => group > (long)test.Value!,
            Comparison.AtLeast => group >= (long)test.Value!,
            _ => group == (long)test.Value!,
        });
        var ids = owners.Select(user => user.Id).ToArray();
        return ids.Length == 0 ? Clause.Never : new Clause.One(OwnerId, Comparison.In, ids);
    }

    /// <summary>Open, in a stage whose deals rot, and untouched for longer than that stage allows.</summary>
    private static Clause IsRotten(Clause.One test, Binding binding)
    {
        if (test.Comparison is Comparison.Present) return Clause.Always;

        var stages = binding.Catalog.Stages.Where(stage => stage.RottenDays is not null).GroupBy(stage => stage.RottenDays!.Value)
            .OrderBy(group => group.Key);
        var rotten = new Clause.All(
        [
            new Clause.One(Status, Comparison.Equal, "open"),
            new Clause.Any([.. stages.Select(group => new Clause.All(
            [
                new Clause.One(StageId, Comparison.In, group.Select(stage => stage.Id).ToArray()),
                new Clause.One(Touched, Comparison.Less, RottenRules.FreshFrom(group.Key, binding.Calendar.Now)),
            ]))]),
        ]);
        return (bool)test.Value! ? rotten : new Clause.Not(rotten);
    }
}
