using Tributary.Core.Activities;
using Tributary.Core.Catalog;
using Tributary.Core.Contacts;
using Tributary.Core.Deals;
using Tributary.Core.Kernel;
using Tributary.Core.Lists;
using Tributary.Server.Hosting;

namespace Tributary.Server.Dialects.AutomateNexus;

/// <summary>An activity as a task, with what it is related to.</summary>
internal sealed record TaskView(Activity Activity, WorkspaceCatalog Catalog, TaskRelation? RelatedTo);

internal sealed record TaskRelation(string Type, string Id, string Name);

/// <summary>The page "Tasks &amp; Activities API": tasks are activities of every type.</summary>
internal static class TaskRoutes
{
    private static readonly Member<Guid> Id = Ids.Task.InPath("id", "The task.");
    private static readonly Member<Guid> Assignee = Ids.User.Filter("assignee_id", "Filter by assigned user.");
    private static readonly Member<ActivityStatus> Status = Members.Word("status", "Filter by status.", TaskWords.Statuses);
    private static readonly Member<long> Priority = Members.Word("priority", "Filter by priority.", TaskWords.Priorities);
    private static readonly Member<string> Type = Members.Word("type", "Filter by type.", TaskWords.Types);
    private static readonly Member<DateOnly> DueBefore = Bounds.Day("due_before", "Due on this day or earlier.");
    private static readonly Member<DateOnly> DueAfter = Bounds.Day("due_after", "Due on this day or later.");
    private static readonly Member<string> RelatedType =
        Members.Word("related_to_type", "Filter by the kind of record it is related to.", ("contact", "contact"), ("deal", "deal"),
            ("project", "project"));
    private static readonly Member<string> RelatedId = Members.Text("related_to_id", "Filter by the record it is related to.", 60);

    private static readonly Wire<TaskRelation> Relation = new Wire<TaskRelation>("RelatedRecord")
        .Word("type", r => r.Type, ["contact", "deal"])
        .Text("id", r => r.Id, nullable: false)
        .Text("name", r => r.Name, nullable: false);

    private static readonly Wire<TaskView> Task = new Wire<TaskView>("Task")
        .Id("id", t => t.Activity.Uid, Ids.Task.Spelled, nullable: false)
        .Text("title", t => t.Activity.Subject, nullable: false)
        .Text("description", t => t.Activity.Note)
        .Text("status", t => TaskWords.Status(t.Activity.Status), nullable: false)
        .Text("priority", t => TaskWords.Priority(t.Activity.Priority))
        .Text("type", t => TaskWords.Type(t.Activity.Type), nullable: false)
        .Id("assignee_id", t => t.Catalog.User(t.Activity.OwnerId)?.Uid, Ids.User.Spelled)
        .Text("assignee_name", t => t.Catalog.User(t.Activity.OwnerId)?.Name)
        .Text("due_date", t => TaskWords.Due(t.Activity), "A date-time, or a date when it is due all day.")
        .Object("related_to", t => t.RelatedTo, Relation)
        .Id("created_by", t => t.Catalog.User(t.Activity.CreatorId)?.Uid, Ids.User.Spelled)
        .Instant("created_at", t => t.Activity.AddedAt, TimeStyle.IsoSeconds)
        .Instant("completed_at", t => t.Activity.DoneAt, TimeStyle.IsoSeconds);

    private static readonly Wire<TaskView> One = Envelope.One(Task);
    private static readonly Listing<TaskView> Tasks =
        new(Task, ("created_at", "added_at"), ("updated_at", "updated_at"), ("due_date", "due_on"), ("priority", "priority"));

    public static readonly IReadOnlyList<Operation> All =
    [
        new("GET", "/tasks", "listTasks", List)
        {
            Tag = "Tasks", Summary = "List tasks", Parameters =
                [Assignee, Status, Priority, Type, DueBefore, DueAfter, RelatedType, RelatedId, .. Tasks.Parameters], Answer = Tasks,
            CoverageNote = "Types of the workspace that the vendor does not have are shown as todo.",
        },
        new("GET", "/tasks/{id}", "getTask", Get) { Tag = "Tasks", Summary = "Get a task", Parameters = [Id], Answer = One },
        new("POST", "/tasks", "createTask", Create)
        {
            Tag = "Tasks", Summary = "Create a task", Body = TaskBody.New, Status = 201, Answer = One,
            Coverage = "partial", CoverageNote = "There are no projects to relate a task to.",
        },
        new("PUT", "/tasks/{id}", "updateTask", Update)
        {
            Tag = "Tasks", Summary = "Update a task", Parameters = [Id], Body = TaskBody.Changes, Answer = One,
            Coverage = "partial", CoverageNote = "There are no projects to relate a task to.",
        },
        new("DELETE", "/tasks/{id}", "deleteTask", Delete)
        {
            Tag = "Tasks", Summary = "Delete a task", Parameters = [Id], Answer = Envelope.Deleted,
        },
    ];

    private static async Task<Reply> List(Call call)
    {
        call.Caller.MustRead("activities");
        var catalog = await call.Service<CatalogService>().Current(call.Caller, call.Ct);
        var conditions = new List<Condition>();
        if (call.Query(Assignee) is { IsSet: true, Value: var user })
        {
            conditions.Add(Condition.Equal("owner_id", catalog.User(user)?.Id ?? 0));
        }
        if (call.Query(Status) is { IsSet: true, Value: var status }) conditions.Add(TaskWords.WithStatus(status));
        if (call.Query(Priority) is { IsSet: true, Value: var priority }) conditions.Add(Condition.Equal("priority", priority));
        if (call.Query(Type) is { IsSet: true, Value: var type }) conditions.Add(TaskWords.WithType(type));
        if (call.Query(DueAfter) is { IsSet: true, Value: var from }) conditions.Add(Condition.Test("due_on", Operator.AtLeast, from));
        if (call.Query(DueBefore) is { IsSet: true, Value: var until }) conditions.Add(Condition.Test("due_on", Operator.AtMost, until));
        conditions.AddRange(await RelatedTo(call, call.Query(RelatedType).Or(""), call.Query(RelatedId)));
        return await Tasks.Answer(call, conditions, query => call.Service<ActivityService>().List(call.Caller, query, call.Ct),
            tasks => View(call, tasks));
    }

    private static async Task<Reply> Get(Call call) => await Shown(call, await Find(call));

    private static async Task<Reply> Create(Call call)
    {
        call.Caller.MustWrite("activities");
        var patch = await Read(call, TaskBody.ReadNew);
        return await Shown(call, await call.Service<ActivityService>().Create(call.Caller, patch, call.Ct), 201);
    }

    private static async Task<Reply> Update(Call call)
    {
        call.Caller.MustWrite("activities");
        var task = await Find(call);
        return await Shown(call, await call.Service<ActivityService>()
            .Update(call.Caller, task.Id, await Read(call, TaskBody.ReadChanges), call.Ct));
    }

    private static async Task<Reply> Delete(Call call)
    {
        call.Caller.MustWrite("activities");
        var task = await Find(call);
        await call.Service<ActivityService>().Delete(call.Caller, task.Id, call.Ct);
        return Reply.Json(Envelope.Deleted, Ids.Task.Spell(task.Uid));
    }

    private static async Task<Activity> Find(Call call)
    {
        var uid = call.Path(Id, "task");
        return await call.Service<ActivityService>().Get(call.Caller, uid, call.Ct) is { IsDeleted: false } task ? task
            : throw Problem.NotFound("task", Ids.Task.Spell(uid));
    }

    private static async Task<ActivityPatch> Read(Call call, Func<Body, WorkspaceCatalog, SentTask> read)
    {
        var catalog = await call.Service<CatalogService>().Current(call.Caller, call.Ct);
        var sent = await call.Read(body => read(body, catalog));
        var patch = sent.Patch.Type.IsSet ? sent.Patch with { Type = await KeyOf(call, catalog, sent.Patch.Type.Value) } : sent.Patch;
        if (!sent.RelatedTo.IsSet) return patch;

        var (dealId, personId) = sent.RelatedTo.Value switch
        {
            null => (null, null),
            ("deal", var uid) =>
                (await call.Service<DealService>().Find(Permissions.AroundDeals(call.Caller), uid, call.Ct)
                    is { IsDeleted: false } deal ? deal.Id : (long?)null, (long?)null),
            (_, var uid) =>
                (null, await call.Service<ContactService>().Find(call.Caller, uid, call.Ct)
                    is { Person: { IsDeleted: false } person } ? person.Id : (long?)null),
        };
        if (sent.RelatedTo.Value is { } related && dealId is null && personId is null)
        {
            throw Problem.Invalid("related_to.id", $"related_to.id must be a {related.Type} of this workspace.");
        }
        return patch with { DealId = new(true, dealId), PersonId = new(true, personId) };
    }

    /// <summary>
    /// The activity type that a task type is kept as. Follow-ups have none in a new workspace, so the first one brings it.
    /// </summary>
    private static async Task<string> KeyOf(Call call, WorkspaceCatalog catalog, string type)
    {
        if (catalog.ActivityTypes.Any(one => one.Key == type && one.IsActive) || type != "follow_up") return type;
        return (await call.Service<ActivityTypeService>()
            .Create(Caller.System(call.Caller.Workspace), new() { Name = "Follow up", Icon = "task" }, call.Ct)).Key;
    }

    private static async Task<IEnumerable<Condition>> RelatedTo(Call call, string type, Field<string> id)
    {
        if (!id.IsSet)
        {
            return type switch
            {
                "deal" => [Condition.Test("deal_id", Operator.IsNotEmpty)],
                "contact" =>
                [Condition.Test("person_id", Operator.IsNotEmpty)],
                "project" => [Nothing],
                _ => []
            };
        }
        if (type is "deal" or "" && Ids.Deal.TryRead(id.Value, out var dealUid))
        {
            return [Condition.Equal("deal_id",
                (await call.Service<DealService>().Find(Permissions.AroundDeals(call.Caller), dealUid, call.Ct))?.Id ?? 0)];
        }
        if (type is "contact" or "" && Ids.Contact.TryRead(id.Value, out var contactUid))
        {
            return [Condition.Equal("person_id", (await call.Service<ContactService>().Find(call.Caller, contactUid, call.Ct))?.Person?.Id
                ?? 0)];
        }
        if (type != "project") call.Wrong(RelatedId, "related_to_id must be an id of the kind that related_to_type names.");
        return [Nothing];
    }

    private static readonly Condition Nothing = Condition.AnyOf();

    private static async Task<Reply> Shown(Call call, Activity task, int status = 200) =>
        Reply.Json(One, (await View(call, [task]))[0], status: status);

    private static async Task<IReadOnlyList<TaskView>> View(Call call, IReadOnlyList<Activity> tasks)
    {
        // Whoever sees a task sees the name of what it is related to.
        var reader = call.Caller with { Scopes = ["read"] };
        var deals = (await call.Service<DealService>()
            .FindMany(reader, [.. tasks.Select(task => task.DealId).OfType<long>().Distinct()], call.Ct)).ToDictionary(deal => deal.Id);
        var persons = (await call.Service<PersonService>()
            .FindMany(reader, [.. tasks.Select(task => task.PersonId).OfType<long>().Distinct()], call.Ct))
            .ToDictionary(person => person.Id);
        var catalog = await call.Service<CatalogService>().Latest(call.Caller, call.Ct);
        return [.. tasks.Select(task => new TaskView(task, catalog, Related(task)))];

        TaskRelation? Related(Activity task)
        {
            if (deals.GetValueOrDefault(task.DealId ?? 0) is { IsDeleted: false } deal)
            {
                return new("deal", Ids.Deal.Spell(deal.Uid), deal.Title);
            }
            return persons.GetValueOrDefault(task.PersonId ?? 0)
                is { IsDeleted: false } person ? new("contact", Ids.Contact.Spell(person.Uid), person.Name) : null;
        }
    }
}
