using Tributary.Core.Activities;
using Tributary.Core.Catalog;
using Tributary.Core.Contacts;
using Tributary.Core.Deals;
using Tributary.Core.Kernel;
using Tributary.Core.Leads;
using Tributary.Core.Products;
using Tributary.Core.Users;
using Tributary.Server.Hosting;

namespace Tributary.Server.Dialects.Pipedrive.V1;

/// <summary>Which records an answer names.</summary>
internal sealed record Names
{
    public IEnumerable<long?> Deals { get; init; } = [];
    public IEnumerable<long?> Persons { get; init; } = [];
    public IEnumerable<long?> Organizations { get; init; } = [];
    public IEnumerable<long?> Leads { get; init; } = [];
    public IEnumerable<long?> Products { get; init; } = [];
    public IEnumerable<long?> Activities { get; init; } = [];
}

/// <summary>
/// The records that an answer names, read a statement or two a kind however many there are. Those that the caller does not see are not
/// there.
/// </summary>
internal sealed class Named
{
    private Named(WorkspaceCatalog catalog) => Catalog = catalog;

    public WorkspaceCatalog Catalog { get; }
    public Dictionary<long, Deal> Deals { get; private init; } = [];
    public Dictionary<long, Person> Persons { get; private init; } = [];
    public Dictionary<long, OrganizationCard> Organizations { get; private init; } = [];
    public Dictionary<long, Lead> Leads { get; private init; } = [];
    public Dictionary<long, Product> Products { get; private init; } = [];
    public Dictionary<long, Activity> Activities { get; private init; } = [];

    public Deal? Deal(long? id) => Deals.GetValueOrDefault(id ?? 0);

    public Person? Person(long? id) => Persons.GetValueOrDefault(id ?? 0);

    public OrganizationCard? Organization(long? id) => Organizations.GetValueOrDefault(id ?? 0);

    public Lead? Lead(long? id) => Leads.GetValueOrDefault(id ?? 0);

    public Product? Product(long? id) => Products.GetValueOrDefault(id ?? 0);

    public Activity? Activity(long? id) => Activities.GetValueOrDefault(id ?? 0);

    public User? User(long? id) => Catalog.User(id);

    /// <summary>The same records, with the fields that someone else sees of them.</summary>
    public Named With(WorkspaceCatalog catalog) =>
        new(catalog)
        {
            Deals = Deals,
            Persons = Persons,
            Organizations = Organizations,
            Leads = Leads,
            Products = Products,
            Activities = Activities
        };

    // Whoever may read a record may read the names that stand in it.
    public static Task<Named> Of(Call call, Names names) =>
        Of(call.Http.RequestServices, call.Caller with { Scopes = ["read"] }, names, call.Ct);

    public static async Task<Named> Of(IServiceProvider services, Caller reader, Names names, CancellationToken ct)
    {
        var (deals, persons) = (Ids(names.Deals), Ids(names.Persons));
        var foundPersons = persons.Count == 0 ? [] : await services.GetRequiredService<PersonService>().FindMany(reader, persons, ct);
        var organizations = Ids(names.Organizations.Concat(foundPersons.Select(person => person.OrgId)));
        var (leads, products, activities) = (Ids(names.Leads), Ids(names.Products), Ids(names.Activities));
        var catalog = await services.GetRequiredService<CatalogService>().Latest(reader, ct);
        return new(catalog)
        {
            Deals = (deals.Count == 0 ? [] : await services.GetRequiredService<DealService>().FindMany(reader, deals, ct))
                .ToDictionary(deal => deal.Id),
            Persons = foundPersons.ToDictionary(person => person.Id),
            Organizations = await Cards(services, reader, organizations, catalog, ct),
            Leads = (leads.Count == 0 ? [] : await services.GetRequiredService<LeadService>().FindMany(reader, leads, ct))
                .ToDictionary(lead => lead.Id),
            Products = (products.Count == 0 ? [] : await services.GetRequiredService<ProductService>().FindMany(reader, products, ct))
                .ToDictionary(product => product.Id),
            Activities = (activities.Count == 0 ? [] : await services.GetRequiredService<ActivityService>()
                .FindMany(reader, activities, ct)).ToDictionary(activity => activity.Id),
        };
    }

    /// <summary>All of them as related objects, with these users.</summary>
    public RelatedObjects Related(params IEnumerable<long?> userIds) => new()
    {
        Users = userIds.Select(User).OfType<User>(),
        Persons = Persons.Values,
        Organizations = Organizations.Values,
        Deals = Deals.Values,
    };

    private static async Task<Dictionary<long, OrganizationCard>> Cards(IServiceProvider services, Caller reader, List<long> ids,
        WorkspaceCatalog catalog, CancellationToken ct)
    {
        if (ids.Count == 0) return [];
        var found = await services.GetRequiredService<OrganizationService>().FindMany(reader, ids, ct);
        var people = await services.GetRequiredService<OrganizationService>().People(reader, ids, ct);
        return found.ToDictionary(organization => organization.Id,
            organization => new OrganizationCard(organization, people.GetValueOrDefault(organization.Id), catalog));
    }

    private static List<long> Ids(IEnumerable<long?> ids) => [.. ids.OfType<long>().Distinct()];
}
