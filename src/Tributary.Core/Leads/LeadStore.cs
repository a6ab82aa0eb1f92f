using Tributary.Core.Kernel;
using Tributary.Core.Storage;

namespace Tributary.Core.Leads;

/// <summary>The SQL of leads. Each method is one statement; rules and transactions live elsewhere.</summary>
internal static class LeadStore
{
    private static readonly string[] Names =
    [
        "id", "uid", "title", "value_units", "currency", "owner_id", "creator_id", "person_id", "org_id", "expected_close", "label_ids",
        "visible_to",
        "was_seen", "origin", "origin_id", "channel", "channel_id", "source_deal_id", "custom", "added_at", "updated_at", "updated_by",
        "archived_at",
        "deleted_at", "deleted_by", "version",
    ];

    private static readonly RowTexts Texts = new("leads", Names, ["label_ids", "custom"]);

    /// <summary>What every query that fills a <see cref="Lead"/> selects.</summary>
    public static readonly string Columns = string.Join(", ", Names);

    public static Task<Lead?> Find(Tx tx, long id) => tx.One<Lead>($"""
        SELECT {Columns}
        FROM leads
        WHERE workspace_id = @Workspace AND id = @id
        """, new { tx.Workspace, id });

    public static Task<Lead?> Find(Tx tx, Guid uid) => tx.One<Lead>($"""
        SELECT {Columns}
        FROM leads
        WHERE workspace_id = @Workspace AND uid = @uid
        """, new { tx.Workspace, uid });

    public static Task<Lead?> FindForUpdate(Tx tx, long id) => tx.One<Lead>($"""
        SELECT {Columns}
        FROM leads
        WHERE workspace_id = @Workspace AND id = @id
        {tx.Sql.ForUpdate}
        """, new { tx.Workspace, id });

    public static async Task<IReadOnlyDictionary<long, long>> NextActivities(Tx tx, IReadOnlyCollection<long> ids) =>
        (await tx.Many<NextActivity>($"""
        SELECT l.id, (SELECT a.id FROM activities a
            WHERE a.workspace_id = @Workspace AND a.lead_id = l.id AND a.deleted_at IS NULL AND NOT a.done AND a.due_on IS NOT NULL
                      ORDER BY a.due_on, a.due_time NULLS FIRST, a.id LIMIT 1) AS activity_id
        FROM leads l
        WHERE l.workspace_id = @Workspace AND {tx.Sql.In("l.id", "ids")}
        """, new { tx.Workspace, ids = tx.Sql.List(ids) })).Where(row => row.ActivityId is not null).ToDictionary(row => row.Id, row => row.ActivityId!.Value);

    private sealed record NextActivity
    {
        public long Id { get; init; }
        public long? ActivityId { get; init; }
    }

    public static Task<IReadOnlyList<Lead>> FindMany(Tx tx, IReadOnlyCollection<long> ids) => tx.Many<Lead>($"""
        SELECT {Columns}
        FROM leads
        WHERE workspace_id = @Workspace AND {tx.Sql.In("id", "ids")}
        ORDER BY id
        """, new { tx.Workspace, ids = tx.Sql.List(ids) });

    public static Task Insert(Tx tx, Lead lead) => tx.Run(Texts.Insert(tx.Sql), Values(tx, lead));

    /// <summary>Refuses as stale when someone else was faster.</summary>
    public static async Task Update(Tx tx, Lead lead)
    {
        if (await tx.Run(Texts.Update(tx.Sql), Values(tx, lead)) == 0) throw Problem.Stale("lead", lead.Id);
    }

    // Member names are column names, so that the texts above can be built from one list.
    private static object Values(Tx tx, Lead lead) => new
    {
        workspace_id = tx.Workspace,
        id = lead.Id,
        uid = lead.Uid,
        title = lead.Title,
        value_units = lead.ValueUnits,
        currency = lead.Currency,
        owner_id = lead.OwnerId,
        creator_id = lead.CreatorId,
        person_id = lead.PersonId,
        org_id = lead.OrgId,
        expected_close = lead.ExpectedClose,
        label_ids = lead.LabelIds,
        visible_to = lead.VisibleTo,
        was_seen = lead.WasSeen,
        origin = lead.Origin,
        origin_id = lead.OriginId,
        channel = lead.Channel,
        channel_id = lead.ChannelId,
        source_deal_id = lead.SourceDealId,
        custom = lead.Custom,
        added_at = lead.AddedAt,
        updated_at = lead.UpdatedAt,
        updated_by = lead.UpdatedBy,
        archived_at = lead.ArchivedAt,
        deleted_at = lead.DeletedAt,
        deleted_by = lead.DeletedBy,
        version = lead.Version,
    };
}
