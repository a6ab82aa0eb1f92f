using System.Text;
using System.Text.Json;
using Tributary.Core.Jobs;
using Tributary.Core.Kernel;
using Tributary.Core.Webhooks;

namespace Tributary.Core.Import;

/// <summary>Another system whose records are to be copied: which, where, and under which name its ids are kept.</summary>
public sealed record CopyOrder
{
    /// <summary>The name of the system, which its ids are kept under.</summary>
    public required string Source { get; init; }
    public required string Url { get; init; }

    /// <summary>Users whose address nobody here has are made; else their records go to whoever copies.</summary>
    public bool CreateUsers { get; init; }
}

/// <summary>Reads all that the other system lets the holder of the token see, and gives it to the copier page by page.</summary>
public delegate Task CopyFrom(CopyOrder order, string token, Copier copier, CancellationToken ct);

// Copying from another system in the background. Its token is never in the database, where backups would keep it: it waits
// in the folder of uploads, and is gone when the job has ended.
public sealed partial class ImportService
{
    /// <summary>Begins to copy. Whoever asks must be an admin: users, pipelines and fields are made, and records for everyone.</summary>
    public async Task<ImportJob> Start(Caller caller, CopyOrder order, string token, WebhookPolicy policy, CancellationToken ct)
    {
        caller.MustAdminister("imports");
        var checks = new Checks();
        order = order with { Url = WebhookRules.Url(checks, order.Url, policy) };
        checks.Require(token.Length is > 0 and <= MaxToken && token.All(letter => letter is > ' ' and < '\x7f'), "token",
            "token must be the API token of a user of the other system.");
        checks.Done();
        var upload = db.Uids.Next();
        await folder.Store(upload, new MemoryStream(Encoding.UTF8.GetBytes(token)), sheet: null, ct);
        try
        {
            await using var tx = await db.Write(caller.Workspace, ct);
            var job = await JobService.Enqueue(tx, caller, Kind, subjectId: null, new Payload { Copy = order, Asked = Asked.Of(caller) },
                uid: upload);
            await tx.Commit();
            return new(job, null, false);
        }
        catch
        {
            folder.Forget(upload);
            throw;
        }
    }

    private const int MaxToken = 500;

    private async Task Run(JobRun run, CopyOrder order, Asked asked, CancellationToken ct)
    {
        var uid = run.Job.Uid;
        var caller = await CallerOf(run, asked, ct);
        caller.MustAdminister("imports");
        var copier = new Copier(run.Db, caller, order.Source)
        {
            Key = KeyOf(uid),
            Checkpoint = async (tx, soFar) =>
            {
                await ImportStore.Put(tx, KeyOf(uid), new() { Report = soFar });
                await run.Report(tx, soFar.Read, null);
            },
        };
        try
        {
            await copyFrom!(order, await Token(uid, ct), copier, ct);
        }
        catch (ProblemException refused) when (refused.Problem.Code is not (ProblemCode.Unavailable or ProblemCode.Stale))
        {
            // The job ends with it, and is not tried again.
            folder.Forget(uid);
            throw;
        }
        await using var end = await run.Db.Write(run.Job.WorkspaceId, ct);
        await run.Complete(end, JsonDocument.Parse(copier.Report.ToJson()).RootElement);
        await end.Commit();
        folder.Forget(uid);
    }

    private async Task<string> Token(Guid uid, CancellationToken ct)
    {
        try
        {
            using var reader = new StreamReader(folder.Open(uid));
            return await reader.ReadToEndAsync(ct);
        }
        catch (FileNotFoundException)
        {
            throw Problem.Conflict("The token is not on this server any more; begin the import again.");
        }
    }
}
