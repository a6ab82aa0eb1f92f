namespace Tributary.Core.Lists;

/// <summary>
/// What an activity, note, file or message hangs on. The first of deal, lead, person, organization and product decides who
/// sees it: somebody who sees a deal sees all that happened around it. What hangs on nothing is seen by everyone.
/// </summary>
internal readonly record struct Anchors(long? DealId, long? LeadId, long? PersonId = null, long? OrgId = null, long? ProductId = null)
{
    public (ListSource Source, long Id)? Deciding =>
        DealId is { } deal ? (ListSources.Deals, deal) :
        LeadId is { } lead ? (ListSources.Leads, lead) :
        PersonId is { } person ? (ListSources.Persons, person) :
        OrgId is { } org ? (ListSources.Organizations, org) :
        ProductId is { } product ? (ListSources.Products, product) :
        null;
}
