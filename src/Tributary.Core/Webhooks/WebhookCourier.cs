using Tributary.Core.Catalog;
using Tributary.Core.Deals;
using Tributary.Core.Kernel;
using Tributary.Core.Log;
using Tributary.Core.Storage;

namespace Tributary.Core.Webhooks;

/// <summary>Everything that one attempt needs to know.</summary>
public sealed record Errand
{
    public required long Workspace { get; init; }
    public required Webhook Webhook { get; init; }
    public required WebhookDelivery Delivery { get; init; }

    /// <summary>The secret that signs, then the former one while it signs too.</summary>
    public required Seq<string> Secrets { get; init; }
    public required WorkspaceCatalog Catalog { get; init; }

    /// <summary>Of the app that made the webhook.</summary>
    public Guid? AppUid { get; init; }

    /// <summary>None for a test.</summary>
    public LogEvent? Line { get; init; }

    /// <summary>The deal as the event left it, for events of deals.</summary>
    public Deal? Deal { get; init; }

    /// <summary>The deal as it was before; none when the event made it.</summary>
    public Deal? Before { get; init; }
    public DateTimeOffset Now { get; init; }
}

/// <summary>How an attempt went.</summary>
public sealed record DeliveryOutcome
{
    public string? Request { get; init; }

    /// <summary>None when no answer came.</summary>
    public int? Status { get; init; }
    public long Milliseconds { get; init; }
    public string? Reply { get; init; }
    public string? Error { get; init; }

    /// <summary>How long the receiver asked to be left alone, with 429 or 503.</summary>
    public TimeSpan? RetryAfter { get; init; }

    public bool IsSuccess => Error is null && Status is >= 200 and < 300;
}

/// <summary>What came of one round of a webhook: how many attempts, and how long it wants to be left alone now.</summary>
public sealed record WebhookRound(int Attempts, TimeSpan Rest);

/// <summary>Carries one errand out. What it throws counts as a failed attempt.</summary>
public delegate Task<DeliveryOutcome> SendErrand(Errand errand, CancellationToken ct);

/// <summary>
/// Sends what is due. A delivery is claimed, sent and recorded in three separate steps: whoever is stopped between them
/// leaves a claim that runs out, and the delivery is sent again under the same id. So each arrives at least once, and those
/// of one deal in order.
/// </summary>
public sealed class WebhookCourier(Db db, FillRandom random)
{
    /// <summary>Enough to be quick with a webhook that is well; one that fails is tried with one at a time.</summary>
    private const int AtOnce = 32;

    /// <summary>What is claimed together; the fewer claims the less is written. Its attempts end before the lease does.</summary>
    private const int Round = 96;
    private const int MaxKept = 4_096;

    /// <summary>The webhooks that may have something to send, of all workspaces.</summary>
    public async Task<IReadOnlyList<DueWebhook>> Due(CancellationToken ct)
    {
        await using var tx = await db.ReadEverywhere(ct);
        return await DeliveryStore.DueWebhooks(tx);
    }

    /// <summary>
    /// Sends one round of one webhook: the first due delivery of some lanes. What comes back together is written down together.
    /// </summary>
    /// <param name="taken">What was claimed as it was heard; else what is due is claimed.</param>
    public async Task<WebhookRound> Step(long workspace, long webhookId, SendErrand send, CancellationToken ct,
        IReadOnlyList<WebhookDelivery>? taken = null)
    {
        var began = db.Now();
        var errands = taken is null ? await Claim(workspace, webhookId, ct) : await Told(workspace, webhookId, taken, ct);
        var places = new SemaphoreSlim(AtOnce);
        var (back, left, seen, ready) = (new List<(Errand, DeliveryOutcome)>(), errands.Count, 0, 0);
        await foreach (var one in Task.WhenEach(errands.Select(InTurn)))
        {
            back.Add(await one);
            seen++;
            // Half of what is left, with whatever else is back by then: each one by itself would be as many commits, and the slowest must
            // not keep all others unrecorded.
            if (back.Count < (left + 1) / 2 || Volatile.Read(ref ready) > seen) continue;
            await Record(workspace, webhookId, back, ct);
            left -= back.Count;
            back = [];
        }
        return new(errands.Count, errands.Count == 0 ? TimeSpan.Zero
            : WebhookSchedule.Rest(errands[0].Webhook, errands.Count, db.Now() - began));

        async Task<(Errand, DeliveryOutcome)> InTurn(Errand errand)
        {
            await places.WaitAsync(ct);
            try
            {
                return await Carry(errand, send, ct);
            }
            finally
            {
                Interlocked.Increment(ref ready);
                places.Release();
            }
        }
    }

    /// <summary>Takes what is due for itself, until the lease runs out.</summary>
    public async Task<IReadOnlyList<Errand>> Claim(long workspace, long webhookId, CancellationToken ct)
    {
        IReadOnlyList<Errand> errands;
        // What is due, and what it tells, is looked up without holding up those who write; mostly there is nothing.
        await using (var tx = await db.Read(workspace, ct))
        {
            if (await WebhookStore.Find(tx, webhookId) is not { IsPaused: false } webhook) return [];
            var due = await DeliveryStore.NextDue(tx, webhookId, Most(webhook));
            if (due.Count == 0) return [];
            errands = await WebhookErrands.Of(tx, webhook, due);
        }
        // Another server may have been faster with some of them.
        await using var write = await db.Write(workspace, ct, isApart: true);
        var claimed = (await DeliveryStore.Claim(write, webhookId, [.. errands.Select(errand => errand.Delivery.Id)],
            write.Now + WebhookSchedule.Lease)).ToDictionary(one => one.Id, one => one.Attempts);
        await write.Commit();
        return [.. errands.Where(errand => claimed.ContainsKey(errand.Delivery.Id)).Select(errand => errand with
        {
            Delivery = errand.Delivery with { Attempts = claimed[errand.Delivery.Id] },
        })];
    }

    private async Task<IReadOnlyList<Errand>> Told(long workspace, long webhookId, IReadOnlyList<WebhookDelivery> taken,
        CancellationToken ct)
    {
        await using var tx = await db.Read(workspace, ct);
        // What was claimed for a webhook that was paused since waits until the claim has run out, and then until the webhook is resumed.
        return await WebhookStore.Find(tx, webhookId) is { IsPaused: false } webhook ? await WebhookErrands.Of(tx, webhook, taken) : [];
    }

    /// <summary>Writes down how it went; nothing when the lease ran out and another has begun it.</summary>
    public Task Record(Errand errand, DeliveryOutcome outcome, CancellationToken ct) =>
        Record(errand.Workspace, errand.Webhook.Id, [(errand, outcome)], ct);

    private async Task Record(long workspace, long webhookId, IReadOnlyList<(Errand Errand, DeliveryOutcome Outcome)> back,
        CancellationToken ct)
    {
        await using var tx = await db.Write(workspace, ct, isApart: true);
        // The webhook first: deleting it locks in that order too.
        if (await WebhookStore.FindForUpdate(tx, webhookId) is not { } webhook) return;

        var (after, isGone) = (webhook, false);
        var mine = await DeliveryStore.Record(tx, [.. back.Select(one => Recorded(tx, webhook, one.Errand, one.Outcome))]);
        foreach (var (errand, outcome) in back)
        {
            if (!mine.Contains(errand.Delivery.Id) || IsGone(errand)) continue;
            after = outcome.IsSuccess ? after with { Failures = 0, FailingSince = null }
                : after with { Failures = after.Failures + 1, FailingSince = after.FailingSince ?? tx.Now };
            isGone |= outcome.Status == 410;
        }
        var reason = isGone ? "gone" : WebhookSchedule.IsHopeless(after, tx.Now) ? "failing" : null;
        if (reason is not null && !webhook.IsPaused)
        {
            await WebhookService.Save(tx, Caller.System(tx.Workspace), webhook, WebhookRules.Paused(after, tx.Now, reason));
        }
        else if (after != webhook) await WebhookStore.Update(tx, after);
        await tx.Commit();
    }

    private WebhookDelivery Recorded(Tx tx, Webhook webhook, Errand errand, DeliveryOutcome outcome)
    {
        var pause = outcome.IsSuccess || IsGone(errand)
            ? null : WebhookSchedule.Pause(webhook, errand.Delivery.Attempts, WebhookSchedule.Jitter(random), outcome.RetryAfter);
        return errand.Delivery with
        {
            State = outcome.IsSuccess ? DeliveryState.Sent : pause is null ? DeliveryState.Parked : DeliveryState.Waiting,
            RunAfter = tx.Now + (pause ?? TimeSpan.Zero),
            Request = outcome.Request,
            Status = outcome.Status,
            Milliseconds = outcome.Milliseconds,
            Reply = Kept(outcome.Reply),
            Error = Kept(outcome.Error),
        };
    }

    /// <summary>How many are claimed together.</summary>
    internal static int Most(Webhook webhook) => webhook.Failures > 0 ? 1 : Math.Min(Round, webhook.Terms.MaxPerSecond ?? Round);

    private static async Task<(Errand Errand, DeliveryOutcome Outcome)> Carry(Errand errand, SendErrand send, CancellationToken ct)
    {
        try
        {
            return (errand, IsGone(errand) ? new() { Error = "The record was deleted for good before this could be sent." }
                : await send(errand, ct));
        }
        catch (Exception error) when (error is not OperationCanceledException || !ct.IsCancellationRequested)
        {
            // What a bug says may hold a customer's data; its kind is enough.
            return (errand, new() { Error = $"Unexpected {error.GetType().Name}." });
        }
    }

    /// <summary>A deal's purge takes its log with it, so there is nothing left to tell.</summary>
    private static bool IsGone(Errand errand) => errand.Delivery.EventId is not null
        && (errand.Line is null || (errand.Line.Subject == "deal" && errand.Deal is null));

    // PostgreSQL stores no NUL.
    private static string? Kept(string? text) => text is null
        ? null : (text.Length <= MaxKept ? text : text[..MaxKept]).Replace("\0", "", StringComparison.Ordinal);
}
