using Tributary.Core.Catalog;
using Tributary.Core.Contacts;
using Tributary.Core.Kernel;
using Tributary.Core.Lists;
using Tributary.Server.Hosting;
using static Tributary.Server.Dialects.CPod.Filter;

namespace Tributary.Server.Dialects.CPod;

/// <summary>Accounts are the engine's organizations. Their page is not public; the members are ours, in the schema's manner.</summary>
internal static class AccountRoutes
{
    private static readonly Member<Guid> Id = Ids.InPath("acc");
    private static readonly Member<string> Search = Members.Text("search", "Occurs in the name.", 200);
    private static readonly Filter[] Filters =
        [.. Texts("name", "name"), User("owner_id"), Text("industry"), Text("email"), .. Moments("created_at", "added_at"),
            .. Moments("updated_at")];
    private static readonly Member<Seq<SortKey>> Sort =
        Sorting("-created_at", ("created_at", "added_at"), ("updated_at", "updated_at"), ("name", "name"));
    private static readonly Listing Listed = new(Filters, Sort) { Search = (Search, ["name"]), HasBin = true };

    private static readonly Member<string> Name = Members.Text("name", "", 255);
    private static readonly Member<string> Industry = Members.Text("industry", "", 255).Nullable();
    private static readonly Member<string> Website = Members.Text("website", "", 255).Nullable();
    private static readonly Member<string> Email = Members.Email("email", "").Nullable();
    private static readonly Member<string> Phone = Members.Text("phone", "", 255).Nullable();
    private static readonly Member<decimal> AnnualRevenue = Members.Number("annual_revenue", "In the tenant's own currency.").Nullable();
    private static readonly Member<long> EmployeeCount = Members.Whole("employee_count", "", 0).Nullable();
    private static readonly Member<Guid> OwnerId = Ids.Member("owner_id", "usr", "A user of the tenant.").Nullable();
    private static readonly Member<Seq<string>> Tags = Members.List("tags", "", Members.Text("", "", 100)).Nullable();
    private static readonly Member<long> Version =
        Members.Whole("version", "When sent with a change, it is refused unless the account has this version.", 0).Nullable();
    private static readonly Member[] Business = [
        Industry, Website, Email, Phone, AnnualRevenue, EmployeeCount, OwnerId, Tags, CustomJson.Member, .. Entities.Managed];
    private static readonly Shape New = new("NewAccount", [Name.Required(), .. Business, Entities.IgnoredVersion]);
    private static readonly Shape Patch = new("AccountPatch", [Name, .. Business, Version]);

    private static readonly Wire<AccountView> One = Entities.Wire<AccountView>("Account", a => a.Entity)
        .Text("name", a => a.Row.Name, nullable: false)
        .Text("industry", a => a.Row.Industry)
        .Text("website", a => a.Row.Website)
        .Text("email", a => a.Row.Email)
        .Text("phone", a => a.Row.Phone)
        .Number("annual_revenue", a => a.Row.AnnualRevenue)
        .Whole("employee_count", a => a.Row.EmployeeCount)
        .Id("owner_id", a => a.Entity.User(a.Row.OwnerId), Ids.User)
        .Custom("organization", a => a.Entity.Catalog, a => a.Row.Custom)
        .Texts("tags", a => a.Entity.Catalog.TagNames(a.Row.TagIds))
        .Whole("version", a => a.Row.Version);

    private static readonly Wire<Page<AccountView>> Page = Paging.Of(One);

    public static readonly IReadOnlyList<Operation> All =
    [
        new("GET", "/api/v1/crm/accounts", "listAccounts", List)
        {
            Tag = "Accounts", Summary = "List accounts", Parameters = Listed.Parameters, Answer = Page,
        },
        new("GET", "/api/v1/crm/accounts/{id}", "getAccount", Get)
        {
            Tag = "Accounts", Summary = "Get an account", Parameters = [Id, Listing.IncludeDeleted], Answer = One,
        },
        new("POST", "/api/v1/crm/accounts", "createAccount", Create)
        {
            Tag = "Accounts", Summary = "Create an account", Body = New, Status = 201, Answer = One,
        },
        new("PATCH", "/api/v1/crm/accounts/{id}", "updateAccount", Update)
        {
            Tag = "Accounts", Summary = "Update an account", Parameters = [Id], Body = Patch, Answer = One,
        },
        new("DELETE", "/api/v1/crm/accounts/{id}", "deleteAccount", Delete)
        {
            Tag = "Accounts", Summary = "Delete an account (soft)", Parameters = [Id], Status = 204,
        },
    ];

    private static async Task<Reply> List(Call call)
    {
        call.Caller.MustRead("organizations");
        var catalog = await call.Service<CatalogService>().Latest(call.Caller, call.Ct);
        var query = Listed.Read(call, catalog);
        call.Checked();
        var page = await call.Service<OrganizationService>().List(call.Caller, query, call.Ct);
        return Reply.Json(Page, page.Select(row => View(row, catalog)));
    }

    private static async Task<Reply> Get(Call call)
    {
        var includeDeleted = call.Query(Listing.IncludeDeleted, false);
        call.Checked();
        return await Shown(call, await Find(call, includeDeleted));
    }

    private static async Task<Reply> Create(Call call)
    {
        call.Caller.MustWrite("organizations");
        call.Checked();
        var catalog = await call.Service<CatalogService>().Latest(call.Caller, call.Ct);
        var patch = await call.Read(body => Read(body, catalog));
        return await Shown(call, await call.Service<OrganizationService>()
            .Create(call.Caller, patch with { OwnerId = patch.OwnerId.Or(null) }, call.Ct), 201);
    }

    private static async Task<Reply> Update(Call call)
    {
        call.Caller.MustWrite("organizations");
        call.Checked();
        var catalog = await call.Service<CatalogService>().Latest(call.Caller, call.Ct);
        var patch = await call.Read(body => Read(body, catalog) with { ExpectedVersion = body.Clearable(Version).Or(null) });
        var row = await Find(call);
        return await Shown(call, await call.Service<OrganizationService>()
            .Update(call.Caller, row.Id, patch with { ExpectedVersion = call.ExpectedVersion() ?? patch.ExpectedVersion }, call.Ct));
    }

    private static async Task<Reply> Delete(Call call)
    {
        call.Caller.MustWrite("organizations");
        call.Checked();
        await call.Service<OrganizationService>().Delete(call.Caller, (await Find(call)).Id, call.Ct);
        return Reply.Empty();
    }

    private static OrganizationPatch Read(Body body, WorkspaceCatalog catalog) => new()
    {
        Name = body.Get(Name),
        Industry = body.ClearableText(Industry),
        Website = body.ClearableText(Website),
        Email = body.ClearableText(Email),
        Phone = body.ClearableText(Phone),
        AnnualRevenue = body.Clearable(AnnualRevenue),
        EmployeeCount = body.Clearable(EmployeeCount),
        OwnerId = Owners.Read(body, OwnerId, catalog),
        Tags = body.ClearableList(Tags),
        Custom = CustomJson.Read(body),
    };

    private static async Task<Organization> Find(Call call, bool includeDeleted = false)
    {
        var row = await call.Service<OrganizationService>().Get(call.Caller, call.Path(Id, "organization"), call.Ct);
        return row.IsDeleted && !includeDeleted ? throw Problem.NotFound("organization", row.Uid) : row;
    }

    private static async Task<Reply> Shown(Call call, Organization row, int status = 200) =>
        Reply.Json(One, View(row, await call.Service<CatalogService>().Latest(call.Caller, call.Ct)), row.Version, status);

    private static AccountView View(Organization row, WorkspaceCatalog catalog) => new(row, new()
    {
        Catalog = catalog,
        Id = Ids.Reference("acc", row.Uid),
        AddedAt = row.AddedAt,
        UpdatedAt = row.UpdatedAt,
        AddedBy = row.AddedBy,
        UpdatedBy = row.UpdatedBy,
        DeletedAt = row.DeletedAt,
        DeletedBy = row.DeletedBy,
    });

    private sealed record AccountView(Organization Row, Entity Entity);
}
