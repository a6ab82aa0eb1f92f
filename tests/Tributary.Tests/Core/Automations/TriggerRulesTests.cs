using System.Text.Json;
using Tributary.Core.Automations;
using Tributary.Core.Kernel;
using Tributary.Core.Lists;
using Tributary.Core.Log;
using Tributary.Tests.Support;

namespace Tributary.Tests.Core.Automations;

public sealed class TriggerRulesTests
{
    [Theory]
    [InlineData(TriggerKind.Created, null, "created", "title", false, true)]
    [InlineData(TriggerKind.Created, null, "updated", "title", false, false)]
    [InlineData(TriggerKind.Updated, null, "updated", "value", false, true)]
    [InlineData(TriggerKind.Updated, null, "updated", "follower", false, false)] // somebody follows: the deal is as it was
    [InlineData(TriggerKind.Updated, "follower", "updated", "follower", false, true)]
    [InlineData(TriggerKind.Updated, "value", "updated", "title", false, false)]
    [InlineData(TriggerKind.Updated, "custom.abc", "updated", "custom.abc", false, true)]
    [InlineData(TriggerKind.Updated, null, "created", "value", false, false)]
    [InlineData(TriggerKind.Updated, null, "archived", "archived_at", false, false)]
    [InlineData(TriggerKind.Updated, null, "updated", "stage_id", true, false)] // AutomateNexus' quiet move is no news of any kind
    [InlineData(TriggerKind.Updated, "stage_id", "updated", "stage_id", true, false)]
    [InlineData(TriggerKind.Updated, "stage_id", "updated", "stage_id", false, true)]
    [InlineData(TriggerKind.StageChanged, null, "updated", "stage_id", false, true)]
    [InlineData(TriggerKind.StageChanged, null, "updated", "stage_id", true, false)]
    [InlineData(TriggerKind.StageChanged, null, "created", "stage_id", false, false)]
    [InlineData(TriggerKind.Rotten, null, "updated", "value", false, false)]
    public void A_line_starts_what_waits_for_it(TriggerKind kind, string? field, string action, string changed, bool isQuiet, bool starts)
    {
        var line = Line(action, changed) with
        {
            FromStageId = changed == "stage_id" && action == "updated" ? 1 : null,
            ToStageId = changed == "stage_id" ? 2 : null,
            IsQuietMove = isQuiet,
        };

        Assert.Equal(starts, TriggerRules.Starts(new Trigger(kind) { Field = field }, line));
    }

    [Theory]
    [InlineData(TriggerKind.Won, "won", true)]
    [InlineData(TriggerKind.Won, "open", false)]
    [InlineData(TriggerKind.Lost, "lost", true)]
    [InlineData(TriggerKind.Lost, "won", false)]
    public void Closing_starts_what_waits_for_its_outcome(TriggerKind kind, string status, bool starts) =>
        Assert.Equal(starts,
            TriggerRules.Starts(new Trigger(kind), Line("updated", "status") with { FromStatus = "open", ToStatus = status }));

    [Theory]
    [InlineData(2L, true)]
    [InlineData(3L, false)]
    public void A_move_can_be_waited_for_into_one_stage(long waitedFor, bool starts) =>
        Assert.Equal(starts,
            TriggerRules.Starts(new Trigger(TriggerKind.StageChanged) { StageId = waitedFor },
                Line("updated", "stage_id") with { FromStageId = 1, ToStageId = 2 }));

    [Fact]
    public void What_an_automation_led_to_never_starts_it_again_and_starts_others()
    {
        var line = Line("updated", "value") with { Chain = [7, 8] };

        Assert.Equal([false, false, true],
            new long[] { 7, 8, 9 }.Select(id => TriggerRules.Starts(Automation(new(TriggerKind.Updated)) with { Id = id }, line)));
    }

    [Fact]
    public void What_came_before_an_automation_does_not_start_it() =>
        Assert.False(TriggerRules.Starts(Automation(new(TriggerKind.Updated)) with { SinceEventId = 100 }, Line("updated", "value")));

    [Theory]
    [InlineData("2026-11-20", 0, true)] // set to today, and today is waited for
    [InlineData("2026-11-23", -3, true)]
    [InlineData("2026-11-21", 0, false)] // tomorrow the clock says so
    [InlineData("2026-11-19", 0, false)] // it was never reached: it was past when it was named
    public void A_day_that_is_there_already_when_it_is_named_is_reached_at_once(string day, int days, bool isReached)
    {
        var line = Line("updated", "expected_close") with
        {
            Changes = [new("expected_close", null, JsonSerializer.SerializeToElement(day))],
        };
        var automation = Automation(new(TriggerKind.DateReached) { Field = "expected_close", Days = days });

        Assert.Equal(isReached, TriggerRules.ReachedAtOnce(automation, line, Calendar.At(TestClock.Start, "UTC")) is not null);
    }

    private static Automation Automation(Trigger trigger) => new()
    {
        Id = 1,
        Uid = Guid.Empty,
        Name = "",
        Trigger = trigger,
        Filter = Condition.Everything,
        Actions = [],
        IsOn = true,
        AddedAt = TestClock.Start,
        UpdatedAt = TestClock.Start,
        Version = 1,
    };

    private static LogEvent Line(string action, string changed) => new()
    {
        Id = 50,
        Tx = 0,
        Uid = Guid.Empty,
        At = TestClock.Start,
        Subject = "deal",
        SubjectId = 1,
        DealId = 1,
        Action = action,
        Changes = [new(changed, null, JsonSerializer.SerializeToElement(1))],
        Dialect = "native",
    };
}
