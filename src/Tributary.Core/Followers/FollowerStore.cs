using System.Text.Json;
using Tributary.Core.Kernel;
using Tributary.Core.Log;
using Tributary.Core.Storage;

namespace Tributary.Core.Followers;

/// <summary>A user who wants to hear of a person, an organization or a product.</summary>
public sealed record RecordFollower
{
    public required long SubjectId { get; init; }
    public required long UserId { get; init; }
    public required DateTimeOffset AddedAt { get; init; }
    public long? AddedBy { get; init; }
}

/// <summary>
/// The SQL of followers of persons, organizations and products. Writes return what the log says about them; nothing when nothing changed.
/// </summary>
internal static class FollowerStore
{
    public static async Task<Seq<Change>> Add(Tx tx, Caller caller, string subject, long subjectId, long userId)
    {
        var added = await tx.Run("""
            INSERT INTO record_followers (workspace_id, subject, subject_id, user_id, added_at, added_by)
            VALUES (@Workspace, @subject, @subjectId, @userId, @Now, @by)
            ON CONFLICT (workspace_id, subject, subject_id, user_id) DO NOTHING
            """, new { tx.Workspace, subject, subjectId, userId, tx.Now, by = caller.UserId });
        return added == 0 ? [] : [new("follower", null, JsonSerializer.SerializeToElement(userId))];
    }

    public static async Task<Seq<Change>> Remove(Tx tx, string subject, long subjectId, long userId)
    {
        var removed = await tx.Run("""
            DELETE FROM record_followers
            WHERE workspace_id = @Workspace AND subject = @subject AND subject_id = @subjectId AND user_id = @userId
            """, new { tx.Workspace, subject, subjectId, userId });
        return removed == 0 ? [] : [new("follower", JsonSerializer.SerializeToElement(userId), null)];
    }

    /// <summary>Each record's oldest first.</summary>
    public static Task<IReadOnlyList<RecordFollower>> Of(Tx tx, string subject, IReadOnlyCollection<long> ids) =>
        tx.Many<RecordFollower>($"""
        SELECT subject_id, user_id, added_at, added_by
        FROM record_followers
        WHERE workspace_id = @Workspace AND subject = @subject AND {tx.Sql.In("subject_id", "ids")}
        ORDER BY added_at, user_id
        """, new { tx.Workspace, subject, ids = tx.Sql.List(ids) });

    /// <summary>Those of the records that the user follows.</summary>
    public static Task<IReadOnlyList<long>> Followed(Tx tx, string subject, IReadOnlyCollection<long> ids, long userId) =>
        tx.Many<long>($"""
        SELECT subject_id
        FROM record_followers
        WHERE workspace_id = @Workspace AND user_id = @userId AND subject = @subject AND {tx.Sql.In("subject_id", "ids")}
        """, new { tx.Workspace, userId, subject, ids = tx.Sql.List(ids) });

    /// <summary>Who follows one record goes along to another; those who follow that one already stay.</summary>
    public static Task Move(Tx tx, string subject, long from, long to) => tx.Run("""
        UPDATE record_followers SET subject_id = @to
        WHERE workspace_id = @Workspace AND subject = @subject AND subject_id = @from
          AND user_id NOT IN (SELECT f.user_id FROM record_followers f
          WHERE f.workspace_id = @Workspace AND f.subject = @subject AND f.subject_id = @to)
        """, new { tx.Workspace, subject, from, to });

    /// <summary>For a purge.</summary>
    public static Task Forget(Tx tx, string subject, IReadOnlyCollection<long> ids) => tx.Run($"""
        DELETE FROM record_followers
        WHERE workspace_id = @Workspace AND subject = @subject AND {tx.Sql.In("subject_id", "ids")}
        """, new { tx.Workspace, subject, ids = tx.Sql.List(ids) });
}
