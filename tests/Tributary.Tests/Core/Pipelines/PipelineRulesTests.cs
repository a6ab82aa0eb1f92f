using Tributary.Core.Kernel;
using Tributary.Core.Pipelines;
using Tributary.Tests.Core.Deals;
using Tributary.Tests.Support;
using FsCheck.Fluent;

namespace Tributary.Tests.Core.Pipelines;

public sealed class PipelineRulesTests
{
    private static readonly DateTimeOffset Now = TestClock.Start;

    [Theory]
    [InlineData(-0.01, false)]
    [InlineData(0, true)]
    [InlineData(33.33, true)]
    [InlineData(100, true)]
    [InlineData(100.01, false)]
    public void A_stages_probability_is_a_percentage(double percent, bool allowed) =>
        Assert.Equal(allowed, Fields(() => Add([], new() { Name = "A", Probability = (decimal)percent })) is []);

    [Theory]
    [InlineData(null, true)]
    [InlineData(0, false)]
    [InlineData(1, true)]
    [InlineData(1000, true)]
    [InlineData(1001, false)]
    public void A_stage_rots_after_1_to_1000_days_or_never(int? days, bool allowed) =>
        Assert.Equal(allowed, Fields(() => Add([], new() { Name = "A", RottenDays = days })) is []);

    [Fact]
    public void All_that_is_wrong_with_a_stage_is_said_at_once() => Assert.Equal(
        ["position", "rotten_days", "probability", "name"],
        Fields(() => Add([], new() { Name = new string('n', 256), Probability = 101, RottenDays = 0, Position = 0 })));

    [Fact]
    public void Won_and_lost_stages_come_after_the_open_ones_whatever_place_was_asked_for()
    {
        var stages = Add(Add(Add(Add([], Named("Lost", StageKind.Lost)), Named("Won", StageKind.Won)), Named("B")),
            Named("A") with { Position = 1 });

        var reordered = StageRules.Reorder(stages, [.. stages.Reverse().Select(stage => stage.Id)]);

        Assert.Equal(["A", "B", "Won", "Lost"], stages.Select(stage => stage.Name));
        Assert.Equal(["B", "A", "Won", "Lost"], reordered.Select(stage => stage.Name));
    }

    // YSuite, "pipelines": at least one Won and one Lost stage.
    [Theory]
    [InlineData(StageKind.Open)]
    [InlineData(StageKind.Won)]
    [InlineData(StageKind.Lost)]
    public void A_pipeline_keeps_a_stage_of_each_kind(StageKind kind)
    {
        var stages = Add(Add(Add([], Named("A")), Named("Won", StageKind.Won)), Named("Lost", StageKind.Lost));
        var last = stages.Single(stage => stage.Kind == kind);
        var more = Add(stages, Named("Another", kind));

        var refusal = Assert.Throws<ProblemException>(() => StageRules.Remove(stages, last));

        Assert.Equal(ProblemCode.Conflict, refusal.Problem.Code);
        Assert.Equal([1, 2, 3], StageRules.Remove(more, last).Select(stage => stage.Position));
    }

    [Fact]
    public void Whatever_is_done_to_pipelines_one_is_the_default_and_places_have_no_gaps()
    {
        var steps = Gen.ListOf(Gen.Zip(Gen.Choose(0, 3), Gen.Choose(1, 9)));

        Properties.ForAll(steps.ToArbitrary(), taken =>
        {
            IReadOnlyList<Pipeline> pipelines = PipelineRules.Add([], new() { Name = "First" }, 1, default, Now);
            var id = 1L;
            foreach (var (what, number) in taken)
            {
                var one = pipelines[number % pipelines.Count];
                pipelines = what switch
                {
                    0 => PipelineRules.Add(pipelines, new() { Name = "New", Position = number, IsDefault = number % 2 == 0 }, ++id, default,
                        Now),
                    1 => PipelineRules.Change(pipelines, one, new() { Position = number, IsDefault = number % 2 == 0 || one.IsDefault }),
                    2 => PipelineRules.Reorder(pipelines, [.. pipelines.Reverse().Select(pipeline => pipeline.Id)]),
                    _ => pipelines.Count == 1 ? pipelines : PipelineRules.Remove(pipelines, one),
                };
                if (pipelines.Count(pipeline => pipeline.IsDefault) != 1) return false;
                if (!pipelines.Select(pipeline => pipeline.Position)
                    .SequenceEqual(Enumerable.Range(1, pipelines.Count).Select(place => (long)place))) return false;
            }
            return true;
        });
    }

    [Fact]
    public void The_default_pipeline_gives_its_part_to_another_and_never_just_away()
    {
        var pipelines = PipelineRules.Add(PipelineRules.Add([], new() { Name = "A" }, 1, default, Now), new() { Name = "B" }, 2, default,
            Now);

        Assert.Equal(["is_default"], Fields(() => PipelineRules.Change(pipelines, pipelines[0], new() { IsDefault = false })));
        Assert.Equal([2], PipelineRules.Change(pipelines, pipelines[1], new() { IsDefault = true }).Where(pipeline => pipeline.IsDefault)
            .Select(pipeline => pipeline.Id));
        Assert.True(Assert.Single(PipelineRules.Remove(pipelines, pipelines[0])).IsDefault);
    }

    [Theory]
    [InlineData(new long[] { 1, 2 })]
    [InlineData(new long[] { 1, 2, 2 })]
    [InlineData(new long[] { 1, 2, 4 })]
    [InlineData(new long[] { 1, 2, 3, 3 })]
    public void A_new_order_names_each_stage_once(long[] ids)
    {
        var stages = Add(Add(Add([], Named("A")), Named("B")), Named("C"));

        Assert.Equal(["ids"], Fields(() => StageRules.Reorder(stages, ids)));
    }

    private static StagePatch Named(string name, StageKind kind = StageKind.Open) => new() { Name = name, Kind = kind };

    private static IReadOnlyList<Stage> Add(IReadOnlyList<Stage> stages, StagePatch patch) =>
        StageRules.Add(stages, patch, 1, stages.Select(stage => stage.Id).DefaultIfEmpty().Max() + 1, default, Now, DealDesk.Catalog);

    private static IReadOnlyList<string> Fields(Action rule) =>
        Record.Exception(rule) is ProblemException refusal ? [.. refusal.Problem.Fields.Select(field => field.Field)] : [];
}
