using System.Text;
using System.Text.Json.Nodes;
using Tributary.Core.Catalog;
using Tributary.Core.Kernel;
using Tributary.Core.Webhooks;
using Tributary.Server.Hosting;

namespace Tributary.Server.Dialects.Pipedrive.V1;

/// <summary>A webhook with how its last delivery went.</summary>
internal sealed record WebhookView(Webhook Webhook, WebhookAsked Asked, LastDelivery? Last, long Company);

/// <summary>What was asked for in Pipedrive's words; kept with the webhook.</summary>
internal sealed record WebhookAsked(string Action, string Object, string Version, string? User)
{
    public string Keep() =>
        new JsonObject { ["event_action"] = Action, ["event_object"] = Object, ["version"] = Version, ["http_auth_user"] = User }
        .ToJsonString();

    public static WebhookAsked Of(Webhook webhook)
    {
        var kept = webhook.Terms.Kept is { } text ? JsonNode.Parse(text) as JsonObject : null;
        return new((string?)kept?["event_action"] ?? "*", (string?)kept?["event_object"] ?? "*", (string?)kept?["version"] ?? "2.0",
            (string?)kept?["http_auth_user"]);
    }
}

/// <summary>Webhooks (reference §13): told in payload 2.0, or in 1.0 where that is asked for; no signature, HTTP Basic only.</summary>
internal static class WebhookRoutes
{
    private const string Tag = "Webhooks v1";

    /// <summary>"40 per user".</summary>
    private const int MostPerUser = 40;

    private static readonly string[] Nouns =
        ["activity", "deal", "lead", "note", "organization", "person", "pipeline", "product", "stage", "user"];
    private static readonly string[] DealChanges = ["stage_changed", "won", "lost", "archived", "unarchived"];

    private static readonly Member<long> Id = Members.Id("id", "The ID of the webhook.").InPath();
    private static readonly Member<string> Url = Members.Text("subscription_url", "An HTTPS address.", WebhookRules.MaxUrl);
    private static readonly Member<string> Action = Words("event_action", "create", "change", "delete", "*");
    private static readonly Member<string> Object = Words("event_object", [.. Nouns, "*"]);
    private static readonly Member<string> Name = Members.Text("name", "", WebhookRules.MaxName);
    private static readonly Member<long> UserId =
        Members.Id("user_id", "The user it is authorized with: it hears of what this user sees. The caller when left out.");
    private static readonly Member<string> AuthUser = Members.Text("http_auth_user", "Sent with HTTP Basic.", 200).Nullable();
    private static readonly Member<string> AuthPassword = Members.Text("http_auth_password", "", 200).Nullable();
    private static readonly Member<string> Version = Words("version", "1.0", "2.0");

    private static readonly Wire<WebhookView> Webhook = new Wire<WebhookView>("WebhookV1")
        .Whole("id", w => w.Webhook.Id)
        .Whole("company_id", w => w.Company)
        .Whole("owner_id", w => w.Webhook.Terms.AsUserId ?? w.Webhook.AddedBy)
        .Whole("user_id", w => w.Webhook.Terms.AsUserId ?? w.Webhook.AddedBy)
        .Text("event_action", w => w.Asked.Action, nullable: false)
        .Text("event_object", w => w.Asked.Object, nullable: false)
        .Text("subscription_url", w => w.Webhook.Url, nullable: false)
        .Text("version", w => w.Asked.Version, nullable: false)
        .Whole("is_active", w => w.Webhook.IsPaused ? 0L : 1L)
        .Instant("add_time", w => w.Webhook.AddedAt, TimeStyle.IsoMilliseconds)
        .Instant("remove_time", w => w.Webhook.PausedAt, TimeStyle.IsoMilliseconds)
        .Text("type", _ => "general", nullable: false)
        .Text("http_auth_user", w => w.Asked.User)
        .Text("http_auth_password", _ => null, "Never shown.")
        .Text("remove_reason", w => w.Webhook.PauseReason)
        .Instant("last_delivery_time", w => w.Last?.AttemptedAt, TimeStyle.IsoMilliseconds)
        .Whole("last_http_status", w => w.Last?.State is DeliveryState.Sent ? 200L : null)
        .Whole("admin_id", w => w.Webhook.AddedBy)
        .Text("name", w => w.Webhook.Name, nullable: false);

    private static readonly Wire<WebhookView> One =
        new Wire<WebhookView>("WebhookReplyV1").Text("status", _ => "ok", nullable: false).Flag("success", _ => true)
        .Object("data", w => w, Webhook);
    private static readonly Wire<IReadOnlyList<WebhookView>> Many =
        new Wire<IReadOnlyList<WebhookView>>("WebhookListV1").Text("status", _ => "ok", nullable: false).Flag("success", _ => true)
        .Objects("data", w => w, Webhook);
    private static readonly Wire<bool> Gone = new Wire<bool>("WebhookGoneV1").Text("status", _ => "ok", nullable: false)
        .Flag("success", done => done);

    public static readonly IReadOnlyList<Operation> All =
    [
        new("GET", "/webhooks", "getWebhooks", List)
        {
            Tag = Tag, Summary = "Get all Webhooks", Cost = 10, Answer = Many, CoverageNote = "Those made through this API.",
        },
        new("POST", "/webhooks", "addWebhook", Create)
        {
            Tag = Tag, Summary = "Create a new Webhook", Cost = 10, Status = 201, Answer = One,
            Body = new("NewWebhookV1", Url.Required(), Action.Required(), Object.Required(), Name, UserId, AuthUser, AuthPassword, Version),
            CoverageNote = "By admins. Without a name, as n8n makes it, it is named after its event.",
        },
        new("DELETE", "/webhooks/{id}", "deleteWebhook", Delete)
        {
            Tag = Tag, Summary = "Delete existing Webhook", Cost = 6, Parameters = [Id], Answer = Gone,
        },
    ];

    /// <summary>"create" and "change" and "delete" of a type of the engine.</summary>
    public static string ActionOf(string type) =>
        type[(type.IndexOf('.', StringComparison.Ordinal) + 1)..] switch { "created" => "create", "deleted" => "delete", _ => "change" };

    private static async Task<Reply> List(Call call)
    {
        var webhooks = await call.Service<WebhookService>().List(call.Caller, call.Ct);
        var last = await call.Service<WebhookService>().LastDeliveries(call.Caller, call.Ct);
        return Reply.Json(Many,
            [.. webhooks.Select(webhook => new WebhookView(webhook, WebhookAsked.Of(webhook), last.GetValueOrDefault(webhook.Id),
                call.Caller.Workspace))]);
    }

    private static async Task<Reply> Create(Call call)
    {
        call.Caller.MustAdminister("webhooks");
        var catalog = await call.Service<CatalogService>().Current(call.Caller, call.Ct);
        var patch = await call.Read(body => Read(body, catalog));
        var own = (await call.Service<WebhookService>().List(call.Caller, call.Ct)).Count(webhook => webhook.AddedBy == call.Caller.UserId);
        if (own >= MostPerUser) throw Problem.TooLarge($"A user may have at most {MostPerUser} webhooks.");
        var made = await call.Service<WebhookService>()
            .Create(call.Caller, patch with { AsUserId = patch.AsUserId.Or(call.Caller.UserId) }, call.Ct);
        return Reply.Json(One, new(made.Webhook, WebhookAsked.Of(made.Webhook), null, call.Caller.Workspace), status: 201);
    }

    private static async Task<Reply> Delete(Call call)
    {
        await call.Service<WebhookService>().Delete(call.Caller, call.Path(Id, "webhook"), null, call.Ct);
        return Reply.Json(Gone, true);
    }

    private static WebhookPatch Read(Body body, WorkspaceCatalog catalog)
    {
        var (url, action, noun, name) = (body.Get(Url), body.Get(Action), body.Get(Object), body.Get(Name));
        var (user, password, listener) = (body.ClearableText(AuthUser).Or(null), body.ClearableText(AuthPassword)
            .Or(null), body.Get(UserId));
        var asked = new WebhookAsked(action.Or("*"), noun.Or("*"), body.Get(Version).Or("2.0"), user);
        if (listener.IsSet && catalog.User(listener.Value) is not { IsActive: true })
        {
            body.Fail("user_id", "user_id must be an active user of this company.");
        }
        if (user?.Contains(':', StringComparison.Ordinal) == true) body.Fail("http_auth_user", "http_auth_user must have no colon.");
        return Patch(url.Or(""), name.Or($"{asked.Action}.{asked.Object}"), asked, password) with
        {
            AsUserId = listener.As(id => (long?)id),
        };
    }

    /// <summary>The engine's webhook for what was asked.</summary>
    public static WebhookPatch Patch(string url, string name, WebhookAsked asked, string? password) => new()
    {
        Name = name,
        Url = url,
        Events = (Seq<string>)[.. Events(asked)],
        Headers = asked.User is { } user ? (Seq<WebhookHeader>)[
            new("Authorization", "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{password}")))]
                : default(Field<Seq<WebhookHeader>>),
        Kept = asked.Keep(),
    };

    private static IEnumerable<string> Events(WebhookAsked asked)
    {
        foreach (var noun in asked.Object == "*" ? Nouns : [asked.Object])
        {
            if (asked.Action is "create" or "*") yield return $"{noun}.created";
            if (asked.Action is "delete" or "*") yield return $"{noun}.deleted";
            if (asked.Action is not ("change" or "*")) continue;
            foreach (var change in (string[])["updated", "restored", "merged", .. noun == "deal" ? DealChanges : []])
            {
                yield return $"{noun}.{change}";
            }
        }
    }

    private static Member<string> Words(string name, params string[] words) =>
        Members.Word(name, "", [.. words.Select(word => (word, word))]);
}
