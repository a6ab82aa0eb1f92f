using Tributary.Core.Mail;
using Tributary.Server.Hosting;

namespace Tributary.Server.Api.Mail;

/// <summary>How our own API spells a mail message.</summary>
internal static class MailWire
{
    private static readonly Wire<MailParty> Party = new Wire<MailParty>("MailParty", "Someone a message is from or to.")
        .Text("email", p => p.Email, nullable: false)
        .Text("name", p => p.Name)
        .Whole("person_id", p => p.PersonId, "The person of the workspace with that address.");

    public static readonly Wire<MailMessage> Message =
        Spelled(new Wire<MailMessage>("MailMessage",
            "An e-mail exchanged about a deal or lead: a record of it, nothing is sent or fetched."))
        .Text("body", m => m.Body, "HTML as it was given; whoever shows it must sanitise it. Not in lists.");

    /// <summary>Without the body, as in lists.</summary>
    public static readonly Wire<MailMessage> Header = Spelled(new Wire<MailMessage>("MailHeader", "An e-mail without its body."));

    private static Wire<MailMessage> Spelled(Wire<MailMessage> wire) => wire
        .Whole("id", m => m.Id)
        .Uid("uid", m => m.Uid)
        .Whole("thread_id", m => m.ThreadId, "The same for all messages of a conversation.")
        .Word("direction", m => Words.Spell(Words.Directions, m.Direction), Words.Spellings(Words.Directions))
        .Text("subject", m => m.Subject, nullable: false)
        .Text("snippet", m => m.Snippet, "How the message begins, as plain text.", nullable: false)
        .Objects("from", m => m.Parties.From, Party)
        .Objects("to", m => m.Parties.To, Party)
        .Objects("cc", m => m.Parties.Cc, Party)
        .Objects("bcc", m => m.Parties.Bcc, Party)
        .Whole("deal_id", m => m.DealId)
        .Whole("lead_id", m => m.LeadId)
        .Whole("user_id", m => m.UserId)
        .Flag("is_read", m => m.IsRead)
        .Flag("is_draft", m => m.IsDraft)
        .Flag("has_attachments", m => m.HasAttachments)
        .Instant("message_at", m => m.MessageAt, TimeStyle.IsoMilliseconds)
        .Instant("added_at", m => m.AddedAt, TimeStyle.IsoMilliseconds)
        .Instant("updated_at", m => m.UpdatedAt, TimeStyle.IsoMilliseconds)
        .Whole("updated_by", m => m.UpdatedBy)
        .Instant("deleted_at", m => m.DeletedAt, TimeStyle.IsoMilliseconds)
        .Whole("version", m => m.Version, "Also the ETag.");
}
