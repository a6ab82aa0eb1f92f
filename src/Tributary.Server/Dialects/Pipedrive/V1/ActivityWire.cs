using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Tributary.Core.Activities;
using Tributary.Server.Hosting;

namespace Tributary.Server.Dialects.Pipedrive.V1;

/// <summary>An activity with the names that v1 shows beside it.</summary>
internal sealed record ActivityView(Activity Activity, Named Names)
{
    public static async Task<IReadOnlyList<ActivityView>> Of(Call call, IReadOnlyList<Activity> activities)
    {
        var names = await Named.Of(call, NamesOf(activities));
        return [.. activities.Select(activity => new ActivityView(activity, names))];
    }

    public static Names NamesOf(IReadOnlyList<Activity> activities) => new()
    {
        Deals = activities.Select(activity => activity.DealId),
        Persons = activities.Select(activity => activity.PersonId)
            .Concat(activities.SelectMany(activity => activity.Participants.Select(one => (long?)one.PersonId))),
        Organizations = activities.Select(activity => activity.OrgId),
        Leads = activities.Select(activity => activity.LeadId),
    };
}

/// <summary>
/// The activity of v1 (reference, V1_ACTIVITY): times without seconds, 1 and 0 where its examples have them, "" for what calendars would
/// fill.
/// </summary>
internal static class ActivityWire
{
    public static readonly Wire<ActivityView> Activity = new Wire<ActivityView>("ActivityV1")
        .Whole("id", a => a.Activity.Id)
        .Whole("company_id", a => a.Names.Catalog.Workspace.Id)
        .Whole("user_id", a => a.Activity.OwnerId)
        .Flag("done", a => a.Activity.Done)
        .Text("type", a => a.Activity.Type, nullable: false)
        .Text("reference_type", _ => null)
        .Whole("reference_id", _ => (long?)null)
        .Text("conference_meeting_client", _ => null)
        .Text("conference_meeting_url", _ => null)
        .Text("conference_meeting_id", _ => null)
        .Day("due_date", a => a.Activity.DueOn)
        .Text("due_time", a => a.Activity.DueTime ?? "", nullable: false)
        .Text("duration", a => a.Activity.DurationMinutes is { } minutes ? Duration(minutes) : "", nullable: false)
        .Flag("busy_flag", a => a.Activity.Busy)
        .Instant("add_time", a => a.Activity.AddedAt, Spell.V1Time)
        .Text("marked_as_done_time", a => a.Activity.DoneAt is { } at ? Times.Spell(at, Spell.V1Time) : "", nullable: false)
        .Text("last_notification_time", _ => null)
        .Whole("last_notification_user_id", _ => (long?)null)
        .Whole("notification_language_id", _ => (long?)null)
        .Text("subject", a => a.Activity.Subject, nullable: false)
        .Text("public_description", a => a.Activity.PublicDescription ?? "", nullable: false)
        .Text("calendar_sync_include_context", _ => "", nullable: false)
        .Text("location", a => a.Activity.Location?.Value ?? "", nullable: false)
        .Whole("org_id", a => a.Activity.OrgId)
        .Whole("person_id", a => a.Activity.PersonId)
        .Whole("deal_id", a => a.Activity.DealId)
        .Uid("lead_id", a => a.Names.Lead(a.Activity.LeadId)?.Uid)
        .Whole("project_id", _ => (long?)null)
        .Flag("active_flag", a => !a.Activity.IsDeleted)
        .Instant("update_time", a => a.Activity.UpdatedAt, Spell.V1Time)
        .Whole("update_user_id", a => a.Activity.UpdatedBy)
        .Text("gcal_event_id", _ => null)
        .Text("google_calendar_id", _ => null)
        .Text("google_calendar_etag", _ => null)
        .Text("source_timezone", _ => null)
        .Text("rec_rule", _ => null)
        .Text("rec_rule_extension", _ => null)
        .Whole("rec_master_activity_id", _ => (long?)null)
        .Json("series", new() { ["type"] = "array" }, (json, _) => Empty(json))
        .Text("note", a => a.Activity.Note)
        .Whole("created_by_user_id", a => a.Activity.CreatorId)
        .Text("location_subpremise", a => a.Activity.Location?.Subpremise)
        .Text("location_street_number", a => a.Activity.Location?.StreetNumber)
        .Text("location_route", a => a.Activity.Location?.Route)
        .Text("location_sublocality", a => a.Activity.Location?.Sublocality)
        .Text("location_locality", a => a.Activity.Location?.Locality)
        .Text("location_admin_area_level_1", a => a.Activity.Location?.Region)
        .Text("location_admin_area_level_2", a => a.Activity.Location?.District)
        .Text("location_country", a => a.Activity.Location?.Country)
        .Text("location_postal_code", a => a.Activity.Location?.PostalCode)
        .Text("location_formatted_address", a => a.Activity.Location?.FormattedAddress)
        .Json("attendees", new() { ["type"] = new JsonArray("array", "null") }, Attendees)
        .Json("participants", new() { ["type"] = new JsonArray("array", "null") }, Participants)
        .Text("org_name", a => a.Names.Organization(a.Activity.OrgId)?.Organization.Name)
        .Text("person_name", a => a.Names.Person(a.Activity.PersonId)?.Name)
        .Text("deal_title", a => a.Names.Deal(a.Activity.DealId)?.Title)
        .Text("lead_title", a => a.Names.Lead(a.Activity.LeadId)?.Title)
        .Text("owner_name", a => a.Names.User(a.Activity.OwnerId)?.Name)
        .Text("person_dropbox_bcc", a => a.Activity.PersonId is { } id ? Spell.SmartBcc(a.Names.Catalog, "person", id) : null)
        .Text("deal_dropbox_bcc", a => a.Activity.DealId is { } id ? Spell.SmartBcc(a.Names.Catalog, "deal", id) : null)
        .Whole("assigned_to_user_id", a => a.Activity.OwnerId)
        .Json("file", new() { ["type"] = "null" }, (json, _) => json.WriteNullValue());

    /// <summary>"01:30".</summary>
    public static string Duration(int minutes) => string.Create(CultureInfo.InvariantCulture, $"{minutes / 60:00}:{minutes % 60:00}");

    private static void Participants(Utf8JsonWriter json, ActivityView view)
    {
        json.WriteStartArray();
        foreach (var participant in view.Activity.Participants)
        {
            json.WriteStartObject();
            json.WriteNumber("person_id", participant.PersonId);
            json.WriteBoolean("primary_flag", participant.Primary);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    private static void Attendees(Utf8JsonWriter json, ActivityView view)
    {
        json.WriteStartArray();
        foreach (var attendee in view.Activity.Attendees)
        {
            json.WriteStartObject();
            json.WriteString("email_address", attendee.Email);
            json.WriteNumber("is_organizer", attendee.IsOrganizer ? 1 : 0);
            json.WriteString("name", attendee.Name);
            Id("person_id", attendee.PersonId);
            json.WriteString("status", attendee.Status ?? "noreply");
            Id("user_id", attendee.UserId);
            json.WriteEndObject();
        }
        json.WriteEndArray();

        void Id(string member, long? id)
        {
            if (id is { } known) json.WriteNumber(member, known);
            else json.WriteNull(member);
        }
    }

    private static void Empty(Utf8JsonWriter json)
    {
        json.WriteStartArray();
        json.WriteEndArray();
    }
}
