using Tributary.Core.Catalog;
using Tributary.Core.Contacts;
using Tributary.Core.Deals;
using Tributary.Core.Kernel;
using Tributary.Core.Lists;
using Tributary.Server.Api;
using Tributary.Server.Hosting;

namespace Tributary.Server.Dialects.AutomateNexus;

/// <summary>The page "Deals &amp; Pipeline API": the deal itself.</summary>
internal static class DealRoutes
{
    public static readonly Member<Guid> Id = Ids.Deal.InPath("id", "The deal.");
    private static readonly Member<Guid> PipelineId = Ids.Pipeline.Filter("pipeline_id", "Filter by pipeline.");
    private static readonly Member<Guid> StageId = Ids.Stage.Filter("stage_id", "Filter by specific stage.");
    private static readonly Member<Guid> OwnerId = Ids.User.Filter("owner_id", "Filter by deal owner.");
    private static readonly Member<DealStatus> Status = Members.Word("status", "All when left out.", Words.Statuses);
    private static readonly Member<decimal> MinValue = Members.Number("min_value", "This value or more.");
    private static readonly Member<decimal> MaxValue = Members.Number("max_value", "This value or less.");
    private static readonly Member<DateOnly> CloseAfter = Bounds.Day("expected_close_after", "Expected to close on this day or later.");
    private static readonly Member<DateOnly> CloseBefore = Bounds.Day("expected_close_before", "Expected to close on this day or earlier.");

    private static readonly Listing<DealView> Deals =
        new(DealWire.Listed, ("created_at", "added_at"), ("value", "value"), ("expected_close_date", "expected_close"),
            ("updated_at", "updated_at"));

    public static readonly IReadOnlyList<Operation> All =
    [
        new("GET", "/deals", "listDeals", List)
        {
            Tag = "Deals", Summary = "List deals", Answer = Deals,
            Parameters = [PipelineId, StageId, OwnerId, Status, MinValue, MaxValue, CloseAfter, CloseBefore, .. Deals.Parameters],
        },
        new("GET", "/deals/{id}", "getDeal", Get) { Tag = "Deals", Summary = "Get a deal", Parameters = [Id], Answer = DealWire.One },
        new("POST", "/deals", "createDeal", Create)
        {
            Tag = "Deals", Summary = "Create a deal", Body = DealBody.New, Status = 201, Answer = DealWire.One,
        },
        new("PUT", "/deals/{id}", "updateDeal", Update)
        {
            Tag = "Deals", Summary = "Update a deal, or mark it won or lost", Parameters = [Id], Body = DealBody.Changes,
            Answer = DealWire.One,
        },
        new("DELETE", "/deals/{id}", "deleteDeal", Delete)
        {
            Tag = "Deals", Summary = "Delete a deal for good", Parameters = [Id], Answer = Envelope.Deleted,
        },
        new("PUT", "/deals/{id}/stage", "moveDeal", Move)
        {
            Tag = "Deals", Summary = "Move a deal to a stage", Parameters = [Id], Body = DealBody.Move, Answer = DealWire.One,
        },
    ];

    private static async Task<Reply> List(Call call)
    {
        call.Caller.MustRead("deals");
        var conditions = new List<Condition>();
        if (call.Query(PipelineId) is { IsSet: true, Value: var pipeline })
        {
            conditions.Add(Condition.Equal("pipeline_id", await Known(c => c.Pipelines.FirstOrDefault(p => p.Uid == pipeline)?.Id)));
        }
        if (call.Query(StageId) is { IsSet: true, Value: var stage })
        {
            conditions.Add(Condition.Equal("stage_id", await Known(c => c.Stages.FirstOrDefault(s => s.Uid == stage)?.Id)));
        }
        if (call.Query(OwnerId) is { IsSet: true, Value: var owner })
        {
            conditions.Add(Condition.Equal("owner_id", await Known(c => c.User(owner)?.Id)));
        }
        if (call.Query(Status) is { IsSet: true, Value: var status }) conditions.Add(Condition.Equal("status", Words.Status(status)));
        if (call.Query(MinValue) is { IsSet: true, Value: var least }) conditions.Add(Condition.Test("value", Operator.AtLeast, least));
        if (call.Query(MaxValue) is { IsSet: true, Value: var most }) conditions.Add(Condition.Test("value", Operator.AtMost, most));
        if (call.Query(CloseAfter) is { IsSet: true, Value: var from })
        {
            conditions.Add(Condition.Test("expected_close", Operator.AtLeast, from));
        }
        if (call.Query(CloseBefore) is { IsSet: true, Value: var until })
        {
            conditions.Add(Condition.Test("expected_close", Operator.AtMost, until));
        }
        return await Deals.Answer(call, conditions, query => call.Service<DealService>().List(call.Caller, query, DealView.Listed, call.Ct),
            deals => View(call, deals));

        // What has an id keeps it: the catalog is asked for anew only for what the last one did not name.
        async ValueTask<long> Known(Func<WorkspaceCatalog, long?> id)
        {
            var catalogs = call.Service<CatalogService>();
            return id(await catalogs.Latest(call.Caller, call.Ct)) ?? id(await catalogs.Current(call.Caller, call.Ct)) ?? 0;
        }
    }

    private static async Task<Reply> Get(Call call) => await Shown(call, await Find(call, DealView.Shown));

    private static async Task<Reply> Create(Call call)
    {
        call.Caller.MustWrite("deals");
        var catalog = await call.Service<CatalogService>().Current(call.Caller, call.Ct);
        var patch = await WithContact(call, await call.Read(body => DealBody.ReadNew(body, catalog)));
        return await Shown(call, await call.Service<DealService>().Create(call.Caller, patch, call.Ct), 201);
    }

    private static async Task<Reply> Update(Call call)
    {
        call.Caller.MustWrite("deals");
        var deal = await Find(call);
        var catalog = await call.Service<CatalogService>().Current(call.Caller, call.Ct);
        var patch = await WithContact(call, await call.Read(body => DealBody.ReadChanges(body, catalog)));
        return await Shown(call, await call.Service<DealService>().Update(call.Caller, deal.Id, patch, call.Ct));
    }

    private static async Task<Reply> Move(Call call)
    {
        call.Caller.MustWrite("deals");
        var deal = await Find(call);
        var catalog = await call.Service<CatalogService>().Current(call.Caller, call.Ct);
        var patch = await call.Read(body => DealBody.ReadMove(body, catalog));
        return await Shown(call, await call.Service<DealService>().Update(call.Caller, deal.Id, patch, call.Ct));
    }

    private static async Task<Reply> Delete(Call call)
    {
        call.Caller.MustWrite("deals");
        var deal = await Find(call);
        await call.Service<DealService>().Purge(call.Caller, deal.Id, call.Ct);
        return Reply.Json(Envelope.Deleted, Ids.Deal.Spell(deal.Uid));
    }

    /// <summary>A deal that another API put into the bin is not there for this one, which knows no bin.</summary>
    public static async Task<Deal> Find(Call call, DealMembers? members = null)
    {
        var uid = call.Path(Id, "deal");
        return await call.Service<DealService>().Find(call.Caller, uid, members ?? DealMembers.All, call.Ct) is { IsDeleted: false } deal ? deal
            : throw Problem.NotFound("deal", Ids.Deal.Spell(uid));
    }

    /// <summary>Everyone on the buying side whom the caller sees, the primary contact first.</summary>
    public static async Task<IReadOnlyList<DealContactView>> Contacts(Call call, Deal deal) =>
        Views(deal, await call.Service<DealService>()
            .Related(call.Caller, (IReadOnlyList<Deal>)[deal], DealParts.PersonCards | DealParts.Contacts, call.Ct));

    private static IReadOnlyList<DealContactView> Views(Deal deal, DealRelated related) =>
    [
        .. from contact in related.Contacts[deal.Id]
           let person = related.Cards.Persons.GetValueOrDefault(contact.PersonId)
           where person is { IsDeleted: false }
           select new DealContactView(person, contact.Role, contact.PersonId == deal.PersonId),
    ];

    private static async Task<Reply> Shown(Call call, Deal deal, int status = 200)
    {
        var related = await call.Service<DealService>()
            .Related(call.Caller, (IReadOnlyList<Deal>)[deal], DealParts.PersonCards | DealParts.Contacts | DealParts.Stays, call.Ct);
        var catalog = await call.Service<CatalogService>().Latest(call.Caller, call.Ct);
        var view = new DealView(deal, catalog, related.Cards.Persons.GetValueOrDefault(deal.PersonId ?? 0)?.Uid)
        {
            Contacts = Views(deal, related),
            History = [.. related.Stays[deal.Id]],
        };
        return Reply.Json(DealWire.One, view, status: status);
    }

    private static async Task<IReadOnlyList<DealView>> View(Call call, IReadOnlyList<Deal> deals)
    {
        var uids = await call.Service<ContactService>().UidsOfDeals(call.Caller, deals, call.Ct);
        var catalog = await call.Service<CatalogService>().Latest(call.Caller, call.Ct);
        return [.. deals.Select(deal => new DealView(deal, catalog, uids.Person(deal.PersonId)))];
    }

    private static async Task<DealPatch> WithContact(Call call, SentDeal sent)
    {
        if (!sent.ContactUid.IsSet) return sent.Patch;
        if (sent.ContactUid.Value is not { } uid) return sent.Patch with { PersonId = new(true, null) };
        return await call.Service<ContactService>().Find(call.Caller, uid, call.Ct) is { Person: { IsDeleted: false } person }
            ? sent.Patch with { PersonId = person.Id }
            : throw Problem.Invalid("contact_id", "contact_id must be a contact of this workspace.");
    }
}
