using Tributary.Core.Catalog;
using Tributary.Core.Kernel;

namespace Tributary.Core.Pipelines;

/// <summary>
/// Which stages a pipeline may have: open ones first, then at least one won and one lost (YSuite, "pipelines"), in places
/// 1 to n. Pure; each verb takes the live stages of one pipeline in order and gives them back as they then stand.
/// </summary>
internal static class StageRules
{
    public const int MaxName = 255;
    public const int MaxRottenDays = 1000;
    public const int Max = 200;

    /// <summary>What a new pipeline gets beside the stages the caller names.</summary>
    public static IEnumerable<StagePatch> Outcomes(IReadOnlyList<StagePatch> named)
    {
        if (!named.Any(stage => stage.Kind.Or(StageKind.Open) is StageKind.Won)) yield return new() { Name = "Won", Kind = StageKind.Won };
        if (!named.Any(stage => stage.Kind.Or(StageKind.Open) is StageKind.Lost)) yield return new()
        {
            Name = "Lost",
            Kind = StageKind.Lost,
        };
    }

    public static IReadOnlyList<Stage> Add(IReadOnlyList<Stage> stages, StagePatch patch, long pipelineId, long id, Guid uid,
        DateTimeOffset now, WorkspaceCatalog catalog)
    {
        if (stages.Count >= Max) throw Problem.TooLarge($"A pipeline has at most {Max} stages.");
        var kind = patch.Kind.Or(StageKind.Open);
        var blank = new Stage
        {
            Id = id,
            Uid = uid,
            PipelineId = pipelineId,
            Name = "",
            Position = 0,
            Kind = kind,
            ProbabilityBp = kind is StageKind.Lost ? 0 : 10_000,
            AddedAt = now,
            UpdatedAt = now,
            Version = 1,
        };
        return Arranged(stages, Fill(blank, patch with { Name = patch.Name.Or("") }, catalog), patch.Position);
    }

    /// <param name="stages">Those of the pipeline in which the stage will be.</param>
    public static IReadOnlyList<Stage> Change(IReadOnlyList<Stage> stages, Stage before, StagePatch patch, WorkspaceCatalog catalog)
    {
        Problem.MustBeAt(patch.ExpectedVersion, before.Version, "stage", before.Id);
        if (patch.Kind.Or(before.Kind) != before.Kind)
        {
            throw Problem.Invalid("kind", "The kind of a stage cannot change. Add a stage of the other kind instead.");
        }
        return Arranged(stages, Fill(before with { PipelineId = patch.PipelineId.Or(before.PipelineId) }, patch, catalog), patch.Position);
    }

    public static IReadOnlyList<Stage> Remove(IReadOnlyList<Stage> stages, Stage gone)
    {
        var rest = stages.Where(stage => stage.Id != gone.Id).ToList();
        if (!rest.Any(stage => stage.Kind == gone.Kind))
        {
            throw Problem.Conflict($"A pipeline must keep at least one {gone.Kind.ToString().ToLowerInvariant()} stage. Add another first.",
                "stage");
        }
        return Numbered(rest);
    }

    public static IReadOnlyList<Stage> Reorder(IReadOnlyList<Stage> stages, IReadOnlyList<long> ids) =>
        Numbered(Places.InOrder(stages, ids, stage => stage.Id));

    /// <summary>The stage that takes the deals of those that go; none when the caller named none.</summary>
    public static Stage? Heir(WorkspaceCatalog catalog, long? moveTo, IReadOnlyCollection<long> leaving)
    {
        if (moveTo is not { } id) return null;
        return catalog.Stages.FirstOrDefault(stage => stage.Id == id && stage.Kind is StageKind.Open && !leaving.Contains(id))
            ?? throw Problem.Invalid("move_to", "move_to must be the id of an open stage that stays.");
    }

    private static Stage Fill(Stage stage, StagePatch patch, WorkspaceCatalog catalog)
    {
        var checks = new Checks();
        checks.Require(patch.Position.Or(1) >= 1, "position", "position must be a whole number from 1.");
        checks.Require(patch.RottenDays.Or(null) is null or (>= 1 and <= MaxRottenDays), "rotten_days",
            $"rotten_days must be a whole number from 1 to {MaxRottenDays}, or null for never.");
        checks.Percentage("probability", patch.Probability.Or(0));
        checks.Require(patch.Color.Or(null) is not { } color || StageColors.All.Contains(color), "color",
            $"color must be one of {string.Join(", ", StageColors.All)}, or null.");
        var name = patch.Name.IsSet ? checks.Text("name", patch.Name.Value, MaxName) : stage.Name;
        checks.Done();

        return stage with
        {
            Name = name,
            ProbabilityBp = patch.Probability.IsSet ? (int)decimal.Round(patch.Probability.Value * 100, MidpointRounding.ToEven)
                : stage.ProbabilityBp,
            RottenDays = patch.RottenDays.Or(stage.RottenDays),
            Color = patch.Color.Or(stage.Color),
            Entry = !patch.Entry.IsSet ? stage.Entry
                : patch.Entry.Value is { } entry ? StageEntryRules.Apply(stage.Entry, entry, stage.Kind, catalog)
                : StageEntry.Free,
        };
    }

    /// <summary>The place is counted among the stages of the same kind, since the others are never in between.</summary>
    private static IReadOnlyList<Stage> Arranged(IReadOnlyList<Stage> stages, Stage stage, Field<long> place)
    {
        var before = stages.Count(other => other.Id != stage.Id && other.Kind < stage.Kind);
        var alike = stages.Count(other => other.Id != stage.Id && other.Kind == stage.Kind);
        return Numbered(Places.Put(stages, stage, place.IsSet ? before + Math.Min(place.Value, alike + 1) : null, each => each.Id));
    }

    // OrderBy is stable: within a kind the given order stays.
    private static IReadOnlyList<Stage> Numbered(IReadOnlyList<Stage> stages) =>
        [.. stages.OrderBy(stage => stage.Kind).Select((stage, index) => stage with { Position = index + 1 })];
}
