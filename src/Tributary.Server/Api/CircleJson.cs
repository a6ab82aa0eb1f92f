using Tributary.Core.Kernel;
using Tributary.Server.Api.Users;
using Tributary.Server.Hosting;

namespace Tributary.Server.Api;

/// <summary>Some people of the workspace in our own API, both ways.</summary>
internal static class CircleJson
{
    private static readonly Member<Seq<Role>> Roles = Members.List("roles", "", Members.Word("", "", UserWire.Roles));
    private static readonly Member<Seq<long>> UserIds = Members.List("user_ids", "", Members.Id("", ""));
    private static readonly Member<Seq<long>> GroupIds =
        Members.List("group_ids", "Visibility groups, and those below them.", Members.Id("", ""));

    public static readonly Wire<Circle> Wire =
        new Wire<Circle>("Circle", "People named by role, user or group, beside admins. All three empty: everyone.")
        .Texts("roles", c => [.. c.Roles.Select(role => Words.Spell(UserWire.Roles, role))])
        .Wholes("user_ids", c => c.UserIds)
        .Wholes("group_ids", c => c.GroupIds, "Visibility groups, and those below them.");

    /// <summary>Replaced whole.</summary>
    public static Member<Circle> Member(string name, string description) =>
        Members.Object(name, description, new("NewCircle", Roles, UserIds, GroupIds), body => new Circle
        {
            Roles = body.Get(Roles).Or([]),
            UserIds = body.Get(UserIds).Or([]),
            GroupIds = body.Get(GroupIds).Or([]),
        });
}
