using Tributary.Core.Kernel;
using Tributary.Core.Storage;

namespace Tributary.Core.Mail;

/// <summary>The SQL of messages.</summary>
internal static class MailStore
{
    public const string Columns = """
        id, uid, thread_id, direction, subject, snippet, body, parties, deal_id, lead_id, user_id, is_read, is_draft, has_attachments, message_at,
        added_at, updated_at, updated_by, deleted_at, version
        """;

    /// <summary>The same without bodies, which may be a megabyte each.</summary>
    public static readonly string Headers = Columns.Replace(" body,", "", StringComparison.Ordinal);

    private sealed record PersonRow
    {
        public required string EmailFolded { get; init; }
        public long Id { get; init; }
    }

    public static Task<MailMessage?> Find(Tx tx, long id) => tx.One<MailMessage>($"""
        SELECT {Columns}
        FROM mail_messages
        WHERE workspace_id = @Workspace AND id = @id
        """, new { tx.Workspace, id });

    public static Task<MailMessage?> Find(Tx tx, Guid uid) => tx.One<MailMessage>($"""
        SELECT {Columns}
        FROM mail_messages
        WHERE workspace_id = @Workspace AND uid = @uid
        """, new { tx.Workspace, uid });

    public static Task<MailMessage?> FindForUpdate(Tx tx, long id) => tx.One<MailMessage>($"""
        SELECT {Columns}
        FROM mail_messages
        WHERE workspace_id = @Workspace AND id = @id
        {tx.Sql.ForUpdate}
        """, new { tx.Workspace, id });

    /// <summary>Without bodies.</summary>
    public static Task<IReadOnlyList<MailMessage>> FindMany(Tx tx, IReadOnlyCollection<long> ids) => tx.Many<MailMessage>($"""
        SELECT {Headers}
        FROM mail_messages
        WHERE workspace_id = @Workspace AND {tx.Sql.In("id", "ids")}
        ORDER BY id
        """, new { tx.Workspace, ids = tx.Sql.List(ids) });

    public static Task<bool> ThreadExists(Tx tx, long threadId) => tx.One<bool>("""
        SELECT EXISTS (SELECT 1 FROM mail_messages WHERE workspace_id = @Workspace AND thread_id = @threadId AND deleted_at IS NULL)
        """, new { tx.Workspace, threadId });

    /// <summary>Live persons by their main address, the oldest first.</summary>
    public static async Task<IReadOnlyList<(string Email, long Id)>> PersonsWith(Tx tx, IReadOnlyCollection<string> folded) =>
        [.. (await tx.Many<PersonRow>($"""
        SELECT email_folded, id
        FROM persons
        WHERE workspace_id = @Workspace AND {tx.Sql.In("email_folded", "folded")} AND deleted_at IS NULL
        ORDER BY id
        """, new { tx.Workspace, folded = tx.Sql.List(folded) })).Select(row => (row.EmailFolded, row.Id))];

    public static Task<int> Insert(Tx tx, MailMessage message) => tx.Run($"""
        INSERT INTO mail_messages (workspace_id, {Columns})
        VALUES (@Workspace, @Id, @Uid, @ThreadId, @direction, @Subject, @Snippet, @Body, {tx.Sql.Json("Parties")}, @DealId, @LeadId,
                @UserId, @IsRead, @IsDraft, @HasAttachments, @MessageAt, @AddedAt, @UpdatedAt, @UpdatedBy, @DeletedAt, @Version)
        """, new
    {
        tx.Workspace,
        message.Id,
        message.Uid,
        message.ThreadId,
        direction = MailHistory.Word(message.Direction),
        message.Subject,
        message.Snippet,
        message.Body,
        message.Parties,
        message.DealId,
        message.LeadId,
        message.UserId,
        message.IsRead,
        message.IsDraft,
        message.HasAttachments,
        message.MessageAt,
        message.AddedAt,
        message.UpdatedAt,
        message.UpdatedBy,
        message.DeletedAt,
        message.Version,
    });

    public static Task AddParty(Tx tx, long messageId, long personId) => tx.Put("""
        INSERT INTO mail_parties (workspace_id, person_id, message_id)
        VALUES (@Workspace, @personId, @messageId)
        ON CONFLICT (workspace_id, person_id, message_id) DO NOTHING
        """, new { tx.Workspace, personId, messageId });

    /// <summary>The messages of one person become another's, unless they are already.</summary>
    public static Task MoveParty(Tx tx, long from, long to) => tx.Run("""
        UPDATE mail_parties SET person_id = @to
        WHERE workspace_id = @Workspace AND person_id = @from
          AND message_id NOT IN (SELECT k.message_id FROM mail_parties k WHERE k.workspace_id = @Workspace AND k.person_id = @to)
        """, new { tx.Workspace, from, to });

    /// <summary>Refuses as stale when someone else was faster.</summary>
    public static async Task Update(Tx tx, MailMessage message)
    {
        var written = await tx.Run("""
            UPDATE mail_messages
            SET deal_id = @DealId, lead_id = @LeadId, is_read = @IsRead, is_draft = @IsDraft, has_attachments = @HasAttachments,
                updated_at = @UpdatedAt, updated_by = @UpdatedBy, deleted_at = @DeletedAt, version = @Version
            WHERE workspace_id = @Workspace AND id = @Id AND version = @Version - 1
            """, new
        {
            tx.Workspace,
            message.Id,
            message.DealId,
            message.LeadId,
            message.IsRead,
            message.IsDraft,
            message.HasAttachments,
            message.UpdatedAt,
            message.UpdatedBy,
            message.DeletedAt,
            message.Version,
        });
        if (written == 0) throw Problem.Stale("mail_message", message.Id);
    }
}
