using System.Text.Json.Nodes;
using Tributary.Core.Kernel;
using Tributary.Core.Keys;
using Tributary.Core.Sessions;
using Tributary.Server.Api.Activities;
using Tributary.Server.Api.ActivityTypes;
using Tributary.Server.Api.Automations;
using Tributary.Server.Api.Backups;
using Tributary.Server.Api.Contacts;
using Tributary.Server.Api.Currencies;
using Tributary.Server.Api.Deals;
using Tributary.Server.Api.Events;
using Tributary.Server.Api.Fields;
using Tributary.Server.Api.Files;
using Tributary.Server.Api.Filters;
using Tributary.Server.Api.Goals;
using Tributary.Server.Api.Imports;
using Tributary.Server.Api.Insights;
using Tributary.Server.Api.Jobs;
using Tributary.Server.Api.Keys;
using Tributary.Server.Api.Labels;
using Tributary.Server.Api.Leads;
using Tributary.Server.Api.Mail;
using Tributary.Server.Api.Notes;
using Tributary.Server.Api.Pipelines;
using Tributary.Server.Api.Products;
using Tributary.Server.Api.Search;
using Tributary.Server.Api.Sessions;
using Tributary.Server.Api.Users;
using Tributary.Server.Api.Webhooks;
using Tributary.Server.Api.Workspaces;
using Tributary.Server.Hosting;

namespace Tributary.Server.Api;

/// <summary>Our own API: everything the engine can do, under /api/v1. The superset of what any dialect can do.</summary>
internal sealed class NativeDialect : IDialect
{
    public const string Root = "/api/v1";

    public static readonly ReadingPolicy Policy = new() { RefuseUnknownMembers = true, RefuseUnknownParameters = true };

    private readonly KeyService keys;
    private readonly SessionService sessions;

    public NativeDialect(KeyService keys, SessionService sessions, TributaryOptions options)
    {
        this.keys = keys;
        this.sessions = sessions;
        Operations = Declare(options);
    }

    public string Name => "native";
    public string Prefix => Root;
    public ReadingPolicy Reading => Policy;
    public IReadOnlyList<Operation> Operations { get; }

    /// <summary>
    /// Its operations, put together: a part of a start that asks for no database, so it may go on while one is opened. The web app needs them.
    /// </summary>
    public static IReadOnlyList<Operation> Declare(TributaryOptions options) =>
    [
        .. DealRoutes.All,
        .. DealBatchRoutes.All,
        .. DealPeopleRoutes.All,
        .. SaleRoutes.All,
        .. DealPastRoutes.All,
        .. LensRoutes.All,
        .. PipelineRoutes.All,
        .. StageRoutes.All,
        .. LabelRoutes.All,
        .. TagRoutes.All,
        .. LostReasonRoutes.All,
        .. ActivityTypeRoutes.All,
        .. FieldRoutes.All,
        .. FilterRoutes.All,
        .. CurrencyRoutes.All,
        .. EventRoutes.All,
        .. WorkspaceRoutes.All,
        .. UserRoutes.All, .. SightRoutes.All,
        .. GroupRoutes.All,
        .. SessionRoutes.All,
        .. SetupRoutes.All,
        .. KeyRoutes.All,
        .. AppRoutes.All, .. GrantRoutes.All,
        .. JobRoutes.All,
        .. BackupRoutes.All,
        .. CarryAwayRoutes.All,
        .. WebhookRoutes.All,
        .. AutomationRoutes.All,
        .. GoalRoutes.All,
        .. OrganizationRoutes.All,
        .. PersonRoutes.All, .. FollowerRoutes.All,
        .. LeadRoutes.All,
        .. ActivityRoutes.All,
        .. NoteRoutes.All,
        .. FileRoutes.All(options.MaxFileBytes),
        .. MailRoutes.All,
        .. ImportRoutes.All(options.MaxImportBytes),
        .. ProductRoutes.All,
        .. BoardRoutes.All,
        .. InsightRoutes.All,
        .. SearchRoutes.All,
    ];

    public async ValueTask<Caller?> Authenticate(HttpContext http, CancellationToken ct) =>
        Credentials.Bearer(http) is { } token ? Credentials.Seen(http, await keys.Resolve(Name, token, null, Credentials.Address(http), ct))
            : Credentials.Seen(http, await SessionCookie.Resolve(http, sessions, ct));

    public bool TakesIdempotencyKeys => true;
    public bool TellsVersions => true;
    public IWebhookVoice Voice { get; } = new NativeVoice();

    public JsonObject Describe() => OpenApiDocument.Of(this, "Tributary", "Deals, pipelines and all around them.",
        new()
        {
            ["key"] = new JsonObject { ["type"] = "http", ["scheme"] = "bearer" },
            ["session"] = new JsonObject
            {
                ["type"] = "apiKey",
                ["in"] = "cookie",
                ["name"] = SessionCookie.Name,
                ["description"] =
                    $"The web app's. Writes also need the header {SessionCookie.AntiForgeryHeader}, which GET /session tells.",
            },
        }, NativeErrors.Wire);

    public Reply Refuse(HttpContext http, Problem problem) => NativeErrors.Write(http, problem);
}
