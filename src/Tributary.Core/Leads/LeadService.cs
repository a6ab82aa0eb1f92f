using Tributary.Core.Contacts;
using Tributary.Core.Catalog;
using Tributary.Core.Deals;
using Tributary.Core.Fields;
using Tributary.Core.Kernel;
using Tributary.Core.Lists;
using Tributary.Core.Storage;

namespace Tributary.Core.Leads;

/// <summary>The verbs of leads. Each opens one unit of work, loads, asks the rules, saves, and records what happened.</summary>
public sealed partial class LeadService(Db db)
{
    /// <summary>A lead the caller sees, deleted ones included for as long as they can be restored.</summary>
    public async Task<Lead> Get(Caller caller, long id, CancellationToken ct)
    {
        caller.MustRead("leads");
        await using var tx = await db.Read(caller.Workspace, ct);
        return await Visible(tx, caller, await LeadStore.Find(tx, id)) ?? throw Problem.NotFound("lead", id);
    }

    /// <summary>The same by its uid.</summary>
    public async Task<Lead> Get(Caller caller, Guid uid, CancellationToken ct)
    {
        caller.MustRead("leads");
        await using var tx = await db.Read(caller.Workspace, ct);
        return await Visible(tx, caller, await LeadStore.Find(tx, uid)) ?? throw Problem.NotFound("lead", uid);
    }

    /// <summary>For names beside other records: those of the ids that are there and visible, in order of id.</summary>
    public async Task<IReadOnlyList<Lead>> FindMany(Caller caller, IReadOnlyCollection<long> ids, CancellationToken ct)
    {
        ContactService.MustReadNames(caller, "leads");
        if (ids.Count == 0) return [];
        await using var tx = await db.Read(caller.Workspace, ct);
        var catalog = await tx.Catalog();
        return [.. (await LeadStore.FindMany(tx, ids))
            .Where(lead => DealVisibility.SeesByOwner(caller, lead.OwnerId, lead.VisibleTo, catalog))];
    }

    /// <summary>One page of the leads that match and that the caller sees.</summary>
    public async Task<Page<Lead>> List(Caller caller, ListQuery query, CancellationToken ct)
    {
        caller.MustRead("leads");
        await using var tx = await db.Read(caller.Workspace, ct);
        return await ListStore.Rows<Lead>(tx, caller, ListSources.Leads, LeadStore.Columns, query);
    }

    /// <summary>
    /// The earliest activity of each lead that is not done, for leads that the caller has been shown; those without one are left out.
    /// </summary>
    public async Task<IReadOnlyDictionary<long, long>> NextActivities(Caller caller, IReadOnlyCollection<long> ids, CancellationToken ct)
    {
        caller.MustRead("leads");
        if (ids.Count == 0) return new Dictionary<long, long>();
        await using var tx = await db.Read(caller.Workspace, ct);
        return await LeadStore.NextActivities(tx, ids);
    }

    /// <summary>Stores it and says so in the log; a refusal names everything that is wrong at once.</summary>
    public async Task<Lead> Create(Caller caller, LeadPatch patch, CancellationToken ct)
    {
        caller.MustWrite("leads");
        await using var tx = await db.Write(caller.Workspace, ct);
        var created = await Create(tx, caller, patch);
        await tx.Commit();
        return created;
    }

    /// <summary>Changes what the patch names. Nothing is written, and no event appended, when nothing would change.</summary>
    public async Task<Lead> Update(Caller caller, long id, LeadPatch patch, CancellationToken ct)
    {
        caller.MustWrite("leads");
        await using var tx = await db.Write(caller.Workspace, ct);
        var before = await Visible(tx, caller, await LeadStore.FindForUpdate(tx, id)) ?? throw Problem.NotFound("lead", id);
        var after = await Update(tx, caller, before, patch);
        await tx.Commit();
        return after;
    }

    /// <summary>Marks as deleted; it can be restored for 30 days.</summary>
    public Task<Lead> Delete(Caller caller, long id, CancellationToken ct) => Update(caller, id, new() { Deleted = true }, ct);

    /// <summary>Takes it out of the bin, unless it was purged; what is not in the bin stays as it is.</summary>
    public Task<Lead> Restore(Caller caller, long id, CancellationToken ct) => Update(caller, id, new() { Deleted = false }, ct);

    /// <summary>Creation inside a unit of work that does more (imports, conversions).</summary>
    internal static async Task<Lead> Create(Tx tx, Caller caller, LeadPatch patch) =>
        await LeadSaving.Create(tx, caller, LeadRules.Create(patch, await ContextOf(tx, caller, patch, CustomValues.None)), patch);

    internal static async Task<Lead> Update(Tx tx, Caller caller, Lead before, LeadPatch patch)
    {
        var after = LeadRules.Apply(before, patch, await ContextOf(tx, caller, patch, before.Custom));
        return ReferenceEquals(after, before) ? before : await LeadSaving.Change(tx, caller, before, after, patch.Note);
    }

    internal static async Task<Lead?> Visible(Tx tx, Caller caller, Lead? lead) =>
        lead is not null && DealVisibility.SeesByOwner(caller, lead.OwnerId, lead.VisibleTo, await tx.Catalog()) ? lead : null;

    private static async Task<LeadContext> ContextOf(Tx tx, Caller caller, LeadPatch patch, CustomValues current)
    {
        var checks = new Checks();
        return new()
        {
            Checks = checks,
            Catalog = await tx.Catalog(),
            Caller = caller,
            Now = tx.Now,
            PersonExists = patch.PersonId is not { IsSet: true, Value: { } person } || await PersonService.IsThere(tx, caller, person),
            OrgExists = patch.OrgId is not { IsSet: true, Value: { } org } || await OrganizationService.IsThere(tx, caller, org),
            // Leads have the custom fields of deals (Pipedrive, "Leads").
            Custom = await CustomReading.After(tx, caller, "deal", patch.Custom, current, checks),
        };
    }
}
