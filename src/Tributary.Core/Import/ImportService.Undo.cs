using Tributary.Core.Activities;
using Tributary.Core.Contacts;
using Tributary.Core.Deals;
using Tributary.Core.Jobs;
using Tributary.Core.Kernel;
using Tributary.Core.Notes;
using Tributary.Core.Products;
using Tributary.Core.Storage;

namespace Tributary.Core.Import;

// Taking an import back: what it created goes to the bin, from where it can be restored for 30 days. What it changed stays
// changed, and users, pipelines, stages and custom fields stay.
public sealed partial class ImportService
{
    private const string UndoKind = "import_undo";
    private const int AtOnce = 200;

    // Deals first: what they name is still there when they go.
    private static readonly string[] Subjects = ["activity", "note", "deal", "person", "organization", "product"];

    private sealed record UndoPayload
    {
        public required string Key { get; init; }
        public required Asked Asked { get; init; }
    }

    internal static JobHandler UndoHandler => new(UndoKind, RunUndo);

    /// <summary>
    /// Begins to delete, in the background, what the import created and what is still there. Its external ids are forgotten, so that the
    /// file can be imported again.
    /// </summary>
    public async Task<Job> Undo(Caller caller, Guid uid, CancellationToken ct)
    {
        // Who may write nothing that imports make hears that, whether the import is there or not.
        if (!Array.Exists(Subjects, subject => caller.MayWrite(subject == "activity" ? "activities" : $"{subject}s")))
        {
            caller.MustWrite("deals");
        }
        var import = await Get(caller, uid, ct);
        if (!import.Job.HasEnded) throw Problem.Conflict("The import has not ended yet.");
        if (new JobRun(db, import.Job).Payload<Payload>().Mapping is { } mapping)
        {
            Importer.MustBeAllowed(caller, ImportMappingFile.Read(mapping));
        }
        else caller.MustAdminister("imports");

        await using var tx = await db.Write(caller.Workspace, ct);
        if (await ImportedRecordStore.Count(tx, KeyOf(uid)) == 0)
        {
            throw Problem.Conflict("There is nothing to undo: the import created nothing, or was undone.");
        }
        var job = await JobService.Enqueue(tx, caller, UndoKind, subjectId: null,
            new UndoPayload { Key = KeyOf(uid), Asked = Asked.Of(caller) });
        await tx.Commit();
        return job;
    }

    private static async Task RunUndo(JobRun run, CancellationToken ct)
    {
        var (workspace, payload) = (run.Job.WorkspaceId, run.Payload<UndoPayload>());
        var caller = await CallerOf(run, payload.Asked, ct) with { IsBulk = true };
        long left;
        await using (var tx = await run.Db.Read(workspace, ct)) left = await ImportedRecordStore.Count(tx, payload.Key);
        var (done, refused, total) = (run.Job.Done, 0L, run.Job.Done + left);
        foreach (var subject in Subjects)
        {
            while (true)
            {
                // As imports do: first as if nothing were refused, because savepoints make SQLite's search index several times slower.
                var step = await Step(isCareful: false) ?? await Step(isCareful: true) ?? default;
                if (step.Taken == 0) break;
                (done, refused) = (done + step.Taken, refused + step.Refused);
            }

            // None when a record was refused and the step is to be done again, record by record.
            async Task<(int Taken, int Refused)?> Step(bool isCareful)
            {
                await using var tx = await run.Db.Write(workspace, ct);
                var ids = await ImportedRecordStore.First(tx, payload.Key, subject, AtOnce);
                if (ids.Count == 0) return (0, 0);
                var no = 0;
                foreach (var id in ids)
                {
                    ct.ThrowIfCancellationRequested();
                    if (isCareful && await tx.Attempt(() => Delete(tx, caller, subject, id)) is not null) no++;
                    if (!isCareful && !await Deleted(tx, caller, subject, id)) return null;
                }
                await ExternalIdStore.Remove(tx, subject, ids);
                await ImportedRecordStore.Remove(tx, payload.Key, subject, ids);
                await run.Report(tx, done + ids.Count, total);
                await tx.Commit();
                return (ids.Count, no);
            }
        }
        await using var end = await run.Db.Write(workspace, ct);
        await run.Complete(end, new { deleted = done - refused, refused });
        await end.Commit();
    }

    private static async Task<bool> Deleted(Tx tx, Caller caller, string subject, long id)
    {
        try
        {
            await Delete(tx, caller, subject, id);
            return true;
        }
        catch (ProblemException refused) when (refused.Problem.Code is not ProblemCode.Unavailable)
        {
            return false;
        }
    }

    /// <summary>Nothing where the record is gone already, or is none that the caller sees.</summary>
    private static async Task Delete(Tx tx, Caller caller, string subject, long id)
    {
        switch (subject)
        {
            case "activity" when await ActivityStore.FindForUpdate(tx, id) is { DeletedAt: null } activity:
                await ActivityService.Update(tx, caller, activity, new() { Deleted = true });
                break;
            case "note" when await NoteStore.FindForUpdate(tx, id) is { IsDeleted: false } note:
                await NoteService.Update(tx, caller, note, new() { Deleted = true });
                break;
            case "deal" when await DealService.Visible(tx, caller, await DealStore.FindForUpdate(tx, id)) is { IsDeleted: false } deal:
                await DealService.Update(tx, caller, deal, new() { Deleted = true });
                break;
            case "person" when await PersonService.Visible(tx, caller, await PersonStore.FindForUpdate(tx, id))
                is { IsDeleted: false } person:
                await PersonService.Update(tx, caller, person, new() { Deleted = true });
                break;
            case "organization" when await OrganizationService.Visible(tx, caller, await OrganizationStore.FindForUpdate(tx, id))
                is { IsDeleted: false } organization:
                await OrganizationService.Update(tx, caller, organization, new() { Deleted = true });
                break;
            case "product" when await ProductStore.FindForUpdate(tx, id)
                is { IsDeleted: false } product && await ProductService.Visible(tx, caller, [product]) is [var seen]:
                await ProductService.Update(tx, caller, seen, new() { Deleted = true });
                break;
        }
    }
}
