using Tributary.Core.Log;
using Tributary.Core.Webhooks;

namespace Tributary.Tests.Core.Webhooks;

public sealed class WebhookRulesTests
{
    [Theory]
    [InlineData("created", null, null, "deal.created", "deal.created")]
    [InlineData("created", null, "won", "deal.won", "deal.won")] // made as won: who waits for wins hears of it
    [InlineData("updated", null, null, "deal.updated", "deal.updated")]
    [InlineData("updated", 1L, null, "*", "deal.stage_changed")]
    [InlineData("updated", 1L, null, "deal.updated", "deal.updated")] // a move is an update to who asked for updates only
    [InlineData("updated", 1L, "won", "deal.updated,deal.stage_changed,deal.won", "deal.won")] // once, under the most telling type
    [InlineData("updated", null, "lost", "deal.lost", "deal.lost")]
    [InlineData("updated", null, "open", "deal.won", null)]
    [InlineData("archived", null, null, "deal.updated", "deal.updated")]
    [InlineData("deleted", null, null, "deal.updated", null)]
    [InlineData("deleted", null, null, "*", "deal.deleted")]
    [InlineData("purged", null, null, "*", null)]
    public void A_line_about_a_deal_is_heard_under_the_most_telling_type_asked_for(string action, long? fromStage, string? toStatus,
        string asked, string? heard)
    {
        var line = Line("deal", action) with { FromStageId = fromStage, ToStatus = toStatus };

        Assert.Equal(heard, WebhookRules.Heard([.. asked.Split(',')], line));
    }

    [Theory]
    [InlineData("person", "created", "person.created")]
    [InlineData("api_key", "created", null)] // credentials are nobody's news
    [InlineData("webhook", "updated", null)]
    public void Other_records_are_heard_when_their_type_is_on_the_list(string subject, string action, string? heard) =>
        Assert.Equal(heard, WebhookRules.Heard(["*"], Line(subject, action)));

    /// <summary>other-systems.md §2.4: 1 m, 5 m, 30 m, 2 h, 12 h.</summary>
    [Fact]
    public void Vendors_webhooks_are_retried_after_1_5_and_30_minutes_and_2_and_12_hours()
    {
        var pauses = Enumerable.Range(1, 6).Select(attempt => WebhookSchedule.Pause("automatenexus", attempt, 0)?.TotalMinutes);

        Assert.Equal([1, 5, 30, 120, 720, null], pauses);
    }

    [Fact]
    public void Jitter_only_lengthens_a_pause_and_by_a_tenth_at_most() =>
        Assert.InRange(WebhookSchedule.Pause("native", 2, 0.999)!.Value, TimeSpan.FromSeconds(65), TimeSpan.FromSeconds(66));

    private static LogEvent Line(string subject, string action) => new()
    {
        Id = 1,
        Tx = 0,
        Uid = Guid.Empty,
        At = Support.TestClock.Start,
        Subject = subject,
        SubjectId = 1,
        Action = action,
        Dialect = "native",
    };
}
