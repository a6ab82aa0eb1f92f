using System.Globalization;
using System.Text.Json;
using Tributary.Core.Activities;
using Tributary.Core.Contacts;
using Tributary.Core.Kernel;
using Tributary.Server.Hosting;

namespace Tributary.Server.Dialects.Pipedrive.V2;

internal sealed record ActivityView(Activity Activity, Guid? LeadUid, bool HasAttendees);

/// <summary>The activity of v2. Times of day and durations are HH:MM:SS; projects and conferences are not kept.</summary>
internal static class ActivityWire
{
    private static readonly Wire<ActivityParticipant> Participant =
        new Wire<ActivityParticipant>("ActivityParticipant").Whole("person_id", p => p.PersonId).Flag("primary", p => p.Primary);

    private static readonly Wire<ActivityAttendee> Attendee = new Wire<ActivityAttendee>("ActivityAttendee")
        .Text("email", a => a.Email)
        .Text("name", a => a.Name)
        .Text("status", a => a.Status)
        .Flag("is_organizer", a => a.IsOrganizer)
        .Whole("person_id", a => a.PersonId)
        .Whole("user_id", a => a.UserId);

    public static readonly Wire<ActivityView> Activity = new Wire<ActivityView>("Activity")
        .Whole("id", a => a.Activity.Id)
        .Text("subject", a => a.Activity.Subject, nullable: false)
        .Text("type", a => a.Activity.Type, nullable: false)
        .Whole("owner_id", a => a.Activity.OwnerId)
        .Whole("creator_user_id", a => a.Activity.CreatorId)
        .Flag("is_deleted", a => a.Activity.IsDeleted)
        .Instant("add_time", a => a.Activity.AddedAt, Spell.V2Time)
        .Instant("update_time", a => a.Activity.UpdatedAt, Spell.V2Time)
        .Whole("deal_id", a => a.Activity.DealId)
        .Uid("lead_id", a => a.LeadUid)
        .Whole("person_id", a => a.Activity.PersonId)
        .Whole("org_id", a => a.Activity.OrgId)
        .Whole("project_id", _ => null)
        .Day("due_date", a => a.Activity.DueOn)
        .Text("due_time", a => a.Activity.DueTime is { } time ? time + ":00" : null)
        .Text("duration", a => a.Activity.DurationMinutes is { } minutes ? Duration(minutes) : null)
        .Flag("busy", a => a.Activity.Busy)
        .Flag("done", a => a.Activity.Done)
        .Instant("marked_as_done_time", a => a.Activity.DoneAt, Spell.V2Time)
        .Object("location", a => Address(a.Activity.Location), ContactParts.Address)
        .Objects("participants", a => a.Activity.Participants, Participant)
        .Objects("attendees", a => a.Activity.Attendees, Attendee, "Of lists and single reads only with include_fields.",
            when: a => a.HasAttendees)
        .Text("conference_meeting_client", _ => null)
        .Text("conference_meeting_url", _ => null)
        .Text("conference_meeting_id", _ => null)
        .Text("public_description", a => a.Activity.PublicDescription)
        .Whole("priority", a => a.Activity.Priority)
        .Text("note", a => a.Activity.Note);

    public static readonly Wire<ActivityView> One = Envelope.One(Activity);
    public static readonly PageOf<ActivityView> Page = new(Activity);

    private static string Duration(int minutes) => string.Create(CultureInfo.InvariantCulture, $"{minutes / 60:00}:{minutes % 60:00}:00");

    private static PostalAddress? Address(ActivityLocation? location) => location is null ? null : new()
    {
        Value = location.Value,
        Country = location.Country,
        AdminAreaLevel1 = location.Region,
        AdminAreaLevel2 = location.District,
        Locality = location.Locality,
        Sublocality = location.Sublocality,
        Route = location.Route,
        StreetNumber = location.StreetNumber,
        Subpremise = location.Subpremise,
        PostalCode = location.PostalCode,
    };
}

/// <summary>What v2 reads of an activity.</summary>
internal static class ActivityBody
{
    private const int MostPeople = 200;

    private static readonly Member<string> Subject = Members.Text("subject", "The name of the type when left out.", 255);
    private static readonly Member<string> Type =
        Members.Text("type", "The key of an activity type; the first of them when left out.", 100);
    private static readonly Member<long> DealId = Members.Id("deal_id", "").Nullable();
    private static readonly Member<Guid> LeadId = Members.Uid("lead_id", "").Nullable();
    private static readonly Member<long> PersonId = Members.Id("person_id", "The primary participant.").Nullable();
    private static readonly Member<long> OrgId = Members.Id("org_id", "").Nullable();
    private static readonly Member<long> ProjectId = Members.Id("project_id", "Only null: there are no projects here.").Nullable();
    private static readonly Member<DateOnly> DueDate = Members.Day("due_date", "").Nullable();
    private static readonly Member<string> DueTime = Clock("due_time", "HH:MM or HH:MM:SS; null is all day.", hours: 23);
    private static readonly Member<string> Duration = Clock("duration", "HH:MM or HH:MM:SS.", hours: 8783);
    private static readonly Member<bool> Busy = Members.Flag("busy", "");
    private static readonly Member<bool> Done = Members.Flag("done", "");
    private static readonly Member<PostalAddress> Location = ContactParts.AddressMember("location");
    private static readonly Member<bool> Primary = Members.Flag("primary", "");
    private static readonly Member<string> Email = Members.Text("email", "", 255).Nullable();
    private static readonly Member<string> AttendeeName = Members.Text("name", "", 255).Nullable();
    private static readonly Member<string> AttendeeStatus = Members.Text("status", "", 40).Nullable();
    private static readonly Member<bool> IsOrganizer = Members.Flag("is_organizer", "");
    private static readonly Member<long> AttendeePerson = Members.Id("person_id", "").Nullable();
    private static readonly Member<long> AttendeeUser = Members.Id("user_id", "").Nullable();
    private static readonly Member<long> ParticipantId = Members.Id("person_id", "");
    private static readonly Member<string> PublicDescription = Members.Text("public_description", "", 100_000).Nullable();
    private static readonly Member<long> Priority = Members.Whole("priority", "", 0, 1_000_000_000).Nullable();
    private static readonly Member<string> Note = Members.Text("note", "", 100_000).Nullable();

    private static readonly Member<Seq<ActivityParticipant>> Participants = Members.List("participants", "The whole list.",
        Members.Object("", "", new("ActivityParticipantBody", ParticipantId.Required(), Primary),
            body => new ActivityParticipant(body.Get(ParticipantId).Or(0), body.Get(Primary).Or(false))), MostPeople).Nullable();

    private static readonly Member<Seq<ActivityAttendee>> Attendees = Members.List("attendees", "The whole list.",
        Members.Object("", "", new("ActivityAttendeeBody", Email, AttendeeName, AttendeeStatus, IsOrganizer, AttendeePerson, AttendeeUser),
            ReadAttendee), MostPeople).Nullable();

    private static readonly Member[] Both =
    [
        Subject, Type, ContactParts.OwnerId, DealId, LeadId, PersonId, OrgId, ProjectId, DueDate, DueTime, Duration, Busy, Done, Location,
        Participants, Attendees, PublicDescription, Priority, Note,
    ];

    public static readonly Shape New = new("NewActivity", Both);
    public static readonly Shape Changes = new("ActivityChanges", Both);

    public static (ActivityPatch Patch, Field<Guid?> Lead) Read(Body body)
    {
        if (body.Clearable(ProjectId) is { IsSet: true, Value: not null })
        {
            body.Fail("project_id", "project_id must be null: there are no projects here.");
        }
        var patch = new ActivityPatch
        {
            Subject = body.Get(Subject),
            Type = body.Get(Type),
            OwnerId = body.Get(ContactParts.OwnerId).As(id => (long?)id),
            DealId = body.Clearable(DealId),
            PersonId = body.Clearable(PersonId),
            OrgId = body.Clearable(OrgId),
            DueOn = body.Clearable(DueDate),
            DueTime = body.ClearableText(DueTime),
            DurationMinutes = body.ClearableText(Duration).As(Minutes),
            Busy = body.Get(Busy),
            Done = body.Get(Done),
            Location = body.ClearableObject(Location).As(address => address is null ? null : Of(address)),
            Participants = body.ClearableList(Participants),
            Attendees = body.ClearableList(Attendees),
            PublicDescription = body.ClearableText(PublicDescription),
            Priority = body.Clearable(Priority),
            Note = body.ClearableText(Note),
        };
        return (patch, body.Clearable(LeadId));
    }

    private static int? Minutes(string? time) => time?.Split(':') is [var hours, var minutes]
        ? int.Parse(hours, CultureInfo.InvariantCulture) * 60 + int.Parse(minutes, CultureInfo.InvariantCulture) : null;

    private static ActivityAttendee ReadAttendee(Body body) => new()
    {
        Email = body.ClearableText(Email).Or(null),
        Name = body.ClearableText(AttendeeName).Or(null),
        Status = body.ClearableText(AttendeeStatus).Or(null),
        IsOrganizer = body.Get(IsOrganizer).Or(false),
        PersonId = body.Clearable(AttendeePerson).Or(null),
        UserId = body.Clearable(AttendeeUser).Or(null),
    };

    private static ActivityLocation Of(PostalAddress address) => new()
    {
        Value = address.Value,
        Country = address.Country,
        Region = address.AdminAreaLevel1,
        District = address.AdminAreaLevel2,
        Locality = address.Locality,
        Sublocality = address.Sublocality,
        Route = address.Route,
        StreetNumber = address.StreetNumber,
        Subpremise = address.Subpremise,
        PostalCode = address.PostalCode,
    };

    /// <summary>Hours and minutes, "HH:mm"; seconds are read and dropped.</summary>
    private static Member<string> Clock(string name, string description, int hours) => new Member<string>(name, description)
    {
        Accepts = "must be HH:MM or HH:MM:SS",
        Schema = () => new() { ["type"] = "string", ["format"] = "time" },
        FromJson = (JsonElement json, ReadingPolicy _, out string value) =>
            TryClock(Members.TryText(json, out var text) ? text : "", hours, out value),
        FromText = (string text, ReadingPolicy _, out string value) => TryClock(text, hours, out value),
    }.Nullable();

    private static bool TryClock(string text, int most, out string value)
    {
        value = "";
        var parts = text.Split(':');
        if (parts.Length is not (2 or 3) || parts.Any(part => part.Length is 0 or > 4 || !part.All(char.IsAsciiDigit))) return false;
        var (hours, minutes) = (int.Parse(parts[0], CultureInfo.InvariantCulture), int.Parse(parts[1], CultureInfo.InvariantCulture));
        value = string.Create(CultureInfo.InvariantCulture, $"{hours:00}:{minutes:00}");
        return hours <= most && minutes <= 59 && (parts.Length == 2 || int.Parse(parts[2], CultureInfo.InvariantCulture) <= 59);
    }
}
