using Tributary.Core.Catalog;
using Tributary.Core.Deals;
using Tributary.Core.Kernel;
using Tributary.Core.Pipelines;
using Tributary.Server.Hosting;

namespace Tributary.Server.Dialects.Pipedrive.V1;

/// <summary>Stages of v1: order numbers begin with 1. Those of kind won and lost hold no deals and are not shown.</summary>
internal static class StageRoutes
{
    private const string Tag = "Pipelines v1";

    private static readonly Member<long> Id = Members.Id("id", "The ID of the stage.").InPath();
    private static readonly Member<long> PipelineFilter = Members.Id("pipeline_id", "Stages of this pipeline; all when left out.");
    private static readonly Member<string> Name = Members.Text("name", "", 255);
    private static readonly Member<long> OrderNr = Members.Whole("order_nr", "The place; of pipelines 0 is the default one.", 0, 10_000);
    private static readonly Member<long> PipelineId = Members.Id("pipeline_id", "");
    private static readonly Member<decimal> Probability = Members.Number("deal_probability", "Percent.", 0, 100);
    private static readonly Member<bool> Rots = Members.Flag("rotten_flag", "");
    private static readonly Member<long> RottenDays = Members.Whole("rotten_days", "Only with rotten_flag.", 1, 10_000).Nullable();

    private static readonly Many<PlaceView<Stage>> Stages = new(PlaceWire.Stage);
    private static readonly One<PlaceView<Stage>> OneStage = new(PlaceWire.Stage);

    public static readonly IReadOnlyList<Operation> All =
    [
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
            Tag = Tag, Summary = "Get one stage", Cost = 2, Parameters = [Id], Answer = OneStage,
        },
        new("PUT", "/stages/{id}", "updateStageV1", UpdateStage)
        {
            Tag = Tag, Summary = "Update stage details", Cost = 10, Parameters = [Id],
            Body = new("StageChangesV1", Name, PipelineId, Probability, Rots, RottenDays, OrderNr), Answer = OneStage,
        },
        new("DELETE", "/stages/{id}", "deleteStageV1", DeleteStage)
        {
            Tag = Tag, Summary = "Delete a stage", Cost = 6, Parameters = [Id], Answer = Answers.Id,
            CoverageNote = "Refused while it holds deals.",
        },
        new("DELETE", "/stages", "deleteStages", DeleteStages)
        {
            Tag = Tag, Summary = "Delete multiple stages in bulk", Cost = 10, Parameters = [Several.Ids], Answer = Answers.Ids,
            CoverageNote = "Refused while one of them holds deals. " + Several.Note,
        },
        new("GET", "/stages/{id}/deals", "getStageDeals", StageDeals)
        {
            Tag = Tag, Summary = "Get deals in a stage", Cost = 20, Parameters = [Id, .. DealsIn.Parameters],
            Answer = DealsIn.Answer,
        },
    ];

    private static async Task<Reply> StageDeals(Call call) =>
        await DealsIn.Reply(call, new() { StageId = (await OpenStage(call)).Id, Status = DealStatus.Open });

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
        var id = call.Path(Id, "stage");
        return await call.Service<PipelineService>().GetStage(call.Caller, id, call.Ct) is { Kind: StageKind.Open } stage ? stage
            : throw Problem.NotFound("stage", id);
    }

    private static async Task<Reply> Shown(Call call, Stage stage) =>
        OneStage.Reply(new(stage, await call.Service<CatalogService>().Latest(call.Caller, call.Ct)));

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
