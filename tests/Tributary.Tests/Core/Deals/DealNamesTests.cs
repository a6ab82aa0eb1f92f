using Tributary.Core.Contacts;
using Tributary.Core.Deals;
using Tributary.Core.Followers;
using Tributary.Core.Kernel;
using Tributary.Tests.Support;

namespace Tributary.Tests.Core.Deals;

/// <summary>
/// Whom one deal names, read with it: what reading the deal first and its contacts after it tells the same caller
/// (<see cref="ContactService.OfDeals(Caller, IReadOnlyCollection{Deal}, CancellationToken)"/>), and no more.
/// </summary>
public sealed class DealNamesTests
{
    private static readonly DealMembers Title = DealMembers.Of(nameof(Deal.Title));

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, OnBothBackends]
    public async Task Each_caller_is_told_the_names_that_they_see(Backend backend)
    {
        var some = await Some.Workspace(backend);
        var (persons, organizations) = (new PersonService(some.Db), new OrganizationService(some.Db));
        var open = await organizations.Create(some.Admin, new() { Name = "Open Ltd" }, Ct);
        var secret = await organizations.Create(some.Admin, new() { Name = "Secret Ltd", VisibleTo = 1 }, Ct);
        var followed = await organizations.Create(some.Admin, new() { Name = "Followed Ltd", VisibleTo = 1 }, Ct);
        await new FollowerService(some.Db).Follow(some.Admin, "organization", followed.Id, some.Member.UserId!.Value, Ct);
        var gone = await organizations.Create(some.Admin, new() { Name = "Gone Ltd" }, Ct);
        long?[] companies = [null, open.Id, secret.Id, followed.Id, gone.Id];
        var people = new List<long?> { null };
        foreach (var employer in companies)
        {
            people.Add((await persons.Create(some.Admin, new() { Name = $"Jane of {employer}", OrgId = employer }, Ct)).Id);
            people.Add((await persons.Create(some.Admin, new() { Name = $"Hidden of {employer}", OrgId = employer, VisibleTo = 1 }, Ct)).Id);
        }
        var deals = new List<Deal>();
        foreach (var person in people)
        {
            foreach (var company in companies) deals.Add(await some.Deal(new() { PersonId = person, OrgId = company }));
        }
        await organizations.Delete(some.Admin, gone.Id, Ct);

        foreach (var caller in new[] { some.Admin, some.Manager, some.Member })
        {
            foreach (var deal in deals)
            {
                var seen = await new ContactService(some.Db).OfDeals(caller, [deal], Ct);
                var (person, company) = (Of(seen.Persons, deal.PersonId), Of(seen.Organizations, deal.OrgId));

                var named = await some.Deals().GetNamed(caller, deal.Id, Title, Ct);
                Assert.Equal((deal.Id, deal.Title, person?.Name, company?.Name),
                    (named.Deal.Id, named.Deal.Title, named.Person, named.Organization));

                var customer = await some.Deals().FindOfCustomer(caller, deal.Uid, Title, Ct);
                Assert.Equal((deal.Id, deal.Title), (customer!.Deal.Id, customer.Deal.Title));
                Assert.Equal(person, customer.Person);
                Assert.Equal(Of(seen.Organizations, person?.OrgId ?? deal.OrgId), customer.Organization);
            }
        }

        static ContactCard? Of(IReadOnlyDictionary<long, ContactCard> cards, long? id) => cards.GetValueOrDefault(id ?? 0);
    }

    [Theory, OnBothBackends]
    public async Task Of_a_deal_that_the_caller_does_not_see_nothing_is_told(Backend backend)
    {
        var some = await Some.Workspace(backend);
        var hidden = await some.Deal(new() { VisibleTo = 1, PersonId = await some.Person() });

        foreach (var caller in new[] { some.Member, some.Outsider })
        {
            var refusal = await Assert.ThrowsAsync<ProblemException>(() => some.Deals().GetNamed(caller, hidden.Id, Title, Ct));
            Assert.Equal(ProblemCode.NotFound, refusal.Problem.Code);
            Assert.Null(await some.Deals().FindOfCustomer(caller, hidden.Uid, Title, Ct));
        }
    }
}
