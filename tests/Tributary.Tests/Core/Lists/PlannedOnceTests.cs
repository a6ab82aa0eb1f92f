using Tributary.Core.Deals;
using Tributary.Core.Lists;
using Tributary.Core.Storage;
using Tributary.Tests.Support;

namespace Tributary.Tests.Core.Lists;

/// <summary>
/// PostgreSQL plans a list anew each time it is asked as long as its LIMIT is a parameter
/// (https://www.postgresql.org/docs/15/sql-prepare.html#SQL-PREPARE-NOTES).
/// </summary>
public sealed class PlannedOnceTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory, OnPostgres]
    public async Task An_index_has_each_order_that_is_said_to_be_indexed(Backend backend)
    {
        var some = await Some.Workspace(backend);
        await using var tx = await some.Db.Read(some.Id, Ct);

        var definitions = await tx.Many<string>("SELECT indexdef FROM pg_indexes WHERE tablename = @table", new { table = "deals" });
        var indexes = definitions.Select(one => one.Split('(', 2)[1].Split(')')[0].Split(", ")).ToList();

        foreach (var said in ListSources.Deals.Indexed)
        {
            string[] wanted = ["workspace_id", .. said.Split(' ')];
            Assert.True(indexes.Exists(columns => columns.Take(wanted.Length).SequenceEqual(wanted)), said);
        }
    }

    [Theory, OnPostgres]
    public async Task Only_a_list_that_an_index_has_in_order_is_planned_once(Backend backend)
    {
        Assert.Equal(Backend.Postgres, backend);
        await using var db = Db.Postgres(await Backends.NewPostgres(), TestClock.Instance, Backends.Uids());
        await Migrator.Run(db, Ct);
        var some = await Some.Workspace(db);
        var deals = new DealService(db);
        var inStage = Condition.Equal("stage_id", some.Stages[0]);

        Assert.True(await IsPlannedOnce(new() { Condition = inStage, Sort = [new("added_at", Descending: true)] }));
        Assert.True(await IsPlannedOnce(new()
        {
            Condition = Condition.AllOf(inStage, Condition.Equal("status", "open")),
            Sort = [new("added_at")]
        }));
        Assert.False(await IsPlannedOnce(new() { Condition = inStage, Sort = [new("updated_at")] }));
        Assert.False(await IsPlannedOnce(new() { Condition = Condition.Equal("source", "Fair"), Sort = [new("added_at")] }));
        Assert.False(await IsPlannedOnce(new() { Condition = Condition.AnyOf(inStage), Sort = [new("added_at")] }));

        async Task<bool> IsPlannedOnce(ListQuery query)
        {
            var texts = new List<string>();
            db.Asked = (_, text, _) => texts.Add(text);
            await deals.List(some.Admin, query with { Limit = 25 }, Ct);
            db.Asked = null;
            var list = Assert.Single(texts, text => text.Contains("LIMIT", StringComparison.Ordinal));
            return list.EndsWith("LIMIT 26", StringComparison.Ordinal);
        }
    }
}
