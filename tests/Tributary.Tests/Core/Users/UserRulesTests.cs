using Tributary.Core.Catalog;
using Tributary.Core.Kernel;
using Tributary.Core.Users;
using Tributary.Tests.Support;

namespace Tributary.Tests.Core.Users;

public sealed class UserRulesTests
{
    private static readonly Workspace workspace = new()
    {
        Id = 1,
        Uid = Guid.Empty,
        Name = "Some company",
        BaseCurrency = "EUR",
        TimeZone = "Europe/Berlin",
        AddedAt = TestClock.Start
    };

    [Theory]
    [InlineData("ada@example.com", true)]
    [InlineData("admin@sandbox.test", true)]
    [InlineData("o'neil+crm@sub.example.co.uk", true)]
    [InlineData("josé@exämple.de", true)]
    [InlineData("ada@localhost", true)]
    [InlineData("ada", false)]
    [InlineData("ada@", false)]
    [InlineData("@example.com", false)]
    [InlineData("ada@@example.com", false)]
    [InlineData("ada@example..com", false)]
    [InlineData("ada@.com", false)]
    [InlineData("ada lovelace@example.com", false)]
    [InlineData("ada@example.com\nBcc: all@example.com", false)] // a line of mail headers, not an address
    [InlineData("Ada <ada@example.com>", false)]
    [InlineData("", false)]
    public void An_email_is_an_address(string email, bool isAddress)
    {
        var given = new NewUser { Name = "Ada", Email = email };

        var refusal = Record.Exception(() => UserRules.New(given, workspace, 1, Guid.Empty, TestClock.Start)) as ProblemException;

        Assert.Equal(isAddress ? [] : ["email"], refusal?.Problem.Fields.Select(field => field.Field).Distinct() ?? []);
    }

    [Fact]
    public void A_user_takes_time_zone_and_currency_from_the_workspace()
    {
        var user = UserRules.New(new() { Name = " Ada ", Email = "ada@example.com" }, workspace, 1, Guid.Empty, TestClock.Start);

        Assert.Equal(("Ada", "Europe/Berlin", "EUR", "en", Role.Member, true),
            (user.Name, user.TimeZone, user.DefaultCurrency, user.Locale, user.Role, user.IsActive));
    }

    [Fact]
    public void A_refused_user_names_every_wrong_field()
    {
        var given = new NewUser
        {
            Name = "",
            Email = "x",
            Locale = "English",
            TimeZone = "Mars/Olympus",
            DefaultCurrency = "€",
            Phone = new('1', 51)
        };

        var refusal = Assert.Throws<ProblemException>(() => UserRules.New(given, workspace, 1, Guid.Empty, TestClock.Start));

        Assert.Equal(["name", "email", "phone", "locale", "time_zone", "default_currency"],
            refusal.Problem.Fields.Select(field => field.Field));
    }

    [Fact]
    public void A_patch_that_says_what_is_already_so_changes_nothing()
    {
        var before = UserRules.New(new() { Name = "Ada", Email = "ada@example.com", Phone = "1" }, workspace, 1, Guid.Empty,
            TestClock.Start);

        Assert.Same(before, UserRules.Apply(before, new() { Name = "Ada", Phone = "1", IsActive = true }, TestClock.Start.AddDays(1)));
        Assert.Null(UserRules.Apply(before, new() { Phone = (string?)null }, TestClock.Start).Phone);
    }

    // parent of each group by its number; 0 means none
    [Theory]
    [InlineData(1, 0, true)]
    [InlineData(1, 1, false)]
    [InlineData(1, 2, false)] // 2 is below 1
    [InlineData(1, 3, false)] // 3 is below 2
    [InlineData(3, 1, true)]
    [InlineData(3, 4, true)]
    [InlineData(4, 3, true)]
    [InlineData(4, 9, false)] // there is no 9
    public void Groups_form_no_circles(int moved, int parent, bool fits)
    {
        var groups = new[] { Group(1, 0), Group(2, 1), Group(3, 2), Group(4, 0) };

        var refusal = Record.Exception(() => GroupRules.Check(Group(moved, parent), groups));

        Assert.Equal(fits, refusal is null);
    }

    private static UserGroup Group(int id, int parent) =>
        new()
        {
            Id = id,
            Uid = Guid.Empty,
            Name = $"Group {id}",
            ParentId = parent == 0 ? null : parent,
            AddedAt = TestClock.Start,
            UpdatedAt = TestClock.Start,
            Version = 1
        };
}
