using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using Tributary.Core.Deals;
using Tributary.Core.Fields;
using Tributary.Core.Kernel;
using Tributary.Core.Log;
using Tributary.Core.Search;
using Tributary.Tests.Core.Lists;
using Tributary.Tests.Support;

namespace Tributary.Tests.Core.Fields;

/// <summary>Who sees a custom field; that no answer of any dialect tells the others is Server/EveryOperation/HiddenFieldTests.</summary>
public sealed class FieldReadersTests
{
    private static readonly Role[] Roles = [Role.Admin, Role.Manager, Role.Member];

    [Fact]
    public void A_caller_finds_a_field_in_their_catalog_exactly_when_they_are_among_its_readers()
    {
        var circle = from roles in Gen.SubListOf(Roles)
                     from users in Gen.SubListOf(1L, 2L, 3L)
                     from groups in Gen.SubListOf(10L, 20L,
            30L)
                     select new Circle { Roles = [.. roles], UserIds = [.. users], GroupIds = [.. groups] };
        var caller = from role in Gen.Elements(Roles)
                     from user in Gen.Elements(1L, 2L, 3L)
                     from @group in Gen.Elements<long?>(null, 10,
            20)
                     from above in Gen.SubListOf(20L, 30L)
                     select Caller.System(1) with { Role = role, UserId = user, GroupId = @group, GroupsAbove = [.. above] };
        var world = from circles in Gen.ListOf(circle)
                    from who in caller
                    from gone in Gen.Elements(true,
            false)
                    select (circles.Take(8).ToList(), who, gone);

        Properties.ForAll(Arb.From(world), given =>
        {
            var (circles, who, gone) = given;
            var fields = circles.Select((readers, i) => Field(i + 1, readers, gone && i % 2 == 0)).ToList();
            var seen = Catalogs.Of(fields: fields).SeenBy(who);
            return fields.TrueForAll(field =>
            {
                var mayRead = field.Readers.Has(who);
                var values = CustomValues.Of([new(field.Key, JsonSerializer.SerializeToElement("x"))]);
                return seen.Field("deal", field.Key) is not null == mayRead
                    && seen.Fields.Contains(field) == (mayRead && field.DeletedAt is null)
                    && values.Of("deal", seen).Any() == (mayRead && field.DeletedAt is null)
                    && seen.HidesOneIn($$"""{"field":"custom.{{field.Slug}}"}""") == !mayRead;
            });
        });
    }

    [Fact]
    public void Where_every_field_is_for_everyone_the_catalog_is_nobodys_copy()
    {
        var catalog = Catalogs.Of(fields: Field(1, Circle.Everyone, false));

        Assert.Same(catalog, catalog.SeenBy(Caller.System(1) with { Role = Role.Member, UserId = 1 }));
    }

    [Theory, OnBothBackends]
    public async Task Whoever_restricts_a_field_stays_among_its_readers(Backend backend)
    {
        var some = await Some.Workspace(backend);
        var fields = new FieldService(some.Db);
        var field = await fields.Create(some.Manager, new() { Subject = "deal", Name = "Margin", Type = FieldType.Double },
            CancellationToken.None);

        var refused =
            await Assert.ThrowsAsync<ProblemException>(() =>
                fields.Update(some.Manager, field.Id, new() { Readers = new Circle { Roles = [Role.Admin] } }, CancellationToken.None));
        var kept = await fields.Update(some.Manager, field.Id, new() { Readers = new Circle { Roles = [Role.Manager] } },
            CancellationToken.None);

        Assert.Equal("readers", Assert.Single(refused.Problem.Fields).Field);
        Assert.Equal(new Circle { Roles = [Role.Manager] }, (await fields.Get(some.Admin, field.Id, CancellationToken.None)).Readers);
        Assert.Equal(kept.Version, (await fields.Get(some.Manager, field.Id, CancellationToken.None)).Version);
        Assert.Equal(ProblemCode.NotFound,
            (await Assert.ThrowsAsync<ProblemException>(() => fields.Get(some.Member, field.Id, CancellationToken.None))).Problem.Code);
        Assert.Empty(await fields.List(some.Member, "deal", CancellationToken.None));
    }

    [Theory, OnBothBackends]
    public async Task What_others_write_leaves_a_hidden_value_where_it_is_and_their_history_is_silent_about_it(Backend backend)
    {
        var some = await Some.Workspace(backend);
        var deals = new DealService(some.Db);
        var field = await new FieldService(some.Db)
            .Create(some.Manager,
                new() { Subject = "deal", Name = "Margin", Type = FieldType.Varchar, Readers = new() { Roles = [Role.Manager] } },
                CancellationToken.None);
        DealPatch Margin(string value) => new()
        {
            Custom = new CustomPatch(new Dictionary<string, JsonElement> { [field.Slug] = JsonSerializer.SerializeToElement(value) }),
        };
        var deal = await deals.Create(some.Manager, Margin("twenty percent") with { Title = "Fleet" }, CancellationToken.None);
        await deals.Update(some.Manager, deal.Id, Margin("thirty percent"), CancellationToken.None);

        var renamed = await deals.Update(some.Member, deal.Id, new() { Title = "Fleet of ten" }, CancellationToken.None);
        var copy = await deals.Duplicate(some.Member, deal.Id, CancellationToken.None);
        var refused =
            await Assert.ThrowsAsync<ProblemException>(() => deals.Update(some.Member, deal.Id, Margin("none"), CancellationToken.None));
        await Settled.Log(some);
        var events = new EventService(some.Db);
        var toMember = await events.After(some.Member, LogPosition.Start, new() { DealId = deal.Id }, 100, CancellationToken.None);
        var toManager = await events.After(some.Manager, LogPosition.Start, new() { DealId = deal.Id }, 100, CancellationToken.None);
        var fieldsToMember = await events.After(some.Member, LogPosition.Start, new() { Subject = "field" }, 100, CancellationToken.None);
        var search = new SearchService(some.Db);

        Assert.Equal(("thirty percent", "thirty percent"),
            (renamed.Custom[field]!.Value.GetString(), copy.Custom[field]!.Value.GetString()));
        Assert.Equal(("custom." + field.Slug, $"custom.{field.Slug} is not a custom field of this kind of record."),
            (refused.Problem.Fields[0].Field, refused.Problem.Fields[0].Message));
        Assert.Equal(toManager.Events.Select(one => one.Id), toMember.Events.Select(one => one.Id));
        Assert.Contains(toManager.Events, one => one.Changes.Any(change => change.Field == "custom." + field.Key));
        Assert.DoesNotContain(toMember.Events, one =>
            one.Changes.Any(change => change.Field.StartsWith("custom.", StringComparison.Ordinal)));
        Assert.Empty(fieldsToMember.Events);
        Assert.Empty((await search.Search(some.Member, new() { Term = "thirty percent" }, CancellationToken.None)).Items);
        Assert.Equal(2, (await search.Search(some.Manager, new() { Term = "thirty percent" }, CancellationToken.None)).Items.Count);
    }

    [Theory, OnBothBackends]
    public async Task A_stage_that_asks_for_a_field_does_not_name_it_to_whoever_does_not_see_it(Backend backend)
    {
        var some = await Some.Workspace(backend);
        var field = await new FieldService(some.Db)
            .Create(some.Admin,
                new() { Subject = "deal", Name = "Margin", Type = FieldType.Double, Readers = new() { Roles = [Role.Admin] } },
                CancellationToken.None);
        var pipelines = new Tributary.Core.Pipelines.PipelineService(some.Db);
        await pipelines.UpdateStage(some.Admin, some.Stages[1],
            new() { Entry = new(true, new() { Required = new Seq<string>(["custom." + field.Slug]) }) }, CancellationToken.None);
        var deal = await new DealService(some.Db).Create(some.Member, new() { Title = "Fleet" }, CancellationToken.None);

        var byManager = await pipelines.UpdateStage(some.Manager, some.Stages[1],
            new() { Entry = new(true, new() { Required = new Seq<string>(["value"]) }) }, CancellationToken.None);
        var refused = await Assert.ThrowsAsync<ProblemException>(() => new DealService(some.Db)
            .Update(some.Member, deal.Id, new() { StageId = some.Stages[1], Value = 10m }, CancellationToken.None));

        Assert.Equal(["value"], byManager.Entry.Required);
        Assert.Equal(["value", "custom." + field.Slug],
            (await pipelines.GetStage(some.Admin, some.Stages[1], CancellationToken.None)).Entry.Required);
        Assert.Equal(["stage_id"], refused.Problem.Fields.Select(error => error.Field));
        Assert.DoesNotContain(field.Slug, refused.Problem.Fields[0].Message, StringComparison.OrdinalIgnoreCase);
    }

    private static FieldDefinition Field(int id, Circle readers, bool isDeleted) => new()
    {
        Id = id,
        Uid = Guid.Empty,
        Subject = "deal",
        Key = $"{id:x40}",
        Slug = $"field_{id}",
        Name = $"Field {id}",
        Type = FieldType.Varchar,
        Readers = readers,
        Position = id,
        AddedAt = TestClock.Start,
        UpdatedAt = TestClock.Start,
        DeletedAt = isDeleted ? TestClock.Start : null,
        Version = 1,
    };

}
