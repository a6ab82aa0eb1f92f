using FsCheck;
using FsCheck.Fluent;
using Tributary.Core.Lists;
using Tributary.Tests.Support;

namespace Tributary.Tests.Core.Lists;

public sealed class ListAgreementTests
{
    [Theory, OnBothBackends]
    public async Task A_condition_means_the_same_in_SQL_and_in_memory(Backend backend) => Agree(await RandomDeals.In(backend, 120));

    [Theory, OnBothBackends]
    public async Task A_condition_means_the_same_when_custom_fields_are_indexed(Backend backend)
    {
        var sample = await (await RandomDeals.In(backend, 120)).Indexed();

        Assert.All(sample.Catalog.Fields, field => Assert.NotNull(field.IndexedAt));
        Agree(sample);
    }

    private static void Agree(RandomDeals sample)
    {
        var telling = 0;

        Properties.ForAll(Seeds, seed =>
        {
            var condition = sample.Condition(new Random(seed));

            var listed = Listed(sample, condition);

            var matches = Matches.For("deal", condition, sample.Catalog, TestClock.Start);
            var matching = sample.Deals.Where(deal => matches.Of(DealValues.Of(deal, sample.Catalog, _ => null))).Select(deal => deal.Id)
                .Order().ToArray();
            if (listed.Length > 0 && listed.Length < sample.Deals.Count) telling++;
            return listed.SequenceEqual(matching)
                ? true
                : throw new Xunit.Sdk.XunitException(
                    $"{condition}: only SQL {string.Join(' ', listed.Except(matching))}, only memory {string.Join(' ', matching.Except(listed))}");
        });

        Assert.True(telling > 40, $"Only {telling} conditions told deals apart.");
    }

    [Theory, OnBothBackends]
    public async Task Pages_visit_each_record_once_in_order_whatever_the_sort(Backend backend)
    {
        var sample = await RandomDeals.In(backend, 60);

        Properties.ForAll(Seeds, seed =>
        {
            var random = new Random(seed);
            var query = new ListQuery { Sort = RandomDeals.Sort(random), Limit = random.Next(1, 25) };

            var paged = Paged(sample, query);

            return paged.SequenceEqual(Listed(sample, query with { Limit = 1000 })) && paged.Distinct().Count() == sample.Deals.Count;
        });
    }

    private static Arbitrary<int> Seeds => Gen.Choose(0, int.MaxValue - 1).ToArbitrary();

    private static long[] Listed(RandomDeals sample, Condition condition) =>
        Listed(sample, new ListQuery { Condition = condition, Sort = [new("id")], Limit = 1000 });

    private static long[] Listed(RandomDeals sample, ListQuery query) => [.. Page(sample, query).GetAwaiter().GetResult().Items];

    private static List<long> Paged(RandomDeals sample, ListQuery query)
    {
        var visited = new List<long>();
        for (var next = query; ;)
        {
            var page = Page(sample, next).GetAwaiter().GetResult();
            visited.AddRange(page.Items);
            Assert.Equal(page.HasMore, page.NextCursor is not null);
            if (page.NextCursor is null || visited.Count > 1000) return visited;
            next = query with { Cursor = page.NextCursor };
        }
    }

    private static async Task<Page<long>> Page(RandomDeals sample, ListQuery query)
    {
        await using var tx = await sample.Some.Db.Read(sample.Some.Id, CancellationToken.None);
        return await ListStore.Ids(tx, sample.Some.Admin, ListSources.Deals, query);
    }
}
