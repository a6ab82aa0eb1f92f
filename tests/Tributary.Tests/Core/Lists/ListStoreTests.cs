using System.Text.Json;
using Tributary.Core.Catalog;
using Tributary.Core.Contacts;
using Tributary.Core.Deals;
using Tributary.Core.Fields;
using Tributary.Core.Kernel;
using Tributary.Core.Lists;
using Tributary.Core.Storage;
using Tributary.Core.Totals;
using Tributary.Tests.Support;

namespace Tributary.Tests.Core.Lists;

public sealed class ListStoreTests
{
    [Theory, OnBothBackends]
    public async Task A_cursor_of_another_order_list_or_workspace_or_a_changed_one_is_refused(Backend backend)
    {
        var some = await Some.Workspace(backend);
        for (var i = 0; i < 3; i++) await Deal(some, some.Admin, new() { Title = $"Deal {i}" });
        var query = new ListQuery { Sort = [new("added_at", true)], Limit = 1 };
        var cursor = (await Page(some, some.Admin, query)).NextCursor!;

        Assert.Single((await Page(some, some.Admin, query with { Cursor = cursor })).Items);

        await Refused(() => Page(some, some.Admin, query with { Cursor = cursor, Sort = [new("added_at")] }));
        await Refused(() => Page(some, some.Outsider, query with { Cursor = cursor }));
        await Refused(() => Page(some, some.Admin, query with { Cursor = cursor }, ListSources.Leads));
        await Refused(() => Page(some, some.Admin, query with { Cursor = (cursor[0] == 'A' ? "B" : "A") + cursor[1..] }));
        await Refused(() => Page(some, some.Admin, query with { Cursor = "" }));
        await Refused(() => Page(some, some.Admin, query with { Cursor = "nonsense" }));
    }

    [Theory, OnBothBackends]
    public async Task A_page_says_whether_there_is_more_and_how_many_there_are(Backend backend)
    {
        var some = await Some.Workspace(backend);
        for (var i = 0; i < 3; i++) await Deal(some, some.Admin, new() { Title = $"Deal {i}" });

        var whole = await Page(some, some.Admin, new() { Limit = 3, WantTotal = true });
        var part = await Page(some, some.Admin, new() { Limit = 2, WantTotal = true });
        var rest = await Page(some, some.Admin, new() { Limit = 2, Offset = 2, Sort = [new("value")] });

        Assert.Equal((3, false, null, 3), (whole.Items.Count, whole.HasMore, whole.NextCursor, whole.Total));
        Assert.Equal((2, true, 3), (part.Items.Count, part.HasMore, part.Total));
        Assert.Equal((1, false, null), (rest.Items.Count, rest.HasMore, rest.Total));
    }

    [Theory, OnBothBackends]
    public async Task Each_scope_shows_its_part(Backend backend)
    {
        var some = await Some.Workspace(backend);
        var live = await Deal(some, some.Admin, new() { Title = "Live" });
        var archived = await Deal(some, some.Admin, new() { Title = "Archived" });
        var deleted = await Deal(some, some.Admin, new() { Title = "Deleted" });
        var deals = new DealService(some.Db);
        await deals.Update(some.Admin, archived, new() { Archived = true }, CancellationToken.None);
        await deals.Delete(some.Admin, deleted, CancellationToken.None);

        async Task<long[]> In(Scope scope) => [.. (await Page(some, some.Admin, new() { Scope = scope })).Items];

        Assert.Equal([live], await In(Scope.Live));
        Assert.Equal([archived], await In(Scope.Archived));
        Assert.Equal([deleted], await In(Scope.Deleted));
        Assert.Equal([live, archived], await In(Scope.Kept));
        Assert.Equal([live, archived, deleted], await In(Scope.Any));
    }

    // The visibility levels of Pipedrive: 1 owner and followers, 3 the owner's group, 5 that group and those below, 7 everyone.
    [Theory, OnBothBackends]
    public async Task A_list_shows_exactly_the_deals_that_the_rule_of_visibility_shows(Backend backend)
    {
        var some = await Some.Workspace(backend);
        var (above, below) = await Groups(some);
        var boss = await Some.User(some.Db, some.Id, "Bo Boss", Role.Member, above);
        var seller = await Some.User(some.Db, some.Id, "Sue Seller", Role.Member, below);
        var peer = await Some.User(some.Db, some.Id, "Pat Peer", Role.Member, below);
        foreach (var owner in new[] { some.Admin, boss, seller, peer })
        {
            foreach (var visibility in new[] { 1, 3, 5, 7 })
            {
                await Deal(some, some.Admin, new() { Title = "x", OwnerId = owner.UserId, VisibleTo = visibility });
            }
        }
        foreach (var caller in new[] { some.Admin, some.Member, boss, seller, peer, seller with { AppId = 1 } })
        {
            await using var tx = await some.Db.Read(some.Id, CancellationToken.None);
            var catalog = await tx.Catalog();
            var all =
                (await ListStore.Rows<Deal>(tx, some.Admin, ListSources.Deals, DealStore.Columns, new() { Sort = [new("id")] })).Items;

            var shown = (await ListStore.Ids(tx, caller, ListSources.Deals, new() { Sort = [new("id")] })).Items;

            var expected = new List<long>();
            foreach (var deal in all)
            {
                if (await DealVisibility.Sees(caller, deal, catalog, () => DealStore.Follows(tx, deal.Id, caller.UserId!.Value)))
                {
                    expected.Add(deal.Id);
                }
            }
            Assert.Equal(expected, shown);
        }
    }

    [Theory, OnBothBackends]
    public async Task A_hidden_deal_is_seen_only_by_following_it(Backend backend)
    {
        var some = await Some.Workspace(backend);
        var follower = await Some.User(some.Db, some.Id, "Fay Follower");
        var deals = new DealService(some.Db);
        var hidden = await Deal(some, some.Admin, new() { Title = "Hidden", OwnerId = some.Admin.UserId, VisibleTo = 1, Value = 7m });
        await Follow(some, hidden, follower);

        foreach (var (caller, sees) in new[] { (some.Admin, true), (follower, true), (some.Member, false),
            (follower with { AppId = 1 }, true) })
        {
            Assert.Equal(sees ? [hidden] : [], (await Page(some, caller, new())).Items);
            Assert.Equal(sees ? 1 : 0, (await new TotalsService(some.Db).Summary(caller, new(), CancellationToken.None)).Deals);
            if (sees) Assert.Equal(hidden, (await deals.Get(caller, hidden, CancellationToken.None)).Id);
            else Assert.Equal(ProblemCode.NotFound,
                (await Assert.ThrowsAsync<ProblemException>(() => deals.Get(caller, hidden, CancellationToken.None))).Problem.Code);
        }
    }

    [Theory, OnBothBackends]
    public async Task A_filter_tells_nothing_about_records_that_the_caller_does_not_see(Backend backend)
    {
        var some = await Some.Workspace(backend);
        var field = await new FieldService(some.Db)
            .Create(some.Admin, new() { Subject = "person", Name = "Nickname", Type = FieldType.Varchar }, CancellationToken.None);
        var secret = await new OrganizationService(some.Db)
            .Create(some.Admin, new() { Name = "Secret Ltd", VisibleTo = 1 }, CancellationToken.None);
        var custom = new CustomPatch(new Dictionary<string, JsonElement> { [field.Key] = JsonSerializer.SerializeToElement("ace") });
        var person = await new PersonService(some.Db)
            .Create(some.Admin, new() { Name = "Jane Secret", VisibleTo = 1, Custom = custom }, CancellationToken.None);
        var open = await new OrganizationService(some.Db).Create(some.Admin, new() { Name = "Open Ltd" }, CancellationToken.None);
        var deal = await Deal(some, some.Admin, new() { Title = "With secrets", PersonId = person.Id, OrgId = secret.Id });
        var hidden = await Deal(some, some.Admin, new() { Title = "Hidden", VisibleTo = 1, OrgId = open.Id });

        foreach (var condition in new[]
        {
            Condition.Test("person.name", Operator.StartsWith, "jane"),
            Condition.Equal("person.owner_id", some.Admin.UserId!.Value),
            Condition.Equal("person.custom.nickname", "ace"),
            Condition.Test("person.custom.nickname", Operator.Contains, "AC"),
            Condition.Equal("organization.name", "Secret Ltd"),
            Condition.Test("organization.name", Operator.Contains, "secret"),
        })
        {
            var isNot = new Condition.Not(condition);
            Assert.Equal([deal], (await Page(some, some.Admin, new() { Condition = condition })).Items);
            Assert.Empty((await Page(some, some.Member, new() { Condition = condition })).Items);
            Assert.Equal([deal], (await Page(some, some.Member, new() { Condition = isNot })).Items);
        }

        var ofHidden = new ListQuery { Condition = Condition.Test("deal", Operator.Has, hidden) };
        Assert.Equal([open.Id], (await Page(some, some.Admin, ofHidden, ListSources.Organizations)).Items);
        Assert.Empty((await Page(some, some.Member, ofHidden, ListSources.Organizations)).Items);
        await Follow(some, hidden, some.Member);
        Assert.Equal([open.Id], (await Page(some, some.Member, ofHidden, ListSources.Organizations)).Items);
    }

    [Theory, OnBothBackends]
    public async Task Deals_are_found_by_followers_and_by_their_person_and_organization(Backend backend)
    {
        var some = await Some.Workspace(backend);
        await Deal(some, some.Admin, new() { Title = "Nobody's" });
        var deal = await Deal(some, some.Admin, new() { Title = "Söhne" });
        await using (var tx = await some.Db.Write(some.Id, CancellationToken.None))
        {
            await tx.Run("INSERT INTO deal_followers (workspace_id, deal_id, user_id, added_at) VALUES (@Workspace, @deal, @UserId, @Now)",
                new { tx.Workspace, deal, some.Member.UserId, tx.Now });
            await tx.Run($"""
                INSERT INTO organizations (workspace_id, id, uid, name, name_folded, visible_to, label_ids, tag_ids, custom, added_at,
                    updated_at, version)
                VALUES (@Workspace, @deal, @uid, 'Ärger AG', 'arger ag', 7, {tx.Sql.Json("none")}, {tx.Sql.Json("none")},
                    {tx.Sql.Json("empty")}, @Now, @Now, 1)
                """, new { tx.Workspace, deal, uid = tx.NextUid(), none = "[]", empty = "{}", tx.Now });
            await tx.Run("UPDATE deals SET org_id = @deal WHERE workspace_id = @Workspace AND id = @deal", new { tx.Workspace, deal });
            await tx.Commit();
        }

        foreach (var condition in new[]
        {
            Condition.Test("follower_id", Operator.Has, some.Member.UserId!.Value),
            Condition.AllOf(Condition.Test("follower_id", Operator.IsNotEmpty), Condition.Test("org_id", Operator.IsNotEmpty)),
            Condition.Test("organization.name", Operator.Contains, "ÄRGER"),
            Condition.Equal("organization.name", "Ärger AG"),
            new Condition.Not(Condition.Test("organization.name", Operator.IsEmpty)),
            Condition.Test("title", Operator.Contains, "SOHN"),
            Condition.Test("title", Operator.StartsWith, "sö"),
        })
        {
            Assert.Equal([deal], (await Page(some, some.Admin, new() { Condition = condition })).Items);
        }
        Assert.Equal(2,
            (await Page(some, some.Admin, new() { Condition = Condition.Test("participant_id", Operator.IsEmpty) })).Items.Count);
        Assert.Single(
            (await Page(some, some.Admin,
                new() { Condition = Condition.Test("follower_id", Operator.HasNone, some.Member.UserId!.Value) })).Items);
    }

    [Theory, OnBothBackends]
    public async Task Every_field_of_every_noun_can_be_filtered_and_sorted_by_as_it_says(Backend backend)
    {
        var some = await Some.Workspace(backend);
        await using var tx = await some.Db.Read(some.Id, CancellationToken.None);
        foreach (var source in new[] { ListSources.Deals, ListSources.Persons, ListSources.Organizations, ListSources.Products,
            ListSources.Leads, ListSources.Activities })
        {
            foreach (var field in source.Fields)
            {
                foreach (var @operator in Operators.Of(field.Kind))
                {
                    var (least, _) = Operators.Arity(@operator);
                    var values = Enumerable.Repeat(Example(field, @operator), least);
                    await ListStore.Ids(tx, some.Member, source,
                        new() { Condition = new Condition.Is(field.Name, @operator, [.. values]) });
                }
                if (field.CanSort) await ListStore.Ids(tx, some.Admin, source, new() { Sort = [new(field.Name, true)] });
            }
        }
    }

    private static async Task Follow(SomeWorkspace some, long deal, Caller follower)
    {
        await using var tx = await some.Db.Write(some.Id, CancellationToken.None);
        await tx.Run("INSERT INTO deal_followers (workspace_id, deal_id, user_id, added_at) VALUES (@Workspace, @deal, @UserId, @Now)",
            new { tx.Workspace, deal, follower.UserId, tx.Now });
        await tx.Commit();
    }

    private static Operand Example(ListField field, Operator @operator) => (field.Kind, @operator) switch
    {
        (_, Operator.Within) => "today",
        (FieldKind.Word, _) => field.Words is { } words ? words.First() : "word",
        (FieldKind.Instant or FieldKind.Day, _) => TestClock.Start,
        (FieldKind.Flag, _) => true,
        (FieldKind.Uid, _) => Guid.Empty,
        _ => 1,
    };

    private static async Task<long> Deal(SomeWorkspace some, Caller caller, DealPatch patch) =>
        (await new DealService(some.Db).Create(caller, patch, CancellationToken.None)).Id;

    private static async Task<Page<long>> Page(SomeWorkspace some, Caller caller, ListQuery query, ListSource? source = null)
    {
        await using var tx = await some.Db.Read(caller.Workspace, CancellationToken.None);
        return await ListStore.Ids(tx, caller, source ?? ListSources.Deals, query);
    }

    private static async Task<(long Above, long Below)> Groups(SomeWorkspace some)
    {
        await using var tx = await some.Db.Write(some.Id, CancellationToken.None);
        var ids = await tx.NextIds("group_ids", 2);
        foreach (var (id, parent) in new[] { (ids[0], (long?)null), (ids[1], ids[0]) })
        {
            await tx.Run("""
                INSERT INTO user_groups (workspace_id, id, uid, name, parent_id, added_at, updated_at, version)
                VALUES (@Workspace, @id, @uid, 'Group', @parent, @Now, @Now, 1)
                """, new { tx.Workspace, id, uid = tx.NextUid(), parent, tx.Now });
        }
        await tx.CatalogHasChanged();
        await tx.Commit();
        return (ids[0], ids[1]);
    }

    private static async Task Refused(Func<Task> ask)
    {
        var problem = (await Assert.ThrowsAsync<ProblemException>(ask)).Problem;
        Assert.Equal((ProblemCode.Invalid, "cursor"), (problem.Code, problem.Fields[0].Field));
    }
}
