using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Tributary.Core.Activities;
using Tributary.Core.Kernel;
using Tributary.Core.Lists;
using Tributary.Server.Hosting;

namespace Tributary.Server.Dialects.Pipedrive.V1;

/// <summary>Activities of v1: times and durations are "HH:MM", done is 0 or 1.</summary>
internal static class ActivityRoutes
{
    private static readonly Member<long> UserFilter =
        Loose.Id("user_id", "Whose activities; the caller's when left out, everyone's with 0.");
    private static readonly Member<string> TypeFilter = Members.Text("type", "Keys of activity types, comma-separated.", 1000);
    private static readonly Member<bool> DoneFilter = Members.Flag("done", "1 done ones, 0 those not done; both when left out.");
    private static readonly Member<DateOnly> StartDate = Members.Day("start_date", "Due on this day or later.");
    private static readonly Member<DateOnly> EndDate = Members.Day("end_date", "Due on this day or earlier.");
    private static readonly Member<Seq<Core.Lists.SortKey>> Sort =
        Sorting.By(("id", "id"), ("due_date", "due_on"), ("add_time", "added_at"), ("update_time", "updated_at"), ("subject", "subject"));

    private static readonly Member<DateOnly> DueDate = Loose.Day("due_date", "").Nullable();
    private static readonly Member<string> DueTime = Time("due_time", 23);
    private static readonly Member<string> Duration = Time("duration", 999);
    private static readonly Member<long> DealId = Loose.Id("deal_id", "").Nullable();
    private static readonly Member<Guid> LeadId = Members.Uid("lead_id", "").Nullable();
    private static readonly Member<long> PersonId = Loose.Id("person_id", "").Nullable();
    private static readonly Member<long> OrgId = Loose.Id("org_id", "").Nullable();
    private static readonly Member<string> Location = Members.Text("location", "As one text.", 255).Nullable();
    private static readonly Member<string> Description = Members.LongText("public_description", "").Nullable();
    private static readonly Member<string> Note = Members.LongText("note", "HTML.").Nullable();
    private static readonly Member<string> Subject = Members.Text("subject", "The name of the type when left out.", 255);
    private static readonly Member<string> Type = Members.Text("type", "The key of an activity type.", 255);
    private static readonly Member<long> UserId = Members.Id("user_id", "Whom it is assigned to.");
    private static readonly Member<bool> Busy = Members.Flag("busy_flag", "");
    private static readonly Member<bool> Done = Members.Flag("done", "");
    private static readonly Member<long> Participant = Members.Id("person_id", "");
    private static readonly Member<bool> Primary = Members.Flag("primary_flag", "");
    private static readonly Member<Seq<ActivityParticipant>> Participants =
        Members.List("participants", "[{\"person_id\",\"primary_flag\"}].",
        Members.Object("", "", new Shape("ActivityParticipantV1", Participant.Required(), Primary),
            body => new ActivityParticipant(body.Get(Participant).Or(0), body.Get(Primary).Or(false))), 100);
    private static readonly Member<string> AttendeeEmail = Members.Text("email_address", "", 255);
    private static readonly Member<Seq<ActivityAttendee>> Attendees = Members.List("attendees", "[{\"email_address\"}].",
        Members.Object("", "", new Shape("ActivityAttendeeV1", AttendeeEmail.Required()),
            body => new ActivityAttendee { Email = body.Get(AttendeeEmail).Or("") }), 100);

    private static readonly Member[] Both =
        [DueDate, DueTime, Duration, DealId, LeadId, PersonId, OrgId, Location, Description, Note, Subject, Type, UserId, Participants,
            Busy, Attendees, Done];

    public static readonly IReadOnlyList<Operation> All =
    [
        .. new RecordLife<Activity, ActivityPatch, ActivityView>("activity", "activities", "an activity")
        {
            Wire = ActivityWire.Activity,
            New = new("NewActivityV1", Both),
            Changes = new("ActivityChangesV1", Both),
            Filters =
            [
                (UserFilter, Whose),
                (TypeFilter, call => call.Query(TypeFilter) is { IsSet: true, Value: { Length: > 0 } types } ? OfTypes(types) : null),
                (DoneFilter, call => call.Query(DoneFilter) is { IsSet: true, Value: var done } ? Condition.Equal("done", done) : null),
                (StartDate, call => call.Query(StartDate) is { IsSet: true, Value: var first } ? Condition.Test("due_on", Operator.AtLeast,
                    first) : null),
                (EndDate, call => call.Query(EndDate) is { IsSet: true, Value: var last } ? Condition.Test("due_on", Operator.AtMost, last)
                    : null),
            ],
            Sort = Sort,
            List = (call, query) => call.Service<ActivityService>().List(call.Caller, query, call.Ct),
            Get = (call, id) => call.Service<ActivityService>().Get(call.Caller, id, call.Ct),
            Create = (call, patch) => call.Service<ActivityService>().Create(call.Caller, patch, call.Ct),
            Update = (call, id, patch) => call.Service<ActivityService>().Update(call.Caller, id, patch, call.Ct),
            Delete = (call, id) => call.Service<ActivityService>().Delete(call.Caller, id, call.Ct),
            DeleteMany = (call, ids) => call.Service<ActivityService>().Delete(call.Caller, ids, call.Ct),
            IsDeleted = activity => activity.IsDeleted,
            Show = ActivityView.Of,
            Related = views => views.Count == 0 ? null : views[0].Names.Related(views.Select(view => view.Activity.OwnerId)),
            Note = "Those of the caller when user_id is left out; no calendars are kept in step.",
            Read = (call, shape, catalog) => Read(call),
        }.All(),
    ];

    /// <summary>Of one of these types: keys, comma-separated.</summary>
    public static Condition OfTypes(string keys) =>
        Condition.Test("type", Operator.In, [.. keys.Split(',').Select(key => (Operand)key.Trim())]);

    private static Condition? Whose(Call call)
    {
        var user = call.Query(UserFilter);
        if (user.IsSet) return user.Value == 0 ? null : Condition.Equal("owner_id", user.Value);
        return call.Http.Request.Query.ContainsKey(DealLists.FilterId.Name) ? null : Condition.Equal("owner_id", call.Caller.UserId ?? 0);
    }

    private static async Task<ActivityPatch> Read(Call call)
    {
        var (patch, lead) = await call.Read(body => (new ActivityPatch
        {
            DueOn = body.Clearable(DueDate).As(Loose.None),
            DueTime = body.ClearableText(DueTime).As(text => string.IsNullOrEmpty(text) ? null : text),
            DurationMinutes = body.ClearableText(Duration).As(text => string.IsNullOrEmpty(text) ? (int?)null : Minutes(text)),
            DealId = body.Clearable(DealId).As(Loose.None),
            PersonId = body.Clearable(PersonId).As(Loose.None),
            OrgId = body.Clearable(OrgId).As(Loose.None),
            Location = body.ClearableText(Location)
                .As(text => string.IsNullOrWhiteSpace(text) ? null : new ActivityLocation { Value = text }),
            PublicDescription = body.ClearableText(Description),
            Note = body.ClearableText(Note),
            Subject = body.Get(Subject),
            Type = body.Get(Type),
            OwnerId = body.Get(UserId).As(id => (long?)id),
            Participants = body.Get(Participants),
            Attendees = body.Get(Attendees),
            Busy = body.Get(Busy),
            Done = body.Get(Done),
        }, body.Clearable(LeadId)));
        if (!lead.IsSet) return patch;
        return patch with
        {
            LeadId = new(true, lead.Value is { } uid ? await NoteRoutes.LeadOf(call, uid)
                ?? throw Problem.Invalid("lead_id", "lead_id must be a lead of this company.") : null),
        };
    }

    private static int Minutes(string time) => int.Parse(time.Split(':')[0], CultureInfo.InvariantCulture) * 60
        + int.Parse(time.Split(':')[1], CultureInfo.InvariantCulture);

    /// <summary>"09:30" or "09:30:00"; "" is none.</summary>
    private static Member<string> Time(string name, int mostHours) => new Member<string>(name, "HH:MM.")
    {
        Accepts = "must be a time such as 09:30",
        Schema = () => new() { ["type"] = "string" },
        FromJson = (JsonElement json, ReadingPolicy policy, out string value) =>
            TryTime(Members.TryText(json, out var text) ? text : "?", mostHours, out value),
        FromText = (string text, ReadingPolicy policy, out string value) => TryTime(text, mostHours, out value),
    }.Nullable();

    private static bool TryTime(string text, int mostHours, out string value)
    {
        value = text;
        if (text.Length == 0) return true;
        var parts = text.Split(':');
        if (parts.Length is not (2 or 3) || parts.Any(part => part.Length is < 1 or > 3 || !part.All(char.IsAsciiDigit))) return false;
        var (hours, minutes) = (int.Parse(parts[0], CultureInfo.InvariantCulture), int.Parse(parts[1], CultureInfo.InvariantCulture));
        value = string.Create(CultureInfo.InvariantCulture, $"{hours:00}:{minutes:00}");
        return hours <= mostHours && minutes < 60;
    }
}
