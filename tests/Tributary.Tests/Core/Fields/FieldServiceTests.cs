using System.Text.Json;
using Tributary.Core.Deals;
using Tributary.Core.Fields;
using Tributary.Core.Kernel;
using Tributary.Tests.Support;

namespace Tributary.Tests.Core.Fields;

public sealed class FieldServiceTests
{
    [Theory, OnBothBackends]
    public async Task A_field_gets_a_key_of_40_hex_digits_and_a_slug_of_its_own(Backend backend)
    {
        var some = await Some.Workspace(backend);
        var fields = new FieldService(some.Db);

        var first = await fields.Create(some.Manager, new() { Subject = "deal", Name = "Größe (cm)", Type = FieldType.Double },
            CancellationToken.None);
        var second = await fields.Create(some.Manager, new() { Subject = "deal", Name = "Grösse cm", Type = FieldType.Double },
            CancellationToken.None);
        await fields.Delete(some.Manager, first.Id, null, CancellationToken.None);
        var third = await fields.Create(some.Manager, new() { Subject = "deal", Name = "GRÖSSE_CM!", Type = FieldType.Double },
            CancellationToken.None);

        Assert.Matches("^[0-9a-f]{40}$", first.Key);
        Assert.Equal(["grosse_cm", "grosse_cm_2", "grosse_cm_3"], [first.Slug, second.Slug, third.Slug]);
        Assert.Equal([second.Id, third.Id], (await fields.List(some.Member, "deal", CancellationToken.None)).Select(field => field.Id));
    }

    [Theory, OnBothBackends]
    public async Task A_field_of_each_type_is_read_back_as_that_type(Backend backend)
    {
        var some = await Some.Workspace(backend);
        var fields = new FieldService(some.Db);

        foreach (var type in Enum.GetValues<FieldType>())
        {
            await fields.Create(some.Admin,
                new()
                {
                    Subject = "deal",
                    Name = $"A {type}",
                    Type = type,
                    Options = type is FieldType.Enum or FieldType.Set ? [new("One")] : []
                }, CancellationToken.None);
        }

        Assert.Equal(Enum.GetValues<FieldType>(), (await fields.List(some.Admin, "deal", CancellationToken.None))
            .Select(field => field.Type));
    }

    [Theory, OnBothBackends]
    public async Task An_options_id_stays_with_it_and_is_never_given_to_another(Backend backend)
    {
        var some = await Some.Workspace(backend);
        var fields = new FieldService(some.Db);
        var field =
            await fields.Create(some.Admin,
                new() { Subject = "person", Name = "Size", Type = FieldType.Enum, Options = [new("S"), new("M")] }, CancellationToken.None);
        var (s, m) = (field.Options[0].Id, field.Options[1].Id);

        await fields.RenameOptions(some.Admin, field.Id, [new(s, "Small", "red")], CancellationToken.None);
        await fields.RemoveOptions(some.Admin, field.Id, [m], CancellationToken.None);
        var after = await fields.AddOptions(some.Admin, field.Id, [new("M")], CancellationToken.None);

        Assert.Equal(new FieldOption(s, "Small", "red"), after.Options[0]);
        Assert.True(after.Options[1].Id > m);
        Assert.Equal(4, after.Version);
    }

    [Theory, OnBothBackends]
    public async Task Only_admins_and_managers_change_fields_and_bad_ones_are_refused(Backend backend)
    {
        var some = await Some.Workspace(backend);
        var fields = new FieldService(some.Db);

        async Task<ProblemException> Refused(Caller caller, NewField given) =>
            await Assert.ThrowsAsync<ProblemException>(() => fields.Create(caller, given, CancellationToken.None));

        Assert.Equal(ProblemCode.Forbidden,
            (await Refused(some.Member, new() { Subject = "deal", Name = "x", Type = FieldType.Text })).Problem.Code);
        Assert.Equal(["subject", "name"],
            (await Refused(some.Admin, new() { Subject = "planet", Name = " ", Type = FieldType.Text })).Problem.Fields.Select(
                field => field.Field));
        Assert.Equal("options",
            (await Refused(some.Admin, new() { Subject = "deal", Name = "x", Type = FieldType.Set })).Problem.Fields[0].Field);
        Assert.Equal("options",
            (await Refused(some.Admin,
                new() { Subject = "deal", Name = "x", Type = FieldType.Text, Options = [new("a")] })).Problem.Fields[0].Field);
        Assert.Equal("settings",
            (await Refused(some.Admin,
                new() { Subject = "deal", Name = "x", Type = FieldType.Text, Settings = "[]" })).Problem.Fields[0].Field);
    }

    [Theory, OnBothBackends]
    public async Task A_canonical_object_reads_the_same_from_the_database(Backend backend)
    {
        var some = await Some.Workspace(backend);
        var field = await new FieldService(some.Db)
            .Create(some.Admin, new() { Subject = "deal", Name = "Site", Type = FieldType.Address }, CancellationToken.None);
        await using var read = await some.Db.Read(some.Id, CancellationToken.None);
        var given =
            JsonElement.Parse(
                """{"value": "Main St 1", "admin_area_level_1": "B", "country": "DE", "route": "Main St", "subpremise": "2", "postal_code": "1", "sublocality": "x"}""");
        var canonical = FieldValues.Canonical(new(), "custom.site", field, given,
            await Tributary.Core.Catalog.CatalogStore.Catalog(read))!.Value;

        var deals = new DealService(some.Db);
        var created =
            await deals.Create(some.Admin,
                new() { Title = "x", Custom = new CustomPatch(new Dictionary<string, JsonElement> { [field.Key] = canonical }) },
                CancellationToken.None);

        Assert.Equal(created.Custom.Json, (await deals.Get(some.Admin, created.Id, CancellationToken.None)).Custom.Json);
    }
    [Theory, OnBothBackends]
    public async Task A_field_stands_in_its_group_and_only_its_editors_fill_it_in(Backend backend)
    {
        var some = await Some.Workspace(backend);
        var fields = new FieldService(some.Db);
        var deals = new DealService(some.Db);
        var field = await fields.Create(some.Manager,
            new()
            {
                Subject = "deal",
                Name = "Margin",
                Type = FieldType.Double,
                GroupName = " Money ",
                Editors = new() { Roles = [Role.Manager] }
            }, CancellationToken.None);
        var deal = await deals.Create(some.Member, new() { Title = "Fleet" }, CancellationToken.None);
        DealPatch margin = new()
        {
            Custom = new CustomPatch(new Dictionary<string, JsonElement> { [field.Key] = JsonSerializer.SerializeToElement(20) }),
        };

        var refused = await Assert.ThrowsAsync<ProblemException>(() => deals.Update(some.Member, deal.Id, margin, CancellationToken.None));
        var byManager = await deals.Update(some.Manager, deal.Id, margin, CancellationToken.None);
        var renamed = await deals.Update(some.Member, deal.Id, new() { Title = "Fleet of ten" }, CancellationToken.None);
        var open = await fields.Update(some.Manager, field.Id, new() { Editors = Circle.Everyone, GroupName = new(true, null) },
            CancellationToken.None);

        Assert.Equal(("Money", new Circle { Roles = [Role.Manager] }), (field.GroupName, field.Editors));
        Assert.Equal((ProblemCode.Forbidden, "Only managers, admins may change Margin."), (refused.Problem.Code, refused.Message));
        Assert.Equal(byManager.Custom, renamed.Custom);
        Assert.Equal((null, Circle.Everyone), (open.GroupName, open.Editors));
        Assert.Equal(deal.Id,
            (await deals.Update(some.Member, deal.Id, margin
                with
            {
                Custom =
                    new CustomPatch(new Dictionary<string, JsonElement> { [field.Slug] = JsonSerializer.SerializeToElement(21) })
            },
                    CancellationToken.None)).Id);
        await Assert.ThrowsAsync<ProblemException>(() =>
            fields.Update(some.Manager, field.Id, new() { Editors = new Circle { UserIds = [some.Outsider.UserId!.Value] } },
                CancellationToken.None));
    }

}
