using Tributary.Core.Kernel;
using Tributary.Core.Pipelines;
using Tributary.Server.Hosting;

namespace Tributary.Server.Api.Pipelines;

internal static class PipelineBody
{
    private static readonly Member<string> Name = Members.Name("name", "1 to 255 characters.");
    private static readonly Member<long> Position = Members.Whole("position", "1 is the first; left out: last.", 1, int.MaxValue);
    private static readonly Member<bool> IsDefault = Members.Flag("is_default", "true takes the part from the pipeline that had it.");
    private static readonly Member<bool> UsesProbability = Members.Flag("uses_probability", "true when left out.");
    private static readonly Member<long> PipelineId =
        Members.Id("pipeline_id", "In a change, another pipeline takes the stage and its deals.");
    private static readonly Member<StageKind> Kind = Members.Word("kind", "open when left out; it never changes.", PipelineWire.Kinds);
    private static readonly Member<decimal> Probability = Members.Number("probability", "Percent; 100 when left out.", 0, 100);
    private static readonly Member<long> RottenDays = Members.Whole("rotten_days", "null for never.", 1, 1000).Nullable();
    private static readonly Member<string> Color = Members.Word("color", "null leaves it to whoever shows the stage.",
        [.. StageColors.All.Select(word => (word, word))]).Nullable();
    private static readonly Member<StageEntryPatch> Rules = StageEntryBody.Rules;
    private static readonly Member<long> Id = Members.Id("id", "For imports: the id that other systems already hold.");
    private static readonly Member<Guid> Uid = Members.Uid("uid", "For imports.");

    private static readonly Shape InnerStage =
        new("NewStageOfPipeline", Name.Required(), Kind, Probability, RottenDays, Color, Rules, Id, Uid);

    private static readonly Member<Seq<StagePatch>> Stages =
        Members.List("stages", "Left to right. A won and a lost stage are added when none is named.",
        Members.Object("", "", InnerStage, ReadStage));

    public static readonly Shape New = new("NewPipeline", Name.Required(), Position, IsDefault, UsesProbability, Stages, Id, Uid);
    public static readonly Shape Patch = new("PipelinePatch", Name, Position, IsDefault, UsesProbability, Versions.Member);
    public static readonly Shape NewStage =
        new("NewStage", PipelineId.Required(), Name.Required(), Position, Kind, Probability, RottenDays, Color, Rules, Id, Uid);
    public static readonly Shape StagePatch =
        new("StagePatch", PipelineId, Name, Position, Probability, RottenDays, Color, Rules, Versions.Member);

    public static (PipelinePatch Pipeline, Seq<StagePatch> Stages) ReadNew(Body body) => (Read(body), body.Get(Stages).Or([]));

    public static PipelinePatch Read(Body body) => new()
    {
        ExpectedVersion = Versions.Read(body),
        Name = body.Get(Name),
        Position = body.Get(Position),
        IsDefault = body.Get(IsDefault),
        UsesProbability = body.Get(UsesProbability),
        Id = body.Get(Id),
        Uid = body.Get(Uid),
    };

    public static StagePatch ReadStage(Body body) => new()
    {
        ExpectedVersion = Versions.Read(body),
        PipelineId = body.Get(PipelineId),
        Name = body.Get(Name),
        Position = body.Get(Position),
        Kind = body.Get(Kind),
        Probability = body.Get(Probability),
        RottenDays = body.Clearable(RottenDays).As(days => (int?)days),
        Color = body.ClearableText(Color),
        Entry = body.ClearableObject(Rules),
        Id = body.Get(Id),
        Uid = body.Get(Uid),
    };
}
