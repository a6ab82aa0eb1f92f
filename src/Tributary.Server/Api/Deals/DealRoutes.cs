using Tributary.Core.Catalog;
using Tributary.Core.Deals;
using Tributary.Core.Leads;
using Tributary.Server.Api.Contacts;
using Tributary.Server.Api.Leads;
using Tributary.Server.Hosting;

namespace Tributary.Server.Api.Deals;

internal static class DealRoutes
{
    private static readonly Member<long> Id = RecordMembers.PathId;
    private static readonly Member<DateTimeOffset> AsOf = Members.Instant("as_of", "Show the deal as it stood at this moment.");
    private static readonly Member<Guid> ConversionUid = Members.Uid("conversion", "The conversion's uid.").InPath();

    private static readonly Member<long> StageId =
        Members.Id("stage_id", "Left out: the stage it is in. One of kind won or lost closes the deal.");
    private static readonly Member<long> BeforeId =
        Members.Id("before_id", "The open deal of that stage that shall come right after this one.").Nullable();
    private static readonly Member<long> AfterId =
        Members.Id("after_id", "The open deal of that stage that shall come right before this one.").Nullable();
    private static readonly Member<long> Place =
        Members.Whole("place", "1 is the top of the stage. Without before_id, after_id and place, the end.", 1, int.MaxValue).Nullable();
    private static readonly Shape Drop =
        new("DealDrop", StageId, BeforeId, AfterId, Place, With(null), RecordMembers.Note, Versions.Member);

    public static readonly RecordRoutes<Deal, DealPatch, DealView> Life = new("Deal", "Deals", "/deals", "a deal")
    {
        Tag = "Deals",
        Wire = DealWire.Deal,
        Listing = DealLists.Deals,
        New = DealBody.New,
        Patch = DealBody.Patch,
        Read = DealBody.Read,
        Identity = deal => (deal.Id, deal.Version),
        Show = DealLists.Views,
        List = (call, query) => call.Service<DealService>().List(call.Caller, query, DealFields.Of(call), call.Ct),
        Get = Get,
        GetParameters = [AsOf],
        Exported = _ =>
        [
            "number", "title", "value", "currency", "pipeline.name", "stage.name", "status", "owner.name", "organization.name",
            "person.name", "expected_close",
            "added_at", "won_at", "lost_at", "lost_reason",
        ],
        Create = (call, patch) => call.Service<DealService>().Create(call.Caller, patch, call.Ct),
        Update = (call, id, patch) => call.Service<DealService>().Update(call.Caller, id, patch, call.Ct),
        Deletion = (deleted, version) => new() { Deleted = deleted, ExpectedVersion = version },
        Archiving = (archived, version) => new() { Archived = archived, ExpectedVersion = version },
    };

    public static readonly IReadOnlyList<Operation> All =
    [
        .. Life.All(),
        new("POST", "/deals/{id}/move", "moveDeal", Move)
        {
            Tag = "Deals", Summary = "Put a deal in a stage, between two others: a card that is dropped on the board", Parameters = [Id],
            Body = Drop, Answer = DealWire.Deal,
        },
        new("POST", "/deals/{id}/purge", "purgeDeal", Purge)
        {
            Tag = "Deals", Summary = "Take a deal away at once and for good, history included", Parameters = [Id], Status = 204,
        },
        new("POST", "/deals/{id}/merge", "mergeDeal", Merge)
        {
            Tag = "Deals", Summary = "Merge a deal into another, which stays and is answered", Parameters = [Id], Body = ContactWire.Merge,
            Answer = DealWire.Deal,
        },
        new("POST", "/deals/{id}/duplicate", "duplicateDeal", Duplicate)
        {
            Tag = "Deals", Summary = "Make an open copy with the same products, discounts and contacts", Parameters = [Id], Status = 201,
            Answer = DealWire.Deal,
        },
        new("POST", "/deals/{id}/convert", "convertDeal", Convert)
        {
            Tag = "Deals", Summary = "Make a lead of a deal, in the background; the deal ends deleted", Parameters = [Id], Status = 202,
            Answer = LeadWire.Conversion,
        },
        new("GET", "/deals/{id}/conversions/{conversion}", "getDealConversion", GetConversion)
        {
            Tag = "Deals", Summary = "See how a conversion stands", Parameters = [Id, ConversionUid], Answer = LeadWire.Conversion,
        },
    ];

    private static async Task<Deal> Get(Call call, long id)
    {
        var asOf = call.Query(AsOf);
        call.Checked();
        return asOf.IsSet ? await call.Service<DealService>().AsOf(call.Caller, id, asOf.Value, call.Ct)
            : await call.Service<DealService>().Get(call.Caller, id, DealFields.Of(call), call.Ct);
    }

    private static async Task<Reply> Move(Call call)
    {
        var id = call.Path(Id, "deal");
        var expected = call.ExpectedVersion();
        var catalog = await call.Service<CatalogService>().Current(call.Caller, call.Ct);
        var drop = await call.Read(body => new DealDrop
        {
            StageId = body.Get(StageId) is { IsSet: true, Value: var stage } ? stage : null,
            BeforeId = body.Clearable(BeforeId).Or(null),
            AfterId = body.Clearable(AfterId).Or(null),
            Place = (int?)body.Clearable(Place).Or(null),
            Note = body.Get(RecordMembers.Note).Or(null!),
            ExpectedVersion = RecordMembers.Expected(body, expected),
            With = body.Get(With(catalog)).Or(null!),
        });
        return await Life.Shown(call, await call.Service<DealService>().Place(call.Caller, id, drop, call.Ct));
    }

    private static Member<DealPatch> With(WorkspaceCatalog? catalog) =>
        Members.Object("with", "What else changes with the move, such as the fields that the stage asks for.", DealBody.With,
            body => DealBody.Read(body, catalog!, null));

    private static async Task<Reply> Purge(Call call)
    {
        await call.Service<DealService>().Purge(call.Caller, call.Path(Id, "deal"), call.Ct);
        return Reply.Empty();
    }

    private static async Task<Reply> Merge(Call call)
    {
        var id = call.Path(Id, "deal");
        return await Life.Shown(call, await call.Service<DealService>()
            .Merge(call.Caller, id, await ContactWire.ReadSurvivor(call), call.Ct));
    }

    private static async Task<Reply> Duplicate(Call call) =>
        await Life.Born(call, await call.Service<DealService>().Duplicate(call.Caller, call.Path(Id, "deal"), call.Ct));

    private static async Task<Reply> Convert(Call call)
    {
        var id = call.Path(Id, "deal");
        return LeadRoutes.Accepted(await call.Service<ConversionService>().ToLead(call.Caller, id, call.Ct), $"/deals/{id}");
    }

    private static async Task<Reply> GetConversion(Call call) =>
        Reply.Json(LeadWire.Conversion, await call.Service<ConversionService>()
            .OfDeal(call.Caller, call.Path(Id, "deal"), call.Path(ConversionUid, "conversion"), call.Ct));
}
