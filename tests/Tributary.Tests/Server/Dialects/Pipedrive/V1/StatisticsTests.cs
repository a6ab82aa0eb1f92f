using Tributary.Tests.Support;

namespace Tributary.Tests.Server.Dialects.Pipedrive.V1;

/// <summary>Conversions and movements of a pipeline (OpenAPI file of v1): which members there are, whose deals count, which days.</summary>
public sealed class StatisticsTests
{
    private const string Pipelines = Pipe.V1 + "/pipelines";

    [Theory, OnBothBackends]
    public async Task Conversions_are_of_the_deals_of_the_caller_or_the_user_asked_for(Backend backend)
    {
        var pipe = await Pipe.Open(backend);
        var (workspace, period) = (pipe.Workspace, "start_date=2026-11-01&end_date=2026-11-30");
        var won = await pipe.Deal("won");
        await pipe.Patch($"{Pipe.Deals}/{won}", new { status = "won" });
        await pipe.Deal("moved", new { stage_id = workspace.Stages[1] });
        await pipe.Deal("first");
        var lost = await pipe.Deal("lost");
        await pipe.Patch($"{Pipe.Deals}/{lost}", new { status = "lost" });
        await pipe.Deal("theirs", new { owner_id = workspace.Member.UserId });

        var mine = await pipe.Get($"{Pipelines}/{workspace.PipelineId}/conversion_statistics?{period}");
        var theirs = await pipe.Get($"{Pipelines}/{workspace.PipelineId}/conversion_statistics?{period}&user_id={workspace.Member.UserId}");
        var before = await pipe.Get($"{Pipelines}/{workspace.PipelineId}/conversion_statistics?start_date=2020-01-01&end_date=2020-12-31");

        Assert.Equal((25, 25), (mine.Whole("won_conversion"), mine.Whole("lost_conversion")));
        Assert.Equal((workspace.Stages[0], workspace.Stages[1], 50),
            (mine.GetProperty("stage_conversions")[0].Whole("from_stage_id"), mine.GetProperty("stage_conversions")[0].Whole("to_stage_id"),
                mine.GetProperty("stage_conversions")[0].Whole("conversion_rate")));
        Assert.Equal((0, 0), (theirs.Whole("won_conversion"), theirs.GetProperty("stage_conversions")[0].Whole("conversion_rate")));
        Assert.Equal(0, before.Whole("won_conversion"));
    }

    [Theory, OnBothBackends]
    public async Task Movements_count_what_came_what_closed_and_what_is_open(Backend backend)
    {
        var pipe = await Pipe.Open(backend);
        var workspace = pipe.Workspace;
        var open = await pipe.Deal("open", new { value = 10, currency = "EUR" });
        var won = await pipe.Deal("won", new { value = 5.5, currency = "EUR" });
        TestClock.Instance.Advance(TimeSpan.FromDays(4));
        await pipe.Patch($"{Pipe.Deals}/{open}", new { stage_id = workspace.Stages[1] });
        await pipe.Patch($"{Pipe.Deals}/{won}", new { status = "won" });
        TestClock.Instance.Advance(TimeSpan.FromDays(2));
        var day = TestClock.Instance.GetUtcNow();
        string Period(int from, int to) => $"start_date={day.AddDays(from):yyyy-MM-dd}&end_date={day.AddDays(to):yyyy-MM-dd}";
        var at = $"{Pipelines}/{workspace.PipelineId}/movement_statistics?";

        var all = await pipe.Get(at + Period(-10, 0));
        var end = await pipe.Get(at + Period(-3, 0));

        Assert.Equal((1, 2), (all.GetProperty("movements_between_stages").Whole("count"), all.GetProperty("new_deals").Whole("count")));
        Assert.Equal($"[{won}]", all.GetProperty("won_deals").Raw("deals_ids"));
        Assert.Equal(("""{"EUR":5.5}""", """{"EUR":"€5.50"}"""),
            (all.GetProperty("won_deals").Raw("values"), all.GetProperty("won_deals").GetProperty("formatted_values").GetRawText()));
        Assert.Equal($"[{open}]", all.GetProperty("deals_left_open").Raw("deals_ids"));
        Assert.Equal("""{"count":0,"deals_ids":[],"values":{},"formatted_values":{}}""", all.Raw("lost_deals"));
        Assert.Equal(6, all.GetProperty("average_age_in_days").Whole("across_all_stages"));
        Assert.Equal((workspace.Stages[1], 2),
            (all.GetProperty("average_age_in_days").GetProperty("by_stages")[1].Whole("stage_id"), all.GetProperty("average_age_in_days")
                .GetProperty("by_stages")[1].Whole("value")));
        Assert.Equal((0, 1), (end.GetProperty("new_deals").Whole("count"), end.GetProperty("won_deals").Whole("count")));
    }

    [Theory, OnBothBackends]
    public async Task Both_days_are_required_and_in_order(Backend backend)
    {
        var pipe = await Pipe.Open(backend);
        var at = $"{Pipelines}/{pipe.Workspace.PipelineId}/movement_statistics";

        Assert.Equal((400, "end_date must not be before start_date."),
            Pipe.Refused(await pipe.Client.Get(at + "?start_date=2026-02-01&end_date=2026-01-01")));
        Assert.Equal(400, (await pipe.Client.Get(at + "?start_date=2026-02-01")).Status);
        Assert.Equal((404, "Pipeline not found"),
            Pipe.Refused(await pipe.Client.Get(Pipelines + "/999999999/conversion_statistics?start_date=2026-01-01&end_date=2026-02-01")));
    }
}
