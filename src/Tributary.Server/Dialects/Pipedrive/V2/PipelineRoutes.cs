using Tributary.Core.Catalog;
using Tributary.Core.Kernel;
using Tributary.Core.Lists;
using Tributary.Core.Pipelines;
using Tributary.Server.Hosting;

namespace Tributary.Server.Dialects.Pipedrive.V2;

/// <summary>
/// Pipelines and stages as v2 has them. Stages of kind won and lost hold no deals and are not shown: Pipedrive knows only statuses.
/// </summary>
internal static class PipelineRoutes
{
    private static readonly Member<long> PipelinePath = Members.Id("id", "The ID of the pipeline.").InPath();
    private static readonly Member<long> StagePath = Members.Id("id", "The ID of the stage.").InPath();

    private static readonly Member<string> Name = Members.Text("name", "", 255);
    private static readonly Member<bool> UsesProbability =
        Members.Flag("is_deal_probability_enabled", "Whether deals are weighted by probability.");
    private static readonly Member<long> PipelineId = Members.Id("pipeline_id", "The ID of the pipeline.");
    private static readonly Member<long> Probability = Members.Whole("deal_probability", "Percent; 100 when left out.", 0, 100);
    private static readonly Member<bool> Rots = Members.Flag("is_deal_rot_enabled", "Whether deals in this stage can become rotten.");
    private static readonly Member<long> DaysToRotten =
        Members.Whole("days_to_rotten", "Needed when is_deal_rot_enabled is true.", 1, 10_000).Nullable();

    public static readonly Wire<Pipeline> PipelineWire = new Wire<Pipeline>("Pipeline")
        .Whole("id", p => p.Id)
        .Text("name", p => p.Name, nullable: false)
        .Whole("order_nr", p => p.Position)
        .Flag("is_deleted", p => p.DeletedAt is not null)
        .Flag("is_deal_probability_enabled", p => p.UsesProbability)
        .Instant("add_time", p => p.AddedAt, Spell.V2Time)
        .Instant("update_time", p => p.UpdatedAt, Spell.V2Time);

    public static readonly Wire<Stage> StageWire = new Wire<Stage>("Stage")
        .Whole("id", s => s.Id)
        .Whole("order_nr", s => s.Position)
        .Text("name", s => s.Name, nullable: false)
        .Flag("is_deleted", s => s.DeletedAt is not null)
        .Number("deal_probability", s => s.Probability)
        .Whole("pipeline_id", s => s.PipelineId)
        .Flag("is_deal_rot_enabled", s => s.RottenDays is not null)
        .Whole("days_to_rotten", s => s.RottenDays)
        .Instant("add_time", s => s.AddedAt, Spell.V2Time)
        .Instant("update_time", s => s.UpdatedAt, Spell.V2Time);

    private static readonly Wire<Pipeline> OnePipeline = Envelope.One(PipelineWire);
    private static readonly Wire<Stage> OneStage = Envelope.One(StageWire);

    private static readonly ShortList<Pipeline> Pipelines =
        new(PipelineWire, pipeline => pipeline.Id, ("id", p => p.Id), ("update_time", p => p.UpdatedAt), ("add_time", p => p.AddedAt));
    private static readonly ShortList<Stage> Stages =
        new(StageWire, stage => stage.Id, ("id", s => s.Id), ("update_time", s => s.UpdatedAt), ("add_time", s => s.AddedAt),
            ("order_nr", s => s.Position));

    public static readonly IReadOnlyList<Operation> All =
    [
        new("GET", "/pipelines", "getPipelines", ListPipelines)
        {
            Tag = "Pipelines", Summary = "Get all pipelines", Cost = 5, Parameters = Pipelines.Parameters, Answer = Pipelines.Answer,
        },
        new("GET", "/pipelines/{id}", "getPipeline", GetPipeline)
        {
            Tag = "Pipelines", Summary = "Get one pipeline", Parameters = [PipelinePath], Answer = OnePipeline,
        },
        new("POST", "/pipelines", "addPipeline", AddPipeline)
        {
            Tag = "Pipelines", Summary = "Add a new pipeline", Cost = 5, Body = new("NewPipeline", Name.Required(), UsesProbability),
            Answer = OnePipeline,
        },
        new("PATCH", "/pipelines/{id}", "updatePipeline", UpdatePipeline)
        {
            Tag = "Pipelines", Summary = "Update a pipeline", Cost = 5, Parameters = [PipelinePath],
            Body = new("PipelineChanges", Name, UsesProbability), Answer = OnePipeline,
        },
        new("DELETE", "/pipelines/{id}", "deletePipeline", DeletePipeline)
        {
            Tag = "Pipelines", Summary = "Delete a pipeline", Cost = 3, Parameters = [PipelinePath], Answer = Envelope.Deleted,
            CoverageNote = "Refused while it holds deals.",
        },
        new("GET", "/stages", "getStages", ListStages)
        {
            Tag = "Stages", Summary = "Get all stages", Cost = 5, Parameters = [PipelineId, .. Stages.Parameters], Answer = Stages.Answer,
        },
        new("GET", "/stages/{id}", "getStage", GetStage)
        {
            Tag = "Stages", Summary = "Get one stage", Parameters = [StagePath], Answer = OneStage,
        },
        new("POST", "/stages", "addStage", AddStage)
        {
            Tag = "Stages", Summary = "Add a new stage", Cost = 5,
            Body = new("NewStage", Name.Required(), PipelineId.Required(), Probability, Rots, DaysToRotten), Answer = OneStage,
        },
        new("PATCH", "/stages/{id}", "updateStage", UpdateStage)
        {
            Tag = "Stages", Summary = "Update stage details", Cost = 5, Parameters = [StagePath],
            Body = new("StageChanges", Name, PipelineId, Probability, Rots, DaysToRotten), Answer = OneStage,
        },
        new("DELETE", "/stages/{id}", "deleteStage", DeleteStage)
        {
            Tag = "Stages", Summary = "Delete a stage", Cost = 3, Parameters = [StagePath], Answer = Envelope.Deleted,
            CoverageNote = "Refused while it holds deals.",
        },
    ];

    private static async Task<Reply> ListPipelines(Call call)
    {
        call.Caller.MustRead("pipelines");
        return await Pipelines.Page(call, async () => (await call.Service<CatalogService>().Latest(call.Caller, call.Ct)).Pipelines);
    }

    private static async Task<Reply> GetPipeline(Call call) =>
        Reply.Json(OnePipeline, await call.Service<PipelineService>().Get(call.Caller, call.Path(PipelinePath, "pipeline"), call.Ct));

    private static async Task<Reply> AddPipeline(Call call)
    {
        call.Caller.MustManage("pipelines");
        return Reply.Json(OnePipeline, await call.Service<PipelineService>()
            .Create(call.Caller, await call.Read(body => ReadPipeline(body) with { UsesProbability = body.Get(UsesProbability).Or(false) }),
                [], call.Ct));
    }

    private static async Task<Reply> UpdatePipeline(Call call)
    {
        var id = call.Path(PipelinePath, "pipeline");
        call.Caller.MustManage("pipelines");
        return Reply.Json(OnePipeline, await call.Service<PipelineService>()
            .Update(call.Caller, id, await call.Read(ReadPipeline), call.Ct));
    }

    private static async Task<Reply> DeletePipeline(Call call)
    {
        var id = call.Path(PipelinePath, "pipeline");
        await call.Service<PipelineService>().Delete(call.Caller, id, moveTo: null, expected: null, call.Ct);
        return Reply.Json(Envelope.Deleted, new Gone(id));
    }

    private static async Task<Reply> ListStages(Call call)
    {
        call.Caller.MustRead("pipelines");
        var pipeline = call.Query(PipelineId);
        return await Stages.Page(call, async () => [.. (await call.Service<CatalogService>().Latest(call.Caller, call.Ct)).Stages
            .Where(stage => stage.Kind is StageKind.Open && (!pipeline.IsSet || stage.PipelineId == pipeline.Value))]);
    }

    private static async Task<Reply> GetStage(Call call) => Reply.Json(OneStage, await Open(call));

    private static async Task<Reply> AddStage(Call call)
    {
        call.Caller.MustManage("pipelines");
        var patch = await call.Read(body => ReadStage(body, null) with { Probability = body.Get(Probability).Or(100) });
        return Reply.Json(OneStage, await call.Service<PipelineService>().CreateStage(call.Caller, patch, call.Ct));
    }

    private static async Task<Reply> UpdateStage(Call call)
    {
        var stage = await Open(call);
        call.Caller.MustManage("pipelines");
        return Reply.Json(OneStage, await call.Service<PipelineService>()
            .UpdateStage(call.Caller, stage.Id, await call.Read(body => ReadStage(body, stage)), call.Ct));
    }

    private static async Task<Reply> DeleteStage(Call call)
    {
        call.Caller.MustManage("pipelines");
        var stage = await Open(call);
        await call.Service<PipelineService>().DeleteStage(call.Caller, stage.Id, moveTo: null, expected: null, call.Ct);
        return Reply.Json(Envelope.Deleted, new Gone(stage.Id));
    }

    private static async Task<Stage> Open(Call call)
    {
        var id = call.Path(StagePath, "stage");
        var stage = await call.Service<PipelineService>().GetStage(call.Caller, id, call.Ct);
        return stage is { Kind: StageKind.Open, DeletedAt: null } ? stage : throw Problem.NotFound("stage", id);
    }

    private static PipelinePatch ReadPipeline(Body body) => new() { Name = body.Get(Name), UsesProbability = body.Get(UsesProbability) };

    private static StagePatch ReadStage(Body body, Stage? before)
    {
        var (rots, days) = (body.Get(Rots), body.Clearable(DaysToRotten).As(days => (int?)days));
        if (rots is { IsSet: true, Value: true } && days.Or(before?.RottenDays) is null)
        {
            body.Fail("days_to_rotten", "days_to_rotten is required when is_deal_rot_enabled is true.");
        }
        return new()
        {
            Name = body.Get(Name),
            PipelineId = body.Get(PipelineId),
            Probability = body.Get(Probability).As(percent => (decimal)percent),
            RottenDays = rots is { IsSet: true, Value: false } ? new(true, null) : days,
        };
    }
}
