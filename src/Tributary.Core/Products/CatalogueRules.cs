using Tributary.Core.Catalog;
using Tributary.Core.Fields;
using Tributary.Core.Kernel;

namespace Tributary.Core.Products;

/// <summary>Who writes to the catalogue, when, and what the rules must know of the workspace.</summary>
/// <param name="Custom">The custom values after the patch; what was wrong with them is in <paramref name="Checks"/>.</param>
internal sealed record CatalogueContext(WorkspaceCatalog Catalog, Caller Caller, DateTimeOffset Now, CustomValues Custom, Checks Checks);

/// <summary>What products may be (Pipedrive, "Add a product"). Bounds that its pages leave open are ours. Pure.</summary>
internal static class CatalogueRules
{
    public const int MaxName = 255;
    public const int MaxDescription = 65_535;
    public const int MaxPrices = 200;
    public const int MaxVariations = 100;
    public const int MaxLabels = 100;

    /// <summary>A new product, without ids, which storage gives.</summary>
    public static Product Create(ProductPatch patch, CatalogueContext context)
    {
        var added = patch.AddedAt.Or(context.Now);
        var blank = new Product
        {
            Id = 0,
            Uid = default,
            Name = "",
            OwnerId = context.Caller.UserId,
            VisibleTo = 7,
            AddedAt = added,
            AddedBy = context.Caller.UserId,
            UpdatedAt = added,
            Version = 1,
        };
        return Fill(blank, patch with { Name = patch.Name.Or("") }, context);
    }

    /// <summary>The product after the patch; the same instance when nothing changes.</summary>
    public static Product Apply(Product before, ProductPatch patch, CatalogueContext context)
    {
        Problem.MustBeAt(patch.ExpectedVersion, before.Version, "product", before.Id);
        if (before.IsDeleted && patch.Deleted.Or(true))
        {
            throw Problem.Conflict("A deleted product cannot be changed. Restore it first.", "product");
        }
        return Stamped(before, Fill(before, patch, context), context);
    }

    public static Product AddVariation(Product before, VariationPatch patch, long id, Guid uid, CatalogueContext context)
    {
        MustBeLive(before);
        if (before.Variations.Count >= MaxVariations) throw Problem.TooLarge($"A product has at most {MaxVariations} variations.");
        var blank = new ProductVariation { Id = id, Uid = uid, Name = "", AddedAt = context.Now, UpdatedAt = context.Now };
        return Stamped(before,
            before with { Variations = [.. before.Variations, Fill(blank, patch with { Name = patch.Name.Or("") }, context)] }, context);
    }

    public static Product ChangeVariation(Product before, long id, VariationPatch patch, CatalogueContext context)
    {
        MustBeLive(before);
        var old = Variation(before, id);
        var @new = Fill(old, patch, context);
        if (@new == old) return before;
        return Stamped(before,
            before with
            {
                Variations =
                [.. before.Variations.Select(each => each.Id == id ? @new with { UpdatedAt = context.Now } : each)]
            }, context);
    }

    public static Product RemoveVariation(Product before, long id, CatalogueContext context)
    {
        MustBeLive(before);
        var gone = Variation(before, id);
        return Stamped(before, before with { Variations = [.. before.Variations.Where(each => each.Id != gone.Id)] }, context);
    }

    public static ProductVariation Variation(Product product, long id) =>
        product.Variations.FirstOrDefault(variation => variation.Id == id) ?? throw Problem.NotFound("product variation", id);

    /// <summary>What a new line of a deal in this currency takes from the product, and from its variation where that has a price.</summary>
    public static ProductFacts Facts(Product product, string currency, long? variationId)
    {
        var variation = variationId is { } id ? product.Variations.FirstOrDefault(each => each.Id == id) : null;
        var price = (variation?.Prices ?? []).Concat(product.Prices).FirstOrDefault(each => each.Currency == currency)?.Price;
        return new(product.Name, price, product.Tax, product.Billing, product.Cycles, [.. product.Variations.Select(each => each.Id)]);
    }

    private static void MustBeLive(Product product)
    {
        if (product.IsDeleted) throw Problem.Conflict("A deleted product cannot be changed. Restore it first.", "product");
    }

    private static Product Stamped(Product before, Product after, CatalogueContext context) => after == before
        ? before
        : after with { UpdatedAt = context.Now, UpdatedBy = context.Caller.UserId, Version = before.Version + 1 };

    private static Product Fill(Product product, ProductPatch patch, CatalogueContext context)
    {
        var (catalog, checks) = (context.Catalog, context.Checks);
        var billing = patch.Billing.Or(product.Billing);
        var cycles = patch.Cycles.Or(billing == BillingFrequency.OneTime ? null : product.Cycles);
        if (LineChecks.WrongCycles(billing, cycles) is { } wrong) checks.Fail(wrong.Field, wrong.Message);
        if (patch.VisibleTo.IsSet)
        {
            checks.Require(patch.VisibleTo.Value is 1 or 3 or 5 or 7, "visible_to",
                "visible_to is one of 1 (the owner), 3 (the owner's group), 5 (that group and those below), 7 (everyone).");
        }
        if (patch.OwnerId is { IsSet: true, Value: { } owner } && owner != product.OwnerId)
            checks.Require(catalog.User(owner) is { IsActive: true }, "owner_id", $"No active user with id {owner}.");
        checks.Require(patch.LabelIds.Or([]).Count <= MaxLabels, "label_ids", $"A product has at most {MaxLabels} labels.");
        foreach (var id in patch.LabelIds.Or([]).Except(product.LabelIds).Take(MaxLabels))
            checks.Require(catalog.Label(id) is { DeletedAt: null, Subject: "product" }, "label_ids", $"No product label with id {id}.");
        checks.Percentage("tax", patch.Tax.Or(product.Tax));

        var after = product with
        {
            Name = patch.Name.IsSet ? checks.Text("name", patch.Name.Value, MaxName) : product.Name,
            Code = Text(checks, "code", patch.Code, product.Code, MaxName),
            Description = Text(checks, "description", patch.Description, product.Description, MaxDescription),
            Unit = Text(checks, "unit", patch.Unit, product.Unit, MaxName),
            Category = Text(checks, "category", patch.Category, product.Category, MaxName),
            OwnerId = patch.OwnerId.Or(product.OwnerId),
            IsLinkable = patch.IsLinkable.Or(product.IsLinkable),
            VisibleTo = patch.VisibleTo.Or(product.VisibleTo),
            Billing = billing,
            Cycles = cycles,
            LabelIds = patch.LabelIds.IsSet ? [.. patch.LabelIds.Value.Distinct()] : product.LabelIds,
            Prices = patch.Prices.IsSet ? Prices(checks, patch.Prices.Value, catalog) : product.Prices,
            Custom = context.Custom,
            DeletedAt = patch.Deleted.IsSet ? patch.Deleted.Value ? product.DeletedAt ?? context.Now : null : product.DeletedAt,
            DeletedBy = patch.Deleted.IsSet ? patch.Deleted.Value ? product.DeletedBy ?? context.Caller.UserId : null : product.DeletedBy,
        };
        checks.Done();
        return after with { Tax = RevenueRules.Rounded(patch.Tax.Or(product.Tax)) };
    }

    private static ProductVariation Fill(ProductVariation variation, VariationPatch patch, CatalogueContext context)
    {
        var checks = new Checks();
        var after = variation with
        {
            Name = patch.Name.IsSet ? checks.Text("name", patch.Name.Value, MaxName) : variation.Name,
            Prices = patch.Prices.IsSet ? Prices(checks, patch.Prices.Value, context.Catalog) : variation.Prices,
        };
        checks.Done();
        return after;
    }

    private static Seq<ProductPrice> Prices(Checks checks, Seq<ProductPrice> given, WorkspaceCatalog catalog)
    {
        checks.Require(given.Count <= MaxPrices, "prices", $"At most {MaxPrices} prices can be set.");
        var prices = given.Take(MaxPrices).Select((price, index) => Price(checks, $"prices[{index}].", price, catalog)).ToList();
        checks.Require(prices.DistinctBy(price => price.Currency).Count() == prices.Count, "prices", "A currency can have one price.");
        return [.. prices.OrderBy(price => price.Currency, StringComparer.Ordinal)];
    }

    private static ProductPrice Price(Checks checks, string prefix, ProductPrice given, WorkspaceCatalog catalog)
    {
        var currency = checks.Currency(prefix + "currency", given.Currency);
        checks.Require(catalog.Currency(currency) is not null, prefix + "currency", $"This workspace has no currency {currency}.");
        return new()
        {
            Currency = currency,
            Price = Amount(checks, prefix + "price", given.Price) ?? 0,
            Cost = Amount(checks, prefix + "cost", given.Cost),
            DirectCost = Amount(checks, prefix + "direct_cost", given.DirectCost),
            Notes = checks.OptionalText(prefix + "notes", given.Notes, MaxDescription),
        };
    }

    private static decimal? Amount(Checks checks, string field, decimal? amount) =>
        amount is { } given && checks.Amount(field, given, 0) is >= 0 and <= Money.Max ? RevenueRules.Rounded(given) : null;

    private static string? Text(Checks checks, string field, Field<string?> sent, string? current, int max) =>
        sent.IsSet ? checks.OptionalText(field, sent.Value, max) : current;
}
