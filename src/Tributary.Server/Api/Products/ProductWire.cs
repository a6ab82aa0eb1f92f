using Tributary.Core.Products;
using Tributary.Server.Hosting;

namespace Tributary.Server.Api.Products;

/// <summary>How our own API spells a product of the catalogue.</summary>
internal static class ProductWire
{
    private static readonly Wire<ProductPrice> Price =
        new Wire<ProductPrice>("ProductPrice", "What it costs in one currency: to the buyer, and to the seller.")
        .Text("currency", p => p.Currency, "ISO 4217.", nullable: false)
        .Number("price", p => p.Price)
        .Number("cost", p => p.Cost)
        .Number("direct_cost", p => p.DirectCost)
        .Text("notes", p => p.Notes);

    public static readonly Wire<ProductVariation> Variation =
        new Wire<ProductVariation>("ProductVariation", "A form in which a product is sold, such as a size, with prices of its own.")
        .Whole("id", v => v.Id)
        .Uid("uid", v => v.Uid)
        .Text("name", v => v.Name, nullable: false)
        .Objects("prices", v => v.Prices, Price)
        .Instant("added_at", v => v.AddedAt, TimeStyle.IsoMilliseconds)
        .Instant("updated_at", v => v.UpdatedAt, TimeStyle.IsoMilliseconds);

    public static readonly Wire<View<Product>> Product =
        new Wire<View<Product>>("Product", "What can be sold; the lines of deals take their defaults from it.")
        .Whole("id", p => p.Record.Id)
        .Uid("uid", p => p.Record.Uid)
        .Text("name", p => p.Record.Name, nullable: false)
        .Text("code", p => p.Record.Code)
        .Text("description", p => p.Record.Description)
        .Text("unit", p => p.Record.Unit, "What one of it is called: piece, hour, m².")
        .Number("tax", p => p.Record.Tax, "Percent.")
        .Text("category", p => p.Record.Category)
        .Whole("owner_id", p => p.Record.OwnerId)
        .Flag("is_linkable", p => p.Record.IsLinkable, "Whether it can be added to deals.")
        .Whole("visible_to", p => p.Record.VisibleTo, "1 the owner, 3 the owner's group, 5 that group and those below it, 7 everyone.")
        .Word("billing_frequency", p => Words.Spell(Words.Billings, p.Record.Billing), Words.Spellings(Words.Billings))
        .Whole("billing_cycles", p => p.Record.Cycles)
        .Wholes("label_ids", p => p.Record.LabelIds)
        .Objects("prices", p => p.Record.Prices, Price, "At most one per currency.")
        .Objects("variations", p => p.Record.Variations, Variation)
        .Custom("product", p => p.Catalog, p => p.Record.Custom)
        .Instant("added_at", p => p.Record.AddedAt, TimeStyle.IsoMilliseconds)
        .Whole("added_by", p => p.Record.AddedBy)
        .Instant("updated_at", p => p.Record.UpdatedAt, TimeStyle.IsoMilliseconds)
        .Whole("updated_by", p => p.Record.UpdatedBy)
        .Instant("deleted_at", p => p.Record.DeletedAt, TimeStyle.IsoMilliseconds)
        .Whole("deleted_by", p => p.Record.DeletedBy)
        .Whole("version", p => p.Record.Version, "Also the ETag; prices and variations raise it too.");
}
