using System.Text.Json;
using System.Text.Json.Nodes;
using Tributary.Core.Catalog;
using Tributary.Core.Kernel;
using Tributary.Core.Lists;
using Tributary.Core.Webhooks;
using Tributary.Server.Hosting;

namespace Tributary.Server.Dialects.CPod;

/// <summary>
/// The page "Webhook" of the domain integration: outbound ones, told of deals. The vendor keeps secrets in Vault; here
/// the secret is a member of the entity that is made, shown this once, and vault_path is kept as it was given.
/// </summary>
internal static class WebhookRoutes
{
    private const string Scheme = "hmac-sha256";

    private static readonly (string Spelling, string Type)[] Types =
    [
        ("deal.created", "deal.created"), ("deal.updated", "deal.updated"), ("deal.stage_changed", "deal.stage_changed"),
        ("deal.closed_won", "deal.won"), ("deal.closed_lost", "deal.lost"), ("deal.deleted", "deal.deleted"),
    ];

    private static readonly Member<Guid> Id = Ids.InPath("whk");
    private static readonly Member<string> Name = Members.Text("name", "For people.", WebhookRules.MaxName).Nullable();
    private static readonly Member<string> Direction =
        Members.Word("direction", "Inbound webhooks are not served.", ("outbound", "outbound"));
    private static readonly Member<string> Url = Members.Text("url", "Where to post.", WebhookRules.MaxUrl);
    private static readonly Member<Seq<string>> EventTypes =
        Members.List("event_types", "All of them when left out.", Members.Word("", "", Types), 100).Nullable();
    private static readonly Member<string> SignatureScheme =
        Members.Word("signature_scheme", "Of the payload.", (Scheme, Scheme), ("hmac_sha256", Scheme), ("HMAC-SHA256", Scheme));
    private static readonly Member<string> VaultPath = Members.Text("vault_path", "Kept as given; there is no Vault here.", 500).Nullable();
    private static readonly Member<string> Secret =
        Members.Text("secret", "Ours: signs the payload; one is made when left out, and shown this once.", 512);
    private static readonly Member<JsonElement> Headers = Members.JsonObject("headers", "Go with every delivery.");
    private static readonly Member<bool> Enabled = Members.Flag("enabled", "true when left out.");
    private static readonly Member<string> ConnectorId = Members.Text("connector_id", "Kept as given.", 255).Nullable();
    private static readonly Member<long> MaxAttempts = Members.Whole("maxAttempts", "", 1, WebhookTerms.MostAttempts);
    private static readonly Member<string> Backoff = Members.Word("backoff", "", ("exponential", "exponential"));
    private static readonly Member<long> TimeoutMs = Members.Whole("timeoutMs", "", WebhookTerms.LeastTimeout, WebhookTerms.MostTimeout);

    private static readonly Member<RetryPolicy> Retry =
        Members.Object("retry_policy", "", new Shape(null, MaxAttempts, Backoff, TimeoutMs), ReadRetry);

    // What the server counts comes back from clients that send all they read.
    private static readonly Member[] Counted =
        [.. new[] { "last_delivery_at", "last_delivery_status", "consecutive_failures",
            "paused_at" }.Select(name => Members.Json(name, "Managed by the server; ignored."))];

    private static readonly Member[] Business = [
        Name, Direction, EventTypes, SignatureScheme, VaultPath, Secret, Headers, Enabled, Retry, ConnectorId, .. Counted,
        .. Entities.Managed];
    private static readonly Shape New = new("NewWebhook", [Url.Required(), .. Business, Entities.IgnoredVersion]);
    private static readonly Shape Patch = new("WebhookPatch", [Url, .. Business, Entities.IgnoredVersion]);

    private static readonly Wire<RetryPolicy> RetryWire = new Wire<RetryPolicy>("RetryPolicy")
        .Whole("maxAttempts", r => r.MaxAttempts)
        .Text("backoff", _ => "exponential", nullable: false)
        .Whole("timeoutMs", r => r.TimeoutMs);

    private static readonly Wire<WebhookView> One = Entities.Wire<WebhookView>("Webhook", w => w.Entity)
        .Text("name", w => w.Row.Name)
        .Text("direction", _ => "outbound", nullable: false)
        .Text("url", w => w.Row.Url, nullable: false)
        .Texts("event_types", w => [.. w.Row.Events.Select(Spell)])
        .Text("signature_scheme", _ => Scheme, nullable: false)
        .Text("vault_path", w => w.Kept("vault_path"))
        .Text("secret", w => w.Secret, "In the answer to its creation only.", when: w => w.Secret is not null)
        .Json("headers", WebhookJson.HeadersSchema, (json, w) => WebhookJson.Write(json, w.Row.Terms.Headers))
        .Flag("enabled", w => IsEnabled(w.Row), "One that the server paused is still enabled; paused_at tells.")
        .Object("retry_policy", w => new RetryPolicy(w.Row.Terms.MaxAttempts, w.Row.Terms.TimeoutMs), RetryWire,
            "null leaves it to the server.")
        .Instant("last_delivery_at", w => w.Last?.AttemptedAt, TimeStyle.IsoSeconds)
        .Text("last_delivery_status", w => w.Last is { } last ? last.State is DeliveryState.Sent ? "success" : "failed" : null)
        .Whole("consecutive_failures", w => w.Row.Failures)
        .Instant("paused_at", w => w.Row.PauseReason is null or "asked" ? null : w.Row.PausedAt, TimeStyle.IsoSeconds)
        .Text("connector_id", w => w.Kept("connector_id"));

    private static readonly Member<bool> OnlyEnabled = Members.Flag("enabled", "Webhooks that are enabled, or those that are not.");
    private static readonly Wire<Page<WebhookView>> Page = Paging.Of(One);

    public static readonly IReadOnlyList<Operation> All =
    [
        new("GET", "/api/v1/integration/webhooks", "listWebhooks", List)
        {
            Tag = "Webhooks", Summary = "List webhooks", Parameters = [OnlyEnabled, .. Paging.Parameters], Answer = Page,
        },
        new("GET", "/api/v1/integration/webhooks/{id}", "getWebhook", Get)
        {
            Tag = "Webhooks", Summary = "Get a webhook", Parameters = [Id], Answer = One,
        },
        new("POST", "/api/v1/integration/webhooks", "createWebhook", Create)
        {
            Tag = "Webhooks", Summary = "Create a webhook", Body = New, Status = 201, Answer = One, ShowsSecret = true,
            Coverage = "partial",
            CoverageNote = "Outbound ones, of deals. There is no Vault here: the secret is a member, shown when it is made.",
        },
        new("PATCH", "/api/v1/integration/webhooks/{id}", "updateWebhook", Update)
        {
            Tag = "Webhooks", Summary = "Update a webhook", Parameters = [Id], Body = Patch, Answer = One,
        },
        new("DELETE", "/api/v1/integration/webhooks/{id}", "deleteWebhook", Delete)
        {
            Tag = "Webhooks", Summary = "Delete a webhook", Parameters = [Id], Status = 204,
            Coverage = "differs", CoverageNote = "It is gone at once, with its deliveries; nothing is kept in a bin.",
        },
    ];

    /// <summary>The engine's type in this API's words.</summary>
    public static string Spell(string type) => Array.Find(Types, one => one.Type == type).Spelling ?? type;

    private static async Task<Reply> List(Call call)
    {
        var enabled = call.Query(OnlyEnabled);
        var query = Paging.Read(call);
        call.Checked();
        var rows = (await call.Service<WebhookService>().List(call.Caller, call.Ct)).Reverse()
            .Where(row => !enabled.IsSet || IsEnabled(row) == enabled.Value).ToList();
        var page = call.Service<ShortPages>()
            .Of(call.Caller, "Webhooks", query.Offset is { } offset ? rows.Skip(offset).ToList() : rows, row => row.Id,
                new Dictionary<string, Func<Webhook, IComparable?>>(), query);
        var views = await View(call, page.Items);
        return Reply.Json(Page, new Page<WebhookView>(views, page.NextCursor, page.HasMore, rows.Count));
    }

    private static async Task<Reply> Get(Call call)
    {
        call.Checked();
        return await Shown(call, await Find(call));
    }

    private static async Task<Reply> Create(Call call)
    {
        call.Caller.MustAdminister("webhooks");
        call.Checked();
        var patch = await call.Read(Read);
        var made = await call.Service<WebhookService>()
            .Create(call.Caller, patch with { Events = patch.Events is { IsSet: true, Value.Count: > 0 } ? patch.Events : Everything },
                call.Ct);
        return Reply.Json(One, (await View(call, [made.Webhook]))[0] with { Secret = made.Secret }, status: 201);
    }

    private static async Task<Reply> Update(Call call)
    {
        call.Caller.MustAdminister("webhooks");
        call.Checked();
        var patch = await call.Read(Read);
        var webhook = await Find(call);
        if (patch.Kept.IsSet) patch = patch with { Kept = Merged(webhook.Terms.Kept, patch.Kept.Value) };
        if (patch.Events is { IsSet: true, Value.Count: 0 }) patch = patch with { Events = Everything };
        return await Shown(call, await call.Service<WebhookService>().Update(call.Caller, webhook.Id, patch, call.Ct));
    }

    private static async Task<Reply> Delete(Call call)
    {
        call.Caller.MustAdminister("webhooks");
        call.Checked();
        await call.Service<WebhookService>().Delete(call.Caller, (await Find(call)).Id, null, call.Ct);
        return Reply.Empty();
    }

    private static bool IsEnabled(Webhook row) => row.PauseReason is not "asked";

    private static Seq<string> Everything => [.. Types.Select(type => type.Type)];

    private static Task<Webhook> Find(Call call) => call.Service<WebhookService>().Get(call.Caller, call.Path(Id, "webhook"), call.Ct);

    private static async Task<Reply> Shown(Call call, Webhook row) => Reply.Json(One, (await View(call, [row]))[0]);

    private static async Task<IReadOnlyList<WebhookView>> View(Call call, IReadOnlyList<Webhook> rows)
    {
        var catalog = await call.Service<CatalogService>().Latest(call.Caller, call.Ct);
        var last = await call.Service<WebhookService>().LastDeliveries(call.Caller, call.Ct);
        return [.. rows.Select(row => new WebhookView(row, Of(call, row, catalog), last.GetValueOrDefault(row.Id), null))];
    }

    private static Entity Of(Call call, Webhook row, WorkspaceCatalog catalog) => new()
    {
        Catalog = catalog,
        Id = Ids.Reference("whk", row.Uid),
        AppUid = row.AppId == call.Caller.AppId ? call.Caller.AppUid : null,
        AddedAt = row.AddedAt,
        UpdatedAt = row.UpdatedAt,
        AddedBy = row.AddedBy,
    };

    private static WebhookPatch Read(Body body)
    {
        body.Get(Direction);
        body.Get(SignatureScheme);
        var retry = body.Get(Retry);
        var keep = new JsonObject();
        if (body.ClearableText(VaultPath) is { IsSet: true, Value: var path }) keep["vault_path"] = path;
        if (body.ClearableText(ConnectorId) is { IsSet: true, Value: var connector }) keep["connector_id"] = connector;
        return new()
        {
            Name = body.ClearableText(Name),
            Url = body.Get(Url),
            Events = body.ClearableList(EventTypes),
            Secret = body.Get(Secret),
            Headers = WebhookJson.Headers(body, Headers),
            MaxAttempts = retry.As(policy => (int?)policy.MaxAttempts),
            TimeoutMs = retry.As(policy => (int?)policy.TimeoutMs),
            Kept = keep.Count > 0 ? keep.ToJsonString() : default(Field<string?>),
            IsPaused = body.Get(Enabled).As(enabled => !enabled),
        };
    }

    private static RetryPolicy ReadRetry(Body body)
    {
        body.Get(Backoff);
        return new(body.Get(MaxAttempts) is { IsSet: true, Value: var most } ? most : null,
            body.Get(TimeoutMs) is { IsSet: true, Value: var wait } ? wait : null);
    }

    private static string Merged(string? before, string? sent)
    {
        var kept = JsonNode.Parse(before ?? "{}")!.AsObject();
        foreach (var (name, value) in JsonNode.Parse(sent ?? "{}")!.AsObject()) kept[name] = value?.DeepClone();
        return kept.ToJsonString();
    }

    private sealed record RetryPolicy(long? MaxAttempts, long? TimeoutMs);

    private sealed record WebhookView(Webhook Row, Entity Entity, LastDelivery? Last, string? Secret)
    {
        public string? Kept(string member) => Row.Terms.Kept is { } kept ? (string?)JsonNode.Parse(kept)![member] : null;
    }
}
