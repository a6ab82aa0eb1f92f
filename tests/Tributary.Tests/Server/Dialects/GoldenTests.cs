using System.Text.Json;
using Tributary.Core.Kernel;
using Tributary.Tests.Support;
using Tributary.Tests.Walls;

namespace Tributary.Tests.Server.Dialects;

/// <summary>
/// The approved transcripts of Switch, YSuite, AutomateNexus and cPod (golden/*.http beside their tests), each in a workspace with a person
/// and a company.
/// </summary>
public sealed class GoldenTests
{
    private static readonly Dictionary<string, string> kinds = new()
    {
        ["pipeline_id"] = "pipeline",
        ["stage_id"] = "stage",
        ["stage.id"] = "stage",
        ["stages.id"] = "stage",
        ["from_stage_id"] = "stage",
        ["to_stage_id"] = "stage",
        ["deal_current_stage"] = "stage",
        ["owner_id"] = "user",
        ["owner.id"] = "user",
        ["deal_owner_id"] = "user",
        ["deal_assignedto"] = "user",
        ["changed_by"] = "user",
        ["created_by"] = "user",
        ["updated_by"] = "user",
        ["deleted_by"] = "user",
        ["customer_id"] = "person",
        ["customer.id"] = "person",
        ["contact_id"] = "person",
        ["contacts.id"] = "person",
        ["primary_contact_id"] = "person",
        ["contact_ids"] = "person",
        ["deal_contact_id"] = "person",
        ["cstid"] = "company",
        ["account_id"] = "company",
        ["organization_id"] = "tenant",
        ["tenant_id"] = "tenant",
        ["app_id"] = "app",
        ["deal_id"] = "deal",
        ["deal_amount_currency"] = "currency",
    };

    [Theory, OnBothBackends]
    public async Task Every_transcript_is_as_approved(Backend backend)
    {
        foreach (var dialect in new[] { "Switch", "YSuite", "AutomateNexus", "CPod" })
        {
            var files = Directory.GetFiles(Path.Combine(Sources.Root, "tests", "Tributary.Tests", "Server", "Dialects", dialect, "golden"),
                "*.http").Order(StringComparer.Ordinal).ToList();
            Assert.NotEmpty(files);
            foreach (var file in files)
            {
                TestClock.Instance.Set(TestClock.Start);
                var speakers = await Speakers.Of(backend);
                var name = dialect.ToLowerInvariant();
                await new Golden(speakers.Workspace, speakers.Clients[name], await Ids(speakers, name)).Run(file);
            }
        }
    }

    /// <summary>What requests may name before any answer has, as the dialect spells it.</summary>
    private static async Task<ScrubbedIds> Ids(Speakers speakers, string dialect)
    {
        var ids = new ScrubbedIds(kinds, path => path.Contains("/pipelines", StringComparison.Ordinal) ? "pipeline" : "deal");
        var (_, person) = await speakers.Native.Post("/api/v1/persons",
            new { name = "Pat Person", emails = new[] { new { value = "pat@acme.test" } } });
        var (_, company) = await speakers.Native.Post("/api/v1/organizations", new { name = "Acme Corp" });
        var (_, pipeline) = await speakers.Native.Get($"/api/v1/pipelines/{speakers.Workspace.PipelineId}");
        var (_, stages) = await speakers.Native.Get("/api/v1/stages");
        var (_, user) = await speakers.Native.Get($"/api/v1/users/{speakers.Workspace.Admin.UserId}");
        ids.Name("person", Id("con", person));
        ids.Name("company", Id(dialect == "cpod" ? "acc" : "con", company));
        ids.Name("pipeline", Id("pipe", pipeline));
        ids.Name("user", Id("usr", user));
        foreach (var stage in stages.GetProperty("data").EnumerateArray()) ids.Name("stage", Id("stage", stage));
        return ids;

        string Id(string prefix, JsonElement record) => (dialect, record.GetProperty("uid").GetGuid()) switch
        {
            ("ysuite", _) => record.GetProperty("id").GetRawText(),
            ("automatenexus", var uid) => $"{prefix}_{UidText.ToBase32(uid)}",
            ("cpod", var uid) when prefix is not ("pipe" or "stage") => $"{prefix}-{uid:D}",
            (_, var uid) => $"{uid:D}",
        };
    }
}
