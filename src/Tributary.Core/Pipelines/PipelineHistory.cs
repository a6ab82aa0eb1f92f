using Tributary.Core.Log;

namespace Tributary.Core.Pipelines;

/// <summary>What the log records of pipelines and stages.</summary>
internal static class PipelineHistory
{
    private static readonly IReadOnlyList<Tracked<Pipeline>> Fields =
    [
        new("name", pipeline => pipeline.Name),
        new("position", pipeline => pipeline.Position),
        new("is_default", pipeline => pipeline.IsDefault),
        new("uses_probability", pipeline => pipeline.UsesProbability),
        new("deleted_at", pipeline => pipeline.DeletedAt),
    ];

    private static readonly IReadOnlyList<Tracked<Stage>> StageFields =
    [
        new("pipeline_id", stage => stage.PipelineId),
        new("name", stage => stage.Name),
        new("position", stage => stage.Position),
        new("kind", stage => stage.Kind),
        new("probability", stage => stage.Probability),
        new("rotten_days", stage => stage.RottenDays),
        new("color", stage => stage.Color),
        new("rules", stage => stage.Entry == StageEntry.Free ? null : stage.Entry),
        new("deleted_at", stage => stage.DeletedAt),
    ];

    public static LogEntry Between(Pipeline? before, Pipeline after) => new()
    {
        Subject = "pipeline",
        SubjectId = after.Id,
        Action = Action(before is null, after.DeletedAt),
        Changes = Tracked.Between(Fields, before, after),
    };

    public static LogEntry Between(Stage? before, Stage after) => new()
    {
        Subject = "stage",
        SubjectId = after.Id,
        Action = Action(before is null, after.DeletedAt),
        Changes = Tracked.Between(StageFields, before, after),
    };

    private static string Action(bool isNew, DateTimeOffset? deletedAt) => isNew ? "created" : deletedAt is null ? "updated" : "deleted";
}
