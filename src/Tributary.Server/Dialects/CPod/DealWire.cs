using Tributary.Core.Catalog;
using Tributary.Core.Deals;
using Tributary.Core.Kernel;
using Tributary.Core.Lists;
using Tributary.Server.Hosting;

namespace Tributary.Server.Dialects.CPod;

/// <summary>A deal with what its page shows beside it.</summary>
internal sealed record DealView(Deal Deal, Entity Entity, Guid? Account, Guid? PrimaryContact, IReadOnlyList<Guid> Contacts,
    IReadOnlyList<StageChange> AuditLog)
{
    /// <summary>All that is shown of a deal.</summary>
    public static readonly DealMembers Shown = DealMembers.Of(
        nameof(Deal.Uid), nameof(Deal.AddedAt), nameof(Deal.UpdatedAt), nameof(Deal.CreatorId), nameof(Deal.UpdatedBy),
        nameof(Deal.Provenance), nameof(Deal.SourceType), nameof(Deal.DeletedAt),
        nameof(Deal.DeletedBy), nameof(Deal.SchemaVersion), nameof(Deal.AppId), nameof(Deal.OrgId), nameof(Deal.OwnerId),
        nameof(Deal.IsNameless), nameof(Deal.PipelineId),
        nameof(Deal.Status), nameof(Deal.StageId), nameof(Deal.Value), nameof(Deal.Currency), nameof(Deal.Probability),
        nameof(Deal.ForecastCategory), nameof(Deal.ExpectedClose),
        nameof(Deal.ClosedAt), nameof(Deal.NextFollowupAt), nameof(Deal.DealType), nameof(Deal.Source), nameof(Deal.Competitors),
        nameof(Deal.LostReason), nameof(Deal.LossCategory),
        nameof(Deal.ClosureNotes), nameof(Deal.PersonId), nameof(Deal.RfpId), nameof(Deal.Links), nameof(Deal.Custom), nameof(Deal.TagIds),
        nameof(Deal.Version));

    public WorkspaceCatalog Catalog => Entity.Catalog;
}

/// <summary>One entry of the audit log.</summary>
internal sealed record StageChange(string From, string To, DateTimeOffset At, Guid? By, string? Note);

/// <summary>The schema of the page "Deal", in its order. Texts that nobody set are null.</summary>
internal static class DealWire
{
    private static readonly Wire<StageChange> Change = new Wire<StageChange>("StageChange")
        .Text("from_stage", c => c.From, nullable: false)
        .Text("to_stage", c => c.To, nullable: false)
        .Instant("changed_at", c => c.At, TimeStyle.IsoSeconds)
        .Uid("changed_by", c => c.By)
        .Text("note", c => c.Note, when: c => c.Note is not null);

    public static readonly Wire<DealView> One = Entities.Wire<DealView>("Deal", d => d.Entity)
        .Id("account_id", d => d.Account, Ids.Account)
        .Id("owner_id", d => d.Catalog.User(d.Deal.OwnerId)?.Uid, Ids.User)
        .Text("name", d => d.Deal.IsNameless ? null : d.Deal.Title)
        .Text("deal_number", d => d.Deal.Number, nullable: false)
        .Text("pipeline_id", d => d.Catalog.Pipeline(d.Deal.PipelineId)?.Uid.ToString("D"))
        .Text("stage", d => Stages.Word(d.Deal.Status, d.Deal.StageId, d.Catalog),
            "closed_won, closed_lost, or the name of an open stage as one word.", nullable: false)
        .Number("value", d => d.Deal.Value)
        .Text("currency", d => d.Deal.Currency, nullable: false)
        .Number("probability", d => d.Deal.Probability, "The deal's own; null leaves it to its stage.")
        .Text("forecast_category", d => d.Deal.ForecastCategory)
        .Instant("expected_close_date", d => d.Deal.ExpectedClose is { } day ? new(day.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero) : null,
            TimeStyle.IsoSeconds, "A day; its time is midnight.")
        .Instant("actual_close_date", d => d.Deal.ClosedAt, TimeStyle.IsoSeconds)
        .Instant("next_followup_date", d => d.Deal.NextFollowupAt, TimeStyle.IsoSeconds)
        .Text("deal_type", d => d.Deal.DealType)
        .Text("deal_source", d => d.Deal.Source)
        .Texts("competitors", d => d.Deal.Competitors)
        .Text("loss_reason", d => d.Deal.LostReason)
        .Text("loss_category", d => d.Deal.LossCategory)
        .Text("closure_notes", d => d.Deal.ClosureNotes)
        .Id("primary_contact_id", d => d.PrimaryContact, Ids.Contact)
        .Ids("contact_ids", d => d.Contacts, Ids.Contact)
        .Text("rfp_record_id", d => d.Deal.RfpId)
        .Texts("quote_ids", d => d.Deal.Links.Quotes)
        .Texts("proposal_ids", d => d.Deal.Links.Proposals)
        .Texts("attachment_refs", d => d.Deal.Links.Attachments)
        .Texts("linked_task_ids", d => d.Deal.Links.Tasks)
        .Objects("audit_log", d => d.AuditLog, Change)
        .Custom("deal", d => d.Catalog, d => d.Deal.Custom)
        .Texts("tags", d => d.Catalog.TagNames(d.Deal.TagIds))
        .Whole("version", d => d.Deal.Version);

    public static readonly Wire<Page<DealView>> List = Paging.Of(One);

    /// <summary>
    /// Deals that have just been read, with accounts, contacts and audit log, in a fixed number of statements however many deals there are.
    /// </summary>
    public static async Task<IReadOnlyList<DealView>> View(Call call, IReadOnlyList<Deal> deals) =>
        await View(call.Caller, call.Service<DealService>(), await call.Service<CatalogService>().Latest(call.Caller, call.Ct), deals,
            call.Ct);

    public static async Task<IReadOnlyList<DealView>> View(Caller caller, DealService service, WorkspaceCatalog catalog,
        IReadOnlyList<Deal> deals, CancellationToken ct)
    {
        var related = await service.Related(caller, deals, DealParts.Uids | DealParts.Contacts | DealParts.Moves, ct);
        return [.. deals.Select(deal => new DealView(deal, Of(caller, deal, catalog), related.Uids.Organization(deal.OrgId),
            related.Uids.Person(deal.PersonId), Contacts(deal),
            [.. related.Moves[deal.Id].Select(Change).Where(change => change.From != change.To)]))];

        IReadOnlyList<Guid> Contacts(Deal deal)
        {
            var uids = new List<Guid>();
            foreach (var contact in related.Contacts[deal.Id])
            {
                if (related.Uids.Person(contact.PersonId) is { } uid) uids.Add(uid);
            }
            return uids;
        }

        StageChange Change(DealMove move) => new(
            Stages.Word(move.FromStatus, move.FromStageId, catalog), Stages.Word(move.ToStatus, move.ToStageId, catalog), move.At,
            catalog.User(move.ActorId)?.Uid, move.Note);
    }

    // An app sees its own deals and those of no app, so there is no third app to name.
    private static Entity Of(Caller caller, Deal deal, WorkspaceCatalog catalog) => new()
    {
        Catalog = catalog,
        Id = Ids.Deal(deal.Uid),
        AppUid = deal.AppId == caller.AppId ? caller.AppUid : null,
        AddedAt = deal.AddedAt,
        UpdatedAt = deal.UpdatedAt,
        AddedBy = deal.CreatorId,
        UpdatedBy = deal.UpdatedBy,
        Source = deal.Provenance,
        SourceType = deal.SourceType,
        DeletedAt = deal.DeletedAt,
        DeletedBy = deal.DeletedBy,
        SchemaVersion = deal.SchemaVersion,
    };
}
