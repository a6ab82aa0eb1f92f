using Tributary.Core.Activities;
using Tributary.Core.Catalog;
using Tributary.Core.Contacts;
using Tributary.Core.Deals;
using Tributary.Core.Kernel;
using Tributary.Core.Lists;
using Tributary.Server.Hosting;
using static Tributary.Server.Dialects.CPod.Filter;

namespace Tributary.Server.Dialects.CPod;

/// <summary>
/// Activities: list, get and create only, with at least one of account, deal and contact (reference §4.6). The other members are ours.
/// </summary>
internal static class ActivityRoutes
{
    private static readonly (string, ActivityStatus)[] Statuses =
        [("open", ActivityStatus.Open), ("in_progress", ActivityStatus.InProgress), ("completed", ActivityStatus.Completed),
            ("cancelled", ActivityStatus.Cancelled), ("no_show", ActivityStatus.NoShow)];

    private static readonly Member<Guid> Id = Ids.InPath("act");

    private static readonly Filter[] Filters =
    [
        Text("type"), Text("status"), User("owner_id"), Reference("account_id", "acc", "organization.uid", "org_id"),
        Reference("contact_id", "con", "person.uid", "person_id"),
        Reference("deal_id", "deal", "deal.uid", "deal_id"), .. Days("due_date", "due_on"), .. Moments("created_at", "added_at"),
    ];

    private static readonly Member<Seq<SortKey>> Sort =
        Sorting("-created_at", ("created_at", "added_at"), ("updated_at", "updated_at"), ("due_date", "due_on"), ("subject", "subject"));
    private static readonly Listing Listed = new(Filters, Sort);

    private static readonly Member<string> Type =
        Members.Text("type", "One of the tenant's types of activities, such as call, meeting or task; call when left out.", 255);
    private static readonly Member<string> Subject = Members.Text("subject", "The name of the type when left out.", 255);
    private static readonly Member<string> Description = Members.Text("description", "", 65_535).Nullable();
    private static readonly Member<DateTimeOffset> DueDate = Dates.Member("due_date", "The day is kept.").Nullable();
    private static readonly Member<ActivityStatus> Status = Members.Word("status", "open when left out.", Statuses);
    private static readonly Member<Guid> OwnerId = Ids.Member("owner_id", "usr", "A user of the tenant.").Nullable();
    private static readonly Member<Guid> AccountId = Ids.Member("account_id", "acc", "The account.").Nullable();
    private static readonly Member<Guid> DealId = Ids.Member("deal_id", "deal", "The deal.").Nullable();
    private static readonly Member<Guid> ContactId = Ids.Member("contact_id", "con", "The contact.").Nullable();
    private static readonly Shape New =
        new("NewActivity",
            [Type, Subject, Description, DueDate, Status, OwnerId, AccountId, DealId, ContactId, Entities.IgnoredVersion,
                .. Entities.Managed]);

    private static readonly Wire<ActivityView> One = Entities.Wire<ActivityView>("Activity", a => a.Entity)
        .Text("type", a => a.Row.Type, nullable: false)
        .Text("subject", a => a.Row.Subject, nullable: false)
        .Text("description", a => a.Row.Note)
        .Instant("due_date", a => a.Row.DueOn is { } day ? new(day.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero) : null,
            TimeStyle.IsoSeconds)
        .Word("status", a => Array.Find(Statuses, word => word.Item2 == a.Row.Status).Item1, [.. Statuses.Select(word => word.Item1)])
        .Id("owner_id", a => a.Entity.User(a.Row.OwnerId), Ids.User)
        .Id("account_id", a => a.Account, Ids.Account)
        .Text("deal_id", a => a.Deal is { } uid ? Ids.Deal(uid) : null)
        .Id("contact_id", a => a.Contact, Ids.Contact)
        .Whole("version", a => a.Row.Version);

    private static readonly Wire<Page<ActivityView>> Page = Paging.Of(One);

    public static readonly IReadOnlyList<Operation> All =
    [
        new("GET", "/api/v1/crm/activities", "listActivities", List)
        {
            Tag = "Activities", Summary = "List activities",
            Parameters = Listed.Parameters, Answer = Page,
        },
        new("GET", "/api/v1/crm/activities/{id}", "getActivity", Get)
        {
            Tag = "Activities", Summary = "Get an activity", Parameters = [Id], Answer = One,
        },
        new("POST", "/api/v1/crm/activities", "createActivity", Create)
        {
            Tag = "Activities", Summary = "Create an activity", Body = New, Status = 201, Answer = One,
        },
    ];

    private static async Task<Reply> List(Call call)
    {
        call.Caller.MustRead("activities");
        var catalog = await call.Service<CatalogService>().Latest(call.Caller, call.Ct);
        var query = Listed.Read(call, catalog);
        call.Checked();
        var page = await call.Service<ActivityService>().List(call.Caller, query, call.Ct);
        return Reply.Json(Page, new Page<ActivityView>(await View(call, page.Items), page.NextCursor, page.HasMore, page.Total));
    }

    private static async Task<Reply> Get(Call call)
    {
        call.Checked();
        var row = await call.Service<ActivityService>().Get(call.Caller, call.Path(Id, "activity"), call.Ct);
        if (row.IsDeleted) throw Problem.NotFound("activity", row.Uid);
        return Reply.Json(One, (await View(call, [row]))[0], row.Version);
    }

    private static async Task<Reply> Create(Call call)
    {
        call.Caller.MustWrite("activities");
        call.Checked();
        var catalog = await call.Service<CatalogService>().Latest(call.Caller, call.Ct);
        var sent = await call.Read(body => Read(body, catalog));
        var refs = await References.Of(call, sent.Account.Or(null), sent.Contact.Or(null));
        var patch = sent.Patch with
        {
            OrgId = refs.Account("account_id", sent.Account),
            PersonId = refs.Contact("contact_id", sent.Contact),
        };
        refs.Checked();
        if (sent.Deal.Or(null) is { } uid)
        {
            if (await call.Service<DealService>().Find(call.Caller, uid, call.Ct) is not { IsDeleted: false } deal)
            {
                throw Problem.Invalid("deal_id", $"deal_id must name a deal of your tenant; {uid:D} is none.");
            }
            patch = patch with { DealId = deal.Id };
        }
        var row = await call.Service<ActivityService>().Create(call.Caller, patch, call.Ct);
        return Reply.Json(One, (await View(call, [row]))[0], row.Version, 201);
    }

    private static SentActivity Read(Body body, WorkspaceCatalog catalog)
    {
        var sent = new SentActivity(new()
        {
            Type = body.Get(Type),
            Subject = body.Get(Subject),
            Note = body.ClearableText(Description),
            DueOn = body.Clearable(DueDate)
                .As(instant => instant is { } known ? DateOnly.FromDateTime(known.UtcDateTime) : (DateOnly?)null),
            Status = body.Get(Status),
            OwnerId = Owners.Read(body, OwnerId, catalog).Or(null),
        }, body.Clearable(AccountId), body.Clearable(DealId), body.Clearable(ContactId));
        if ((sent.Account.Or(null) ?? sent.Deal.Or(null) ?? sent.Contact.Or(null)) is null)
        {
            body.Fail("deal_id", "deal_id is required: an activity has at least one of account_id, deal_id and contact_id.");
        }
        return sent;
    }

    private static async Task<IReadOnlyList<ActivityView>> View(Call call, IReadOnlyList<Activity> rows)
    {
        var catalog = await call.Service<CatalogService>().Latest(call.Caller, call.Ct);
        var contacts = await call.Service<ContactService>()
            .FindMany(call.Caller, [.. rows.SelectMany(row => new[] { row.OrgId, row.PersonId }).OfType<long>().Distinct()], call.Ct);
        var deals = call.Caller.MayRead("deals")
            ? (await call.Service<DealService>()
                .FindMany(call.Caller, [.. rows.Select(row => row.DealId).OfType<long>().Distinct()], call.Ct))
                .ToDictionary(deal => deal.Id) : [];
        return [.. rows.Select(row => new ActivityView(row, Of(row, catalog), Uid(row.OrgId), Uid(row.PersonId),
            row.DealId is { } id ? deals.GetValueOrDefault(id)?.Uid : null))];

        Guid? Uid(long? id) => id is { } known ? contacts.GetValueOrDefault(known)?.Uid : null;
    }

    private static Entity Of(Activity row, WorkspaceCatalog catalog) => new()
    {
        Catalog = catalog,
        Id = Ids.Reference("act", row.Uid),
        AddedAt = row.AddedAt,
        UpdatedAt = row.UpdatedAt,
        AddedBy = row.CreatorId,
        UpdatedBy = row.UpdatedBy,
        DeletedAt = row.DeletedAt,
    };

    private sealed record ActivityView(Activity Row, Entity Entity, Guid? Account, Guid? Contact, Guid? Deal);

    private sealed record SentActivity(ActivityPatch Patch, Field<Guid?> Account, Field<Guid?> Deal, Field<Guid?> Contact);
}
