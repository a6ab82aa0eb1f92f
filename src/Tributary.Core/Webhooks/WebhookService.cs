using Tributary.Core.Kernel;
using Tributary.Core.Log;
using Tributary.Core.Storage;
using Tributary.Core.Users;

namespace Tributary.Core.Webhooks;

/// <summary>The verbs of webhooks, for admins. Each dialect sees those it made; our own API sees all.</summary>
public sealed partial class WebhookService(Db db, FillRandom random, WebhookPolicy policy)
{
    private const string Noun = "webhooks";

    private static readonly IReadOnlyList<Tracked<Webhook>> Tracks =
    [
        new("dialect", webhook => webhook.Dialect),
        new("name", webhook => webhook.Name),
        new("url", webhook => webhook.Url),
        new("events", webhook => webhook.Events),
        new("max_attempts", webhook => webhook.Terms.MaxAttempts),
        new("timeout_ms", webhook => webhook.Terms.TimeoutMs),
        new("max_per_second", webhook => webhook.Terms.MaxPerSecond),
        new("paused_at", webhook => webhook.PausedAt),
        new("pause_reason", webhook => webhook.PauseReason),
    ];

    /// <summary>Oldest first.</summary>
    public async Task<IReadOnlyList<Webhook>> List(Caller caller, CancellationToken ct)
    {
        MustSee(caller);
        await using var tx = await db.Read(caller.Workspace, ct);
        return [.. (await WebhookStore.All(tx)).Where(webhook => IsOf(caller, webhook))];
    }

    public async Task<Webhook> Get(Caller caller, long id, CancellationToken ct)
    {
        MustSee(caller);
        await using var tx = await db.Read(caller.Workspace, ct);
        return Own(caller, await WebhookStore.Find(tx, id), id);
    }

    public async Task<Webhook> Get(Caller caller, Guid uid, CancellationToken ct) =>
        (await List(caller, ct)).FirstOrDefault(webhook => webhook.Uid == uid) ?? throw Problem.NotFound("webhook", uid);

    /// <summary>How the last attempt of each of the webhooks went; those that told nothing yet are left out.</summary>
    public async Task<IReadOnlyDictionary<long, LastDelivery>> LastDeliveries(Caller caller, CancellationToken ct)
    {
        MustSee(caller);
        await using var tx = await db.Read(caller.Workspace, ct);
        return (await DeliveryStore.LastOfEach(tx)).ToDictionary(last => last.WebhookId);
    }

    /// <summary>It hears of what happens from now on. The secret is shown this once.</summary>
    public async Task<CreatedWebhook> Create(Caller caller, WebhookPatch patch, CancellationToken ct)
    {
        caller.MustAdminister(Noun);
        await using var tx = await db.Write(caller.Workspace, ct);
        await UserStore.LockWorkspace(tx);

        var webhook = WebhookRules.Apply(new()
        {
            Id = await tx.NextId("webhook_ids"),
            Uid = tx.NextUid(),
            Dialect = caller.Dialect,
            Name = "",
            Url = "",
            Scopes = caller.Scopes,
            AppId = caller.AppId,
            AddedAt = tx.Now,
            AddedBy = caller.UserId,
            UpdatedAt = tx.Now,
            Version = 1,
        }, patch, policy, tx.Now);
        MustHear(caller, webhook);
        var others = await WebhookStore.All(tx);
        if (others.Count >= WebhookRules.MaxPerWorkspace)
        {
            throw Problem.TooLarge($"A workspace may have at most {WebhookRules.MaxPerWorkspace} webhooks.");
        }

        // While there was nobody to tell, nothing was read; what lies behind is nobody's news.
        if (others.Count == 0) await LogReader.Webhooks.SetPosition(tx, await EventStore.Last(tx));
        var secret = patch.Secret.IsSet ? patch.Secret.Value : WebhookRules.NewSecret(random);
        await EventStore.Append(tx, caller, Entry("created", null, webhook));
        webhook = webhook with { SinceEventId = await EventStore.NewestOf(tx, "webhook", webhook.Id) };
        await WebhookStore.Insert(tx, webhook, secret);
        await tx.Commit();
        return new(webhook, secret);
    }

    public async Task<Webhook> Update(Caller caller, long id, WebhookPatch patch, CancellationToken ct)
    {
        caller.MustAdminister(Noun);
        await using var tx = await db.Write(caller.Workspace, ct);
        var before = Own(caller, await WebhookStore.FindForUpdate(tx, id), id);
        Problem.MustBeAt(patch.ExpectedVersion, before.Version, "webhook", id);

        var after = WebhookRules.Apply(before, patch, policy, tx.Now);
        if (!patch.Secret.IsSet && after == before) return before;
        if (after.Events != before.Events) MustHear(caller, after);
        after = await Save(tx, caller, before, after, patch.Secret.IsSet ? "secret changed" : null);
        if (patch.Secret.IsSet) after = await SetSecret(tx, after, patch.Secret.Value);
        await tx.Commit();
        return after;
    }

    /// <summary>Another secret signs from now on; for a day the former one signs too.</summary>
    public async Task<CreatedWebhook> Rotate(Caller caller, long id, CancellationToken ct)
    {
        caller.MustAdminister(Noun);
        await using var tx = await db.Write(caller.Workspace, ct);
        var before = Own(caller, await WebhookStore.FindForUpdate(tx, id), id);
        var secret = WebhookRules.NewSecret(random);
        var after = await SetSecret(tx, await Save(tx, caller, before, before, "secret rotated"), secret);
        await tx.Commit();
        return new(after, secret);
    }

    /// <summary>Its deliveries and their log go with it.</summary>
    public async Task Delete(Caller caller, long id, long? expected, CancellationToken ct)
    {
        caller.MustAdminister(Noun);
        await using var tx = await db.Write(caller.Workspace, ct);
        var before = Own(caller, await WebhookStore.FindForUpdate(tx, id), id);
        Problem.MustBeAt(expected, before.Version, "webhook", id);
        await WebhookStore.Delete(tx, id);
        await EventStore.Append(tx, caller, Entry("deleted", before, null));
        await tx.Commit();
    }

    /// <summary>The row and its line in the log.</summary>
    internal static async Task<Webhook> Save(Tx tx, Caller caller, Webhook before, Webhook after, string? note = null)
    {
        after = after with { UpdatedAt = tx.Now, Version = before.Version + 1 };
        await WebhookStore.Update(tx, after);
        await EventStore.Append(tx, caller, Entry("updated", before, after) with { Note = note });
        return after;
    }

    private static async Task<Webhook> SetSecret(Tx tx, Webhook webhook, string secret)
    {
        var formerUntil = tx.Now + WebhookRules.Overlap;
        await WebhookStore.SetSecret(tx, webhook.Id, secret, formerUntil);
        return webhook with { FormerUntil = formerUntil };
    }

    private static LogEntry Entry(string action, Webhook? before, Webhook? after) => new()
    {
        Subject = "webhook",
        SubjectId = (before ?? after)!.Id,
        Action = action,
        Changes = Tracked.Between(Tracks, before, after),
    };

    private static void MustSee(Caller caller)
    {
        caller.MustRead(Noun);
        if (!caller.IsAdmin) throw Problem.Forbidden("Only admins may see webhooks.");
    }

    // Nobody listens with a webhook to what they could not read.
    private static void MustHear(Caller caller, Webhook webhook)
    {
        if (webhook.Events.Any(type => type.StartsWith("deal.", StringComparison.Ordinal))) caller.MustRead("deals");
    }

    private static Webhook Own(Caller caller, Webhook? webhook, long id) =>
        webhook is not null && IsOf(caller, webhook) ? webhook : throw Problem.NotFound("webhook", id);

    private static bool IsOf(Caller caller, Webhook webhook) =>
        (caller.Dialect is "native" or "web" or "cli" or "system" || caller.Dialect == webhook.Dialect)
        && (caller.AppId is null || caller.AppId == webhook.AppId);
}
