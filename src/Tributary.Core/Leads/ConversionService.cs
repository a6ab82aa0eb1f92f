using System.Text.Json;
using Tributary.Core.Catalog;
using Tributary.Core.Deals;
using Tributary.Core.Jobs;
using Tributary.Core.Kernel;
using Tributary.Core.Storage;

namespace Tributary.Core.Leads;

/// <summary>
/// Turns deals into leads and leads into deals, in the background. Asking twice while it is under way answers the same
/// conversion. Afterwards the source is deleted, and so cannot be converted again unless it is restored.
/// </summary>
public sealed class ConversionService(Db db)
{
    /// <summary>
    /// Any live deal may be asked for; one that is closed, archived or names nobody is rejected by the conversion itself.
    /// </summary>
    public async Task<Conversion> ToLead(Caller caller, long dealId, CancellationToken ct)
    {
        caller.MustWrite("deals");
        await using var tx = await db.Write(caller.Workspace, ct);
        if (await DealService.Visible(tx, caller, await DealStore.FindForUpdate(tx, dealId)) is not { IsDeleted: false })
        {
            throw Problem.NotFound("deal", dealId);
        }
        var job = await JobStore.Underway(tx, ConversionJobs.DealToLead, dealId)
            ?? await JobService.Enqueue(tx, caller, ConversionJobs.DealToLead, dealId, new ConversionOrder(caller.Dialect));
        await tx.Commit();
        return Read(job);
    }

    /// <summary>The deal goes to the stage named, else to the first stage of the pipeline named, else of the default one.</summary>
    public async Task<Conversion> ToDeal(Caller caller, Guid leadUid, long? stageId, long? pipelineId, CancellationToken ct)
    {
        caller.MustWrite("leads");
        await using var tx = await db.Write(caller.Workspace, ct);
        if (await LeadService.Visible(tx, caller, await LeadStore.Find(tx, leadUid)) is not { IsDeleted: false } lead)
        {
            throw Problem.NotFound("lead", leadUid);
        }
        await LeadStore.FindForUpdate(tx, lead.Id);

        var catalog = await tx.Catalog();
        var checks = new Checks();
        checks.Require(stageId is not { } stage || catalog.Stage(stage) is { DeletedAt: null }, "stage_id", $"No stage with id {stageId}.");
        checks.Require(pipelineId is not { } pipeline || catalog.Pipeline(pipeline) is { DeletedAt: null }, "pipeline_id",
            $"No pipeline with id {pipelineId}.");
        checks.Done();

        var job = await JobStore.Underway(tx, ConversionJobs.LeadToDeal, lead.Id)
            ?? await JobService.Enqueue(tx, caller, ConversionJobs.LeadToDeal, lead.Id,
                new ConversionOrder(caller.Dialect, stageId, pipelineId));
        await tx.Commit();
        return Read(job);
    }

    /// <summary>How the conversion of a deal stands, for some days after its end.</summary>
    public async Task<Conversion> OfDeal(Caller caller, long dealId, Guid uid, CancellationToken ct)
    {
        caller.MustRead("deals");
        await using var tx = await db.Read(caller.Workspace, ct);
        if (await DealService.Visible(tx, caller, await DealStore.Find(tx, dealId)) is null) throw Problem.NotFound("deal", dealId);
        return await Find(tx, ConversionJobs.DealToLead, dealId, uid);
    }

    public async Task<Conversion> OfLead(Caller caller, Guid leadUid, Guid uid, CancellationToken ct)
    {
        caller.MustRead("leads");
        await using var tx = await db.Read(caller.Workspace, ct);
        var lead = await LeadService.Visible(tx, caller, await LeadStore.Find(tx, leadUid)) ?? throw Problem.NotFound("lead", leadUid);
        return await Find(tx, ConversionJobs.LeadToDeal, lead.Id, uid);
    }

    private static async Task<Conversion> Find(Tx tx, string kind, long subjectId, Guid uid) =>
        await JobStore.Find(tx, uid) is { } job && job.Kind == kind && job.SubjectId == subjectId
        ? Read(job) : throw Problem.NotFound("conversion", uid);

    private static Conversion Read(Job job)
    {
        var result = job is { HasEnded: true, Result: { } json } ? JsonSerializer.Deserialize<ConversionResult>(json, Documents.Options)!
            : new();
        return new()
        {
            Uid = job.Uid,
            State = job.State,
            LeadId = result.LeadId,
            LeadUid = result.LeadUid,
            DealId = result.DealId,
            Error = result.Error,
        };
    }
}
