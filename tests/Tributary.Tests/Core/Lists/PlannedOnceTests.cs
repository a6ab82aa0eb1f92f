using Tributary.Core.Deals;
using Tributary.Core.Lists;
using Tributary.Core.Storage;
using Tributary.Tests.Support;

namespace Tributary.Tests.Core.Lists;

/// <summary>
/// Left to itself PostgreSQL plans a list anew each time it is asked as long as its LIMIT is a parameter or it begins at a place
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
        var indexes = definitions.Select(one => one.Split('(', 2)[1].Split(')')[0].Split(", ").Select(column => column.EndsWith(" DESC", StringComparison.Ordinal)
            ? "-" + column[..^5] : column)).ToList();

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
        Assert.True(await IsPlannedOnce(new()
        {
            Condition = Condition.Test("updated_at", Operator.AtLeast, TestClock.Start),
            Sort = [new("updated_at")]
        }));
        Assert.True(await IsPlannedOnce(new()
        {
            Condition = Condition.AllOf(inStage, Condition.Equal("status", "open"),
                Condition.Test("next_activity_on", Operator.Less, new DateOnly(2026, 11, 20))),
            Sort = [new("next_activity_on"), new("id", Descending: true)]
        }));
        Assert.False(await IsPlannedOnce(new() { Condition = inStage, Sort = [new("updated_at")] }));
        Assert.False(await IsPlannedOnce(new()
        {
            Condition = Condition.AllOf(inStage, Condition.Test("value", Operator.AtLeast, 5m)),
            Sort = [new("added_at")]
        }));
        Assert.False(await IsPlannedOnce(new() { Condition = Condition.Equal("source", "Fair"), Sort = [new("added_at")] }));
        Assert.False(await IsPlannedOnce(new() { Condition = Condition.AnyOf(inStage), Sort = [new("added_at")] }));

        async Task<bool> IsPlannedOnce(ListQuery query)
        {
            var asked = new List<(string Text, object Parameters)>();
            db.Asked = (_, text, parameters) => asked.Add((text, parameters));
            await deals.List(some.Admin, query with { Limit = 25 }, Ct);
            db.Asked = null;
            var (list, values) = Assert.Single(asked, one => one.Text.Contains("LIMIT", StringComparison.Ordinal));
            Assert.Equal(list.EndsWith("LIMIT 26", StringComparison.Ordinal), ((SqlValues)values).HasOnePlan);
            return ((SqlValues)values).HasOnePlan;
        }
    }

    [Theory, OnPostgres]
    public async Task What_is_planned_once_has_one_plan_for_all_values_and_what_follows_in_the_unit_of_work_has_not(Backend backend)
    {
        var some = await Some.Workspace(backend);
        await using var tx = await some.Db.Read(some.Id, Ct);
        var once = new SqlValues { HasOnePlan = true };

        var modes = new List<string?>();
        foreach (var values in new[] { once, once, SqlValues.None, once })
        {
            modes.Add(await tx.One<string>("SELECT current_setting('plan_cache_mode')", values));
        }

        Assert.Equal(["force_generic_plan", "force_generic_plan", "auto", "force_generic_plan"], modes);
    }

    [Theory, OnPostgres]
    public async Task A_unit_of_work_plans_as_it_likes_whatever_the_one_before_on_its_connection_did(Backend backend)
    {
        var some = await Some.Workspace(backend);
        await using (var before = await some.Db.Read(some.Id, Ct)) await before.One<long>("SELECT 1", new SqlValues { HasOnePlan = true });

        await using var tx = await some.Db.Read(some.Id, Ct);

        Assert.Equal("auto", await tx.One<string>("SELECT current_setting('plan_cache_mode')", new { }));
    }
}
