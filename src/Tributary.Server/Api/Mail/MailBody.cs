using Tributary.Core.Catalog;
using Tributary.Core.Kernel;
using Tributary.Core.Mail;
using Tributary.Server.Hosting;

namespace Tributary.Server.Api.Mail;

/// <summary>What our own API reads of a mail message. What was written stays as it was; flags and links can change.</summary>
internal static class MailBody
{
    private static readonly Member<string> Email = Members.Text("email", "");
    private static readonly Member<string> Name = Members.Text("name", "").Nullable();
    private static readonly Member<Seq<MailParty>> From = Parties("from");
    private static readonly Member<Seq<MailParty>> To = Parties("to");
    private static readonly Member<Seq<MailParty>> Cc = Parties("cc");
    private static readonly Member<Seq<MailParty>> Bcc = Parties("bcc");
    private static readonly Member<MailDirection> Direction = Members.Word("direction", "", Words.Directions);
    private static readonly Member<string> Subject = Members.Text("subject", "");
    private static readonly Member<string> Snippet = Members.Text("snippet", "How the message begins; left out: taken from the body.");
    private static readonly Member<string> Text = Members.Text("body", "HTML is kept as it is.", 1_048_576).Nullable();
    private static readonly Member<long> ThreadId = Members.Id("thread_id", "The conversation it continues; left out starts one.");
    private static readonly Member<DateTimeOffset> MessageAt = Members.Instant("message_at", "When it was sent; left out: now.");
    private static readonly Member<long> UserId = Members.Id("user_id", "Whose mailbox it is of; left out: the caller.").Nullable();
    private static readonly Member<bool> IsRead = Members.Flag("is_read", "");
    private static readonly Member<bool> IsDraft = Members.Flag("is_draft", "");
    private static readonly Member<bool> HasAttachments = Members.Flag("has_attachments", "");

    private static readonly Member[] Both = [RecordMembers.DealId, RecordMembers.LeadId, IsRead, IsDraft, HasAttachments];

    public static readonly Shape New =
        new("NewMailMessage",
            [Subject, From, To, Cc, Bcc, Direction, Snippet, Text, ThreadId, MessageAt, UserId, .. Both, .. RecordMembers.Imported]);
    public static readonly Shape Patch = new("MailMessagePatch", [.. Both, Versions.Member]);

    public static MailPatch Read(Body body, WorkspaceCatalog catalog, long? ifMatch)
    {
        var (from, to, cc, bcc) = (body.ClearableList(From), body.ClearableList(To), body.ClearableList(Cc), body.ClearableList(Bcc));
        return new()
        {
            ExpectedVersion = RecordMembers.Expected(body, ifMatch),
            DealId = body.Clearable(RecordMembers.DealId),
            LeadId = body.Clearable(RecordMembers.LeadId),
            IsRead = body.Get(IsRead),
            IsDraft = body.Get(IsDraft),
            HasAttachments = body.Get(HasAttachments),
            ThreadId = body.Get(ThreadId),
            Direction = body.Get(Direction),
            Subject = body.Get(Subject),
            Snippet = body.Get(Snippet),
            Body = body.ClearableText(Text),
            Parties = from.IsSet || to.IsSet || cc.IsSet || bcc.IsSet
                ? new MailParties { From = from.Or([]), To = to.Or([]), Cc = cc.Or([]), Bcc = bcc.Or([]) } : default(Field<MailParties>),
            MessageAt = body.Get(MessageAt),
            UserId = body.Clearable(UserId),
            Id = body.Get(RecordMembers.Id),
            Uid = body.Get(RecordMembers.Uid),
            AddedAt = body.Get(RecordMembers.AddedAt),
            UpdatedAt = body.Get(RecordMembers.UpdatedAt),
        };
    }

    private static Member<Seq<MailParty>> Parties(string name) => Members.List(name, "",
        Members.Object(name, "", new("MailPartyBody", Email.Required(), Name),
            body => new MailParty(body.Get(Email).Or(""), body.ClearableText(Name).Or(null))));
}
