using Tributary.Core.Catalog;
using Tributary.Core.Kernel;

namespace Tributary.Core.Deals;

/// <summary>What the rules must know beside the patch; the verb looks it up.</summary>
internal sealed record DealContext
{
    /// <summary>Where everything wrong is noted; what the lookups found wrong is there already. So a context serves one change.</summary>
    public Checks Checks { get; init; } = new();
    public required WorkspaceCatalog Catalog { get; init; }
    public required Caller Caller { get; init; }
    public required DateTimeOffset Now { get; init; }

    /// <summary>Whether the person and organization that the patch names are there and visible to the caller.</summary>
    public bool PersonExists { get; init; } = true;
    public bool OrgExists { get; init; } = true;

    /// <summary>
    /// The persons who take part now, and those the patch names who are not there; only looked up when it names contacts.
    /// </summary>
    public Seq<long> Contacts { get; init; } = [];
    public Seq<long> MissingContacts { get; init; } = [];

    /// <summary>The tags that the patch names, created where needed.</summary>
    public Seq<long> Tags { get; init; } = [];

    /// <summary>The custom values after the patch, already validated.</summary>
    public required Fields.CustomValues Custom { get; init; }
}

/// <summary>What may happen to a deal. Pure: everything it needs to know is passed in, everything it decides is returned.</summary>
internal static class DealRules
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

        var added = Instant(patch.AddedAt.Or(now));
        var updated = Instant(patch.UpdatedAt.Or(added));
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
        return deal with { StageChangedAt = Instant(patch.StageChangedAt.Or(null)) };
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

        if (after.StageId != deal.StageId) after = after with { StageChangedAt = Instant(patch.StageChangedAt.Or(null)) ?? context.Now };
        else if (patch.StageChangedAt is { IsSet: true, Value: { } stated }) after = after with { StageChangedAt = Instant(stated) };
        if (!patch.Probability.IsSet) after = after with { Probability = ProbabilityAfter(deal, after, patch.ProbabilityPolicy) };
        if (patch.AddedAt.IsSet) after = after with { AddedAt = Instant(patch.AddedAt.Value) };
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
        return Stamped(after, context.Caller, context.Now) with { UpdatedAt = Instant(patch.UpdatedAt.Or(context.Now)) };
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

    private static Deal Fill(Deal deal, DealPatch patch, DealStatus status, DealContext context, Checks checks)
    {
        var (catalog, now) = (context.Catalog, context.Now);

        var currency = patch.Currency.IsSet ? checks.Currency("currency", patch.Currency.Value) : deal.Currency;
        if (patch.Currency.IsSet && catalog.Currency(currency) is null)
        {
            checks.Fail("currency", $"This workspace has no currency {currency}. Add it in the settings, or use one of its own.");
        }
        if (patch.Value is { IsSet: true, Value: { } amount }) checks.Amount("value", amount);
        if (patch.Position.IsSet) checks.Amount("position", patch.Position.Value);
        checks.Percentage("probability", patch.Probability.Or(null));
        checks.VisibleTo(patch.VisibleTo);
        checks.User("owner_id", patch.OwnerId, deal.OwnerId, catalog);
        checks.User("assignee_id", patch.AssigneeId, deal.AssigneeId, catalog);
        checks.Require(context.PersonExists, "person_id", $"No person with id {patch.PersonId.Or(null)}.");
        checks.Require(context.OrgExists, "org_id", $"No organization with id {patch.OrgId.Or(null)}.");
        if (patch.ContactIds.IsSet)
        {
            checks.Require(patch.ContactIds.Value.Count <= MaxItems, "contact_ids", $"contact_ids holds at most {MaxItems} persons.");
        }
        foreach (var missing in context.MissingContacts) checks.Fail("contact_ids", $"No person with id {missing}.");
        checks.Labels(patch.LabelIds, deal.LabelIds, "deal", catalog);
        checks.Tags(patch.TagIds, catalog);
        if (patch.Number.IsSet) checks.Text("number", patch.Number.Value, 40);

        var bin = new Deletion(deal.DeletedAt, deal.DeletedBy).After(patch.Deleted, now, context.Caller);
        var after = deal with
        {
            Title = Title(deal, patch, checks),
            // With products on it the value is computed from them (design §3); what a caller says about it is not heard.
            Value = checks.AllGood && deal.ProductsCount == 0 ? patch.Value.Or(deal.Value) : deal.Value,
            Currency = currency,
            Probability = checks.AllGood ? patch.Probability.Or(deal.Probability) : deal.Probability,
            Priority = patch.Priority.Or(deal.Priority),
            Position = checks.AllGood ? patch.Position.Or(deal.Position) : deal.Position,
            OwnerId = patch.OwnerId.Or(deal.OwnerId),
            AssigneeId = patch.AssigneeId.Or(deal.AssigneeId),
            PersonId = patch.PersonId.Or(deal.PersonId),
            OrgId = patch.OrgId.Or(deal.OrgId),
            ExpectedClose = patch.ExpectedClose.Or(deal.ExpectedClose),
            NextFollowupAt = Instant(patch.NextFollowupAt.Or(deal.NextFollowupAt)),
            ClosureNotes = checks.OptionalText("closure_notes", patch.ClosureNotes, deal.ClosureNotes, MaxLongText),
            Competitors = Texts(checks, "competitors", patch.Competitors, deal.Competitors),
            Source = checks.OptionalText("source", patch.Source, deal.Source, MaxText),
            DealType = checks.OptionalText("deal_type", patch.DealType, deal.DealType, MaxText),
            ForecastCategory = checks.OptionalText("forecast_category", patch.ForecastCategory, deal.ForecastCategory, MaxText),
            Description = checks.OptionalText("description", patch.Description, deal.Description, MaxLongText),
            LabelIds = patch.LabelIds.IsSet ? [.. patch.LabelIds.Value.Distinct()] : deal.LabelIds,
            TagIds = patch.Tags.IsSet ? context.Tags : patch.TagIds.IsSet ? [.. patch.TagIds.Value.Distinct()] : deal.TagIds,
            VisibleTo = patch.VisibleTo.Or(deal.VisibleTo),
            Custom = context.Custom,
            RfpId = checks.OptionalText("rfp_id", patch.RfpId, deal.RfpId, MaxText),
            Links = deal.Links with
            {
                Quotes = Texts(checks, "links.quotes", patch.Quotes, deal.Links.Quotes),
                Proposals = Texts(checks, "links.proposals", patch.Proposals, deal.Links.Proposals),
                Tasks = Texts(checks, "links.tasks", patch.Tasks, deal.Links.Tasks),
                Attachments = Texts(checks, "links.attachments", patch.Attachments, deal.Links.Attachments),
            },
            Channel = patch.Channel.Or(deal.Channel),
            ChannelId = checks.OptionalText("channel_id", patch.ChannelId, deal.ChannelId, MaxText),
            Number = patch.Number.IsSet ? patch.Number.Value.Trim() : deal.Number,
            ArchivedAt = Archived(deal, patch, now),
            DeletedAt = bin.At,
            DeletedBy = bin.By,
        };
        return DealStatusRules.Close(after, patch, status, now, checks);
    }

    private static string Title(Deal deal, DealPatch patch, Checks checks)
    {
        var isNameless = patch.Title.IsSet ? patch.TitlePolicy is TitlePolicy.NumberStandsIn && string.IsNullOrWhiteSpace(patch.Title.Value)
            : deal.IsNameless;
        if (isNameless) return patch.Number.Or(deal.Number).Trim();
        return patch.Title.IsSet ? checks.Text("title", patch.Title.Value, MaxTitle) : deal.Title;
    }

    private static DateTimeOffset? Archived(Deal deal, DealPatch patch, DateTimeOffset now)
    {
        if (!patch.Archived.IsSet) return deal.ArchivedAt;
        if (!patch.Archived.Value) return null;
        return patch.ArchivedAt.IsSet ? Instant(patch.ArchivedAt.Value) : deal.ArchivedAt ?? now;
    }

    /// <summary>What both backends keep: UTC, milliseconds. Otherwise stating the same time again would look like a change.</summary>
    internal static DateTimeOffset Instant(DateTimeOffset instant) =>
        DateTimeOffset.FromUnixTimeMilliseconds(instant.ToUnixTimeMilliseconds());

    internal static DateTimeOffset? Instant(DateTimeOffset? instant) => instant is { } known ? Instant(known) : null;

    private static Seq<string> Texts(Checks checks, string field, Field<Seq<string>> sent, Seq<string> current)
    {
        if (!sent.IsSet) return current;
        checks.Require(sent.Value.Count <= MaxItems, field, $"{field} holds at most {MaxItems} texts.");
        return [.. sent.Value.Take(MaxItems).Select(text => checks.Text(field, text, MaxText))];
    }
}
