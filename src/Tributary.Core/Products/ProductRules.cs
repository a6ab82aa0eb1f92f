using Tributary.Core.Kernel;

namespace Tributary.Core.Products;

/// <summary>What the catalogue says of a product: a new line's defaults, and the price if there is one in the deal's currency.</summary>
internal sealed record ProductFacts(
    string Name, decimal? Price, decimal Tax, BillingFrequency Billing, int? Cycles, IReadOnlyList<long> VariationIds);

/// <summary>The deal a new line is for. <paramref name="TaxMethod"/> is the user's setting, for a deal that has no lines yet.</summary>
internal sealed record NewLine(Guid Uid, long DealId, string Currency, TaxMethod TaxMethod, DateTimeOffset Now);

/// <summary>
/// Which lines a deal may have (Pipedrive, "Add a product to a deal" and "Update the product attached to a deal"). Each verb takes the
/// deal's lines as they are and gives them back as they then stand, since one line's tax method is every line's; what differs is to be
/// stored.
/// </summary>
internal static class ProductRules
{
    private const int OrderStep = 10;

    /// <summary>The deal's lines with the new one at the end, its id still 0.</summary>
    public static IReadOnlyList<DealProduct> Add(
        IReadOnlyList<DealProduct> lines,
        IReadOnlyList<Installment> installments,
        DealProductPatch patch,
        ProductFacts? facts,
        NewLine at,
        DateOnly today)
    {
        var blank = new DealProduct
        {
            Id = 0,
            Uid = at.Uid,
            DealId = at.DealId,
            ItemPrice = facts?.Price ?? 0,
            Quantity = 0,
            Currency = at.Currency,
            Tax = facts?.Tax ?? 0,
            TaxMethod = lines.Count > 0 ? lines[0].TaxMethod : at.TaxMethod,
            Billing = facts?.Billing ?? BillingFrequency.OneTime,
            Cycles = patch.Billing.IsSet ? null : facts?.Cycles,
            OrderNr = (int)Math.Min(int.MaxValue, lines.Select(line => (long)line.OrderNr).DefaultIfEmpty().Max() + OrderStep),
            AddedAt = at.Now,
            UpdatedAt = at.Now,
        };
        var line = Apply(blank, patch, facts);

        var errors = LineChecks.Required(patch, facts).ToList();
        errors.AddRange(LineChecks.Wrong(line, patch, facts, today).ExceptBy(errors.Select(error => error.Field), error => error.Field));
        errors.AddRange(LineChecks.Obstacles(null, line, lines, installments));
        return Settled([.. lines, line], patch, errors, at.Now);
    }

    /// <summary>
    /// The deal's lines after a change of one. <paramref name="facts"/> are those of the product the line will have, needed when the patch
    /// names a product or a variation.
    /// </summary>
    public static IReadOnlyList<DealProduct> Change(
        IReadOnlyList<DealProduct> lines,
        IReadOnlyList<Installment> installments,
        long id,
        DealProductPatch patch,
        ProductFacts? facts,
        DateTimeOffset now,
        DateOnly today)
    {
        var before = Get(lines, id);
        var after = Apply(before, patch, facts);
        if (after != before) after = after with { UpdatedAt = now };
        var others = lines.Where(line => line.Id != id).ToList();

        var errors = LineChecks.Wrong(after, patch, facts, today).ToList();
        errors.AddRange(LineChecks.Obstacles(before, after, others, installments));
        return Settled([.. lines.Select(line => line.Id == id ? after : line)], patch, errors, now);
    }

    /// <summary>The deal's lines without one. Ours, like disabling: the last enabled one stays while installments exist.</summary>
    public static IReadOnlyList<DealProduct> Remove(IReadOnlyList<DealProduct> lines, IReadOnlyList<Installment> installments, long id)
    {
        var gone = Get(lines, id);
        var rest = lines.Where(line => line.Id != id).ToList();
        if (installments.Count > 0 && gone.IsEnabled && !rest.Any(line => line.IsEnabled))
            throw Problem.Conflict("The last enabled product cannot be removed while the deal has installments.", "deal product");

        return rest;
    }

    private static DealProduct Get(IReadOnlyList<DealProduct> lines, long id) =>
        lines.FirstOrDefault(line => line.Id == id) ?? throw Problem.NotFound("deal product", id);

    /// <summary>Another product drops the old one's variation; becoming one-time drops the cycles.</summary>
    private static DealProduct Apply(DealProduct line, DealProductPatch patch, ProductFacts? facts)
    {
        var productId = patch.ProductId.Or(line.ProductId);
        var isOther = productId != line.ProductId;
        var billing = patch.Billing.Or(line.Billing);

        return line with
        {
            ProductId = productId,
            VariationId = patch.VariationId.Or(isOther ? null : line.VariationId),
            Name = isOther ? facts?.Name : line.Name,
            ItemPrice = RevenueRules.Rounded(patch.ItemPrice.Or(line.ItemPrice)),
            Quantity = RevenueRules.Rounded(patch.Quantity.Or(line.Quantity)),
            Discount = RevenueRules.Rounded(patch.Discount.Or(line.Discount)),
            DiscountType = patch.DiscountType.Or(line.DiscountType),
            Tax = RevenueRules.Rounded(patch.Tax.Or(line.Tax)),
            TaxMethod = patch.TaxMethod.Or(line.TaxMethod),
            Comments = patch.Comments.Or(line.Comments) ?? "",
            IsEnabled = patch.IsEnabled.Or(line.IsEnabled),
            Billing = billing,
            Cycles = patch.Cycles.Or(billing == BillingFrequency.OneTime ? null : line.Cycles),
            BillingStart = patch.BillingStart.Or(line.BillingStart),
        };
    }

    private static List<DealProduct> Settled(List<DealProduct> lines, DealProductPatch patch, List<FieldError> errors, DateTimeOffset now)
    {
        if (errors.Count > 0) throw Problem.Invalid(errors);

        var method = patch.TaxMethod;
        var settled = method.IsSet
            ? lines.ConvertAll(line => line.TaxMethod == method.Value ? line : line with { TaxMethod = method.Value, UpdatedAt = now })
            : lines;
        RefuseTooLarge(settled);
        return settled;
    }

    /// <summary>Disabled lines too: the sum of every line is shown.</summary>
    private static void RefuseTooLarge(List<DealProduct> lines)
    {
        foreach (var line in lines) RevenueRules.LineSum(line);
        RevenueRules.Of(lines, []);
    }
}
