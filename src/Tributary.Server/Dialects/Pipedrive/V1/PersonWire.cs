using System.Text.Json.Nodes;
using Tributary.Core.Catalog;
using Tributary.Core.Contacts;
using Tributary.Server.Hosting;

namespace Tributary.Server.Dialects.Pipedrive.V1;

/// <summary>A person with what v1 counts and names of it.</summary>
internal sealed record PersonView(Person Person, Named Names, ContactCounts? Counts)
{
    public WorkspaceCatalog Catalog => Names.Catalog;

    /// <summary>The person that was merged into this one, in the answer to that merge.</summary>
    public long? MergedId { get; init; }

    public static async Task<IReadOnlyList<PersonView>> Of(Call call, IReadOnlyList<Person> persons)
    {
        var counts = persons.Count == 0 ? new Dictionary<long, ContactCounts>()
            : await call.Service<PersonService>()
            .Counts(call.Caller with { Scopes = ["read"] }, [.. persons.Select(person => person.Id)], call.Ct);
        var names = await Named.Of(call, new()
        {
            Organizations = persons.Select(person => person.OrgId),
            Activities = counts.Values.SelectMany(count => new[] { count.NextActivityId, count.LastActivityId }),
        });
        return [.. persons.Select(person => new PersonView(person, names, counts.GetValueOrDefault(person.Id)))];
    }

    public static RelatedObjects Related(IReadOnlyList<PersonView> views) =>
        views.Count == 0 ? new() : views[0].Names.Related(views.Select(view => view.Person.OwnerId)) with
        {
            Persons = views.Select(view => view.Person),
        };
}

/// <summary>
/// The person of v1 (reference, V1_PERSON): its owner and organization stand in it as objects, or as plain ids. Persons have no pictures
/// here.
/// </summary>
internal static class PersonWire
{
    public static readonly Wire<PersonView> Person = Build(new Wire<PersonView>("PersonV1")
        .Whole("id", p => p.Person.Id)
        .Whole("company_id", p => p.Catalog.Workspace.Id)
        .Object("owner_id", p => p.Catalog.User(p.Person.OwnerId), Cards.PersonsUser)
        .Object("org_id", p => p.Names.Organization(p.Person.OrgId), Cards.LabelledOrganization));

    /// <summary>With plain ids: the survivor of a merge, and among what is recent.</summary>
    public static readonly Wire<PersonView> Plain = Build(new Wire<PersonView>("PlainPersonV1")
        .Whole("id", p => p.Person.Id)
        .Whole("company_id", p => p.Catalog.Workspace.Id)
        .Whole("owner_id", p => p.Person.OwnerId)
        .Whole("org_id", p => p.Person.OrgId)
        .Whole("merge_what_id", p => p.MergedId));

    public static string? FirstChar(string name) => name.Length == 0 ? null : name[..1].ToLowerInvariant();

    public static JsonObject Points() => new() { ["type"] = "array", ["items"] = new JsonObject { ["type"] = "object" } };

    private static Wire<PersonView> Build(Wire<PersonView> wire) => wire
        .Text("name", p => p.Person.Name, nullable: false)
        .Text("first_name", p => p.Person.FirstName)
        .Text("last_name", p => p.Person.LastName)
        .Whole("open_deals_count", p => p.Counts?.OpenDeals ?? 0)
        .Whole("related_open_deals_count", p => (p.Counts?.OpenDeals ?? 0) + (p.Counts?.ParticipantOpenDeals ?? 0))
        .Whole("closed_deals_count", p => p.Counts?.ClosedDeals ?? 0)
        .Whole("related_closed_deals_count", p => (p.Counts?.ClosedDeals ?? 0) + (p.Counts?.ParticipantClosedDeals ?? 0))
        .Whole("participant_open_deals_count", p => p.Counts?.ParticipantOpenDeals ?? 0)
        .Whole("participant_closed_deals_count", p => p.Counts?.ParticipantClosedDeals ?? 0)
        .Whole("email_messages_count", p => p.Counts?.MailMessages ?? 0)
        .Whole("activities_count", p => p.Counts?.Activities ?? 0)
        .Whole("done_activities_count", p => p.Counts?.DoneActivities ?? 0)
        .Whole("undone_activities_count", p => p.Counts?.UndoneActivities ?? 0)
        .Whole("files_count", p => p.Counts?.Files ?? 0)
        .Whole("notes_count", p => p.Counts?.Notes ?? 0)
        .Whole("followers_count", p => p.Counts?.Followers ?? 0)
        .Whole("won_deals_count", p => p.Counts?.WonDeals ?? 0)
        .Whole("related_won_deals_count", p => p.Counts?.WonDeals ?? 0)
        .Whole("lost_deals_count", p => p.Counts?.LostDeals ?? 0)
        .Whole("related_lost_deals_count", p => p.Counts?.LostDeals ?? 0)
        .Flag("active_flag", p => !p.Person.IsDeleted)
        .Json("phone", Points(), (json, p) => Cards.Points(json, p.Person.Phones))
        .Json("email", Points(), (json, p) => Cards.Points(json, p.Person.Emails))
        .Text("primary_email", p => p.Person.Email)
        .Text("first_char", p => FirstChar(p.Person.Name))
        .Instant("update_time", p => p.Person.UpdatedAt, Spell.V1Time)
        .Instant("add_time", p => p.Person.AddedAt, Spell.V1Time)
        .Text("visible_to", p => V1Words.Level(p.Person.VisibleTo), nullable: false)
        .Text("marketing_status", p => p.Person.MarketingStatus ?? "no_consent", nullable: false)
        .Json("picture_id", new() { ["type"] = "null" }, (json, _) => json.WriteNullValue())
        .Day("next_activity_date", p => Next(p)?.DueOn)
        .Text("next_activity_time", p => Next(p)?.DueTime is { } time ? time + ":00" : null)
        .Whole("next_activity_id", p => p.Counts?.NextActivityId)
        .Whole("last_activity_id", p => p.Counts?.LastActivityId)
        .Day("last_activity_date", p => p.Names.Activity(p.Counts?.LastActivityId)?.DueOn)
        .Instant("last_incoming_mail_time", p => p.Counts?.LastIncomingMailAt, Spell.V1Time)
        .Instant("last_outgoing_mail_time", p => p.Counts?.LastOutgoingMailAt, Spell.V1Time)
        .Whole("label", p => p.Person.LabelIds.Count == 0 ? null : p.Person.LabelIds[0])
        .Wholes("label_ids", p => p.Person.LabelIds)
        .Text("org_name", p => p.Names.Organization(p.Person.OrgId)?.Organization.Name)
        .Text("owner_name", p => p.Catalog.User(p.Person.OwnerId)?.Name)
        .Text("cc_email", p => Spell.SmartBcc(p.Catalog, "person", p.Person.Id), nullable: false)
        .Open((json, p) => CustomFields.Write(json, p.Catalog, "person", p.Person.Custom));

    private static Core.Activities.Activity? Next(PersonView person) => person.Names.Activity(person.Counts?.NextActivityId);
}
