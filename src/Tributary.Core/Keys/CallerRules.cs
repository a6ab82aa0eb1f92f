using Tributary.Core.Catalog;
using Tributary.Core.Kernel;

namespace Tributary.Core.Keys;

/// <summary>Who a credential speaks for: the one place where callers of requests are made.</summary>
internal static class CallerRules
{
    /// <summary>None when the user is unknown or deactivated.</summary>
    public static Caller? Of(WorkspaceCatalog catalog, long userId, string dialect, Seq<string> scopes)
    {
        if (catalog.User(userId) is not { IsActive: true } user) return null;
        return new()
        {
            Workspace = catalog.Workspace.Id,
            UserId = user.Id,
            Role = user.Role,
            GroupId = user.GroupId,
            GroupsAbove = user.GroupId is { } group ? [.. Above(catalog, group)] : [],
            Scopes = scopes,
            Dialect = dialect,
        };
    }

    /// <summary>The group itself, its parent, and so on to the top.</summary>
    private static IEnumerable<long> Above(WorkspaceCatalog catalog, long group)
    {
        // Groups form no circles (GroupRules); the limit keeps a damaged database from hanging every request.
        var left = catalog.Groups.Count;
        for (long? at = group; at is { } id && left-- > 0; at = catalog.Group(id)?.ParentId) yield return id;
    }
}
