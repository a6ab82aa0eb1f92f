using System.Text.Json;
using Tributary.Core.Contacts;
using Tributary.Core.Fields;
using Tributary.Core.Kernel;
using Tributary.Core.Leads;
using Tributary.Core.Products;
using Tributary.Tests.Support;

namespace Tributary.Tests.Core.Fields;

/// <summary>
/// Every noun with custom values keeps them in one spelling and refuses what its fields do not take; deals have a test of their own.
/// </summary>
public sealed class CustomReadingTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, OnBothBackends]
    public async Task Persons(Backend backend)
    {
        var some = await Some.Workspace(backend);
        await Holds(some, "person",
            async custom => (await new PersonService(some.Db).Create(some.Admin, new() { Name = "Jane", Custom = custom }, Ct)).Id,
            async (id, custom) => (await new PersonService(some.Db).Update(some.Admin, id, new() { Custom = custom }, Ct)).Custom,
            custom => new PersonService(some.Db).Create(some.Admin, new() { Name = " ", Custom = custom }, Ct), "name");
    }

    [Theory, OnBothBackends]
    public async Task Organizations(Backend backend)
    {
        var some = await Some.Workspace(backend);
        await Holds(some, "organization",
            async custom => (await new OrganizationService(some.Db).Create(some.Admin, new() { Name = "Acme", Custom = custom }, Ct)).Id,
            async (id, custom) => (await new OrganizationService(some.Db).Update(some.Admin, id, new() { Custom = custom }, Ct)).Custom,
            custom => new OrganizationService(some.Db).Create(some.Admin, new() { Name = " ", Custom = custom }, Ct), "name");
    }

    [Theory, OnBothBackends]
    public async Task Products(Backend backend)
    {
        var some = await Some.Workspace(backend);
        await Holds(some, "product",
            async custom => (await new ProductService(some.Db).Create(some.Admin, new() { Name = "Pen", Custom = custom }, Ct)).Id,
            async (id, custom) => (await new ProductService(some.Db).Update(some.Admin, id, new() { Custom = custom }, Ct)).Custom,
            custom => new ProductService(some.Db).Create(some.Admin, new() { Name = " ", Custom = custom }, Ct), "name");
    }

    // Pipedrive, "Leads": leads have the custom fields of deals.
    [Theory, OnBothBackends]
    public async Task Leads(Backend backend)
    {
        var some = await Some.Workspace(backend);
        var person = (await new PersonService(some.Db).Create(some.Admin, new() { Name = "Jane" }, Ct)).Id;
        await Holds(some, "deal",
            async custom => (await new LeadService(some.Db)
                .Create(some.Admin, new() { Title = "Lead", PersonId = person, Custom = custom }, Ct)).Id,
            async (id, custom) => (await new LeadService(some.Db).Update(some.Admin, id, new() { Custom = custom }, Ct)).Custom,
            custom => new LeadService(some.Db).Create(some.Admin, new() { Title = " ", PersonId = person, Custom = custom }, Ct), "title");
    }

    private static async Task Holds(SomeWorkspace some, string subject, Func<CustomPatch, Task<long>> create,
        Func<long, CustomPatch, Task<CustomValues>> update, Func<CustomPatch, Task> createNameless, string name)
    {
        var fields = new FieldService(some.Db);
        var size = await fields.Create(some.Admin, new() { Subject = subject, Name = "Size", Type = FieldType.Double }, Ct);
        var coach = await fields.Create(some.Admin, new() { Subject = subject, Name = "Coach", Type = FieldType.User }, Ct);
        var friend = await fields.Create(some.Admin, new() { Subject = subject, Name = "Friend", Type = FieldType.People }, Ct);
        var parent = await fields.Create(some.Admin, new() { Subject = subject, Name = "Parent", Type = FieldType.Org }, Ct);
        var hidden = await new PersonService(some.Db).Create(some.Admin, new() { Name = "Gone" }, Ct);
        await new PersonService(some.Db).Delete(some.Admin, hidden.Id, Ct);

        var id = await create(Values((size.Slug, 2.50m), (coach.Key, some.Member.UserId!.Value)));
        var kept = await update(id, Values((size.Key, 3)));
        var problem = (await Assert.ThrowsAsync<ProblemException>(() =>
            createNameless(Values((size.Slug, "big"), (coach.Slug, 999_999_999), (friend.Slug, hidden.Id), (parent.Slug, 999_999_999),
                ("nothing", 1))))).Problem;

        Assert.Equal((3m, some.Member.UserId.Value), (kept[size.Key]!.Value.GetDecimal(), kept[coach.Key]!.Value.GetInt64()));
        Assert.Equal(new[] { $"custom.{size.Slug}", $"custom.{coach.Slug}", "custom.nothing", $"custom.{friend.Slug}",
            $"custom.{parent.Slug}", name }.Order(StringComparer.Ordinal),
            problem.Fields.Select(field => field.Field).Order(StringComparer.Ordinal));
        Assert.Equal(ProblemCode.Invalid, problem.Code);
    }

    private static CustomPatch Values(params (string Key, object Value)[] values) =>
        new(values.ToDictionary(value => value.Key, value => JsonSerializer.SerializeToElement(value.Value)));
}
