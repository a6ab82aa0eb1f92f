using Tributary.Core.Contacts;
using Tributary.Server.Hosting;

namespace Tributary.Server.Dialects.Pipedrive.V2;

internal sealed record PersonView(Person Person, RecordSelection Asked, ContactCounts? Counts)
{
    public bool Shows(string extra) => Asked.Extras.Contains(extra);
}

/// <summary>The person of v2.</summary>
internal static class PersonWire
{
    public static readonly Wire<PersonView> Person = new Wire<PersonView>("Person")
        .Whole("id", p => p.Person.Id)
        .Text("name", p => p.Person.Name, nullable: false)
        .Text("first_name", p => p.Person.FirstName)
        .Text("last_name", p => p.Person.LastName)
        .Whole("owner_id", p => p.Person.OwnerId)
        .Whole("org_id", p => p.Person.OrgId)
        .Instant("add_time", p => p.Person.AddedAt, Spell.V2Time)
        .Instant("update_time", p => p.Person.UpdatedAt, Spell.V2Time)
        .Objects("emails", p => p.Person.Emails, ContactParts.Point)
        .Objects("phones", p => p.Person.Phones, ContactParts.Point)
        .Flag("is_deleted", p => p.Person.IsDeleted)
        .Whole("visible_to", p => p.Person.VisibleTo)
        .Wholes("label_ids", p => p.Person.LabelIds)
        .Whole("picture_id", _ => null, "Pictures are not kept.")
        .Json("custom_fields", CustomFields.Schema(),
            (json, p) => CustomFields.Write(json, p.Asked.Fields, p.Person.Custom, p.Asked.HasOptionLabels))
        .Text("notes", p => p.Person.Notes)
        .Objects("im", p => p.Person.Im, ContactParts.Point)
        .Day("birthday", p => p.Person.Birthday)
        .Text("job_title", p => p.Person.JobTitle)
        .Object("postal_address", p => p.Person.Address, ContactParts.Address)
        .Objects("labels", p => ContactParts.Labels(p.Asked.Catalog, p.Person.LabelIds), ContactParts.Label, "Only with include_labels.",
            when: p => p.Asked.HasLabels)
        .WithCounts(p => p.Counts, (p, name) => p.Shows(name))
        .Whole("participant_open_deals_count", p => p.Counts?.ParticipantOpenDeals ?? 0, when: p => p.Shows("participant_open_deals_count"))
        .Whole("participant_closed_deals_count", p => p.Counts?.ParticipantClosedDeals ?? 0,
            when: p => p.Shows("participant_closed_deals_count"))
        .Instant("last_incoming_mail_time", p => p.Counts?.LastIncomingMailAt, Spell.V2Time, when: p => p.Shows("last_incoming_mail_time"))
        .Instant("last_outgoing_mail_time", p => p.Counts?.LastOutgoingMailAt, Spell.V2Time, when: p => p.Shows("last_outgoing_mail_time"))
        .Text("marketing_status", p => p.Person.MarketingStatus ?? "no_consent", when: p => p.Shows("marketing_status"))
        .Whole("doi_status", _ => null, when: p => p.Shows("doi_status"))
        .Text("smart_bcc_email", p => Spell.SmartBcc(p.Asked.Catalog, "person", p.Person.Id), when: p => p.Shows("smart_bcc_email"));

    public static readonly Wire<PersonView> One = Envelope.One(Person);
    public static readonly PageOf<PersonView> Page = new(Person);

    /// <summary>Whether a member of include_fields is counted, and not kept with the person.</summary>
    public static bool IsCounted(string extra) =>
        extra.EndsWith("_count", StringComparison.Ordinal) || extra.EndsWith("_activity_id", StringComparison.Ordinal);
}
