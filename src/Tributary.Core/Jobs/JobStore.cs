using Tributary.Core.Kernel;
using Tributary.Core.Storage;

namespace Tributary.Core.Jobs;

/// <summary>The SQL of jobs. Each method is one statement; who runs what and when lives in JobService.</summary>
internal static class JobStore
{
    private const string Columns =
        "workspace_id, id, uid, kind, state, subject_id, payload, result, done, total, attempts, run_after, locked_until, added_at, added_by, updated_at";

    public static Task Insert(Tx tx, Job job) => tx.Run($"""
        INSERT INTO jobs (workspace_id, id, uid, kind, state, subject_id, payload, done, attempts, run_after, added_at, added_by,
            updated_at)
        VALUES (@Workspace, @Id, @Uid, @Kind, 'waiting', @SubjectId, {tx.Sql.Json("Payload")}, 0, 0, @RunAfter, @AddedAt, @AddedBy,
            @UpdatedAt)
        """, new { tx.Workspace, job.Id, job.Uid, job.Kind, job.SubjectId, job.Payload, job.RunAfter, job.AddedAt, job.AddedBy, job.UpdatedAt });

    public static Task<Job?> Find(Tx tx, Guid uid) => tx.One<Job>($"""
        SELECT {Columns}
        FROM jobs
        WHERE workspace_id = @Workspace AND uid = @uid
        """, new { tx.Workspace, uid });

    public static Task<IReadOnlyList<Job>> Newest(Tx tx, long? addedBy, int limit) => tx.Many<Job>($"""
        SELECT {Columns}
        FROM jobs
        WHERE workspace_id = @Workspace {(addedBy is null ? "" : "AND added_by = @addedBy")}
        ORDER BY id DESC
        LIMIT @limit
        """, new { tx.Workspace, addedBy, limit });

    /// <summary>The job of a kind that is already under way for a record.</summary>
    public static Task<Job?> Underway(Tx tx, string kind, long subjectId) => tx.One<Job>($"""
        SELECT {Columns}
        FROM jobs
        WHERE workspace_id = @Workspace AND kind = @kind AND subject_id = @subjectId AND state IN ('waiting', 'running')
        ORDER BY id
        LIMIT 1
        """, new { tx.Workspace, kind, subjectId });

    /// <summary>Whether a later job of the same kind is under way for the same record.</summary>
    public static async Task<bool> HasSuccessor(Tx tx, Job job) => await tx.One<long>("""
        SELECT COUNT(*)
        FROM jobs
        WHERE workspace_id = @Workspace AND kind = @Kind AND subject_id = @SubjectId AND id > @Id AND state IN ('waiting', 'running')
        """, new { tx.Workspace, job.Kind, job.SubjectId, job.Id }) > 0;

    /// <summary>The workspaces that have something to do now; asked across all of them.</summary>
    public static Task<IReadOnlyList<long>> DueWorkspaces(Tx everywhere, IReadOnlyCollection<string> kinds) => everywhere.Many<long>($"""
        SELECT DISTINCT workspace_id
        FROM jobs
        WHERE state IN ('waiting', 'running') AND run_after <= @Now AND (locked_until IS NULL OR locked_until <= @Now)
            AND {everywhere.Sql.In("kind", "kinds")}
        ORDER BY workspace_id
        """, new { everywhere.Now, kinds = everywhere.Sql.List(kinds) });

    /// <summary>The next job that nobody holds. On PostgreSQL, rows that another server is claiming are passed over.</summary>
    public static Task<Job?> NextDue(Tx tx, IReadOnlyCollection<string> kinds) => tx.One<Job>($"""
        SELECT {Columns}
        FROM jobs
        WHERE workspace_id = @Workspace AND {tx.Sql.In("kind", "kinds")} AND state IN ('waiting', 'running')
          AND run_after <= @Now AND (locked_until IS NULL OR locked_until <= @Now)
        ORDER BY run_after, id
        LIMIT 1
        {tx.Sql.SkipLocked}
        """, new { tx.Workspace, tx.Now, kinds = tx.Sql.List(kinds) });

    public static Task Claim(Tx tx, long id, DateTimeOffset lockedUntil) => tx.Run("""
        UPDATE jobs SET state = 'running', attempts = attempts + 1, locked_until = @lockedUntil, updated_at = @Now
        WHERE workspace_id = @Workspace AND id = @id
        """, new { tx.Workspace, id, lockedUntil, tx.Now });

    /// <summary>False when the job is no longer this runner's: its lease ran out and another began it.</summary>
    public static async Task<bool> Report(Tx tx, Job job, long done, long? total, DateTimeOffset lockedUntil) => await tx.Run("""
        UPDATE jobs SET done = @done, total = @total, locked_until = @lockedUntil, updated_at = @Now
        WHERE workspace_id = @Workspace AND id = @Id AND state = 'running' AND attempts = @Attempts
        """, new { tx.Workspace, job.Id, job.Attempts, done, total, lockedUntil, tx.Now }) > 0;

    /// <summary>False when the job is no longer this runner's.</summary>
    public static async Task<bool> End(Tx tx, Job job, JobState state, string? result) => await tx.Run($"""
        UPDATE jobs SET state = @state, result = {tx.Sql.Json("result")}, locked_until = NULL, updated_at = @Now
        WHERE workspace_id = @Workspace AND id = @Id AND state = 'running' AND attempts = @Attempts
        """, new { tx.Workspace, job.Id, job.Attempts, state = Word(state), result, tx.Now }) > 0;

    public static Task Postpone(Tx tx, Job job, DateTimeOffset runAfter, string result) => tx.Run($"""
        UPDATE jobs SET state = 'waiting', run_after = @runAfter, result = {tx.Sql.Json("result")}, locked_until = NULL, updated_at = @Now
        WHERE workspace_id = @Workspace AND id = @Id AND state = 'running' AND attempts = @Attempts
        """, new { tx.Workspace, job.Id, job.Attempts, runAfter, result, tx.Now });

    public static Task<int> Purge(Tx tx, DateTimeOffset before) => tx.Run("""
        DELETE FROM jobs
        WHERE workspace_id = @Workspace AND state IN ('completed', 'failed', 'rejected') AND updated_at < @before
        """, new { tx.Workspace, before });

    private static string Word(JobState state) => state switch
    {
        JobState.Waiting => "waiting",
        JobState.Running => "running",
        JobState.Completed => "completed",
        JobState.Failed => "failed",
        JobState.Rejected => "rejected",
    };
}
