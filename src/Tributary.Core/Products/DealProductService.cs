using Tributary.Core.Deals;
using Tributary.Core.Kernel;
using Tributary.Core.Lists;
using Tributary.Core.Storage;

namespace Tributary.Core.Products;

/// <summary>
/// The verbs of what deals sell: lines here, discounts and installments beside. Each locks the deal, asks the rules and
/// leaves the deal worth what its products come to. Whoever sees a deal sees them; archived and deleted deals refuse.
/// </summary>
public sealed partial class DealProductService(Db db)
{
    public const int MaxAtOnce = 100;

    /// <summary>The lines of the deals that the caller sees, sorted by id, deal_id, added_at, updated_at or order_nr.</summary>
    public async Task<Page<DealProduct>> List(Caller caller, IReadOnlyList<long> dealIds, ListQuery query, CancellationToken ct)
    {
        caller.MustRead("deals");
        await using var tx = await db.Read(caller.Workspace, ct);
        var seen = await Seen(tx, caller, dealIds);
        return seen.Count == 0 ? new([], null, false, query.WantTotal ? 0 : null) : await DealProductStore.List(tx, caller, seen, query);
    }

    /// <summary>One line of a deal that the caller sees.</summary>
    public async Task<DealProduct> Get(Caller caller, long dealId, long id, CancellationToken ct)
    {
        caller.MustRead("deals");
        await using var tx = await db.Read(caller.Workspace, ct);
        var seen = await Seen(tx, caller, [dealId]);
        return (seen.Count == 0 ? null : await DealProductStore.Find(tx, dealId, id)) ?? throw Problem.NotFound("deal product", id);
    }

    /// <summary>Adds a line; the deal's value and revenue follow in the same unit of work.</summary>
    public async Task<DealProduct> Add(Caller caller, long dealId, DealProductPatch patch, CancellationToken ct) =>
        (await Write(caller, dealId, async (tx, sale) => sale with { Lines = await Added(tx, caller, sale, patch) }, ct)).Lines[^1];

    /// <summary>All of them or none; a refusal names each wrong field as "[index].field".</summary>
    public async Task<IReadOnlyList<DealProduct>> AddMany(Caller caller, long dealId, IReadOnlyList<DealProductPatch> patches,
        CancellationToken ct)
    {
        if (patches.Count is < 1 or > MaxAtOnce) throw Problem.Invalid("data", $"1 to {MaxAtOnce} products can be added at once.");
        var after = await Write(caller, dealId, async (tx, sale) =>
        {
            var errors = new List<FieldError>();
            for (var index = 0; index < patches.Count; index++)
            {
                try
                {
                    sale = sale with { Lines = await Added(tx, caller, sale, patches[index]) };
                }
                catch (ProblemException refusal) when (refusal.Problem.Code is ProblemCode.Invalid)
                {
                    errors.AddRange(refusal.Problem.Fields.Select(error => error with { Field = $"[{index}].{error.Field}" }));
                }
            }
            return errors.Count == 0 ? sale : throw Problem.Invalid(errors);
        }, ct);
        return [.. after.Lines.TakeLast(patches.Count)];
    }

    /// <summary>Changes a line; the deal's value and revenue follow in the same unit of work.</summary>
    public async Task<DealProduct> Update(Caller caller, long dealId, long id, DealProductPatch patch, CancellationToken ct)
    {
        var after = await Write(caller, dealId, async (tx, sale) =>
        {
            var line = sale.Lines.FirstOrDefault(each => each.Id == id) ?? throw Problem.NotFound("deal product", id);
            var facts = patch.ProductId.IsSet || patch.VariationId.IsSet
                ? await Facts(tx, caller, sale.Deal, patch.ProductId.Or(line.ProductId), patch.VariationId.Or(null)) : null;
            return sale with { Lines = ProductRules.Change(sale.Lines, sale.Installments, id, patch, facts, tx.Now, Today(tx)) };
        }, ct);
        return after.Lines.First(line => line.Id == id);
    }

    /// <summary>Takes a line away; the deal's value and revenue follow in the same unit of work.</summary>
    public Task Remove(Caller caller, long dealId, long id, CancellationToken ct) => RemoveMany(caller, dealId, [id], ct);

    /// <summary>All of them or none.</summary>
    public async Task RemoveMany(Caller caller, long dealId, IReadOnlyCollection<long> ids, CancellationToken ct)
    {
        if (ids.Count is < 1 or > MaxAtOnce) throw Problem.Invalid("ids", $"1 to {MaxAtOnce} products can be removed at once.");
        await Write(caller, dealId, (tx, sale) =>
        {
            var lines = ids.Distinct().Aggregate(sale.Lines, (left, id) => ProductRules.Remove(left, sale.Installments, id));
            return Task.FromResult(sale with { Lines = lines });
        }, ct);
    }

    /// <summary>
    /// Makes the lines of a deal say what another system's do, inside a unit of work that does more: those known here are
    /// changed, others added, with the id wanted where it is free. Lines added here stay.
    /// </summary>
    /// <param name="made">Filled with what was added.</param>
    internal static async Task Copy(Tx tx, Caller caller, long dealId,
        IReadOnlyList<(string TheirId, long? Known, long? Wanted, DealProductPatch Patch)> lines, Dictionary<string, long> made)
    {
        var before = await SaleSaving.Load(tx, await DealService.Changeable(tx, caller, dealId));
        var after = before;
        foreach (var (theirId, known, wanted, patch) in lines)
        {
            if (known is { } id && after.Lines.Any(line => line.Id == id))
            {
                after = after with
                {
                    Lines = ProductRules.Change(after.Lines, after.Installments, id,
                        patch with { ProductId = default, VariationId = default }, facts: null, tx.Now, Today(tx)),
                };
                continue;
            }
            var added = await Added(tx, caller, after, patch);
            if (wanted is { } free && !await DealProductStore.Exists(tx, free) && after.Lines.All(line => line.Id != free))
            {
                await tx.NeverGiveOut("deal_product_ids", free);
                added = [.. added.SkipLast(1), added[^1] with { Id = free }];
            }
            made[theirId] = added[^1].Id;
            after = after with { Lines = added };
        }
        await SaleSaving.Save(tx, caller, before, after);
    }

    private async Task<Sale> Write(Caller caller, long dealId, Func<Tx, Sale, Task<Sale>> rule, CancellationToken ct)
    {
        caller.MustWrite("deals");
        await using var tx = await db.Write(caller.Workspace, ct);

        var before = await SaleSaving.Load(tx, await DealService.Changeable(tx, caller, dealId));
        var after = await rule(tx, before);
        await SaleSaving.Save(tx, caller, before, after);
        await tx.Commit();
        return after;
    }

    private static async Task<IReadOnlyList<DealProduct>> Added(Tx tx, Caller caller, Sale sale, DealProductPatch patch)
    {
        var facts = await Facts(tx, caller, sale.Deal, patch.ProductId.Or(null), patch.VariationId.Or(null));
        // Pipedrive: "Default: user setting". There is no such setting here, so the first line of its recorded examples decides.
        var at = new NewLine(tx.NextUid(), sale.Deal.Id, sale.Deal.Currency, TaxMethod.Inclusive, tx.Now);
        var lines = ProductRules.Add(sale.Lines, sale.Installments, patch, facts, at, Today(tx));
        return [.. lines.SkipLast(1), lines[^1] with { Id = await tx.NextId("deal_product_ids") }];
    }

    /// <summary>None for a product that is absent, deleted, hidden from the caller, or not to be sold.</summary>
    private static async Task<ProductFacts?> Facts(Tx tx, Caller caller, Deal deal, long? productId, long? variationId)
    {
        if (productId is not { } id) return null;
        var product = await Sight.Visible(tx, caller, await ProductStore.Find(tx, id), found => new(null, null, ProductId: found.Id));
        return product is { IsDeleted: false, IsLinkable: true } ? CatalogueRules.Facts(product, deal.Currency, variationId) : null;
    }

    private static async Task<IReadOnlyList<long>> Seen(Tx tx, Caller caller, IReadOnlyList<long> dealIds)
    {
        if (dealIds.Count is < 1 or > MaxAtOnce) throw Problem.Invalid("deal_ids", $"deal_ids must name 1 to {MaxAtOnce} deals.");
        return [.. (await DealService.VisibleOnes(tx, caller, [.. dealIds.Distinct()])).Where(deal => !deal.IsDeleted)
            .Select(deal => deal.Id)];
    }

    private static DateOnly Today(Tx tx) => DateOnly.FromDateTime(tx.Now.UtcDateTime);
}
