using Tributary.Core.Kernel;
using Tributary.Core.Users;
using Tributary.Server.Hosting;

namespace Tributary.Server.Api.Users;

internal static class UserRoutes
{
    private static readonly Member<long> Id = Members.Id("id", "The user.").InPath();

    private static readonly ShortListing<User> Users = new(UserWire.User, user => user.Id)
    {
        Filters =
        [
            ShortFilter<User>.Of(Members.Word("role", "Users of this role.", UserWire.Roles), (user, role) => user.Role == role),
            ShortFilter<User>.Of(Members.Id("group_id", "Users of this group."), (user, group) => user.GroupId == group),
            ShortFilter<User>.Of(Members.Flag("is_active", "Active or inactive users; all when left out."),
                (user, active) => user.IsActive == active),
            ShortFilter<User>.Of(Members.Email("email", "The user with this address."),
                (user, email) => user.Email.Equals(email, StringComparison.OrdinalIgnoreCase)),
        ],
        Sorts = new Dictionary<string, Func<User, IComparable?>>
        {
            ["id"] = u => u.Id,
            ["name"] = u => u.Name,
            ["email"] = u => u.Email,
            ["added_at"] = u => u.AddedAt,
            ["last_login_at"] = u => u.LastLoginAt,
        },
    };

    public static readonly IReadOnlyList<Operation> All =
    [
        new("GET", "/users", "listUsers", List) { Tag = "Users", Summary = "List users", Parameters = Users.Parameters, Answer = Users },
        new("POST", "/users", "createUser", Create)
        {
            Tag = "Users", Summary = "Add a user", Body = UserBody.New, Status = 201, Answer = UserWire.User,
        },
        new("GET", "/users/me", "getMe", GetMe)
        {
            Tag = "Users", Summary = "Get the user of the credential", Parameters = [Selection.Fields], Answer = UserWire.User,
        },
        new("GET", "/users/{id}", "getUser", Get)
        {
            Tag = "Users", Summary = "Get a user", Parameters = [Id, Selection.Fields], Answer = UserWire.User,
        },
        new("PATCH", "/users/{id}", "updateUser", Update)
        {
            Tag = "Users", Summary = "Change or deactivate a user", Parameters = [Id], Body = UserBody.Patch, Answer = UserWire.User,
        },
        new("PUT", "/users/{id}/password", "setPassword", SetPassword)
        {
            Tag = "Users", Summary = "Set or take away a user's password",
            Description =
                "Admins set everyone's, everyone their own. The user's sessions end. Passwords are kept hashed (PBKDF2) and shown by nothing.",
            Parameters = [Id], Body = UserBody.NewPassword, Status = 204,
        },
    ];

    private static Task<Reply> List(Call call) => Users.Answer(call, () => call.Service<UserService>().List(call.Caller, call.Ct));

    private static async Task<Reply> Create(Call call)
    {
        call.Caller.MustAdminister("users");
        return Shown(await call.Service<UserService>().Create(call.Caller, await call.Read(UserBody.ReadNew), call.Ct), 201);
    }

    private static Task<Reply> GetMe(Call call) => Get(call, call.Caller.UserId ?? throw Problem.NotFound("user", "me"));

    private static Task<Reply> Get(Call call) => Get(call, call.Path(Id, "user"));

    private static async Task<Reply> Get(Call call, long id)
    {
        var only = Selection.Read(call, UserWire.User);
        call.Checked();
        return Shown(await call.Service<UserService>().Get(call.Caller, id, call.Ct), only: only);
    }

    private static async Task<Reply> Update(Call call)
    {
        call.Caller.MustWrite("users");
        var id = call.Path(Id, "user");
        var patch = await call.Read(UserBody.Read);
        return Shown(await call.Service<UserService>()
            .Update(call.Caller, id, patch with { ExpectedVersion = call.ExpectedVersion() ?? patch.ExpectedVersion }, call.Ct));
    }

    private static async Task<Reply> SetPassword(Call call)
    {
        call.Caller.MustWrite("users");
        var id = call.Path(Id, "user");
        var (password, current) = await call.Read(UserBody.ReadPassword);
        var users = call.Service<UserService>();
        if (call.Caller.UserId == id && await users.PasswordHash(call.Caller, call.Ct) is { } own && !Passwords.Fits(own, current ?? ""))
        {
            throw Problem.Invalid("current_password", "current_password must be the password that you have now.");
        }
        await users.SetPasswordHash(call.Caller, id, password is null ? null : Passwords.Hash(password), call.Ct);
        return Reply.Empty();
    }

    private static Reply Shown(User user, int status = 200, IReadOnlySet<string>? only = null) =>
        Reply.Json(UserWire.User, user, user.Version, status, only);
}
