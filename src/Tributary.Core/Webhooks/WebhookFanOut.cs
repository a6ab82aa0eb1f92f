using Tributary.Core.Catalog;
using Tributary.Core.Kernel;
using Tributary.Core.Keys;
using Tributary.Core.Log;
using Tributary.Core.Storage;

namespace Tributary.Core.Webhooks;

/// <summary>Who sends, as the fan-out sees it: what is heard of a webhook that somebody is free for can be taken at once.</summary>
/// <param name="AreFree">Whether nothing is being sent to a webhook, nor will be before it is given.</param>
/// <param name="Take">Given what it has claimed, once that is written.</param>
public sealed record FreeHands(Func<DueWebhook, bool> AreFree, Action<DueWebhook, IReadOnlyList<WebhookDelivery>> Take)
{
    /// <summary>Nobody: what is heard waits to be claimed.</summary>
    public static readonly FreeHands None = new(_ => false, (_, _) => { });
}

/// <summary>
/// Turns lines of the log into deliveries. The position in the log moves in the transaction that writes them, and whoever
/// holds the position's row is alone: however many servers do this, and wherever one is stopped, each line is turned once.
/// </summary>
public sealed class WebhookFanOut(Db db)
{
    // As many as one change may write without making others wait for long.
    private const int Batch = 250;
    private const int PurgedAtOnce = 500;

    /// <returns>How many lines were read, over all workspaces.</returns>
    public async Task<int> Step(FreeHands hands, CancellationToken ct)
    {
        IReadOnlyList<long> workspaces;
        await using (var tx = await db.ReadEverywhere(ct)) workspaces = await WebhookStore.Workspaces(tx);
        var read = 0;
        foreach (var workspace in workspaces)
        {
            // What came meanwhile, and fills no batch, is read with what comes next.
            int lines;
            do read += lines = await Step(workspace, hands, ct);
            while (lines == Batch);
        }
        return read;
    }

    /// <summary>Forgets old deliveries, sent or not.</summary>
    public async Task<int> Purge(CancellationToken ct)
    {
        IReadOnlyList<long> workspaces;
        await using (var tx = await db.ReadEverywhere(ct)) workspaces = await WebhookStore.Workspaces(tx);
        var purged = 0;
        foreach (var workspace in workspaces)
        {
            int lot;
            do
            {
                await using var tx = await db.Write(workspace, ct, isApart: true);
                purged += lot = await DeliveryStore.Purge(tx, tx.Now - WebhookSchedule.KeptFor, PurgedAtOnce);
                await tx.Commit();
            }
            while (lot > 0);
        }
        return purged;
    }

    /// <returns>How many lines of one workspace were read; none when there is no more to read for now.</returns>
    public async Task<int> Step(long workspace, FreeHands hands, CancellationToken ct)
    {
        LogPosition position, end;
        IReadOnlyList<LogEvent> lines;
        IReadOnlyList<Heard> heard;
        // Who hears what is found out before the turn to write is taken.
        await using (var tx = await db.Read(workspace, ct))
        {
            if (await LogReader.Webhooks.Position(tx) is not { } before) return 0;
            lines = await EventStore.HeardAfter(tx, before, Batch);
            if (lines.Count == 0) return 0;
            (position, end) = (before, new(lines[^1].Tx, lines[^1].Id));
            heard = await Hear(tx, lines);
        }

        await using var write = await db.Write(workspace, ct, isApart: true);
        // Another server may have been faster.
        if (await LogReader.Webhooks.Position(write, forUpdate: true) != position) return 0;
        var taken = await Insert(write, heard, hands);
        await LogReader.Webhooks.SetPosition(write, end);
        await write.Commit();
        StorageMeter.HandedOn(write.Now - lines[0].At);
        foreach (var (webhook, deliveries) in taken)
        {
            if (deliveries.Count > 0) hands.Take(new(workspace, webhook), deliveries);
        }
        return lines.Count;
    }

    /// <summary>
    /// Writes down what was heard, in the order of sending. For a webhook that nothing waits for, and that somebody here is free to send
    /// to, the first of each lane is claimed as it is written.
    /// </summary>
    /// <returns>What was claimed, by webhook.</returns>
    private static async Task<IReadOnlyDictionary<long, List<WebhookDelivery>>> Insert(Tx tx, IReadOnlyList<Heard> heard, FreeHands hands)
    {
        var taken = new Dictionary<long, List<WebhookDelivery>>();
        if (heard.Count == 0) return taken;

        // Differs by necessity: SQLite takes rows as quickly one by one, and everybody's turn does not wait for another thread.
        if (tx.Sql.IsPostgres) tx.Bulk = new();
        long[] free = [.. heard.Select(one => one.Webhook.Id).Distinct().Where(id => hands.AreFree(new(tx.Workspace, id)))];
        foreach (var idle in free.Length == 0 ? [] : await DeliveryStore.Idle(tx, free)) taken[idle] = [];
        var lanes = new HashSet<(long, string)>();
        foreach (var ((delivery, webhook), id) in heard.Zip(await tx.NextIds("webhook_delivery_ids", heard.Count)))
        {
            var isFirst = lanes.Add((webhook.Id, delivery.Lane));
            if (isFirst && taken.TryGetValue(webhook.Id, out var mine) && mine.Count < WebhookCourier.Most(webhook))
            {
                mine.Add(delivery with { Id = id, RunAfter = tx.Now, AddedAt = tx.Now, Attempts = 1, AttemptedAt = tx.Now });
                await DeliveryStore.Insert(tx, mine[^1], tx.Now + WebhookSchedule.Lease);
            }
            else await DeliveryStore.Insert(tx, delivery with { Id = id });
        }
        return taken;
    }

    /// <summary>In the order of the log, because that is the order of sending.</summary>
    private static async Task<IReadOnlyList<Heard>> Hear(Tx tx, IReadOnlyList<LogEvent> lines)
    {
        var heard = new List<(LogEvent Line, Webhook Webhook, string Type)>();
        foreach (var webhook in await WebhookStore.All(tx))
        {
            if (await Ears(tx, webhook) is not { } ears) continue;
            var told = lines.Where(line => line.Id > webhook.SinceEventId && WebhookRules.Heard(webhook.Events, line) is not null).ToList();
            if (told.Count == 0) continue;
            foreach (var line in await EventSight.Visible(tx, ears, told))
            {
                heard.Add((line, webhook, WebhookRules.Heard(webhook.Events, line)!));
            }
        }
        if (heard.Count == 0) return [];

        var order = lines.Select((line, i) => (line.Id, i)).ToDictionary(pair => pair.Id, pair => pair.i);
        return [.. heard.OrderBy(one => order[one.Line.Id]).ThenBy(one => one.Webhook.Id).Select(one => new Heard(new()
        {
            Id = 0,
            WebhookId = one.Webhook.Id,
            MessageUid = tx.NextUid(),
            EventId = one.Line.Id,
            Type = one.Type,
            Lane = WebhookRules.Lane(one.Line),
        }, one.Webhook))];
    }

    /// <summary>As whom it hears; none when that user is there no more.</summary>
    internal static async Task<Caller?> Ears(Tx tx, Webhook webhook)
    {
        if (webhook.Terms.AsUserId is not { } user) return Caller.System(tx.Workspace) with
        {
            AppId = webhook.AppId,
            Scopes = webhook.Scopes,
        };
        return CallerRules.Of(await tx.Catalog(), user, webhook.Dialect, webhook.Scopes) is { } ears ? ears with { AppId = webhook.AppId }
            : null;
    }

    private sealed record Heard(WebhookDelivery Delivery, Webhook Webhook);
}
