using Tributary.Core.Kernel;
using Tributary.Core.Storage;

namespace Tributary.Core.Notes;

/// <summary>The SQL of notes.</summary>
internal static class NoteStore
{
    public const string Columns = """
        id, uid, content, deal_id, lead_id, person_id, org_id, user_id, pinned_to_deal, pinned_to_lead, pinned_to_person, pinned_to_org,
        added_at, updated_at, updated_by, deleted_at, version
        """;

    public static Task<Note?> Find(Tx tx, long id) => tx.One<Note>($"""
        SELECT {Columns}
        FROM notes
        WHERE workspace_id = @Workspace AND id = @id
        """, new { tx.Workspace, id });

    public static Task<Note?> Find(Tx tx, Guid uid) => tx.One<Note>($"""
        SELECT {Columns}
        FROM notes
        WHERE workspace_id = @Workspace AND uid = @uid
        """, new { tx.Workspace, uid });

    public static Task<Note?> FindForUpdate(Tx tx, long id) => tx.One<Note>($"""
        SELECT {Columns}
        FROM notes
        WHERE workspace_id = @Workspace AND id = @id
        {tx.Sql.ForUpdate}
        """, new { tx.Workspace, id });

    public static Task<IReadOnlyList<Note>> FindMany(Tx tx, IReadOnlyCollection<long> ids) => tx.Many<Note>($"""
        SELECT {Columns}
        FROM notes
        WHERE workspace_id = @Workspace AND {tx.Sql.In("id", "ids")}
        ORDER BY id
        """, new { tx.Workspace, ids = tx.Sql.List(ids) });

    /// <summary>The newest of each deal, at most <paramref name="each"/> of them.</summary>
    public static Task<IReadOnlyList<Note>> NewestOfDeals(Tx tx, IReadOnlyCollection<long> dealIds, int each) => tx.Many<Note>($"""
        SELECT {Columns}
        FROM (
            SELECT {Columns}, ROW_NUMBER() OVER (PARTITION BY deal_id ORDER BY id DESC) AS place
            FROM notes
            WHERE workspace_id = @Workspace AND {tx.Sql.In("deal_id", "dealIds")} AND deleted_at IS NULL
        ) newest
        WHERE place <= @each
        ORDER BY deal_id, id DESC
        """, new { tx.Workspace, dealIds = tx.Sql.List(dealIds), each });

    public static Task<int> Insert(Tx tx, Note note) => tx.Run($"""
        INSERT INTO notes (workspace_id, {Columns})
        VALUES (@Workspace, @Id, @Uid, @Content, @DealId, @LeadId, @PersonId, @OrgId, @UserId, @PinnedToDeal, @PinnedToLead,
                @PinnedToPerson, @PinnedToOrg, @AddedAt, @UpdatedAt, @UpdatedBy, @DeletedAt, @Version)
        """, Row(tx, note));

    /// <summary>Refuses as stale when someone else was faster.</summary>
    public static async Task Update(Tx tx, Note note)
    {
        var written = await tx.Run("""
            UPDATE notes
            SET content = @Content, deal_id = @DealId, lead_id = @LeadId, person_id = @PersonId, org_id = @OrgId, user_id = @UserId,
                pinned_to_deal = @PinnedToDeal, pinned_to_lead = @PinnedToLead, pinned_to_person = @PinnedToPerson,
                pinned_to_org = @PinnedToOrg, added_at = @AddedAt, updated_at = @UpdatedAt, updated_by = @UpdatedBy,
                deleted_at = @DeletedAt, version = @Version
            WHERE workspace_id = @Workspace AND id = @Id AND version = @Version - 1
            """, Row(tx, note));
        if (written == 0) throw Problem.Stale("note", note.Id);
    }

    private static object Row(Tx tx, Note note) => new
    {
        tx.Workspace,
        note.Id,
        note.Uid,
        note.Content,
        note.DealId,
        note.LeadId,
        note.PersonId,
        note.OrgId,
        note.UserId,
        note.PinnedToDeal,
        note.PinnedToLead,
        note.PinnedToPerson,
        note.PinnedToOrg,
        note.AddedAt,
        note.UpdatedAt,
        note.UpdatedBy,
        note.DeletedAt,
        note.Version,
    };
}
