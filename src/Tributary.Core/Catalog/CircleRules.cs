using Tributary.Core.Kernel;

namespace Tributary.Core.Catalog;

/// <summary>Which circles there may be, and how they are told. Pure.</summary>
internal static class CircleRules
{
    private const int MaxIds = 100;

    /// <param name="member">The circle, as refusals name it.</param>
    /// <param name="before">Whoever is in it already may stay, also after leaving the company.</param>
    public static Circle Read(Checks checks, string member, Circle given, Circle before, WorkspaceCatalog catalog) => new()
    {
        Roles = [.. given.Roles.Distinct().Order()],
        UserIds = Known($"{member}.user_ids", given.UserIds, before.UserIds, id => catalog.User(id) is { IsActive: true }, "active user",
            checks),
        GroupIds = Known($"{member}.group_ids", given.GroupIds, before.GroupIds, id => catalog.Group(id) is not null, "group", checks),
    };

    /// <summary>"managers, Sam Seller, the group North, admins".</summary>
    public static string Told(Circle circle, WorkspaceCatalog catalog) => string.Join(", ", circle.Roles
        .Select(role => $"{role.ToString().ToLowerInvariant()}s")
        .Concat(circle.UserIds.Select(id => catalog.User(id)?.Name).OfType<string>())
        .Concat(circle.GroupIds.Select(id => catalog.Group(id)?.Name).OfType<string>().Select(name => $"the group {name}"))
        .Append("admins").Distinct());

    private static Seq<long> Known(string member, Seq<long> given, Seq<long> before, Func<long, bool> isKnown, string noun, Checks checks)
    {
        checks.Require(given.Count <= MaxIds, member, $"{member} holds at most {MaxIds} ids.");
        foreach (var id in given.Take(MaxIds).Except(before)) checks.Require(isKnown(id), member, $"No {noun} with id {id}.");
        return [.. given.Distinct().Order()];
    }
}
