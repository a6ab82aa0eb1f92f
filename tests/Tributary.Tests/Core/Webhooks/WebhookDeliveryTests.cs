using Tributary.Core.Kernel;
using Tributary.Core.Webhooks;
using Tributary.Tests.Support;

namespace Tributary.Tests.Core.Webhooks;

/// <summary>
/// What design §4 promises: at least once, in order per deal, retried with back-off, parked, replayable; a crash between two steps loses
/// nothing.
/// </summary>
public sealed class WebhookDeliveryTests
{
    private static CancellationToken Ct => CancellationToken.None;

    [Theory, OnBothBackends]
    public async Task A_webhook_hears_what_came_after_it_in_the_order_of_the_log(Backend backend)
    {
        var hooks = await Hooks.In(backend);
        var before = await hooks.Deal("Before");
        var hook = await hooks.Hook("deal.created", "deal.updated");

        var deal = await hooks.Deal("First");
        await hooks.Rename(deal, "Second");
        await hooks.Rename(before, "Later");
        await hooks.Rounds(hook);

        var log = await hooks.Log(hook);
        Assert.Equal([$"deal.created deal:{deal.Id}", $"deal.updated deal:{deal.Id}", $"deal.updated deal:{before.Id}"],
            log.Select(one => $"{one.Type} {one.Lane}"));
        Assert.All(log, one => Assert.Equal((DeliveryState.Sent, 1L, (long?)200), (one.State, one.Attempts, one.Status)));
    }

    [Theory, OnBothBackends]
    public async Task A_delivery_tells_of_the_deal_as_the_event_left_it(Backend backend)
    {
        var hooks = await Hooks.In(backend);
        var hook = await hooks.Hook("*");

        var deal = await hooks.Deal("One");
        await hooks.Rename(deal, "Two");
        await hooks.Rename(deal, "Three");
        await hooks.Rounds(hook);

        Assert.Equal(["One", "Two", "Three"], hooks.Sent.Select(errand => errand.Deal!.Title));
        Assert.Equal([null, "One", "Two"], hooks.Sent.Select(errand => errand.Before?.Title));
        Assert.Equal([1L, 2, 3], hooks.Sent.Select(errand => errand.Deal!.Version));
    }

    [Theory, OnBothBackends]
    public async Task Two_who_read_the_log_at_once_turn_each_line_once(Backend backend)
    {
        var hooks = await Hooks.In(backend);
        var hook = await hooks.Hook("deal.created");
        for (var i = 0; i < 20; i++) await hooks.Deal($"Deal {i}");

        await Settled.Log(hooks.Some);
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => hooks.FanOut.Step(hooks.Some.Id, FreeHands.None, Ct))));
        await hooks.Spread();

        var log = await hooks.Log(hook);
        Assert.Equal(20, log.Count);
        Assert.Equal(20, log.Select(one => one.EventId).Distinct().Count());
    }

    [Theory, OnBothBackends]
    public async Task Several_who_send_at_once_send_each_delivery_once_and_each_deals_in_order(Backend backend)
    {
        var hooks = await Hooks.In(backend);
        var hook = await hooks.Hook("deal.created", "deal.updated");
        for (var i = 0; i < 10; i++) await hooks.Rename(await hooks.Deal($"Deal {i}"), $"Deal {i} again");
        await hooks.Spread();

        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(async () =>
        {
            while ((await hooks.Log(hook)).Any(one => one.State is DeliveryState.Waiting)) await hooks.Send(hook);
        })));

        Assert.All(await hooks.Log(hook), one => Assert.Equal((DeliveryState.Sent, 1L), (one.State, one.Attempts)));
        Assert.Equal(20, hooks.Sent.Select(errand => errand.Delivery.Id).Distinct().Count());
        Assert.Equal(20, hooks.Sent.Count);
        Assert.All(hooks.Sent.GroupBy(errand => errand.Deal!.Id),
            deal => Assert.Equal([1L, 2], deal.Select(errand => errand.Deal!.Version)));
    }

    [Theory, OnBothBackends]
    public async Task A_webhook_that_takes_two_a_second_gets_two_and_is_left_alone_for_a_second(Backend backend)
    {
        var hooks = await Hooks.In(backend);
        var hook = await hooks.Hook("deal.created");
        hook = await hooks.Service.Update(hooks.Some.Admin, hook.Id, new() { MaxPerSecond = 2 }, Ct);
        for (var i = 0; i < 5; i++) await hooks.Deal($"Deal {i}");

        Assert.Equal(new(2, TimeSpan.FromSeconds(1)), await hooks.Step(hook));
        Assert.Equal(new(2, TimeSpan.FromSeconds(1)), await hooks.Step(hook));
        Assert.Equal(new(1, TimeSpan.FromSeconds(0.5)), await hooks.Step(hook));
    }

    [Theory, OnBothBackends]
    public async Task What_comes_later_of_a_deal_waits_for_what_failed_and_other_deals_do_not(Backend backend)
    {
        var hooks = await Hooks.In(backend);
        var hook = await hooks.Hook("deal.created", "deal.updated");
        var (stuck, free) = (await hooks.Deal("Stuck"), await hooks.Deal("Free"));
        await hooks.Rename(stuck, "Stuck again");

        await hooks.Round(hook, errand => errand.Delivery.Lane == $"deal:{stuck.Id}" ? 500 : 200);
        await hooks.Round(hook);
        Assert.Equal([(DeliveryState.Waiting, 1L), (DeliveryState.Sent, 1), (DeliveryState.Waiting, 0)],
            (await hooks.Log(hook)).Select(one => (one.State, one.Attempts)));

        TestClock.Instance.Advance(TimeSpan.FromSeconds(10));
        await hooks.Rounds(hook);
        Assert.Equal(["Stuck", "Stuck", "Stuck again"],
            hooks.Sent.Where(errand => errand.Deal!.Id == stuck.Id).Select(errand => errand.Deal!.Title));
        Assert.NotEqual(stuck.Id, free.Id);
    }

    [Theory, OnBothBackends]
    public async Task A_delivery_that_keeps_failing_is_tried_on_schedule_and_then_parked(Backend backend)
    {
        var hooks = await Hooks.In(backend);
        var hook = await hooks.Hook("deal.created", "deal.updated");
        var deal = await hooks.Deal();
        await hooks.Rename(deal, "Next");

        for (var attempt = 1; WebhookSchedule.Pause("native", attempt, 0) is { } pause; attempt++)
        {
            Assert.Equal(1, await hooks.Round(hook, _ => 503));
            Assert.Equal(TestClock.Instance.GetUtcNow() + pause, (await hooks.Log(hook))[0].RunAfter);
            TestClock.Instance.Advance(pause - TimeSpan.FromMilliseconds(1));
            Assert.Equal(0, await hooks.Round(hook));
            TestClock.Instance.Advance(TimeSpan.FromMilliseconds(1));
        }
        await hooks.Round(hook, _ => 503);
        Assert.Equal((DeliveryState.Parked, 8L), ((await hooks.Log(hook))[0].State, (await hooks.Log(hook))[0].Attempts));

        await hooks.Rounds(hook);
        Assert.Equal(DeliveryState.Sent, (await hooks.Log(hook))[1].State);
    }

    [Theory, OnBothBackends]
    public async Task A_sender_that_dies_after_its_claim_leaves_the_delivery_to_the_next_under_the_same_id(Backend backend)
    {
        var hooks = await Hooks.In(backend);
        var hook = await hooks.Hook("deal.created");
        await hooks.Deal();
        await hooks.Spread();

        var abandoned = Assert.Single(await hooks.Courier.Claim(hooks.Some.Id, hook.Id, Ct));
        Assert.Equal(0, await hooks.Round(hook));
        TestClock.Instance.Advance(WebhookSchedule.Lease);
        Assert.Equal(1, await hooks.Round(hook));

        var again = Assert.Single(hooks.Sent);
        Assert.Equal(abandoned.Delivery.MessageUid, again.Delivery.MessageUid);
        Assert.Equal((DeliveryState.Sent, 2L), ((await hooks.Log(hook))[0].State, (await hooks.Log(hook))[0].Attempts));
    }

    [Theory, OnBothBackends]
    public async Task A_sender_that_dies_after_sending_sends_nothing_out_of_order_and_its_late_word_counts_for_nothing(Backend backend)
    {
        var hooks = await Hooks.In(backend);
        var hook = await hooks.Hook("deal.created", "deal.updated");
        var deal = await hooks.Deal();
        await hooks.Rename(deal, "Next");
        await hooks.Spread();

        var slow = Assert.Single(await hooks.Courier.Claim(hooks.Some.Id, hook.Id, Ct));
        TestClock.Instance.Advance(WebhookSchedule.Lease);
        await hooks.Round(hook, _ => 500);
        await hooks.Courier.Record(slow, new() { Status = 200 }, Ct);

        var log = await hooks.Log(hook);
        Assert.Equal([(DeliveryState.Waiting, 2L), (DeliveryState.Waiting, 0)], log.Select(one => (one.State, one.Attempts)));
        Assert.Equal(500, log[0].Status);
    }

    [Theory, OnBothBackends]
    public async Task What_an_idle_sender_hears_it_takes_as_it_is_written_the_first_of_each_deal(Backend backend)
    {
        var hooks = await Hooks.In(backend);
        var hook = await hooks.Hook("deal.created", "deal.updated");
        var (first, second) = (await hooks.Deal("First"), await hooks.Deal("Second"));
        await hooks.Rename(first, "First again");

        var taken = await hooks.Take(hook);

        Assert.Equal([$"deal.created deal:{first.Id}", $"deal.created deal:{second.Id}"], taken.Select(one => $"{one.Type} {one.Lane}"));
        Assert.Equal(0, await hooks.Round(hook)); // they are claimed, and what is behind them waits
        Assert.Equal(2, await hooks.Round(hook, taken));
        await hooks.Rounds(hook);
        Assert.Equal(["First", "First again"],
            hooks.Sent.Where(errand => errand.Deal!.Id == first.Id).Select(errand => errand.Deal!.Title));
        Assert.All(await hooks.Log(hook), one => Assert.Equal((DeliveryState.Sent, 1L), (one.State, one.Attempts)));
    }

    [Theory, OnBothBackends]
    public async Task A_sender_that_dies_with_what_it_took_leaves_it_to_the_next_under_the_same_id(Backend backend)
    {
        var hooks = await Hooks.In(backend);
        var hook = await hooks.Hook("deal.created");
        await hooks.Deal();

        var abandoned = Assert.Single(await hooks.Take(hook));
        Assert.Equal(0, await hooks.Round(hook));
        TestClock.Instance.Advance(WebhookSchedule.Lease);
        Assert.Equal(1, await hooks.Round(hook));

        Assert.Equal(abandoned.MessageUid, Assert.Single(hooks.Sent).Delivery.MessageUid);
        Assert.Equal((DeliveryState.Sent, 2L), ((await hooks.Log(hook))[0].State, (await hooks.Log(hook))[0].Attempts));
    }

    [Theory, OnBothBackends]
    public async Task Nothing_is_taken_past_what_waits_nor_for_a_webhook_that_fails_or_is_paused(Backend backend)
    {
        var hooks = await Hooks.In(backend);
        var hook = await hooks.Hook("deal.created", "deal.updated");
        var deal = await hooks.Deal("One");
        await hooks.Round(hook, _ => 500);
        await hooks.Rename(deal, "Two");
        Assert.Empty(await hooks.Take(hook));

        TestClock.Instance.Advance(TimeSpan.FromMinutes(1));
        await hooks.Rounds(hook);
        await hooks.Service.Update(hooks.Some.Admin, hook.Id, new() { IsPaused = true }, Ct);
        await hooks.Rename(deal, "Three");
        Assert.Empty(await hooks.Take(hook));

        await hooks.Service.Update(hooks.Some.Admin, hook.Id, new() { IsPaused = false }, Ct);
        await hooks.Rounds(hook);
        Assert.Equal(["One", "One", "Two", "Three"], hooks.Sent.Select(errand => errand.Deal!.Title));
    }

    [Theory, OnBothBackends]
    public async Task A_webhook_that_takes_two_a_second_is_taken_two_for(Backend backend)
    {
        var hooks = await Hooks.In(backend);
        var hook = await hooks.Hook("deal.created");
        await hooks.Service.Update(hooks.Some.Admin, hook.Id, new() { MaxPerSecond = 2 }, Ct);
        for (var i = 0; i < 5; i++) await hooks.Deal($"Deal {i}");

        Assert.Equal(2, (await hooks.Take(hook)).Count);
    }

    [Theory, OnBothBackends]
    public async Task What_a_round_asks_of_the_database_does_not_grow_with_its_deliveries(Backend backend)
    {
        await using var own = await OwnDatabase.Open(backend);
        var hooks = new Hooks(await Some.Workspace(own.Db));
        var hook = await hooks.Hook("deal.created");
        var asked = new List<string>();
        own.Db.Asked = (_, text, _) =>
        {
            lock (asked) asked.Add(text);
        };

        await hooks.Deal();
        await Settled.Log(hooks.Some);
        asked.Clear();
        await hooks.Round(hook);
        var one = asked.ToList();
        for (var i = 0; i < 40; i++) await hooks.Deal($"Deal {i}");
        await Settled.Log(hooks.Some);
        asked.Clear();
        await hooks.Round(hook);

        // What is written row by row on SQLite goes as arrays on PostgreSQL, where the rows that are heard are put into one statement.
        Assert.Equal(one.Where(IsNoRow).Distinct().Order(), asked.Where(IsNoRow).Distinct().Order());
        Assert.InRange(asked.Count(IsNoRow), 1, one.Count(IsNoRow) + 6);

        bool IsNoRow(string text) => !text.Contains("INSERT INTO webhook_deliveries", StringComparison.Ordinal)
            && (backend is Backend.Postgres || !text.Contains("SET state = @state", StringComparison.Ordinal));
    }

    [Theory, OnBothBackends]
    public async Task A_fan_out_that_is_undone_is_done_again_whole(Backend backend)
    {
        var hooks = await Hooks.In(backend);
        var hook = await hooks.Hook("deal.created");
        await hooks.Deal();
        using var dies = new CancellationTokenSource();
        await dies.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => hooks.FanOut.Step(hooks.Some.Id, FreeHands.None, dies.Token));
        await hooks.Spread();

        Assert.Single(await hooks.Log(hook));
    }

    [Theory, OnBothBackends]
    public async Task A_replay_sends_the_same_message_once_more_and_keeps_the_log_of_the_first(Backend backend)
    {
        var hooks = await Hooks.In(backend);
        var hook = await hooks.Hook("deal.created");
        await hooks.Deal("One");
        await hooks.Deal("Two");
        await hooks.Rounds(hook);

        var first = (await hooks.Log(hook))[0];
        await hooks.Service.Replay(hooks.Some.Admin, hook.Id, first.Id, Ct);
        await hooks.Rounds(hook);
        Assert.Equal(2, await hooks.Service.Replay(hooks.Some.Admin, hook.Id, new ReplayRange { Since = TestClock.Start }, Ct));
        await hooks.Rounds(hook);

        var log = await hooks.Log(hook);
        Assert.Equal([null, null, first.Id, first.Id, log[1].Id], log.Select(one => one.ReplayOf));
        Assert.Equal([log[0].MessageUid, log[0].MessageUid, log[1].MessageUid], log.Skip(2).Select(one => one.MessageUid));
        Assert.All(log, one => Assert.Equal(DeliveryState.Sent, one.State));
    }

    [Theory, OnBothBackends]
    public async Task A_webhook_that_fails_for_a_day_is_paused_and_what_it_missed_waits(Backend backend)
    {
        var hooks = await Hooks.In(backend);
        var hook = await hooks.Hook("deal.created");
        for (var i = 0; i < WebhookSchedule.FailuresBeforePause; i++)
        {
            await hooks.Deal($"Deal {i}");
            if (i == WebhookSchedule.FailuresBeforePause - 1) TestClock.Instance.Advance(WebhookSchedule.FailingBeforePause);
            await hooks.Round(hook, _ => 500);
        }

        var paused = await hooks.Service.Get(hooks.Some.Admin, hook.Id, Ct);
        Assert.Equal("failing", paused.PauseReason);
        Assert.Equal(0, await hooks.Round(hook));

        await hooks.Service.Update(hooks.Some.Admin, hook.Id, new() { IsPaused = false }, Ct);
        TestClock.Instance.Advance(TimeSpan.FromDays(1));
        await hooks.Rounds(hook);
        Assert.All(await hooks.Log(hook), one => Assert.Equal(DeliveryState.Sent, one.State));
    }

    /// <summary>Standard Webhooks 1.0.0, "Delivery success and failure": 410 asks to be left alone.</summary>
    [Theory, OnBothBackends]
    public async Task A_receiver_that_says_gone_is_left_alone_at_once(Backend backend)
    {
        var hooks = await Hooks.In(backend);
        var hook = await hooks.Hook("deal.created");
        await hooks.Deal();

        await hooks.Round(hook, _ => 410);

        Assert.Equal("gone", (await hooks.Service.Get(hooks.Some.Admin, hook.Id, Ct)).PauseReason);
    }

    [Theory, OnBothBackends]
    public async Task For_a_day_after_a_rotation_both_secrets_sign(Backend backend)
    {
        var hooks = await Hooks.In(backend);
        var created = await hooks.Service.Create(hooks.Some.Admin,
            new() { Url = "https://receiver.test/", Events = (Seq<string>)["deal.created"] }, Ct);
        var rotated = await hooks.Service.Rotate(hooks.Some.Admin, created.Webhook.Id, Ct);

        await hooks.Deal();
        await hooks.Round(created.Webhook);
        TestClock.Instance.Advance(WebhookRules.Overlap);
        await hooks.Deal();
        await hooks.Round(created.Webhook);

        Assert.NotEqual(created.Secret, rotated.Secret);
        Assert.Equal([[rotated.Secret, created.Secret], [rotated.Secret]], hooks.Sent.Select(errand => errand.Secrets));
    }

    [Theory, OnBothBackends]
    public async Task Deliveries_are_forgotten_after_thirty_days(Backend backend)
    {
        await using var own = await OwnDatabase.Open(backend);
        var hooks = new Hooks(await Some.Workspace(own.Db));
        var hook = await hooks.Hook("deal.created");
        await hooks.Deal();
        await hooks.Rounds(hook);

        TestClock.Instance.Advance(WebhookSchedule.KeptFor);
        Assert.Equal(0, await hooks.FanOut.Purge(Ct));
        TestClock.Instance.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Equal(1, await hooks.FanOut.Purge(Ct));

        Assert.Empty(await hooks.Log(hook));
    }
}
