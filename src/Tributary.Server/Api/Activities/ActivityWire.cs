using Tributary.Core.Activities;
using Tributary.Server.Hosting;

namespace Tributary.Server.Api.Activities;

/// <summary>How our own API spells an activity.</summary>
internal static class ActivityWire
{
    private static readonly Wire<ActivityParticipant> Participant =
        new Wire<ActivityParticipant>("ActivityParticipant", "A person who takes part.")
        .Whole("person_id", p => p.PersonId)
        .Flag("primary", p => p.Primary);

    private static readonly Wire<ActivityAttendee> Attendee =
        new Wire<ActivityAttendee>("ActivityAttendee", "Someone invited, known to the workspace or not.")
        .Text("email", a => a.Email)
        .Text("name", a => a.Name)
        .Text("status", a => a.Status, "accepted, declined, noreply, …")
        .Flag("is_organizer", a => a.IsOrganizer)
        .Whole("person_id", a => a.PersonId)
        .Whole("user_id", a => a.UserId);

    private static readonly Wire<ActivityLocation> Location = new Wire<ActivityLocation>("ActivityLocation", "Where it happens.")
        .Text("value", l => l.Value)
        .Text("country", l => l.Country)
        .Text("region", l => l.Region, "The country's first division: a state, a county.")
        .Text("district", l => l.District)
        .Text("locality", l => l.Locality)
        .Text("sublocality", l => l.Sublocality)
        .Text("route", l => l.Route)
        .Text("street_number", l => l.StreetNumber)
        .Text("subpremise", l => l.Subpremise)
        .Text("postal_code", l => l.PostalCode)
        .Text("formatted_address", l => l.FormattedAddress);

    public static readonly Wire<Activity> Activity = new Wire<Activity>("Activity", "Something to do or done: a call, a meeting, a task.")
        .Whole("id", a => a.Id)
        .Uid("uid", a => a.Uid)
        .Text("type", a => a.Type, "The key of an activity type.", nullable: false)
        .Text("subject", a => a.Subject, nullable: false)
        .Text("note", a => a.Note, "HTML as it was given; whoever shows it must sanitise it.")
        .Text("public_description", a => a.PublicDescription)
        .Whole("deal_id", a => a.DealId)
        .Whole("lead_id", a => a.LeadId)
        .Whole("person_id", a => a.PersonId, "The primary participant.")
        .Whole("org_id", a => a.OrgId)
        .Whole("owner_id", a => a.OwnerId)
        .Whole("creator_id", a => a.CreatorId)
        .Day("due_on", a => a.DueOn)
        .Text("due_time", a => a.DueTime, "HH:mm; null means all day.")
        .Whole("duration_minutes", a => a.DurationMinutes)
        .Flag("busy", a => a.Busy)
        .Word("status", a => Words.Spell(Words.ActivityStatuses, a.Status), Words.Spellings(Words.ActivityStatuses))
        .Flag("done", a => a.Done, "Exactly when the status is completed.")
        .Instant("done_at", a => a.DoneAt, TimeStyle.IsoMilliseconds)
        .Whole("priority", a => a.Priority)
        .Object("location", a => a.Location, Location)
        .Objects("participants", a => a.Participants, Participant)
        .Objects("attendees", a => a.Attendees, Attendee)
        .Instant("added_at", a => a.AddedAt, TimeStyle.IsoMilliseconds)
        .Instant("updated_at", a => a.UpdatedAt, TimeStyle.IsoMilliseconds)
        .Whole("updated_by", a => a.UpdatedBy)
        .Instant("deleted_at", a => a.DeletedAt, TimeStyle.IsoMilliseconds)
        .Whole("version", a => a.Version, "Also the ETag.");
}
