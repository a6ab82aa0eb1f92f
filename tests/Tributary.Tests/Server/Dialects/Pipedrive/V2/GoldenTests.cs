using Tributary.Core.Fields;
using Tributary.Core.Labels;
using Tributary.Core.Products;
using Tributary.Tests.Support;
using Tributary.Tests.Walls;

namespace Tributary.Tests.Server.Dialects.Pipedrive.V2;

/// <summary>
/// The approved transcripts of v2 (golden/*.http), each in a workspace with a person, an organization, a product, a label and a
/// field of its own.
/// </summary>
public sealed class GoldenTests
{
    private static readonly string folder =
        Path.Combine(Sources.Root, "tests", "Tributary.Tests", "Server", "Dialects", "Pipedrive", "V2", "golden");

    private static readonly Dictionary<string, string> Kinds = new()
    {
        ["owner_id"] = "user",
        ["creator_user_id"] = "user",
        ["user_id"] = "user",
        ["actor_user_id"] = "user",
        ["follower_user_id"] = "user",
        ["created_by"] = "user",
        ["updated_by"] = "user",
        ["owner.id"] = "user",
        ["person_id"] = "person",
        ["person.id"] = "person",
        ["org_id"] = "org",
        ["organization.id"] = "org",
        ["stage_id"] = "stage",
        ["stage.id"] = "stage",
        ["pipeline_id"] = "pipeline",
        ["pipeline.id"] = "pipeline",
        ["deal_id"] = "deal",
        ["item.id"] = "deal",
        ["product_id"] = "product",
        ["product_variation_id"] = "variation",
        ["label_ids"] = "label",
        ["labels.id"] = "label",
        ["ids"] = "line",
        ["options.id"] = "option",
    };

    [Theory, OnBothBackends]
    public async Task Every_transcript_is_as_approved(Backend backend)
    {
        var files = Directory.GetFiles(folder, "*.http").Order(StringComparer.Ordinal).ToList();
        Assert.NotEmpty(files);
        foreach (var file in files)
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
        ids.Name("person", (await pipe.Person("Jane Doe")).Id);
        ids.Name("org", (await pipe.Organization("Acme")).Id);
        ids.Name("product", (await new ProductService(some.Db).Create(some.Admin, new() { Name = "Mechanical Pencil" }, default)).Id);
        ids.Name("label", (await new LabelService(some.Db).Create(some.Admin, new() { Subject = "deal", Name = "Hot", Color = "red" },
            default)).Id);
        ids.Name("key", (await pipe.Field(FieldType.Varchar, "Reference")).Key);
        return ids;
    }

    private static string Kind(string path) => path.Split('?')[0] switch
    {
        var line when line.Contains("/products", StringComparison.Ordinal) => "line",
        var discount when discount.Contains("/discounts", StringComparison.Ordinal) => "discount",
        var installment when installment.Contains("/installments", StringComparison.Ordinal) => "installment",
        var options when options.Contains("Fields/", StringComparison.Ordinal) => "option",
        "/pipedrive/api/v2/itemSearch/field" => "found",
        _ => "deal",
    };
}
