using Tributary.Core.Deals;
using Tributary.Core.Kernel;
using Tributary.Core.Storage;

namespace Tributary.Core.Automations;

/// <summary>
/// Does the runs. One run is one transaction: its actions and the word that it ended are written together, all or none, so
/// whoever is stopped in the middle leaves a run that is simply done by the next. Runs of one deal go in order.
/// </summary>
public sealed class AutomationRunner(Db db)
{
    public const int MaxAttempts = 5;

    /// <summary>How long runs can be looked at.</summary>
    public static readonly TimeSpan KeptFor = TimeSpan.FromDays(30);

    private const int Batch = 50;
    private static readonly TimeSpan pause = TimeSpan.FromSeconds(30);

    /// <returns>How many runs were tried, over all workspaces.</returns>
    public async Task<int> Step(CancellationToken ct)
    {
        IReadOnlyList<long> workspaces;
        await using (var tx = await db.ReadEverywhere(ct)) workspaces = await RunStore.DueWorkspaces(tx);
        var tried = 0;
        foreach (var workspace in workspaces) tried += await Step(workspace, ct);
        return tried;
    }

    /// <summary>One round: the first due run of some deals of a workspace.</summary>
    public async Task<int> Step(long workspace, CancellationToken ct)
    {
        IReadOnlyList<AutomationRun> due;
        await using (var tx = await db.Read(workspace, ct)) due = await RunStore.NextDue(tx, Batch);
        foreach (var run in due)
        {
            try
            {
                await Run(workspace, run, ct);
            }
            catch (Exception error) when (error is not OperationCanceledException || !ct.IsCancellationRequested)
            {
                // An edge, like a request's: whatever went wrong with one run must not stop the others.
                await PutOff(workspace, run, error, ct);
            }
        }
        return due.Count;
    }

    /// <summary>Forgets old runs.</summary>
    public async Task<int> Purge(CancellationToken ct)
    {
        IReadOnlyList<long> workspaces;
        await using (var tx = await db.ReadEverywhere(ct)) workspaces = await AutomationStore.AllWorkspaces(tx);
        var purged = 0;
        foreach (var workspace in workspaces)
        {
            await using var tx = await db.Write(workspace, ct);
            purged += await RunStore.Purge(tx, tx.Now - KeptFor);
            await tx.Commit();
        }
        return purged;
    }

    /// <summary>
    /// Does the actions of a run, all or none, and says what became of each. The caller's unit of work decides whether it stays.
    /// </summary>
    internal static async Task<(Seq<RunStep> Steps, string? Refusal)> Perform(Tx tx, Automation automation, Deal deal, Seq<long> chain)
    {
        var caller = Caller.System(tx.Workspace) with { Dialect = "automation", Chain = chain };
        var actions = new AutomationActions(tx, caller, automation, deal);
        if (await tx.Attempt(actions.Run) is not { } refusal) return ([.. actions.Steps], null);
        return ([.. actions.Steps, new(AutomationJson.Word(actions.Current!), StepOutcome.Refused, refusal.Message)], refusal.Message);
    }

    private async Task Run(long workspace, AutomationRun due, CancellationToken ct)
    {
        await using var tx = await db.Write(workspace, ct);
        // The automation first: deleting it locks in that order too.
        if (await AutomationStore.Find(tx, due.AutomationId, forUpdate: true)
            is not { } automation || await RunStore.FindWaiting(tx, due.Id) is not { } run) return;

        if (await Obstacle(tx, automation, run) is { } obstacle) await RunStore.End(tx, run.Id, RunState.Skipped, [], obstacle);
        else
        {
            var (steps, refusal) = await Perform(tx, automation, (await DealStore.FindForUpdate(tx, run.DealId))!, run.Chain);
            await RunStore.End(tx, run.Id, refusal is null ? RunState.Done : RunState.Refused, steps, refusal);
            await Count(tx, automation, refusal);
        }
        await tx.Commit();
    }

    private static async Task<string?> Obstacle(Tx tx, Automation automation, AutomationRun run)
    {
        if (!automation.IsOn) return "The automation had been turned off.";
        return await DealStore.FindForUpdate(tx, run.DealId) switch
        {
            null or { IsDeleted: true } => "The deal had been deleted.",
            { IsArchived: true } => "The deal had been archived.",
            _ => null,
        };
    }

    private static async Task Count(Tx tx, Automation automation, string? refusal)
    {
        await AutomationStore.Count(tx, automation.Id, isDone: refusal is null);
        if (refusal is not null && automation.Failures + 1 >= AutomationRules.FailuresBeforeOff)
        {
            await AutomationService.TurnOff(tx, automation with { Failures = automation.Failures + 1 },
                $"{AutomationRules.FailuresBeforeOff} runs in a row could do nothing, the last because: {refusal}");
        }
    }

    private async Task PutOff(long workspace, AutomationRun due, Exception error, CancellationToken ct)
    {
        // What a bug says may hold a customer's data; its kind is enough to find it in the server's log.
        var reason = error is ProblemException refusal ? refusal.Message : $"Unexpected {error.GetType().Name}.";
        await using var tx = await db.Write(workspace, ct);
        if (await AutomationStore.Find(tx, due.AutomationId, forUpdate: true)
            is not { } automation || await RunStore.FindWaiting(tx, due.Id) is not { } run) return;
        if (run.Attempts + 1 < MaxAttempts) await RunStore.PutOff(tx, run.Id, tx.Now + pause * (run.Attempts + 1), reason);
        else
        {
            await RunStore.End(tx, run.Id, RunState.Failed, [], reason);
            await Count(tx, automation, reason);
        }
        await tx.Commit();
    }
}
