using System.Text.Json;
using Tributary.Core.Backups;
using Tributary.Core.Fields;
using Tributary.Core.Import;
using Tributary.Core.Kernel;
using Tributary.Core.Leads;
using Tributary.Core.Storage;

namespace Tributary.Core.Jobs;

/// <summary>
/// Runs the jobs: whoever calls <see cref="Step(CancellationToken)"/> in a loop is a worker, and there may be any number of them.
/// </summary>
public sealed class JobService
{
    private const int MaxListed = 1000;

    private readonly Db db;
    private readonly Dictionary<string, JobHandler> handlers;

    /// <summary>Runs every kind of job there is; those that need files where these are given.</summary>
    public JobService(Db db, ImportService? imports = null, BackupService? backups = null)
        : this(db,
            [ConversionJobs.ToLead, ConversionJobs.ToDeal, TypeChangeService.Handler, FieldIndex.Handler,
                .. imports is null ? (JobHandler[])[] : [imports.Handler, ImportService.UndoHandler],
                .. backups is null ? (JobHandler[])[] : [backups.Handler]])
    {
    }

    internal JobService(Db db, IReadOnlyList<JobHandler> handlers)
    {
        this.db = db;
        this.handlers = handlers.ToDictionary(handler => handler.Kind);
    }

    /// <summary>Puts a job on the list in the unit of work that wants it done, so that it is wanted only if that happened.</summary>
    internal static async Task<Job> Enqueue(Tx tx, Caller caller, string kind, long? subjectId, object payload,
        DateTimeOffset? runAfter = null, Guid? uid = null)
    {
        var job = new Job
        {
            WorkspaceId = tx.Workspace,
            Id = await tx.NextId("job_ids"),
            Uid = uid ?? tx.NextUid(),
            Kind = kind,
            State = JobState.Waiting,
            SubjectId = subjectId,
            Payload = JsonSerializer.Serialize(payload, Documents.Options),
            Attempts = 0,
            RunAfter = runAfter ?? tx.Now,
            AddedAt = tx.Now,
            AddedBy = caller.UserId,
            UpdatedAt = tx.Now,
        };
        await JobStore.Insert(tx, job);
        return job;
    }

    /// <summary>The newest jobs, newest first; admins see everyone's, others those they asked for.</summary>
    public async Task<IReadOnlyList<Job>> List(Caller caller, CancellationToken ct)
    {
        caller.MustRead("jobs");
        await using var tx = await db.Read(caller.Workspace, ct);
        return await JobStore.Newest(tx, caller.IsAdmin ? null : caller.UserId ?? 0, MaxListed);
    }

    public async Task<Job> Get(Caller caller, Guid uid, CancellationToken ct)
    {
        caller.MustRead("jobs");
        await using var tx = await db.Read(caller.Workspace, ct);
        return await JobStore.Find(tx, uid) is { } job && (caller.IsAdmin || job.AddedBy == caller.UserId)
            ? job : throw Problem.NotFound("job", uid);
    }

    /// <summary>Does one due job of any workspace. False when there was none.</summary>
    public async Task<bool> Step(CancellationToken ct)
    {
        IReadOnlyList<long> due;
        await using (var tx = await db.ReadEverywhere(ct)) due = await JobStore.DueWorkspaces(tx, handlers.Keys);
        foreach (var workspace in due)
        {
            if (await Step(workspace, ct)) return true;
        }
        return false;
    }

    /// <summary>Does one due job of a workspace. False when there was none.</summary>
    public async Task<bool> Step(long workspace, CancellationToken ct)
    {
        if (await Claim(workspace, ct) is not { } job) return false;

        var run = new JobRun(db, job);
        try
        {
            if (job.Attempts > JobSchedule.MaxAttempts) await Fail(job, "It was begun too often and never ended.", ct);
            else
            {
                await handlers[job.Kind].Run(run, ct);
                if (!run.HasEnded) await End(job, JobState.Completed, "{}", ct);
            }
        }
        catch (ProblemException refusal) when (refusal.Problem.Code is not (ProblemCode.Unavailable or ProblemCode.Stale))
        {
            await End(job, JobState.Rejected, Error(refusal.Message), ct);
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            // An edge, like a request's: whatever went wrong must not stop the loop, and trying again may help.
            await PutOff(job, error, ct);
        }
        return true;
    }

    /// <summary>Forgets the jobs of a workspace that ended days ago.</summary>
    public async Task<int> Purge(long workspace, CancellationToken ct)
    {
        await using var tx = await db.Write(workspace, ct);
        var purged = await JobStore.Purge(tx, tx.Now - JobSchedule.KeptFor);
        await tx.Commit();
        return purged;
    }

    /// <summary>Takes the next due job for the length of a lease.</summary>
    internal async Task<Job?> Claim(long workspace, CancellationToken ct)
    {
        await using var tx = await db.Write(workspace, ct);
        if (await JobStore.NextDue(tx, handlers.Keys) is not { } job) return null;
        var lockedUntil = tx.Now + JobSchedule.Lease;
        await JobStore.Claim(tx, job.Id, lockedUntil);
        await tx.Commit();
        return job with { State = JobState.Running, Attempts = job.Attempts + 1, LockedUntil = lockedUntil };
    }

    private async Task PutOff(Job job, Exception error, CancellationToken ct)
    {
        // What a bug says may hold a customer's data; its kind is enough to find it in the server's log.
        var reason = error is ProblemException refusal ? refusal.Message : $"Unexpected {error.GetType().Name}.";
        if (job.Attempts >= JobSchedule.MaxAttempts)
        {
            await Fail(job, reason, ct);
            return;
        }
        await using var tx = await db.Write(job.WorkspaceId, ct);
        await JobStore.Postpone(tx, job, tx.Now + JobSchedule.Pause(job.Attempts), Error(reason));
        await tx.Commit();
    }

    private Task Fail(Job job, string reason, CancellationToken ct) => End(job, JobState.Failed, Error(reason), ct);

    private async Task End(Job job, JobState state, string result, CancellationToken ct)
    {
        await using var tx = await db.Write(job.WorkspaceId, ct);
        await JobStore.End(tx, job, state, result);
        await tx.Commit();
    }

    private static string Error(string reason) => JsonSerializer.Serialize(new { error = reason }, Documents.Options);
}
