using Tributary.Core.Contacts;
using Tributary.Core.Kernel;

namespace Tributary.Tests.Core.Contacts;

public sealed class OrganizationRulesTests
{
    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("   ")]
    public void An_organization_needs_a_name(string? name) =>
        Assert.Equal(["name"], Refused(name is null ? new() : new() { Name = name }));

    [Fact]
    public void Every_wrong_field_is_named_at_once()
    {
        var patch = new OrganizationPatch
        {
            Name = "Acme\0",
            Email = "nobody",
            EmployeeCount = -1,
            AnnualRevenue = Money.Max + 1,
            Website = new string('w', 256),
            Address = new PostalAddress { PostalCode = new string('1', 256) },
            VisibleTo = 9,
        };

        Assert.Equal(["address.postal_code", "annual_revenue", "email", "employee_count", "name", "visible_to", "website"],
            Refused(patch).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_null_clears_and_what_is_left_out_stays()
    {
        var before =
            OrganizationRules.Create(new() { Name = "Acme", Website = "https://acme.test", AnnualRevenue = 1.5m, EmployeeCount = 10 },
                PersonRulesTests.Context());

        var after = OrganizationRules.Apply(before, new() { Website = null, EmployeeCount = null }, PersonRulesTests.Context());

        Assert.Equal((null, null, 1.5m, "Acme"), (after.Website, after.EmployeeCount, after.AnnualRevenue, after.Name));
        Assert.Equal(2, after.Version);
    }

    [Fact]
    public void Deleting_twice_is_no_second_change()
    {
        var deleted = OrganizationRules.Apply(OrganizationRules.Create(new() { Name = "Acme" }, PersonRulesTests.Context()),
            new() { Deleted = true }, PersonRulesTests.Context());

        Assert.True(deleted.IsDeleted);
        Assert.Same(deleted, OrganizationRules.Apply(deleted, new() { Deleted = true }, PersonRulesTests.Context()));
    }

    private static IEnumerable<string> Refused(OrganizationPatch patch) =>
        Assert.Throws<ProblemException>(() => OrganizationRules.Create(patch, PersonRulesTests.Context())).Problem.Fields.Select(
            error => error.Field);
}
