using Tributary.Core.Activities;
using Tributary.Core.Catalog;
using Tributary.Core.Kernel;
using Tributary.Server.Hosting;

namespace Tributary.Server.Api.Activities;

/// <summary>What our own API reads of an activity. Members left out keep their value; null clears.</summary>
internal static class ActivityBody
{
    private static readonly Member<long> NeededPersonId = Members.Id("person_id", "").Required();
    private static readonly Member<bool> Primary = Members.Flag("primary", "At most one is; left out of all of them, the first.");
    private static readonly Member<string> Email = Members.Text("email", "").Nullable();
    private static readonly Member<string> Name = Members.Text("name", "").Nullable();
    private static readonly Member<string> AttendeeStatus = Members.Text("status", "accepted, declined, noreply, …", 40).Nullable();
    private static readonly Member<bool> IsOrganizer = Members.Flag("is_organizer", "");
    private static readonly Member<long> UserId = Members.Id("user_id", "").Nullable();

    private static readonly Member<string> Value = Part("value", 1000);
    private static readonly Member<string> Country = Part("country");
    private static readonly Member<string> Region = Part("region");
    private static readonly Member<string> District = Part("district");
    private static readonly Member<string> Locality = Part("locality");
    private static readonly Member<string> Sublocality = Part("sublocality");
    private static readonly Member<string> Route = Part("route");
    private static readonly Member<string> StreetNumber = Part("street_number");
    private static readonly Member<string> Subpremise = Part("subpremise");
    private static readonly Member<string> PostalCode = Part("postal_code");
    private static readonly Member<string> FormattedAddress = Part("formatted_address", 1000);

    private static readonly Member<string> Type =
        Members.Text("type", "The key of an active activity type; left out: the first of them.", 100);
    private static readonly Member<string> Subject = Members.Text("subject", "Left out: the name of the type.");
    private static readonly Member<string> Note = Members.Text("note", "HTML is kept as it is.", 100_000).Nullable();
    private static readonly Member<string> PublicDescription = Members.Text("public_description", "", 100_000).Nullable();
    private static readonly Member<DateOnly> DueOn = Members.Day("due_on", "").Nullable();
    private static readonly Member<string> DueTime = Members.Text("due_time", "HH:mm; null means all day.").Nullable();
    private static readonly Member<long> DurationMinutes = Members.Whole("duration_minutes", "", 0, int.MaxValue).Nullable();
    private static readonly Member<bool> Busy = Members.Flag("busy", "");
    private static readonly Member<ActivityStatus> Status = Members.Word("status", "", Words.ActivityStatuses);
    private static readonly Member<bool> Done = Members.Flag("done", "true completes; false reopens what was completed.");
    private static readonly Member<DateTimeOffset> DoneAt = Members.Instant("done_at", "Only of what is done; left out: now.").Nullable();
    private static readonly Member<long> Priority = Members.Whole("priority", "").Nullable();
    private static readonly Member<ActivityLocation> Location = Members.Object("location", "Written whole: parts left out are none.",
        new("ActivityLocationBody", Value, Country, Region, District, Locality, Sublocality, Route, StreetNumber, Subpremise, PostalCode,
            FormattedAddress), ReadLocation).Nullable();
    private static readonly Member<Seq<ActivityParticipant>> Participants = Members.List("participants", "The whole list.",
        Members.Object("participants", "", new("ActivityParticipantBody", NeededPersonId, Primary),
            body => new ActivityParticipant(body.Get(NeededPersonId).Or(0), body.Get(Primary).Or(false))), ActivityLists);
    private static readonly Member<Seq<ActivityAttendee>> Attendees = Members.List("attendees", "The whole list.",
        Members.Object("attendees", "",
            new("ActivityAttendeeBody", Email, Name, AttendeeStatus, IsOrganizer, RecordMembers.PersonId, UserId), ReadAttendee),
            ActivityLists);

    private const int ActivityLists = 200;

    private static readonly Member[] Both =
    [
        Type, Subject, Note, PublicDescription, RecordMembers.DealId, RecordMembers.LeadId, RecordMembers.PersonId, RecordMembers.OrgId,
        RecordMembers.OwnerId, DueOn, DueTime, DurationMinutes, Busy,
        Status, Done, DoneAt, Priority, Location, Participants, Attendees,
    ];

    public static readonly Shape New = new("NewActivity", [.. Both, RecordMembers.CreatorId, .. RecordMembers.Imported]);
    public static readonly Shape Patch = new("ActivityPatch", [.. Both, Versions.Member]);

    public static ActivityPatch Read(Body body, WorkspaceCatalog catalog, long? ifMatch) => new()
    {
        ExpectedVersion = RecordMembers.Expected(body, ifMatch),
        Type = body.Get(Type),
        Subject = body.Get(Subject),
        Note = body.ClearableText(Note),
        PublicDescription = body.ClearableText(PublicDescription),
        DealId = body.Clearable(RecordMembers.DealId),
        LeadId = body.Clearable(RecordMembers.LeadId),
        PersonId = body.Clearable(RecordMembers.PersonId),
        OrgId = body.Clearable(RecordMembers.OrgId),
        OwnerId = body.Clearable(RecordMembers.OwnerId),
        DueOn = body.Clearable(DueOn),
        DueTime = body.ClearableText(DueTime),
        DurationMinutes = body.Clearable(DurationMinutes).As(minutes => (int?)minutes),
        Busy = body.Get(Busy),
        Status = body.Get(Status),
        Done = body.Get(Done),
        DoneAt = body.Clearable(DoneAt),
        Priority = body.Clearable(Priority),
        Location = body.ClearableObject(Location),
        Participants = body.ClearableList(Participants),
        Attendees = body.ClearableList(Attendees),
        CreatorId = body.Clearable(RecordMembers.CreatorId),
        Id = body.Get(RecordMembers.Id),
        Uid = body.Get(RecordMembers.Uid),
        AddedAt = body.Get(RecordMembers.AddedAt),
        UpdatedAt = body.Get(RecordMembers.UpdatedAt),
    };

    private static ActivityAttendee ReadAttendee(Body body) => new()
    {
        Email = body.ClearableText(Email).Or(null),
        Name = body.ClearableText(Name).Or(null),
        Status = body.ClearableText(AttendeeStatus).Or(null),
        IsOrganizer = body.Get(IsOrganizer).Or(false),
        PersonId = body.Clearable(RecordMembers.PersonId).Or(null),
        UserId = body.Clearable(UserId).Or(null),
    };

    private static ActivityLocation ReadLocation(Body body) => new()
    {
        Value = body.ClearableText(Value).Or(null),
        Country = body.ClearableText(Country).Or(null),
        Region = body.ClearableText(Region).Or(null),
        District = body.ClearableText(District).Or(null),
        Locality = body.ClearableText(Locality).Or(null),
        Sublocality = body.ClearableText(Sublocality).Or(null),
        Route = body.ClearableText(Route).Or(null),
        StreetNumber = body.ClearableText(StreetNumber).Or(null),
        Subpremise = body.ClearableText(Subpremise).Or(null),
        PostalCode = body.ClearableText(PostalCode).Or(null),
        FormattedAddress = body.ClearableText(FormattedAddress).Or(null),
    };

    private static Member<string> Part(string name, int max = 255) => Members.Text(name, "", max).Nullable();
}
