using Tributary.Core.Catalog;
using Tributary.Core.Workspaces;
using Tributary.Server.Hosting;

namespace Tributary.Server.Api.Workspaces;

internal static class WorkspaceRoutes
{
    public static readonly IReadOnlyList<Operation> All =
    [
        new("GET", "/workspace", "getWorkspace", Get) { Tag = "Workspace", Summary = "Get the workspace of the credential", Parameters = [Selection.Fields], Answer = WorkspaceWire.Workspace },
        new("PATCH", "/workspace", "updateWorkspace", Update) { Tag = "Workspace", Summary = "Change the workspace", Body = WorkspaceBody.Patch, Answer = WorkspaceWire.Workspace },
        new("GET", "/usage", "getUsage", GetUsage) { Tag = "Workspace", Summary = "See how much of what is limited is used", Answer = WorkspaceWire.Usage },
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
        return Reply.Json(WorkspaceWire.Workspace, await call.Service<WorkspaceService>().Update(call.Caller, await call.Read(WorkspaceBody.Read), call.Ct));
    }

    private static async Task<Reply> GetUsage(Call call)
    {
        call.Caller.MustRead("workspace");
        call.Checked();
        return Reply.Json(WorkspaceWire.Usage, new(call.Service<RateLimits>().Of(call.Caller), await call.Service<CatalogService>().Current(call.Caller, call.Ct)));
    }
}
