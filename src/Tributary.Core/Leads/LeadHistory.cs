using Tributary.Core.Log;

namespace Tributary.Core.Leads;

/// <summary>What the log says about a change of a lead. Pure.</summary>
internal static class LeadHistory
{
    private static readonly Tracked<Lead>[] Fields =
    [
        new("title", l => l.Title),
        new("value", l => l.Value),
        new("currency", l => l.Currency),
        new("owner_id", l => l.OwnerId),
        new("creator_id", l => l.CreatorId),
        new("person_id", l => l.PersonId),
        new("org_id", l => l.OrgId),
        new("expected_close", l => l.ExpectedClose),
        new("label_ids", l => l.LabelIds.Count == 0 ? null : l.LabelIds),
        new("visible_to", l => l.VisibleTo),
        new("was_seen", l => l.WasSeen),
        new("origin", l => l.Origin),
        new("origin_id", l => l.OriginId),
        new("channel", l => l.Channel),
        new("channel_id", l => l.ChannelId),
        new("source_deal_id", l => l.SourceDealId),
        new("custom", l => l.Custom),
        new("archived_at", l => l.ArchivedAt),
        new("deleted_at", l => l.DeletedAt),
    ];

    public static LogEntry Created(Lead lead) => Entry(lead, "created", Tracked.Between(Fields, null, lead));

    public static LogEntry Changed(Lead before, Lead after) => Entry(after, (before, after) switch
    {
        ({ IsDeleted: false }, { IsDeleted: true }) => "deleted",
        ({ IsDeleted: true }, { IsDeleted: false }) => "restored",
        ({ IsArchived: false }, { IsArchived: true }) => "archived",
        ({ IsArchived: true }, { IsArchived: false }) => "unarchived",
        _ => "updated",
    }, Tracked.Between(Fields, before, after));

    private static LogEntry Entry(Lead lead, string action, IReadOnlyList<Change> changes) => new()
    {
        Subject = "lead",
        SubjectId = lead.Id,
        Action = action,
        Changes = changes,
    };
}
