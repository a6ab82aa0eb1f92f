using Tributary.Core.Deals;
using Tributary.Tests.Support;

namespace Tributary.Tests.Core.Deals;

public sealed class DealFactsTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    // https://sqlite.org/queryplanner-ng.html: it guesses what it has no statistics of.
    [Fact]
    public async Task On_SQLite_without_statistics_what_hangs_on_a_deal_is_found_by_the_deal()
    {
        await using var own = await OwnDatabase.Open(Backend.Sqlite);
        var some = await Some.Workspace(own.Db);
        var deal = await some.Deal();
        await using var tx = await own.Db.Write(some.Id, Ct);
        var asked = new List<(string Text, object Parameters)>();
        own.Db.Asked = (_, text, parameters) => asked.Add((text, parameters));

        await DealStore.RefreshFacts(tx, deal.Id);

        own.Db.Asked = null;
        var (statement, given) = Assert.Single(asked);
        var steps = (await Plans.Of(tx, statement, given)).Split('\n')
            .Where(step => step.StartsWith("SEARCH", StringComparison.Ordinal)).ToList();
        Assert.Equal(12, steps.Count);
        Assert.All(steps, step => Assert.Matches(@"workspace_id=\? AND (deal_)?id=\?", step));
    }
}
