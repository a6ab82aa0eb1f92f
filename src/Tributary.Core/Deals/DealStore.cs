using Tributary.Core.Kernel;
using Tributary.Core.Storage;

namespace Tributary.Core.Deals;

/// <summary>
/// The SQL of deals. Each method is one statement; rules and transactions live elsewhere. Beside this: numbers and places in a stage
/// (DealStore.Places), what hangs on a deal (DealStore.Facts), and a deal as parameters (DealStore.Values; DealRow reads it back).
/// </summary>
internal static partial class DealStore
{
    /// <summary>Every column, in the table's order.</summary>
    public static readonly string[] Names =
    [
        "id", "uid", "number", "title", "value_units", "currency", "pipeline_id", "stage_id", "status", "probability_bp", "priority",
        "position_units", "owner_id", "assignee_id", "creator_id", "person_id", "org_id", "expected_close", "next_followup_at", "won_at",
        "lost_at", "closed_at", "first_won_at", "stage_changed_at", "won_reason", "lost_reason", "loss_category", "closure_notes",
        "competitors", "source", "deal_type", "forecast_category", "description", "label_ids", "tag_ids", "visible_to", "custom",
        "rfp_id", "links", "origin", "origin_id", "channel", "channel_id", "source_lead_id", "provenance", "source_type", "app_id",
        "mrr_units", "arr_units", "acv_units", "products_count", "files_count", "notes_count", "followers_count", "participants_count",
        "activities_count", "done_activities_count", "mail_count", "next_activity_id", "next_activity_on", "next_activity_time",
        "last_activity_id", "last_activity_on", "last_incoming_mail_at", "last_outgoing_mail_at", "touched_at", "added_at", "updated_at",
        "updated_by", "archived_at", "deleted_at", "deleted_by", "schema_version", "version",
    ];

    private static readonly HashSet<string> JsonNames = ["competitors", "label_ids", "tag_ids", "custom", "links"];

    private static readonly RowTexts Texts = new("deals", Names, JsonNames);

    /// <summary>What every query that fills a <see cref="Deal"/> selects.</summary>
    public static readonly string Columns = string.Join(", ", Names);

    public static Task<Deal?> Find(Tx tx, long id) => Find(tx, id, DealMembers.All);

    public static Task<Deal?> Find(Tx tx, Guid uid) => Find(tx, uid, DealMembers.All);

    /// <summary>Of which only some members are shown.</summary>
    public static Task<Deal?> Find(Tx tx, long id, DealMembers members) =>
        tx.One<Deal?>(members.Alone.ById, members.Alone.Read, ("Workspace", tx.Workspace), ("id", id));

    /// <summary>The same by its uid.</summary>
    public static Task<Deal?> Find(Tx tx, Guid uid, DealMembers members) =>
        tx.One<Deal?>(members.Alone.ByUid, members.Alone.Read, ("Workspace", tx.Workspace), ("uid", uid));

    /// <summary>The same with the names of its person and its organization.</summary>
    public static Task<DealAndNames?> FindNamed(Tx tx, long id, DealMembers members) =>
        tx.One<DealAndNames?>(members.Named.ById, members.Named.Read, ("Workspace", tx.Workspace), ("id", id));

    /// <summary>The same with its customer.</summary>
    public static Task<DealAndCustomer?> FindWithCustomer(Tx tx, Guid uid, DealMembers members) =>
        tx.One<DealAndCustomer?>(members.WithCustomer.ByUid, members.WithCustomer.Read, ("Workspace", tx.Workspace), ("uid", uid));

    public static Task<Deal?> FindForUpdate(Tx tx, long id) => tx.One<Deal?>($"""
        {DealMembers.All.Alone.ById}
        {tx.Sql.ForUpdate}
        """, DealRow.Read, ("Workspace", tx.Workspace), ("id", id));

    public static Task<IReadOnlyList<Deal>> FindMany(Tx tx, IReadOnlyCollection<long> ids) => tx.Many<Deal>($"""
        SELECT {Columns}
        FROM deals
        WHERE workspace_id = @Workspace AND {tx.Sql.In("id", "ids")}
        ORDER BY id
        """, DealRow.Read, ("Workspace", tx.Workspace), ("ids", tx.Sql.List(ids)));

    public static Task Insert(Tx tx, Deal deal) => tx.Put(Texts.Insert(tx.Sql), Values(tx, deal));

    /// <summary>Refuses as stale when someone else was faster.</summary>
    public static async Task Update(Tx tx, Deal deal)
    {
        if (await tx.Run(Texts.Update(tx.Sql), Values(tx, deal)) == 0) throw Problem.Stale("deal", deal.Id);
    }

    public static Task Delete(Tx tx, long id) =>
        tx.Run("DELETE FROM deals WHERE workspace_id = @Workspace AND id = @id", new { tx.Workspace, id });
}
