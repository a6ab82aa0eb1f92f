using Tributary.Core.Log;

namespace Tributary.Core.Users;

/// <summary>What the log records of users and groups. Password hashes are no part of a user, so none can get there.</summary>
internal static class UserHistory
{
    public static readonly IReadOnlyList<Tracked<User>> Tracks =
    [
        new("name", user => user.Name),
        new("email", user => user.Email),
        new("role", user => user.Role),
        new("group_id", user => user.GroupId),
        new("phone", user => user.Phone),
        new("locale", user => user.Locale),
        new("time_zone", user => user.TimeZone),
        new("default_currency", user => user.DefaultCurrency),
        new("is_active", user => user.IsActive),
    ];

    public static readonly IReadOnlyList<Tracked<UserGroup>> GroupTracks =
    [
        new("name", group => group.Name),
        new("parent_id", group => group.ParentId),
    ];
}
