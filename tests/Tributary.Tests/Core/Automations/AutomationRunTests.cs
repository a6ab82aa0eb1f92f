using Tributary.Core.Activities;
using Tributary.Core.Automations;
using Tributary.Core.Deals;
using Tributary.Core.Fields;
using Tributary.Core.Kernel;
using Tributary.Core.Lists;
using Tributary.Core.Log;
using Tributary.Core.Pipelines;
using Tributary.Core.Users;
using Tributary.Core.Webhooks;
using Tributary.Tests.Support;

namespace Tributary.Tests.Core.Automations;

/// <summary>
/// What design §4 promises of automations: read from the log, at least once with effects once, in order per deal, no endless loops, each
/// run recorded.
/// </summary>
public sealed class AutomationRunTests
{
    private const string High = """[{"do": "set_field", "field": "priority", "value": "high"}]""";

    private static CancellationToken Ct => CancellationToken.None;

    [Theory, OnBothBackends]
    public async Task All_actions_are_done_in_order_and_each_is_recorded(Backend backend)
    {
        var flows = await Flows.In(backend);
        var some = flows.Some;
        var automation = await flows.Make("""{"on": "created"}""", $$"""
            [{"do": "create_activity", "subject": "Call them", "due_in_days": 2, "due_time": "09:30"},
             {"do": "set_field", "field": "next_followup_at", "in_days": 7},
             {"do": "move", "stage_id": {{some.Stages[1]}}},
             {"do": "assign", "user_id": {{some.Member.UserId}}},
             {"do": "tag", "add": ["new"]},
             {"do": "follow", "user_id": {{some.Manager.UserId}}},
             {"do": "set_field", "field": "priority", "value": "medium"}]
            """);

        var deal = await flows.Deal();
        await flows.Settle();

        var after = await flows.Now(deal);
        Assert.Equal((some.Stages[1], some.Member.UserId, TestClock.Start.AddDays(7)),
            (after.StageId, after.OwnerId, after.NextFollowupAt));
        Assert.Equal((1, new DateOnly(2026, 11, 22), "09:30"),
            (after.Facts.Activities, after.Facts.NextActivityOn, after.Facts.NextActivityTime));
        Assert.Equal(3, after.Facts.Followers); // the first owner, the second, and the manager
        var run = Assert.Single(await flows.Runs(automation));
        Assert.Equal(RunState.Done, run.State);
        Assert.Equal(["create_activity", "set_field", "move", "assign", "tag", "follow", "set_field"],
            run.Steps.Select(step => step.Action));
        Assert.Equal([.. Enumerable.Repeat(StepOutcome.Done, 6), StepOutcome.Unchanged], run.Steps.Select(step => step.Outcome));
        Assert.Equal((1L, 0L),
            ((await flows.Service.Get(some.Admin, automation.Id, Ct)).Runs,
                (await flows.Service.Get(some.Admin, automation.Id, Ct)).Refusals));
    }

    [Theory, OnBothBackends]
    public async Task Only_deals_that_the_filter_fits_are_acted_upon(Backend backend)
    {
        var flows = await Flows.In(backend);
        await flows.Make("""{"on": "created"}""", High, Condition.Test("value", Operator.AtLeast, 1000));

        var (small, large) = (await flows.Deal("Small", 999), await flows.Deal("Large", 1000));
        await flows.Settle();

        Assert.Equal((DealPriority.Medium, DealPriority.High), ((await flows.Now(small)).Priority, (await flows.Now(large)).Priority));
    }

    [Theory, OnBothBackends]
    public async Task What_happened_before_it_or_while_it_was_off_starts_nothing(Backend backend)
    {
        var flows = await Flows.In(backend);
        var before = await flows.Deal("Before");
        var automation = await flows.Make("""{"on": "created"}""", High);
        await flows.Service.Update(flows.Some.Admin, automation.Id, new() { IsOn = false }, Ct);
        var meanwhile = await flows.Deal("Meanwhile");
        await flows.Settle();
        await flows.Service.Update(flows.Some.Admin, automation.Id, new() { IsOn = true }, Ct);
        var after = await flows.Deal("After");
        await flows.Settle();

        Assert.Equal([after.Id], (await flows.Runs(automation)).Select(run => run.DealId));
        Assert.Equal(DealPriority.Medium, (await flows.Now(before)).Priority);
        Assert.Equal(DealPriority.Medium, (await flows.Now(meanwhile)).Priority);
    }

    [Theory, OnBothBackends]
    public async Task An_action_that_is_refused_undoes_the_run_and_says_why(Backend backend)
    {
        var flows = await Flows.In(backend);
        var seller = await Tributary.Tests.Support.Some.User(flows.Some.Db, flows.Some.Id, "Lea Leaver");
        var automation = await flows.Make("""{"on": "created"}""",
            $$"""[{"do": "set_field", "field": "priority", "value": "high"}, {"do": "assign", "user_id": {{seller.UserId}}}]""");
        await new UserService(flows.Some.Db).Update(flows.Some.Admin, seller.UserId!.Value, new() { IsActive = false }, Ct);

        var deal = await flows.Deal();
        await flows.Settle();

        var run = Assert.Single(await flows.Runs(automation));
        Assert.Equal((RunState.Refused, DealPriority.Medium, 1L),
            (run.State, (await flows.Now(deal)).Priority, (await flows.Now(deal)).Version));
        Assert.Equal([StepOutcome.Done, StepOutcome.Refused], run.Steps.Select(step => step.Outcome));
        Assert.Equal(run.Message, run.Steps[1].Text);
    }

    [Theory, OnBothBackends]
    public async Task Ten_refusals_in_a_row_turn_it_off_and_it_says_why(Backend backend)
    {
        var flows = await Flows.In(backend);
        var seller = await Tributary.Tests.Support.Some.User(flows.Some.Db, flows.Some.Id, "Lea Leaver");
        var automation = await flows.Make("""{"on": "created"}""", $$"""[{"do": "assign", "user_id": {{seller.UserId}}}]""");
        await new UserService(flows.Some.Db).Update(flows.Some.Admin, seller.UserId!.Value, new() { IsActive = false }, Ct);

        for (var i = 0; i < 11; i++) await flows.Deal($"Deal {i}");
        await flows.Settle();

        var off = await flows.Service.Get(flows.Some.Admin, automation.Id, Ct);
        Assert.Equal((false, 10L, 10L), (off.IsOn, off.Refusals, off.Failures));
        Assert.StartsWith("10 runs in a row could do nothing", off.OffReason, StringComparison.Ordinal);
        Assert.Equal(RunState.Skipped, (await flows.Runs(automation))[^1].State);
    }

    [Theory, OnBothBackends]
    public async Task An_automation_never_starts_itself_and_two_do_not_start_each_other_for_ever(Backend backend)
    {
        var flows = await Flows.In(backend);
        var up = await flows.Make("""{"on": "updated"}""", """[{"do": "set_field", "field": "priority", "value": "high"}]""");
        var down = await flows.Make("""{"on": "updated"}""", """[{"do": "set_field", "field": "priority", "value": "low"}]""");

        var deal = await flows.Deal();
        await flows.Change(deal, new() { Title = "Renamed" });
        await flows.Settle();

        // Each once for the change of title, and once for what the other did; then the chain holds both.
        Assert.Equal((2, 2), ((await flows.Runs(up)).Count, (await flows.Runs(down)).Count));
        Assert.Equal(["1", "2"], (await flows.Runs(up)).Select(run => $"{run.Chain.Count}"));
    }

    [Theory, OnBothBackends]
    public async Task A_chain_of_automations_ends_after_five(Backend backend)
    {
        var flows = await Flows.In(backend);
        Automation? last = null;
        (string Field, string Value)[] steps = [("source", ""), ("deal_type", "\"x\""), ("forecast_category", "\"x\""),
            ("description", "\"x\""), ("priority", "\"high\""), ("probability", "42"), ("value", "7")];
        for (var i = 0; i + 1 < steps.Length; i++)
        {
            last = await flows.Make($$"""{"on": "updated", "field": "{{steps[i].Field}}"}""",
                $$"""[{"do": "set_field", "field": "{{steps[i + 1].Field}}", "value": {{steps[i + 1].Value}}}]""");
        }

        var deal = await flows.Change(await flows.Deal(), new() { Source = "x" });
        await flows.Settle();

        Assert.Equal((42m, null), ((await flows.Now(deal)).Probability, (await flows.Now(deal)).Value));
        var skipped = Assert.Single(await flows.Runs(last!));
        Assert.Equal((RunState.Skipped, 6), (skipped.State, skipped.Chain.Count));
    }

    [Theory, OnBothBackends]
    public async Task The_log_says_which_automations_did_it(Backend backend)
    {
        var flows = await Flows.In(backend);
        var automation = await flows.Make("""{"on": "created"}""", High);

        var deal = await flows.Deal();
        await flows.Settle();

        await using var tx = await flows.Some.Db.Read(flows.Some.Id, Ct);
        var lines = await EventStore.OfSubject(tx, "deal", deal.Id, null, 10);
        Assert.Equal([("automation", (Seq<long>)[automation.Id]), ("native", [])], lines.Select(line => (line.Dialect, line.Chain)));
    }

    [Theory, OnBothBackends]
    public async Task Two_readers_and_two_runners_at_once_do_everything_once(Backend backend)
    {
        var flows = await Flows.In(backend);
        var automation = await flows.Make("""{"on": "created"}""", """[{"do": "create_activity", "subject": "Call"}]""");
        var deals = new List<Deal>();
        for (var i = 0; i < 12; i++) deals.Add(await flows.Deal($"Deal {i}"));

        await Settled.Log(flows.Some);
        await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => Task.Run(() => flows.Reader.Step(flows.Some.Id, Ct))));
        await flows.Read();
        await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => Task.Run(() => flows.Runner.Step(flows.Some.Id, Ct))));
        await flows.Settle();

        Assert.All(await flows.Runs(automation), run => Assert.Equal(RunState.Done, run.State));
        var activities = await new ActivityService(flows.Some.Db).List(flows.Some.Admin, new(), Ct);
        Assert.Equal(deals.Select(deal => (long?)deal.Id).Order(), activities.Items.Select(activity => activity.DealId).Order());
    }

    [Theory, OnBothBackends]
    public async Task A_reader_that_is_stopped_loses_and_repeats_nothing(Backend backend)
    {
        var flows = await Flows.In(backend);
        var automation = await flows.Make("""{"on": "created"}""", High);
        await flows.Deal();
        await Settled.Log(flows.Some);
        using var dies = new CancellationTokenSource();
        await dies.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => flows.Reader.Step(flows.Some.Id, dies.Token));
        await flows.Settle();
        await flows.Settle();

        Assert.Single(await flows.Runs(automation));
    }

    [Theory, OnBothBackends]
    public async Task Runs_of_one_deal_go_in_order_and_wait_for_one_that_was_put_off(Backend backend)
    {
        var flows = await Flows.In(backend);
        var automation = await flows.Make("""{"on": "updated", "field": "title"}""", High);
        var (first, other) = (await flows.Deal("One"), await flows.Deal("Other"));
        await flows.Change(first, new() { Title = "One, once" });
        await flows.Change(first, new() { Title = "One, twice" });
        await flows.Change(other, new() { Title = "Other, once" });
        await flows.Read();
        await using (var tx = await flows.Some.Db.Write(flows.Some.Id, Ct))
        {
            await RunStore.PutOff(tx, (await flows.Runs(automation))[0].Id, tx.Now.AddMinutes(1), "Try again.");
            await tx.Commit();
        }

        await flows.Settle();
        Assert.Equal([RunState.Waiting, RunState.Waiting, RunState.Done], (await flows.Runs(automation)).Select(run => run.State));

        TestClock.Instance.Advance(TimeSpan.FromMinutes(1));
        await flows.Settle();
        Assert.All(await flows.Runs(automation), run => Assert.Equal(RunState.Done, run.State));
    }

    [Theory, OnBothBackends]
    public async Task A_deal_that_begins_to_rot_starts_it_once_and_again_when_it_rots_again(Backend backend)
    {
        var flows = await Flows.In(backend);
        await new PipelineService(flows.Some.Db).UpdateStage(flows.Some.Admin, flows.Some.Stages[0], new() { RottenDays = 3 }, Ct);
        var automation = await flows.Make("""{"on": "rotten"}""", """[{"do": "create_activity", "subject": "Wake them"}]""");
        var deal = await flows.Deal();

        TestClock.Instance.Advance(TimeSpan.FromDays(2));
        await flows.Settle();
        Assert.Empty(await flows.Runs(automation));

        TestClock.Instance.Advance(TimeSpan.FromDays(1));
        await flows.Settle();
        await flows.Settle();
        Assert.Equal("rotten 2026-11-23", Assert.Single(await flows.Runs(automation)).Reason);
        Assert.Equal(1, (await flows.Now(deal)).Facts.Activities);

        TestClock.Instance.Advance(TimeSpan.FromDays(10)); // the server slept, and the activity had touched the deal
        await flows.Settle();
        Assert.Equal(["rotten 2026-11-23", "rotten 2026-11-26"], (await flows.Runs(automation)).Select(run => run.Reason));
    }

    [Theory, OnBothBackends]
    public async Task A_day_starts_it_so_many_days_before_once_per_day_named(Backend backend)
    {
        var flows = await Flows.In(backend);
        var automation = await flows.Make("""{"on": "date_reached", "field": "expected_close", "days": -3}""", High);
        var deal = await flows.Change(await flows.Deal(), new() { ExpectedClose = new DateOnly(2026, 11, 30) });
        await flows.Settle();

        TestClock.Instance.Set(new(2026, 11, 26, 23, 59, 0, TimeSpan.Zero));
        await flows.Settle();
        Assert.Empty(await flows.Runs(automation));

        TestClock.Instance.Set(new(2026, 11, 27, 0, 0, 0, TimeSpan.Zero));
        await flows.Settle();
        await flows.Change(deal, new() { ExpectedClose = new DateOnly(2026, 12, 31) });
        await flows.Settle();
        TestClock.Instance.Set(new(2027, 1, 5, 8, 0, 0, TimeSpan.Zero));
        await flows.Settle();
        Assert.Equal(["date 2026-11-30", "date 2026-12-31"], (await flows.Runs(automation)).Select(run => run.Reason));
    }

    [Theory, OnBothBackends]
    public async Task A_moment_starts_it_when_it_has_come(Backend backend)
    {
        var flows = await Flows.In(backend);
        var automation = await flows.Make("""{"on": "date_reached", "field": "next_followup_at"}""", High);
        await flows.Change(await flows.Deal(), new() { NextFollowupAt = TestClock.Start.AddHours(2) });
        await flows.Settle();

        TestClock.Instance.Advance(TimeSpan.FromMinutes(119));
        await flows.Settle();
        Assert.Empty(await flows.Runs(automation));

        TestClock.Instance.Advance(TimeSpan.FromMinutes(1));
        await flows.Settle();
        Assert.Equal("date 2026-11-20T11:00:00.000Z", Assert.Single(await flows.Runs(automation)).Reason);
    }

    [Theory, OnBothBackends]
    public async Task A_webhook_is_called_with_the_deal_as_the_run_left_it_and_only_if_the_run_stays(Backend backend)
    {
        var flows = await Flows.In(backend);
        var webhooks = new WebhookService(flows.Some.Db, SeededRandom.Of(1), new(AllowHttp: false));
        var hook =
            (await webhooks.Create(flows.Some.Admin,
                new() { Url = "https://receiver.test/", Events = (Seq<string>)[WebhookRules.CalledType] }, Ct)).Webhook;
        var automation = await flows.Make("""{"on": "created"}""",
            $$"""[{"do": "set_field", "field": "priority", "value": "high"}, {"do": "call_webhook", "webhook_id": {{hook.Id}}}]""");

        await flows.Deal();
        await flows.Settle();
        var errand = Assert.Single(await new WebhookCourier(flows.Some.Db, bytes => bytes.Clear()).Claim(flows.Some.Id, hook.Id, Ct));

        Assert.Equal((WebhookRules.CalledType, (long?)automation.Id, DealPriority.High),
            (errand.Delivery.Type, errand.Delivery.AutomationId, errand.Deal!.Priority));
    }

    [Theory, OnBothBackends]
    public async Task A_test_shows_what_would_be_done_and_does_nothing(Backend backend)
    {
        var flows = await Flows.In(backend);
        var automation = await flows.Make("""{"on": "won"}""",
            """[{"do": "create_activity", "subject": "Thank them"}, {"do": "tag", "add": ["thanked"]}]""",
            Condition.Equal("status", "won"));
        var deal = await flows.Deal();

        var test = await flows.Service.Test(flows.Some.Manager, automation.Id, deal.Id, Ct);

        Assert.False(test.Matches);
        Assert.Equal([StepOutcome.Done, StepOutcome.Done], test.Steps.Select(step => step.Outcome));
        Assert.Equal(deal, await flows.Now(deal));
        Assert.Empty(await flows.Runs(automation));
    }

    [Theory, OnBothBackends]
    public async Task A_filter_whose_field_is_gone_turns_it_off_and_holds_nobody_up(Backend backend)
    {
        var flows = await Flows.In(backend);
        var fields = new FieldService(flows.Some.Db);
        var field = await fields.Create(flows.Some.Admin, new() { Subject = "deal", Name = "Region", Type = FieldType.Varchar }, Ct);
        var blind = await flows.Make("""{"on": "created"}""", High, Condition.Equal($"custom.{field.Key}", "north"));
        var well = await flows.Make("""{"on": "created"}""", High);
        await fields.Delete(flows.Some.Admin, field.Id, null, Ct);

        await flows.Deal();
        await flows.Settle();

        Assert.False((await flows.Service.Get(flows.Some.Admin, blind.Id, Ct)).IsOn);
        Assert.Single(await flows.Runs(well));
    }

    [Theory, OnBothBackends]
    public async Task Purging_a_deal_takes_what_was_done_to_it_along(Backend backend)
    {
        var flows = await Flows.In(backend);
        var automation = await flows.Make("""{"on": "created"}""", High);
        var deal = await flows.Deal();
        await flows.Settle();

        await flows.Deals.Purge(flows.Some.Admin, deal.Id, Ct);

        Assert.Empty(await flows.Runs(automation));
    }
}
