using Tributary.Core.Catalog;
using Tributary.Core.Deals;
using Tributary.Core.Kernel;
using Tributary.Core.Storage;

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
        await using var tx = await db.Read(caller.Workspace, ct);
        return await OfDeals(tx, caller, deals, []);
    }

    /// <param name="others">Persons beside those of the deals.</param>
    internal static async Task<ContactsOfDeals> OfDeals(Tx tx, Caller caller, IReadOnlyCollection<Deal> deals, IEnumerable<long> others)
    {
        var personIds = deals.Select(deal => deal.PersonId).OfType<long>().Concat(others).Distinct().ToList();
        var organizationIds = deals.Select(deal => deal.OrgId).OfType<long>();

        var persons = personIds.Count == 0 ? [] : await PersonService.Visible(tx, caller, await PersonStore.FindMany(tx, personIds));
        var wanted = organizationIds.Concat(persons.Select(person => person.OrgId).OfType<long>()).Distinct().ToList();
        var organizations = wanted.Count == 0 ? [] : await OrganizationService.Visible(tx, caller, await OrganizationStore.FindMany(tx, wanted));
        return new(persons.ToDictionary(person => person.Id), organizations.ToDictionary(organization => organization.Id));
    }
}
