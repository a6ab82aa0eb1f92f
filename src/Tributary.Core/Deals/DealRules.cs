using Tributary.Core.Kernel;

namespace Tributary.Core.Deals;

/// <summary>What may happen to a deal. Pure: everything it needs to know is passed in, everything it decides is returned.</summary>
internal static partial class DealRules
{
    public const int MaxTitle = 255;
    public const int MaxText = 255;
    public const int MaxLongText = 65_535;
    public const int MaxItems = 100;

    /// <summary>How long a deleted deal can be restored; then it is purged.</summary>
    public static readonly TimeSpan Kept = TimeSpan.FromDays(30);

    /// <summary>The largest id an import may bring: exact in every JSON reader, with room for those to come.</summary>
    private const long MaxStatedId = 1L << 52;

    private static readonly string[] SourceTypes = ["frontend", "backend", "server", "system", "api"];

    /// <summary>A new deal, without ids, number and position, which storage gives.</summary>
    public static Deal Create(DealPatch patch, DealContext context)
    {
        var (catalog, caller, now) = (context.Catalog, context.Caller, context.Now);
        var checks = context.Checks;
        var (pipelineId, stageId, outcome) = DealPlaceRules.First(patch, catalog, checks);

        if (patch.Id.IsSet)
        {
            checks.Require(patch.Id.Value is > 0 and <= MaxStatedId, "id", $"id must be a whole number from 1 to {MaxStatedId}.");
        }
        if (patch.CreatorId is { IsSet: true, Value: { } creator })
        {
            checks.Require(catalog.User(creator) is not null, "creator_id", $"No user with id {creator}.");
        }
        checks.Require(SourceTypes.Contains(patch.SourceType.Or("api")), "source_type",
            $"source_type is one of {string.Join(", ", SourceTypes)}.");

        var added = Instants.Cut(patch.AddedAt.Or(now));
        var updated = Instants.Cut(patch.UpdatedAt.Or(added));
        var blank = new Deal
        {
            Id = 0,
            Uid = default,
            Number = "",
            Title = "",
            Currency = catalog.User(caller.UserId)?.DefaultCurrency ?? catalog.Workspace.BaseCurrency,
            PipelineId = pipelineId,
            StageId = stageId,
            Status = DealStatus.Open,
            Priority = DealPriority.Medium,
            OwnerId = caller.UserId,
            CreatorId = patch.CreatorId.Or(caller.UserId),
            VisibleTo = 7,
            Origin = checks.Text("origin", patch.Origin.Or("API"), MaxText),
            OriginId = checks.OptionalText("origin_id", patch.OriginId, null, MaxText),
            SourceLeadId = patch.SourceLeadId.Or(null),
            Provenance = checks.Text("provenance", patch.Provenance.Or(caller.Dialect), MaxText),
            SourceType = patch.SourceType.Or("api"),
            AppId = caller.AppId,
            AddedAt = added,
            UpdatedAt = updated,
            TouchedAt = updated,
            Version = 1,
        };
        var stated = patch with
        {
            StageId = default,
            PipelineId = default,
            Status = patch.Status.IsSet ? patch.Status : outcome,
            Title = patch.Title.Or(""),
        };
        var deal = Fill(blank, stated, stated.Status.Or(DealStatus.Open), context, checks);
        checks.Done();
        if (!patch.Probability.IsSet) deal = deal with { Probability = ProbabilityAfter(blank, deal, patch.ProbabilityPolicy) };
        DealEntryRules.Check(null, deal, patch.StageId, catalog, caller);
        return deal with { StageChangedAt = Instants.Cut(patch.StageChangedAt.Or(null)) };
    }

    /// <summary>The deal after the patch; the same instance when nothing changes.</summary>
    public static Deal Apply(Deal deal, DealPatch patch, DealContext context)
    {
        var returns = patch is { Deleted: { IsSet: true, Value: false } };
        if (deal.DeletedAt is { } deleted && !(returns && context.Now <= deleted + Kept)) throw Problem.NotFound("deal", deal.Id);
        Problem.MustBeAt(patch.ExpectedVersion, deal.Version, "deal", deal.Id);

        var checks = context.Checks;
        var moved = DealPlaceRules.Move(deal, patch, context.Catalog, checks, out var outcome);
        if (deal.IsDeleted || deal.IsArchived && !patch.Archived.Or(true)) moved = DealPlaceRules.Return(moved, context.Catalog, checks);
        var after = Fill(moved, patch, patch.Status.Or(outcome.Or(deal.Status)), context, checks);
        checks.Done();

        if (after.StageId != deal.StageId) after = after with { StageChangedAt = Instants.Cut(patch.StageChangedAt.Or(null)) ?? context.Now };
        else if (patch.StageChangedAt is { IsSet: true, Value: { } stated }) after = after with { StageChangedAt = Instants.Cut(stated) };
        if (!patch.Probability.IsSet) after = after with { Probability = ProbabilityAfter(deal, after, patch.ProbabilityPolicy) };
        if (patch.AddedAt.IsSet) after = after with { AddedAt = Instants.Cut(patch.AddedAt.Value) };
        var contactsChange = patch.ContactIds.IsSet && !Participants(after.PersonId, patch.ContactIds.Value).ToHashSet()
            .SetEquals(context.Contacts);
        if (after == deal && !contactsChange) return deal;

        // Pipedrive, "Archive": "cannot be edited through the API apart from is_archived: false"; the bin takes archived deals too.
        if (deal.IsArchived && after.IsArchived
            && (contactsChange || after with { DeletedAt = deal.DeletedAt, DeletedBy = deal.DeletedBy } != deal))
        {
            throw Problem.Conflict("An archived deal cannot be changed. Take it out of the archive first.", "deal");
        }
        DealEntryRules.Check(deal, after, patch.StageId, context.Catalog, context.Caller);
        return Stamped(after, context.Caller, context.Now) with { UpdatedAt = Instants.Cut(patch.UpdatedAt.Or(context.Now)) };
    }

    /// <summary>Who takes part: the deal's own person and the others.</summary>
    public static Seq<long> Participants(long? personId, Seq<long> contacts) =>
        [.. (personId is { } own ? contacts.Prepend(own) : contacts).Distinct()];

    /// <summary>A change is signed once, here: when, by whom, and the next version.</summary>
    public static Deal Stamped(Deal after, Caller caller, DateTimeOffset now) =>
        after with { UpdatedAt = now, UpdatedBy = caller.UserId, TouchedAt = now, Version = after.Version + 1 };

    /// <summary>Its person has left the contacts (DealSaving keeps the count).</summary>
    public static Deal WithoutPerson(Deal deal, Caller caller, DateTimeOffset now) => Stamped(deal with { PersonId = null }, caller, now);

    /// <summary>A deal like another one, to begin anew: open, with no past of its own.</summary>
    public static Deal Copy(Deal original, DealContext context)
    {
        var checks = new Checks();
        var open = DealStatusRules.Close(DealPlaceRules.Return(original, context.Catalog, checks), new(), DealStatus.Open, context.Now,
            checks);
        checks.Done();
        var copy = open with
        {
            Number = "",
            Title = original.IsNameless ? "" : original.Title,
            FirstWonAt = null,
            StageChangedAt = null,
            CreatorId = context.Caller.UserId,
            Origin = "API",
            OriginId = null,
            SourceLeadId = null,
            Provenance = context.Caller.Dialect,
            SourceType = "api",
            AppId = context.Caller.AppId,
            AddedAt = context.Now,
            UpdatedAt = context.Now,
            UpdatedBy = null,
            ArchivedAt = null,
            TouchedAt = context.Now,
            Version = 1,
            ProductsCount = 0,
            FilesCount = 0,
            NotesCount = 0,
            ActivitiesCount = 0,
            DoneActivitiesCount = 0,
            MailCount = 0,
            NextActivityId = null,
            NextActivityOn = null,
            NextActivityTime = null,
            LastActivityId = null,
            LastActivityOn = null,
            LastIncomingMailAt = null,
            LastOutgoingMailAt = null,
        };
        DealEntryRules.Check(null, copy, default, context.Catalog, context.Caller);
        return copy;
    }

    private static decimal? ProbabilityAfter(Deal before, Deal after, ProbabilityPolicy policy)
    {
        if (policy is ProbabilityPolicy.Stays) return after.Probability;
        if (after.Status != before.Status && after.Status is DealStatus.Won) return 100;
        if (after.Status != before.Status && after.Status is DealStatus.Lost) return 0;
        var follows = policy is ProbabilityPolicy.FollowsStage && (after.StageId != before.StageId || after.Status != before.Status);
        return follows ? null : after.Probability;
    }
}
