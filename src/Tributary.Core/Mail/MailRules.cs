using System.Text;
using Tributary.Core.Kernel;
using Tributary.Core.Notes;

namespace Tributary.Core.Mail;

/// <summary>What the rules must know beside the patch; the verb looks it up.</summary>
internal sealed record MailContext
{
    public required Caller Caller { get; init; }
    public required DateTimeOffset Now { get; init; }

    /// <summary>One refusal for each named record that is not there for the caller.</summary>
    public Seq<FieldError> Missing { get; init; } = [];

    /// <summary>Folded address → person, of those the caller sees.</summary>
    public IReadOnlyDictionary<string, long> Persons { get; init; } = new Dictionary<string, long>();
}

/// <summary>What may happen to a message. Pure.</summary>
internal static class MailRules
{
    public const int MaxSubject = 998;
    public const int MaxSnippet = 255;
    public const int MaxBodyBytes = 1024 * 1024;
    public const int MaxParties = 500;
    public const int MaxAddress = 320;

    /// <summary>A new message, without ids and thread, which storage gives.</summary>
    public static MailMessage Create(MailPatch patch, MailContext context)
    {
        var checks = new Checks();
        var added = patch.AddedAt.Or(context.Now);
        var body = patch.Body.Or(null);
        if (body is not null)
        {
            checks.OptionalText("body", body, MaxBodyBytes);
            checks.Require(Encoding.UTF8.GetByteCount(body) <= MaxBodyBytes, "body", $"body has at most {MaxBodyBytes} bytes.");
        }
        checks.Require(patch.DealId.Or(null) is not null || patch.LeadId.Or(null) is not null, "deal_id",
            "A message belongs to a deal or a lead.");
        var created = new MailMessage
        {
            Id = 0,
            Uid = default,
            ThreadId = 0,
            Direction = patch.Direction.Or(MailDirection.Incoming),
            Subject = checks.OptionalText("subject", patch.Subject.Or(""), MaxSubject) ?? "",
            Snippet = checks.OptionalText("snippet", patch.Snippet.IsSet ? patch.Snippet.Value : Beginning(body ?? ""), MaxSnippet) ?? "",
            Body = body,
            Parties = Parties(checks, patch.Parties.Or(new()), context.Persons),
            UserId = patch.UserId.Or(context.Caller.UserId),
            MessageAt = patch.MessageAt.Or(added),
            AddedAt = added,
            UpdatedAt = added,
            Version = 1,
        };
        created = Fill(created, patch, context, checks);
        checks.Done();
        return created with { UpdatedAt = patch.UpdatedAt.Or(added) };
    }

    /// <returns>The same instance when nothing would change.</returns>
    public static MailMessage Apply(MailMessage message, MailPatch patch, MailContext context)
    {
        Problem.MustBeAt(patch.ExpectedVersion, message.Version, "mail_message", message.Id);
        if (message.IsDeleted && patch.Deleted is not { IsSet: true, Value: false }) throw Problem.NotFound("mail_message", message.Id);

        var checks = new Checks();
        var after = Fill(message, patch, context, checks);
        checks.Require(after.DealId is not null || after.LeadId is not null, "deal_id", "A message belongs to a deal or a lead.");
        checks.Done();
        return after == message ? message : after with
        {
            UpdatedAt = context.Now,
            UpdatedBy = context.Caller.UserId,
            Version = message.Version + 1,
        };
    }

    private static MailMessage Fill(MailMessage message, MailPatch patch, MailContext context, Checks checks)
    {
        foreach (var missing in context.Missing) checks.Fail(missing.Field, missing.Message);
        return message with
        {
            DealId = patch.DealId.Or(message.DealId),
            LeadId = patch.LeadId.Or(message.LeadId),
            IsRead = patch.IsRead.Or(message.IsRead),
            IsDraft = patch.IsDraft.Or(message.IsDraft),
            HasAttachments = patch.HasAttachments.Or(message.HasAttachments),
            DeletedAt = patch.Deleted.IsSet ? patch.Deleted.Value ? message.DeletedAt ?? context.Now : null : message.DeletedAt,
        };
    }

    private static MailParties Parties(Checks checks, MailParties parties, IReadOnlyDictionary<string, long> persons)
    {
        checks.Require(parties.All.Count() <= MaxParties, "to", $"A message has at most {MaxParties} parties.");
        checks.Require(parties.From.Count <= 1, "from", "A message is from one party.");
        return new()
        {
            From = Each("from", parties.From),
            To = Each("to", parties.To),
            Cc = Each("cc", parties.Cc),
            Bcc = Each("bcc", parties.Bcc),
        };

        Seq<MailParty> Each(string field, Seq<MailParty> list) => [.. list.Select(party =>
        {
            var email = checks.Text(field, party.Email, MaxAddress);
            return new MailParty(email, checks.OptionalText(field, party.Name, 255),
                persons.TryGetValue(Folding.Fold(email), out var person) ? person : null);
        })];
    }

    private static string Beginning(string body)
    {
        var text = string.Join(' ', NoteSearch.Words(body.Length > 8_000 ? body[..8_000] : body)
            .Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        if (text.Length <= MaxSnippet) return text;
        return char.IsHighSurrogate(text[MaxSnippet - 1]) ? text[..(MaxSnippet - 1)] : text[..MaxSnippet];
    }
}
