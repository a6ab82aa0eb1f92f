using System.Globalization;
using Tributary.Core.Catalog;
using Tributary.Core.Deals;
using Tributary.Core.Kernel;
using Tributary.Core.Log;
using Tributary.Core.Storage;

namespace Tributary.Core.Webhooks;

/// <summary>What deliveries tell, in a fixed number of statements however many there are.</summary>
internal static class WebhookErrands
{
    public static async Task<IReadOnlyList<Errand>> Of(Tx tx, Webhook webhook, IReadOnlyList<WebhookDelivery> due)
    {
        if (await WebhookStore.FindSecrets(tx, webhook.Id) is not { } secrets) return [];
        var ears = await WebhookFanOut.Ears(tx, webhook) ?? Caller.System(tx.Workspace) with { Role = Role.Member };
        var catalog = await tx.CatalogFor(ears);
        var (lines, ofDeals) = await Lines(tx, due);
        Seq<long> dealIds = [.. lines.Values.Where(line => line.Subject == "deal").Select(line => line.SubjectId).Distinct()];
        var deals = dealIds.Count == 0 ? [] : (await DealStore.FindMany(tx, dealIds)).ToDictionary(deal => deal.Id);
        Seq<string> signing = secrets is { FormerSecret: { } former, FormerUntil: { } until } && until > tx.Now
            ? [secrets.Secret, former] : [secrets.Secret];
        return [.. due.Select(delivery => Told(new()
        {
            Workspace = tx.Workspace,
            Webhook = webhook,
            Delivery = delivery,
            Secrets = signing,
            AppUid = secrets.AppUid,
            Catalog = catalog,
            Now = tx.Now,
        }))];

        Errand Told(Errand errand)
        {
            if (errand.Delivery.EventId is not { } eventId || lines.GetValueOrDefault(eventId) is not { } line) return errand;
            var told = EventSight.Told([line], catalog) is [var shown] ? shown : line with { Changes = [] };
            if (line.Subject != "deal" || deals.GetValueOrDefault(line.SubjectId) is not { } deal) return errand with { Line = told };

            // From what it is now back to what it was: later lines are undone, newest first.
            foreach (var after in ofDeals[deal.Id].Where(after => after.Id > line.Id)) deal = DealReplay.Undo(deal, after);
            deal = DealReplay.Signed(deal, line);
            return errand with { Line = told, Deal = deal, Before = line.Action == "created" ? null : DealReplay.Undo(deal, line) };
        }
    }

    /// <summary>
    /// The lines that are told, and what happened since to the deals among them. Whose lane is a deal's tells of that deal, mostly, so that
    /// one question answers both; what is left is asked for by its id.
    /// </summary>
    private static async Task<(Dictionary<long, LogEvent> Told, ILookup<long, LogEvent> OfDeals)> Lines(Tx tx,
        IReadOnlyList<WebhookDelivery> due)
    {
        var asked = due.Where(delivery => delivery.EventId is not null).ToList();
        var likely = asked.Where(delivery => WebhookRules.TellsOfDeal(delivery.Type) && DealOf(delivery.Lane) is not null).ToList();
        List<LogEvent> ofDeals = likely.Count == 0 ? []
            : [.. await EventStore.OfDealsFrom(tx, [.. likely.Select(delivery => DealOf(delivery.Lane)!.Value).Distinct()],
                likely.Min(delivery => delivery.EventId!.Value))];
        var known = ofDeals.ToDictionary(line => line.Id);
        long[] left = [.. asked.Select(delivery => delivery.EventId!.Value).Where(id => !known.ContainsKey(id)).Distinct()];
        if (left.Length > 0)
        {
            var others = await EventStore.FindMany(tx, left);
            foreach (var line in others) known[line.Id] = line;
            var merged = others.Where(line => line.Subject == "deal").ToList();
            if (merged.Count > 0)
            {
                var ids = merged.Select(line => line.SubjectId).ToHashSet();
                ofDeals.RemoveAll(line => ids.Contains(line.SubjectId));
                ofDeals.AddRange(await EventStore.OfDealsFrom(tx, ids, merged.Min(line => line.Id)));
            }
        }
        return (known, ofDeals.ToLookup(line => line.SubjectId));
    }

    private static long? DealOf(string lane) => lane.StartsWith(WebhookRules.DealLane, StringComparison.Ordinal)
        && long.TryParse(lane.AsSpan(WebhookRules.DealLane.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var id)
        ? id : null;
}
