using Tributary.Tests.Support;
using Tributary.Tests.Walls;

namespace Tributary.Tests.Server.Dialects.Pipedrive.V1;

/// <summary>The approved transcripts of v1 (golden/*.http): what names no records but the deals, since v1 spells ids into names of members too.</summary>
public sealed class GoldenTests
{
    private static readonly string folder = Path.Combine(Sources.Root, "tests", "Tributary.Tests", "Server", "Dialects", "Pipedrive", "V1", "golden");

    private static readonly Dictionary<string, string> Kinds = new()
    {
        ["owner_id"] = "user",
        ["creator_user_id"] = "user",
        ["actor_user_id"] = "user",
        ["stage_id"] = "stage",
        ["pipeline_id"] = "pipeline",
        ["deal_id"] = "deal",
    };

    [Theory, OnBothBackends]
    public async Task Every_transcript_is_as_approved(Backend backend)
    {
        foreach (var file in Directory.GetFiles(folder, "*.http").Order(StringComparer.Ordinal))
        {
            TestClock.Instance.Set(TestClock.Start);
            var pipe = await Pipe.Open(backend);
            var ids = new ScrubbedIds(Kinds, _ => "deal");
            foreach (var user in new[] { pipe.Workspace.Admin, pipe.Workspace.Manager, pipe.Workspace.Member }) ids.Name("user", user.UserId!);
            foreach (var stage in pipe.Workspace.Stages) ids.Name("stage", stage);
            ids.Name("pipeline", pipe.Workspace.PipelineId);
            await new Golden(pipe.Workspace, pipe.Client, ids).Run(file);
        }
    }
}
