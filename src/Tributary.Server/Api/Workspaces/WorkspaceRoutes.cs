using Tributary.Core.Catalog;
using Tributary.Core.Workspaces;
using Tributary.Server.Demo;
using Tributary.Server.Hosting;

namespace Tributary.Server.Api.Workspaces;

internal static class WorkspaceRoutes
{
    public static readonly IReadOnlyList<Operation> All =
    [
        new("GET", "/workspace", "getWorkspace", Get)
        {
            Tag = "Workspace", Summary = "Get the workspace of the credential", Parameters = [Selection.Fields],
            Answer = WorkspaceWire.Workspace,
        },
        new("PATCH", "/workspace", "updateWorkspace", Update)
        {
            Tag = "Workspace", Summary = "Change the workspace", Body = WorkspaceBody.Patch, Answer = WorkspaceWire.Workspace,
        },
        new("POST", "/workspace/sample-data", "loadSampleData", LoadSample)
        {
            Tag = "Workspace", Summary = "Fill a workspace without deals with invented ones, to look around; for admins",
            Description =
                "Organizations, persons, deals and activities in the default pipeline, all of them the caller's; its deals have the tag \"sample\". Refused once there is a deal, deleted ones included.",
            Status = 201, Answer = WorkspaceWire.Sample,
        },
        new("GET", "/usage", "getUsage", GetUsage)
        {
            Tag = "Workspace", Summary = "See how much of what is limited is used", Answer = WorkspaceWire.Usage,
        },
    ];

    private static async Task<Reply> Get(Call call)
    {
        call.Caller.MustRead("workspace");
        var only = Selection.Read(call, WorkspaceWire.Workspace);
        call.Checked();
        return Reply.Json(WorkspaceWire.Workspace, await call.Service<WorkspaceService>().Get(call.Caller, call.Ct), only: only);
    }

    private static async Task<Reply> Update(Call call)
    {
        call.Caller.MustAdminister("workspace");
        return Reply.Json(WorkspaceWire.Workspace, await call.Service<WorkspaceService>()
            .Update(call.Caller, await call.Read(WorkspaceBody.Read), call.Ct));
    }

    private static async Task<Reply> LoadSample(Call call)
    {
        call.Checked();
        return Reply.Json(WorkspaceWire.Sample, await call.Service<SampleData>().Load(call.Caller, call.Ct), status: 201);
    }

    private static async Task<Reply> GetUsage(Call call)
    {
        call.Caller.MustRead("workspace");
        call.Checked();
        return Reply.Json(WorkspaceWire.Usage,
            new(call.Service<RateLimits>().Of(call.Caller), await call.Service<CatalogService>().Current(call.Caller, call.Ct)));
    }
}
