using Tributary.Core.Catalog;
using Tributary.Core.Deals;
using Tributary.Core.Kernel;
using Tributary.Core.Lists;
using Tributary.Core.Pipelines;
using Tributary.Core.Totals;
using Tributary.Server.Hosting;

namespace Tributary.Server.Dialects.Pipedrive.V1;

/// <summary>A pipeline or a stage with its place: order numbers of pipelines begin with 0, those of stages with 1.</summary>
internal sealed record PlaceView<T>(T Record, WorkspaceCatalog Catalog);

/// <summary>Pipelines and stages of v1. Stages of kind won and lost hold no deals and are not shown.</summary>
internal static class PipelineRoutes
{
    private const string Tag = "Pipelines v1";

    private static readonly Member<long> Id = Members.Id("id", "The ID of the pipeline.").InPath();
    private static readonly Member<long> StagePath = Members.Id("id", "The ID of the stage.").InPath();
    private static readonly Member<long> PipelineFilter = Members.Id("pipeline_id", "Stages of this pipeline; all when left out.");
    private static readonly Member<string> Name = Members.Text("name", "", 255);
    private static readonly Member<bool> UsesProbability = Members.Flag("deal_probability", "Whether deals are weighed here.");
    private static readonly Member<long> OrderNr = Members.Whole("order_nr", "The place; of pipelines 0 is the default one.", 0, 10_000);
    private static readonly Member<bool> Active =
        Members.Flag("active", "Pipelines cannot be hidden; true or false is taken and changes nothing.");
    private static readonly Member<long> PipelineId = Members.Id("pipeline_id", "");
    private static readonly Member<decimal> Probability = Members.Number("deal_probability", "Percent.", 0, 100);
    private static readonly Member<bool> Rots = Members.Flag("rotten_flag", "");
    private static readonly Member<long> RottenDays = Members.Whole("rotten_days", "Only with rotten_flag.", 1, 10_000).Nullable();
    private static readonly Member<long> UserId = Members.Id("user_id", "The owner; filter_id is not considered beside it.");
    private static readonly Member<long> StageId = Members.Id("stage_id", "");
    private static readonly Member<bool> Everyone =
        Members.Flag("everyone", "1: deals of everyone; neither filter_id nor user_id is considered.");
    private static readonly Member<bool> GetSummary = Members.Flag("get_summary", "1: with deals_summary in additional_data.");
    private static readonly Member<string> ConvertCurrency =
        Members.Text("totals_convert_currency",
            "A currency, or default_currency for the user's own: adds per_stages_converted to the summary.", 20);
    private static readonly Member[] OfDeals = [DealLists.FilterId, UserId, Everyone, .. Paging.Parameters];

    private static readonly Many<PlaceView<Pipeline>> Pipelines = new(PlaceWire.Pipeline);
    private static readonly One<PlaceView<Pipeline>> OnePipeline = new(PlaceWire.Pipeline);
    private static readonly Many<PlaceView<Stage>> Stages = new(PlaceWire.Stage);
    private static readonly One<PlaceView<Stage>> OneStage = new(PlaceWire.Stage);
    private static readonly Many<DealView> Deals = new(DealWire.Plain);

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
            Tag = Tag, Summary = "Get deals in a pipeline", Cost = 20, Parameters = [Id, StageId, .. OfDeals, GetSummary, ConvertCurrency],
            Answer = Deals,
            CoverageNote = "deals_summary is drawn as older versions of the specification had it.",
        },
        new("GET", "/stages", "getStagesV1", ListStages)
        {
            Tag = Tag, Summary = "Get all stages", Cost = 10, Parameters = [PipelineFilter, .. Paging.Parameters], Answer = Stages,
        },
        new("POST", "/stages", "addStageV1", AddStage)
        {
            Tag = Tag, Summary = "Add a new stage", Cost = 10,
            Body = new("NewStageV1", Name.Required(), PipelineId.Required(), Probability, Rots, RottenDays), Answer = OneStage,
        },
        new("GET", "/stages/{id}", "getStageV1", GetStage)
        {
            Tag = Tag, Summary = "Get one stage", Cost = 2, Parameters = [StagePath], Answer = OneStage,
        },
        new("PUT", "/stages/{id}", "updateStageV1", UpdateStage)
        {
            Tag = Tag, Summary = "Update stage details", Cost = 10, Parameters = [StagePath],
            Body = new("StageChangesV1", Name, PipelineId, Probability, Rots, RottenDays, OrderNr), Answer = OneStage,
        },
        new("DELETE", "/stages/{id}", "deleteStageV1", DeleteStage)
        {
            Tag = Tag, Summary = "Delete a stage", Cost = 6, Parameters = [StagePath], Answer = Answers.Id,
            CoverageNote = "Refused while it holds deals.",
        },
        new("DELETE", "/stages", "deleteStages", DeleteStages)
        {
            Tag = Tag, Summary = "Delete multiple stages in bulk", Cost = 10, Parameters = [Several.Ids], Answer = Answers.Ids,
            CoverageNote = "Refused while one of them holds deals. " + Several.Note,
        },
        new("GET", "/stages/{id}/deals", "getStageDeals", StageDeals)
        {
            Tag = Tag, Summary = "Get deals in a stage", Cost = 20, Parameters = [StagePath, .. OfDeals], Answer = Deals,
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
        return await DealsIn(call, asked, withSummary, currency is not null);
    }

    private static async Task<Reply> StageDeals(Call call) =>
        await DealsIn(call, new() { StageId = (await OpenStage(call)).Id, Status = DealStatus.Open });

    // "If no parameters are provided open deals owned by the authorized user will be returned."
    private static async Task<Reply> DealsIn(Call call, SummaryQuery asked, bool withSummary = false, bool converted = false)
    {
        var (filter, user, everyone) = (call.Query(DealLists.FilterId), call.Query(UserId), call.Query(Everyone, false));
        var query = Paging.Read(call) with { Sort = [new("id")] };
        call.Checked();
        if (!everyone && (user.IsSet || !filter.IsSet)) asked = asked with { OwnerId = user.Or(call.Caller.UserId ?? 0) };
        else if (!everyone) asked = asked with { Condition = await DealLists.Saved(call, filter.Value) };

        var conditions = new List<Condition> { asked.Condition, Condition.Equal("status", "open") };
        if (asked.PipelineId is { } pipeline) conditions.Add(Condition.Equal("pipeline_id", pipeline));
        if (asked.StageId is { } stage) conditions.Add(Condition.Equal("stage_id", stage));
        if (asked.OwnerId is { } owner) conditions.Add(Condition.Equal("owner_id", owner));
        var stages = withSummary ? await call.Service<TotalsService>().ByStage(call.Caller, asked, call.Ct) : null;
        return await DealLists.Page(call, query with { Condition = Condition.AllOf([.. conditions]) }, Deals,
            stages is null ? null : json => SummaryWire.WriteStages(json, stages, converted));
    }

    private static async Task<Reply> ListStages(Call call)
    {
        var pipeline = call.Query(PipelineFilter);
        var query = Paging.Read(call);
        call.Checked();
        call.Caller.MustRead("pipelines");
        var catalog = await call.Service<CatalogService>().Latest(call.Caller, call.Ct);
        var (stages, more) =
            query.Slice(
                [.. catalog.Stages.Where(stage => stage.Kind is StageKind.Open
                    && (!pipeline.IsSet || stage.PipelineId == pipeline.Value))]);
        return Stages.Page([.. stages.Select(stage => new PlaceView<Stage>(stage, catalog))], query, more);
    }

    private static async Task<Reply> GetStage(Call call) => await Shown(call, await OpenStage(call));

    private static async Task<Reply> AddStage(Call call)
    {
        call.Caller.MustManage("pipelines");
        var patch = await call.Read(body => ReadStage(body, null));
        return await Shown(call, await call.Service<PipelineService>()
            .CreateStage(call.Caller, patch with { Probability = patch.Probability.Or(100) }, call.Ct));
    }

    private static async Task<Reply> UpdateStage(Call call)
    {
        var stage = await OpenStage(call);
        call.Caller.MustManage("pipelines");
        return await Shown(call, await call.Service<PipelineService>()
            .UpdateStage(call.Caller, stage.Id, await call.Read(body => ReadStage(body, stage)), call.Ct));
    }

    private static async Task<Reply> DeleteStage(Call call)
    {
        call.Caller.MustManage("pipelines");
        var stage = await OpenStage(call);
        await call.Service<PipelineService>().DeleteStage(call.Caller, stage.Id, moveTo: null, expected: null, call.Ct);
        return Answers.Id.Reply(stage.Id);
    }

    private static async Task<Reply> DeleteStages(Call call)
    {
        call.Caller.MustManage("pipelines");
        var ids = call.Query(Several.Ids, []);
        call.Checked();
        var catalog = await call.Service<CatalogService>().Current(call.Caller, call.Ct);
        var stages = catalog.Stages.Where(stage => stage.Kind is StageKind.Open && ids.Contains(stage.Id)).ToList();
        foreach (var stage in stages) await call.Service<PipelineService>()
            .DeleteStage(call.Caller, stage.Id, moveTo: null, expected: null, call.Ct);
        return Answers.Ids.Reply([.. stages.Select(stage => stage.Id)]);
    }

    private static async Task<Stage> OpenStage(Call call)
    {
        var id = call.Path(StagePath, "stage");
        return await call.Service<PipelineService>().GetStage(call.Caller, id, call.Ct) is { Kind: StageKind.Open } stage ? stage
            : throw Problem.NotFound("stage", id);
    }

    private static async Task<Reply> Shown(Call call, Pipeline pipeline) =>
        OnePipeline.Reply(new(pipeline, await call.Service<CatalogService>().Latest(call.Caller, call.Ct)));

    private static async Task<Reply> Shown(Call call, Stage stage) =>
        OneStage.Reply(new(stage, await call.Service<CatalogService>().Latest(call.Caller, call.Ct)));

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

    private static StagePatch ReadStage(Body body, Stage? before)
    {
        var (rots, days) = (body.Get(Rots), body.Clearable(RottenDays));
        // rotten_days "applies only if the rotten_flag is set".
        Field<int?> rotten = rots is { IsSet: true, Value: false } ? new(true, null)
            : days.IsSet && (rots.Or(before?.RottenDays is not null)) ? days.As(count => (int?)count) : default;
        return new()
        {
            Name = body.Get(Name),
            PipelineId = body.Get(PipelineId),
            Probability = body.Get(Probability),
            RottenDays = rotten,
            Position = before is null ? default : body.Get(OrderNr).As(place => Math.Max(place, 1)),
        };
    }
}

/// <summary>Pipelines and stages of v1.</summary>
internal static class PlaceWire
{
    public static readonly Wire<PlaceView<Pipeline>> Pipeline = new Wire<PlaceView<Pipeline>>("PipelineV1")
        .Whole("id", p => p.Record.Id)
        .Text("name", p => p.Record.Name, nullable: false)
        .Text("url_title", p => p.Record.Name.Replace(' ', '-'), nullable: false)
        .Whole("order_nr", p => p.Record.Position - 1)
        .Flag("active", p => p.Record.DeletedAt is null)
        .Flag("deal_probability", p => p.Record.UsesProbability)
        .Instant("add_time", p => p.Record.AddedAt, Spell.V1Time)
        .Instant("update_time", p => p.Record.UpdatedAt, Spell.V1Time)
        .Flag("selected", p => p.Record.IsDefault);

    public static readonly Wire<PlaceView<Stage>> Stage = new Wire<PlaceView<Stage>>("StageV1")
        .Whole("id", s => s.Record.Id)
        .Whole("order_nr", s => s.Record.Position)
        .Text("name", s => s.Record.Name, nullable: false)
        .Flag("active_flag", s => s.Record.DeletedAt is null)
        .Number("deal_probability", s => s.Record.Probability)
        .Whole("pipeline_id", s => s.Record.PipelineId)
        .Flag("rotten_flag", s => s.Record.RottenDays is not null)
        .Whole("rotten_days", s => s.Record.RottenDays)
        .Instant("add_time", s => s.Record.AddedAt, Spell.V1Time)
        .Instant("update_time", s => s.Record.UpdatedAt, Spell.V1Time)
        .Text("pipeline_name", s => s.Catalog.Pipeline(s.Record.PipelineId)?.Name)
        .Flag("pipeline_deal_probability", s => s.Catalog.Pipeline(s.Record.PipelineId)?.UsesProbability ?? false);
}
