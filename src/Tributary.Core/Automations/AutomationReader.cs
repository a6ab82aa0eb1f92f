using Tributary.Core.Catalog;
using Tributary.Core.Kernel;
using Tributary.Core.Lists;
using Tributary.Core.Log;
using Tributary.Core.Storage;

namespace Tributary.Core.Automations;

/// <summary>
/// Turns lines of the log into runs. The position in the log moves in the transaction that writes them, and whoever holds the
/// position's row is alone: however many servers do this, and wherever one is stopped, each line starts an automation once.
/// </summary>
public sealed class AutomationReader(Db db)
{
    private const int Batch = 500;

    /// <returns>How many lines were read, over all workspaces.</returns>
    public async Task<int> Step(CancellationToken ct)
    {
        IReadOnlyList<long> workspaces;
        await using (var tx = await db.ReadEverywhere(ct)) workspaces = await AutomationStore.Workspaces(tx);
        var read = 0;
        foreach (var workspace in workspaces)
        {
            while (await Step(workspace, ct) is var lines and > 0) read += lines;
        }
        return read;
    }

    /// <returns>How many lines of one workspace were read; none when there is no more to read for now.</returns>
    public async Task<int> Step(long workspace, CancellationToken ct)
    {
        if (!await LogReader.Automations.HasNews(db, workspace, ct)) return 0;
        await using var tx = await db.Write(workspace, ct);
        if (await LogReader.Automations.Position(tx, forUpdate: true) is not { } position) return 0;

        var lines = await EventStore.After(tx, position, Batch);
        if (lines.Count == 0) return 0;
        await Start(tx, lines);
        await LogReader.Automations.SetPosition(tx, new(lines[^1].Tx, lines[^1].Id));
        await tx.Commit();
        return lines.Count;
    }

    private static async Task Start(Tx tx, IReadOnlyList<LogEvent> lines)
    {
        var catalog = await tx.Catalog();
        var calendar = Calendar.At(tx.Now, catalog.Workspace.TimeZone);
        var started = new List<(LogEvent Line, Automation Automation, string Reason)>();
        foreach (var automation in (await AutomationStore.All(tx)).Where(automation => automation.IsOn))
        {
            var found = lines.Select(line => (Line: line, Reason: Reason(automation, line, calendar))).Where(one => one.Reason is not null)
                .ToList();
            if (found.Count == 0
                || await AutomationFilter.Fitting(tx, automation, [.. found.Select(one => one.Line.DealId!.Value).Distinct()])
                is not { } fitting) continue;
            started.AddRange(found.Where(one => fitting.Contains(one.Line.DealId!.Value))
                .Select(one => (one.Line, automation, one.Reason!)));
        }
        if (started.Count == 0) return;

        // Ids follow the order of the log, because they are the order of running.
        var order = lines.Select((line, i) => (line.Id, i)).ToDictionary(pair => pair.Id, pair => pair.i);
        var ids = await tx.NextIds("automation_run_ids", started.Count);
        foreach (var (one, id) in started.OrderBy(one => order[one.Line.Id]).ThenBy(one => one.Automation.Id).Zip(ids))
        {
            await RunStore.Insert(tx, Run(tx, id, one.Line, one.Automation, one.Reason));
        }
    }

    private static string? Reason(Automation automation, LogEvent line, Calendar calendar) =>
        TriggerRules.Starts(automation, line) ? TriggerRules.OfEvent(line.Id) :
        TriggerRules.ReachedAtOnce(automation, line, calendar) is { } day ? TriggerRules.OfDay(day) :
        null;

    private static AutomationRun Run(Tx tx, long id, LogEvent line, Automation automation, string reason)
    {
        var isTooLong = line.Chain.Count >= TriggerRules.MaxChain;
        return new()
        {
            Id = id,
            AutomationId = automation.Id,
            DealId = line.DealId!.Value,
            Reason = reason,
            EventId = line.Id,
            Chain = [.. line.Chain, automation.Id],
            State = isTooLong ? RunState.Skipped : RunState.Waiting,
            Message = isTooLong ? $"{TriggerRules.MaxChain} automations had led to one another; the chain ends here." : null,
            RunAfter = tx.Now,
            AddedAt = tx.Now,
            EndedAt = isTooLong ? tx.Now : null,
        };
    }
}
