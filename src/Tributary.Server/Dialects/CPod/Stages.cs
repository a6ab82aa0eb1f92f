using System.Runtime.CompilerServices;
using Tributary.Core.Catalog;
using Tributary.Core.Deals;
using Tributary.Core.Kernel;
using Tributary.Core.Pipelines;
using Tributary.Server.Hosting;

namespace Tributary.Server.Dialects.CPod;

/// <summary>
/// The word for a deal's stage: closed_won and closed_lost are its status (the engine keeps the stage beside it), any other
/// word is the name of an open stage. The vocabulary is open (reference §4.5): a word nobody used yet makes a stage.
/// </summary>
internal static class Stages
{
    public const string Won = "closed_won";
    public const string Lost = "closed_lost";

    /// <summary>The open stages a pipeline may come to have by words that were sent.</summary>
    public const int MostByName = 50;
    private const int MaxName = 255;

    public static string Word(DealStatus status, long stageId, WorkspaceCatalog catalog) => status switch
    {
        DealStatus.Won => Won,
        DealStatus.Lost => Lost,
        DealStatus.Open => catalog.Stage(stageId) is { } stage ? Word(stage) : $"stage_{stageId}",
    };

    /// <summary>
    /// "Demo scheduled" → "demo_scheduled". A name of which nothing can be spelled so, or that would read as closed, goes by its number.
    /// </summary>
    public static string Word(Stage stage) => words.GetValue(stage, Spell);

    // A stage is one object for as long as the catalog is, and a list asks its word for every row.
    private static readonly ConditionalWeakTable<Stage, string> words = [];

    private static string Spell(Stage stage) => Slug.Of(stage.Name, MaxName) is { Length: > 0 } slug && slug is not (Won or Lost)
        ? slug : $"stage_{stage.Id}";

    /// <summary>
    /// Whether the word means this stage: its word, its name, or another spelling of them ("Demo scheduled", "demo-scheduled").
    /// </summary>
    public static bool IsMeant(Stage stage, string word) =>
        stage.Name == word || Word(stage) == word || Slug.Of(word, MaxName) is { Length: > 0 } slug && Word(stage) == slug;

    /// <summary>
    /// The patch with its place, and without what belongs to an outcome the deal leaves: such members come back from clients that send all
    /// they read.
    /// </summary>
    public static async Task<DealPatch> Place(Call call, DealPatch patch, Field<string> word, Deal? before, WorkspaceCatalog catalog)
    {
        var placed = word.IsSet ? await Placed(call, patch, word.Value.Trim(), before, catalog) : patch;
        if (before is null) return placed;

        var status = placed.Status.Or(before.Status);
        if (before.Status is DealStatus.Lost && status is not DealStatus.Lost) placed = placed with
        {
            LostReason = default,
            LossCategory = default,
        };
        return before.Status is not DealStatus.Open && status is DealStatus.Open ? placed with { ClosedAt = default } : placed;
    }

    private static async Task<DealPatch> Placed(Call call, DealPatch patch, string word, Deal? before, WorkspaceCatalog catalog)
    {
        if (word == Won) return patch with { Status = DealStatus.Won };
        if (word == Lost) return patch with { Status = DealStatus.Lost };
        if (word.Length is 0 or > MaxName) throw Problem.Invalid("stage", $"stage must be a word of 1 to {MaxName} characters.");

        var pipelineId = patch.PipelineId.IsSet ? patch.PipelineId.Value
            : before?.PipelineId ?? catalog.DefaultPipeline?.Id ?? throw Problem.Invalid("pipeline_id", "This tenant has no pipeline yet.");
        var named = catalog.Stages.Where(stage => stage.PipelineId == pipelineId && IsMeant(stage, word)).ToList();
        var stage = named.Find(stage => stage.Id == before?.StageId) ?? named.FirstOrDefault();
        // A stage of kind won or lost says how the deal closed.
        if (stage is not null and not { Kind: StageKind.Open }) return patch with
        {
            Status = stage.Kind is StageKind.Won ? DealStatus.Won : DealStatus.Lost,
        };

        stage ??= await call.Service<PipelineService>().StageNamed(call.Caller, pipelineId, Name(word), MostByName, call.Ct);
        return patch with { StageId = stage.Id, Status = DealStatus.Open };
    }

    /// <summary>"contract_review" → "Contract review", whose word is the one that was sent; other spellings are names already.</summary>
    private static string Name(string word)
    {
        if (word != Slug.Of(word, MaxName)) return word;
        var text = word.Replace('_', ' ');
        return char.ToUpperInvariant(text[0]) + text[1..];
    }
}
