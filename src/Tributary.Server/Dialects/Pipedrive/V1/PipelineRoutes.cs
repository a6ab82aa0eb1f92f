using Tributary.Core.Catalog;
using Tributary.Core.Deals;
using Tributary.Core.Pipelines;
using Tributary.Core.Totals;
using Tributary.Server.Hosting;

namespace Tributary.Server.Dialects.Pipedrive.V1;

/// <summary>Pipelines of v1: order numbers begin with 0.</summary>
internal static class PipelineRoutes
{
    private const string Tag = "Pipelines v1";

    private static readonly Member<long> Id = Members.Id("id", "The ID of the pipeline.").InPath();
    private static readonly Member<string> Name = Members.Text("name", "", 255);
    private static readonly Member<bool> UsesProbability = Members.Flag("deal_probability", "Whether deals are weighed here.");
    private static readonly Member<long> OrderNr = Members.Whole("order_nr", "The place; of pipelines 0 is the default one.", 0, 10_000);
    private static readonly Member<bool> Active =
        Members.Flag("active", "Pipelines cannot be hidden; true or false is taken and changes nothing.");
    private static readonly Member<long> StageId = Members.Id("stage_id", "");
    private static readonly Member<bool> GetSummary = Members.Flag("get_summary", "1: with deals_summary in additional_data.");
    private static readonly Member<string> ConvertCurrency =
        Members.Text("totals_convert_currency",
            "A currency, or default_currency for the user's own: adds per_stages_converted to the summary.", 20);

    private static readonly Many<PlaceView<Pipeline>> Pipelines = new(PlaceWire.Pipeline);
    private static readonly One<PlaceView<Pipeline>> OnePipeline = new(PlaceWire.Pipeline);

    public static readonly IReadOnlyList<Operation> All =
    [
        new("GET", "/pipelines", "getPipelinesV1", ListPipelines)
        {
            Tag = Tag, Summary = "Get all pipelines", Cost = 10, Answer = Pipelines,
        },
        new("POST", "/pipelines", "addPipelineV1", AddPipeline)
        {
            Tag = Tag, Summary = "Add a new pipeline", Cost = 10,
            Body = new("NewPipelineV1", Name.Required(), UsesProbability, OrderNr, Active), Answer = OnePipeline,
        },
        new("GET", "/pipelines/{id}", "getPipelineV1", GetPipeline)
        {
            Tag = Tag, Summary = "Get one pipeline", Cost = 2, Parameters = [Id], Answer = OnePipeline,
        },
        new("PUT", "/pipelines/{id}", "updatePipelineV1", UpdatePipeline)
        {
            Tag = Tag, Summary = "Update a pipeline", Cost = 10, Parameters = [Id],
            Body = new("PipelineChangesV1", Name, UsesProbability, OrderNr, Active), Answer = OnePipeline,
        },
        new("DELETE", "/pipelines/{id}", "deletePipelineV1", DeletePipeline)
        {
            Tag = Tag, Summary = "Delete a pipeline", Cost = 6, Parameters = [Id], Answer = Answers.Id,
            CoverageNote = "Refused while it holds deals.",
        },
        new("GET", "/pipelines/{id}/deals", "getPipelineDeals", PipelineDeals)
        {
            Tag = Tag, Summary = "Get deals in a pipeline", Cost = 20,
            Parameters = [Id, StageId, .. DealsIn.Parameters, GetSummary, ConvertCurrency], Answer = DealsIn.Answer,
            CoverageNote = "deals_summary is drawn as older versions of the specification had it.",
        },
    ];

    private static async Task<Reply> ListPipelines(Call call)
    {
        var pipelines = await call.Service<PipelineService>().List(call.Caller, call.Ct);
        var catalog = await call.Service<CatalogService>().Latest(call.Caller, call.Ct);
        return Pipelines.Reply([.. pipelines.Select(pipeline => new PlaceView<Pipeline>(pipeline, catalog))]);
    }

    private static async Task<Reply> GetPipeline(Call call) =>
        await Shown(call, await call.Service<PipelineService>().Get(call.Caller, call.Path(Id, "pipeline"), call.Ct));

    private static async Task<Reply> AddPipeline(Call call)
    {
        call.Caller.MustManage("pipelines");
        return await Shown(call, await call.Service<PipelineService>().Create(call.Caller, await call.Read(ReadPipeline), [], call.Ct));
    }

    private static async Task<Reply> UpdatePipeline(Call call)
    {
        var id = call.Path(Id, "pipeline");
        call.Caller.MustManage("pipelines");
        return await Shown(call, await call.Service<PipelineService>().Update(call.Caller, id, await call.Read(ReadPipeline), call.Ct));
    }

    private static async Task<Reply> DeletePipeline(Call call)
    {
        var id = call.Path(Id, "pipeline");
        await call.Service<PipelineService>().Delete(call.Caller, id, moveTo: null, expected: null, call.Ct);
        return Answers.Id.Reply(id);
    }

    private static async Task<Reply> PipelineDeals(Call call)
    {
        var id = call.Path(Id, "pipeline");
        var (stage, withSummary) = (call.Query(StageId), call.Query(GetSummary, false));
        var catalog = await call.Service<CatalogService>().Latest(call.Caller, call.Ct);
        var currency = DealInsightRoutes.Currency(call, ConvertCurrency, catalog);
        await call.Service<PipelineService>().Get(call.Caller, id, call.Ct);
        var asked = new SummaryQuery
        {
            PipelineId = id,
            StageId = stage.IsSet ? stage.Value : null,
            Status = DealStatus.Open,
            ConvertTo = currency,
        };
        return await DealsIn.Reply(call, asked, withSummary, currency is not null);
    }

    private static async Task<Reply> Shown(Call call, Pipeline pipeline) =>
        OnePipeline.Reply(new(pipeline, await call.Service<CatalogService>().Latest(call.Caller, call.Ct)));

    private static PipelinePatch ReadPipeline(Body body)
    {
        body.Get(Active);
        return new()
        {
            Name = body.Get(Name),
            UsesProbability = body.Get(UsesProbability),
            Position = body.Get(OrderNr).As(place => place + 1),
        };
    }
}
