using Tributary.Core.Kernel;
using Tributary.Core.Storage;

namespace Tributary.Core.Activities;

/// <summary>The SQL of activities.</summary>
internal static class ActivityStore
{
    public const string Columns = """
        id, uid, type, subject, note, public_description, deal_id, lead_id, person_id, org_id, owner_id, creator_id, due_on, due_time,
        duration_minutes, busy, status, done, done_at, priority, location, participants, attendees, added_at, updated_at, updated_by, deleted_at, version
        """;

    public static Task<Activity?> Find(Tx tx, long id) => tx.One<Activity>($"""
        SELECT {Columns}
        FROM activities
        WHERE workspace_id = @Workspace AND id = @id
        """, new { tx.Workspace, id });

    public static Task<Activity?> Find(Tx tx, Guid uid) => tx.One<Activity>($"""
        SELECT {Columns}
        FROM activities
        WHERE workspace_id = @Workspace AND uid = @uid
        """, new { tx.Workspace, uid });

    public static Task<Activity?> FindForUpdate(Tx tx, long id) => tx.One<Activity>($"""
        SELECT {Columns}
        FROM activities
        WHERE workspace_id = @Workspace AND id = @id
        {tx.Sql.ForUpdate}
        """, new { tx.Workspace, id });

    public static Task<IReadOnlyList<Activity>> FindMany(Tx tx, IReadOnlyCollection<long> ids) => tx.Many<Activity>($"""
        SELECT {Columns}
        FROM activities
        WHERE workspace_id = @Workspace AND {tx.Sql.In("id", "ids")}
        ORDER BY id
        """, new { tx.Workspace, ids = tx.Sql.List(ids) });

    /// <summary>The newest of each deal, at most <paramref name="each"/> of them.</summary>
    public static Task<IReadOnlyList<Activity>> NewestOfDeals(Tx tx, IReadOnlyCollection<long> dealIds, int each) => tx.Many<Activity>($"""
        SELECT {Columns}
        FROM (
            SELECT {Columns}, ROW_NUMBER() OVER (PARTITION BY deal_id ORDER BY id DESC) AS place
            FROM activities
            WHERE workspace_id = @Workspace AND {tx.Sql.In("deal_id", "dealIds")} AND deleted_at IS NULL
        ) newest
        WHERE place <= @each
        ORDER BY deal_id, id DESC
        """, new { tx.Workspace, dealIds = tx.Sql.List(dealIds), each });

    public static Task<int> Insert(Tx tx, Activity activity) => tx.Run($"""
        INSERT INTO activities (workspace_id, {Columns})
        VALUES (@Workspace, @Id, @Uid, @Type, @Subject, @Note, @PublicDescription, @DealId, @LeadId, @PersonId, @OrgId, @OwnerId,
                @CreatorId, @DueOn, @DueTime, @DurationMinutes, @Busy, @status, @Done, @DoneAt, @Priority, {tx.Sql.Json("Location")},
                {tx.Sql.Json("Participants")}, {tx.Sql.Json("Attendees")}, @AddedAt, @UpdatedAt, @UpdatedBy, @DeletedAt, @Version)
        """, Row(tx, activity));

    /// <summary>Refuses as stale when someone else was faster.</summary>
    public static async Task Update(Tx tx, Activity activity)
    {
        var written = await tx.Run($"""
            UPDATE activities
            SET type = @Type, subject = @Subject, note = @Note, public_description = @PublicDescription, deal_id = @DealId,
                lead_id = @LeadId, person_id = @PersonId, org_id = @OrgId, owner_id = @OwnerId, due_on = @DueOn, due_time = @DueTime,
                duration_minutes = @DurationMinutes, busy = @Busy, status = @status, done = @Done, done_at = @DoneAt, priority = @Priority,
                location = {tx.Sql.Json("Location")}, participants = {tx.Sql.Json("Participants")}, attendees = {tx.Sql.Json("Attendees")},
                updated_at = @UpdatedAt, updated_by = @UpdatedBy, deleted_at = @DeletedAt, version = @Version
            WHERE workspace_id = @Workspace AND id = @Id AND version = @Version - 1
            """, Row(tx, activity));
        if (written == 0) throw Problem.Stale("activity", activity.Id);
    }

    private static object Row(Tx tx, Activity activity) => new
    {
        tx.Workspace,
        activity.Id,
        activity.Uid,
        activity.Type,
        activity.Subject,
        activity.Note,
        activity.PublicDescription,
        activity.DealId,
        activity.LeadId,
        activity.PersonId,
        activity.OrgId,
        activity.OwnerId,
        activity.CreatorId,
        activity.DueOn,
        activity.DueTime,
        activity.DurationMinutes,
        activity.Busy,
        status = ActivityHistory.Word(activity.Status),
        activity.Done,
        activity.DoneAt,
        activity.Priority,
        activity.Location,
        activity.Participants,
        activity.Attendees,
        activity.AddedAt,
        activity.UpdatedAt,
        activity.UpdatedBy,
        activity.DeletedAt,
        activity.Version,
    };
}
