using Tributary.Core.Catalog;
using Tributary.Core.Deals;
using Tributary.Core.Fields;
using Tributary.Core.Kernel;

namespace Tributary.Core.Leads;

/// <summary>What the rules must know beside the patch; the verb looks it up.</summary>
internal sealed record LeadContext
{
    public required WorkspaceCatalog Catalog { get; init; }
    public required Caller Caller { get; init; }
    public required DateTimeOffset Now { get; init; }

    /// <summary>Whether the person and organization that the patch names are there and visible to the caller.</summary>
    public bool PersonExists { get; init; } = true;
    public bool OrgExists { get; init; } = true;

    /// <summary>What was wrong with the custom values, to be named together with everything else.</summary>
    public Checks Checks { get; init; } = new();

    /// <summary>The custom values after the patch.</summary>
    public required CustomValues Custom { get; init; }
}

/// <summary>Which leads may exist. Pure. Source: Pipedrive's "Add a lead" and "Update a lead".</summary>
internal static class LeadRules
{
    private const int MaxText = 255;

    /// <summary>A new lead, without ids, which storage gives.</summary>
    public static Lead Create(LeadPatch patch, LeadContext context)
    {
        var added = Instants.Cut(patch.AddedAt.Or(context.Now));
        var checks = context.Checks;
        if (patch.CreatorId is { IsSet: true, Value: { } creator })
        {
            checks.Require(context.Catalog.User(creator) is not null, "creator_id", $"No user with id {creator}.");
        }
        var blank = new Lead
        {
            Id = 0,
            Uid = default,
            Title = "",
            Currency = context.Catalog.User(context.Caller.UserId)?.DefaultCurrency ?? context.Catalog.Workspace.BaseCurrency,
            OwnerId = context.Caller.UserId,
            CreatorId = patch.CreatorId.Or(context.Caller.UserId),
            VisibleTo = 7,
            Origin = checks.Text("origin", patch.Origin.Or("API"), MaxText),
            OriginId = checks.OptionalText("origin_id", patch.OriginId.Or(null), MaxText),
            SourceDealId = patch.SourceDealId.Or(null),
            AddedAt = added,
            UpdatedAt = Instants.Cut(patch.UpdatedAt.Or(added)),
            Version = 1,
        };
        return Fill(blank, patch with { Title = patch.Title.Or("") }, context, checks);
    }

    /// <summary>The lead after the patch; the same instance when nothing changes.</summary>
    public static Lead Apply(Lead before, LeadPatch patch, LeadContext context)
    {
        Problem.MustBeAt(patch.ExpectedVersion, before.Version, "lead", before.Id);
        if (before.IsDeleted && !patch.Deleted.IsSet) throw Problem.Conflict("A deleted lead cannot be changed. Restore it first.", "lead");

        var after = Fill(before, patch, context, context.Checks);
        return after == before ? before : after with
        {
            UpdatedAt = context.Now,
            UpdatedBy = context.Caller.UserId,
            Version = before.Version + 1,
        };
    }

    private static Lead Fill(Lead before, LeadPatch patch, LeadContext context, Checks checks)
    {
        var catalog = context.Catalog;
        var currency = patch.Currency.IsSet ? checks.Currency("currency", patch.Currency.Value) : before.Currency;
        if (patch.Currency.IsSet && catalog.Currency(currency) is null)
        {
            checks.Fail("currency", $"This workspace has no currency {currency}. Add it in the settings, or use one of its own.");
        }
        if (patch.Value is { IsSet: true, Value: { } amount }) checks.Amount("value", amount);
        checks.User("owner_id", patch.OwnerId, before.OwnerId, catalog);
        checks.VisibleTo(patch.VisibleTo);
        checks.Labels(patch.LabelIds, before.LabelIds, "lead", catalog);
        checks.Require(context.PersonExists, "person_id", $"No person with id {patch.PersonId.Or(null)}.");
        checks.Require(context.OrgExists, "org_id", $"No organization with id {patch.OrgId.Or(null)}.");

        var bin = new Deletion(before.DeletedAt, before.DeletedBy).After(patch.Deleted, context.Now, context.Caller);
        var after = before with
        {
            Title = patch.Title.IsSet ? checks.Text("title", patch.Title.Value, MaxText) : before.Title,
            Value = checks.AllGood ? patch.Value.Or(before.Value) : before.Value,
            Currency = currency,
            OwnerId = patch.OwnerId.Or(before.OwnerId),
            PersonId = patch.PersonId.Or(before.PersonId),
            OrgId = patch.OrgId.Or(before.OrgId),
            ExpectedClose = patch.ExpectedClose.Or(before.ExpectedClose),
            LabelIds = patch.LabelIds.IsSet ? [.. patch.LabelIds.Value.Distinct()] : before.LabelIds,
            VisibleTo = patch.VisibleTo.Or(before.VisibleTo),
            WasSeen = patch.WasSeen.Or(before.WasSeen),
            Channel = patch.Channel.Or(before.Channel),
            ChannelId = checks.OptionalText("channel_id", patch.ChannelId, before.ChannelId, MaxText),
            Custom = context.Custom,
            ArchivedAt = patch.Archived.IsSet ? patch.Archived.Value ? before.ArchivedAt ?? context.Now : null : before.ArchivedAt,
            DeletedAt = bin.At,
            DeletedBy = bin.By,
        };
        checks.Require(after.PersonId is not null || after.OrgId is not null, "person_id", "A lead needs a person or an organization.");
        checks.Done();
        return after;
    }
}
