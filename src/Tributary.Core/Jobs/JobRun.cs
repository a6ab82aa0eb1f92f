using System.Text.Json;
using Tributary.Core.Kernel;
using Tributary.Core.Storage;

namespace Tributary.Core.Jobs;

/// <summary>
/// What does the jobs of one kind. It may be begun again after a crash at any point, so its effects go with <see cref="JobRun.Complete"/>.
/// </summary>
internal sealed record JobHandler(string Kind, Func<JobRun, CancellationToken, Task> Run);

/// <summary>One attempt at a job, as its handler sees it.</summary>
internal sealed class JobRun(Db db, Job job)
{
    public Db Db => db;
    public Job Job => job;

    /// <summary>Set once the handler has said how the job ended.</summary>
    public bool HasEnded { get; private set; }

    public T Payload<T>() => JsonSerializer.Deserialize<T>(job.Payload, Documents.Options)!;

    /// <summary>Who asked for it, with the rights of the engine: whether they may was checked when they asked.</summary>
    public Caller Caller(string dialect) => Kernel.Caller.System(job.WorkspaceId) with { UserId = job.AddedBy, Dialect = dialect };

    /// <summary>Tells how far it is and keeps the job for as long again.</summary>
    public async Task Report(long done, long? total, CancellationToken ct)
    {
        await using var tx = await db.Write(job.WorkspaceId, ct);
        await Report(tx, done, total);
        await tx.Commit();
    }

    /// <summary>The same in the unit of work that went that far.</summary>
    public async Task Report(Tx tx, long done, long? total)
    {
        if (!await JobStore.Report(tx, job, done, total, tx.Now + JobSchedule.Lease)) throw NotOurs();
    }

    /// <summary>
    /// Marks the job as done in the unit of work that did it, so that both are true or neither. Refuses when the lease ran
    /// out and another runner has begun the job: then this unit of work must not be committed.
    /// </summary>
    public async Task Complete(Tx tx, object result) => await End(tx, JobState.Completed, result);

    /// <summary>The rules say no; trying again would not help.</summary>
    public async Task Reject(Tx tx, string reason) => await End(tx, JobState.Rejected, new { error = reason });

    private async Task End(Tx tx, JobState state, object result)
    {
        if (!await JobStore.End(tx, job, state, JsonSerializer.Serialize(result, Documents.Options))) throw NotOurs();
        HasEnded = true;
    }

    private ProblemException NotOurs() => Problem.Stale("job", job.Id);
}
