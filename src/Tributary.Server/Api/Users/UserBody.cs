using Tributary.Core.Kernel;
using Tributary.Core.Users;
using Tributary.Server.Hosting;

namespace Tributary.Server.Api.Users;

internal static class UserBody
{
    private static readonly Member<string> Name = Members.Name("name", "1 to 200 characters.", 200);
    private static readonly Member<string> Email = Members.Email("email", "Unique in the workspace.");
    private static readonly Member<Role> Role = Members.Word("role", "member when left out.", UserWire.Roles);
    private static readonly Member<long> GroupId = Members.Id("group_id", "A user group.").Nullable();
    private static readonly Member<string> Phone = Members.Text("phone", "", 50).Nullable();
    private static readonly Member<string> Locale = Members.Text("locale", "A language such as en or de-AT.", 35);
    private static readonly Member<string> TimeZone = Members.Text("time_zone", "An IANA name such as Europe/Berlin.", 100);
    private static readonly Member<string> DefaultCurrency = Members.Text("default_currency", "An active currency.", 3);
    private static readonly Member<bool> IsActive =
        Members.Flag("is_active", "false shuts the user's keys and sessions out; what they own stays theirs.");
    private static readonly Member<string> Password =
        Members.Text("password",
            $"{Passwords.MinLength} to {Passwords.MaxLength} characters; null takes it away, and with it the sign-in to the web app.",
            Passwords.MaxLength).Nullable();
    private static readonly Member<string> CurrentPassword =
        Members.Text("current_password", "Needed to change one's own, when there is one.", Passwords.MaxLength);
    private static readonly Member<long> ParentId = Members.Id("parent_id", "The group above.").Nullable();

    public static readonly Shape New =
        new("NewUser", Name.Required(), Email.Required(), Role, GroupId, Phone, Locale, TimeZone, DefaultCurrency);
    public static readonly Shape Patch =
        new("UserPatch", Name, Email, Role, GroupId, Phone, Locale, TimeZone, DefaultCurrency, IsActive, Versions.Member);
    public static readonly Shape NewGroup = new("NewUserGroup", Name.Required(), ParentId);
    public static readonly Shape GroupPatch = new("UserGroupPatch", Name, ParentId, Versions.Member);

    public static readonly Shape NewPassword = new("NewPassword", Password.Required(), CurrentPassword);

    public static NewUser ReadNew(Body body) => new()
    {
        Name = body.Get(Name).Or(""),
        Email = body.Get(Email).Or(""),
        Role = body.Get(Role).Or(Core.Kernel.Role.Member),
        GroupId = body.Clearable(GroupId).Or(null),
        Phone = body.ClearableText(Phone).Or(null),
        Locale = body.Get(Locale).Or(null!),
        TimeZone = body.Get(TimeZone).Or(null!),
        DefaultCurrency = body.Get(DefaultCurrency).Or(null!),
    };

    public static UserPatch Read(Body body) => new()
    {
        ExpectedVersion = Versions.Read(body),
        Name = body.Get(Name),
        Email = body.Get(Email),
        Role = body.Get(Role),
        GroupId = body.Clearable(GroupId),
        Phone = body.ClearableText(Phone),
        Locale = body.Get(Locale),
        TimeZone = body.Get(TimeZone),
        DefaultCurrency = body.Get(DefaultCurrency),
        IsActive = body.Get(IsActive),
    };

    public static (string? New, string? Current) ReadPassword(Body body)
    {
        var password = body.ClearableText(Password).Or(null);
        if (password?.Length < Passwords.MinLength)
        {
            body.Fail(Password.Name, $"password must have {Passwords.MinLength} to {Passwords.MaxLength} characters.");
        }
        return (password, body.Get(CurrentPassword).Or(null!));
    }

    public static GroupPatch ReadGroup(Body body) =>
        new() { ExpectedVersion = Versions.Read(body), Name = body.Get(Name), ParentId = body.Clearable(ParentId) };
}
