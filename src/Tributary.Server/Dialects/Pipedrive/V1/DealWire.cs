using Tributary.Core.Catalog;
using Tributary.Core.Deals;
using Tributary.Server.Hosting;

namespace Tributary.Server.Dialects.Pipedrive.V1;

internal sealed record DealView(Deal Deal, WorkspaceCatalog Catalog);

/// <summary>The deal of v1, reference §6.2.</summary>
internal static class DealWire
{
    public static readonly Wire<DealView> Deal = new Wire<DealView>("DealV1")
        .Whole("id", d => d.Deal.Id)
        .Text("title", d => d.Deal.Title, nullable: false)
        .Number("value", d => d.Deal.Value ?? 0)
        .Text("currency", d => d.Deal.Currency, nullable: false)
        .Instant("add_time", d => d.Deal.AddedAt, Spell.V1Time)
        .Text("status", d => Spell.Status(d.Deal), nullable: false)
        .Text("label", d => Spell.Ids(d.Deal.LabelIds))
        .Open((json, d) => CustomFields.Write(json, d.Catalog, "deal", d.Deal.Custom));

    public static readonly Wire<DealView> One = Envelope.One(Deal);
}
