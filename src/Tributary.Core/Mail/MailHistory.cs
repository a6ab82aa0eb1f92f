using Tributary.Core.Log;

namespace Tributary.Core.Mail;

/// <summary>What the log says about a change of a message. Pure. Bodies stay out of it: they are as long as the record itself.</summary>
internal static class MailHistory
{
    private static readonly Tracked<MailMessage>[] Fields =
    [
        new("thread_id", m => m.ThreadId),
        new("direction", m => m.Direction),
        new("subject", m => m.Subject),
        new("deal_id", m => m.DealId),
        new("lead_id", m => m.LeadId),
        new("is_read", m => m.IsRead),
        new("is_draft", m => m.IsDraft),
        new("has_attachments", m => m.HasAttachments),
        new("message_at", m => m.MessageAt),
        new("deleted_at", m => m.DeletedAt),
    ];

    /// <param name="before">None for a creation.</param>
    public static LogEntry Changed(MailMessage? before, MailMessage after) => new()
    {
        Subject = "mail_message",
        SubjectId = after.Id,
        DealId = after.DealId ?? before?.DealId,
        Action = Tracked.Action(before is null, before?.DeletedAt, after.DeletedAt),
        Changes = Tracked.Between(Fields, before, after),
    };

    public static string Word(MailDirection direction) => direction switch
    {
        MailDirection.Incoming => "incoming",
        MailDirection.Outgoing => "outgoing",
    };
}
