using Tributary.Core.Catalog;
using Tributary.Core.Deals;
using Tributary.Core.Pipelines;
using Tributary.Server.Hosting;

namespace Tributary.Server.Dialects.YSuite;

/// <summary>A deal with the names that YSuite shows. Its stage shown is the pipeline's won or lost stage once it is closed.</summary>
internal sealed record DealView(Deal Deal, WorkspaceCatalog Catalog, string? Person, string? Organization)
{
    /// <summary>What lists show.</summary>
    public static readonly DealMembers Listed = DealMembers.Of(
        nameof(Deal.Title), nameof(Deal.Value), nameof(Deal.Source), nameof(Deal.ExpectedClose), nameof(Deal.PipelineId),
        nameof(Deal.OrgId), nameof(Deal.OwnerId));

    /// <summary>What is shown of one deal.</summary>
    public static readonly DealMembers Shown = Listed.With(
        nameof(Deal.Currency), nameof(Deal.PersonId), nameof(Deal.Description), nameof(Deal.AssigneeId), nameof(Deal.StageId),
        nameof(Deal.Status), nameof(Deal.TagIds), nameof(Deal.ClosedAt), nameof(Deal.AddedAt), nameof(Deal.UpdatedAt));

    public Stage? Stage => Deal.Status switch
    {
        DealStatus.Open => Catalog.Stage(Deal.StageId),
        DealStatus.Won => Catalog.StagesOf(Deal.PipelineId, StageKind.Won).FirstOrDefault() ?? Catalog.Stage(Deal.StageId),
        DealStatus.Lost => Catalog.StagesOf(Deal.PipelineId, StageKind.Lost).FirstOrDefault() ?? Catalog.Stage(Deal.StageId),
    };
}

/// <summary>The fields of the page "Deals"; "get one" adds every field that can be stored, ids and names (reference §1.4).</summary>
internal static class DealWire
{
    public static readonly Wire<DealView> Listed = Common(new Wire<DealView>("ListedDeal"));

    public static readonly Wire<DealView> Deal = Common(new Wire<DealView>("Deal"))
        .Text("company_name", d => d.Organization)
        .Whole("deal_amount_currency", d => d.Catalog.Currency(d.Deal.Currency)?.Id, "org_currency_id")
        .Text("deal_amount_currency_code", d => d.Deal.Currency)
        .Whole("deal_owner_id", d => d.Deal.OwnerId)
        .Whole("deal_contact_id", d => d.Deal.PersonId)
        .Text("deal_contact_name", d => d.Person)
        .Text("deal_description", d => d.Deal.Description)
        .Whole("deal_assignedto", d => d.Deal.AssigneeId)
        .Text("assigned_to", d => d.Catalog.User(d.Deal.AssigneeId)?.Name)
        .Text("pipeline_name", d => d.Catalog.Pipeline(d.Deal.PipelineId)?.Name)
        .Whole("deal_current_stage", d => d.Stage?.Id)
        .Text("stage_name", d => d.Stage?.Name)
        .Word("stage_type", d => Words(d.Deal.Status), ["Open", "Won", "Lost"])
        .Wholes("tag_ids", d => d.Deal.TagIds)
        .Texts("tags", d => d.Catalog.TagNames(d.Deal.TagIds))
        .Instant("deal_closed_on", d => d.Deal.ClosedAt, TimeStyle.IsoSeconds)
        .Instant("created_on", d => d.Deal.AddedAt, TimeStyle.IsoSeconds)
        .Instant("updated_on", d => d.Deal.UpdatedAt, TimeStyle.IsoSeconds);

    public static readonly Wire<DealView> One = Envelope.One(Deal);
    public static readonly Wire<PageOf<DealView>> List = Envelope.List(Listed);

    public static readonly Wire<Deal> Created = Envelope.Created("Deal created successfully!",
        new Wire<Deal>("NewDeal").Whole("deal_id", d => d.Id).Text("deal_name", d => d.Title, nullable: false));

    private static Wire<DealView> Common(Wire<DealView> wire) => wire
        .Whole("deal_id", d => d.Deal.Id)
        .Text("deal_name", d => d.Deal.Title, nullable: false)
        .Json("deal_amount", new() { ["type"] = new System.Text.Json.Nodes.JsonArray("number", "null") }, (json, d) =>
        {
            // Adding 0.00 gives the two decimals that the page shows (15000.00).
            if (d.Deal.Value is { } value) json.WriteNumberValue(decimal.Round(value, 2) + 0.00m);
            else json.WriteNullValue();
        })
        .Text("deal_source", d => d.Deal.Source)
        .Day("deal_expected_close_date", d => d.Deal.ExpectedClose)
        .Whole("pipeline_id", d => d.Deal.PipelineId)
        .Whole("cstid", d => d.Deal.OrgId, "The company.")
        .Text("owner", d => d.Catalog.User(d.Deal.OwnerId)?.Name);

    private static string Words(DealStatus status) => status switch
    {
        DealStatus.Open => "Open",
        DealStatus.Won => "Won",
        DealStatus.Lost => "Lost",
    };
}
