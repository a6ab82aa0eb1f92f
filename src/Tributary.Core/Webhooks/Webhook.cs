using Tributary.Core.Kernel;

namespace Tributary.Core.Webhooks;

/// <summary>Whether plain http targets are taken; an installation's choice.</summary>
public sealed record WebhookPolicy(bool AllowHttp);

/// <summary>Somewhere to tell of what happens. Its secret is not here: it is shown once and then only signs.</summary>
public sealed record Webhook
{
    public required long Id { get; init; }
    public required Guid Uid { get; init; }

    /// <summary>In whose words it is told: the surface through which it was made.</summary>
    public required string Dialect { get; init; }
    public required string Name { get; init; }
    public required string Url { get; init; }

    /// <summary>The types it hears of, in the engine's words; "*" is every type.</summary>
    public Seq<string> Events { get; init; } = [];

    public WebhookTerms Terms { get; init; } = WebhookTerms.Usual;

    /// <summary>What the credential that made it could read: it is never told more.</summary>
    public Seq<string> Scopes { get; init; } = [];
    public long? AppId { get; init; }

    /// <summary>The log line of its making: it hears of what came later.</summary>
    public long SinceEventId { get; init; }

    /// <summary>Until then the former secret signs too.</summary>
    public DateTimeOffset? FormerUntil { get; init; }

    /// <summary>While it is paused its deliveries wait.</summary>
    public DateTimeOffset? PausedAt { get; init; }
    public string? PauseReason { get; init; }

    /// <summary>Failed attempts since the last that succeeded.</summary>
    public long Failures { get; init; }
    public DateTimeOffset? FailingSince { get; init; }
    public DateTimeOffset AddedAt { get; init; }
    public long? AddedBy { get; init; }
    public DateTimeOffset UpdatedAt { get; init; }
    public long Version { get; init; }

    public bool IsPaused => PausedAt is not null;
}

/// <summary>What a webhook is made from, or what of it changes.</summary>
public sealed record WebhookPatch
{
    public Field<string?> Name { get; init; }
    public Field<string> Url { get; init; }
    public Field<Seq<string>> Events { get; init; }
    public Field<bool> IsPaused { get; init; }

    /// <summary>A secret of the caller's own; left out at creation, one is made.</summary>
    public Field<string> Secret { get; init; }
    public Field<Seq<WebhookHeader>> Headers { get; init; }
    public Field<int?> MaxAttempts { get; init; }
    public Field<int?> TimeoutMs { get; init; }
    public Field<int?> MaxPerSecond { get; init; }
    public Field<long?> AsUserId { get; init; }
    public Field<string?> Kept { get; init; }
    public long? ExpectedVersion { get; init; }
}

/// <summary>How the last attempt of a webhook went.</summary>
public sealed record LastDelivery
{
    public long WebhookId { get; init; }
    public DateTimeOffset AttemptedAt { get; init; }
    public DeliveryState State { get; init; }
}

/// <summary>A webhook with its secret, which is shown this once.</summary>
public sealed record CreatedWebhook(Webhook Webhook, string Secret);

public enum DeliveryState { Waiting, Sent, Parked }

/// <summary>One event on its way to one webhook, or how it went.</summary>
public sealed record WebhookDelivery
{
    public required long Id { get; init; }
    public required long WebhookId { get; init; }

    /// <summary>The same for every attempt and every replay, so that receivers can tell what they have already had.</summary>
    public required Guid MessageUid { get; init; }

    /// <summary>None for a test.</summary>
    public long? EventId { get; init; }
    public required string Type { get; init; }

    /// <summary>Deliveries of one lane, which is a deal with what hangs on it or another record, go out one after the other.</summary>
    public required string Lane { get; init; }
    public long? ReplayOf { get; init; }

    /// <summary>The automation that called the webhook, when one did.</summary>
    public long? AutomationId { get; init; }
    public DeliveryState State { get; init; }
    public long Attempts { get; init; }
    public DateTimeOffset RunAfter { get; init; }
    public DateTimeOffset? AttemptedAt { get; init; }
    public string? Request { get; init; }
    public long? Status { get; init; }
    public long? Milliseconds { get; init; }
    public string? Reply { get; init; }
    public string? Error { get; init; }
    public DateTimeOffset AddedAt { get; init; }
}

/// <summary>A delivery that a sender took for itself.</summary>
internal sealed record ClaimedDelivery
{
    public long Id { get; init; }

    /// <summary>How many there were, this one included.</summary>
    public long Attempts { get; init; }
}

/// <summary>A webhook that may have something to send, and whose workspace it is of.</summary>
public sealed record DueWebhook
{
    public DueWebhook()
    {
    }

    public DueWebhook(long workspaceId, long webhookId) => (WorkspaceId, WebhookId) = (workspaceId, webhookId);

    public long WorkspaceId { get; init; }
    public long WebhookId { get; init; }
}

/// <summary>Which deliveries of a webhook are to be sent once more.</summary>
public sealed record ReplayRange
{
    public long? FromId { get; init; }
    public long? ToId { get; init; }
    public DateTimeOffset? Since { get; init; }
    public DateTimeOffset? Until { get; init; }

    /// <summary>Only parked ones; otherwise sent ones too.</summary>
    public bool OnlyParked { get; init; }
}
