using Tributary.Core.Storage;

namespace Tributary.Core.Contacts;

/// <summary>How much hangs on a contact. Deals are live ones: neither deleted nor archived.</summary>
public sealed record ContactCounts
{
    public required long Id { get; init; }
    public long OpenDeals { get; init; }
    public long WonDeals { get; init; }
    public long LostDeals { get; init; }

    /// <summary>Deals in which a person takes part without being the deal's own person.</summary>
    public long ParticipantOpenDeals { get; init; }
    public long ParticipantClosedDeals { get; init; }

    /// <summary>The persons of an organization.</summary>
    public long Persons { get; init; }
    public long Activities { get; init; }
    public long DoneActivities { get; init; }

    /// <summary>The earliest activity that is not done, and the latest that is.</summary>
    public long? NextActivityId { get; init; }
    public long? LastActivityId { get; init; }
    public long Notes { get; init; }
    public long Files { get; init; }

    /// <summary>Messages from or to a person, or to the persons of an organization.</summary>
    public long MailMessages { get; init; }
    public DateTimeOffset? LastIncomingMailAt { get; init; }
    public DateTimeOffset? LastOutgoingMailAt { get; init; }
    public long Followers { get; init; }

    public long ClosedDeals => WonDeals + LostDeals;
    public long UndoneActivities => Activities - DoneActivities;
}

/// <summary>Counts what hangs on many contacts in one statement, each by its own index.</summary>
internal static class ContactCountStore
{
    public static Task<IReadOnlyList<ContactCounts>> OfPersons(Tx tx, IReadOnlyCollection<long> ids) =>
        Count(tx, "persons", "person_id", $"""
        (SELECT COUNT(*) {Participated} AND d.status = 'open') AS participant_open_deals,
        (SELECT COUNT(*) {Participated} AND d.status <> 'open') AS participant_closed_deals,
        """, "k.person_id = c.id", ids);

    public static Task<IReadOnlyList<ContactCounts>> OfOrganizations(Tx tx, IReadOnlyCollection<long> ids) =>
        Count(tx, "organizations", "org_id", """
        (SELECT COUNT(*) FROM persons p WHERE p.workspace_id = @Workspace AND p.org_id = c.id AND p.deleted_at IS NULL) AS persons,
        """, "k.person_id IN (SELECT p.id FROM persons p WHERE p.workspace_id = @Workspace AND p.org_id = c.id AND p.deleted_at IS NULL)", ids);

    /// <summary>How many persons are in each organization; those without any are left out.</summary>
    public static async Task<IReadOnlyDictionary<long, long>> PersonsOf(Tx tx, IReadOnlyCollection<long> ids) =>
        (await tx.Many<ContactCounts>($"""
        SELECT org_id AS id, COUNT(*) AS persons
        FROM persons
        WHERE workspace_id = @Workspace AND {tx.Sql.In("org_id", "ids")} AND deleted_at IS NULL
        GROUP BY org_id
        """, new { tx.Workspace, ids = tx.Sql.List(ids) })).ToDictionary(row => row.Id, row => row.Persons);

    private const string Participated = """
        FROM deal_contacts k JOIN deals d ON d.workspace_id = k.workspace_id AND d.id = k.deal_id
        WHERE k.workspace_id = @Workspace AND k.person_id = c.id AND d.deleted_at IS NULL AND d.archived_at IS NULL
            AND (d.person_id IS NULL OR d.person_id <> c.id)
        """;

    private static Task<IReadOnlyList<ContactCounts>> Count(Tx tx, string table, string column, string own, string party,
        IReadOnlyCollection<long> ids)
    {
        var deals =
            $"FROM deals d WHERE d.workspace_id = @Workspace AND d.{column} = c.id AND d.deleted_at IS NULL AND d.archived_at IS NULL";
        var activities = $"FROM activities a WHERE a.workspace_id = @Workspace AND a.{column} = c.id AND a.deleted_at IS NULL";
        var mail =
            $"FROM mail_messages m WHERE m.workspace_id = @Workspace AND m.deleted_at IS NULL AND m.id IN (SELECT k.message_id FROM mail_parties k WHERE k.workspace_id = @Workspace AND {party})";
        return tx.Many<ContactCounts>($"""
            SELECT c.id,
                (SELECT COUNT(*) {deals} AND d.status = 'open') AS open_deals,
                (SELECT COUNT(*) {deals} AND d.status = 'won') AS won_deals,
                (SELECT COUNT(*) {deals} AND d.status = 'lost') AS lost_deals,
                {own}
                (SELECT COUNT(*) {activities}) AS activities,
                (SELECT COUNT(*) {activities} AND a.done) AS done_activities,
                (SELECT a.id {activities} AND NOT a.done AND a.due_on IS NOT NULL ORDER BY a.due_on, a.due_time NULLS FIRST, a.id
                LIMIT 1) AS next_activity_id,
                (SELECT a.id {activities} AND a.done ORDER BY a.due_on DESC NULLS LAST, a.id DESC LIMIT 1) AS last_activity_id,
                (SELECT COUNT(*) FROM notes n WHERE n.workspace_id = @Workspace AND n.{column} = c.id AND n.deleted_at IS NULL) AS notes,
                (SELECT COUNT(*) FROM files f WHERE f.workspace_id = @Workspace AND f.{column} = c.id AND f.deleted_at IS NULL) AS files,
                (SELECT COUNT(*) {mail}) AS mail_messages,
                (SELECT MAX(m.message_at) {mail} AND m.direction = 'incoming') AS last_incoming_mail_at,
                (SELECT MAX(m.message_at) {mail} AND m.direction = 'outgoing') AS last_outgoing_mail_at,
                (SELECT COUNT(*) FROM record_followers w
                WHERE w.workspace_id = @Workspace AND w.subject = @subject AND w.subject_id = c.id) AS followers
            FROM {table} c
            WHERE c.workspace_id = @Workspace AND {tx.Sql.In("c.id", "ids")}
            ORDER BY c.id
            """, new { tx.Workspace, subject = table[..^1], ids = tx.Sql.List(ids) });
    }
}
