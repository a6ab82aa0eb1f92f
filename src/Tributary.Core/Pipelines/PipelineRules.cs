using Tributary.Core.Kernel;

namespace Tributary.Core.Pipelines;

/// <summary>
/// Which pipelines a workspace may have: at least one, exactly one of them the default, in places 1 to n. Pure; each verb
/// takes the live pipelines in order and gives them back as they then stand.
/// </summary>
internal static class PipelineRules
{
    public const int MaxName = 255;
    public const int Max = 200;

    public static IReadOnlyList<Pipeline> Add(IReadOnlyList<Pipeline> pipelines, PipelinePatch patch, long id, Guid uid, DateTimeOffset now)
    {
        if (pipelines.Count >= Max) throw Problem.TooLarge($"A workspace has at most {Max} pipelines.");
        var blank = new Pipeline
        {
            Id = id,
            Uid = uid,
            Name = "",
            Position = 0,
            IsDefault = pipelines.Count == 0,
            UsesProbability = true,
            AddedAt = now,
            UpdatedAt = now,
            Version = 1,
        };
        return Arranged(pipelines, Fill(blank, patch with { Name = patch.Name.Or("") }), patch.Position);
    }

    public static IReadOnlyList<Pipeline> Change(IReadOnlyList<Pipeline> pipelines, Pipeline before, PipelinePatch patch)
    {
        Problem.MustBeAt(patch.ExpectedVersion, before.Version, "pipeline", before.Id);
        return Arranged(pipelines, Fill(before, patch), patch.Position);
    }

    /// <summary>The first of the rest becomes the default when the default goes.</summary>
    public static IReadOnlyList<Pipeline> Remove(IReadOnlyList<Pipeline> pipelines, Pipeline gone)
    {
        var rest = pipelines.Where(pipeline => pipeline.Id != gone.Id).ToList();
        if (rest.Count == 0) throw Problem.Conflict("The last pipeline cannot be deleted: deals must be somewhere.", "pipeline");
        if (gone.IsDefault) rest[0] = rest[0] with { IsDefault = true };
        return Numbered(rest);
    }

    public static IReadOnlyList<Pipeline> Reorder(IReadOnlyList<Pipeline> pipelines, IReadOnlyList<long> ids) =>
        Numbered(Places.InOrder(pipelines, ids, pipeline => pipeline.Id));

    private static Pipeline Fill(Pipeline pipeline, PipelinePatch patch)
    {
        var checks = new Checks();
        checks.Require(patch.Position.Or(1) >= 1, "position", "position must be a whole number from 1.");
        checks.Require(!pipeline.IsDefault || patch.IsDefault.Or(true), "is_default",
            "One pipeline must be the default. Make another the default instead.");
        var after = pipeline with
        {
            Name = patch.Name.IsSet ? checks.Text("name", patch.Name.Value, MaxName) : pipeline.Name,
            IsDefault = patch.IsDefault.Or(pipeline.IsDefault),
            UsesProbability = patch.UsesProbability.Or(pipeline.UsesProbability),
        };
        checks.Done();
        return after;
    }

    private static IReadOnlyList<Pipeline> Arranged(IReadOnlyList<Pipeline> pipelines, Pipeline pipeline, Field<long> place)
    {
        var others = pipeline.IsDefault ? pipelines.Select(other => other with { IsDefault = false }) : pipelines;
        return Numbered(Places.Put(others, pipeline, place.IsSet ? place.Value : null, each => each.Id));
    }

    private static IReadOnlyList<Pipeline> Numbered(IReadOnlyList<Pipeline> pipelines) =>
        [.. pipelines.Select((pipeline, index) => pipeline with { Position = index + 1 })];
}
