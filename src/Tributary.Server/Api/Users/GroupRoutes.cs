using Tributary.Core.Users;
using Tributary.Server.Hosting;

namespace Tributary.Server.Api.Users;

internal static class GroupRoutes
{
    private static readonly Member<long> Id = Members.Id("id", "The group.").InPath();

    private static readonly ShortListing<UserGroup> Groups = new(UserWire.Group, group => group.Id)
    {
        Filters =
            [ShortFilter<UserGroup>.Of(Members.Id("parent_id", "Groups right below this one."),
                (group, parent) => group.ParentId == parent)],
        Sorts = new Dictionary<string, Func<UserGroup, IComparable?>>
        {
            ["id"] = g => g.Id,
            ["name"] = g => g.Name,
            ["added_at"] = g => g.AddedAt,
        },
    };

    public static readonly IReadOnlyList<Operation> All =
    [
        new("GET", "/groups", "listGroups", List)
        {
            Tag = "Users", Summary = "List visibility groups", Parameters = Groups.Parameters, Answer = Groups,
        },
        new("POST", "/groups", "createGroup", Create)
        {
            Tag = "Users", Summary = "Add a visibility group", Body = UserBody.NewGroup, Status = 201, Answer = UserWire.Group,
        },
        new("GET", "/groups/{id}", "getGroup", Get)
        {
            Tag = "Users", Summary = "Get a visibility group", Parameters = [Id, Selection.Fields], Answer = UserWire.Group,
        },
        new("PATCH", "/groups/{id}", "updateGroup", Update)
        {
            Tag = "Users", Summary = "Rename or move a visibility group", Parameters = [Id], Body = UserBody.GroupPatch,
            Answer = UserWire.Group,
        },
        new("DELETE", "/groups/{id}", "deleteGroup", Delete)
        {
            Tag = "Users", Summary = "Delete a visibility group that is empty", Parameters = [Id], Status = 204,
        },
    ];

    private static Task<Reply> List(Call call) => Groups.Answer(call, () => call.Service<GroupService>().List(call.Caller, call.Ct));

    private static async Task<Reply> Create(Call call)
    {
        call.Caller.MustAdminister("users");
        var sent = await call.Read(UserBody.ReadGroup);
        return Shown(await call.Service<GroupService>().Create(call.Caller, sent.Name.Or(""), sent.ParentId.Or(null), call.Ct), 201);
    }

    private static async Task<Reply> Get(Call call)
    {
        var id = call.Path(Id, "group");
        var only = Selection.Read(call, UserWire.Group);
        call.Checked();
        return Shown(await call.Service<GroupService>().Get(call.Caller, id, call.Ct), only: only);
    }

    private static async Task<Reply> Update(Call call)
    {
        call.Caller.MustAdminister("users");
        var id = call.Path(Id, "group");
        var patch = await call.Read(UserBody.ReadGroup);
        return Shown(await call.Service<GroupService>()
            .Update(call.Caller, id, patch with { ExpectedVersion = call.ExpectedVersion() ?? patch.ExpectedVersion }, call.Ct));
    }

    private static async Task<Reply> Delete(Call call)
    {
        call.Caller.MustAdminister("users");
        await call.Service<GroupService>().Delete(call.Caller, call.Path(Id, "group"), call.ExpectedVersion(), call.Ct);
        return Reply.Empty();
    }

    private static Reply Shown(UserGroup group, int status = 200, IReadOnlySet<string>? only = null) =>
        Reply.Json(UserWire.Group, group, group.Version, status, only);
}
