using Tributary.Core.Kernel;

namespace Tributary.Core.Users;

/// <summary>Changes to a group.</summary>
public sealed record GroupPatch
{
    /// <summary>When set, the change is refused as stale unless the group has this version.</summary>
    public long? ExpectedVersion { get; init; }
    public Field<string> Name { get; init; }
    public Field<long?> ParentId { get; init; }
}

/// <summary>Groups form trees.</summary>
internal static class GroupRules
{
    /// <summary>Deeper trees than this are a mistake; every caller carries the way to the top.</summary>
    private const int MaxDepth = 20;

    public static UserGroup Check(UserGroup group, IReadOnlyList<UserGroup> groups)
    {
        var checks = new Checks();
        var name = checks.Text("name", group.Name, 200);
        checks.Require(Fits(group, groups),
            "parent_id", $"parent_id must be a group of this workspace that is not below this one, at most {MaxDepth} levels deep.");
        checks.Done();
        return group with { Name = name };
    }

    public static void MustBeEmpty(UserGroup group, IReadOnlyList<UserGroup> groups, IReadOnlyList<User> users)
    {
        if (groups.Any(other => other.ParentId == group.Id))
        {
            throw Problem.Conflict("The group has groups below it; move or delete them first.", "user_group");
        }
        if (users.Any(user => user.GroupId == group.Id))
        {
            throw Problem.Conflict("The group has users; move them to another group first.", "user_group");
        }
    }

    private static bool Fits(UserGroup group, IReadOnlyList<UserGroup> groups)
    {
        var byId = groups.ToDictionary(other => other.Id);
        var depth = 1;
        for (var at = group.ParentId; at is { } id; at = byId[id].ParentId)
        {
            if (id == group.Id || !byId.ContainsKey(id) || ++depth > MaxDepth) return false;
        }
        return true;
    }
}
