using System.Text.Json;
using System.Text.Json.Nodes;
using Tributary.Core.Kernel;
using Tributary.Core.Mail;
using Tributary.Server.Hosting;

namespace Tributary.Server.Dialects.Pipedrive.V1;

/// <summary>A message with the names of the persons who wrote and received it.</summary>
internal sealed record MailView(MailMessage Mail, Named Names)
{
    public static Names NamesOf(IReadOnlyList<MailMessage> messages) =>
        new() { Persons = messages.SelectMany(message => Parties(message).Select(party => party.PersonId)) };

    private static IEnumerable<MailParty> Parties(MailMessage mail) =>
        [.. mail.Parties.From, .. mail.Parties.To, .. mail.Parties.Cc, .. mail.Parties.Bcc];
}

/// <summary>The mail message of v1 (reference, MAIL_MESSAGE): flags are 1 and 0, times have milliseconds.</summary>
internal static class MailWire
{
    private static readonly JsonObject PartySchema = new()
    {
        ["type"] = "array",
        ["items"] = new JsonObject { ["type"] = "object", ["additionalProperties"] = true },
    };

    public static readonly Wire<MailView> Message = new Wire<MailView>("MailMessageV1")
        .Whole("id", m => m.Mail.Id)
        .Json("from", (JsonObject)PartySchema.DeepClone(), (json, m) => Parties(json, m, m.Mail.Parties.From))
        .Json("to", (JsonObject)PartySchema.DeepClone(), (json, m) => Parties(json, m, m.Mail.Parties.To))
        .Json("cc", (JsonObject)PartySchema.DeepClone(), (json, m) => Parties(json, m, m.Mail.Parties.Cc))
        .Json("bcc", (JsonObject)PartySchema.DeepClone(), (json, m) => Parties(json, m, m.Mail.Parties.Bcc))
        .Text("body_url", _ => "", nullable: false)
        .Text("nylas_id", _ => "", nullable: false)
        .Text("account_id", _ => "", nullable: false)
        .Whole("user_id", m => m.Mail.UserId)
        .Whole("mail_thread_id", m => m.Mail.ThreadId)
        .Text("subject", m => m.Mail.Subject, nullable: false)
        .Text("snippet", m => m.Mail.Snippet, nullable: false)
        .Text("body", m => m.Mail.Body, "Only with include_body=1.", when: m => m.Mail.Body is not null)
        .Text("mail_tracking_status", _ => null)
        .Whole("mail_link_tracking_enabled_flag", _ => 0L)
        .Whole("read_flag", m => m.Mail.IsRead ? 1L : 0L)
        .Text("draft", _ => "", nullable: false)
        .Text("s3_bucket", _ => "", nullable: false)
        .Text("s3_bucket_path", _ => "", nullable: false)
        .Whole("draft_flag", m => m.Mail.IsDraft ? 1L : 0L)
        .Whole("synced_flag", _ => 1L)
        .Whole("deleted_flag", m => m.Mail.IsDeleted ? 1L : 0L)
        .Flag("external_deleted_flag", _ => false)
        .Whole("has_body_flag", _ => 1L)
        .Whole("sent_flag", m => m.Mail.Direction is MailDirection.Outgoing ? 1L : 0L)
        .Whole("sent_from_pipedrive_flag", _ => 0L)
        .Whole("smart_bcc_flag", _ => 0L)
        .Instant("message_time", m => m.Mail.MessageAt, TimeStyle.IsoMilliseconds)
        .Instant("add_time", m => m.Mail.AddedAt, TimeStyle.IsoMilliseconds)
        .Instant("update_time", m => m.Mail.UpdatedAt, TimeStyle.IsoMilliseconds)
        .Whole("has_attachments_flag", m => m.Mail.HasAttachments ? 1L : 0L)
        .Whole("has_inline_attachments_flag", _ => 0L)
        .Whole("has_real_attachments_flag", m => m.Mail.HasAttachments ? 1L : 0L)
        .Text("mua_message_id", m => $"{m.Mail.Uid:D}", nullable: false)
        .Whole("template_id", _ => (long?)null)
        .Text("item_type", _ => "mailMessage", nullable: false)
        .Instant("timestamp", m => m.Mail.MessageAt, TimeStyle.IsoMilliseconds)
        .Whole("company_id", m => m.Names.Catalog.Workspace.Id)
        .Json("attachments", (JsonObject)PartySchema.DeepClone(), (json, _) => json.WriteRawValue("[]"));

    /// <summary>As lists have it: {"object","timestamp","data"}.</summary>
    public static readonly Wire<MailView> Item = new Wire<MailView>("MailItemV1")
        .Text("object", _ => "mailMessage", nullable: false)
        .Instant("timestamp", m => m.Mail.MessageAt, Spell.V1Time)
        .Object("data", m => m, Message);

    private static void Parties(Utf8JsonWriter json, MailView view, Seq<MailParty> parties)
    {
        json.WriteStartArray();
        foreach (var (party, i) in parties.Select((party, i) => (party, i)))
        {
            json.WriteStartObject();
            json.WriteNumber("id", i + 1);
            json.WriteString("email_address", party.Email);
            json.WriteString("name", party.Name ?? "");
            if (party.PersonId is { } person) json.WriteNumber("linked_person_id", person);
            else json.WriteNull("linked_person_id");
            json.WriteString("linked_person_name", view.Names.Person(party.PersonId)?.Name ?? "");
            json.WriteNumber("mail_message_party_id", i + 1);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }
}
