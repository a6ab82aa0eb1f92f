using Tributary.Core.Activities;
using Tributary.Server.Hosting;

namespace Tributary.Server.Api.ActivityTypes;

internal static class ActivityTypeRoutes
{
    private static readonly Member<long> Id = Members.Id("id", "The activity type.").InPath();

    private static readonly ShortListing<ActivityType> Types = new(ActivityTypeWire.ActivityType, type => type.Id)
    {
        Filters =
        [
            ShortFilter<ActivityType>.Of(Members.Flag("is_active", "Those offered, or those no longer offered; all when left out."),
                (type, active) => type.IsActive == active),
            ShortFilter<ActivityType>.Of(Members.Text("key", "The type of this key.", 100), (type, key) => type.Key == key),
        ],
        Sorts = new Dictionary<string, Func<ActivityType, IComparable?>>
        {
            ["id"] = t => t.Id,
            ["key"] = t => t.Key,
            ["name"] = t => t.Name,
            ["position"] = t => t.Position,
            ["added_at"] = t => t.AddedAt,
        },
    };

    public static readonly IReadOnlyList<Operation> All =
    [
        new("GET", "/activity-types", "listActivityTypes", List)
        {
            Tag = "Activity types", Summary = "List activity types", Parameters = Types.Parameters, Answer = Types,
        },
        new("POST", "/activity-types", "createActivityType", Create)
        {
            Tag = "Activity types", Summary = "Add an activity type", Body = ActivityTypeWire.New, Status = 201,
            Answer = ActivityTypeWire.ActivityType,
        },
        new("GET", "/activity-types/{id}", "getActivityType", Get)
        {
            Tag = "Activity types", Summary = "Get an activity type", Parameters = [Id, Selection.Fields],
            Answer = ActivityTypeWire.ActivityType,
        },
        new("PATCH", "/activity-types/{id}", "updateActivityType", Update)
        {
            Tag = "Activity types", Summary = "Change an activity type", Parameters = [Id], Body = ActivityTypeWire.Patch,
            Answer = ActivityTypeWire.ActivityType,
        },
        new("DELETE", "/activity-types/{id}", "deleteActivityType", Delete)
        {
            Tag = "Activity types", Summary = "Delete an activity type that nothing carries", Parameters = [Id], Status = 204,
        },
    ];

    private static Task<Reply> List(Call call) => Types.Answer(call, () => call.Service<ActivityTypeService>().All(call.Caller, call.Ct));

    private static async Task<Reply> Create(Call call)
    {
        call.Caller.MustManage("activity_types");
        return Shown(await call.Service<ActivityTypeService>().Create(call.Caller, await call.Read(ActivityTypeWire.Read), call.Ct), 201);
    }

    private static async Task<Reply> Get(Call call)
    {
        var id = call.Path(Id, "activity type");
        var only = Selection.Read(call, ActivityTypeWire.ActivityType);
        call.Checked();
        return Shown(await call.Service<ActivityTypeService>().Get(call.Caller, id, call.Ct), only: only);
    }

    private static async Task<Reply> Update(Call call)
    {
        call.Caller.MustManage("activity_types");
        var id = call.Path(Id, "activity type");
        var patch = await call.Read(ActivityTypeWire.Read);
        return Shown(await call.Service<ActivityTypeService>()
            .Update(call.Caller, id, patch with { ExpectedVersion = call.ExpectedVersion() ?? patch.ExpectedVersion }, call.Ct));
    }

    private static async Task<Reply> Delete(Call call)
    {
        call.Caller.MustManage("activity_types");
        await call.Service<ActivityTypeService>().Delete(call.Caller, call.Path(Id, "activity type"), call.ExpectedVersion(), call.Ct);
        return Reply.Empty();
    }

    private static Reply Shown(ActivityType type, int status = 200, IReadOnlySet<string>? only = null) =>
        Reply.Json(ActivityTypeWire.ActivityType, type, type.Version, status, only);
}
