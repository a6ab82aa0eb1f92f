using Tributary.Core.Catalog;
using Tributary.Core.Files;
using Tributary.Core.Jobs;
using Tributary.Core.Kernel;
using Tributary.Core.Log;
using Tributary.Core.Storage;
using Tributary.Core.Workspaces;

namespace Tributary.Core.Backups;

/// <summary>
/// Backups that admins make in the app. The file holds the whole database, so it is for the admins of a server's only workspace
/// (decision 0026); where there are several, or PostgreSQL, the shelf says what there is instead.
/// </summary>
public sealed class BackupService(Db db, BackupFolder folder, FileFolder files, bool isAllowed = true)
{
    /// <summary>How many are kept: a newer one takes the place of the oldest.</summary>
    public const int Kept = 3;

    private const string Kind = "backup";
    private static readonly TimeSpan beat = TimeSpan.FromMilliseconds(500);

    internal JobHandler Handler => new(Kind, Make);

    /// <summary>The backups there are, newest first, or why none are made here.</summary>
    public async Task<BackupShelf> Shelf(Caller caller, CancellationToken ct)
    {
        caller.MustRead("backups");
        MustBeAdmin(caller);
        return await Refusal(ct) is { } refusal ? new(refusal, []) : new(null, folder.All());
    }

    /// <summary>Begins a backup, or answers the one that is under way.</summary>
    public async Task<Job> Begin(Caller caller, CancellationToken ct)
    {
        await MustBeOffered(caller, ct);
        await using var tx = await db.Write(caller.Workspace, ct);
        var job = await JobStore.Underway(tx, Kind, caller.Workspace)
            ?? await JobService.Enqueue(tx, caller, Kind, caller.Workspace, new { });
        await tx.Commit();
        return job;
    }

    /// <summary>The file, for one download, of which the log tells.</summary>
    public async Task<(KeptBackup Backup, Stream Content)> Open(Caller caller, Guid uid, CancellationToken ct)
    {
        var kept = await Known(caller, uid, ct);
        var content = new FileStream(folder.PathOf(uid),
            new FileStreamOptions
            {
                Options = FileOptions.Asynchronous | FileOptions.SequentialScan,
                Share = FileShare.Read | FileShare.Delete,
            });
        await Log(caller, "backup_downloaded", ct);
        return (kept, content);
    }

    public async Task Delete(Caller caller, Guid uid, CancellationToken ct)
    {
        folder.Delete((await Known(caller, uid, ct)).Uid);
        await Log(caller, "backup_deleted", ct);
    }

    /// <summary>
    /// The attached files of the caller's workspace with the paths they have in the data folder; each is opened when it is asked for.
    /// </summary>
    public async Task<IEnumerable<(string Path, Stream Content)>> Attachments(Caller caller, CancellationToken ct)
    {
        caller.MustRead("files");
        MustBeAdmin(caller);
        await using var tx = await db.Read(caller.Workspace, ct);
        return files.All((await tx.Catalog()).Workspace.Uid);
    }

    private async Task Make(JobRun run, CancellationToken ct)
    {
        if (await Refusal(ct) is { } refusal) throw Problem.Conflict(refusal, "backup");
        var (uid, database) = (run.Job.Uid, db.SqliteFile!);
        folder.Prepare(uid);
        var total = Backup.SizeOf(database);
        // SQLite copies on the thread that asks; this one tells meanwhile how far it is, and keeps the job.
        var copying = Task.Factory.StartNew(() => Backup.Write(database, folder.PathOf(uid), ct), ct, TaskCreationOptions.LongRunning,
            TaskScheduler.Default);
        while (await Task.WhenAny(copying, Task.Delay(beat, ct)) != copying)
        {
            await run.Report(Math.Min(Backup.WrittenOf(folder.PathOf(uid)), total), total, ct);
        }
        var report = await copying;
        await using (var tx = await db.Write(run.Job.WorkspaceId, ct))
        {
            var kept = folder.Keep(uid, tx.Now, report);
            await EventStore.Append(tx, run.Caller("native"), Entry(run.Job.WorkspaceId, "backup_made"));
            await run.Report(tx, kept.Bytes, kept.Bytes);
            await run.Complete(tx, new { kept.Bytes, report.Workspaces, report.Deals });
            await tx.Commit();
        }
        foreach (var old in folder.All().Skip(Kept)) folder.Delete(old.Uid);
    }

    private async Task<string?> Refusal(CancellationToken ct)
    {
        if (db.SqliteFile is null)
        {
            return "The database is PostgreSQL: its own tools back it up, pg_dump or those of your provider (docs/backup.md). "
                + "The records and files of this workspace can be exported here.";
        }
        if (!isAllowed)
        {
            return "Whoever runs this server makes its backups: \"tributary backup\". The records and files of this workspace can be exported here.";
        }
        return (await new WorkspaceService(db).All(ct)).Count > 1
            ? "This server keeps several workspaces in one database, so its backup is for whoever runs it: \"tributary backup\". "
                + "The records and files of this workspace can be exported here." : null;
    }

    private async Task MustBeOffered(Caller caller, CancellationToken ct)
    {
        MustHandle(caller);
        if (await Refusal(ct) is { } refusal) throw Problem.Forbidden(refusal);
    }

    private static void MustHandle(Caller caller)
    {
        caller.MustWrite("backups");
        MustBeAdmin(caller);
    }

    private static void MustBeAdmin(Caller caller)
    {
        if (!caller.IsAdmin) throw Problem.Forbidden("Only admins carry away everything.");
    }

    private async Task<KeptBackup> Known(Caller caller, Guid uid, CancellationToken ct)
    {
        MustHandle(caller);
        var kept = folder.Find(uid) ?? throw Problem.NotFound("backup", uid);
        await MustBeOffered(caller, ct);
        return kept;
    }

    private async Task Log(Caller caller, string action, CancellationToken ct)
    {
        await using var tx = await db.Write(caller.Workspace, ct);
        await EventStore.Append(tx, caller, Entry(caller.Workspace, action));
        await tx.Commit();
    }

    private static LogEntry Entry(long workspace, string action) => new() { Subject = "workspace", SubjectId = workspace, Action = action };
}
