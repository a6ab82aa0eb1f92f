using Tributary.Core.Catalog;
using Tributary.Core.Contacts;
using Tributary.Core.Deals;
using Tributary.Core.Kernel;
using Tributary.Core.Lists;
using Tributary.Server.Hosting;

namespace Tributary.Server.Dialects.Switch;

/// <summary>Switch's customers: persons and organizations, told apart by their uid.</summary>
internal static class Customers
{
    /// <summary>Deals whose customer this is: of the person, or of the organization where no person is named.</summary>
    public static async Task<Condition> Condition(Call call, Guid uid)
    {
        var contact = await call.Service<ContactService>().Find(call.Caller, uid, call.Ct);
        if (contact?.Person is { } person) return Core.Lists.Condition.Equal("person_id", person.Id);
        return Core.Lists.Condition.AllOf(Core.Lists.Condition.Equal("org_id", contact?.Organization?.Id ?? 0),
            Core.Lists.Condition.Test("person_id", Operator.IsEmpty));
    }

    /// <summary>
    /// The patch with its customer looked up. A person becomes the deal's person; an organization its organization, and then no person.
    /// </summary>
    public static async Task<DealPatch> Resolve(Call call, SentDeal sent)
    {
        if (!sent.CustomerUid.IsSet) return sent.Patch;
        if (sent.CustomerUid.Value is not { } uid) return sent.Patch with { PersonId = new(true, null), OrgId = new(true, null) };

        var contact = await call.Service<ContactService>().Find(call.Caller, uid, call.Ct);
        if (contact?.Person is { } person) return sent.Patch with { PersonId = person.Id };
        if (contact?.Organization is { } organization) return sent.Patch with { PersonId = new(true, null), OrgId = organization.Id };
        throw Problem.Invalid("customer_id", "customer_id must be a customer of your organization.");
    }

    /// <summary>Deals with their customers, in a fixed number of statements however many deals there are.</summary>
    public static async Task<IReadOnlyList<DealView>> View(Call call, IReadOnlyList<Deal> deals)
    {
        var catalog = await call.Service<CatalogService>().Latest(call.Caller, call.Ct);
        var people = await call.Service<ContactService>().OfDeals(call.Caller, deals, call.Ct);
        return [.. deals.Select(deal => View(deal, catalog, people))];
    }

    private static DealView View(Deal deal, WorkspaceCatalog catalog, ContactsOfDeals found)
    {
        var person = deal.PersonId is { } personId ? found.Persons.GetValueOrDefault(personId) : null;
        var organizationId = person is null ? deal.OrgId : person.OrgId ?? deal.OrgId;
        return new(deal, catalog, person, organizationId is { } id ? found.Organizations.GetValueOrDefault(id) : null);
    }
}
