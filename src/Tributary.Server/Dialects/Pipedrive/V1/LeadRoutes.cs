using Tributary.Core.Catalog;
using Tributary.Core.Followers;
using Tributary.Core.Kernel;
using Tributary.Core.Leads;
using Tributary.Core.Lists;
using Tributary.Server.Hosting;

namespace Tributary.Server.Dialects.Pipedrive.V1;

/// <summary>Leads (reference §11): ids are UUIDs, times have milliseconds, custom values are those of deals.</summary>
internal static class LeadRoutes
{
    private const string Tag = "Leads v1";

    private static readonly Member<Guid> Id = Members.Uid("id", "The ID of the lead.").InPath();
    private static readonly Member<long> OwnerFilter = Members.Id("owner_id", "Not considered beside filter_id.");
    private static readonly Member<long> PersonFilter = Members.Id("person_id", "Not considered beside filter_id.");
    private static readonly Member<long> OrganizationFilter = Members.Id("organization_id", "Not considered beside filter_id.");
    private static readonly Member<long> FilterId = Members.Id("filter_id", "A saved filter of leads.");
    private static readonly Member<DateTimeOffset> UpdatedSince = Loose.Moment("updated_since", "Updated then or later, RFC 3339.");
    private static readonly Member<Seq<Core.Lists.SortKey>> Sort =
        Sorting.By(("id", "uid"), ("title", "title"), ("owner_id", "owner_id"), ("creator_id", "creator_id"), ("was_seen", "was_seen"),
        ("expected_close_date", "expected_close"), ("add_time", "added_at"), ("update_time", "updated_at"));

    private static readonly Member<string> Title = Members.Text("title", "The name of the lead.", 255);
    private static readonly Member<long> OwnerId = Members.Id("owner_id", "The caller when left out of a new lead.");
    private static readonly Member<Seq<Guid>> LabelIds = Members.List("label_ids", "Ids of lead labels.", Members.Uid("", ""), 100);
    private static readonly Member<long> PersonId = Loose.Id("person_id", "A lead has a person or an organization.").Nullable();
    private static readonly Member<long> OrganizationId = Loose.Id("organization_id", "").Nullable();
    private static readonly Member<bool> IsArchived = Members.Flag("is_archived", "");
    private static readonly Member<decimal> Amount = Members.Number("amount", "");
    private static readonly Member<string> Currency = Members.Text("currency", "", 3);
    private static readonly Shape ValueShape = new("LeadValueV1", Amount.Required(), Currency.Required());
    private static readonly Member<LeadValue> Value =
        Members.Object("value", "Both members are required; null clears.", ValueShape,
            body => new LeadValue(body.Get(Amount).Or(0), body.Get(Currency).Or(""))).Nullable();
    private static readonly Member<DateOnly> ExpectedCloseDate = Loose.Day("expected_close_date", "YYYY-MM-DD.").Nullable();
    private static readonly Member<bool> WasSeen = Members.Flag("was_seen", "");
    private static readonly Member<string> OriginId = Members.Text("origin_id", "", 255).Nullable();
    private static readonly Member<long> Channel = Members.Whole("channel", "").Nullable();
    private static readonly Member<string> ChannelId = Members.Text("channel_id", "", 255).Nullable();

    private static readonly Member[] Both =
        [OwnerId, LabelIds, PersonId, OrganizationId, Value, ExpectedCloseDate, Loose.VisibleTo, WasSeen, Channel, ChannelId];
    private static readonly Shape New = new("NewLeadV1", [Title.Required(), .. Both, OriginId]) { AlsoTakes = CustomFields.IsMember };
    private static readonly Shape Changes = new("LeadChangesV1", [Title, .. Both, IsArchived]) { AlsoTakes = CustomFields.IsMember };

    private static readonly Many<LeadView> Leads = new(LeadWire.Lead);
    private static readonly One<LeadView> One = new(LeadWire.Lead);
    private static readonly Many<string> Sources = new(new Wire<string>("LeadSourceV1").Text("name", name => name, nullable: false));

    /// <summary>"Please note that the list of lead sources is fixed, it cannot be modified."</summary>
    private static readonly string[] SourceNames =
        ["Manually created", "Deal", "Web forms", "Prospector", "Leadbooster", "Live chat", "Import", "Website visitors",
            "Workflow automation", "API"];

    private static readonly Member[] ListParameters =
        [.. Paging.Parameters, OwnerFilter, PersonFilter, OrganizationFilter, FilterId, UpdatedSince, Sort];

    public static readonly IReadOnlyList<Operation> All =
    [
        new("GET", "/leads", "getLeads", call => List(call, Scope.Live))
        {
            Tag = Tag, Summary = "Get all leads", Cost = 20, Parameters = ListParameters, Answer = Leads,
        },
        new("GET", "/leads/archived", "getArchivedLeads", call => List(call, Scope.Archived))
        {
            Tag = Tag, Summary = "Get all archived leads", Cost = 40, Parameters = ListParameters, Answer = Leads,
        },
        new("GET", "/leads/{id}", "getLead", Get) { Tag = Tag, Summary = "Get one lead", Cost = 2, Parameters = [Id], Answer = One },
        new("POST", "/leads", "addLead", Create) { Tag = Tag, Summary = "Add a lead", Cost = 10, Body = New, Status = 201, Answer = One },
        new("PATCH", "/leads/{id}", "updateLead", Update)
        {
            Tag = Tag, Summary = "Update a lead", Cost = 10, Parameters = [Id], Body = Changes, Answer = One,
        },
        new("DELETE", "/leads/{id}", "deleteLead", Delete)
        {
            Tag = Tag, Summary = "Delete a lead", Cost = 6, Parameters = [Id], Answer = LeadWire.Gone,
        },
        new("GET", "/leads/{id}/permittedUsers", "getLeadUsers", PermittedUsers)
        {
            Tag = Tag, Summary = "List permitted users", Cost = 10, Parameters = [Id], Answer = Answers.WholesSchema,
        },
        new("GET", "/leadSources", "getLeadSources", ListSources)
        {
            Tag = Tag, Summary = "Get all lead sources", Cost = 2, Answer = Sources,
        },
    ];

    private static async Task<Reply> PermittedUsers(Call call) =>
        Answers.Wholes(await call.Service<FollowerService>().PermittedUsers(call.Caller, "lead", (await Find(call)).Id, call.Ct));

    private static Task<Reply> ListSources(Call call)
    {
        call.Caller.MustRead("leads");
        return Task.FromResult(Sources.Reply(SourceNames));
    }

    private static async Task<Reply> List(Call call, Scope scope)
    {
        call.Caller.MustRead("leads");
        // "Leads are sorted by the time they were created, from oldest to newest."
        var query = Paging.Read(call) with
        {
            Scope = scope,
            Sort = call.Query(Sort) is { IsSet: true, Value: { Count: > 0 } sort } ? sort : [new("added_at")],
        };
        var (owner, person, organization, filter, since) =
            (call.Query(OwnerFilter), call.Query(PersonFilter), call.Query(OrganizationFilter), call.Query(FilterId), call.Query(
                UpdatedSince));
        call.Checked();
        if (since.IsSet) query = query.And(Condition.Test("updated_at", Operator.AtLeast, since.Value));
        if (filter.IsSet) query = query.And(await DealLists.Saved(call, filter.Value, "lead"));
        else
        {
            if (owner.IsSet) query = query.And(Condition.Equal("owner_id", owner.Value));
            if (person.IsSet) query = query.And(Condition.Equal("person_id", person.Value));
            if (organization.IsSet) query = query.And(Condition.Equal("org_id", organization.Value));
        }
        var page = await call.Service<LeadService>().List(call.Caller, query, call.Ct);
        return Leads.Page(await LeadView.Of(call, page.Items), query, page.HasMore);
    }

    private static async Task<Reply> Get(Call call) => await Shown(call, await Find(call));

    private static async Task<Reply> Create(Call call)
    {
        call.Caller.MustWrite("leads");
        return await Shown(call, await call.Service<LeadService>().Create(call.Caller, await Read(call, New), call.Ct), 201);
    }

    private static async Task<Reply> Update(Call call)
    {
        call.Caller.MustWrite("leads");
        var lead = await Find(call);
        return await Shown(call, await call.Service<LeadService>().Update(call.Caller, lead.Id, await Read(call, Changes), call.Ct));
    }

    private static async Task<Reply> Delete(Call call)
    {
        call.Caller.MustWrite("leads");
        var lead = await Find(call);
        await call.Service<LeadService>().Delete(call.Caller, lead.Id, call.Ct);
        return LeadWire.Gone.Reply(lead.Uid);
    }

    private static async Task<Lead> Find(Call call)
    {
        var uid = call.Path(Id, "lead");
        return await call.Service<LeadService>().Get(call.Caller, uid, call.Ct) is { IsDeleted: false } lead ? lead
            : throw Problem.NotFound("lead", uid);
    }

    private static async Task<Reply> Shown(Call call, Lead lead, int status = 200) =>
        One.Reply((await LeadView.Of(call, [lead]))[0], status: status);

    private static async Task<LeadPatch> Read(Call call, Shape shape)
    {
        var catalog = await call.Service<CatalogService>().Current(call.Caller, call.Ct);
        return await call.Read(body =>
        {
            var value = body.ClearableObject(Value);
            return new LeadPatch
            {
                Title = body.Get(Title),
                OwnerId = body.Get(OwnerId).As(id => (long?)id),
                LabelIds = Labels(body, catalog),
                PersonId = body.Clearable(PersonId).As(Loose.None),
                OrgId = body.Clearable(OrganizationId).As(Loose.None),
                Archived = shape == Changes ? body.Get(IsArchived) : default,
                Value = value.As(sent => sent?.Amount),
                Currency = value is { IsSet: true, Value: { } known } ? known.Currency : default(Field<string>),
                ExpectedClose = body.Clearable(ExpectedCloseDate).As(Loose.None),
                VisibleTo = Loose.Visibility(body),
                WasSeen = body.Get(WasSeen),
                OriginId = shape == New ? body.ClearableText(OriginId) : default,
                Channel = body.Clearable(Channel),
                ChannelId = body.ClearableText(ChannelId),
                Custom = CustomFields.Read(body, shape, catalog, "deal"),
            };
        });
    }

    private static Field<Seq<long>> Labels(Body body, WorkspaceCatalog catalog)
    {
        var sent = body.ClearableList(LabelIds);
        if (!sent.IsSet) return default;
        var known = catalog.Labels.Where(label => label.Subject == "lead" && label.DeletedAt is null)
            .ToDictionary(label => label.Uid, label => label.Id);
        if (!sent.Value.All(known.ContainsKey)) body.Fail("label_ids", "label_ids must be ids of lead labels.");
        return (Seq<long>)[.. sent.Value.Where(known.ContainsKey).Select(uid => known[uid])];
    }

    private sealed record LeadValue(decimal Amount, string Currency);
}
