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

/// <summary>Carries one errand out. What it throws counts as a failed attempt.</summary>
public delegate Task<DeliveryOutcome> SendErrand(Errand errand, CancellationToken ct);

/// <summary>
/// Sends what is due. A delivery is claimed, sent and recorded in three separate steps: whoever is stopped between them
/// leaves a claim that runs out, and the delivery is sent again under the same id. So each arrives at least once, and those
/// of one deal in order.
/// </summary>
public sealed class WebhookCourier(Db db, FillRandom random)
{
    // Enough to be quick with a webhook that is well; one that fails is tried with one at a time.
    private const int AtOnce = 8;
    private const int MaxKept = 4_096;

    /// <summary>The webhooks that may have something to send, of all workspaces.</summary>
    public async Task<IReadOnlyList<DueWebhook>> Due(CancellationToken ct)
    {
        await using var tx = await db.ReadEverywhere(ct);
        return await DeliveryStore.DueWebhooks(tx);
    }

    /// <summary>Sends one round of one webhook: the first due delivery of some lanes.</summary>
    /// <returns>How many attempts were made.</returns>
    public async Task<int> Step(long workspace, long webhookId, SendErrand send, CancellationToken ct)
    {
        var errands = await Claim(workspace, webhookId, ct);
        await Task.WhenAll(errands.Select(errand => Run(errand, send, ct)));
        return errands.Count;
    }

    /// <summary>Takes what is due for itself, until the lease runs out.</summary>
    public async Task<IReadOnlyList<Errand>> Claim(long workspace, long webhookId, CancellationToken ct)
    {
        await using var tx = await db.Write(workspace, ct);
        if (await WebhookStore.Find(tx, webhookId) is not { IsPaused: false } webhook) return [];
        var due = await DeliveryStore.NextDue(tx, webhookId, webhook.Failures > 0 ? 1 : AtOnce);
        if (due.Count == 0) return [];

        var catalog = await tx.Catalog();
        var secrets = (await WebhookStore.FindSecrets(tx, webhookId))!;
        var errands = new List<Errand>();
        foreach (var delivery in due)
        {
            errands.Add(await WithEvent(tx, new()
            {
                Workspace = workspace,
                Webhook = webhook,
                Delivery = delivery with { Attempts = delivery.Attempts + 1 },
                Secrets = secrets is { FormerSecret: { } former, FormerUntil: { } until } && until > tx.Now ? [secrets.Secret, former] : [secrets.Secret],
                AppUid = secrets.AppUid,
                Catalog = catalog,
                Now = tx.Now,
            }));
        }
        await DeliveryStore.Claim(tx, [.. due.Select(delivery => delivery.Id)], tx.Now + WebhookSchedule.Lease);
        await tx.Commit();
        return errands;
    }

    /// <summary>Writes down how it went; nothing when the lease ran out and another has begun it.</summary>
    public async Task Record(Errand errand, DeliveryOutcome outcome, CancellationToken ct)
    {
        await using var tx = await db.Write(errand.Workspace, ct);
        // The webhook first: deleting it locks in that order too.
        if (await WebhookStore.FindForUpdate(tx, errand.Webhook.Id) is not { } webhook) return;

        var pause = outcome.IsSuccess || IsGone(errand) ? null : WebhookSchedule.Pause(webhook, errand.Delivery.Attempts, WebhookSchedule.Jitter(random), outcome.RetryAfter);
        var recorded = await DeliveryStore.Record(tx, errand.Delivery with
        {
            State = outcome.IsSuccess ? DeliveryState.Sent : pause is null ? DeliveryState.Parked : DeliveryState.Waiting,
            RunAfter = tx.Now + (pause ?? TimeSpan.Zero),
            Request = outcome.Request,
            Status = outcome.Status,
            Milliseconds = outcome.Milliseconds,
            Reply = Kept(outcome.Reply),
            Error = Kept(outcome.Error),
        });
        if (!recorded) return;
        if (!IsGone(errand)) await Count(tx, webhook, outcome);
        await tx.Commit();
    }

    private async Task Run(Errand errand, SendErrand send, CancellationToken ct)
    {
        DeliveryOutcome outcome;
        try
        {
            outcome = IsGone(errand) ? new() { Error = "The record was deleted for good before this could be sent." } : await send(errand, ct);
        }
        catch (Exception error) when (error is not OperationCanceledException || !ct.IsCancellationRequested)
        {
            // What a bug says may hold a customer's data; its kind is enough.
            outcome = new() { Error = $"Unexpected {error.GetType().Name}." };
        }
        await Record(errand, outcome, ct);
    }

    private static async Task Count(Tx tx, Webhook webhook, DeliveryOutcome outcome)
    {
        if (outcome.IsSuccess)
        {
            if (webhook.Failures > 0) await WebhookStore.Update(tx, webhook with { Failures = 0, FailingSince = null });
            return;
        }
        var failing = webhook with { Failures = webhook.Failures + 1, FailingSince = webhook.FailingSince ?? tx.Now };
        var reason = outcome.Status == 410 ? "gone" : WebhookSchedule.IsHopeless(failing, tx.Now) ? "failing" : null;
        if (reason is null || webhook.IsPaused) await WebhookStore.Update(tx, failing);
        else await WebhookService.Save(tx, Caller.System(tx.Workspace), webhook, WebhookRules.Paused(failing, tx.Now, reason));
    }

    private static async Task<Errand> WithEvent(Tx tx, Errand errand)
    {
        if (errand.Delivery.EventId is not { } eventId || await EventStore.Find(tx, eventId) is not { } line) return errand;
        if (line.Subject != "deal" || await DealStore.Find(tx, line.SubjectId) is not { } deal) return errand with { Line = line };

        // From what it is now back to what it was: later lines are undone, newest first.
        foreach (var later in await EventStore.OfSubjectAfter(tx, "deal", line.SubjectId, line.Id)) deal = DealReplay.Undo(deal, later);
        deal = DealReplay.Signed(deal, line);
        return errand with { Line = line, Deal = deal, Before = line.Action == "created" ? null : DealReplay.Undo(deal, line) };
    }

    /// <summary>A deal's purge takes its log with it, so there is nothing left to tell.</summary>
    private static bool IsGone(Errand errand) => errand.Delivery.EventId is not null && (errand.Line is null || (errand.Line.Subject == "deal" && errand.Deal is null));

    // PostgreSQL stores no NUL.
    private static string? Kept(string? text) => text is null ? null : (text.Length <= MaxKept ? text : text[..MaxKept]).Replace("\0", "", StringComparison.Ordinal);
}
