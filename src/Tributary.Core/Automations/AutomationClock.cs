using Tributary.Core.Catalog;
using Tributary.Core.Deals;
using Tributary.Core.Kernel;
using Tributary.Core.Lists;
using Tributary.Core.Storage;

namespace Tributary.Core.Automations;

/// <summary>
/// Starts what waits for time: deals that begin to rot, days and moments that come. Each automation remembers up to when the
/// clock was looked at, in the transaction that writes the runs, so a server that was off for a week catches up once.
/// </summary>
public sealed class AutomationClock(Db db)
{
    /// <returns>How many runs were started, over all workspaces.</returns>
    public async Task<int> Step(CancellationToken ct)
    {
        IReadOnlyList<long> workspaces;
        await using (var tx = await db.ReadEverywhere(ct)) workspaces = await AutomationStore.ClockedWorkspaces(tx);
        var started = 0;
        foreach (var workspace in workspaces) started += await Step(workspace, ct);
        return started;
    }

    public async Task<int> Step(long workspace, CancellationToken ct)
    {
        IReadOnlyList<long> due;
        await using (var tx = await db.Read(workspace, ct))
        {
            var catalog = await tx.Catalog();
            due = [.. (await AutomationStore.All(tx)).Where(automation => MayBeDue(tx, automation, catalog))
                .Select(automation => automation.Id)];
        }
        var started = 0;
        foreach (var id in due) started += await Look(workspace, id, ct);
        return started;
    }

    private async Task<int> Look(long workspace, long id, CancellationToken ct)
    {
        await using var tx = await db.Write(workspace, ct);
        var catalog = await tx.Catalog();
        if (await AutomationStore.Find(tx, id, forUpdate: true) is not { } automation || !MayBeDue(tx, automation, catalog)) return 0;

        var started = 0;
        foreach (var dealId in await Reached(tx, automation, catalog)) started += await Start(tx, automation, dealId, catalog);
        await AutomationStore.SetClock(tx, id);
        await tx.Commit();
        return started;
    }

    private static bool MayBeDue(Tx tx, Automation automation, WorkspaceCatalog catalog)
    {
        if (automation is not { IsOn: true, Trigger: { IsClocked: true } trigger }) return false;
        var isDay = trigger.Field is { } field && AutomationRules.DateField(field, catalog) is { Kind: FieldKind.Day };
        return TriggerRules.MayBeDue(trigger, isDay, automation.ClockAt, Calendar.At(tx.Now, catalog.Workspace.TimeZone));
    }

    private static async Task<IReadOnlyList<long>> Reached(Tx tx, Automation automation, WorkspaceCatalog catalog)
    {
        var found = new List<long>();
        var condition = automation.Trigger.Kind is TriggerKind.Rotten
            ? Rotting(automation, catalog, tx.Now) : Reaching(automation, catalog, tx.Now);
        if (condition is null)
        {
            await AutomationService.TurnOff(tx, automation, $"There is no field {automation.Trigger.Field} any more.");
            return [];
        }
        for (string? cursor = null; ;)
        {
            if (await AutomationFilter.Page(tx, automation, condition, cursor) is not { } page) return [];
            found.AddRange(page.Items);
            if (!page.HasMore) return found;
            cursor = page.NextCursor;
        }
    }

    /// <summary>Open deals that began to rot since the clock was looked at: touched so many days before, as their stage allows.</summary>
    private static Condition Rotting(Automation automation, WorkspaceCatalog catalog, DateTimeOffset now) =>
        Condition.AllOf(Condition.Equal("status", "open"), new Condition.Or(
        [.. catalog.Stages.Where(stage => stage.RottenDays is not null).GroupBy(stage => stage.RottenDays!.Value)
            .Select(group => Condition.AllOf(
            Condition.Test("stage_id", Operator.In, [.. group.Select(stage => (Operand)stage.Id)]),
            Condition.Test("touched_at", Operator.AtLeast, RottenRules.FreshFrom(group.Key, automation.ClockAt)),
            Condition.Test("touched_at", Operator.Less, RottenRules.FreshFrom(group.Key, now))))]));

    private static Condition? Reaching(Automation automation, WorkspaceCatalog catalog, DateTimeOffset now)
    {
        var (field, days) = (automation.Trigger.Field!, automation.Trigger.Days);
        if (AutomationRules.DateField(field, catalog) is not { } known) return null;
        if (known.Kind is FieldKind.Instant)
        {
            return Condition.AllOf(Condition.Test(field, Operator.More, automation.ClockAt.AddDays(-days)),
                Condition.Test(field, Operator.AtMost, now.AddDays(-days)));
        }
        var calendar = Calendar.At(now, catalog.Workspace.TimeZone);
        return Condition.AllOf(
            Condition.Test(field, Operator.More, calendar.DayOf(automation.ClockAt).AddDays(-days)),
            Condition.Test(field, Operator.AtMost, calendar.Today.AddDays(-days)));
    }

    private static async Task<int> Start(Tx tx, Automation automation, long dealId, WorkspaceCatalog catalog)
    {
        if (await DealStore.Find(tx, dealId) is not { } deal || Reason(automation, deal, catalog, tx.Now) is not { } reason) return 0;
        return await RunStore.Insert(tx, new()
        {
            Id = await tx.NextId("automation_run_ids"),
            AutomationId = automation.Id,
            DealId = dealId,
            Reason = reason,
            Chain = [automation.Id],
            State = RunState.Waiting,
            RunAfter = tx.Now,
            AddedAt = tx.Now,
        });
    }

    private static string? Reason(Automation automation, Deal deal, WorkspaceCatalog catalog, DateTimeOffset now)
    {
        if (automation.Trigger.Kind is TriggerKind.Rotten)
        {
            return RottenRules.RottenSince(deal, catalog.Stage(deal.StageId), now) is { } since ? TriggerRules.OfRotting(since) : null;
        }
        var field = AutomationRules.DateField(automation.Trigger.Field!, catalog)!;
        return (field.Path.Count > 0 ? deal.Custom[field.Path[0]] : DealValues.Of(deal, catalog, _ => null)(field.Name)) switch
        {
            DateOnly day => TriggerRules.OfDay(day),
            DateTimeOffset moment => TriggerRules.OfMoment(moment),
            System.Text.Json.JsonElement { ValueKind: System.Text.Json.JsonValueKind.String } text => $"date {text.GetString()}",
            _ => null,
        };
    }
}
