using Tributary.Core.Catalog;
using Tributary.Core.Deals;
using Tributary.Core.Fields;
using Tributary.Core.Kernel;
using Tributary.Core.Totals;
using Tributary.Server.Hosting;

namespace Tributary.Server.Dialects.Pipedrive.V1;

/// <summary>A deal with the records that v1 shows inside it.</summary>
internal sealed record DealView(Deal Deal, Named Names, DateTimeOffset Now)
{
    public WorkspaceCatalog Catalog => Names.Catalog;

    /// <summary>Only where one deal is shown alone.</summary>
    public IReadOnlyList<StageStay> Stays { get; init; } = [];

    /// <summary>How the deals of its pipeline are won; only where one deal is shown alone.</summary>
    public WinningPace Pace { get; init; } = new(TimeSpan.Zero, 0);

    /// <summary>Just made by duplicating: no update_time yet (recorded from the live API).</summary>
    public bool IsNew { get; init; }

    /// <summary>The deal that was merged into this one, in the answer to that merge.</summary>
    public long? MergedId { get; init; }

    public decimal Value => Deal.Value ?? 0;

    /// <summary>Value × probability: the deal's own, else its stage's, else 100 (reference §6.2).</summary>
    public decimal Weighted =>
        decimal.Round(Value * Catalog.ProbabilityOf(Deal.Probability, Deal.StageId) / 100, 4, MidpointRounding.ToEven);

    public static async Task<IReadOnlyList<DealView>> Of(Call call, IReadOnlyList<Deal> deals)
    {
        var catalog = await call.Service<CatalogService>().Latest(call.Caller, call.Ct);
        var (references, own) = (References(deals, catalog).ToList(), NamesOf(deals));
        var names = await Named.Of(call, own with
        {
            Persons = own.Persons.Concat(references.Where(one => one.Type is FieldType.People).Select(one => (long?)one.Id)),
            Organizations = own.Organizations.Concat(references.Where(one => one.Type is FieldType.Org).Select(one => (long?)one.Id)),
        });
        var now = call.Service<TimeProvider>().GetUtcNow();
        return [.. deals.Select(deal => new DealView(deal, names, now))];
    }

    /// <summary>What deals name beside their custom values.</summary>
    public static Names NamesOf(IReadOnlyList<Deal> deals) => new()
    {
        Persons = deals.Select(deal => deal.PersonId),
        Organizations = deals.Select(deal => deal.OrgId),
        Activities = deals.SelectMany(deal => new[] { deal.Facts.NextActivityId, deal.Facts.LastActivityId }),
    };

    public static async Task<DealView> Of(Call call, Deal deal) => (await Of(call, [deal]))[0];

    /// <summary>The records that deals name, as related objects.</summary>
    public static RelatedObjects Related(IReadOnlyList<DealView> deals) =>
        deals.Count == 0 ? new() : deals[0].Names.Related(deals.SelectMany(view => new[] { view.Deal.OwnerId, view.Deal.CreatorId }));

    private static IEnumerable<(FieldType Type, long Id)> References(IReadOnlyList<Deal> deals, WorkspaceCatalog catalog)
    {
        var fields = catalog.FieldsOf("deal").Where(field => field is { DeletedAt: null, Type: FieldType.Org or FieldType.People })
            .ToList();
        foreach (var deal in fields.Count == 0 ? [] : deals)
        {
            foreach (var field in fields)
            {
                if (deal.Custom[field] is { } value) yield return (field.Type, value.GetInt64());
            }
        }
    }
}
