using System.Text.Json;
using System.Text.Json.Nodes;
using Tributary.Core.Deals;
using Tributary.Core.Followers;
using Tributary.Core.Kernel;
using Tributary.Core.Log;
using Tributary.Core.Mail;
using Tributary.Core.Storage;

namespace Tributary.Core.Contacts;

/// <summary>
/// The SQL of handing over everything that names one contact to another. What is deleted or archived moves too, or
/// restoring it would bring back a name that is gone.
/// </summary>
internal static class ContactMergeStore
{
    private const int DealsAtOnce = 500;

    private sealed record ActivityPeople
    {
        public required long Id { get; init; }
        public required string Participants { get; init; }
        public required string Attendees { get; init; }
    }

    public static async Task Persons(Tx tx, Caller caller, long from, long to)
    {
        foreach (var table in new[] { "activities", "notes", "files", "leads" }) await Rename(tx, table, "person_id", from, to);
        await ActivityParticipants(tx, from, to);
        await Participants(tx, caller, from, to);
        await FollowerStore.Move(tx, "person", from, to);
        await MailStore.MoveParty(tx, from, to);
        await Deals(tx, caller, "person_id", from, deal => deal with { PersonId = to });
        await NoteText(tx, "person", from, to);
        await ExternalIds(tx, "person", from, to);
    }

    public static async Task Organizations(Tx tx, Caller caller, long from, long to)
    {
        foreach (var table in new[] { "persons", "activities", "notes", "files", "leads" }) await Rename(tx, table, "org_id", from, to);
        await FollowerStore.Move(tx, "organization", from, to);
        await Deals(tx, caller, "org_id", from, deal => deal with { OrgId = to });
        await NoteText(tx, "organization", from, to);
        await ExternalIds(tx, "organization", from, to);
    }

    private static Task<int> Rename(Tx tx, string table, string column, long from, long to) => tx.Run($"""
        UPDATE {table} SET {column} = @to, updated_at = @Now, version = version + 1
        WHERE workspace_id = @Workspace AND {column} = @from
        """, new { tx.Workspace, from, to, tx.Now });

    private static Task<int> ExternalIds(Tx tx, string subject, long from, long to) => tx.Run("""
        UPDATE external_ids SET subject_id = @to
        WHERE workspace_id = @Workspace AND subject = @subject AND subject_id = @from
        """, new { tx.Workspace, subject, from, to });

    // Source 0 is what the record itself says under "notes"; the others are notes, which have moved.
    private static Task<int> NoteText(Tx tx, string subject, long from, long to) => tx.Run("""
        UPDATE search_docs SET subject_id = @to
        WHERE workspace_id = @Workspace AND subject = @subject AND subject_id = @from AND field = 'notes' AND source_id <> 0
        """, new { tx.Workspace, subject, from, to });

    // Each deal is changed and logged on its own: its history, webhooks and automations must hear of it.
    private static async Task Deals(Tx tx, Caller caller, string column, long from, Func<Deal, Deal> rename)
    {
        var ids = await tx.Many<long>($"""
            SELECT id FROM deals WHERE workspace_id = @Workspace AND {column} = @from AND deleted_at IS NULL
            UNION ALL
            SELECT id FROM deals WHERE workspace_id = @Workspace AND {column} = @from AND deleted_at IS NOT NULL
            ORDER BY id
            """, new { tx.Workspace, from });
        foreach (var some in ids.Chunk(DealsAtOnce))
        {
            foreach (var deal in await DealStore.FindMany(tx, some))
            {
                var renamed = rename(deal) with
                {
                    UpdatedAt = tx.Now,
                    UpdatedBy = caller.UserId,
                    TouchedAt = tx.Now,
                    Version = deal.Version + 1,
                };
                await DealSaving.Change(tx, caller, deal, renamed);
            }
        }
    }

    /// <summary>The parts that the one plays in deals become the other's, unless the other plays a part already.</summary>
    private static async Task Participants(Tx tx, Caller caller, long from, long to)
    {
        var dealIds = await tx.Many<long>("""
            SELECT deal_id
            FROM deal_contacts
            WHERE workspace_id = @Workspace AND person_id = @from
            ORDER BY deal_id
            """, new { tx.Workspace, from });
        await tx.Run("""
            UPDATE deal_contacts SET role = (SELECT f.role FROM deal_contacts f
                                             WHERE f.workspace_id = @Workspace AND f.deal_id = deal_contacts.deal_id
                                                 AND f.person_id = @from)
            WHERE workspace_id = @Workspace AND person_id = @to AND role IS NULL
              AND deal_id IN (SELECT f.deal_id FROM deal_contacts f WHERE f.workspace_id = @Workspace AND f.person_id = @from)
            """, new { tx.Workspace, from, to });
        await tx.Run("""
            DELETE FROM deal_contacts
            WHERE workspace_id = @Workspace AND person_id = @from
              AND deal_id IN (SELECT t.deal_id FROM deal_contacts t WHERE t.workspace_id = @Workspace AND t.person_id = @to)
            """, new { tx.Workspace, from, to });
        await tx.Run("UPDATE deal_contacts SET person_id = @to WHERE workspace_id = @Workspace AND person_id = @from",
            new { tx.Workspace, from, to });

        foreach (var dealId in dealIds)
        {
            await DealSaving.Touch(tx, dealId);
            await EventStore.Append(tx, caller, new()
            {
                Subject = "deal",
                SubjectId = dealId,
                DealId = dealId,
                Action = "updated",
                Changes = [new("participant", Number(from), null), new("participant", null, Number(to))],
            });
        }
    }

    // Lists inside activities are small documents: found by the database, rewritten here.
    private static async Task ActivityParticipants(Tx tx, long from, long to)
    {
        var rows = await tx.Many<ActivityPeople>($"""
            SELECT id, participants, attendees
            FROM activities
            WHERE workspace_id = @Workspace AND ({tx.Sql.HasMember("participants", "person_id", "from")}
                OR {tx.Sql.HasMember("attendees", "person_id", "from")})
            """, new { tx.Workspace, from });
        foreach (var row in rows)
        {
            await tx.Run($"""
                UPDATE activities SET participants = {tx.Sql.Json("participants")}, attendees = {tx.Sql.Json("attendees")}
                WHERE workspace_id = @Workspace AND id = @Id
                """, new { tx.Workspace, row.Id, participants = Renamed(row.Participants, from, to, once: true), attendees = Renamed(row.Attendees, from, to, once: false) });
        }
    }

    private static string Renamed(string json, long from, long to, bool once)
    {
        var people = JsonNode.Parse(json)!.AsArray();
        var hasBoth = once && people.Any(person => Id(person) == to);
        foreach (var person in people.Where(person => Id(person) == from).ToList())
        {
            if (hasBoth) people.Remove(person);
            else person!["person_id"] = to;
        }
        if (once && people.Count > 0 && !people.Any(IsPrimary)) people[0]!["primary"] = true;
        return people.ToJsonString();
    }

    private static long? Id(JsonNode? person) => person?["person_id"]?.GetValue<long>();

    private static bool IsPrimary(JsonNode? person) => person?["primary"]?.GetValue<bool>() ?? false;

    private static JsonElement Number(long id) => JsonSerializer.SerializeToElement(id);
}
