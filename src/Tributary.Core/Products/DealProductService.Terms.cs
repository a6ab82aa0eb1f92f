using Tributary.Core.Kernel;
using Tributary.Core.Lists;
using Tributary.Core.Storage;

namespace Tributary.Core.Products;

/// <summary>The verbs of a deal's discounts and installments.</summary>
public sealed partial class DealProductService
{
    public const int MaxDiscounts = 100;

    /// <summary>In the order they are taken in.</summary>
    public async Task<IReadOnlyList<DealDiscount>> Discounts(Caller caller, long dealId, CancellationToken ct)
    {
        caller.MustRead("deals");
        await using var tx = await db.Read(caller.Workspace, ct);
        return (await Seen(tx, caller, [dealId])).Count == 0
            ? throw Problem.NotFound("deal", dealId) : await DealDiscountStore.OfDeal(tx, dealId);
    }

    /// <summary>Those of the deals that the caller sees, each deal's in the order they are taken in.</summary>
    public async Task<IReadOnlyList<DealDiscount>> Discounts(Caller caller, IReadOnlyList<long> dealIds, CancellationToken ct)
    {
        caller.MustRead("deals");
        await using var tx = await db.Read(caller.Workspace, ct);
        var seen = await Seen(tx, caller, dealIds);
        return seen.Count == 0 ? [] : await DealDiscountStore.OfDeals(tx, seen);
    }

    /// <summary>Adds a discount behind those there are; the deal's value follows in the same unit of work.</summary>
    public async Task<DealDiscount> AddDiscount(Caller caller, long dealId, DealDiscountPatch patch, CancellationToken ct) =>
        (await Write(caller, dealId, (tx, sale) =>
    {
        if (sale.Discounts.Count >= MaxDiscounts) throw Problem.TooLarge($"A deal has at most {MaxDiscounts} discounts.");
        return Task.FromResult(
            sale with { Discounts = [.. sale.Discounts, DiscountRules.Add(patch, new(tx.NextUid(), dealId, caller.UserId ?? 0, tx.Now))] });
    }, ct)).Discounts[^1];

    /// <summary>Changes a discount in its place among the others; the deal's value follows.</summary>
    public async Task<DealDiscount> UpdateDiscount(Caller caller, long dealId, Guid id, DealDiscountPatch patch, CancellationToken ct) =>
        (await Write(caller, dealId, (tx, sale) =>
    {
        var after = DiscountRules.Change(Discount(sale, id), patch, caller.UserId ?? 0, tx.Now);
        return Task.FromResult(sale with { Discounts = [.. sale.Discounts.Select(each => each.Id == id ? after : each)] });
    }, ct)).Discounts.First(discount => discount.Id == id);

    /// <summary>The deal's value follows in the same unit of work.</summary>
    public Task RemoveDiscount(Caller caller, long dealId, Guid id, CancellationToken ct) => Write(caller, dealId, (tx, sale) =>
    {
        var gone = Discount(sale, id);
        return Task.FromResult(sale with { Discounts = [.. sale.Discounts.Where(each => each.Id != gone.Id)] });
    }, ct);

    /// <summary>The installments of the deals that the caller sees, sorted by id, billing_on or deal_id.</summary>
    public async Task<Page<Installment>> Installments(Caller caller, IReadOnlyList<long> dealIds, ListQuery query, CancellationToken ct)
    {
        caller.MustRead("deals");
        await using var tx = await db.Read(caller.Workspace, ct);
        var seen = await Seen(tx, caller, dealIds);
        return seen.Count == 0 ? new([], null, false, query.WantTotal ? 0 : null) : await InstallmentStore.List(tx, caller, seen, query);
    }

    /// <summary>Adds an installment, where <see cref="InstallmentRules"/> lets the deal have one; the deal's value stays.</summary>
    public async Task<Installment> AddInstallment(Caller caller, long dealId, InstallmentPatch patch, CancellationToken ct) =>
        (await Write(caller, dealId, async (tx, sale) =>
    {
        var added = InstallmentRules.Add(sale.Lines, sale.Installments, patch, dealId);
        return sale with { Installments = [.. sale.Installments, added with { Id = await tx.NextId("installment_ids") }] };
    }, ct)).Installments[^1];

    /// <summary>Changes an installment; the deal's value stays.</summary>
    public async Task<Installment> UpdateInstallment(Caller caller, long dealId, long id, InstallmentPatch patch, CancellationToken ct) =>
        (await Write(caller, dealId, (tx, sale) =>
    {
        var after = InstallmentRules.Change(Installment(sale, id), patch);
        return Task.FromResult(sale with { Installments = [.. sale.Installments.Select(each => each.Id == id ? after : each)] });
    }, ct)).Installments.First(installment => installment.Id == id);

    /// <summary>The deal's value stays.</summary>
    public Task RemoveInstallment(Caller caller, long dealId, long id, CancellationToken ct) => Write(caller, dealId, (tx, sale) =>
    {
        var gone = Installment(sale, id);
        return Task.FromResult(sale with { Installments = [.. sale.Installments.Where(each => each.Id != gone.Id)] });
    }, ct);

    private static DealDiscount Discount(Sale sale, Guid id) =>
        sale.Discounts.FirstOrDefault(discount => discount.Id == id) ?? throw Problem.NotFound("discount", id);

    private static Installment Installment(Sale sale, long id) =>
        sale.Installments.FirstOrDefault(installment => installment.Id == id) ?? throw Problem.NotFound("installment", id);
}
