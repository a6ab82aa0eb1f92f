using System.Text.RegularExpressions;
using Tributary.Core.Catalog;
using Tributary.Core.Kernel;

namespace Tributary.Core.Users;

/// <summary>A user to be. Locale, time zone and currency default to the workspace's.</summary>
public sealed record NewUser
{
    public required string Name { get; init; }
    public required string Email { get; init; }
    public Role Role { get; init; } = Role.Member;
    public long? GroupId { get; init; }
    public string? Phone { get; init; }
    public string? Locale { get; init; }
    public string? TimeZone { get; init; }
    public string? DefaultCurrency { get; init; }

    /// <summary>Made by the server's password hasher; none for a user who cannot sign in to the web app.</summary>
    public string? PasswordHash { get; init; }
}

/// <summary>Changes to a user.</summary>
public sealed record UserPatch
{
    /// <summary>When set, the change is refused as stale unless the user has this version.</summary>
    public long? ExpectedVersion { get; init; }
    public Field<string> Name { get; init; }
    public Field<string> Email { get; init; }
    public Field<Role> Role { get; init; }
    public Field<long?> GroupId { get; init; }
    public Field<string?> Phone { get; init; }
    public Field<string> Locale { get; init; }
    public Field<string> TimeZone { get; init; }
    public Field<string> DefaultCurrency { get; init; }

    /// <summary>False deactivates: the user's keys and sessions stop working, what they own stays theirs.</summary>
    public Field<bool> IsActive { get; init; }

    /// <summary>What people may change about themselves.</summary>
    internal bool IsProfileOnly => !Email.IsSet && !Role.IsSet && !GroupId.IsSet && !IsActive.IsSet;
}

/// <summary>Which users may exist.</summary>
internal static partial class UserRules
{
    public static User New(NewUser given, Workspace workspace, long id, Guid uid, DateTimeOffset now)
    {
        var checks = new Checks();
        var user = new User
        {
            Id = id,
            Uid = uid,
            Name = checks.Text("name", given.Name, 200),
            Email = checks.Email("email", given.Email),
            Role = given.Role,
            GroupId = given.GroupId,
            Phone = checks.OptionalText("phone", given.Phone, 50),
            Locale = Locale(checks, given.Locale ?? "en"),
            TimeZone = TimeZone(checks, given.TimeZone ?? workspace.TimeZone),
            DefaultCurrency = checks.Currency("default_currency", given.DefaultCurrency ?? workspace.BaseCurrency),
            IsActive = true,
            AddedAt = now,
            UpdatedAt = now,
            Version = 1,
        };
        checks.Done();
        return user;
    }

    public static User Apply(User before, UserPatch patch, DateTimeOffset now)
    {
        var checks = new Checks();
        var after = before with
        {
            Name = patch.Name.IsSet ? checks.Text("name", patch.Name.Value, 200) : before.Name,
            Email = patch.Email.IsSet ? checks.Email("email", patch.Email.Value) : before.Email,
            Role = patch.Role.Or(before.Role),
            GroupId = patch.GroupId.Or(before.GroupId),
            Phone = patch.Phone.IsSet ? checks.OptionalText("phone", patch.Phone.Value, 50) : before.Phone,
            Locale = patch.Locale.IsSet ? Locale(checks, patch.Locale.Value) : before.Locale,
            TimeZone = patch.TimeZone.IsSet ? TimeZone(checks, patch.TimeZone.Value) : before.TimeZone,
            DefaultCurrency = patch.DefaultCurrency.IsSet
                ? checks.Currency("default_currency", patch.DefaultCurrency.Value)
                : before.DefaultCurrency,
            IsActive = patch.IsActive.Or(before.IsActive),
        };
        checks.Done();
        return after == before ? before : after with { UpdatedAt = now, Version = before.Version + 1 };
    }

    /// <summary>What a user refers to must be there.</summary>
    public static void MustFit(User user, WorkspaceCatalog catalog)
    {
        var checks = new Checks();
        checks.Require(user.GroupId is not { } group || catalog.Group(group) is not null,
            "group_id", "group_id must be a group of this workspace.");
        checks.Require(catalog.Currency(user.DefaultCurrency) is { IsActive: true },
            "default_currency", "default_currency must be an active currency of this workspace.");
        checks.Done();
    }

    /// <summary>Nobody could let anybody in again.</summary>
    public static void MustLeaveAnAdmin(User after, IEnumerable<User> users)
    {
        if (after is { Role: Role.Admin, IsActive: true }) return;
        if (!users.Any(other => other.Id != after.Id && other is { Role: Role.Admin, IsActive: true }))
        {
            throw Problem.Conflict("At least one active admin must remain.", "user");
        }
    }

    /// <summary>Admins change everyone; everyone changes their own profile.</summary>
    public static void MustBeAllowed(Caller caller, long userId, UserPatch patch)
    {
        if (caller.UserId == userId && patch.IsProfileOnly) caller.MustWrite("users");
        else caller.MustAdminister("users");
    }

    public static string TimeZone(Checks checks, string? given)
    {
        var zone = given?.Trim() ?? "";
        checks.Require(TimeZoneInfo.TryFindSystemTimeZoneById(zone, out var found) && found.HasIanaId,
            "time_zone", "time_zone must be an IANA name such as Europe/Berlin.");
        return zone;
    }

    private static string Locale(Checks checks, string? given)
    {
        var locale = given?.Trim() ?? "";
        if (!LanguageTag().IsMatch(locale)) checks.Fail("locale", "locale must be a language such as en or de-AT.");
        return locale;
    }

    [GeneratedRegex("^[a-zA-Z]{2,3}([-_][a-zA-Z0-9]{2,8}){0,3}$", RegexOptions.CultureInvariant)]
    private static partial Regex LanguageTag();
}
