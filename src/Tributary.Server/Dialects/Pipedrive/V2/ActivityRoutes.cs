using Tributary.Core.Activities;
using Tributary.Core.Kernel;
using Tributary.Core.Leads;
using Tributary.Core.Lists;
using Tributary.Server.Hosting;

namespace Tributary.Server.Dialects.Pipedrive.V2;

/// <summary>Activities as v2 has them; reference §11 and the OpenAPI file.</summary>
internal static class ActivityRoutes
{
    private static readonly Member<long> Id = Members.Id("id", "The ID of the activity.").InPath();
    private static readonly Member<Guid> LeadId = Members.Uid("lead_id", "");
    private static readonly Member<Seq<string>> IncludeFields =
        Members.List("include_fields", "attendees, which are left out otherwise.", Members.Word("", "", ("attendees", "attendees")), 1);

    private static readonly RecordList List =
        new("activity", new(("id", "id"), ("update_time", "updated_at"), ("add_time", "added_at"), ("due_date", "due_on")),
        RecordFilter.Id("owner_id"), RecordFilter.Id("deal_id"), new(LeadId, OfLead), RecordFilter.Id("person_id"),
        RecordFilter.Id("org_id"))
        {
            Always = [RecordFilter.Of(Members.Flag("done", "Done ones, or those that are not."), done => Condition.Equal("done", done))],
        };

    public static readonly IReadOnlyList<Operation> All =
    [
        new("GET", "/activities", "getActivities", GetAll)
        {
            Tag = "Activities", Summary = "Get all activities", Cost = 10, Parameters = [.. List.Parameters, IncludeFields],
            Answer = ActivityWire.Page,
        },
        new("GET", "/activities/{id}", "getActivity", Get)
        {
            Tag = "Activities", Summary = "Get details of an activity", Parameters = [Id, IncludeFields], Answer = ActivityWire.One,
        },
        new("POST", "/activities", "addActivity", Create)
        {
            Tag = "Activities", Summary = "Add a new activity", Cost = 5, Body = ActivityBody.New, Answer = ActivityWire.One,
        },
        new("PATCH", "/activities/{id}", "updateActivity", Update)
        {
            Tag = "Activities", Summary = "Update an activity", Cost = 5, Parameters = [Id], Body = ActivityBody.Changes,
            Answer = ActivityWire.One,
        },
        new("DELETE", "/activities/{id}", "deleteActivity", Delete)
        {
            Tag = "Activities", Summary = "Delete an activity", Cost = 3, Parameters = [Id], Answer = Envelope.Deleted,
        },
    ];

    private static async Task<Reply> GetAll(Call call)
    {
        call.Caller.MustRead("activities");
        var read = List.Read(call);
        var attendees = call.Query(IncludeFields, []).Count > 0;
        call.Checked();
        var page = await call.Service<ActivityService>().List(call.Caller, await read(call), call.Ct);
        return Paging.Reply(ActivityWire.Activity, await Views(call, page.Items, attendees), page.NextCursor);
    }

    private static async Task<Reply> Get(Call call)
    {
        var id = call.Path(Id, "activity");
        var attendees = call.Query(IncludeFields, []).Count > 0;
        call.Checked();
        var activity = await call.Service<ActivityService>().Get(call.Caller, id, call.Ct);
        return activity.IsDeleted ? throw Problem.NotFound("activity", id) : await Shown(call, activity, attendees);
    }

    private static async Task<Reply> Create(Call call)
    {
        call.Caller.MustWrite("activities");
        var body = await call.Read(ActivityBody.Read);
        return await Shown(call, await call.Service<ActivityService>().Create(call.Caller, await WithLead(call, body), call.Ct),
            attendees: true);
    }

    private static async Task<Reply> Update(Call call)
    {
        var id = call.Path(Id, "activity");
        call.Caller.MustWrite("activities");
        var body = await call.Read(ActivityBody.Read);
        return await Shown(call, await call.Service<ActivityService>().Update(call.Caller, id, await WithLead(call, body), call.Ct),
            attendees: true);
    }

    private static async Task<Reply> Delete(Call call) =>
        Reply.Json(Envelope.Deleted,
            new Gone((await call.Service<ActivityService>().Delete(call.Caller, call.Path(Id, "activity"), call.Ct)).Id));

    private static async Task<Reply> Shown(Call call, Activity activity, bool attendees) =>
        Reply.Json(ActivityWire.One, (await Views(call, [activity], attendees))[0]);

    private static async Task<IReadOnlyList<ActivityView>> Views(Call call, IReadOnlyList<Activity> activities, bool attendees)
    {
        var ids = activities.Select(activity => activity.LeadId).OfType<long>().Distinct().ToList();
        // The name of a lead that an activity hangs on is no more than the activity itself tells.
        var leads = ids.Count == 0 ? [] : await call.Service<LeadService>()
            .FindMany(call.Caller with { Scopes = [.. call.Caller.Scopes, "leads:read"] }, ids, call.Ct);
        var uids = leads.ToDictionary(lead => lead.Id, lead => lead.Uid);
        return [.. activities.Select(activity => new ActivityView(activity,
            uids.TryGetValue(activity.LeadId ?? 0, out var uid) ? uid : null, attendees))];
    }

    /// <summary>Pipedrive names leads by their UUID, the engine's activities by id.</summary>
    private static async Task<ActivityPatch> WithLead(Call call, (ActivityPatch Patch, Field<Guid?> Lead) body)
    {
        if (!body.Lead.IsSet) return body.Patch;
        if (body.Lead.Value is not { } uid) return body.Patch with { LeadId = new(true, null) };
        return body.Patch with
        {
            LeadId = new(true, await LeadOf(call, uid) ?? throw Problem.Invalid("lead_id", $"No lead with id {uid:D}.")),
        };
    }

    private static async Task<long?> LeadOf(Call call, Guid uid)
    {
        try
        {
            return (await call.Service<LeadService>().Get(call.Caller, uid, call.Ct)).Id;
        }
        catch (ProblemException refused) when (refused.Problem.Code is ProblemCode.NotFound)
        {
            return null;
        }
    }

    private static Func<Call, Task<Condition>>? OfLead(Call call) =>
        call.Query(LeadId) is { IsSet: true, Value: var uid } ? async later => Condition.Equal("lead_id", await LeadOf(later, uid) ?? 0)
        : null;
}
