using Tributary.Core.Catalog;
using Tributary.Core.Deals;
using Tributary.Core.Kernel;

namespace Tributary.Core.Contacts;

/// <summary>The persons and organizations that some deals name, and the organizations of those persons, by id.</summary>
public sealed record ContactsOfDeals(IReadOnlyDictionary<long, Person> Persons, IReadOnlyDictionary<long, Organization> Organizations);

public sealed partial class ContactService
{
    /// <summary>
    /// Whom deals name, in two statements however many deals there are. Deleted contacts are included, since the deals
    /// still name them; those that the caller does not see are left out.
    /// </summary>
    public async Task<ContactsOfDeals> OfDeals(Caller caller, IReadOnlyCollection<Deal> deals, CancellationToken ct)
    {
        MustReadNames(caller, "persons");
        var personIds = deals.Select(deal => deal.PersonId).OfType<long>().Distinct().ToList();
        var organizationIds = deals.Select(deal => deal.OrgId).OfType<long>();
        await using var tx = await db.Read(caller.Workspace, ct);
        var catalog = await tx.Catalog();

        var persons = personIds.Count == 0 ? [] : (await PersonStore.FindMany(tx, personIds)).Where(person => PersonService.Sees(caller, person, catalog)).ToList();
        var wanted = organizationIds.Concat(persons.Select(person => person.OrgId).OfType<long>()).Distinct().ToList();
        var organizations = wanted.Count == 0 ? [] : (await OrganizationStore.FindMany(tx, wanted)).Where(organization => OrganizationService.Sees(caller, organization, catalog));
        return new(persons.ToDictionary(person => person.Id), organizations.ToDictionary(organization => organization.Id));
    }
}
