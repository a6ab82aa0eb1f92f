using System.Diagnostics;
using Tributary.Core.Board;
using Tributary.Core.Contacts;
using Tributary.Core.Deals;
using Tributary.Core.Fields;
using Tributary.Core.Kernel;
using Tributary.Core.Lists;
using Tributary.Core.Search;
using Tributary.Core.Storage;
using Tributary.Tests.Core.Deals;
using Tributary.Tests.Support;

namespace Tributary.Tests.Core.Storage;

/// <summary>What PostgreSQL is asked in one message, and what becomes of it when the catalog it was asked by is no longer true.</summary>
public sealed class OneMessageTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, OnPostgres]
    public async Task A_page_its_total_and_the_beginning_are_one_message_and_its_contacts_another(Backend backend)
    {
        var some = await Some.Workspace(backend);
        var person = await new PersonService(some.Db).Create(some.Admin, new() { Name = "Kim" }, Ct);
        var organization = await new OrganizationService(some.Db).Create(some.Admin, new() { Name = "Works" }, Ct);
        await some.Deal(new() { Title = "One", PersonId = person.Id, OrgId = organization.Id });
        var (deals, contacts) = (new DealService(some.Db), new ContactService(some.Db));
        var query = new ListQuery { Condition = Condition.Equal("status", "open"), WantTotal = true };
        await deals.List(some.Admin, query, Ct);

        var (page, messages) = await Messages(() => deals.List(some.Admin, query, Ct));
        var (uids, more) = await Messages(() => contacts.UidsOfDeals(some.Admin, page.Items, Ct));

        Assert.Equal((1, (long?)1, 1), (page.Items.Count, page.Total, messages));
        Assert.Equal(((Guid?)person.Uid, (Guid?)organization.Uid, 1), (uids.Person(person.Id), uids.Organization(organization.Id), more));
    }

    [Theory, OnPostgres]
    public async Task One_deal_and_whom_it_names_are_one_message(Backend backend)
    {
        var some = await Some.Workspace(backend);
        var organization = await new OrganizationService(some.Db).Create(some.Admin, new() { Name = "Works" }, Ct);
        var person = await new PersonService(some.Db).Create(some.Admin, new() { Name = "Kim", OrgId = organization.Id }, Ct);
        var deal = await some.Deal(new() { Title = "One", PersonId = person.Id, OrgId = organization.Id });
        var title = DealMembers.Of(nameof(Deal.Title));
        await some.Deals().Get(some.Admin, deal.Id, Ct);

        var (named, once) = await Messages(() => some.Deals().GetNamed(some.Admin, deal.Id, title, Ct));
        var (customer, again) = await Messages(() => some.Deals().FindOfCustomer(some.Admin, deal.Uid, title, Ct));

        Assert.Equal(("Kim", "Works", 1), (named.Person, named.Organization, once));
        Assert.Equal((person.Uid, organization.Uid, 1), (customer!.Person!.Uid, customer.Organization!.Uid, again));
    }

    [Theory, OnPostgres]
    public async Task A_board_whose_columns_are_full_is_one_message(Backend backend)
    {
        var some = await Some.Workspace(backend);
        foreach (var stage in some.Stages)
        {
            for (var n = 0; n < 2; n++) await some.Deal(new() { StageId = stage });
        }
        var boards = new BoardService(some.Db);
        var query = new BoardQuery { Cards = 1, Order = CardOrder.Position };
        await boards.Board(some.Admin, some.PipelineId, query, Ct);

        var (board, messages) = await Messages(() => boards.Board(some.Admin, some.PipelineId, query, Ct));

        Assert.Equal(1, messages);
        Assert.All(board.Columns, column => Assert.Equal((1, 2L), (column.Cards.Count, column.Totals.Deals)));
    }

    [Theory, OnPostgres]
    public async Task A_search_takes_as_many_messages_for_all_kinds_of_records_as_for_one(Backend backend)
    {
        var some = await Some.Workspace(backend);
        await new PersonService(some.Db).Create(some.Admin, new() { Name = "Kim Harbour" }, Ct);
        await new OrganizationService(some.Db).Create(some.Admin, new() { Name = "Harbour Works" }, Ct);
        await some.Deal(new() { Title = "Harbour refit" });
        var search = new SearchService(some.Db);
        await search.Search(some.Admin, new() { Term = "harbour" }, Ct);

        var (one, few) = await Messages(() => search.Search(some.Admin, new() { Term = "harbour", Subjects = ["deal"] }, Ct));
        var (all, many) = await Messages(() => search.Search(some.Admin, new() { Term = "harbour" }, Ct));

        Assert.Equal((1, 3), (one.Items.Count, all.Items.Count));
        Assert.InRange(many, 1, Math.Max(few, 3));
    }

    [Theory, OnBothBackends]
    public async Task A_list_is_answered_by_the_catalog_that_another_server_has_just_changed(Backend backend)
    {
        var address = await Scratch.Address(backend);
        await using var here = Scratch.At(backend, address);
        await Migrator.Run(here, Ct);
        await using var there = Scratch.At(backend, address);
        var some = await Some.Workspace(here);
        var deal = await some.Deal(new() { Title = "One" });
        await new DealService(here).List(some.Admin, new(), Ct);

        var field = await new FieldService(there).Create(some.Admin, new() { Subject = "deal", Name = "Size", Type = FieldType.Varchar }, Ct);
        var page = await new DealService(here).List(some.Admin,
            new() { Condition = Condition.Test($"custom.{field.Key}", Operator.IsEmpty), WantTotal = true }, Ct);

        Assert.Equal((deal.Id, (long?)1), (Assert.Single(page.Items).Id, page.Total));
        await Assert.ThrowsAsync<ProblemException>(() => new DealService(here)
            .List(some.Admin, new() { Condition = Condition.Equal("custom.nowhere", "x") }, Ct));
    }

    // The provider tells of each command that it sends.
    private static async Task<(T Answer, int Messages)> Messages<T>(Func<Task<T>> ask)
    {
        var count = 0;
        using var mine = new Activity("asking").Start();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == "Npgsql",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = sent => count += sent.TraceId == mine.TraceId ? 1 : 0,
        };
        ActivitySource.AddActivityListener(listener);
        return (await ask(), count);
    }
}
