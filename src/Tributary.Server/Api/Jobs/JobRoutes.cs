using System.Text.Json.Nodes;
using Tributary.Core.Jobs;
using Tributary.Server.Hosting;

namespace Tributary.Server.Api.Jobs;

internal static class JobRoutes
{
    private static readonly Member<Guid> Uid = Members.Uid("uid", "The job.").InPath();

    public static readonly Wire<Job> Wire =
        new Wire<Job>("Job", "Work that goes on after the request that asked for it. Jobs that ended are kept for some days.")
        .Uid("uid", j => j.Uid)
        .Text("kind", j => j.Kind, nullable: false)
        .Word("state", j => Words.Spell(Words.States, j.State), Words.Spellings(Words.States))
        .Whole("subject_id", j => j.SubjectId, "The record it is about.")
        .Whole("done", j => j.Done, "Steps done.")
        .Whole("total", j => j.Total, "Steps in all, when known.")
        .Json("result", new() { ["type"] = new JsonArray("object", "null"), ["additionalProperties"] = true },
            (json, j) => json.WriteRawValue(j.Result ?? "null"), "What came of it; \"error\" says why it failed or is tried again.")
        .Instant("added_at", j => j.AddedAt, TimeStyle.IsoMilliseconds)
        .Whole("added_by", j => j.AddedBy)
        .Instant("updated_at", j => j.UpdatedAt, TimeStyle.IsoMilliseconds);

    private static readonly ShortListing<Job> Jobs = new(Wire, job => job.Id)
    {
        Filters =
        [
            ShortFilter<Job>.Of(Members.Word("state", "Jobs in this state.", Words.States), (job, state) => job.State == state),
            ShortFilter<Job>.Of(Members.Text("kind", "Jobs of this kind.", 100), (job, kind) => job.Kind == kind),
        ],
        Sorts = new Dictionary<string, Func<Job, IComparable?>>
        {
            ["added_at"] = j => j.AddedAt,
            ["updated_at"] = j => j.UpdatedAt,
            ["kind"] = j => j.Kind,
        },
    };

    public static readonly IReadOnlyList<Operation> All =
    [
        new("GET", "/jobs", "listJobs", List)
        {
            Tag = "Jobs", Summary = "List the newest background jobs; admins see everyone's, others their own",
            Parameters = Jobs.Parameters, Answer = Jobs,
        },
        new("GET", "/jobs/{uid}", "getJob", Get)
        {
            Tag = "Jobs", Summary = "See how a background job stands", Parameters = [Uid, Selection.Fields], Answer = Wire,
        },
    ];

    private static Task<Reply> List(Call call) => Jobs.Answer(call, () => call.Service<JobService>().List(call.Caller, call.Ct));

    private static async Task<Reply> Get(Call call)
    {
        var uid = call.Path(Uid, "job");
        var only = Selection.Read(call, Wire);
        call.Checked();
        return Reply.Json(Wire, await call.Service<JobService>().Get(call.Caller, uid, call.Ct), only: only);
    }
}
