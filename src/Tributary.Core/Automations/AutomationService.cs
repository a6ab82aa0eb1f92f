using Tributary.Core.Catalog;
using Tributary.Core.Deals;
using Tributary.Core.Kernel;
using Tributary.Core.Lists;
using Tributary.Core.Log;
using Tributary.Core.Storage;
using Tributary.Core.Users;
using Tributary.Core.Webhooks;

namespace Tributary.Core.Automations;

/// <summary>Which runs are wanted.</summary>
public sealed record RunQuery
{
    public RunState? State { get; init; }
    public long? DealId { get; init; }
    public int Limit { get; init; } = 50;
    public string? Cursor { get; init; }
}

/// <summary>The verbs of automations. Everyone sees them, admins and managers make them; a run is seen by who sees its deal.</summary>
public sealed class AutomationService(Db db)
{
    private const string Noun = "automations";

    private static readonly IReadOnlyList<Tracked<Automation>> Tracks =
    [
        new("name", automation => automation.Name),
        new("trigger", automation => AutomationJson.Write(automation.Trigger).ToJsonString(Documents.Options)),
        new("filter", automation => ConditionJson.Write(automation.Filter)),
        new("actions", automation => AutomationJson.Write(automation.Actions).ToJsonString(Documents.Options)),
        new("is_on", automation => automation.IsOn),
        new("off_reason", automation => automation.OffReason),
    ];

    /// <summary>Oldest first.</summary>
    public async Task<IReadOnlyList<Automation>> List(Caller caller, CancellationToken ct)
    {
        caller.MustRead(Noun);
        await using var tx = await db.Read(caller.Workspace, ct);
        var catalog = await tx.CatalogFor(caller);
        return [.. (await AutomationStore.All(tx)).Where(automation => Sees(automation, catalog))];
    }

    public async Task<Automation> Get(Caller caller, long id, CancellationToken ct)
    {
        caller.MustRead(Noun);
        await using var tx = await db.Read(caller.Workspace, ct);
        return await Seen(tx, caller, id);
    }

    /// <summary>It hears of what happens from now on.</summary>
    public async Task<Automation> Create(Caller caller, AutomationPatch patch, CancellationToken ct)
    {
        caller.MustManage(Noun);
        await using var tx = await db.Write(caller.Workspace, ct);
        await UserStore.LockWorkspace(tx);
        var automation = await Read(tx, caller, patch, new()
        {
            Id = await tx.NextId("automation_ids"),
            Uid = tx.NextUid(),
            Name = "",
            Trigger = new(TriggerKind.Created),
            Filter = Condition.Everything,
            Actions = [],
            IsOn = true,
            AddedAt = tx.Now,
            AddedBy = caller.UserId,
            UpdatedAt = tx.Now,
            UpdatedBy = caller.UserId,
            Version = 1,
        });
        var others = await AutomationStore.All(tx);
        if (others.Count >= AutomationRules.MaxPerWorkspace)
        {
            throw Problem.TooLarge($"A workspace may have at most {AutomationRules.MaxPerWorkspace} automations.");
        }

        await Append(tx, caller, "created", null, automation);
        automation = await FromNow(tx, automation, others);
        await AutomationStore.Insert(tx, automation);
        await tx.Commit();
        return automation;
    }

    /// <summary>
    /// Another trigger, or turning it on, lets it hear of what happens from now on; runs that wait are done as it then is.
    /// </summary>
    public async Task<Automation> Update(Caller caller, long id, AutomationPatch patch, CancellationToken ct)
    {
        caller.MustManage(Noun);
        await using var tx = await db.Write(caller.Workspace, ct);
        var before = await Seen(tx, caller, id, forUpdate: true);
        var after = await Read(tx, caller, patch, before);
        if (after == before) return before;

        var isTurnedOn = after.IsOn && !before.IsOn;
        after = after with
        {
            OffReason = null,
            Failures = isTurnedOn ? 0 : before.Failures,
            UpdatedAt = tx.Now,
            UpdatedBy = caller.UserId,
            Version = before.Version + 1,
        };
        await Append(tx, caller, "updated", before, after);
        if (isTurnedOn || after.Trigger != before.Trigger) after = await FromNow(tx, after, await AutomationStore.All(tx));
        await AutomationStore.Update(tx, after);
        await tx.Commit();
        return after;
    }

    /// <summary>Its runs go with it; what they did stays.</summary>
    public async Task Delete(Caller caller, long id, CancellationToken ct)
    {
        caller.MustManage(Noun);
        await using var tx = await db.Write(caller.Workspace, ct);
        var before = await Seen(tx, caller, id, forUpdate: true);
        await AutomationStore.Delete(tx, id);
        await Append(tx, caller, "deleted", before, null);
        await tx.Commit();
    }

    /// <summary>What it would do with a deal now: it is done, looked at, and undone.</summary>
    public async Task<TestRun> Test(Caller caller, long id, long dealId, CancellationToken ct)
    {
        caller.MustManage(Noun);
        caller.MustRead("deals");
        await using var tx = await db.Write(caller.Workspace, ct);
        var automation = await Seen(tx, caller, id);
        if (await DealService.Visible(tx, caller, await DealStore.FindForUpdate(tx, dealId)) is not { IsDeleted: false } deal)
        {
            throw Problem.Invalid("deal_id", $"No deal with id {dealId}.");
        }

        var matches = await AutomationFilter.Fitting(tx, automation, [dealId]) is { Count: > 0 };
        var (steps, refusal) = await AutomationRunner.Perform(tx, automation, deal, [automation.Id]);
        return new(matches, steps, refusal);
    }

    /// <summary>What it did, newest first, as far as the caller sees the deals.</summary>
    public async Task<Page<AutomationRun>> Runs(Caller caller, long id, RunQuery query, CancellationToken ct)
    {
        caller.MustRead(Noun);
        caller.MustRead("deals");
        await using var tx = await db.Read(caller.Workspace, ct);
        await Seen(tx, caller, id);

        List<Condition> asked = [Condition.Equal("automation_id", id)];
        if (query.State is { } state)
        {
            asked.Add(Condition.Equal("state", System.Text.Json.JsonNamingPolicy.SnakeCaseLower.ConvertName(state.ToString())));
        }
        if (query.DealId is { } deal) asked.Add(Condition.Equal("deal_id", deal));
        return await ListStore.Rows<AutomationRun>(tx, caller, ListSources.AutomationRuns, RunStore.Columns,
            new()
            {
                Condition = new Condition.And([.. asked]),
                Sort = [new("id", true)],
                Scope = Scope.Any,
                Limit = query.Limit,
                Cursor = query.Cursor,
            });
    }

    public async Task<AutomationRun> Run(Caller caller, long id, long runId, CancellationToken ct)
    {
        caller.MustRead(Noun);
        caller.MustRead("deals");
        await using var tx = await db.Read(caller.Workspace, ct);
        await Seen(tx, caller, id);
        var found = await ListStore.Rows<AutomationRun>(tx, caller, ListSources.AutomationRuns, RunStore.Columns,
            new()
            {
                Condition = Condition.AllOf(Condition.Equal("automation_id", id), Condition.Equal("id", runId)),
                Scope = Scope.Any,
                Limit = 1,
            });
        return found.Items is [var run] ? run : throw Problem.NotFound("run", runId);
    }

    /// <summary>The engine turns it off and says why.</summary>
    internal static async Task TurnOff(Tx tx, Automation automation, string why)
    {
        var after = automation with
        {
            IsOn = false,
            OffReason = why,
            UpdatedAt = tx.Now,
            UpdatedBy = null,
            Version = automation.Version + 1,
        };
        await AutomationStore.Update(tx, after);
        await Append(tx, Caller.System(tx.Workspace), "updated", automation, after);
    }

    private static async Task<Automation> Read(Tx tx, Caller caller, AutomationPatch patch, Automation before) =>
        AutomationRules.Apply(before, patch, await tx.CatalogFor(caller),
            (await WebhookStore.All(tx)).Where(webhook => webhook.AppId is null).Select(webhook => webhook.Id).ToHashSet(), tx.Now);

    /// <summary>What lies behind starts nothing. While no automation was on, nothing was read either.</summary>
    private static async Task<Automation> FromNow(Tx tx, Automation automation, IReadOnlyList<Automation> all)
    {
        if (!all.Any(other => other.IsOn && other.Id != automation.Id))
        {
            await LogReader.Automations.SetPosition(tx, await EventStore.Last(tx));
        }
        return automation with { SinceEventId = await EventStore.NewestOf(tx, "automation", automation.Id), ClockAt = tx.Now };
    }

    private static Task Append(Tx tx, Caller caller, string action, Automation? before, Automation? after) => EventStore.Append(tx, caller,
        new()
        {
            Subject = "automation",
            SubjectId = (after ?? before)!.Id,
            Action = action,
            Changes = Tracked.Between(Tracks, before, after),
        });

    private static async Task<Automation> Seen(Tx tx, Caller caller, long id, bool forUpdate = false) =>
        await AutomationStore.Find(tx, id, forUpdate) is { } automation && Sees(automation, await tx.CatalogFor(caller))
        ? automation : throw Problem.NotFound("automation", id);

    // What looks at a field, or sets it, is as much for its readers as the field is.
    private static bool Sees(Automation automation, WorkspaceCatalog catalog) =>
        catalog.Hidden.Count == 0 || !catalog.HidesOneIn(AutomationJson.Told(automation));
}
