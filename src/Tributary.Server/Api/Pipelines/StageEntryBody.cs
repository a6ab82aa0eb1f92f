using Tributary.Core.Kernel;
using Tributary.Core.Pipelines;
using Tributary.Server.Hosting;

namespace Tributary.Server.Api.Pipelines;

/// <summary>The rules of a stage as our own API takes them. Members that are left out stay as they are; null clears all of them.</summary>
internal static class StageEntryBody
{
    public const string RequiredDoc =
        "Fields that must hold something when a deal enters: its own, such as value or expected_close, products, next_activity, and custom.<slug>.";
    public const string MaySkipDoc =
        "false: from the same pipeline, deals enter only from the open stage before. A won stage: only from the last one.";
    public const string MayReturnDoc =
        "false: deals do not come back here from a later stage.";
    public const string WhoDoc = "Who may bring deals here, beside admins; nobody named: everyone. Replaced whole.";

    private static readonly Member<Seq<string>> Required = Members.List("required", RequiredDoc, Members.Text("", "", 100));
    private static readonly Member<bool> MaySkip = Members.Flag("may_skip", MaySkipDoc);
    private static readonly Member<bool> MayReturn = Members.Flag("may_return", MayReturnDoc);
    private static readonly Member<Circle> Who = CircleJson.Member("who", WhoDoc);

    public static readonly Member<StageEntryPatch> Rules = Members.Object("rules", "What it asks of deals that enter it; null for nothing.",
        new("StageRulesPatch", Required, MaySkip, MayReturn, Who), Read).Nullable();

    private static StageEntryPatch Read(Body body) => new()
    {
        Required = body.Get(Required),
        MaySkip = body.Get(MaySkip),
        MayReturn = body.Get(MayReturn),
        Who = body.Get(Who),
    };
}
