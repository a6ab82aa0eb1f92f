using System.Text.Json;
using Tributary.Core.Kernel;
using Tributary.Core.Log;
using Tributary.Core.Storage;

namespace Tributary.Core.Deals;

/// <summary>A person on the buying side of a deal.</summary>
public sealed record DealContact
{
    public required long Id { get; init; }
    public required long DealId { get; init; }
    public required long PersonId { get; init; }

    /// <summary>"decision_maker", "influencer", "champion", "blocker", "end_user", "other", or none.</summary>
    public string? Role { get; init; }
    public required DateTimeOffset AddedAt { get; init; }
    public long? AddedBy { get; init; }
}

/// <summary>A user who wants to hear of a deal.</summary>
public sealed record DealFollower
{
    public required long DealId { get; init; }
    public required long UserId { get; init; }
    public required DateTimeOffset AddedAt { get; init; }
    public long? AddedBy { get; init; }
}

/// <summary>
/// The SQL of contacts and followers of deals. Writes return what the log says about them: a change of the field
/// "participant" or "follower" of the deal, so that their histories are reads of the same log; nothing when nothing changed.
/// </summary>
internal static class DealPeopleStore
{
    /// <summary>The first follower of a deal that is just being made.</summary>
    public static async Task<Change> Follow(Tx tx, Caller caller, long dealId, long userId)
    {
        await tx.Put("""
            INSERT INTO deal_followers (workspace_id, deal_id, user_id, added_at, added_by)
            VALUES (@Workspace, @dealId, @userId, @Now, @by)
            """, new { tx.Workspace, dealId, userId, tx.Now, by = caller.UserId });
        return new("follower", null, Number(userId));
    }

    /// <summary>A person who takes part in a deal that is just being made.</summary>
    public static async Task<Change> TakePart(Tx tx, Caller caller, long dealId, long personId)
    {
        await tx.Put("""
            INSERT INTO deal_contacts (workspace_id, deal_id, person_id, id, added_at, added_by)
            VALUES (@Workspace, @dealId, @personId, @id, @Now, @by)
            """, new { tx.Workspace, dealId, personId, id = await tx.NextId("deal_contact_ids"), tx.Now, by = caller.UserId });
        return new("participant", null, Number(personId));
    }

    public static async Task<IEnumerable<Change>> AddFollower(Tx tx, Caller caller, long dealId, long userId)
    {
        var added = await tx.Run("""
            INSERT INTO deal_followers (workspace_id, deal_id, user_id, added_at, added_by)
            VALUES (@Workspace, @dealId, @userId, @Now, @by)
            ON CONFLICT (workspace_id, deal_id, user_id) DO NOTHING
            """, new { tx.Workspace, dealId, userId, tx.Now, by = caller.UserId });
        return added == 0 ? [] : [new Change("follower", null, Number(userId))];
    }

    public static async Task<IEnumerable<Change>> RemoveFollower(Tx tx, long dealId, long userId)
    {
        var removed = await tx.Run("DELETE FROM deal_followers WHERE workspace_id = @Workspace AND deal_id = @dealId AND user_id = @userId",
            new { tx.Workspace, dealId, userId });
        return removed == 0 ? [] : [new Change("follower", Number(userId), null)];
    }

    public static Task<IReadOnlyList<DealFollower>> Followers(Tx tx, IReadOnlyCollection<long> dealIds) => tx.Many<DealFollower>($"""
        SELECT deal_id, user_id, added_at, added_by
        FROM deal_followers
        WHERE workspace_id = @Workspace AND {tx.Sql.In("deal_id", "dealIds")}
        ORDER BY deal_id, added_at, user_id
        """, new { tx.Workspace, dealIds = tx.Sql.List(dealIds) });

    public static Task<DealFollower?> Follower(Tx tx, long dealId, long userId) => tx.One<DealFollower>("""
        SELECT deal_id, user_id, added_at, added_by
        FROM deal_followers
        WHERE workspace_id = @Workspace AND deal_id = @dealId AND user_id = @userId
        """, new { tx.Workspace, dealId, userId });

    public static async Task<IEnumerable<Change>> AddContact(Tx tx, Caller caller, long dealId, long personId, string? role)
    {
        var added = await tx.Run("""
            INSERT INTO deal_contacts (workspace_id, deal_id, person_id, id, role, added_at, added_by)
            VALUES (@Workspace, @dealId, @personId, @id, @role, @Now, @by)
            ON CONFLICT (workspace_id, deal_id, person_id) DO NOTHING
            """, new { tx.Workspace, dealId, personId, id = await tx.NextId("deal_contact_ids"), role, tx.Now, by = caller.UserId });
        if (added == 0) return [];
        var change = new Change("participant", null, Number(personId));
        return role is null ? [change] : [change, new Change("participant_role", null, Part(personId, role))];
    }

    public static async Task<IEnumerable<Change>> SetRole(Tx tx, DealContact contact, string? role)
    {
        if (contact.Role == role) return [];
        await tx.Run("""
            UPDATE deal_contacts SET role = @role
            WHERE workspace_id = @Workspace AND deal_id = @DealId AND person_id = @PersonId
            """, new { tx.Workspace, contact.DealId, contact.PersonId, role });
        return [new Change("participant_role", Part(contact.PersonId, contact.Role), Part(contact.PersonId, role))];
    }

    /// <summary>The people of one deal who go along to another; those it has already stay where they are.</summary>
    public static Task MoveContacts(Tx tx, long fromDealId, long toDealId) => tx.Run("""
        UPDATE deal_contacts SET deal_id = @toDealId
        WHERE workspace_id = @Workspace AND deal_id = @fromDealId
          AND person_id NOT IN (SELECT c.person_id FROM deal_contacts c WHERE c.workspace_id = @Workspace AND c.deal_id = @toDealId)
        """, new { tx.Workspace, fromDealId, toDealId });

    public static Task MoveFollowers(Tx tx, long fromDealId, long toDealId) => tx.Run("""
        UPDATE deal_followers SET deal_id = @toDealId
        WHERE workspace_id = @Workspace AND deal_id = @fromDealId
          AND user_id NOT IN (SELECT f.user_id FROM deal_followers f WHERE f.workspace_id = @Workspace AND f.deal_id = @toDealId)
        """, new { tx.Workspace, fromDealId, toDealId });

    public static async Task<IEnumerable<Change>> RemoveContact(Tx tx, long dealId, long personId)
    {
        var removed =
            await tx.Run("DELETE FROM deal_contacts WHERE workspace_id = @Workspace AND deal_id = @dealId AND person_id = @personId",
                new { tx.Workspace, dealId, personId });
        return removed == 0 ? [] : [new Change("participant", Number(personId), null)];
    }

    /// <summary>When the deal's own person changes, the old one leaves, unless somebody gave them a part to play.</summary>
    public static async Task<IEnumerable<Change>> RemovePlainContact(Tx tx, long dealId, long personId)
    {
        var removed = await tx.Run("""
            DELETE FROM deal_contacts
            WHERE workspace_id = @Workspace AND deal_id = @dealId AND person_id = @personId AND role IS NULL
            """, new { tx.Workspace, dealId, personId });
        return removed == 0 ? [] : [new Change("participant", Number(personId), null)];
    }

    /// <summary>Deal by deal, in the order they came.</summary>
    public static async Task<IReadOnlyList<DealContact>> Contacts(Tx tx, IReadOnlyCollection<long> dealIds) =>
        // Sorted here, because they are few, and SQLite would make a tree of them.
        [.. (await tx.Many(ContactsOf(tx, dealIds))).OrderBy(contact => contact.DealId).ThenBy(contact => contact.Id)];

    /// <summary>In no order: for who puts them in one of their own, or asks them together with something else.</summary>
    public static Question<DealContact> ContactsOf(Tx tx, IReadOnlyCollection<long> dealIds) => dealIds.Count == 1
        ? new(contactsOfOne, new { tx.Workspace, dealId = dealIds.First() })
        : new(ContactsOf(tx.Sql.In("deal_id", "dealIds")), new { tx.Workspace, dealIds = tx.Sql.List(dealIds) });

    private static readonly string contactsOfOne = ContactsOf("deal_id = @dealId");

    private static string ContactsOf(string deals) => $"""
        SELECT id, deal_id, person_id, role, added_at, added_by
        FROM deal_contacts
        WHERE workspace_id = @Workspace AND {deals}
        """;

    private static JsonElement? Part(long personId, string? role) =>
        role is null ? null : JsonSerializer.SerializeToElement(new { person_id = personId, role });

    private static JsonElement Number(long id) => JsonSerializer.SerializeToElement(id);
}
