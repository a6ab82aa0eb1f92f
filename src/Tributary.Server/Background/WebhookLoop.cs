using System.Collections.Concurrent;
using Tributary.Core.Storage;
using Tributary.Core.Webhooks;

namespace Tributary.Server.Background;

/// <summary>
/// Tells webhooks of what happens while the server runs. Each webhook has its own round, so that a slow receiver delays
/// nobody else. What is cut off by a stop is sent by the next start, or by another server.
/// </summary>
internal sealed class WebhookLoop(WebhookFanOut fanOut, WebhookCourier courier, WebhookSender sender, Db db, TimeProvider clock,
    ILogger<WebhookLoop> log) : BackgroundService
{
    private const int RoundsAtOnce = 32;
    private static readonly TimeSpan purgeEvery = TimeSpan.FromHours(1);

    private readonly ConcurrentDictionary<DueWebhook, Task> rounds = new();
    private DateTimeOffset purgedAt;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var wake = new Wake(db, clock);
        await Turns.Take(wake.Wait, async ct =>
        {
            await Guarded(() => Look(ct));
            return false;
        }, stoppingToken);
    }

    private async Task Look(CancellationToken ct)
    {
        await fanOut.Step(new(IsFree, (due, taken) => rounds[due] = Rounds(due, taken, ct)), ct);
        foreach (var due in await courier.Due(ct))
        {
            if (rounds.Count >= RoundsAtOnce) break;
            if (!rounds.ContainsKey(due)) rounds[due] = Rounds(due, null, ct);
        }
        foreach (var (due, round) in rounds)
        {
            if (round.IsCompleted) rounds.TryRemove(due, out _);
        }
        if (clock.GetUtcNow() - purgedAt < purgeEvery) return;
        await fanOut.Purge(ct);
        purgedAt = clock.GetUtcNow();
    }

    private bool IsFree(DueWebhook due) =>
        rounds.TryGetValue(due, out var round) ? round.IsCompleted : rounds.Count < RoundsAtOnce;

    private Task Rounds(DueWebhook due, IReadOnlyList<WebhookDelivery>? taken, CancellationToken ct) => Guarded(async () =>
    {
        while (await courier.Step(due.WorkspaceId, due.WebhookId, sender.Send, ct, taken) is { Attempts: > 0 } round)
        {
            if (round.Rest > TimeSpan.Zero) await Task.Delay(round.Rest, clock, ct);
            taken = null;
        }
    });

    private async Task Guarded(Func<Task> work)
    {
        try
        {
            await work();
        }
        catch (OperationCanceledException)
        {
            // The server stops.
        }
        catch (Exception error)
        {
            // An edge, like a request's: the database may be back in a second.
            Hosting.Log.WebhooksFailed(log, error);
        }
    }
}
