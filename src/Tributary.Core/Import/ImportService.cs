using System.Text.Json;
using Tributary.Core.Catalog;
using Tributary.Core.Jobs;
using Tributary.Core.Kernel;
using Tributary.Core.Keys;
using Tributary.Core.Storage;

namespace Tributary.Core.Import;

/// <summary>An import that runs in the background, and what it has done.</summary>
public sealed record ImportJob(Job Job, ImportReport? Report, bool HasRejects, long Undoable = 0);

/// <summary>One row as it would be imported, in JSON, or why it would not.</summary>
public sealed record PreviewRow(long Line, IReadOnlyList<string> Cells, string? Record, IReadOnlyList<FieldError> Reasons,
    IReadOnlyList<string> Warnings);

/// <summary>What a file seems to hold: the mapping it would be imported with, and its first rows.</summary>
public sealed record ImportPreview(ImportMapping Mapping, HeaderGuess Guess, IReadOnlyList<string> Headers, IReadOnlyList<PreviewRow> Rows,
    IReadOnlyList<string> Sheets);

/// <summary>The verbs of imports over the network: an upload is stored, and a job does the rest.</summary>
public sealed partial class ImportService(Db db, ImportFolder folder, CopyFrom? copyFrom = null)
{
    private const string Kind = "import";
    private const int Previewed = 20;

    private sealed record Payload
    {
        /// <summary>How a file is imported; none of a copy.</summary>
        public string? Mapping { get; init; }

        /// <summary>Where a copy comes from; none of a file.</summary>
        public CopyOrder? Copy { get; init; }
        public required Asked Asked { get; init; }
        public bool DryRun { get; init; }
    }

    /// <summary>How the one who asked for a job had come in.</summary>
    private sealed record Asked
    {
        public required string Dialect { get; init; }
        public required Seq<string> Scopes { get; init; }
        public long? AppId { get; init; }

        public static Asked Of(Caller caller) => new() { Dialect = caller.Dialect, Scopes = caller.Scopes, AppId = caller.AppId };
    }

    /// <summary>For the runner of jobs.</summary>
    internal JobHandler Handler => new(Kind, Run);

    public async Task<ImportJob> Start(Caller caller, ImportRequest request, Stream content, CancellationToken ct)
    {
        var upload = db.Uids.Next();
        await folder.Store(upload, content, request.Sheet, ct);
        try
        {
            var (mapping, _) = await request.Settle(() => folder.Open(upload), ct);
            Importer.MustBeAllowed(caller, mapping);
            await using var tx = await db.Write(caller.Workspace, ct);
            var payload = new Payload { Mapping = ImportMappingFile.Write(mapping), Asked = Asked.Of(caller), DryRun = request.IsDryRun };
            var job = await JobService.Enqueue(tx, caller, Kind, subjectId: null, payload, uid: upload);
            await tx.Commit();
            return new(job, null, false);
        }
        catch
        {
            folder.Forget(upload);
            throw;
        }
    }

    /// <summary>Nothing is stored: the guess, and the first rows as they would be read.</summary>
    public async Task<ImportPreview> Preview(Caller caller, ImportRequest request, Stream content, CancellationToken ct)
    {
        var upload = db.Uids.Next();
        var sheets = await folder.Store(upload, content, request.Sheet, ct);
        try
        {
            var (mapping, guess) = await request.Settle(() => folder.Open(upload), ct);
            Importer.MustBeAllowed(caller, mapping);
            await using var file = await CsvSource.Open(folder.Open(upload), ct: ct);
            var reader = new RowReader(mapping, file.Headers);
            var rows = new List<PreviewRow>();
            await foreach (var row in file.Rows(ct))
            {
                rows.Add(Read(reader, mapping.Kind, row));
                if (rows.Count == Previewed) break;
            }
            return new(mapping, guess, file.Headers, rows, sheets);
        }
        finally
        {
            folder.Forget(upload);
        }
    }

    public async Task<ImportJob> Get(Caller caller, Guid uid, CancellationToken ct)
    {
        await using var tx = await db.Read(caller.Workspace, ct);
        if (await JobStore.Find(tx, uid) is not { Kind: Kind } job || !caller.IsAdmin && job.AddedBy != caller.UserId)
        {
            throw Problem.NotFound("import", uid);
        }
        return new(job, (await ImportStore.Find(tx, KeyOf(uid)))?.Report, HasRejects(uid), await ImportedRecordStore.Count(tx, KeyOf(uid)));
    }

    /// <summary>The rows that could not be imported, with line and reason.</summary>
    public async Task<Stream> Rejects(Caller caller, Guid uid, CancellationToken ct)
    {
        await Get(caller, uid, ct);
        return folder.FindRejects(uid) ?? throw Problem.NotFound("rejects of the import", uid);
    }

    private async Task Run(JobRun run, CancellationToken ct)
    {
        var payload = run.Payload<Payload>();
        var uid = run.Job.Uid;
        if (payload.Copy is { } copy)
        {
            await Run(run, copy, payload.Asked, ct);
            return;
        }
        var report = await new Importer(run.Db).Run(await CallerOf(run, payload.Asked, ct), new()
        {
            Mapping = ImportMappingFile.Read(payload.Mapping!),
            Open = () => folder.Open(uid),
            Rejects = () => folder.Rejects(uid),
            IsDryRun = payload.DryRun,
            Key = KeyOf(uid),
            IsUndoable = true,
            Resume = true,
            // How many rows there are is estimated from how much of the file is read.
            Checkpoint = (tx, progress) => run.Report(tx, progress.SoFar.Read,
                progress.Fraction > 0 ? (long)(progress.SoFar.Read / progress.Fraction) : null),
        }, ct);
        await using var end = await run.Db.Write(run.Job.WorkspaceId, ct);
        await run.Complete(end, JsonDocument.Parse(report.ToJson()).RootElement);
        await end.Commit();
        folder.Forget(uid);
    }

    /// <summary>Whoever asked, with the rights they have now: rows name records, and which of them they see matters.</summary>
    private static async Task<Caller> CallerOf(JobRun run, Asked asked, CancellationToken ct)
    {
        if (run.Job.AddedBy is not { } user) return run.Caller(asked.Dialect) with { Scopes = asked.Scopes, AppId = asked.AppId };
        await using var tx = await run.Db.Read(run.Job.WorkspaceId, ct);
        return CallerRules.Of(await tx.Catalog(), user, asked.Dialect, asked.Scopes) is { } caller
            ? caller with { AppId = asked.AppId }
            : throw Problem.Forbidden("Whoever asked for the import is no longer an active user.");
    }

    private bool HasRejects(Guid uid)
    {
        using var rejects = folder.FindRejects(uid);
        return rejects is not null;
    }

    private static PreviewRow Read(RowReader reader, ImportKind kind, ImportRow row)
    {
        return kind switch
        {
            ImportKind.Organizations => Shown(reader.Organization(row)),
            ImportKind.Persons => Shown(reader.Person(row)),
            ImportKind.Products => Shown(reader.Product(row)),
            ImportKind.Users => Shown(reader.User(row)),
            ImportKind.Deals => Shown(reader.Deal(row)),
        };

        PreviewRow Shown<T>(RowRead<T> read) where T : class =>
            new(row.Line, row.Cells, read.Record is { } record ? JsonSerializer.Serialize(record, Documents.Options) : null, read.Reasons,
                read.Warnings);
    }

    private static string KeyOf(Guid uid) => $"job:{uid:D}";
}
