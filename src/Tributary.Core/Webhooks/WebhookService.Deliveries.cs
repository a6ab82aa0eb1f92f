using Tributary.Core.Deals;
using Tributary.Core.Kernel;
using Tributary.Core.Log;
using Tributary.Core.Lists;
using Tributary.Core.Storage;

namespace Tributary.Core.Webhooks;

public sealed partial class WebhookService
{
    /// <summary>No replay sends more than this at once.</summary>
    public const int MaxReplayed = 1_000;

    /// <summary>The log of deliveries, newest first.</summary>
    public async Task<Page<WebhookDelivery>> Deliveries(Caller caller, long id, DeliveryState? state, string? cursor, int limit,
        CancellationToken ct)
    {
        MustSee(caller);
        await using var tx = await db.Read(caller.Workspace, ct);
        Own(caller, await WebhookStore.Find(tx, id), id);

        var list = $"webhook {id}";
        var before = HistoryCursor.Open(db.Cursors, caller.Workspace, list, cursor).EventId;
        var rows = await DeliveryStore.Newest(tx, id, state, before, limit + 1);
        if (rows.Count <= limit) return new(rows, null, false, null);
        return new([.. rows.Take(limit)], HistoryCursor.Seal(db.Cursors, caller.Workspace, list, rows[limit - 1].Id, 0), true, null);
    }

    public async Task<WebhookDelivery> Delivery(Caller caller, long id, long deliveryId, CancellationToken ct)
    {
        MustSee(caller);
        await using var tx = await db.Read(caller.Workspace, ct);
        Own(caller, await WebhookStore.Find(tx, id), id);
        return await DeliveryStore.Find(tx, id, deliveryId) ?? throw Problem.NotFound("delivery", deliveryId);
    }

    /// <summary>Sends one event once more, under the id it had, behind what already waits for the same record.</summary>
    public async Task<WebhookDelivery> Replay(Caller caller, long id, long deliveryId, CancellationToken ct)
    {
        await using var tx = await Change(caller, id, ct);
        var former = await DeliveryStore.Find(tx, id, deliveryId) ?? throw Problem.NotFound("delivery", deliveryId);
        if (former.State is DeliveryState.Waiting) throw Problem.Conflict("The delivery is still on its way.", "delivery");

        var again = await Again(tx, former);
        await tx.Commit();
        return again;
    }

    /// <returns>How many events are sent once more, in their first order.</returns>
    public async Task<int> Replay(Caller caller, long id, ReplayRange range, CancellationToken ct)
    {
        await using var tx = await Change(caller, id, ct);
        var former = await DeliveryStore.InRange(tx, id, range, MaxReplayed + 1);
        if (former.Count > MaxReplayed) throw Problem.TooLarge($"A replay sends at most {MaxReplayed} deliveries; name a smaller range.");

        foreach (var delivery in former) await Again(tx, delivery);
        await tx.Commit();
        return former.Count;
    }

    /// <summary>Sends a delivery that tells of nothing, to see that it arrives.</summary>
    public async Task<WebhookDelivery> Test(Caller caller, long id, CancellationToken ct)
    {
        await using var tx = await Change(caller, id, ct);
        var deliveryId = await tx.NextId("webhook_delivery_ids");
        var test =
            await Queue(tx,
                new()
                {
                    Id = deliveryId,
                    WebhookId = id,
                    MessageUid = tx.NextUid(),
                    Type = WebhookRules.TestType,
                    Lane = $"test:{deliveryId}",
                });
        await tx.Commit();
        return test;
    }

    private async Task<Tx> Change(Caller caller, long id, CancellationToken ct)
    {
        caller.MustAdminister(Noun);
        var tx = await db.Write(caller.Workspace, ct);
        try
        {
            Own(caller, await WebhookStore.FindForUpdate(tx, id), id);
            return tx;
        }
        catch
        {
            await tx.DisposeAsync();
            throw;
        }
    }

    private static async Task<WebhookDelivery> Again(Tx tx, WebhookDelivery former) => await Queue(tx, new()
    {
        Id = await tx.NextId("webhook_delivery_ids"),
        WebhookId = former.WebhookId,
        MessageUid = former.MessageUid,
        EventId = former.EventId,
        Type = former.Type,
        Lane = former.Lane,
        ReplayOf = former.ReplayOf ?? former.Id,
        AutomationId = former.AutomationId,
    });

    private static async Task<WebhookDelivery> Queue(Tx tx, WebhookDelivery delivery)
    {
        await DeliveryStore.Insert(tx, delivery);
        return delivery with { RunAfter = tx.Now, AddedAt = tx.Now };
    }
}
