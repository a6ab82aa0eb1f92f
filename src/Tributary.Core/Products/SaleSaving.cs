using Tributary.Core.Deals;
using Tributary.Core.Kernel;
using Tributary.Core.Log;
using Tributary.Core.Storage;

namespace Tributary.Core.Products;

/// <summary>
/// The only way lines, discounts and installments reach the database: what rules made of a sale is compared with what it
/// was, and each record that differs is written with one line of the log. The deal itself is such a record: when its value
/// or figures move, it gets one version and one line of its own, however many lines moved it.
/// </summary>
internal static class SaleSaving
{
    /// <summary>What a deal sells, with the deal locked.</summary>
    public static async Task<Sale> Load(Tx tx, Deal deal) =>
        new(deal, await DealProductStore.OfDeal(tx, deal.Id), await DealDiscountStore.OfDeal(tx, deal.Id),
            await InstallmentStore.OfDeal(tx, deal.Id));

    public static async Task Save(Tx tx, Caller caller, Sale before, Sale after)
    {
        var priced = after.Priced();
        var wrote = false;
        foreach (var (old, @new) in Places.Differences(before.Lines, after.Lines, line => line.Id))
        {
            await (old is null ? DealProductStore.Insert(tx, @new!) : @new is null
                ? DealProductStore.Delete(tx, old.Id) : DealProductStore.Update(tx, @new));
            await EventStore.Append(tx, caller, SaleHistory.Between(old, @new));
            wrote = true;
        }
        foreach (var (old, @new) in Differences(before.Discounts, after.Discounts))
        {
            await (old is null ? DealDiscountStore.Insert(tx, @new!) : @new is null
                ? DealDiscountStore.Delete(tx, old.Id) : DealDiscountStore.Update(tx, @new));
            await EventStore.Append(tx, caller, SaleHistory.Between(old, @new));
            wrote = true;
        }
        foreach (var (old, @new) in Places.Differences(before.Installments, after.Installments, installment => installment.Id))
        {
            await (old is null ? InstallmentStore.Insert(tx, @new!) : @new is null
                ? InstallmentStore.Delete(tx, old.Id) : InstallmentStore.Update(tx, @new));
            await EventStore.Append(tx, caller, SaleHistory.Between(old, @new));
            wrote = true;
        }
        if (!wrote) return;

        if (priced == before.Deal with { ProductsCount = priced.ProductsCount }) await DealSaving.Touch(tx, priced.Id);
        else await DealSaving.Change(tx, caller, before.Deal, DealRules.Stamped(priced, caller, tx.Now));
    }

    private static IEnumerable<(DealDiscount? Old, DealDiscount? New)> Differences(IReadOnlyList<DealDiscount> before,
        IReadOnlyList<DealDiscount> after)
    {
        foreach (var gone in before.Where(old => !after.Any(@new => @new.Id == old.Id))) yield return (gone, null);
        foreach (var discount in after)
        {
            var old = before.FirstOrDefault(each => each.Id == discount.Id);
            if (discount != old) yield return (old, discount);
        }
    }
}
