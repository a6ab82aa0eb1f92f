using Tributary.Core.Lists;
using Tributary.Core.Mail;
using Tributary.Server.Hosting;

namespace Tributary.Server.Api.Mail;

internal static class MailRoutes
{
    private static readonly Listing<MailMessage> Messages = new("mail_message", MailWire.Header, "-message_at")
    {
        Filters =
        [
            RecordFilters.Deal, RecordFilters.Lead, RecordFilters.User, RecordFilters.By("thread_id", "Messages of this conversation."),
            ListFilter.Of(Members.Word("direction", "", Words.Directions),
                direction => Condition.Equal("direction", Words.Spell(Words.Directions, direction))),
            ListFilter.Equal(Members.Flag("is_read", "Messages read, or those that are not.")),
            ListFilter.Equal(Members.Flag("is_draft", "Drafts, or the others.")), .. RecordFilters.Times,
        ],
    };

    private static readonly RecordRoutes<MailMessage, MailPatch, MailMessage> Life =
        new("MailMessage", "MailMessages", "/mail-messages", "a mail message")
        {
            Tag = "Mail",
            Wire = MailWire.Message,
            Listing = Messages,
            New = MailBody.New,
            Patch = MailBody.Patch,
            Read = MailBody.Read,
            Identity = message => (message.Id, message.Version),
            Show = (call, messages, include) => Task.FromResult(messages),
            List = (call, query) => call.Service<MailService>().List(call.Caller, query, withBodies: false, call.Ct),
            Get = (call, id) => call.Service<MailService>().Get(call.Caller, id, call.Ct),
            Create = (call, patch) => call.Service<MailService>().Create(call.Caller, patch, call.Ct),
            Update = (call, id, patch) => call.Service<MailService>().Update(call.Caller, id, patch, call.Ct),
            Deletion = (deleted, version) => new() { Deleted = deleted, ExpectedVersion = version },
        };

    public static readonly IReadOnlyList<Operation> All = [.. Life.All()];
}
