using Tributary.Core.Contacts;
using Tributary.Core.Deals;
using Tributary.Core.Lists;
using Tributary.Server.Api.Deals;
using Tributary.Server.Hosting;

namespace Tributary.Server.Api.Contacts;

internal static class OrganizationRoutes
{
    private static readonly Listing<View<Organization>> Organizations = new("organization", OrganizationWire.Organization, "-added_at")
    {
        Filters = [RecordFilters.Owner, RecordFilters.Label, RecordFilters.Tag, RecordFilters.Search("name"), .. RecordFilters.Times],
    };

    private static readonly RecordRoutes<Organization, OrganizationPatch, View<Organization>> Life =
        new("Organization", "Organizations", "/organizations", "an organization")
        {
            Tag = "Organizations",
            Wire = OrganizationWire.Organization,
            Listing = Organizations,
            New = OrganizationBody.New,
            Patch = OrganizationBody.Patch,
            Read = OrganizationBody.Read,
            Identity = organization => (organization.Id, organization.Version),
            Show = View<Organization>.Of,
            List = (call, query) => call.Service<OrganizationService>().List(call.Caller, query, call.Ct),
            Get = (call, id) => call.Service<OrganizationService>().Get(call.Caller, id, call.Ct),
            Create = (call, patch) => call.Service<OrganizationService>().Create(call.Caller, patch, call.Ct),
            Update = (call, id, patch) => call.Service<OrganizationService>().Update(call.Caller, id, patch, call.Ct),
            Deletion = (deleted, version) => new() { Deleted = deleted, ExpectedVersion = version },
            Exported = _ => ["name", "industry", "website", "email", "phone", "employee_count", "owner.name", "labels", "added_at"],
        };

    public static readonly IReadOnlyList<Operation> All =
    [
        .. Life.All(),
        new("POST", "/organizations/{id}/merge", "mergeOrganization", Merge)
        {
            Tag = "Organizations", Summary = "Merge an organization into another, which stays and is answered",
            Parameters = [RecordMembers.PathId], Body = ContactWire.Merge, Answer = OrganizationWire.Organization,
        },
        ContactRoutes.Duplicates("/organizations", "Organization", ContactKind.Organization),
        ContactRoutes.Counts("/organizations", "Organization",
            (call, id) => call.Service<OrganizationService>().Counts(call.Caller, [id], call.Ct)),
        new("GET", "/organizations/{id}/deals", "listDealsOfOrganization", Deals)
        {
            Tag = "Organizations", Summary = "List an organization's deals",
            Parameters = [RecordMembers.PathId, .. DealLists.Deals.Parameters], Answer = DealLists.Deals,
        },
    ];

    private static async Task<Reply> Merge(Call call)
    {
        var id = call.Path(RecordMembers.PathId, "organization");
        return await Life.Shown(call, await call.Service<OrganizationService>()
            .Merge(call.Caller, id, await ContactWire.ReadSurvivor(call), call.Ct));
    }

    private static async Task<Reply> Deals(Call call)
    {
        var id = call.Path(RecordMembers.PathId, "organization");
        await call.Service<OrganizationService>().Get(call.Caller, id, call.Ct);
        return await DealLists.Answer(call, query => call.Service<DealService>()
            .List(call.Caller, query.And(Condition.Equal("org_id", id)), call.Ct));
    }
}
