using System.Globalization;
using Microsoft.Net.Http.Headers;
using Tributary.Core.Backups;
using Tributary.Server.Api.Jobs;
using Tributary.Server.Hosting;

namespace Tributary.Server.Api.Backups;

/// <summary>Backups of the server's database, for the admins of its only workspace (decision 0026).</summary>
internal static class BackupRoutes
{
    private const string Who = "For admins of the only workspace of a server on SQLite, unless Tributary:BackupsInApp is false.";
    private static readonly Member<Guid> Uid = Members.Uid("uid", "The backup.").InPath();

    private static readonly Wire<KeptBackup> Backup =
        new Wire<KeptBackup>("Backup",
            "A copy of the whole database as it was at one moment, checked: every page, index and reference was read.")
        .Uid("uid", b => b.Uid)
        .Instant("made_at", b => b.MadeAt, TimeStyle.IsoMilliseconds)
        .Whole("bytes", b => b.Bytes)
        .Whole("deals", b => b.Holds.Deals, "How many it holds, deleted ones included.")
        .Instant("last_change_at", b => b.Holds.LastChangeAt, TimeStyle.IsoMilliseconds, "The last change that is in it.")
        .Text("last_migration", b => b.Holds.LastMigration, "The version of its tables.", nullable: false);

    private static readonly Wire<BackupShelf> Shelf = new Wire<BackupShelf>("Backups", "The backups that are kept, newest first.")
        .Flag("is_offered", s => s.Refusal is null, "Whether backups are made here.")
        .Text("refusal", s => s.Refusal, "Why not, and what there is instead.")
        .Objects("data", s => s.Backups, Backup);

    public static readonly IReadOnlyList<Operation> All =
    [
        new("GET", "/backups", "listBackups", List)
        {
            Tag = "Backups", Summary = "List the backups that are kept, or learn why none are made here; for admins", Answer = Shelf,
        },
        new("POST", "/backups", "createBackup", Create)
        {
            Tag = "Backups", Summary = "Make a backup of the database in the background, checked before it is kept",
            Description =
                $"{Who} Answers the job, whose done and total are bytes; its uid is the backup's. The newest {BackupService.Kept} are kept. Attached files are apart: GET /workspace/files.tar.",
            Status = 202, Answer = JobRoutes.Wire,
        },
        new("GET", "/backups/{uid}/file", "downloadBackup", Download)
        {
            Tag = "Backups", Summary = "Download a backup: a SQLite file for \"tributary restore\"", Description = Who, Parameters = [Uid],
            AnswerType = "application/vnd.sqlite3",
        },
        new("DELETE", "/backups/{uid}", "deleteBackup", Delete)
        {
            Tag = "Backups", Summary = "Delete a kept backup", Description = Who, Parameters = [Uid], Status = 204,
        },
    ];

    private static async Task<Reply> List(Call call)
    {
        call.Checked();
        return Reply.Json(Shelf, await call.Service<BackupService>().Shelf(call.Caller, call.Ct));
    }

    private static async Task<Reply> Create(Call call)
    {
        call.Checked();
        var job = await call.Service<BackupService>().Begin(call.Caller, call.Ct);
        return Reply.Json(JobRoutes.Wire, job, status: 202).With(HeaderNames.Location, $"{NativeDialect.Root}/jobs/{job.Uid}");
    }

    private static async Task<Reply> Download(Call call)
    {
        var uid = call.Path(Uid, "backup");
        call.Checked();
        var (backup, content) = await call.Service<BackupService>().Open(call.Caller, uid, call.Ct);
        var name = backup.MadeAt.ToString("'tributary-'yyyy-MM-dd-HHmm'.db'", CultureInfo.InvariantCulture);
        return Download(name, "application/vnd.sqlite3", async http =>
        {
            await using var file = content;
            http.Response.ContentLength = file.Length;
            await file.CopyToAsync(http.Response.Body, http.RequestAborted);
        });
    }

    private static async Task<Reply> Delete(Call call)
    {
        var uid = call.Path(Uid, "backup");
        call.Checked();
        await call.Service<BackupService>().Delete(call.Caller, uid, call.Ct);
        return Reply.Empty();
    }

    /// <summary>A file that browsers save and nobody in between keeps.</summary>
    public static Reply Download(string name, string type, Func<HttpContext, Task> send) => Reply.Sent(http =>
    {
        http.Response.ContentType = type;
        return send(http);
    })
        .With(HeaderNames.ContentDisposition, $"attachment; filename=\"{name}\"")
        .With(HeaderNames.XContentTypeOptions, "nosniff")
        .With(HeaderNames.CacheControl, "no-store");
}
