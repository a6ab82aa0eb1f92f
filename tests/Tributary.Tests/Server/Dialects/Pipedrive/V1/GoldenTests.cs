using Tributary.Core.Products;
using Tributary.Tests.Support;
using Tributary.Tests.Walls;

namespace Tributary.Tests.Server.Dialects.Pipedrive.V1;

/// <summary>
/// The approved transcripts of v1 (golden/*.http), each in a workspace with a person, an organization and a product of its own.
/// </summary>
public sealed class GoldenTests
{
    private static readonly string folder =
        Path.Combine(Sources.Root, "tests", "Tributary.Tests", "Server", "Dialects", "Pipedrive", "V1", "golden");

    private static readonly Dictionary<string, string> Kinds = Members(
        ("user", "user_id user_id.id user_id.value owner_id owner_id.id owner_id.value creator_user_id creator_user_id.id creator_user_id.value creator_id "
            + "actor_user_id user.id user.* followers.* followers.id added_by_user_id added_by_user_id.id added_by_user_id.value last_update_user_id update_user_id "
            + "created_by_user_id last_updated_by_user_id assigned_to_user_id activity_distribution.* admin_id data owner.id"),
        ("person", "person_id person_id.value person.id person.* related_persons"),
        ("org", "org_id org_id.value organization.id organization.* organization_id"),
        ("deal", "deal_id deal.id deal.* related_item_id item_id"),
        ("", "merge_what_id"),
        ("stage", "stage_id stage.id times_in_stages.* order_of_stages from_stage_id to_stage_id"),
        ("pipeline", "pipeline_id pipeline.id"),
        ("product", "product_id product.id"),
        ("line", "product_attachment_id"),
        ("activity", "next_activity_id last_activity_id activity_id"),
        ("lead", "lead_id"),
        ("label", "label_ids"),
        ("option", "options.id"),
        ("company", "company_id"));

    private static readonly Dictionary<string, string> Nouns = new()
    {
        ["deals"] = "deal",
        ["persons"] = "person",
        ["organizations"] = "org",
        ["products"] = "product",
        ["activities"] = "activity",
        ["activityTypes"] = "type",
        ["pipelines"] = "pipeline",
        ["stages"] = "stage",
        ["users"] = "user",
        ["permittedUsers"] = "user",
        ["participants"] = "participant",
        ["followers"] = "follower",
        ["flow"] = "change",
        ["notes"] = "note",
        ["files"] = "file",
        ["leads"] = "lead",
        ["leadLabels"] = "label",
        ["currencies"] = "currency",
        ["filters"] = "filter",
        ["webhooks"] = "webhook",
        ["mailMessages"] = "mail",
    };

    [Theory, OnBothBackends]
    public async Task Every_transcript_is_as_approved(Backend backend)
    {
        foreach (var file in Directory.GetFiles(folder, "*.http").Order(StringComparer.Ordinal))
        {
            TestClock.Instance.Set(TestClock.Start);
            var pipe = await Pipe.Open(backend);
            await new Golden(pipe.Workspace, pipe.Client, await Ids(pipe)).Run(file);
        }
    }

    /// <summary>What requests may name before any answer has.</summary>
    private static async Task<ScrubbedIds> Ids(Pipe pipe)
    {
        var some = pipe.Workspace;
        var ids = new ScrubbedIds(Kinds, Kind);
        foreach (var user in new[] { some.Admin, some.Manager, some.Member }) ids.Name("user", user.UserId!);
        foreach (var stage in some.Stages) ids.Name("stage", stage);
        ids.Name("pipeline", some.PipelineId);
        ids.Name("company", some.Id);
        ids.Name("person", (await pipe.Person("Jane Doe")).Id);
        ids.Name("org", (await pipe.Organization("Acme")).Id);
        ids.Name("product", (await new ProductService(some.Db).Create(some.Admin, new() { Name = "Mechanical Pencil" }, default)).Id);
        return ids;
    }

    /// <summary>Whose id stands at the top of an answer: the last noun of the path tells.</summary>
    private static string Kind(string path)
    {
        var nouns = path.Split('?')[0].Split('/')
            .Where(part => Nouns.ContainsKey(part) || part.EndsWith("Fields", StringComparison.Ordinal)).ToList();
        return nouns switch
        {
            [.., "deals", "products"] => "line",
            [.., var noun] => Nouns.GetValueOrDefault(noun, "field"),
            [] => "found",
        };
    }

    private static Dictionary<string, string> Members(params (string Kind, string Names)[] kinds) =>
        kinds.SelectMany(kind => kind.Names.Split(' ').Select(name => (name, kind.Kind)))
        .ToDictionary(pair => pair.name, pair => pair.Kind);
}
