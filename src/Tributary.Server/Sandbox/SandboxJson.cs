using System.Globalization;
using System.Text.Json.Nodes;
using Tributary.Core.Fields;
using Tributary.Core.Kernel;
using Tributary.Core.Pipelines;

namespace Tributary.Server.Sandbox;

/// <summary>
/// What <c>GET /_sandbox</c> answers: every fixture with its id in every dialect's spelling, and every credential (docs/sandbox.md).
/// </summary>
internal static class SandboxJson
{
    public static byte[] Of(IEnumerable<SandboxWorkspace> workspaces) =>
        System.Text.Encoding.UTF8.GetBytes(new JsonObject { ["workspaces"] = Array(workspaces.Select(Workspace)) }
            .ToJsonString(new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }));

    private static JsonNode Workspace(SandboxWorkspace made) => new JsonObject
    {
        ["key"] = made.Credentials.Key,
        ["name"] = made.Workspace.Name,
        ["uid"] = made.Workspace.Uid.ToString("D"),
        ["credentials"] = Credentials(made.Credentials),
        ["pipelines"] = Array(made.Pipelines.Select(pipeline => new JsonObject
        {
            ["name"] = pipeline.Name,
            ["ids"] = Ids(pipeline.Id, pipeline.Uid, "pipe_", pipeline.Uid.ToString("D")),
            ["stages"] = Array(made.StagesOf(pipeline).Select(Stage)),
        })),
        ["users"] =
            Array(made.Users.Select(user => new JsonObject
            {
                ["name"] = user.Name,
                ["email"] = user.Email,
                ["ids"] = Ids(user.Id, user.Uid, "usr_", $"usr-{user.Uid:D}")
            })),
        ["organizations"] =
            Array(made.Organizations.Select(org => new JsonObject
            {
                ["name"] = org.Name,
                ["ids"] = Ids(org.Id, org.Uid, "org_", $"acc-{org.Uid:D}")
            })),
        ["persons"] = Array(made.Persons.Select(person => new JsonObject
        {
            ["name"] = person.Name,
            ["organization"] = made.Organizations.FirstOrDefault(org => org.Id == person.OrgId)?.Name,
            ["ids"] = Ids(person.Id, person.Uid, "con_", $"con-{person.Uid:D}"),
        })),
        ["products"] =
            Array(made.Products.Select(product => new JsonObject
            {
                ["name"] = product.Name,
                ["ids"] = Ids(product.Id, product.Uid, "prod_", $"prd-{product.Uid:D}")
            })),
        ["tags"] = Array(made.Tags.Select(tag => new JsonObject { ["name"] = tag.Name, ["ids"] = Ids(tag.Id, tag.Uid, "tag_", tag.Name) })),
        ["labels"] =
            Array(made.Labels.Select(label => new JsonObject
            {
                ["name"] = label.Name,
                ["subject"] = label.Subject,
                ["ids"] = Ids(label.Id, label.Uid, "label_", label.Uid.ToString("D"))
            })),
        ["currencies"] = Array(made.Currencies.Where(currency => currency.IsActive).Select(currency => new JsonObject
        {
            ["code"] = currency.Code,
            ["ids"] = Ids(currency.Id, currency.Uid, "cur_", currency.Code),
        })),
        ["custom_fields"] = Array(made.Fields.Select(field => new JsonObject
        {
            ["name"] = field.Name,
            ["key"] = field.Key,
            ["slug"] = field.Slug,
            ["type"] = FieldTypes.Word(field.Type),
            ["options"] = Array(field.Options.Select(option => new JsonObject { ["id"] = option.Id, ["label"] = option.Label })),
        })),
        ["deals"] = Array(made.Deals.Select(deal => new JsonObject
        {
            ["title"] = deal.Title,
            ["status"] = deal.Status.ToString().ToLowerInvariant(),
            ["archived"] = deal.IsArchived,
            ["pipeline"] = made.Pipelines.First(pipeline => pipeline.Id == deal.PipelineId).Name,
            ["stage"] = made.Stages.First(stage => stage.Id == deal.StageId).Name,
            ["value"] = deal.Value is { } value ? decimal.Round(value, 2) + 0.00m : null,
            ["currency"] = deal.Currency,
            ["ids"] = Ids(deal.Id, deal.Uid, "deal_", $"deal_{UidText.ToUlid(deal.Uid)}"),
        })),
    };

    private static JsonNode Stage(Stage stage) => new JsonObject
    {
        ["name"] = stage.Name,
        ["kind"] = stage.Kind.ToString().ToLowerInvariant(),
        ["probability"] = stage.Probability,
        ["ids"] = Ids(stage.Id, stage.Uid, "stage_", CPodStage(stage)),
    };

    private static JsonObject Credentials(SandboxCredentials known) => new()
    {
        ["native"] = new JsonObject { ["token"] = known.NativeAdmin, ["reader_token"] = known.NativeReader },
        ["pipedrive"] = new JsonObject { ["token"] = known.PipedriveAdmin, ["user_token"] = known.PipedriveUser },
        ["automatenexus"] = new JsonObject { ["full"] = known.AutomateNexusFull, ["readonly"] = known.AutomateNexusReadonly },
        ["switch"] = new JsonObject { ["full"] = known.SwitchFull, ["readonly"] = known.SwitchReadonly },
        ["cpod"] = new JsonObject
        {
            ["client_id"] = known.CPodApp,
            ["client_secret"] = known.CPodSecret,
            ["app2_id"] = known.CPodApp2,
            ["app2_secret"] = known.CPodSecret2,
        },
        ["ysuite"] = new JsonObject
        {
            ["access"] = known.YSuiteAccess,
            ["secret"] = known.YSuiteSecret,
            ["revoked_access"] = known.YSuiteRevoked,
        },
        ["web"] = new JsonObject
        {
            ["email"] = known.Email("admin"),
            ["seller_email"] = known.Email("seller"),
            ["password"] = SandboxCredentials.Password,
        },
    };

    private static JsonObject Ids(long id, Guid uid, string automateNexus, string cPod) => new()
    {
        ["native"] = id,
        ["pipedrive"] = id,
        ["automatenexus"] = automateNexus + UidText.ToBase32(uid),
        ["switch"] = uid.ToString("D"),
        ["cpod"] = cPod,
        ["ysuite"] = id,
    };

    /// <summary>
    /// cPod knows stages by a word: the name in lower case with underscores, and "closed_won" and "closed_lost" for the outcomes (Deal
    /// page).
    /// </summary>
    private static string CPodStage(Stage stage) => stage.Kind switch
    {
        StageKind.Open => stage.Name.ToLower(CultureInfo.InvariantCulture).Replace(' ', '_'),
        StageKind.Won => "closed_won",
        StageKind.Lost => "closed_lost",
    };

    private static JsonArray Array(IEnumerable<JsonNode> nodes) => new([.. nodes]);
}
