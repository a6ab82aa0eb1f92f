using Tributary.Core.Deals;
using Tributary.Core.Kernel;

namespace Tributary.Tests.Core.Deals;

// Sources are named by page: P = pipedrive.md, A = other-systems.md §2.4, S = §3.4, Y = §1.4, C = §4.7.
public sealed class DealRulesTests
{
    [Theory]
    [InlineData(null, null, 1L, 11L)] // P 8.1: neither → first stage of the default pipeline
    [InlineData(2L, null, 2L, 21L)] // P 8.1, Y, A: pipeline only → its first stage, by position
    [InlineData(null, 22L, 2L, 22L)] // P 8.1: stage → its pipeline
    [InlineData(1L, 22L, 2L, 22L)] // P 8.1: a contradicting pipeline is ignored
    public void A_new_deal_starts_where_the_patch_says(long? pipeline, long? stage, long expectedPipeline, long expectedStage)
    {
        var deal = DealDesk.Create(new() { PipelineId = Sent(pipeline), StageId = Sent(stage) });

        Assert.Equal((expectedPipeline, expectedStage), (deal.PipelineId, deal.StageId));
        Assert.Null(deal.StageChangedAt);
    }

    [Theory]
    [InlineData(3L, null, "pipeline_id")] // deleted
    [InlineData(99L, null, "pipeline_id")]
    [InlineData(4L, null, "pipeline_id")] // has no open stage
    [InlineData(null, 17L, "stage_id")] // deleted
    [InlineData(null, 31L, "stage_id")] // of a deleted pipeline
    [InlineData(null, 99L, "stage_id")]
    public void A_new_deal_needs_a_living_place(long? pipeline, long? stage, string field) =>
        Assert.Equal([field], DealDesk.Refused(() => DealDesk.Create(new() { PipelineId = Sent(pipeline), StageId = Sent(stage) })));

    [Fact]
    public void A_contradicting_pipeline_is_refused_where_the_dialect_wants_it() => // A, S, Y
        Assert.Equal(["stage_id"],
            DealDesk.Refused(() => DealDesk.Create(new() { StagePolicy = StagePolicy.SamePipeline, PipelineId = 1, StageId = 22 })));

    [Theory]
    [InlineData(18L, DealStatus.Won)]
    [InlineData(19L, DealStatus.Lost)]
    public void A_deal_created_in_a_closing_stage_is_closed_and_stands_in_the_first_one(long stage, DealStatus status)
    {
        var deal = DealDesk.Create(new() { StageId = stage });

        Assert.Equal((1L, 11L, status, (DateTimeOffset?)DealDesk.Now), (deal.PipelineId, deal.StageId, deal.Status, deal.ClosedAt));
    }

    [Fact]
    public void A_new_deal_is_open_owned_by_its_creator_and_in_their_currency() // P 8.1
    {
        var deal = DealDesk.Create(new(), DealDesk.Caller with { UserId = 2 });

        Assert.Equal((DealStatus.Open, 2L, 2L, "USD"), (deal.Status, deal.OwnerId, deal.CreatorId, deal.Currency));
        Assert.Equal((7, 1L, DealPriority.Medium), (deal.VisibleTo, deal.Version, deal.Priority));
        Assert.Equal((DealDesk.Now, DealDesk.Now, "native", "api"), (deal.AddedAt, deal.UpdatedAt, deal.Provenance, deal.SourceType));
        Assert.Null(deal.Value);
    }

    [Fact]
    public void A_deal_of_nobody_is_in_the_workspaces_currency() =>
        Assert.Equal("EUR", DealDesk.Create(new(), Caller.System(1)).Currency);

    [Fact]
    public void An_owner_of_nobody_is_kept_apart_from_no_owner_named() =>
        Assert.Null(DealDesk.Create(new() { OwnerId = new(true, null) }).OwnerId);

    [Theory]
    [MemberData(nameof(Wrong))]
    public void Bad_input_is_refused_by_field(string fields, DealPatch patch)
    {
        Assert.Equal(fields.Split(' '), DealDesk.Refused(() => DealDesk.Create(patch)));
        Assert.Equal(fields.Split(' '), DealDesk.Refused(() => DealDesk.Apply(DealDesk.Deal(), patch)));
    }

    public static TheoryData<string, DealPatch> Wrong => new()
    {
        { "title", new() { Title = " " } },
        { "title", new() { Title = new string('x', 256) } },
        { "title", new() { Title = "a\0b" } },
        { "value", new() { Value = Money.Max + 1 } },
        { "value", new() { Value = decimal.MinValue } },
        { "currency", new() { Currency = "GBP" } }, // not of this workspace
        { "probability", new() { Probability = -0.01m } }, // P 8.1: 0–100
        { "probability", new() { Probability = 100.01m } },
        { "probability", new() { Probability = decimal.MaxValue } },
        { "position", new() { Position = decimal.MaxValue } },
        { "owner_id", new() { OwnerId = 99 } },
        { "owner_id", new() { OwnerId = 9 } }, // has left
        { "assignee_id", new() { AssigneeId = 99 } },
        { "visible_to", new() { VisibleTo = 2 } },
        { "label_ids", new() { LabelIds = (Seq<long>)[51, 99] } },
        { "label_ids", new() { LabelIds = (Seq<long>)[53] } }, // deleted
        { "label_ids", new() { LabelIds = (Seq<long>)[54] } }, // a label of persons
        { "tag_ids", new() { TagIds = (Seq<long>)[99] } }, // Y: unknown id → refused
        { "competitors", new() { Competitors = (Seq<string>)[""] } },
        { "won_at", new() { WonAt = DealDesk.Now } }, // P 8.1: only with won
        { "lost_at", new() { LostAt = DealDesk.Now } },
        { "lost_reason", new() { LostReason = "Price" } },
        { "closed_at", new() { ClosedAt = DealDesk.Now } },
        { "value title", new() { Title = "", Value = Money.Max + 1 } }, // all at once
    };

    [Theory]
    [InlineData(0L)]
    [InlineData(-5L)]
    [InlineData(long.MaxValue)] // or nobody could get an id after it
    public void A_stated_id_leaves_room_for_others(long id) =>
    Assert.Equal(["id"], DealDesk.Refused(() => DealDesk.Create(new() { Id = id })));

    [Fact]
    public void A_patch_that_says_what_is_there_changes_nothing()
    {
        var deal =
            DealDesk.Deal(new() { Value = 10.50m, Title = "Boat", LabelIds = (Seq<long>)[51], NextFollowupAt = DealDesk.Now.AddTicks(1) });

        var same =
            DealDesk.Apply(deal,
                new()
                {
                    Value = 10.5m,
                    Title = " Boat ",
                    LabelIds = (Seq<long>)[51],
                    StageId = 11,
                    PipelineId = 1,
                    Status = DealStatus.Open,
                    NextFollowupAt = DealDesk.Now.AddTicks(2),
                });

        Assert.Same(deal, same);
    }

    [Fact]
    public void A_change_is_signed_with_time_user_and_the_next_version()
    {
        var after = DealDesk.Apply(DealDesk.Deal(), new() { Title = "Ship" }, DealDesk.Now.AddDays(1), DealDesk.Caller with { UserId = 3 });

        Assert.Equal(("Ship", 2L, 3L, DealDesk.Now.AddDays(1), DealDesk.Now.AddDays(1)),
            (after.Title, after.Version, after.UpdatedBy, after.UpdatedAt, after.TouchedAt));
    }

    [Fact]
    public void Null_clears_and_absent_keeps() // P 8.1, Y, A
    {
        var deal = DealDesk.Deal(new() { Value = 5, Description = "Big", ExpectedClose = new DateOnly(2026, 12, 1), Probability = 30 });

        var after = DealDesk.Apply(deal, new() { Description = new(true, null), Probability = new(true, null) });

        Assert.Equal((5m, new DateOnly(2026, 12, 1)), (after.Value, after.ExpectedClose));
        Assert.Equal((null, null), (after.Description, after.Probability));
    }

    [Theory]
    [InlineData(null, 12L, 1L, 12L)]
    [InlineData(null, 22L, 2L, 22L)] // P 8.1: the pipeline follows the stage
    [InlineData(2L, null, 2L, 21L)] // P 8.1, Y, A: pipeline alone → first stage of the new one
    [InlineData(2L, 22L, 2L, 22L)]
    [InlineData(2L, 12L, 1L, 12L)] // P 8.1: a contradicting pipeline is ignored
    public void A_move_ends_where_the_patch_says(long? pipeline, long? stage, long expectedPipeline, long expectedStage)
    {
        var after = DealDesk.Apply(DealDesk.Deal(), new() { PipelineId = Sent(pipeline), StageId = Sent(stage) });

        Assert.Equal((expectedPipeline, expectedStage, (DateTimeOffset?)DealDesk.Now.AddHours(1)),
            (after.PipelineId, after.StageId, after.StageChangedAt));
        Assert.Equal(DealStatus.Open, after.Status);
    }

    [Theory]
    [InlineData(null, 22L, "stage_id")] // A INVALID_STAGE, S 400
    [InlineData(2L, 12L, "stage_id")] // Y: must belong to pipeline_id
    [InlineData(99L, null, "pipeline_id")]
    [InlineData(null, 99L, "stage_id")]
    [InlineData(4L, null, "pipeline_id")]
    public void A_strict_move_stays_in_the_pipeline(long? pipeline, long? stage, string field) =>
    Assert.Equal([field], DealDesk.Refused(() =>
        DealDesk.Apply(DealDesk.Deal(),
            new() { StagePolicy = StagePolicy.SamePipeline, PipelineId = Sent(pipeline), StageId = Sent(stage) })));

    [Fact]
    public void A_strict_move_may_change_the_pipeline_together_with_the_stage() // A: "change pipeline_id first"
    {
        var after = DealDesk.Apply(DealDesk.Deal(), new() { StagePolicy = StagePolicy.SamePipeline, PipelineId = 2, StageId = 22 });

        Assert.Equal((2L, 22L), (after.PipelineId, after.StageId));
    }

    [Fact]
    public void Moving_leaves_the_status_alone() // A: only status closes a deal
    {
        var after = DealDesk.Apply(DealDesk.Won(), new() { StageId = 13 });

        Assert.Equal((DealStatus.Won, 13L), (after.Status, after.StageId));
    }

    [Fact]
    public void Closing_keeps_the_stage() // design §1
    {
        var inSecond = DealDesk.Apply(DealDesk.Deal(), new() { StageId = 12 });

        var byStage = DealDesk.Apply(inSecond, new() { StageId = 18 });
        var reopened = DealDesk.Apply(byStage, new() { Status = DealStatus.Open });

        Assert.Equal((DealStatus.Won, 12L), (byStage.Status, byStage.StageId));
        Assert.Equal((DealStatus.Open, 12L), (reopened.Status, reopened.StageId));
    }

    [Fact]
    public void A_closing_stage_of_another_pipeline_takes_the_deal_there()
    {
        var after = DealDesk.Apply(DealDesk.Deal(), new() { StageId = 29 });

        Assert.Equal((DealStatus.Lost, 2L, 21L), (after.Status, after.PipelineId, after.StageId));
    }

    [Fact]
    public void An_older_version_is_stale() =>
    Assert.Equal(ProblemCode.Stale, DealDesk.Code(() => DealDesk.Apply(DealDesk.Deal(), new() { ExpectedVersion = 2, Title = "x" })));

    [Fact]
    public void An_archived_deal_only_comes_out_or_goes_to_the_bin() // P 8.3
    {
        var archived = DealDesk.Apply(DealDesk.Deal(), new() { Archived = true });

        Assert.Equal(DealDesk.Now.AddHours(1), archived.ArchivedAt);
        Assert.Equal(ProblemCode.Conflict, DealDesk.Code(() => DealDesk.Apply(archived, new() { Title = "Other" })));
        Assert.Equal(ProblemCode.Conflict, DealDesk.Code(() => DealDesk.Apply(archived, new() { Archived = true, Title = "Other" })));
        Assert.Equal(ProblemCode.Conflict, DealDesk.Code(() => DealDesk.Apply(archived, new() { Deleted = true, Title = "Other" })));
        Assert.Same(archived, DealDesk.Apply(archived, new() { Archived = true }));
        Assert.Null(DealDesk.Apply(archived, new() { Archived = false }).ArchivedAt);
        Assert.True(DealDesk.Apply(archived, new() { Deleted = true }).IsDeleted);
    }

    [Fact]
    public void An_archive_time_may_be_stated() // P A26: archive_time
    {
        var then = DealDesk.Now.AddDays(-3);

        Assert.Equal(then, DealDesk.Apply(DealDesk.Deal(), new() { Archived = true, ArchivedAt = then }).ArchivedAt);
    }

    [Fact]
    public void A_deleted_deal_is_not_there_until_it_is_restored() // S, C: later reads and writes → 404
    {
        var deleted = DealDesk.Apply(DealDesk.Deal(), new() { Deleted = true });

        Assert.Equal((DealDesk.Now.AddHours(1), 1L, 2L), (deleted.DeletedAt, deleted.DeletedBy, deleted.Version));
        Assert.Equal(ProblemCode.NotFound, DealDesk.Code(() => DealDesk.Apply(deleted, new() { Title = "x" })));
        Assert.Equal(ProblemCode.NotFound, DealDesk.Code(() => DealDesk.Apply(deleted, new() { Deleted = true })));
        var restored = DealDesk.Apply(deleted, new() { Deleted = false });
        Assert.Equal((null, null, 3L), (restored.DeletedAt, restored.DeletedBy, restored.Version));
    }

    [Theory]
    [InlineData(30, true)]
    [InlineData(31, false)]
    public void A_deleted_deal_comes_back_for_thirty_days(int days, bool comesBack) // P 8.4
    {
        var deleted = DealDesk.Apply(DealDesk.Deal(), new() { Deleted = true }, DealDesk.Now);

        Deal Restore() => DealDesk.Apply(deleted, new() { Deleted = false }, DealDesk.Now.AddDays(days));

        if (comesBack) Assert.False(Restore().IsDeleted);
        else Assert.Equal(ProblemCode.NotFound, DealDesk.Code(() => Restore()));
    }

    [Fact]
    public void A_deal_that_comes_back_to_a_stage_that_is_gone_starts_at_the_first()
    {
        var deleted = DealDesk.Apply(DealDesk.Deal(), new() { Deleted = true }) with { StageId = 17 };
        var archived = DealDesk.Apply(DealDesk.Deal(), new() { Archived = true }) with { PipelineId = 3, StageId = 31 };

        Assert.Equal(11, DealDesk.Apply(deleted, new() { Deleted = false }).StageId);
        var back = DealDesk.Apply(archived, new() { Archived = false });
        Assert.Equal((1L, 11L), (back.PipelineId, back.StageId));
    }

    [Fact]
    public void Who_has_left_may_remain_the_owner()
    {
        var deal = DealDesk.Deal() with { OwnerId = 9 };

        Assert.Equal("x", DealDesk.Apply(deal, new() { OwnerId = 9, Title = "x" }).Title);
    }

    [Fact]
    public void The_value_of_a_deal_with_products_is_theirs() // design §3
    {
        var deal = DealDesk.Deal(new() { Value = 100 }) with { ProductsCount = 1 };

        Assert.Same(deal, DealDesk.Apply(deal, new() { Value = 5 }));
    }

    [Theory]
    [InlineData(ProbabilityPolicy.Stays, 30.0, 30.0, 30.0, 30.0)] // P, S, Y
    [InlineData(ProbabilityPolicy.FollowsOutcome, 30.0, 100.0, 0.0, 30.0)] // C: closed_won → 100, closed_lost → 0
    [InlineData(ProbabilityPolicy.FollowsStage, null, 100.0, 0.0, 30.0)] // A: on a move the stage's; won 100, lost 0
    public void Probability_follows_the_dialects_policy(ProbabilityPolicy policy, double? moved, double? won, double? lost, double? edited)
    {
        var deal = DealDesk.Deal(new() { Probability = 30 });

        Assert.Equal((decimal?)moved, DealDesk.Apply(deal, new() { ProbabilityPolicy = policy, StageId = 12 }).Probability);
        Assert.Equal((decimal?)won, DealDesk.Apply(deal, new() { ProbabilityPolicy = policy, Status = DealStatus.Won }).Probability);
        Assert.Equal((decimal?)lost, DealDesk.Apply(deal, new() { ProbabilityPolicy = policy, Status = DealStatus.Lost }).Probability);
        Assert.Equal((decimal?)edited, DealDesk.Apply(deal, new() { ProbabilityPolicy = policy, Title = "x", StageId = 11 }).Probability);
        Assert.Equal(70,
            DealDesk.Apply(deal,
                new() { ProbabilityPolicy = policy, StageId = 12, Status = DealStatus.Won, Probability = 70 }).Probability);
    }

    private static Field<long> Sent(long? value) => value is { } known ? known : default(Field<long>);
}
