using Tributary.Core.Catalog;
using Tributary.Core.Deals;
using Tributary.Core.Kernel;
using Tributary.Core.Lists;
using Tributary.Server.Hosting;

namespace Tributary.Server.Api.Deals;

/// <summary>Lists of deals: all of them, those of a person, those of an organization, all with the same parameters.</summary>
internal static class DealLists
{
    private static readonly ListFilter[] Own =
    [
        RecordFilters.By("assignee_id", "Deals assigned to this user."), RecordFilters.Person, RecordFilters.Org, RecordFilters.Label,
        RecordFilters.Tag,
        .. RecordFilters.Times, .. RecordFilters.Days("expected_close"), RecordFilters.Search("title"),
    ];

    public static readonly Listing<DealView> Deals = new("deal", DealWire.Deal, "-added_at")
    {
        HasArchive = true,
        Filters =
        [
            RecordFilters.By("pipeline_id", "Deals of this pipeline."), RecordFilters.By("stage_id", "Deals in this stage."),
            ListFilter.Of(Members.Word("status", "Deals of this status.", Words.Statuses),
                status => Condition.Equal("status", Words.Status(status))), RecordFilters.Owner, .. Own,
        ],
        Includes = ["person", "organization", "contacts", "followers", "products", "activities", "notes", "stage", "pipeline", "owner"],
    };

    /// <summary>For boards and insights, which say pipeline, stage, status and owner themselves.</summary>
    public static readonly Listing<DealView> Narrowed = new("deal", DealWire.Deal, "-added_at") { Filters = Own };

    public static Task<Reply> Answer(Call call, Func<ListQuery, Task<Page<Deal>>> list) =>
        Deals.Answer(call, list, (deals, include) => Views(call, deals, include));

    /// <summary>The deals with the catalog and what "include" names, in a fixed number of statements.</summary>
    public static async Task<IReadOnlyList<DealView>> Views(Call call, IReadOnlyList<Deal> deals, IReadOnlySet<string> include)
    {
        var related = await call.Service<DealService>().Related(call.Caller, [.. deals.Select(deal => deal.Id)], Parts(include), call.Ct);
        var catalog = await call.Service<CatalogService>().Latest(call.Caller, call.Ct);
        return [.. deals.Select(deal => new DealView(deal, catalog) { Include = include, Related = related })];
    }

    private static DealParts Parts(IReadOnlySet<string> include) => include.Aggregate(DealParts.None, (parts, name) => parts | name switch
    {
        "person" or "organization" => DealParts.Names,
        "contacts" => DealParts.Contacts,
        "followers" => DealParts.Followers,
        "products" => DealParts.Products,
        "activities" => DealParts.Activities,
        "notes" => DealParts.Notes,
        _ => DealParts.None, // stage, pipeline and owner are in the catalog
    });
}
