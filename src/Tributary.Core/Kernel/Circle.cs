namespace Tributary.Core.Kernel;

/// <summary>
/// Some people of a workspace, named by role, user or visibility group: whoever is one of any. Naming nobody means everyone.
/// </summary>
public sealed record Circle
{
    /// <summary>Names nobody.</summary>
    public static readonly Circle Everyone = new();

    public Seq<Role> Roles { get; init; } = [];
    public Seq<long> UserIds { get; init; } = [];

    /// <summary>Whoever is in a group below one of them is in it too.</summary>
    public Seq<long> GroupIds { get; init; } = [];

    public bool IsEveryone() => Roles.Count + UserIds.Count + GroupIds.Count == 0;

    /// <summary>Admins are in every circle: they could widen it anyway.</summary>
    public bool Has(Caller caller) => IsEveryone() || caller.IsAdmin || Roles.Contains(caller.Role)
        || caller.UserId is { } user && UserIds.Contains(user)
        || caller.GroupId is { } group && GroupIds.Contains(group)
        || caller.GroupsAbove.Any(above => GroupIds.Contains(above));
}
