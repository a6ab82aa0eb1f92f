using Tributary.Core.Catalog;
using Tributary.Core.Contacts;
using Tributary.Core.Kernel;
using Tributary.Server.Hosting;

namespace Tributary.Server.Dialects.Pipedrive.V2;

/// <summary>Organizations as v2 has them; reference §11 and the OpenAPI file.</summary>
internal static class OrganizationRoutes
{
    private static readonly Member<long> Id = Members.Id("id", "The ID of the organization.").InPath();

    private static readonly RecordAsk Ask =
        new("organization", "next_activity_id", "last_activity_id", "open_deals_count", "related_open_deals_count", "closed_deals_count",
            "related_closed_deals_count",
        "email_messages_count", "people_count", "activities_count", "done_activities_count", "undone_activities_count", "files_count",
        "notes_count", "followers_count", "won_deals_count",
        "related_won_deals_count", "lost_deals_count", "related_lost_deals_count", "smart_bcc_email");

    private static readonly RecordList List =
        new("organization", new(("id", "id"), ("update_time", "updated_at"), ("add_time", "added_at")), RecordFilter.Id("owner_id"));

    public static readonly IReadOnlyList<Operation> All =
    [
        new("GET", "/organizations", "getOrganizations", GetAll)
        {
            Tag = "Organizations", Summary = "Get all organizations", Cost = 10, Parameters = [.. List.Parameters, .. Ask.Parameters],
            Answer = OrganizationWire.Page,
        },
        new("GET", "/organizations/{id}", "getOrganization", Get)
        {
            Tag = "Organizations", Summary = "Get details of an organization", Parameters = [Id, .. Ask.Parameters],
            Answer = OrganizationWire.One,
        },
        new("POST", "/organizations", "addOrganization", Create)
        {
            Tag = "Organizations", Summary = "Add a new organization", Cost = 5, Body = OrganizationBody.New, Answer = OrganizationWire.One,
        },
        new("PATCH", "/organizations/{id}", "updateOrganization", Update)
        {
            Tag = "Organizations", Summary = "Update an organization", Cost = 5, Parameters = [Id], Body = OrganizationBody.Changes,
            Answer = OrganizationWire.One,
        },
        new("DELETE", "/organizations/{id}", "deleteOrganization", Delete)
        {
            Tag = "Organizations", Summary = "Delete an organization", Cost = 3, Parameters = [Id], Answer = Envelope.Deleted,
        },
    ];

    private static async Task<Reply> GetAll(Call call)
    {
        call.Caller.MustRead("organizations");
        var read = List.Read(call);
        var asked = await Ask.Read(call);
        var page = await call.Service<OrganizationService>().List(call.Caller, await read(call), call.Ct);
        var counts = await Counts(call, asked, page.Items);
        return Paging.Reply(OrganizationWire.Organization,
            [.. page.Items.Select(one => new OrganizationView(one, asked, counts.GetValueOrDefault(one.Id)))], page.NextCursor);
    }

    private static async Task<Reply> Get(Call call)
    {
        var id = call.Path(Id, "organization");
        var organization = await call.Service<OrganizationService>().Get(call.Caller, id, call.Ct);
        if (organization.IsDeleted) throw Problem.NotFound("organization", id);
        var asked = await Ask.Read(call);
        return Reply.Json(OrganizationWire.One,
            new OrganizationView(organization, asked, (await Counts(call, asked, [organization])).GetValueOrDefault(id)));
    }

    private static async Task<Reply> Create(Call call)
    {
        call.Caller.MustWrite("organizations");
        var catalog = await call.Service<CatalogService>().Current(call.Caller, call.Ct);
        return await Shown(call, await call.Service<OrganizationService>()
            .Create(call.Caller, await call.Read(body => OrganizationBody.Read(body, catalog)), call.Ct));
    }

    private static async Task<Reply> Update(Call call)
    {
        var id = call.Path(Id, "organization");
        call.Caller.MustWrite("organizations");
        var catalog = await call.Service<CatalogService>().Current(call.Caller, call.Ct);
        return await Shown(call, await call.Service<OrganizationService>()
            .Update(call.Caller, id, await call.Read(body => OrganizationBody.Read(body, catalog)), call.Ct));
    }

    private static async Task<Reply> Delete(Call call) =>
        Reply.Json(Envelope.Deleted,
            new Gone((await call.Service<OrganizationService>().Delete(call.Caller, call.Path(Id, "organization"), call.Ct)).Id));

    private static async Task<Reply> Shown(Call call, Organization organization) =>
        Reply.Json(OrganizationWire.One, new OrganizationView(organization, await RecordAsk.All(call, "organization"), null));

    private static async Task<IReadOnlyDictionary<long, ContactCounts>> Counts(Call call, RecordSelection asked,
        IReadOnlyList<Organization> rows) => asked.Extras.Any(PersonWire.IsCounted)
        ? await call.Service<OrganizationService>().Counts(call.Caller, [.. rows.Select(row => row.Id)], call.Ct)
        : new Dictionary<long, ContactCounts>();
}
