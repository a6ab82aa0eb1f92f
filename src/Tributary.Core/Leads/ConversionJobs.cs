using Tributary.Core.Catalog;
using Tributary.Core.Contacts;
using Tributary.Core.Deals;
using Tributary.Core.Fields;
using Tributary.Core.Jobs;
using Tributary.Core.Kernel;
using Tributary.Core.Storage;

namespace Tributary.Core.Leads;

/// <summary>
/// The conversions themselves (Pipedrive, "Convert a deal to a lead" and back). All of one happens in one unit of work, the
/// end of its job included, so that a crash leaves either nothing or everything. Notes, files, mail and activities move;
/// products, people and history stay with the source, which ends deleted.
/// </summary>
internal static class ConversionJobs
{
    public const string DealToLead = "convert_deal_to_lead";
    public const string LeadToDeal = "convert_lead_to_deal";

    public static readonly JobHandler ToLead = new(DealToLead, MakeLead);
    public static readonly JobHandler ToDeal = new(LeadToDeal, MakeDeal);

    private static async Task MakeLead(JobRun run, CancellationToken ct)
    {
        var caller = run.Caller(run.Payload<ConversionOrder>().Dialect);
        await using var tx = await run.Db.Write(run.Job.WorkspaceId, ct);
        var deal = await DealStore.FindForUpdate(tx, run.Job.SubjectId!.Value);
        if (ConversionRules.WhyNot(deal) is { } reason)
        {
            await run.Reject(tx, reason);
            await tx.Commit();
            return;
        }

        var (person, org) = await Live(tx, deal!.PersonId, deal.OrgId);
        var lead = await LeadService.Create(tx, caller, ConversionRules.LeadOf(deal, person, org, await tx.Catalog()));
        await ConversionStore.Move(tx, deal.Id, lead.Id, toLead: true);
        await DealSaving.Touch(tx, deal.Id);
        await DealService.Update(tx, caller, (await DealStore.Find(tx, deal.Id))!,
            new() { Deleted = true, Note = $"Converted to lead {lead.Uid:D}" });
        await run.Complete(tx, new ConversionResult { LeadId = lead.Id, LeadUid = lead.Uid });
        await tx.Commit();
    }

    private static async Task MakeDeal(JobRun run, CancellationToken ct)
    {
        var order = run.Payload<ConversionOrder>();
        var caller = run.Caller(order.Dialect);
        await using var tx = await run.Db.Write(run.Job.WorkspaceId, ct);
        var lead = await LeadStore.FindForUpdate(tx, run.Job.SubjectId!.Value);
        if (ConversionRules.WhyNot(lead) is { } reason)
        {
            await run.Reject(tx, reason);
            await tx.Commit();
            return;
        }

        var (person, org) = await Live(tx, lead!.PersonId, lead.OrgId);
        var deal = await DealService.Create(tx, caller, ConversionRules.DealOf(lead, person, org, order, await tx.Catalog()));
        await ConversionStore.Move(tx, lead.Id, deal.Id, toLead: false);
        await DealSaving.Touch(tx, deal.Id);
        await LeadService.Update(tx, caller, lead, new() { Deleted = true, Note = $"Converted to deal {deal.Id}" });
        await run.Complete(tx, new ConversionResult { DealId = deal.Id });
        await tx.Commit();
    }

    /// <summary>A deleted person or organization cannot be named by a new record.</summary>
    private static async Task<(long? Person, long? Org)> Live(Tx tx, long? person, long? org) => (
        person is { } p && await PersonStore.Find(tx, p) is { IsDeleted: false } ? person : null,
        org is { } o && await OrganizationStore.Find(tx, o) is { IsDeleted: false } ? org : null);
}

/// <summary>What becomes of a deal or lead that is converted, and which cannot be. Pure.</summary>
internal static class ConversionRules
{
    public static string? WhyNot(Deal? deal) => deal switch
    {
        null or { IsDeleted: true } => "The deal is deleted.",
        { IsArchived: true } => "An archived deal cannot be converted. Take it out of the archive first.",
        { Status: not DealStatus.Open } => "Only an open deal can become a lead. Reopen it first.",
        { PersonId: null, OrgId: null } => "A lead needs a person or an organization, and the deal has neither.",
        _ => null,
    };

    public static string? WhyNot(Lead? lead) => lead switch
    {
        null or { IsDeleted: true } => "The lead is deleted.",
        { IsArchived: true } => "An archived lead cannot be converted. Take it out of the archive first.",
        _ => null,
    };

    public static LeadPatch LeadOf(Deal deal, long? person, long? org, WorkspaceCatalog catalog) => new()
    {
        Title = deal.Title,
        Value = deal.Value,
        Currency = deal.Currency,
        OwnerId = Active(deal.OwnerId, catalog),
        CreatorId = deal.CreatorId,
        PersonId = person,
        OrgId = org,
        ExpectedClose = deal.ExpectedClose,
        LabelIds = Namesakes(deal.LabelIds, "lead", catalog),
        VisibleTo = deal.VisibleTo,
        WasSeen = true,
        Origin = "Deal",
        OriginId = deal.OriginId,
        Channel = deal.Channel,
        ChannelId = deal.ChannelId,
        SourceDealId = deal.Id,
        Custom = Custom(deal.Custom, catalog),
    };

    public static DealPatch DealOf(Lead lead, long? person, long? org, ConversionOrder order, WorkspaceCatalog catalog) => new()
    {
        StagePolicy = StagePolicy.PipelineFollows,
        Title = lead.Title,
        Value = lead.Value,
        Currency = lead.Currency,
        StageId = order.StageId is { } stage ? stage : default(Field<long>),
        PipelineId = order is { StageId: null, PipelineId: { } pipeline } ? pipeline : default(Field<long>),
        OwnerId = Active(lead.OwnerId, catalog),
        CreatorId = lead.CreatorId,
        PersonId = person,
        OrgId = org,
        ExpectedClose = lead.ExpectedClose,
        LabelIds = Namesakes(lead.LabelIds, "deal", catalog),
        VisibleTo = lead.VisibleTo,
        Origin = "LeadConversion",
        OriginId = lead.OriginId,
        Channel = lead.Channel,
        ChannelId = lead.ChannelId,
        SourceLeadId = lead.Uid,
        Custom = Custom(lead.Custom, catalog),
    };

    // Values whose field, option or currency is gone stay behind.
    private static CustomPatch Custom(CustomValues values, WorkspaceCatalog catalog) => new(values
        .All.Where(value => catalog.Field("deal", value.Key)
            is { DeletedAt: null } field && FieldValues.Canonical(new(), value.Key, field, value.Value, catalog) is not null)
        .ToDictionary());

    private static long? Active(long? user, WorkspaceCatalog catalog) => catalog.User(user) is { IsActive: true } ? user : null;

    /// <summary>Leads and deals have lists of labels of their own: a label goes along where the other list has one of its name.</summary>
    private static Seq<long> Namesakes(Seq<long> labels, string subject, WorkspaceCatalog catalog) =>
        [.. labels.Select(
            id => catalog.Labels.FirstOrDefault(label => label.Subject == subject && label.Name == catalog.Label(id)?.Name)?.Id)
                .OfType<long>().Distinct()];
}

/// <summary>The SQL of moving what hangs on a deal to a lead, and back.</summary>
internal static class ConversionStore
{
    public static async Task Move(Tx tx, long from, long to, bool toLead)
    {
        var (old, @new) = toLead ? ("deal", "lead") : ("lead", "deal");
        var ids = new { tx.Workspace, from, to, tx.Now, old, @new, no = false };
        foreach (var table in new[] { "activities", "files", "mail_messages" })
        {
            await tx.Run($"""
                UPDATE {table} SET {old}_id = NULL, {@new}_id = @to, updated_at = @Now, version = version + 1
                WHERE workspace_id = @Workspace AND {old}_id = @from
                """, ids);
        }
        await tx.Run($"""
            UPDATE notes SET {old}_id = NULL, {@new}_id = @to, pinned_to_{@new} = pinned_to_{old}, pinned_to_{old} = @no, updated_at = @Now,
                version = version + 1
            WHERE workspace_id = @Workspace AND {old}_id = @from
            """, ids);
        await tx.Run("""
            UPDATE search_docs SET subject = @new, subject_id = @to
            WHERE workspace_id = @Workspace AND subject = @old AND subject_id = @from AND field = 'notes'
            """, ids);
    }
}
