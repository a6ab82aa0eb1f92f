using System.Text.Json;
using Tributary.Core.Kernel;
using Tributary.Core.Log;
using Tributary.Core.Products;
using Tributary.Core.Storage;

namespace Tributary.Core.Deals;

public sealed partial class DealService
{
    /// <summary>
    /// Two deals become one: the second survives with its own values, filled from the first where it has none; activities,
    /// notes, files, mail, products, discounts, installments, contacts, followers and history move to it, and the first is deleted.
    /// </summary>
    public async Task<Deal> Merge(Caller caller, long id, long survivorId, CancellationToken ct)
    {
        caller.MustWrite("deals");
        if (id == survivorId) throw Problem.Invalid("survivor_id", "A deal cannot be merged with itself.");

        await using var tx = await db.Write(caller.Workspace, ct);
        // In the order of their ids, so that two merges of the same deals cannot wait for each other.
        var first = await Changeable(tx, caller, Math.Min(id, survivorId));
        var second = await Changeable(tx, caller, Math.Max(id, survivorId));
        var (other, survivor) = first.Id == id ? (first, second) : (second, first);

        var people = await JoinPeople(tx, other.Id, survivor.Id);
        var merged = DealMergeRules.Fill(survivor, other);
        merged = await JoinProducts(tx, other, survivor, merged);
        await DealBelongings.Move(tx, other.Id, survivor.Id);
        await EventStore.Rehang(tx, other.Id, survivor.Id);

        await DealSaving.Change(tx, caller, survivor, DealRules.Stamped(merged, caller, tx.Now), action: "merged",
            more: [.. people, new("merged_from", null, JsonSerializer.SerializeToElement(other.Id))]);
        await DealSaving.Change(tx, caller, other,
            DealRules.Stamped(other with { DeletedAt = tx.Now, DeletedBy = caller.UserId }, caller, tx.Now),
            more: [new("merged_into", null, JsonSerializer.SerializeToElement(survivor.Id))]);
        await DealSaving.Touch(tx, other.Id);
        await DealSaving.Touch(tx, survivor.Id);
        var after = await DealStore.Find(tx, survivor.Id);
        await tx.Commit();
        return after!;
    }

    private static async Task<List<Change>> JoinPeople(Tx tx, long fromDealId, long toDealId)
    {
        var contacts = (await DealPeopleStore.Contacts(tx, [fromDealId, toDealId])).ToLookup(contact => contact.DealId);
        var followers = (await DealPeopleStore.Followers(tx, [fromDealId, toDealId]))
            .ToLookup(follower => follower.DealId, follower => follower.UserId);
        await DealPeopleStore.MoveContacts(tx, fromDealId, toDealId);
        await DealPeopleStore.MoveFollowers(tx, fromDealId, toDealId);

        var own = contacts[toDealId].ToDictionary(contact => contact.PersonId);
        var changes = new List<Change>();
        foreach (var contact in contacts[fromDealId])
        {
            if (!own.TryGetValue(contact.PersonId, out var known))
            {
                changes.Add(new("participant", null, JsonSerializer.SerializeToElement(contact.PersonId)));
            }
            else if (known.Role is null) changes.AddRange(await DealPeopleStore.SetRole(tx, known, contact.Role));
        }
        changes.AddRange(followers[fromDealId].Except(followers[toDealId])
            .Select(user => new Change("follower", null, JsonSerializer.SerializeToElement(user))));
        return changes;
    }

    private static async Task<Deal> JoinProducts(Tx tx, Deal other, Deal survivor, Deal merged)
    {
        var own = await DealProductStore.OfDeal(tx, survivor.Id);
        var theirs = await DealProductStore.OfDeal(tx, other.Id);
        var installments = await DealBelongings.Installments(tx, survivor.Id) + await DealBelongings.Installments(tx, other.Id);
        var method = own.Count > 0 ? own[0].TaxMethod : (TaxMethod?)null;
        List<DealProduct> lines = [.. own, .. theirs.Select(line => line with { TaxMethod = method ?? line.TaxMethod })];
        if (lines.Count == 0) return merged;

        // Products bring their currency along when the survivor has nothing of its own to lose.
        if (own.Count == 0 && survivor.ValueUnits is null) merged = merged with { Currency = other.Currency };
        DealMergeRules.MustFit(merged, lines, installments);
        if (theirs.Count > 0)
        {
            await DealBelongings.MoveLines(tx, other.Id, survivor.Id, own.Count == 0 ? 0 : own.Max(line => line.OrderNr), method);
        }

        var revenue =
            RevenueRules.Of(lines, [.. await DealDiscountStore.OfDeal(tx, survivor.Id), .. await DealDiscountStore.OfDeal(tx, other.Id)]);
        return merged with { Value = revenue.Value, Mrr = revenue.Mrr, Arr = revenue.Arr, Acv = revenue.Acv };
    }
}
