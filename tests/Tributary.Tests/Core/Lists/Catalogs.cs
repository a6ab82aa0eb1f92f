using Tributary.Core.Catalog;
using Tributary.Core.Currencies;
using Tributary.Core.Fields;
using Tributary.Core.Kernel;
using Tributary.Core.Users;
using Tributary.Tests.Support;

namespace Tributary.Tests.Core.Lists;

/// <summary>Catalogs for pure tests: two currencies, user 7, and the fields a test names.</summary>
internal static class Catalogs
{
    private static readonly Guid Uid = new("01930000-0000-7000-8000-000000000001");

    public static WorkspaceCatalog Of(string timeZone = "UTC", params IReadOnlyList<FieldDefinition> fields) => new(
        new() { Id = 1, Uid = Uid, Name = "Some company", BaseCurrency = "EUR", TimeZone = timeZone, AddedAt = TestClock.Start },
        1, [], [], [Ada], [], [], [], fields, [Currency(1, "EUR", true), Currency(2, "USD", true), Currency(3, "DEM", false)], [], []);

    public static FieldDefinition Field(FieldType type) => new()
    {
        Id = 5,
        Uid = Uid,
        Subject = "deal",
        Key = new('a', 40),
        Slug = "budget",
        Name = "Budget",
        Type = type,
        Options = [new(11, "Low"), new(12, "High")],
        Position = 1,
        AddedAt = TestClock.Start,
        UpdatedAt = TestClock.Start,
        Version = 1,
    };

    private static User Ada => new()
    {
        Id = 7,
        Uid = Uid,
        Name = "Ada",
        Email = "ada@some.test",
        Role = Role.Admin,
        Locale = "en",
        TimeZone = "UTC",
        DefaultCurrency = "EUR",
        IsActive = true,
        AddedAt = TestClock.Start,
        UpdatedAt = TestClock.Start,
        Version = 1,
    };

    private static Currency Currency(long id, string code, bool isActive) =>
        new() { Id = id, Uid = Uid, Code = code, Name = code, Symbol = code, Decimals = 2, IsActive = isActive, IsCustom = false };
}
