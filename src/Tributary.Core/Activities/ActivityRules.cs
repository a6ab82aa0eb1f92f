using System.Globalization;
using Tributary.Core.Catalog;
using Tributary.Core.Contacts;
using Tributary.Core.Kernel;

namespace Tributary.Core.Activities;

/// <summary>What the rules must know beside the patch; the verb looks it up.</summary>
internal sealed record ActivityContext
{
    public required WorkspaceCatalog Catalog { get; init; }
    public required Caller Caller { get; init; }
    public required DateTimeOffset Now { get; init; }

    /// <summary>One refusal for each named record that is not there for the caller.</summary>
    public Seq<FieldError> Missing { get; init; } = [];
}

/// <summary>What may happen to an activity. Pure.</summary>
internal static class ActivityRules
{
    public const int MaxSubject = 255;
    public const int MaxNote = 100_000;
    public const int MaxPeople = 200;
    public const int MaxMinutes = 366 * 24 * 60;
    public const long MaxPriority = 1_000_000_000;

    /// <summary>A new activity, without ids, which storage gives.</summary>
    public static Activity Create(ActivityPatch patch, ActivityContext context)
    {
        var checks = new Checks();
        var added = patch.AddedAt.Or(context.Now);
        var key = patch.Type.IsSet ? patch.Type.Value : DefaultType(context.Catalog)?.Key;
        if (key is null) checks.Fail("type", "This workspace has no active activity type.");
        if (patch.CreatorId is { IsSet: true, Value: { } creator })
        {
            checks.Require(context.Catalog.User(creator) is not null, "creator_id", $"No user with id {creator}.");
        }
        var blank = new Activity
        {
            Id = 0,
            Uid = default,
            Type = key ?? "",
            Subject = Type(context.Catalog, key)?.Name ?? "",
            OwnerId = context.Caller.UserId,
            CreatorId = patch.CreatorId.Or(context.Caller.UserId),
            Status = ActivityStatus.Open,
            Done = false,
            AddedAt = added,
            UpdatedAt = added,
            Version = 1,
        };
        var created = Fill(blank, patch, context, checks);
        checks.Done();
        return created with { UpdatedAt = patch.UpdatedAt.Or(added) };
    }

    /// <returns>The same instance when nothing would change.</returns>
    public static Activity Apply(Activity activity, ActivityPatch patch, ActivityContext context)
    {
        Problem.MustBeAt(patch.ExpectedVersion, activity.Version, "activity", activity.Id);
        if (activity.IsDeleted && patch.Deleted is not { IsSet: true, Value: false }) throw Problem.NotFound("activity", activity.Id);

        var checks = new Checks();
        var after = Fill(activity, patch, context, checks);
        checks.Done();
        return after == activity ? activity : after with
        {
            UpdatedAt = context.Now,
            UpdatedBy = context.Caller.UserId,
            Version = activity.Version + 1,
        };
    }

    private static Activity Fill(Activity activity, ActivityPatch patch, ActivityContext context, Checks checks)
    {
        var catalog = context.Catalog;
        foreach (var missing in context.Missing) checks.Fail(missing.Field, missing.Message);
        if (patch.Type.IsSet && (patch.Type.Value != activity.Type || activity.Id == 0))
        {
            checks.Require(Type(catalog, patch.Type.Value) is { IsActive: true }, "type",
                $"type is one of {string.Join(", ", catalog.ActivityTypes.Where(type => type.IsActive).Select(type => type.Key))}.");
        }
        if (patch.OwnerId is { IsSet: true, Value: { } owner })
        {
            checks.Require(catalog.User(owner) is { IsActive: true }, "owner_id", $"No active user with id {owner}.");
        }
        if (patch.DurationMinutes.IsSet)
        {
            checks.Require(patch.DurationMinutes.Value is null or (>= 0 and <= MaxMinutes), "duration_minutes",
                "duration_minutes is from no minutes to a year.");
        }
        if (patch.Priority.IsSet)
        {
            checks.Require(patch.Priority.Value is null or (>= 0 and <= MaxPriority), "priority",
                $"priority is a whole number from 0 to {MaxPriority}.");
        }

        var (participants, personId) = Participants(activity, patch, checks);
        var status = Status(activity.Status, patch, checks);
        var done = status is ActivityStatus.Completed;
        return activity with
        {
            Type = patch.Type.Or(activity.Type),
            Subject = patch.Subject.IsSet ? checks.Text("subject", patch.Subject.Value, MaxSubject) : activity.Subject,
            Note = Text(checks, "note", patch.Note, activity.Note),
            PublicDescription = Text(checks, "public_description", patch.PublicDescription, activity.PublicDescription),
            DealId = patch.DealId.Or(activity.DealId),
            LeadId = patch.LeadId.Or(activity.LeadId),
            PersonId = personId,
            OrgId = patch.OrgId.Or(activity.OrgId),
            OwnerId = patch.OwnerId.Or(activity.OwnerId),
            DueOn = patch.DueOn.Or(activity.DueOn),
            DueTime = patch.DueTime.IsSet ? Time(checks, patch.DueTime.Value) : activity.DueTime,
            DurationMinutes = patch.DurationMinutes.Or(activity.DurationMinutes),
            Busy = patch.Busy.Or(activity.Busy),
            Status = status,
            Done = done,
            DoneAt = done ? patch.DoneAt.Or(null) ?? activity.DoneAt ?? context.Now : null,
            Priority = patch.Priority.Or(activity.Priority),
            Location = patch.Location.IsSet ? Location(checks, patch.Location.Value) : activity.Location,
            Participants = participants,
            Attendees = patch.Attendees.IsSet ? Attendees(checks, patch.Attendees.Value) : activity.Attendees,
            DeletedAt = patch.Deleted.IsSet ? patch.Deleted.Value ? activity.DeletedAt ?? context.Now : null : activity.DeletedAt,
        };
    }

    /// <summary>"call" where the workspace has it (Pipedrive: a type that is not set is a call), else its first type.</summary>
    private static ActivityType? DefaultType(WorkspaceCatalog catalog) =>
        catalog.ActivityTypes.FirstOrDefault(type => type is { IsActive: true, Key: "call" })
        ?? catalog.ActivityTypes.FirstOrDefault(type => type.IsActive);

    private static ActivityType? Type(WorkspaceCatalog catalog, string? key) =>
        catalog.ActivityTypes.FirstOrDefault(type => type.Key == key);

    private static ActivityStatus Status(ActivityStatus current, ActivityPatch patch, Checks checks)
    {
        if (patch.Status.IsSet)
        {
            checks.Require(!patch.Done.IsSet || patch.Done.Value == patch.Status.Value is ActivityStatus.Completed, "done",
                "done is true exactly when the status is completed.");
            return patch.Status.Value;
        }
        if (!patch.Done.IsSet) return current;
        if (patch.Done.Value) return ActivityStatus.Completed;
        return current is ActivityStatus.Completed ? ActivityStatus.Open : current;
    }

    /// <summary>The activity's person and its primary participant are one and the same; whichever is sent, the other follows.</summary>
    private static (Seq<ActivityParticipant> Participants, long? PersonId) Participants(Activity activity, ActivityPatch patch,
        Checks checks)
    {
        var participants = patch.Participants.Or(activity.Participants).DistinctBy(participant => participant.PersonId).ToList();
        if (patch.Participants.IsSet)
        {
            checks.Require(participants.Count <= MaxPeople, "participants", $"An activity has at most {MaxPeople} participants.");
            checks.Require(participants.Count(participant => participant.Primary) <= 1, "participants",
                "Only one participant can be the primary one.");
        }

        var primary = participants.FirstOrDefault(participant => participant.Primary)?.PersonId;
        if (patch.PersonId is { IsSet: true, Value: { } person })
        {
            if (!participants.Exists(participant => participant.PersonId == person)) participants.Insert(0, new(person, true));
            primary = person;
        }
        else if (patch.PersonId.IsSet && !patch.Participants.IsSet)
        {
            participants.RemoveAll(participant => participant.Primary);
            primary = null;
        }
        primary ??= participants.FirstOrDefault()?.PersonId;
        return ([.. participants.Select(participant => participant with { Primary = participant.PersonId == primary })], primary);
    }

    private static string? Time(Checks checks, string? text)
    {
        if (text is not null && !TimeOnly.TryParseExact(text, "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out _))
        {
            checks.Fail("due_time", "due_time is a time of the day such as 09:30.");
        }
        return text;
    }

    private static Seq<ActivityAttendee> Attendees(Checks checks, Seq<ActivityAttendee> attendees)
    {
        checks.Require(attendees.Count <= MaxPeople, "attendees", $"An activity has at most {MaxPeople} attendees.");
        return [.. attendees.Take(MaxPeople).Select(attendee => attendee with
        {
            Email = checks.OptionalText("attendees", attendee.Email, 255),
            Name = checks.OptionalText("attendees", attendee.Name, 255),
            Status = checks.OptionalText("attendees", attendee.Status, 40),
        })];
    }

    private static ActivityLocation? Location(Checks checks, ActivityLocation? location)
    {
        if (location is null) return null;
        var kept = new ActivityLocation
        {
            Value = Part("value", location.Value, ContactChecks.MaxAddress),
            Country = Part("country", location.Country),
            Region = Part("region", location.Region),
            District = Part("district", location.District),
            Locality = Part("locality", location.Locality),
            Sublocality = Part("sublocality", location.Sublocality),
            Route = Part("route", location.Route),
            StreetNumber = Part("street_number", location.StreetNumber),
            Subpremise = Part("subpremise", location.Subpremise),
            PostalCode = Part("postal_code", location.PostalCode),
            FormattedAddress = Part("formatted_address", location.FormattedAddress, ContactChecks.MaxAddress),
        };
        return kept == new ActivityLocation() ? null : kept;

        string? Part(string name, string? text, int max = ContactChecks.MaxText) => checks.OptionalText($"location.{name}", text, max);
    }

    private static string? Text(Checks checks, string field, Field<string?> sent, string? current) =>
        sent.IsSet ? checks.OptionalText(field, sent.Value, MaxNote) : current;
}
