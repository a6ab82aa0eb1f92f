using Tributary.Core.Kernel;
using Tributary.Core.Webhooks;
using Tributary.Server.Hosting;

namespace Tributary.Server.Dialects.AutomateNexus;

/// <summary>The page "Webhooks API". Names of events are this API's: its contacts are persons.</summary>
internal static class WebhookRoutes
{
    private static readonly (string, string)[] Types =
    [
        .. new[] { "created", "updated", "stage_changed", "won", "lost", "deleted" }.Select(action => ($"deal.{action}", $"deal.{action}")),
        .. new[] { "created", "updated", "deleted", "merged" }.Select(action => ($"contact.{action}", $"person.{action}")),
    ];

    private static readonly Member<Guid> Id = Ids.Webhook.InPath("id", "The webhook.");
    private static readonly Member<string> Url = Members.Text("url", "An HTTPS address.", WebhookRules.MaxUrl);
    private static readonly Member<Seq<string>> Events =
        Members.List("events", "What it is told of.", Members.Word("", "", Types), Types.Length);
    private static readonly Member<string> Secret = Members.Text("secret", "One is made when left out.", 512);
    private static readonly Member<string> Description = Members.Text("description", "For people.", WebhookRules.MaxName).Nullable();
    private static readonly Member<bool> Active = Members.Flag("active", "true when left out.");

    private static readonly Wire<CreatedWebhook> Webhook = new Wire<CreatedWebhook>("Webhook")
        .Id("id", w => w.Webhook.Uid, Ids.Webhook.Spelled, nullable: false)
        .Text("url", w => w.Webhook.Url, nullable: false)
        .Texts("events", w => [.. w.Webhook.Events.Select(Spell)])
        .Text("secret", w => w.Secret, "Whole in the answer to its creation only.", nullable: false)
        .Text("description", w => w.Webhook.Name.Length == 0 ? null : w.Webhook.Name)
        .Flag("active", w => !w.Webhook.IsPaused)
        .Instant("created_at", w => w.Webhook.AddedAt, TimeStyle.IsoSeconds)
        .Instant("updated_at", w => w.Webhook.UpdatedAt, TimeStyle.IsoSeconds);

    private static readonly Wire<CreatedWebhook> One = Envelope.One(Webhook);
    private static readonly Wire<IReadOnlyList<CreatedWebhook>> Many = Envelope.All(Webhook);
    private static readonly Shape New = new("NewWebhook", Url.Required(), Events.Required(), Secret, Description, Active);
    private static readonly Shape Changes = new("WebhookChanges", Url, Events, Secret, Description, Active);

    public static readonly IReadOnlyList<Operation> All =
    [
        new("GET", "/webhooks", "listWebhooks", List)
        {
            Tag = "Webhooks", Summary = "List webhooks", Answer = Many, CoverageNote = "Those made through this API.",
        },
        new("POST", "/webhooks", "createWebhook", Create)
        {
            Tag = "Webhooks", Summary = "Create a webhook", Body = New, Status = 201, Answer = One, ShowsSecret = true,
            Coverage = "partial", CoverageNote = "Events of deals and contacts.",
        },
        new("GET", "/webhooks/{id}", "getWebhook", Get) { Tag = "Webhooks", Summary = "Get a webhook", Parameters = [Id], Answer = One },
        new("PUT", "/webhooks/{id}", "updateWebhook", Update)
        {
            Tag = "Webhooks", Summary = "Update a webhook", Parameters = [Id], Body = Changes, Answer = One,
        },
        new("DELETE", "/webhooks/{id}", "deleteWebhook", Delete)
        {
            Tag = "Webhooks", Summary = "Delete a webhook", Parameters = [Id], Answer = Envelope.Deleted,
        },
    ];

    /// <summary>The engine's type in this API's words.</summary>
    public static string Spell(string type) => type.StartsWith("person.", StringComparison.Ordinal)
        ? "contact." + type["person.".Length..] : type;

    private static async Task<Reply> List(Call call)
    {
        var webhooks = await call.Service<WebhookService>().List(call.Caller, call.Ct);
        return Reply.Json(Many, [.. webhooks.Select(Masked)]);
    }

    private static async Task<Reply> Create(Call call)
    {
        call.Caller.MustAdminister("webhooks");
        return Reply.Json(One, await call.Service<WebhookService>().Create(call.Caller, await call.Read(Read), call.Ct), status: 201);
    }

    private static async Task<Reply> Get(Call call) => Reply.Json(One, Masked(await Find(call)));

    private static async Task<Reply> Update(Call call)
    {
        call.Caller.MustAdminister("webhooks");
        var webhook = await Find(call);
        return Reply.Json(One,
            Masked(await call.Service<WebhookService>().Update(call.Caller, webhook.Id, await call.Read(Read), call.Ct)));
    }

    private static async Task<Reply> Delete(Call call)
    {
        call.Caller.MustAdminister("webhooks");
        var webhook = await Find(call);
        await call.Service<WebhookService>().Delete(call.Caller, webhook.Id, null, call.Ct);
        return Reply.Json(Envelope.Deleted, Ids.Webhook.Spell(webhook.Uid));
    }

    private static Task<Webhook> Find(Call call) => call.Service<WebhookService>().Get(call.Caller, call.Path(Id, "webhook"), call.Ct);

    private static CreatedWebhook Masked(Webhook webhook) => new(webhook, "whsec_••••••••");

    private static WebhookPatch Read(Body body) => new()
    {
        Url = body.Get(Url),
        Events = body.Get(Events),
        Secret = body.Get(Secret),
        Name = body.ClearableText(Description),
        IsPaused = body.Get(Active).As(active => !active),
    };
}
