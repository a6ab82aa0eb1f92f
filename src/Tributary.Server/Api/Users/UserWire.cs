using Tributary.Core.Kernel;
using Tributary.Core.Users;
using Tributary.Server.Hosting;

namespace Tributary.Server.Api.Users;

internal static class UserWire
{
    public static readonly (string, Role)[] Roles = [("admin", Role.Admin), ("manager", Role.Manager), ("member", Role.Member)];

    public static readonly Wire<User> User = new Wire<User>("User", "A person who works in the workspace.")
        .Whole("id", u => u.Id)
        .Uid("uid", u => u.Uid)
        .Text("name", u => u.Name, nullable: false)
        .Text("email", u => u.Email, nullable: false)
        .Word("role", u => Spell(u.Role), ["admin", "manager", "member"])
        .Whole("group_id", u => u.GroupId, "Decides, with visible_to, what the user sees.")
        .Text("phone", u => u.Phone)
        .Text("locale", u => u.Locale, nullable: false)
        .Text("time_zone", u => u.TimeZone, nullable: false)
        .Text("default_currency", u => u.DefaultCurrency, nullable: false)
        .Flag("is_active", u => u.IsActive, "An inactive user's keys and sessions open nothing.")
        .Instant("last_login_at", u => u.LastLoginAt, TimeStyle.IsoMilliseconds)
        .Instant("added_at", u => u.AddedAt, TimeStyle.IsoMilliseconds)
        .Instant("updated_at", u => u.UpdatedAt, TimeStyle.IsoMilliseconds)
        .Whole("version", u => u.Version, "Also the ETag.");

    public static readonly Wire<UserGroup> Group =
        new Wire<UserGroup>("UserGroup", "A visibility group. Groups form a tree; who is in a group above sees what visible_to 5 shows.")
        .Whole("id", g => g.Id)
        .Uid("uid", g => g.Uid)
        .Text("name", g => g.Name, nullable: false)
        .Whole("parent_id", g => g.ParentId)
        .Instant("added_at", g => g.AddedAt, TimeStyle.IsoMilliseconds)
        .Instant("updated_at", g => g.UpdatedAt, TimeStyle.IsoMilliseconds)
        .Whole("version", g => g.Version, "Also the ETag.");

    private static string Spell(Role role) => role switch
    {
        Role.Admin => "admin",
        Role.Manager => "manager",
        Role.Member => "member",
    };
}
