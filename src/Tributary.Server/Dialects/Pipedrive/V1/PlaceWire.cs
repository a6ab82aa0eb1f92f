using Tributary.Core.Catalog;
using Tributary.Core.Pipelines;
using Tributary.Server.Hosting;

namespace Tributary.Server.Dialects.Pipedrive.V1;

/// <summary>A pipeline or a stage with its place: order numbers of pipelines begin with 0, those of stages with 1.</summary>
internal sealed record PlaceView<T>(T Record, WorkspaceCatalog Catalog);

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
