using Tributary.Core.Catalog;
using Tributary.Core.Contacts;
using Tributary.Core.Kernel;
using Tributary.Core.Lists;
using Tributary.Server.Hosting;
using static Tributary.Server.Dialects.CPod.Filter;

namespace Tributary.Server.Dialects.CPod;

/// <summary>Contacts are the engine's persons. Their page is not public; the members are ours, in the schema's manner.</summary>
internal static class ContactRoutes
{
    private static readonly Member<Guid> Id = Ids.InPath("con");
    private static readonly Member<string> Search = Members.Text("search", "Occurs in the name or the e-mail address.", 200);

    private static readonly Filter[] Filters =
    [
        .. Texts("name", "name"), Text("first_name"), Text("last_name"), Text("email"), Text("decision_role"), User("owner_id"),
        Reference("account_id", "acc", "organization.uid", "org_id"),
        .. Moments("created_at", "added_at"), .. Moments("updated_at"),
    ];

    private static readonly Member<Seq<SortKey>> Sort =
        Sorting("-created_at", ("created_at", "added_at"), ("updated_at", "updated_at"), ("name", "name"));
    private static readonly Listing Listed = new(Filters, Sort) { Search = (Search, ["name", "email"]), HasBin = true };

    private static readonly Member<string> Name = Members.Text("name", "First and last name make it when it is left out.", 255);
    private static readonly Member<string> FirstName = Members.Text("first_name", "", 255).Nullable();
    private static readonly Member<string> LastName = Members.Text("last_name", "", 255).Nullable();
    private static readonly Member<Guid> AccountId = Ids.Member("account_id", "acc", "The account.").Nullable();
    private static readonly Member<string> Email = Members.Email("email", "").Nullable();
    private static readonly Member<string> Phone = Members.Text("phone", "", 255).Nullable();
    private static readonly Member<string> JobTitle = Members.Text("job_title", "", 255).Nullable();
    private static readonly Member<string> DecisionRole = Members.Text("decision_role", "", 255).Nullable();
    private static readonly Member<Guid> OwnerId = Ids.Member("owner_id", "usr", "A user of the tenant.").Nullable();
    private static readonly Member<Seq<string>> Tags = Members.List("tags", "", Members.Text("", "", 100)).Nullable();
    private static readonly Member<long> Version =
        Members.Whole("version", "When sent with a change, it is refused unless the contact has this version.", 0).Nullable();
    private static readonly Member[] Business = [
        Name, FirstName, LastName, AccountId, Email, Phone, JobTitle, DecisionRole, OwnerId, Tags, CustomJson.Member, .. Entities.Managed];
    private static readonly Shape New = new("NewContact", [.. Business, Entities.IgnoredVersion]);
    private static readonly Shape Patch = new("ContactPatch", [.. Business, Version]);

    private static readonly Wire<ContactView> One = Entities.Wire<ContactView>("Contact", c => c.Entity)
        .Id("account_id", c => c.Account, Ids.Account)
        .Text("name", c => c.Row.Name, nullable: false)
        .Text("first_name", c => c.Row.FirstName)
        .Text("last_name", c => c.Row.LastName)
        .Text("email", c => c.Row.Email)
        .Text("phone", c => c.Row.Phone)
        .Text("job_title", c => c.Row.JobTitle)
        .Text("decision_role", c => c.Row.DecisionRole)
        .Id("owner_id", c => c.Entity.User(c.Row.OwnerId), Ids.User)
        .Custom("person", c => c.Entity.Catalog, c => c.Row.Custom)
        .Texts("tags", c => c.Entity.Catalog.TagNames(c.Row.TagIds))
        .Whole("version", c => c.Row.Version);

    private static readonly Wire<Page<ContactView>> Page = Paging.Of(One);

    public static readonly IReadOnlyList<Operation> All =
    [
        new("GET", "/api/v1/crm/contacts", "listContacts", List)
        {
            Tag = "Contacts", Summary = "List contacts", Parameters = Listed.Parameters, Answer = Page,
        },
        new("GET", "/api/v1/crm/contacts/{id}", "getContact", Get)
        {
            Tag = "Contacts", Summary = "Get a contact", Parameters = [Id, Listing.IncludeDeleted], Answer = One,
        },
        new("POST", "/api/v1/crm/contacts", "createContact", Create)
        {
            Tag = "Contacts", Summary = "Create a contact", Body = New, Status = 201, Answer = One,
        },
        new("PATCH", "/api/v1/crm/contacts/{id}", "updateContact", Update)
        {
            Tag = "Contacts", Summary = "Update a contact", Parameters = [Id], Body = Patch, Answer = One,
        },
        new("DELETE", "/api/v1/crm/contacts/{id}", "deleteContact", Delete)
        {
            Tag = "Contacts", Summary = "Delete a contact (soft)", Parameters = [Id], Status = 204,
        },
    ];

    private static async Task<Reply> List(Call call)
    {
        call.Caller.MustRead("persons");
        var catalog = await call.Service<CatalogService>().Latest(call.Caller, call.Ct);
        var query = Listed.Read(call, catalog);
        call.Checked();
        var page = await call.Service<PersonService>().List(call.Caller, query, call.Ct);
        return Reply.Json(Page, new Page<ContactView>(await View(call, page.Items), page.NextCursor, page.HasMore, page.Total));
    }

    private static async Task<Reply> Get(Call call)
    {
        var includeDeleted = call.Query(Listing.IncludeDeleted, false);
        call.Checked();
        return await Shown(call, await Find(call, includeDeleted));
    }

    private static async Task<Reply> Create(Call call)
    {
        call.Caller.MustWrite("persons");
        call.Checked();
        var catalog = await call.Service<CatalogService>().Latest(call.Caller, call.Ct);
        var patch = await Resolve(call, await call.Read(body => Read(body, catalog)));
        return await Shown(call, await call.Service<PersonService>()
            .Create(call.Caller, patch with { OwnerId = patch.OwnerId.Or(null) }, call.Ct), 201);
    }

    private static async Task<Reply> Update(Call call)
    {
        call.Caller.MustWrite("persons");
        call.Checked();
        var catalog = await call.Service<CatalogService>().Latest(call.Caller, call.Ct);
        var sent = await call.Read(body => Read(body, catalog) with { Version = body.Clearable(Version).Or(null) });
        var row = await Find(call);
        var patch = await Resolve(call, sent) with { ExpectedVersion = call.ExpectedVersion() ?? sent.Version };
        return await Shown(call, await call.Service<PersonService>().Update(call.Caller, row.Id, patch, call.Ct));
    }

    private static async Task<Reply> Delete(Call call)
    {
        call.Caller.MustWrite("persons");
        call.Checked();
        await call.Service<PersonService>().Delete(call.Caller, (await Find(call)).Id, call.Ct);
        return Reply.Empty();
    }

    private static SentContact Read(Body body, WorkspaceCatalog catalog) => new(new()
    {
        Name = body.Get(Name),
        FirstName = body.ClearableText(FirstName),
        LastName = body.ClearableText(LastName),
        Emails = body.ClearableText(Email).As(Points),
        Phones = body.ClearableText(Phone).As(Points),
        JobTitle = body.ClearableText(JobTitle),
        DecisionRole = body.ClearableText(DecisionRole),
        OwnerId = Owners.Read(body, OwnerId, catalog),
        Tags = body.ClearableList(Tags),
        Custom = CustomJson.Read(body),
    }, body.Clearable(AccountId));

    private static async Task<PersonPatch> Resolve(Call call, SentContact sent)
    {
        var refs = await References.Of(call, sent.Account.Or(null));
        var account = refs.Account("account_id", sent.Account);
        refs.Checked();
        return sent.Patch with { OrgId = account };
    }

    private static async Task<Person> Find(Call call, bool includeDeleted = false)
    {
        var row = await call.Service<PersonService>().Get(call.Caller, call.Path(Id, "person"), call.Ct);
        return row.IsDeleted && !includeDeleted ? throw Problem.NotFound("person", row.Uid) : row;
    }

    private static async Task<Reply> Shown(Call call, Person row, int status = 200) =>
        Reply.Json(One, (await View(call, [row]))[0], row.Version, status);

    private static async Task<IReadOnlyList<ContactView>> View(Call call, IReadOnlyList<Person> rows)
    {
        var catalog = await call.Service<CatalogService>().Latest(call.Caller, call.Ct);
        var accounts = await call.Service<ContactService>()
            .FindMany(call.Caller, [.. rows.Select(row => row.OrgId).OfType<long>().Distinct()], call.Ct);
        return [.. rows.Select(row => new ContactView(row, Of(row, catalog),
            row.OrgId is { } id ? accounts.GetValueOrDefault(id)?.Uid : null))];
    }

    private static Entity Of(Person row, WorkspaceCatalog catalog) => new()
    {
        Catalog = catalog,
        Id = Ids.Reference("con", row.Uid),
        AddedAt = row.AddedAt,
        UpdatedAt = row.UpdatedAt,
        AddedBy = row.AddedBy,
        UpdatedBy = row.UpdatedBy,
        DeletedAt = row.DeletedAt,
        DeletedBy = row.DeletedBy,
    };

    private static Seq<ContactPoint> Points(string? value) => string.IsNullOrWhiteSpace(value) ? [] : [new(value, "work", true)];

    private sealed record ContactView(Person Row, Entity Entity, Guid? Account);

    private sealed record SentContact(PersonPatch Patch, Field<Guid?> Account)
    {
        public long? Version { get; init; }
    }
}
