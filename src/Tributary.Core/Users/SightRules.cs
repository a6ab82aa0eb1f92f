using Tributary.Core.Catalog;
using Tributary.Core.Deals;
using Tributary.Core.Kernel;

namespace Tributary.Core.Users;

/// <summary>Why a user sees a record, the strongest reason first; <see cref="None"/> when they do not.</summary>
public enum SightReason
{
    Admin,
    Owner,
    Everyone,

    /// <summary>It is shown to the owner's group, and the user is in it.</summary>
    Group,

    /// <summary>It is shown to the owner's group and those below it, and the user is in one of those.</summary>
    GroupBelow,
    Follower,
    None,
}

/// <summary>Says why, where <see cref="DealVisibility"/> says whether; a test holds the two together. Pure.</summary>
internal static class SightRules
{
    public static SightReason Of(Caller user, long? ownerId, int visibleTo, bool follows, WorkspaceCatalog catalog)
    {
        if (user.IsAdmin) return SightReason.Admin;
        if (ownerId is { } owner && owner == user.UserId) return SightReason.Owner;
        if (visibleTo == 7) return SightReason.Everyone;
        if (DealVisibility.SeesByOwner(user, ownerId, visibleTo, catalog)) return catalog.User(ownerId)?.GroupId == user.GroupId
            ? SightReason.Group : SightReason.GroupBelow;
        return follows ? SightReason.Follower : SightReason.None;
    }
}
