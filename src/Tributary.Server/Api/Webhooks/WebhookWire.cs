using System.Text.Json;
using Tributary.Core.Kernel;
using Tributary.Core.Webhooks;
using Tributary.Server.Hosting;

namespace Tributary.Server.Api.Webhooks;

internal static class WebhookWire
{
    public static readonly string[] States = ["waiting", "sent", "parked"];

    private static readonly Member<string> Name = Members.Text("name", "For people.", WebhookRules.MaxName).Nullable();
    private static readonly Member<string> Url =
        Members.Text("url", "Where to post: https, on the public internet, unless the server is set otherwise.", WebhookRules.MaxUrl);
    private static readonly Member<Seq<string>> Events =
        Members.List("events", "Types such as deal.won or person.created; \"*\" for all.", Members.Text("", "", 100), 200);
    private static readonly Member<string> Secret =
        Members.Text("secret", "whsec_ and the base64 of 24 to 64 bytes; one is made when left out.", 200);
    private static readonly Member<JsonElement> Headers =
        Members.JsonObject("headers", "Headers that go with every delivery: names and texts.");
    private static readonly Member<long> MaxAttempts =
        Members.Whole("max_attempts", "How often a delivery is tried; 8 when left out.", 1, WebhookTerms.MostAttempts).Nullable();
    private static readonly Member<long> TimeoutMs =
        Members.Whole("timeout_ms", "How long an answer is waited for; 10000 when left out.", WebhookTerms.LeastTimeout,
            WebhookTerms.MostTimeout).Nullable();
    private static readonly Member<long> MaxPerSecond =
        Members.Whole("max_per_second", "How many deliveries a second it takes at most; as many as there are when left out.", 1,
            WebhookTerms.MostPerSecond).Nullable();
    private static readonly Member<bool> IsPaused = Members.Flag("is_paused", "While it is paused its deliveries wait.");

    public static readonly Wire<Webhook> Webhook =
        Of(new Wire<Webhook>("Webhook", "Somewhere to tell of what happens."), webhook => webhook);

    public static readonly Wire<CreatedWebhook> Created =
        Of(new Wire<CreatedWebhook>("CreatedWebhook", "A webhook with its secret, which is shown this once."), created => created.Webhook)
        .Text("secret", created => created.Secret, "Keep it: it is never shown again.", nullable: false);

    public static readonly Wire<WebhookDelivery> Delivery =
        new Wire<WebhookDelivery>("WebhookDelivery", "One event on its way to one webhook, or how it went.")
        .Whole("id", d => d.Id)
        .Text("message_id", d => $"msg_{UidText.ToBase32(d.MessageUid)}",
            "The webhook-id header: the same for every attempt and every replay.", nullable: false)
        .Whole("event_id", d => d.EventId, "null for a test.")
        .Text("type", d => d.Type, nullable: false)
        .Word("state", d => States[(int)d.State], States, "parked: given up after the last attempt.")
        .Whole("replay_of", d => d.ReplayOf, "The delivery this is a replay of.")
        .Whole("automation_id", d => d.AutomationId, "The automation that called the webhook.")
        .Whole("attempts", d => d.Attempts)
        .Instant("next_attempt_at", d => d.State is DeliveryState.Waiting ? d.RunAfter : null, TimeStyle.IsoMilliseconds)
        .Instant("attempted_at", d => d.AttemptedAt, TimeStyle.IsoMilliseconds)
        .Text("request", d => d.Request, "The body that was sent last.")
        .Whole("status", d => d.Status, "Of the last answer.")
        .Whole("milliseconds", d => d.Milliseconds)
        .Text("reply", d => d.Reply, "The beginning of the last answer's body.")
        .Text("error", d => d.Error, "Why no answer came.")
        .Instant("added_at", d => d.AddedAt, TimeStyle.IsoMilliseconds);

    public static readonly Wire<Replayed> Replayed =
        new Wire<Replayed>("Replayed").Whole("replayed", r => r.Count, "How many deliveries are sent once more.");

    public static readonly Shape New =
        new("NewWebhook", Name, Url.Required(), Events.Required(), Secret, Headers, MaxAttempts, TimeoutMs, MaxPerSecond, IsPaused);
    public static readonly Shape Changes =
        new("WebhookChanges", Name, Url, Events, Headers, MaxAttempts, TimeoutMs, MaxPerSecond, IsPaused, Versions.Member);

    private static readonly Member<long> FromId = Members.Id("from_id", "The first delivery.");
    private static readonly Member<long> ToId = Members.Id("to_id", "The last delivery.");
    private static readonly Member<DateTimeOffset> Since = Members.Instant("since", "Added then or later.");
    private static readonly Member<DateTimeOffset> Until = Members.Instant("until", "Added then or earlier.");
    private static readonly Member<bool> OnlyParked = Members.Flag("only_parked", "true leaves out those that arrived.");

    public static readonly Shape Range = new("ReplayRange", FromId, ToId, Since, Until, OnlyParked);

    public static WebhookPatch ReadNew(Body body) => Read(body) with { Secret = body.Get(Secret) };

    public static WebhookPatch ReadChanges(Body body) => Read(body) with { ExpectedVersion = Versions.Read(body) };

    public static ReplayRange ReadRange(Body body) => new()
    {
        FromId = body.Get(FromId) is { IsSet: true, Value: var from } ? from : null,
        ToId = body.Get(ToId) is { IsSet: true, Value: var to } ? to : null,
        Since = body.Get(Since) is { IsSet: true, Value: var since } ? since : null,
        Until = body.Get(Until) is { IsSet: true, Value: var until } ? until : null,
        OnlyParked = body.Get(OnlyParked).Or(false),
    };

    private static WebhookPatch Read(Body body) => new()
    {
        Name = body.ClearableText(Name),
        Url = body.Get(Url),
        Events = body.Get(Events),
        Headers = WebhookJson.Headers(body, Headers),
        MaxAttempts = body.Clearable(MaxAttempts).As(most => (int?)most),
        TimeoutMs = body.Clearable(TimeoutMs).As(wait => (int?)wait),
        MaxPerSecond = body.Clearable(MaxPerSecond).As(most => (int?)most),
        IsPaused = body.Get(IsPaused),
    };

    private static Wire<T> Of<T>(Wire<T> wire, Func<T, Webhook> webhook) => wire
        .Whole("id", w => webhook(w).Id)
        .Uid("uid", w => webhook(w).Uid)
        .Text("dialect", w => webhook(w).Dialect, "In whose words it is told: the surface through which it was made.", nullable: false)
        .Text("name", w => webhook(w).Name, nullable: false)
        .Text("url", w => webhook(w).Url, nullable: false)
        .Texts("events", w => webhook(w).Events)
        .Json("headers", WebhookJson.HeadersSchema, (json, w) => WebhookJson.Write(json, webhook(w).Terms.Headers))
        .Whole("max_attempts", w => webhook(w).Terms.MaxAttempts)
        .Whole("timeout_ms", w => webhook(w).Terms.TimeoutMs)
        .Whole("max_per_second", w => webhook(w).Terms.MaxPerSecond, "null: as many as there are.")
        .Flag("is_paused", w => webhook(w).IsPaused)
        .Instant("paused_at", w => webhook(w).PausedAt, TimeStyle.IsoMilliseconds)
        .Text("pause_reason", w => webhook(w).PauseReason, "asked, failing (a day without success), or gone (the receiver said 410).")
        .Whole("failures", w => webhook(w).Failures, "Failed attempts since the last success.")
        .Instant("failing_since", w => webhook(w).FailingSince, TimeStyle.IsoMilliseconds)
        .Instant("former_secret_until", w => webhook(w).FormerUntil, TimeStyle.IsoMilliseconds, "Until then the former secret signs too.")
        .Instant("added_at", w => webhook(w).AddedAt, TimeStyle.IsoMilliseconds)
        .Whole("added_by", w => webhook(w).AddedBy)
        .Instant("updated_at", w => webhook(w).UpdatedAt, TimeStyle.IsoMilliseconds)
        .Whole("version", w => webhook(w).Version, "Also the ETag.");
}

/// <summary>The answer to a replay of a range.</summary>
internal sealed record Replayed(int Count);
