using System.Globalization;
using System.Text.Json;
using Tributary.Core.Activities;
using Tributary.Core.Catalog;
using Tributary.Core.Contacts;
using Tributary.Core.Kernel;
using Tributary.Core.Lists;
using Tributary.Server.Hosting;

namespace Tributary.Server.Dialects.YSuite;

/// <summary>The page "Tasks": activities, with a start of day and time and no zone.</summary>
internal static class TaskRoutes
{
    private static readonly (string, ActivityStatus)[] StatusNumbers =
        [("0", ActivityStatus.Open), ("1", ActivityStatus.InProgress), ("2", ActivityStatus.Completed), ("3", ActivityStatus.Cancelled),
            ("4", ActivityStatus.NoShow)];

    private static readonly Member<long> Id = Members.Id("id", "The activity_id.").InPath();
    private static readonly Member<long> DealId = Members.Id("deal_id", "The deal; a task has a deal or a contact.").Nullable();
    private static readonly Member<long> Cstid = Members.Id("cstid", "The contact.").Nullable();
    private static readonly Member<ActivityStatus> StatusFilter =
        Members.Word("status", "0 Open, 1 In Progress, 2 Completed, 3 Cancelled, 4 No Show.", StatusNumbers);
    private static readonly Member<DateOnly> DueFrom = Members.Day("due_date_from", "On this day or later.");
    private static readonly Member<DateOnly> DueTo = Members.Day("due_date_to", "On this day or earlier.");
    private static readonly Member<long> AssignedFilter = Members.Id("assigned_user_id", "Assigned to this user.");

    private static readonly Member<string> Search = Members.Text("search", "Search by task title.", 200);
    private static readonly Member<long> PriorityFilter = Members.Whole("priority", "0 None, 1 Low, 2 Medium, 3 High, 4 Urgent.", 0, 4);
    private static readonly Member<bool> SortOrder = Members.Word("sortOrder", "", ("asc", false), ("desc", true));
    private static readonly Member<string> SortBy = Members.Word("sortBy", "Field to sort by; activity_id descending when left out.",
        ("activity_id", "id"), ("title", "subject"), ("start_datetime", "due_on"), ("status", "status"), ("priority", "priority"),
        ("assigned_user_id", "owner_id"), ("created_on", "added_at"));

    private static readonly Member<string> Title = Members.Text("title", "At most 150 characters.", 150);
    private static readonly Member<DateTime> Start = LocalTime("start_datetime");
    private static readonly Member<DateTime> End = LocalTime("end_datetime").Nullable();
    private static readonly Member<long> Status =
        Members.Whole("status", "0 Open, 1 In Progress, 2 Completed, 3 Cancelled, 4 No Show.", 0, 4);
    private static readonly Member<long> Priority = Members.Whole("priority", "0 to 4; 2 when left out.", 0, 4);
    private static readonly Member<long> AssignedTo = Members.Id("assigned_user_id", "").Nullable();
    private static readonly Member<string> Description = Members.LongText("description", "").Nullable();
    private static readonly Shape Body =
        new("TaskBody", Title.Required(), Start.Required(), End, DealId, Cstid, Status, Priority, AssignedTo, Description);

    private static readonly Wire<Activity> Task = new Wire<Activity>("Task")
        .Whole("activity_id", a => a.Id)
        .Text("title", a => a.Subject, nullable: false)
        .Text("activity_type", _ => "Task", nullable: false)
        .Text("description", a => a.Note)
        .Text("start_datetime", a => a.DueOn is { } day ? $"{Times.Spell(day)}T{a.DueTime ?? "00:00"}:00" : null,
            "YYYY-MM-DDTHH:MM:SS, without a zone.")
        .Text("end_datetime", a => EndOf(a), "YYYY-MM-DDTHH:MM:SS, without a zone.")
        .Whole("deal_id", a => a.DealId)
        .Whole("cstid", a => a.OrgId ?? a.PersonId)
        .Whole("status", a => (long)Array.FindIndex(StatusNumbers, word => word.Item2 == a.Status),
            "0 Open, 1 In Progress, 2 Completed, 3 Cancelled, 4 No Show.")
        .Whole("priority", a => a.Priority ?? 2)
        .Whole("assigned_user_id", a => a.OwnerId)
        .Instant("created_on", a => a.AddedAt, TimeStyle.IsoSeconds);

    private static readonly Wire<Activity> One = Envelope.One(Task);
    private static readonly Wire<PageOf<Activity>> List = Envelope.List(Task);
    private static readonly Wire<Activity> Created =
        Envelope.Created("Task created successfully!",
            new Wire<Activity>("NewTask").Whole("activity_id", a => a.Id).Text("title", a => a.Subject, nullable: false));

    public static readonly IReadOnlyList<Operation> All =
    [
        new("GET", "/v1/tasks", "listTasks", ListAll)
        {
            Tag = "Tasks", Summary = "List tasks", Parameters =
                [Paging.Size, Paging.Index, Search, DealId, Cstid, StatusFilter, PriorityFilter, DueFrom, DueTo, AssignedFilter, SortBy,
                    SortOrder], Answer = List,
        },
        new("GET", "/v1/tasks/{id}", "getTask", Get) { Tag = "Tasks", Summary = "Get a task", Parameters = [Id], Answer = One },
        new("POST", "/v1/tasks", "createTask", Create)
        {
            Tag = "Tasks", Summary = "Create a task", Coverage = "partial", CoverageNote = "Tags of tasks are not kept.", Body = Body,
            Answer = Created,
        },
        new("PUT", "/v1/tasks/{id}", "updateTask", Update)
        {
            Tag = "Tasks", Summary = "Update a task", Coverage = "partial", CoverageNote = "Tags of tasks are not kept.", Parameters = [Id],
            Body = Body, Answer = Envelope.Done,
        },
        new("DELETE", "/v1/tasks/{id}", "deleteTask", Delete)
        {
            Tag = "Tasks", Summary = "Delete a task", Parameters = [Id], Answer = Envelope.Done,
        },
    ];

    private static async Task<Reply> ListAll(Call call)
    {
        var (size, index) = Paging.Read(call);
        var conditions = new List<Condition>();
        if (call.Query(DealId) is { IsSet: true, Value: var deal }) conditions.Add(Condition.Equal("deal_id", deal));
        if (call.Query(Cstid) is { IsSet: true, Value: var contact })
        {
            conditions.Add(Condition.AnyOf(Condition.Equal("org_id", contact), Condition.Equal("person_id", contact)));
        }
        if (call.Query(StatusFilter) is { IsSet: true, Value: var status }) conditions.Add(Condition.Equal("status", Word(status)));
        if (call.Query(DueFrom) is { IsSet: true, Value: var from }) conditions.Add(Condition.Test("due_on", Operator.AtLeast, from));
        if (call.Query(DueTo) is { IsSet: true, Value: var to }) conditions.Add(Condition.Test("due_on", Operator.AtMost, to));
        if (call.Query(AssignedFilter) is { IsSet: true, Value: var user }) conditions.Add(Condition.Equal("owner_id", user));
        if (call.Query(Search) is { IsSet: true, Value: { Length: > 0 } search })
        {
            conditions.Add(Condition.Test("subject", Operator.Contains, search));
        }
        if (call.Query(PriorityFilter) is { IsSet: true, Value: var priority }) conditions.Add(Condition.Equal("priority", priority));
        var sort = call.Query(SortBy);
        var descending = call.Query(SortOrder, !sort.IsSet);
        call.Checked();
        var page = await call.Service<ActivityService>().List(call.Caller, new()
        {
            Condition = Condition.AllOf([.. conditions]),
            Sort = [new(sort.Or("id"), descending)],
            Limit = (int)size,
            Offset = checked((int)(size * index)),
            WantTotal = true,
        }, call.Ct);
        return Reply.Json(List, new PageOf<Activity>(page.Items, index, size, page.Total ?? 0));
    }

    private static async Task<Reply> Get(Call call) => Reply.Json(One, await Find(call));

    private static async Task<Reply> Create(Call call)
    {
        call.Caller.MustWrite("activities");
        var patch = await Resolve(call, await call.Read(Read));
        var catalog = await call.Service<CatalogService>().Latest(call.Caller, call.Ct);
        var type = catalog.ActivityTypes.FirstOrDefault(type => type is { Key: "task", IsActive: true })
            ?? catalog.ActivityTypes.First(type => type.IsActive);
        return Reply.Json(Created, await call.Service<ActivityService>()
            .Create(call.Caller, patch with { Type = type.Key, Priority = patch.Priority.Or(2) }, call.Ct));
    }

    private static async Task<Reply> Update(Call call)
    {
        call.Caller.MustWrite("activities");
        var sent = await call.Read(Read);
        var task = await Find(call);
        await call.Service<ActivityService>().Update(call.Caller, task.Id, await Resolve(call, sent, task), call.Ct);
        return Envelope.Said("Task updated successfully!");
    }

    private static async Task<Reply> Delete(Call call)
    {
        await call.Service<ActivityService>().Delete(call.Caller, (await Find(call)).Id, call.Ct);
        return Envelope.Said("Task deleted successfully");
    }

    private static async Task<Activity> Find(Call call)
    {
        var id = call.Path(Id, "activity");
        var activity = await call.Service<ActivityService>().Get(call.Caller, id, call.Ct);
        return activity.IsDeleted ? throw Problem.NotFound("activity", id) : activity;
    }

    /// <summary>A cstid is a person or an organization. A task needs a deal or a contact, on updates too.</summary>
    private static async Task<ActivityPatch> Resolve(Call call, (ActivityPatch Patch, Field<long?> Cstid) sent, Activity? before = null)
    {
        var patch = sent.Patch;
        if (sent.Cstid.IsSet)
        {
            var contact = sent.Cstid.Value is { } id ? await call.Service<ContactService>().Find(call.Caller, id, call.Ct) : null;
            if (sent.Cstid.Value is not null && contact is null or { IsDeleted: true })
            {
                throw Problem.Invalid("cstid", "cstid must be a contact of the organisation.");
            }
            patch = patch with { PersonId = new(true, contact?.Person?.Id), OrgId = new(true, contact?.Organization?.Id) };
        }
        var stays = patch.DealId.Or(before?.DealId) ?? patch.OrgId.Or(before?.OrgId) ?? patch.PersonId.Or(before?.PersonId);
        return stays is null ? throw Problem.Invalid("deal_id", "deal_id is required: a task has a deal or a contact.") : patch;
    }

    private static (ActivityPatch Patch, Field<long?> Cstid) Read(Body body)
    {
        var (start, end) = (body.Get(Start), body.Clearable(End));
        if (end is { IsSet: true, Value: { } last } && start.IsSet && last < start.Value)
        {
            body.Fail("end_datetime", "end_datetime must not be before start_datetime.");
        }
        return (new()
        {
            Subject = body.Get(Title),
            Note = body.ClearableText(Description),
            DueOn = start.As(time => (DateOnly?)DateOnly.FromDateTime(time)),
            DueTime = start.As(time => (string?)time.ToString("HH:mm", CultureInfo.InvariantCulture)),
            DurationMinutes = end.As(at => at is { } until && start.IsSet
                ? (int?)Math.Clamp((until - start.Value).TotalMinutes, 0, int.MaxValue) : null),
            DealId = body.Clearable(DealId),
            Status = body.Get(Status).As(number => StatusNumbers[number].Item2),
            Priority = body.Get(Priority).As(number => (long?)number),
            OwnerId = body.Clearable(AssignedTo),
        }, body.Clearable(Cstid));
    }

    private static string? EndOf(Activity activity)
    {
        if (activity.DueOn is not { } day || activity.DurationMinutes is not { } minutes) return null;
        var start = day.ToDateTime(activity.DueTime is { } time ? TimeOnly.ParseExact(time, "HH:mm", CultureInfo.InvariantCulture)
            : default);
        return start.AddMinutes(minutes).ToString("yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture);
    }

    private static string Word(ActivityStatus status) => status switch
    {
        ActivityStatus.Open => "open",
        ActivityStatus.InProgress => "in_progress",
        ActivityStatus.Completed => "completed",
        ActivityStatus.Cancelled => "cancelled",
        ActivityStatus.NoShow => "no_show",
    };

    private static Member<DateTime> LocalTime(string name) => new(name, "YYYY-MM-DDTHH:MM:SS, without a zone.")
    {
        Accepts = "must be a date and time such as 2026-11-20T09:30:00",
        Schema = () => new() { ["type"] = "string" },
        FromJson = (JsonElement json, ReadingPolicy policy, out DateTime value) =>
            TryLocal(Members.TryText(json, out var text) ? text : "", out value),
        FromText = (string text, ReadingPolicy policy, out DateTime value) => TryLocal(text, out value),
    };

    private static bool TryLocal(string text, out DateTime value) =>
        DateTime.TryParseExact(text, "yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture, DateTimeStyles.None, out value);
}
