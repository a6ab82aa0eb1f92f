namespace Tributary.Core.Visibility;

/// <summary>
/// What an activity, note, file or message hangs on. The first of deal, lead, person, organization and product decides who
/// sees it: somebody who sees a deal sees all that happened around it. What hangs on nothing is seen by everyone.
/// </summary>
internal readonly record struct Anchors(long? DealId, long? LeadId, long? PersonId = null, long? OrgId = null, long? ProductId = null)
{
    public (Anchor Kind, long Id)? Deciding =>
        DealId is { } deal ? (Anchor.Deal, deal) :
        LeadId is { } lead ? (Anchor.Lead, lead) :
        PersonId is { } person ? (Anchor.Person, person) :
        OrgId is { } org ? (Anchor.Organization, org) :
        ProductId is { } product ? (Anchor.Product, product) :
        null;
}

/// <summary>A kind of record that others hang on: its noun, its table, and the column that points to it.</summary>
internal sealed record Anchor(string Noun, string Table, string Column)
{
    public static readonly Anchor Deal = new("deal", "deals", "deal_id");
    public static readonly Anchor Lead = new("lead", "leads", "lead_id");
    public static readonly Anchor Person = new("person", "persons", "person_id");
    public static readonly Anchor Organization = new("organization", "organizations", "org_id");
    public static readonly Anchor Product = new("product", "products", "product_id");
}
