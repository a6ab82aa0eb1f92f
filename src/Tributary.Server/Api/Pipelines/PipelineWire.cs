using Tributary.Core.Catalog;
using Tributary.Core.Pipelines;
using Tributary.Server.Hosting;

namespace Tributary.Server.Api.Pipelines;

/// <summary>A pipeline, with its stages when they were asked for.</summary>
internal sealed record PipelineView(Pipeline Pipeline, IReadOnlyList<Stage>? Stages)
{
    public static PipelineView Of(Pipeline pipeline, WorkspaceCatalog catalog) =>
        new(pipeline, [.. catalog.Stages.Where(stage => stage.PipelineId == pipeline.Id)]);
}

internal static class PipelineWire
{
    public static readonly (string, StageKind)[] Kinds = [("open", StageKind.Open), ("won", StageKind.Won), ("lost", StageKind.Lost)];

    private static readonly Wire<StageEntry> Entry = new Wire<StageEntry>("StageRules",
        "What a stage asks of deals that enter it; a won or lost stage, of deals that are closed that way.")
        .Texts("required", e => e.Required, StageEntryBody.RequiredDoc)
        .Flag("may_skip", e => e.MaySkip, StageEntryBody.MaySkipDoc)
        .Flag("may_return", e => e.MayReturn, StageEntryBody.MayReturnDoc)
        .Object("who", e => e.Who, CircleJson.Wire, "Who may bring deals here.");

    public static readonly Wire<Stage> Stage = new Wire<Stage>("Stage", "A step of a pipeline, or one of its outcomes (kind won or lost).")
        .Whole("id", s => s.Id)
        .Uid("uid", s => s.Uid)
        .Whole("pipeline_id", s => s.PipelineId)
        .Text("name", s => s.Name, nullable: false)
        .Whole("position", s => s.Position, "1 is the first of the pipeline.")
        .Word("kind", s => Spell(s.Kind), ["open", "won", "lost"],
            "A deal moved to a won or lost stage is closed; it stays in the stage it was in.")
        .Number("probability", s => s.Probability, "Percent; weighs deals that have none of their own.")
        .Whole("rotten_days", s => s.RottenDays, "Days without a change after which a deal here rots; null for never.")
        .Text("color", s => s.Color, $"One of {string.Join(", ", StageColors.All)}; null leaves it to whoever shows the stage.")
        .Object("rules", s => s.Entry, Entry, "What it asks of deals that enter it.")
        .Instant("added_at", s => s.AddedAt, TimeStyle.IsoMilliseconds)
        .Instant("updated_at", s => s.UpdatedAt, TimeStyle.IsoMilliseconds)
        .Whole("version", s => s.Version, "Also the ETag.");

    public static readonly Wire<PipelineView> Pipeline =
        new Wire<PipelineView>("Pipeline", "A way of selling: stages that deals move through.")
        .Whole("id", p => p.Pipeline.Id)
        .Uid("uid", p => p.Pipeline.Uid)
        .Text("name", p => p.Pipeline.Name, nullable: false)
        .Whole("position", p => p.Pipeline.Position)
        .Flag("is_default", p => p.Pipeline.IsDefault, "Where deals go when nobody says which pipeline; exactly one is.")
        .Flag("uses_probability", p => p.Pipeline.UsesProbability, "When false, weighted value equals value here.")
        .Objects("stages", p => p.Stages ?? [], Stage, "Left to right; lists show them with include=stages.",
            when: p => p.Stages is not null)
        .Instant("added_at", p => p.Pipeline.AddedAt, TimeStyle.IsoMilliseconds)
        .Instant("updated_at", p => p.Pipeline.UpdatedAt, TimeStyle.IsoMilliseconds)
        .Whole("version", p => p.Pipeline.Version, "Also the ETag.");

    public static readonly ISchema Stages = new ListOf("StagesInOrder", Stage);
    public static readonly ISchema Pipelines = new ListOf("PipelinesInOrder", Pipeline);

    private static string Spell(StageKind kind) => kind switch
    {
        StageKind.Open => "open",
        StageKind.Won => "won",
        StageKind.Lost => "lost",
    };
}
