using Tributary.Core.Activities;
using Tributary.Core.Lists;
using Tributary.Server.Hosting;

namespace Tributary.Server.Api.Activities;

internal static class ActivityRoutes
{
    private static readonly Listing<Activity> Activities = new("activity", ActivityWire.Activity, "-added_at")
    {
        Filters =
        [
            RecordFilters.Owner, RecordFilters.Deal, RecordFilters.Lead, RecordFilters.Person, RecordFilters.Org,
            ListFilter.Equal(Members.Text("type", "Activities of this type.", 100)),
            ListFilter.Of(Members.Word("status", "Activities of this status.", Words.ActivityStatuses),
                status => Condition.Equal("status", Words.Spell(Words.ActivityStatuses, status))),
            ListFilter.Equal(Members.Flag("done", "Activities that are done, or are not.")), .. RecordFilters.Days("due_on"),
            .. RecordFilters.Times,
        ],
    };

    private static readonly RecordRoutes<Activity, ActivityPatch, Activity> Life =
        new("Activity", "Activities", "/activities", "an activity")
        {
            Tag = "Activities",
            Wire = ActivityWire.Activity,
            Listing = Activities,
            New = ActivityBody.New,
            Patch = ActivityBody.Patch,
            Read = ActivityBody.Read,
            Identity = activity => (activity.Id, activity.Version),
            Show = (call, activities, include) => Task.FromResult(activities),
            List = (call, query) => call.Service<ActivityService>().List(call.Caller, query, call.Ct),
            Get = (call, id) => call.Service<ActivityService>().Get(call.Caller, id, call.Ct),
            Create = (call, patch) => call.Service<ActivityService>().Create(call.Caller, patch, call.Ct),
            Update = (call, id, patch) => call.Service<ActivityService>().Update(call.Caller, id, patch, call.Ct),
            Deletion = (deleted, version) => new() { Deleted = deleted, ExpectedVersion = version },
        };

    public static readonly IReadOnlyList<Operation> All = [.. Life.All()];
}
