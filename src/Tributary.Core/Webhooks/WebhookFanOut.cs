using Tributary.Core.Catalog;
using Tributary.Core.Kernel;
using Tributary.Core.Keys;
using Tributary.Core.Log;
using Tributary.Core.Storage;

namespace Tributary.Core.Webhooks;

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
    public async Task<int> Step(CancellationToken ct)
    {
        IReadOnlyList<long> workspaces;
        await using (var tx = await db.ReadEverywhere(ct)) workspaces = await WebhookStore.Workspaces(tx);
        var read = 0;
        foreach (var workspace in workspaces)
        {
            // What came meanwhile, and fills no batch, is read with what comes next.
            int lines;
            do read += lines = await Step(workspace, ct);
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
    public async Task<int> Step(long workspace, CancellationToken ct)
    {
        LogPosition position, end;
        IReadOnlyList<LogEvent> lines;
        IReadOnlyList<WebhookDelivery> heard;
        // Who hears what is found out before the turn to write is taken.
        await using (var tx = await db.Read(workspace, ct))
        {
            if (await LogReader.Webhooks.Position(tx) is not { } before || (lines = await EventStore.HeardAfter(tx, before, Batch)).Count == 0)
            {
                return 0;
            }
            (position, end) = (before, new(lines[^1].Tx, lines[^1].Id));
            heard = await Heard(tx, lines);
        }

        await using var write = await db.Write(workspace, ct, isApart: true);
        // Another server may have been faster.
        if (await LogReader.Webhooks.Position(write, forUpdate: true) != position) return 0;
        write.Bulk = new();
        if (heard.Count > 0)
        {
            foreach (var (delivery, id) in heard.Zip(await write.NextIds("webhook_delivery_ids", heard.Count)))
            {
                await DeliveryStore.Insert(write, delivery with { Id = id });
            }
        }
        await LogReader.Webhooks.SetPosition(write, end);
        await write.Commit();
        StorageMeter.HandedOn(write.Now - lines[0].At);
        return lines.Count;
    }

    /// <summary>In the order of the log, because that is the order of sending.</summary>
    private static async Task<IReadOnlyList<WebhookDelivery>> Heard(Tx tx, IReadOnlyList<LogEvent> lines)
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
        return [.. heard.OrderBy(one => order[one.Line.Id]).ThenBy(one => one.Webhook.Id).Select(one => new WebhookDelivery
        {
            Id = 0,
            WebhookId = one.Webhook.Id,
            MessageUid = tx.NextUid(),
            EventId = one.Line.Id,
            Type = one.Type,
            Lane = WebhookRules.Lane(one.Line),
        })];
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
}
